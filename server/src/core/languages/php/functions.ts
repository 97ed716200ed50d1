/** PHP's functions, methods and closures, classes, interfaces, traits and enums. */
import type { BindingFact, Expr, ParameterFact, TypeFact } from '../facts.ts';
import { childIn, childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { walkAttribute } from './calls.ts';
import { addReturn, bindMember, type Context, type Owner, withoutDollar } from './context.ts';
import { walkExpression } from './expressions.ts';
import { walkErrors, walkNode } from './statements.ts';
import { basesOf, typeOf } from './types.ts';

/** A function, or a method of the class around. */
export function walkFunction(node: PlainNode, context: Context): void {
  walkAttributes(node, context);
  const owner = node.type === 'method_declaration' ? (context.owner?.name ?? null) : null;
  addFunction(node, childIn(node, 'name') ?? null, owner, context);
}

/** A closure or arrow function, with the variable it is given to, if any. */
export function walkClosure(node: PlainNode, name: PlainNode | null, context: Context): Expr {
  addFunction(node, name, null, context);
  return { kind: 'function', span: spanOfPlain(node) };
}

/** A class, interface, trait or enum with everything in it. */
export function walkType(node: PlainNode, form: TypeFact['form'], context: Context): void {
  walkAttributes(node, context);
  const nameNode = childIn(node, 'name');
  const name = nameNode === undefined ? '' : sourceOf(nameNode, context);
  const span = spanOfPlain(node);
  const { parent, bases } = basesOf(node, context);
  if (nameNode !== undefined && name !== '') {
    context.sink.types.push({ name, nameSpan: spanOfPlain(nameNode), form, bases, span });
  }
  walkMembers(node, { name, span, bases, parent }, context);
}

/** `new class extends P { … }`. */
export function walkAnonymousClass(node: PlainNode, context: Context): void {
  walkAttributes(node, context);
  const span = spanOfPlain(node);
  const { parent, bases } = basesOf(node, context);
  context.sink.types.push({ name: '', nameSpan: { start: span.start, end: span.start }, form: 'class', bases, span });
  walkMembers(node, { name: '', span, bases, parent }, context);
}

/** `case NewNav = 'new-nav'`: a case without a value stands for its name. */
export function walkEnumCase(node: PlainNode, context: Context): void {
  walkAttributes(node, context);
  const nameNode = childIn(node, 'name');
  const valueNode = childIn(node, 'value');
  if (nameNode === undefined) return;
  const unit: Expr = { kind: 'string', value: sourceOf(nameNode, context), span: spanOfPlain(nameNode) };
  const value = valueNode === undefined ? unit : walkExpression(valueNode, context);
  bindMember(nameNode, { value, type: null, form: 'enum-member' }, context);
}

/** `use SomeTrait, Other;` in a class body: their members are the class's too. */
export function walkTraits(node: PlainNode, context: Context): void {
  for (const child of node.children) {
    const name = typeOf(child, context);
    if (name !== null) context.owner?.bases.push(name);
  }
}

/** Attributes of a declaration or parameter. */
export function walkAttributes(node: PlainNode, context: Context): void {
  for (const group of childIn(node, 'attributes')?.children ?? []) {
    for (const attribute of group.children) walkAttribute(attribute, context);
  }
}

function walkMembers(node: PlainNode, owner: Owner, context: Context): void {
  const inner: Context = { ...context, owner, scope: owner.span, returns: null };
  const body = childIn(node, 'body');
  for (const member of body?.children ?? []) walkNode(member, inner);
  walkErrors(node, inner);
}

function addFunction(node: PlainNode, name: PlainNode | null, owner: string | null, context: Context): void {
  const span = spanOfPlain(node);
  const returns: Expr[] = [];
  const inner: Context = { ...context, scope: span, returns };
  const parameters = parametersOf(childIn(node, 'parameters'), inner);
  const body = childIn(node, 'body');
  if (body !== undefined) {
    if (node.type === 'arrow_function') addReturn(walkExpression(body, inner), inner);
    else walkNode(body, inner);
  }
  walkErrors(node, inner);
  const known = name !== null && name.start < name.end;
  context.sink.functions.push({
    name: known ? sourceOf(name, context) : null,
    nameSpan: known ? spanOfPlain(name) : { start: span.start, end: span.start },
    owner,
    parameters,
    returns,
    span,
  });
}

/** Parameters have their `$`. One that a constructor promotes is a property too. */
function parametersOf(node: PlainNode | undefined, context: Context): readonly ParameterFact[] {
  const parameters: ParameterFact[] = [];
  for (const child of node?.children ?? []) {
    walkAttributes(child, context);
    const nameNode = variableIn(childIn(child, 'name'));
    const defaultNode = childIn(child, 'default_value');
    const defaultValue = defaultNode === undefined ? null : walkExpression(defaultNode, context);
    if (nameNode === undefined || nameNode.start === nameNode.end) continue;
    const type = typeOf(childIn(child, 'type'), context);
    const name = sourceOf(nameNode, context);
    const nameSpan = spanOfPlain(nameNode);
    parameters.push({ name, nameSpan, position: parameters.length, property: null, type, defaultValue });
    if (child.type !== 'property_promotion_parameter') continue;
    const value: Expr = { kind: 'name', name, span: nameSpan };
    const form: BindingFact['form'] = 'field';
    bindMember(withoutDollar(nameNode), { value, type, form }, context);
  }
  return parameters;
}

/** `&$x` holds its variable. */
function variableIn(node: PlainNode | undefined): PlainNode | undefined {
  if (node === undefined || node.type === 'variable_name') return node;
  return childOfType(node, 'variable_name');
}
