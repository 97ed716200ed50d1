/** Go's functions, methods and function literals. */
import type { Expr, ParameterFact } from '../facts.ts';
import { childIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { withBounds } from '../typeBounds.ts';
import { type Context, inBlock, type Receiver } from './context.ts';
import { walkErrors, walkNode } from './statements.ts';
import { typeOf } from './types.ts';

/** A function or method declaration. */
export function walkFunction(node: PlainNode, outer: Context): void {
  const context = withBounds(node, outer, typeOf);
  const receiverList = childIn(node, 'receiver');
  const receiver = receiverList === undefined ? null : receiverOf(receiverList, context);
  const self = receiver?.parameter ?? null;
  const parameters = parametersOf(childIn(node, 'parameters'), context);
  const own = self === null || receiver === null ? null : { name: self.name, type: receiver.type };
  addFunction(
    node,
    childIn(node, 'name') ?? null,
    receiver?.type ?? null,
    self === null ? parameters : [self, ...parameters],
    { ...context, receivers: own === null ? [] : [own] },
  );
}

/** A function literal, with the name it is bound to, if any, and the struct whose field that is. */
export function walkFunctionLiteral(
  node: PlainNode,
  name: PlainNode | null,
  context: Context,
  owner: string | null = null,
): Expr {
  const parameters = parametersOf(childIn(node, 'parameters'), context);
  const [only, ...others] = parameters;
  const type = others.length === 0 && only?.type?.kind === 'name' ? only.type.name : null;
  const own: readonly Receiver[] = type === null || only === undefined ? [] : [{ name: only.name, type }];
  addFunction(node, name, owner, parameters, { ...context, receivers: [...own, ...context.receivers] });
  return { kind: 'function', span: spanOfPlain(node) };
}

/**
 * The parameters of a list. One that has no name takes its position, and is left out; in an interface, where that is no matter, it is kept for its
 * type, with an empty name.
 */
export function parametersOf(
  node: PlainNode | undefined,
  context: Context,
  ofInterface = false,
): readonly ParameterFact[] {
  const parameters: ParameterFact[] = [];
  let position = 0;
  for (const child of node?.children ?? []) {
    if (child.type !== 'parameter_declaration' && child.type !== 'variadic_parameter_declaration') continue;
    const typeNode = childIn(child, 'type');
    const type = typeNode === undefined ? null : typeOf(typeNode, context);
    let named = false;
    for (const nameNode of child.children) {
      if (nameNode.field !== 'name') continue;
      named = true;
      const name = sourceOf(nameNode, context);
      const nameSpan = spanOfPlain(nameNode);
      if (name !== '' && name !== '_') {
        const rest = child.type === 'variadic_parameter_declaration' ? { rest: true as const } : {};
        parameters.push({ name, nameSpan, position, property: null, type, ...rest, defaultValue: null });
      }
      position++;
    }
    if (named) continue;
    if (ofInterface && typeNode !== undefined) {
      const nameSpan = { start: typeNode.start, end: typeNode.start };
      parameters.push({ name: '', nameSpan, position, property: null, type, defaultValue: null });
    }
    position++;
  }
  return parameters;
}

function addFunction(
  node: PlainNode,
  nameNode: PlainNode | null,
  owner: string | null,
  parameters: readonly ParameterFact[],
  context: Context,
): void {
  const span = spanOfPlain(node);
  const returns: Expr[] = [];
  const body = childIn(node, 'body');
  const inner = { ...inBlock(node, context), returns };
  for (const parameter of parameters) inner.scope.names.set(parameter.name, span);
  for (const name of resultNames(childIn(node, 'result'), context)) inner.scope.names.set(name, span);
  if (body !== undefined) walkNode(body, inner);
  walkErrors(node, inner);
  const known = nameNode !== null && nameNode.start < nameNode.end;
  context.sink.functions.push({
    name: known ? sourceOf(nameNode, context) : null,
    nameSpan: known ? spanOfPlain(nameNode) : { start: span.start, end: span.start },
    owner,
    parameters,
    returns,
    span,
  });
}

function resultNames(node: PlainNode | undefined, context: Context): readonly string[] {
  return node?.type === 'parameter_list' ? parametersOf(node, context).map(parameter => parameter.name) : [];
}

function receiverOf(node: PlainNode, context: Context) {
  const declaration = node.children.find(child => child.type === 'parameter_declaration');
  const typeNode = declaration && childIn(declaration, 'type');
  if (declaration === undefined || typeNode === undefined) return null;
  const type = typeOf(typeNode, context);
  if (type.kind !== 'name') return null;
  const [first] = parametersOf(node, context);
  const parameter: ParameterFact | null = first === undefined ? null : { ...first, position: -1 };
  return { type: type.name, parameter };
}
