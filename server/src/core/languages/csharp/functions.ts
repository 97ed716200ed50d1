/** C#'s methods, lambdas, properties and types. */
import { addReturn, type ClassContext, declareMember, inBlock, nameSpanOf } from '../classContext.ts';
import type { Expr, ParameterFact, TypeFact } from '../facts.ts';
import { childIn, childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { withBounds } from '../typeBounds.ts';
import { argumentsOf, walkAttributes } from './calls.ts';
import { walkExpression, walkNamed } from './expressions.ts';
import { walkErrors, walkNode } from './statements.ts';
import { bareType, declaredType, typeOf } from './types.ts';

/** A method, constructor or operator of the type around, or a local function, which has no owner. */
export function walkMethod(node: PlainNode, outer: ClassContext): void {
  const context = withBounds(node, outer, typeOf);
  walkAttributes(node, context);
  const owner = node.type === 'local_function_statement' ? null : (context.owner?.name ?? null);
  addFunction(node, childIn(node, 'name'), owner, context);
}

/** A lambda or anonymous method, with the name it is bound to, if any. */
export function walkLambda(node: PlainNode, name: PlainNode | null, context: ClassContext): Expr {
  const ownerOfField = context.scope === null ? (context.owner?.name ?? null) : null;
  addFunction(node, name ?? undefined, name === null ? null : ownerOfField, { ...context, conditional: null });
  return { kind: 'function', span: spanOfPlain(node) };
}

/** A property: a member with the value it is given or that its getter returns; with a body, a function too. */
export function walkProperty(node: PlainNode, context: ClassContext): void {
  walkAttributes(node, context);
  const name = childIn(node, 'name');
  const type = declaredType(childIn(node, 'type'), context);
  const valueNode = childIn(node, 'value');
  const span = spanOfPlain(node);
  const inner: ClassContext = { ...inBlock(node, context), returns: [] };
  let value: Expr | null = null;
  let isComputed = false;
  if (valueNode?.type === 'arrow_expression_clause') {
    value = walkExpression(valueNode, inner);
    isComputed = true;
  } else if (valueNode !== undefined) value = walkNamed(valueNode, name, type, context);
  const returns: Expr[] = value !== null && isComputed ? [value] : [];
  for (const accessor of childIn(node, 'accessors')?.children ?? []) {
    const body = childIn(accessor, 'body');
    if (body === undefined) continue;
    isComputed = true;
    walkAttributes(accessor, inner);
    const found: Expr[] = [];
    const own = { ...inner, returns: found };
    if (body.type === 'arrow_expression_clause') addReturn(walkExpression(body, own), own);
    else walkNode(body, own);
    if (context.text.slice(accessor.start, body.start).trim().endsWith('get')) returns.push(...found);
  }
  walkErrors(node, inner);
  if (name === undefined || name.start === name.end) return;
  if (isComputed && returns.length === 1) value = returns[0]!;
  declareMember(name, { value, type, form: 'field' }, context);
  if (!isComputed) return;
  const nameSpan = nameSpanOf(name, context);
  const owner = context.owner?.name ?? null;
  context.sink.functions.push({
    name: context.text.slice(nameSpan.start, nameSpan.end),
    nameSpan,
    owner,
    parameters: [],
    returns,
    span,
  });
}

/** A class, struct, record, interface or enum with everything in it. */
export function walkType(node: PlainNode, form: TypeFact['form'], outer: ClassContext): void {
  const context = withBounds(node, outer, typeOf);
  walkAttributes(node, context);
  const nameNode = childIn(node, 'name');
  const nameSpan = nameNode === undefined ? { start: node.start, end: node.start } : nameSpanOf(nameNode, context);
  const name = context.text.slice(nameSpan.start, nameSpan.end);
  const span = spanOfPlain(node);
  const { sink } = context;
  if (context.namespace !== '') sink.packageName ??= context.namespace;
  const inner: ClassContext = { ...context, owner: { name, span }, scope: null, returns: null };
  const bases: Expr[] = [];
  for (const base of childOfType(node, 'base_list')?.children ?? []) {
    if (base.type === 'argument_list') argumentsOf(base, inner);
    else {
      const type = bareType(base, context);
      if (type.kind !== 'other') bases.push(type);
      const args = base.type === 'primary_constructor_base_type' ? childOfType(base, 'argument_list') : undefined;
      if (args !== undefined) argumentsOf(args, inner);
    }
  }
  sink.types.push({ name, nameSpan, form, bases, span });
  const header = childOfType(node, 'parameter_list');
  if (header !== undefined) {
    const parameters = parametersOf(header, inner);
    sink.functions.push({ name, nameSpan, owner: name, parameters, returns: [], span });
    if (node.type.startsWith('record')) addRecordFields(parameters, inner);
  }
  for (const member of childIn(node, 'body')?.children ?? []) walkNode(member, inner);
  walkErrors(node, inner);
}

/** A member of an enum. Its value is a number, or none: what it stands for is its name. */
export function walkEnumMember(node: PlainNode, context: ClassContext): void {
  walkAttributes(node, context);
  const name = childIn(node, 'name');
  const valueNode = childIn(node, 'value');
  const value = valueNode === undefined ? null : walkExpression(valueNode, context);
  if (name !== undefined) declareMember(name, { value, type: null, form: 'enum-member' }, context);
}

function addRecordFields(parameters: readonly ParameterFact[], { sink, owner }: ClassContext): void {
  if (owner === null) return;
  for (const { name, nameSpan, type } of parameters) {
    const value: Expr = { kind: 'name', name, span: nameSpan };
    sink.bindings.push({ name, nameSpan, owner: owner.name, value, type, form: 'field', scope: owner.span });
  }
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
  const initializer = childOfType(node, 'constructor_initializer');
  if (initializer !== undefined) argumentsOf(childOfType(initializer, 'argument_list'), inner);
  const resultType = declaredType(childIn(node, 'returns') ?? childIn(node, 'type'), context);
  const body = childIn(node, 'body') ?? childOfType(node, 'block');
  if (body !== undefined) {
    if (body.type === 'block') walkNode(body, inner);
    else addReturn(walkExpression(body, inner), inner);
  }
  walkErrors(node, inner);
  const known = nameNode !== undefined && nameNode.start < nameNode.end;
  const nameSpan = known ? nameSpanOf(nameNode, context) : { start: span.start, end: span.start };
  context.sink.functions.push({
    name: known ? context.text.slice(nameSpan.start, nameSpan.end) : null,
    nameSpan,
    owner,
    parameters,
    returns,
    ...(resultType === null ? {} : { resultType }),
    span,
  });
}

/** The parameters of a list, or a lambda's only one. They are names of the function's block. */
function parametersOf(node: PlainNode | undefined, context: ClassContext): readonly ParameterFact[] {
  const parameters: ParameterFact[] = [];
  const add = (
    nameNode: PlainNode | undefined,
    typeNode: PlainNode | undefined,
    defaultNode: PlainNode | undefined,
    receiver: ParameterFact['position'] | null,
  ): void => {
    const type = declaredType(typeNode, context);
    const defaultValue = defaultNode === undefined ? null : walkExpression(defaultNode, context);
    if (nameNode === undefined || nameNode.start === nameNode.end) return;
    const nameSpan = nameSpanOf(nameNode, context);
    const name = context.text.slice(nameSpan.start, nameSpan.end);
    context.scope?.names.set(name, context.scope.span);
    const position = receiver ?? parameters.filter(parameter => parameter.position >= 0).length;
    parameters.push({ name, nameSpan, position, property: null, type, defaultValue });
  };
  if (node?.type === 'implicit_parameter' || node?.type === 'identifier') add(node, undefined, undefined, null);
  for (const child of node?.children ?? []) {
    if (child.type === 'implicit_parameter') add(child, undefined, undefined, null);
    if (child.type !== 'parameter') continue;
    walkAttributes(child, context);
    const name = childIn(child, 'name');
    const type = childIn(child, 'type');
    const value = child.children.find(part => part !== name && part !== type && !PARAMETER_PARTS.has(part.type));
    const isReceiver = child.children.some(part => part.type === 'modifier' && sourceOf(part, context) === 'this');
    add(name, type, value, isReceiver ? RECEIVER_POSITION : null);
  }
  // `params string[] names` stands in the list without a node around it.
  const rest = node === undefined ? undefined : childIn(node, 'name');
  if (node !== undefined && rest !== undefined && node.type.endsWith('parameter_list')) {
    add(rest, childIn(node, 'type'), undefined, null);
  }
  return parameters;
}

/** `this T x`: what an extension method is called on. */
const RECEIVER_POSITION = -1;

const PARAMETER_PARTS: ReadonlySet<string> = new Set(['attribute_list', 'modifier']);
