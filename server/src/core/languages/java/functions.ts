/** Java's methods, constructors, lambdas and types. */
import { addReturn, type ClassContext, declareMember, inBlock, nameSpanOf, type Owner } from '../classContext.ts';
import type { CallExpr, Expr, ParameterFact, TypeFact } from '../facts.ts';
import { childIn, childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { withBounds } from '../typeBounds.ts';
import { argumentsOf, walkAnnotation } from './calls.ts';
import { walkExpression } from './expressions.ts';
import { walkErrors, walkNode } from './statements.ts';
import { basesOf, declaredType, typeOf } from './types.ts';

/** A method or constructor, of the type around. */
export function walkMethod(node: PlainNode, outer: ClassContext): void {
  const context = withBounds(node, outer, typeOf);
  walkModifiers(node, context);
  addFunction(node, childIn(node, 'name'), context.owner?.name ?? null, context);
}

/** A lambda, with the name it is bound to, if any. */
export function walkLambda(node: PlainNode, name: PlainNode | null, context: ClassContext): Expr {
  const ownerOfField = context.scope === null ? (context.owner?.name ?? null) : null;
  addFunction(node, name ?? undefined, name === null ? null : ownerOfField, context);
  return { kind: 'function', span: spanOfPlain(node) };
}

/** A class, interface, enum, record or annotation type with everything in it. */
export function walkType(node: PlainNode, form: TypeFact['form'], outer: ClassContext): void {
  const context = withBounds(node, outer, typeOf);
  walkModifiers(node, context);
  const nameNode = childIn(node, 'name');
  const name = nameNode === undefined ? '' : sourceOf(nameNode, context);
  const span = spanOfPlain(node);
  const nameSpan = nameNode === undefined ? { start: span.start, end: span.start } : spanOfPlain(nameNode);
  context.sink.types.push({ name, nameSpan, form, bases: basesOf(node, context), span });
  const inner: ClassContext = { ...context, owner: { name, span }, scope: null, returns: null };
  const components = childIn(node, 'parameters');
  if (components !== undefined && nameNode !== undefined) walkComponents(components, nameNode, inner.owner!, inner);
  const body = childIn(node, 'body');
  for (const member of body?.children ?? []) walkNode(member, inner);
  walkErrors(node, inner);
}

/** The body of an anonymous class. */
export function walkAnonymousClass(body: PlainNode, bases: readonly Expr[], context: ClassContext): void {
  const span = spanOfPlain(body);
  const nameSpan = { start: span.start, end: span.start };
  context.sink.types.push({ name: '', nameSpan, form: 'class', bases, span });
  const inner: ClassContext = { ...context, owner: { name: '', span }, scope: null, returns: null };
  for (const member of body.children) walkNode(member, inner);
}

/** `PAY("pay") { … }`: a constant that constructs its enum. */
export function walkEnumConstant(node: PlainNode, context: ClassContext): void {
  walkModifiers(node, context);
  const nameNode = childIn(node, 'name');
  if (nameNode === undefined || nameNode.start === nameNode.end || context.owner === null) return;
  const span = spanOfPlain(node);
  const nameSpan = spanOfPlain(nameNode);
  const callee: Expr = { kind: 'name', name: context.owner.name, span: nameSpan };
  const args = argumentsOf(childIn(node, 'arguments'), context);
  const value: CallExpr = { kind: 'call', callee, args, construct: true, nameSpan, span };
  context.sink.calls.push(value);
  declareMember(nameNode, { value, type: null, form: 'enum-member' }, context);
  const body = childIn(node, 'body');
  if (body !== undefined) walkAnonymousClass(body, [callee], context);
}

/** Annotations among the modifiers. */
export function walkModifiers(node: PlainNode, context: ClassContext): void {
  for (const modifier of childOfType(node, 'modifiers')?.children ?? []) {
    if (modifier.type === 'annotation' || modifier.type === 'marker_annotation') walkAnnotation(modifier, context);
  }
}

/** Whether a declaration's modifiers hold a keyword. */
export function hasModifier(node: PlainNode, keyword: string, context: ClassContext): boolean {
  const modifiers = childOfType(node, 'modifiers');
  return modifiers !== undefined && sourceOf(modifiers, context).split(/\s+/).includes(keyword);
}

function addFunction(
  node: PlainNode,
  nameNode: PlainNode | undefined,
  owner: string | null,
  context: ClassContext,
): void {
  const span = spanOfPlain(node);
  const returns: Expr[] = [];
  const inner: ClassContext = { ...inBlock(node, context), returns };
  const parameters = parametersOf(childIn(node, 'parameters'), inner);
  const resultType = declaredType(childIn(node, 'type'), context);
  const body = childIn(node, 'body');
  if (body !== undefined) {
    if (node.type === 'lambda_expression' && body.type !== 'block') addReturn(walkExpression(body, inner), inner);
    else walkNode(body, inner);
  }
  walkErrors(node, inner);
  const known = nameNode !== undefined && nameNode.start < nameNode.end;
  context.sink.functions.push({
    name: known ? sourceOf(nameNode, context) : null,
    nameSpan: known ? spanOfPlain(nameNode) : { start: span.start, end: span.start },
    owner,
    parameters,
    returns,
    ...(resultType === null ? {} : { resultType }),
    span,
  });
}

/** The parameters of a list, of inferred names, or of a lambda's only name. They are names of the function's block. */
function parametersOf(node: PlainNode | undefined, context: ClassContext): readonly ParameterFact[] {
  const parameters: ParameterFact[] = [];
  const children = node?.type === 'identifier' ? [node] : (node?.children ?? []);
  for (const child of children) {
    if (child.type === 'receiver_parameter') continue;
    walkModifiers(child, context);
    const declarator = childOfType(child, 'variable_declarator');
    const nameNode =
      child.type === 'identifier' ? child : (childIn(child, 'name') ?? (declarator && childIn(declarator, 'name')));
    if (nameNode === undefined || nameNode.start === nameNode.end || nameNode.type !== 'identifier') continue;
    const typeNode = childIn(child, 'type') ?? (declarator === undefined ? undefined : typeBefore(child, declarator));
    const nameSpan = nameSpanOf(nameNode, context);
    const name = sourceOf(nameNode, context);
    context.scope?.names.set(name, context.scope.span);
    parameters.push({
      name,
      nameSpan,
      position: parameters.length,
      property: null,
      type: declaredType(typeNode, context),
      defaultValue: null,
    });
  }
  return parameters;
}

/** `String... names` has no field for its type. */
function typeBefore(node: PlainNode, declarator: PlainNode): PlainNode | undefined {
  return node.children.find(child => child !== declarator && child.type !== 'modifiers');
}

/** A record's header: the constructor's parameters, and a field and a method for each. */
function walkComponents(node: PlainNode, nameNode: PlainNode, owner: Owner, context: ClassContext): void {
  const { name, span } = owner;
  const parameters = parametersOf(node, context);
  const { sink } = context;
  sink.functions.push({ name, nameSpan: spanOfPlain(nameNode), owner: name, parameters, returns: [], span });
  for (const parameter of parameters) {
    const { nameSpan, type } = parameter;
    const value: Expr = { kind: 'name', name: parameter.name, span: nameSpan };
    const common = { name: parameter.name, nameSpan, owner: name };
    sink.bindings.push({ ...common, value, type, form: 'field', scope: span });
    sink.functions.push({ ...common, parameters: [], returns: [value], span: nameSpan });
  }
}
