/**
 * Where a walk through Go is: in which block, method and function. Contexts are copied on the way down; the sink, the names
 * of a block and the list of returned values are what the walk fills.
 */
import type { Span } from '../../text.ts';
import type { BindingFact, Expr } from '../facts.ts';
import { type FactSink, FILE_SCOPE } from '../language.ts';
import { type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import type { TypeBounds } from '../typeBounds.ts';

/** A block (or the file), and the names declared in it so far with the span in which each is visible. */
export interface Scope {
  readonly span: Span;
  readonly names: Map<string, Span>;
  readonly outer: Scope | null;
}

export interface Receiver {
  readonly name: string;
  readonly type: string;
}

export interface Context {
  readonly text: string;
  readonly sink: FactSink;
  readonly scope: Scope;
  /** What may be given values by its fields: the enclosing method's receiver, and what a function literal is given, with their types. */
  readonly receivers: readonly Receiver[];
  /** What the type parameters around must be. */
  readonly bounds?: TypeBounds;
  /** Collects the first value of each `return` of the enclosing function. */
  readonly returns: Expr[] | null;
}

/** The context inside a block. */
export function inBlock(node: PlainNode, context: Context): Context {
  return { ...context, scope: { span: spanOfPlain(node), names: new Map(), outer: context.scope } };
}

/** Declares a name from `from` (the end of its statement) to the end of the block, and binds it. `_` is no name. */
export function declareName(
  nameNode: PlainNode,
  from: number,
  binding: { readonly value: Expr | null; readonly type: Expr | null; readonly form: BindingFact['form'] },
  context: Context,
): void {
  const name = sourceOf(nameNode, context);
  if (name === '' || name === '_') return;
  const { span, names, outer } = context.scope;
  const scope = outer === null ? FILE_SCOPE : { start: Math.min(from, span.end), end: span.end };
  names.set(name, scope);
  context.sink.bindings.push({ name, nameSpan: spanOfPlain(nameNode), owner: null, ...binding, scope });
}

/** Gives a name declared before another value. */
export function assignName(nameNode: PlainNode, value: Expr | null, context: Context): void {
  const name = sourceOf(nameNode, context);
  if (name === '' || name === '_') return;
  const scope = declaredScope(name, context.scope);
  const nameSpan = spanOfPlain(nameNode);
  context.sink.bindings.push({ name, nameSpan, owner: null, value, type: null, form: 'variable', scope });
}

function declaredScope(name: string, scope: Scope): Span {
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    const known = at.names.get(name);
    if (known !== undefined) return known;
  }
  return FILE_SCOPE;
}
