/**
 * Where a walk is in C++, C#, Java, Kotlin, Rust, Scala and Swift: in which block, type and function. These declare what they assign
 * to, so that a name no block knows is a member of the enclosing type. Contexts are copied on the way down; the sink, the names of a
 * block and the list of returned values are what the walk fills. What the constructs look like is the language folders'
 * business.
 */

import type { Span } from '../text.ts';
import type { BindingFact, Expr } from './facts.ts';
import { type FactSink, FILE_SCOPE } from './language.ts';
import { type PlainNode, spanOfPlain } from './plainTree.ts';
import { MAX_RETURNS, otherAt } from './shapes.ts';
import { boundOf, type TypeBounds } from './typeBounds.ts';

/** The type a member belongs to. An anonymous class has an empty name. */
export interface Owner {
  readonly name: string;
  readonly span: Span;
}

/** A block, and the names declared in it so far with the span in which each is visible. */
export interface BlockScope {
  readonly span: Span;
  readonly names: Map<string, Span>;
  readonly outer: BlockScope | null;
}

export interface ClassContext {
  readonly text: string;
  readonly sink: FactSink;
  /** The innermost block; null directly in a type or a file. */
  readonly scope: BlockScope | null;
  readonly owner: Owner | null;
  /** C++, Rust, Scala: the innermost namespace, module or package object around, in which free names are seen. */
  readonly around?: Span | null;
  /** Collects what the enclosing function returns. */
  readonly returns: Expr[] | null;
  /** What the type parameters around must be. */
  readonly bounds?: TypeBounds;
  /** C#: the namespace around, empty for none. */
  readonly namespace: string;
  /** C#: what a `?.` before this expression stands behind, for the member that comes next. */
  readonly conditional: Expr | null;
}

/** The context at the top of a file. */
export function fileContext(text: string, sink: FactSink): ClassContext {
  return { text, sink, scope: null, owner: null, returns: null, namespace: '', conditional: null };
}

/** The name at a node; unknown when the parser made the node up. */
export function nameAt(node: PlainNode, context: ClassContext): Expr {
  if (node.start === node.end) return otherAt(node);
  return { kind: 'name', name: nameOf(node, context), span: nameSpanOf(node, context) };
}

/** The name of a type; of a type parameter, what it must be. */
export function typeNameAt(node: PlainNode, context: ClassContext): Expr {
  const name = nameAt(node, context);
  return context.bounds === undefined ? name : boundOf(name, context);
}

/** A name as others write it: without what `nameSpanOf` leaves out. */
export function nameOf(node: PlainNode, context: ClassContext): string {
  const span = nameSpanOf(node, context);
  return context.text.slice(span.start, span.end);
}

/** A name's span, without what lets it be a keyword: the `@` before it in C#, the backticks around it elsewhere. */
export function nameSpanOf(node: PlainNode, context: ClassContext): Span {
  const first = context.text.charAt(node.start);
  const quoted = first === '`' && node.end - node.start > 2 && context.text.charAt(node.end - 1) === '`';
  if (quoted) return { start: node.start + 1, end: node.end - 1 };
  return { start: first === '@' ? node.start + 1 : node.start, end: node.end };
}

/** The context inside a block. */
export function inBlock(node: PlainNode, context: ClassContext): ClassContext {
  return { ...context, scope: { span: spanOfPlain(node), names: new Map(), outer: context.scope } };
}

/** What a name is given, and how it is declared. */
export type Given = Pick<BindingFact, 'value' | 'type' | 'form'>;

/** Declares a local name, from where it stands to the end of its block; in the file, where there is no block. */
export function declareLocal(nameNode: PlainNode, given: Given, context: ClassContext): void {
  const nameSpan = nameSpanOf(nameNode, context);
  const name = context.text.slice(nameSpan.start, nameSpan.end);
  if (name === '' || name === '_') return;
  const { scope } = context;
  const visible = scope === null ? FILE_SCOPE : { start: nameSpan.start, end: Math.max(scope.span.end, nameSpan.end) };
  scope?.names.set(name, visible);
  context.sink.bindings.push({ name, nameSpan, owner: null, ...given, scope: visible });
}

/** Declares a member of the type around; a name outside any type is the file's. */
export function declareMember(nameNode: PlainNode, given: Given, context: ClassContext): void {
  const { owner } = context;
  const nameSpan = nameSpanOf(nameNode, context);
  const name = context.text.slice(nameSpan.start, nameSpan.end);
  if (name === '') return;
  context.sink.bindings.push({
    name,
    nameSpan,
    owner: owner?.name ?? null,
    ...given,
    scope: owner?.span ?? context.around ?? FILE_SCOPE,
  });
}

/** Gives a name another value: a local if a block declares it, else a member of the type around. */
export function assignName(nameNode: PlainNode, value: Expr | null, context: ClassContext): void {
  const nameSpan = nameSpanOf(nameNode, context);
  const name = context.text.slice(nameSpan.start, nameSpan.end);
  if (name === '' || name === '_') return;
  const declared = declaredIn(name, context.scope);
  if (declared === null) {
    declareMember(nameNode, { value, type: null, form: context.owner === null ? 'variable' : 'field' }, context);
  } else {
    context.sink.bindings.push({ name, nameSpan, owner: null, value, type: null, form: 'variable', scope: declared });
  }
}

/** Adds a returned value to the enclosing function's. */
export function addReturn(value: Expr, context: ClassContext): void {
  if (context.returns !== null && context.returns.length < MAX_RETURNS) context.returns.push(value);
}

function declaredIn(name: string, innermost: BlockScope | null): Span | null {
  for (let scope = innermost; scope !== null; scope = scope.outer) {
    const span = scope.names.get(name);
    if (span !== undefined) return span;
  }
  return null;
}
