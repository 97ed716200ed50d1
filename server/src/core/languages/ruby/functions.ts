/** Ruby's methods, blocks and lambdas, classes and modules. */

import type { Span } from '../../text.ts';
import type { Expr, ParameterFact } from '../facts.ts';
import { childIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { otherAt } from '../shapes.ts';
import { addReturn, type Context, type Owner, type Scope } from './context.ts';
import { walkExpression } from './expressions.ts';
import { addRecordFields, isRecord } from './records.ts';
import { walkErrors, walkNode } from './statements.ts';

/** The position of a parameter that no positional argument can reach: keywords, and what stands behind `*rest`. */
export const KEYWORD_ONLY_POSITION = Number.MAX_SAFE_INTEGER;

/** The name of a function and where it stands. */
export interface NameAt {
  readonly name: string;
  readonly span: Span;
}

/** `def name`, `def self.name`: a method of the class around, or of the file. */
export function walkMethod(node: PlainNode, context: Context): Expr {
  const nameNode = childIn(node, 'name');
  const known = nameNode !== undefined && nameNode.start < nameNode.end;
  const name = known ? { name: sourceOf(nameNode, context), span: spanOfPlain(nameNode) } : null;
  const scope: Scope = { span: spanOfPlain(node), names: new Set(), outer: null };
  addFunction(node, name, context.owner?.name ?? null, childIn(node, 'parameters'), { ...context, scope });
  return otherAt(node);
}

/** `->(x) { … }`, with the name it is bound to, if any. */
export function walkLambda(node: PlainNode, name: NameAt | null, context: Context): Expr {
  const scope: Scope = { span: spanOfPlain(node), names: new Set(), outer: context.scope };
  addFunction(node, name, null, childIn(node, 'parameters'), { ...context, scope });
  return { kind: 'function', span: spanOfPlain(node) };
}

/** `{ |x| … }` and `do |x| … end`. A block that defines a method has the method's name and owner. */
export function walkBlock(node: PlainNode, name: NameAt | null, owner: string | null, context: Context): Expr {
  const scope: Scope = { span: spanOfPlain(node), names: new Set(), outer: context.scope };
  addFunction(node, name, owner, childIn(node, 'parameters'), { ...context, scope });
  return { kind: 'function', span: spanOfPlain(node) };
}

/** A class or module: its members have it as owner. */
export function walkType(node: PlainNode, context: Context): void {
  const nameNode = childIn(node, 'name');
  const superclass = childIn(node, 'superclass');
  const span = spanOfPlain(node);
  const bases: Expr[] = [];
  const base = superclass?.children[0];
  if (base !== undefined) bases.push(walkExpression(base, context));
  const name = nameNode === undefined ? '' : sourceOf(nameNode, context);
  if (nameNode !== undefined && name !== '') {
    context.sink.types.push({ name, nameSpan: spanOfPlain(nameNode), form: 'class', bases, span });
  }
  const owner: Owner = { name, span, bases };
  if (base !== undefined && superclass !== undefined && isRecord(superclass.children[0]!, context))
    addRecordFields(superclass.children[0]!, owner, context);
  walkOwned(node, owner, context);
}

/** `class << self`: what it defines belongs to the class around. */
export function walkSingletonClass(node: PlainNode, context: Context): void {
  walkOwned(node, context.owner, context);
}

/** The block of `Struct.new(:a) do … end`: what it defines belongs to the record. */
export function walkRecordBlock(node: PlainNode, owner: Owner, context: Context): void {
  walkOwned(node, owner, context);
}

function walkOwned(node: PlainNode, owner: Owner | null, context: Context): void {
  const scope: Scope = { span: spanOfPlain(node), names: new Set(), outer: null };
  const inner: Context = { ...context, owner, scope, returns: null };
  const body = childIn(node, 'body');
  if (body !== undefined) walkNode(body, inner);
  walkErrors(node, inner);
}

function addFunction(
  node: PlainNode,
  name: NameAt | null,
  owner: string | null,
  parametersNode: PlainNode | undefined,
  inner: Context,
): void {
  const span = spanOfPlain(node);
  const returns: Expr[] = [];
  // `return` in a block leaves the method around, which is why a block has no list of its own to give to its statements.
  const isBlock = node.type === 'block' || node.type === 'do_block';
  const context = isBlock && name === null ? inner : { ...inner, returns };
  const parameters = parametersOf(parametersNode, context);
  const bodyNode = childIn(node, 'body');
  const own = { ...context, returns };
  if (bodyNode !== undefined) addReturn(bodyValue(bodyNode, context), own);
  walkErrors(node, context);
  inner.sink.functions.push({
    name: name?.name ?? null,
    nameSpan: name?.span ?? { start: span.start, end: span.start },
    owner,
    parameters,
    returns,
    span,
  });
}

/** A lambda's body is a block that opens no scope of its own. */
function bodyValue(node: PlainNode, context: Context): Expr {
  const inner = node.type === 'block' || node.type === 'do_block' ? childIn(node, 'body') : node;
  return inner === undefined ? otherAt(node) : walkNode(inner, context);
}

function parametersOf(node: PlainNode | undefined, context: Context): readonly ParameterFact[] {
  const parameters: ParameterFact[] = [];
  let position = 0;
  for (const child of node?.children ?? []) {
    const defaultNode = childIn(child, 'value');
    const defaultValue = defaultNode === undefined ? null : walkExpression(defaultNode, context);
    const isKeyword = child.type === 'keyword_parameter' || child.type === 'hash_splat_parameter';
    const own = isKeyword ? KEYWORD_ONLY_POSITION : position;
    const nameNode = child.type === 'identifier' ? child : childIn(child, 'name');
    if (nameNode !== undefined && nameNode.start < nameNode.end && child.type !== 'block_parameter') {
      const name = sourceOf(nameNode, context);
      context.scope.names.add(name);
      const nameSpan = spanOfPlain(nameNode);
      parameters.push({ name, nameSpan, position: own, property: null, type: null, defaultValue });
    }
    if (!isKeyword)
      position =
        child.type === 'splat_parameter' ? KEYWORD_ONLY_POSITION : Math.min(position + 1, KEYWORD_ONLY_POSITION);
  }
  return parameters;
}
