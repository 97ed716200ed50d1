/** C#'s constructions: objects, arrays and their initializers. */
import type { ClassContext } from '../classContext.ts';
import type { Argument, CallExpr, Expr, ObjectEntry } from '../facts.ts';
import { childIn, childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { argumentsOf } from './calls.ts';
import { walkExpression, walkInside, walkNamed } from './expressions.ts';
import { bareType } from './types.ts';

/** `new T(…) { … }`, `new(…)` of the declared type. An array with a type is an array, and so is a collection with its items. */
export function walkConstruction(node: PlainNode, declared: Expr | null, context: ClassContext): Expr {
  const typeNode = childIn(node, 'type');
  if (typeNode?.type === 'array_type') return walkArray(node, context);
  const initializer = childIn(node, 'initializer') ?? childOfType(node, 'initializer_expression');
  const keyword = { start: node.start, end: Math.min(node.start + 'new'.length, node.end) };
  const callee: Expr = typeNode === undefined ? implied(declared, keyword) : bareType(typeNode, context);
  const argumentsNode = childIn(node, 'arguments') ?? childOfType(node, 'argument_list');
  const args = [...argumentsOf(argumentsNode, context)];
  const contents = initializer === undefined ? null : contentsOf(initializer, context);
  if (contents !== null) args.push(...contents.named);
  const written = callee.kind === 'member' ? callee.propertySpan : callee.span;
  const nameSpan = typeNode === undefined ? keyword : written;
  const span = spanOfPlain(node);
  const call: CallExpr = { kind: 'call', callee, args, construct: true, nameSpan, span };
  context.sink.calls.push(call);
  if (contents === null) return args.length === 1 && isCollection(callee) ? (arrayOf(args[0]!.value) ?? call) : call;
  if (contents.items.length > 0 && contents.items.length === initializer?.children.length)
    return { kind: 'array', items: contents.items, span };
  if (contents.entries.length === 0) return call;
  return { kind: 'object', entries: contents.entries, spreads: [], span };
}

/** `new[] { … }`, `new T[] { … }`. */
export function walkArray(node: PlainNode, context: ClassContext): Expr {
  const initializer = childIn(node, 'initializer') ?? childOfType(node, 'initializer_expression');
  if (initializer === undefined) return walkInside(node, context);
  const items = initializer.children.map(child => walkExpression(child, context));
  return { kind: 'array', items, span: spanOfPlain(node) };
}

/** `new { Key = v }`, or an initializer that stands for a collection. */
export function walkInitializer(node: PlainNode, context: ClassContext): Expr {
  if (node.type === 'initializer_expression') {
    const items = node.children.map(child => walkExpression(child, context));
    return { kind: 'array', items, span: spanOfPlain(node) };
  }
  // The grammar writes `Key = v` as two neighbours.
  const entries: ObjectEntry[] = [];
  node.children.forEach((child, index) => {
    const next = node.children[index + 1];
    const between = next === undefined ? '' : context.text.slice(child.end, next.start).trim();
    if (child.type === 'identifier' && between === '=' && next !== undefined) {
      const key = sourceOf(child, context);
      entries.push({ key, keySpan: spanOfPlain(child), value: walkExpression(next, context) });
    } else if (entries.at(-1)?.value.span.start !== child.start) walkExpression(child, context);
  });
  return { kind: 'object', entries, spreads: [], span: spanOfPlain(node) };
}

/** The type that `new(…)` takes from its declaration, written where `new` stands. */
function implied(declared: Expr | null, span: Expr['span']): Expr {
  if (declared?.kind === 'name') return { ...declared, span };
  return declared?.kind === 'member' ? { ...declared, span, propertySpan: span } : { kind: 'other', span };
}

interface Contents {
  /** `Key = v` of an object. */
  readonly named: readonly Argument[];
  /** `["key"] = v` and `{ "key", v }` of a dictionary. */
  readonly entries: readonly ObjectEntry[];
  /** What else stands there: the items of a list. */
  readonly items: readonly Expr[];
}

/** `new HashSet<string>(list)` holds what the list does. */
function isCollection(callee: Expr): boolean {
  const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
  return /^(?:List|HashSet|SortedSet|Collection|ReadOnlyCollection|ConcurrentBag|Queue|Stack|LinkedList)$/.test(name);
}

function arrayOf(value: Expr): Expr | null {
  return value.kind === 'array' ? value : null;
}

function contentsOf(node: PlainNode, context: ClassContext): Contents {
  const named: Argument[] = [];
  const entries: ObjectEntry[] = [];
  const items: Expr[] = [];
  for (const child of node.children) {
    const left = childIn(child, 'left');
    const right = childIn(child, 'right');
    if (child.type === 'assignment_expression' && left !== undefined && right !== undefined) {
      if (left.type === 'identifier') {
        const value = walkNamed(right, undefined, null, context);
        named.push({ name: sourceOf(left, context), value, spread: false });
      } else addEntry(entries, left.children[0]?.children[0] ?? left, right, context);
    } else if (child.type === 'initializer_expression' && child.children.length === 2) {
      addEntry(entries, child.children[0]!, child.children[1]!, context);
    } else items.push(walkExpression(child, context));
  }
  return { named, entries, items };
}

function addEntry(entries: ObjectEntry[], keyNode: PlainNode, valueNode: PlainNode, context: ClassContext): void {
  const key = walkExpression(keyNode, context);
  const value = walkExpression(valueNode, context);
  if (key.kind === 'string') entries.push({ key: key.value, keySpan: key.span, value });
}
