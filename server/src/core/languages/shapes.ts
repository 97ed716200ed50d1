/**
 * Expressions and branches that look alike in every grammar: a choice between two values, a signed number, what a loop gives its
 * variable, what a condition guards, the member of a value, the escapes of C. How a language walks the parts, and which node is
 * which, stays in its own folder.
 */
import type { Span } from '../text.ts';
import type { Expr, MemberExpr } from './facts.ts';
import type { FactSink } from './language.ts';
import { childIn, type PlainNode, sourceOf, spanOfPlain } from './plainTree.ts';

/** At most this many returned values are kept of a function. */
export const MAX_RETURNS = 8;

/** What says nothing about flags but where it stands. */
export function otherAt(node: PlainNode): Expr {
  return { kind: 'other', span: spanOfPlain(node) };
}

/** Notes what a condition guards, given as nodes or spans. Without a condition or something behind it, as while one types, there is nothing to note. */
export function addBranch(
  sink: FactSink,
  condition: Span | undefined,
  consequent: Span | undefined,
  alternative?: Span | null,
): void {
  if (condition === undefined || consequent === undefined) return;
  sink.branches.push({
    condition: onlySpan(condition),
    consequent: onlySpan(consequent),
    alternative: alternative == null ? null : onlySpan(alternative),
  });
}

/** A node is wider than its span, and a fact keeps no node. */
function onlySpan({ start, end }: Span): Span {
  return { start, end };
}

/** What stands in parentheses, or the node itself. */
export function withoutParentheses(node: PlainNode): PlainNode {
  const [only] = node.children;
  return node.type === 'parenthesized_expression' && only !== undefined ? only : node;
}

/** The nodes of `condition ? consequent : alternative`. */
export interface TernaryNodes {
  readonly condition: PlainNode | undefined;
  readonly consequent: PlainNode | undefined;
  readonly alternative: PlainNode | undefined;
}

/** Walks the ternary of a grammar that names its parts, as most do; null where a part is missing. */
export function walkTernary(node: PlainNode, sink: FactSink, walkExpression: (node: PlainNode) => Expr): Expr | null {
  const nodes = {
    condition: childIn(node, 'condition'),
    consequent: childIn(node, 'consequence'),
    alternative: childIn(node, 'alternative'),
  };
  return walkTernaryNodes(nodes, spanOfPlain(node), sink, walkExpression);
}

/** Walks a ternary in source order and notes what it guards: one of two values, or null where a part is missing. */
export function walkTernaryNodes(
  { condition, consequent, alternative }: TernaryNodes,
  span: Span,
  sink: FactSink,
  walkExpression: (node: PlainNode) => Expr,
): Expr | null {
  if (condition === undefined || consequent === undefined || alternative === undefined) return null;
  const parts = [condition, consequent, alternative].sort((a, b) => a.start - b.start);
  const values = new Map(parts.map(part => [part, walkExpression(part)]));
  addBranch(sink, condition, consequent, alternative);
  return { kind: 'choice', options: [values.get(consequent)!, values.get(alternative)!], span };
}

/** What `object` has by the name that stands at `property`. */
export function memberAt(
  object: Expr,
  property: PlainNode,
  span: Span,
  context: { readonly text: string },
): MemberExpr {
  return memberNamed(object, { name: sourceOf(property, context), span: spanOfPlain(property) }, span);
}

/** What `object` has by a name that is read already. */
export function memberNamed(
  object: Expr,
  property: { readonly name: string; readonly span: Span },
  span: Span,
): MemberExpr {
  return { kind: 'member', object, property: property.name, propertySpan: property.span, span };
}

/** The number behind a sign; null if the operator is no sign or its operand is not written as a number. */
export function signedNumber(operator: string | null, operand: Expr, span: Span): Expr | null {
  if (operand.kind !== 'literal' || typeof operand.value !== 'number') return null;
  if (operator === '+') return { ...operand, span };
  return operator === '-' ? { kind: 'literal', value: -operand.value, span } : null;
}

/** `object[first, …]`: several indices are a tuple, and without one there is nothing to read; null then. */
export function indexBy(object: Expr, indices: readonly Expr[], span: Span): Expr | null {
  const [first, ...others] = indices;
  if (first === undefined) return null;
  const index: Expr = others.length === 0 ? first : { kind: 'array', items: indices, span: first.span };
  return { kind: 'index', object, index, span };
}

/** Whether what ends at an offset is given a value there: `flags["k"] = true`, but not `flags["k"] == true`. */
export function isAssignedAt(text: string, end: number): boolean {
  return /^[ \t]{0,20}=(?!=)/.test(text.slice(end, end + 24));
}

/**
 * What is read of what an assignment gives a value: of a member, what it belongs to. `+=` reads the member too.
 */
export function readOfTarget(target: PlainNode, memberType: string, objectField: string): PlainNode {
  return (target.type === memberType ? childIn(target, objectField) : undefined) ?? target;
}

/** What a loop over a value gives its variable: one of the items that are written out, or of what a name or a call stands for. */
export function itemOf(iterable: Expr | null): Expr | null {
  if (iterable === null || !LISTS.has(iterable.kind)) return null;
  if (iterable.kind === 'array') return oneOf(iterable.items, iterable.span);
  const { span } = iterable;
  return { kind: 'index', object: iterable, index: { kind: 'other', span }, span };
}

const LISTS: ReadonlySet<Expr['kind']> = new Set(['array', 'call', 'member', 'name']);

/** One of several values; null if there is none. */
export function oneOf(options: readonly Expr[], span: Span): Expr | null {
  return options.length < 2 ? (options[0] ?? null) : { kind: 'choice', options, span };
}

/** What a backslash and a letter stand for in C, and in the languages that took its escapes over. */
export const C_ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
