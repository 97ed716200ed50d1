/**
 * Ruby's expressions: one pass turns a node into an `Expr` and leaves the facts that stand inside it in the sink. Calls,
 * strings and what opens a scope have files of their own.
 */

import type { Expr, ObjectEntry } from '../facts.ts';
import { childIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { addBranch, indexBy, memberAt, otherAt, signedNumber, walkTernary } from '../shapes.ts';
import { concatenate } from '../templates.ts';
import { walkCall } from './calls.ts';
import { type Context, instanceVariableAt, nameAt } from './context.ts';
import { walkLambda } from './functions.ts';
import { walkNode } from './statements.ts';
import { formatWithPercent, symbolAt, walkChainedString, walkString } from './strings.ts';

/** The value of an expression node. Parentheses are taken off. */
export function walkExpression(node: PlainNode, context: Context): Expr {
  const inner = withoutParentheses(node);
  const value = walkOperand(inner, context);
  if (value.kind === 'member' && isWrittenAs(inner, value)) context.sink.members.push(value);
  if (value.kind === 'index' && inner.type === 'element_reference' && namesEntry(value.index))
    context.sink.members.push(value);
  return value;
}

/** The value of an expression that is read further: a member access in it is not reported by itself. */
export function walkOperand(node: PlainNode, context: Context): Expr {
  switch (node.type) {
    case 'identifier':
    case 'constant':
    case 'global_variable':
    case 'self':
      return nameAt(node, context);
    case 'instance_variable':
    case 'class_variable':
      return node.start === node.end ? otherAt(node) : instanceVariableAt(node, context);
    case 'simple_symbol':
    case 'hash_key_symbol':
      return symbolAt(node, context);
    case 'string':
    case 'delimited_symbol':
    case 'bare_string':
    case 'bare_symbol':
      return walkString(node, context);
    case 'chained_string':
      return walkChainedString(node, context);
    case 'integer':
    case 'float':
      return numberAt(node, context);
    case 'true':
    case 'false':
      return { kind: 'literal', value: node.type === 'true', span: spanOfPlain(node) };
    case 'nil':
      return { kind: 'literal', value: null, span: spanOfPlain(node) };
    case 'scope_resolution':
      return walkScopeResolution(node, context);
    case 'call':
      return walkCall(node, context);
    case 'element_reference':
      return walkElement(node, context);
    case 'array':
    case 'string_array':
    case 'symbol_array':
    case 'right_assignment_list':
      return {
        kind: 'array',
        items: node.children.map(child => walkExpression(child, context)),
        span: spanOfPlain(node),
      };
    case 'hash':
      return walkHash(node, context);
    case 'binary':
      return walkBinary(node, context);
    case 'unary':
      return walkUnary(node, context);
    case 'conditional':
      return walkConditional(node, context);
    case 'lambda':
      return walkLambda(node, null, context);
    case 'parenthesized_statements':
      return node.children.length === 1 ? walkOperand(node.children[0]!, context) : walkNode(node, context);
    default:
      return walkNode(node, context);
  }
}

/** An entry is read by a text or by a name; a number counts items. */
function namesEntry({ kind }: Expr): boolean {
  return kind === 'string' || kind === 'name' || kind === 'member';
}

/** The text of a hash's key, and where it stands without its colons; null when it is computed. */
export function keyOf(node: PlainNode, context: Context): { readonly name: string; readonly start: number } | null {
  const value = walkExpression(node, context);
  if (value.kind === 'string') return { name: value.value, start: node.start };
  return value.kind === 'literal' ? { name: String(value.value), start: node.start } : null;
}

function withoutParentheses(node: PlainNode): PlainNode {
  let inner = node;
  while (inner.type === 'parenthesized_statements' && inner.children.length === 1) inner = inner.children[0]!;
  return inner;
}

/** Whether a node is an access itself: what else it may stand for, such as the receiver of `freeze`, is reported by itself. */
function isWrittenAs(node: PlainNode, value: Expr): boolean {
  return ACCESSES.has(node.type) && node.start === value.span.start && node.end === value.span.end;
}

const ACCESSES: ReadonlySet<string> = new Set(['call', 'scope_resolution', 'instance_variable', 'class_variable']);

function numberAt(node: PlainNode, context: Context): Expr {
  const value = Number(sourceOf(node, context).replaceAll('_', ''));
  return Number.isNaN(value) ? otherAt(node) : { kind: 'literal', value, span: spanOfPlain(node) };
}

/** `A::B`, and `::A`, which is `A`. */
function walkScopeResolution(node: PlainNode, context: Context): Expr {
  const scope = childIn(node, 'scope');
  const name = childIn(node, 'name');
  const object = scope === undefined ? null : walkOperand(scope, context);
  if (name === undefined || name.start === name.end) return otherAt(node);
  if (object === null) return nameAt(name, context);
  return memberAt(object, name, spanOfPlain(node), context);
}

function walkElement(node: PlainNode, context: Context): Expr {
  const objectNode = childIn(node, 'object');
  if (objectNode === undefined) return walkInside(node, context);
  const object = walkOperand(objectNode, context);
  const indices = node.children.filter(child => child !== objectNode).map(child => walkExpression(child, context));
  return indexBy(object, indices, spanOfPlain(node)) ?? otherAt(node);
}

/** Entries with a constant key; the others are walked, and left out. */
function walkHash(node: PlainNode, context: Context): Expr {
  const entries: ObjectEntry[] = [];
  const spreads: Expr[] = [];
  for (const child of node.children) {
    const spread = child.type === 'hash_splat_argument' ? child.children[0] : undefined;
    if (spread !== undefined) spreads.push(walkExpression(spread, context));
    const keyNode = childIn(child, 'key');
    if (child.type !== 'pair' || keyNode === undefined) {
      if (spread === undefined) walkInside(child, context);
      continue;
    }
    const key = keyOf(keyNode, context);
    const valueNode = childIn(child, 'value');
    const value = valueNode === undefined ? nameAt(keyNode, context) : walkExpression(valueNode, context);
    if (key !== null) entries.push({ key: key.name, keySpan: spanOfPlain(keyNode), value });
  }
  return { kind: 'object', entries, spreads, span: spanOfPlain(node) };
}

/** `a || b` is one of both; `a && b` guards `b`. */
function walkBinary(node: PlainNode, context: Context): Expr {
  const leftNode = childIn(node, 'left');
  const rightNode = childIn(node, 'right');
  if (leftNode === undefined || rightNode === undefined) return walkInside(node, context);
  const span = spanOfPlain(node);
  const left = walkExpression(leftNode, context);
  const right = walkExpression(rightNode, context);
  switch (node.token) {
    case '+':
      return concatenate(left, right, span);
    case '%': {
      if (left.kind !== 'string') return otherAt(node);
      const named = right.kind === 'object' ? right.entries : [];
      const values = right.kind === 'array' ? right.items : right.kind === 'object' ? [] : [right];
      const args = [
        ...values.map(value => ({ name: null, value, spread: false })),
        ...named.map(({ key, value }) => ({ name: key, value, spread: false })),
      ];
      return formatWithPercent(left.value, args, span);
    }
    case '||':
    case 'or': {
      const before = left.kind === 'choice' ? left.options : [left];
      return { kind: 'choice', options: [...before, right], span };
    }
    case '&&':
    case 'and':
      addBranch(context.sink, leftNode, rightNode);
      return otherAt(node);
    default:
      return otherAt(node);
  }
}

function walkUnary(node: PlainNode, context: Context): Expr {
  const operand = childIn(node, 'operand');
  if (operand === undefined) return walkInside(node, context);
  const value = walkExpression(operand, context);
  return signedNumber(node.token, value, spanOfPlain(node)) ?? otherAt(node);
}

function walkConditional(node: PlainNode, context: Context): Expr {
  const walkPart = (part: PlainNode) => walkExpression(part, context);
  return walkTernary(node, context.sink, walkPart) ?? walkInside(node, context);
}

function walkInside(node: PlainNode, context: Context): Expr {
  for (const child of node.children) walkNode(child, context);
  return otherAt(node);
}
