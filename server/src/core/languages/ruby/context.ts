/**
 * Where a walk through Ruby is: in which block, method and class. Contexts are copied on the way down; the sink, the names of
 * a scope and the list of returned values are what the walk fills.
 */

import type { Span } from '../../text.ts';
import type { BindingFact, Expr } from '../facts.ts';
import { type FactSink, FILE_SCOPE } from '../language.ts';
import { type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { MAX_RETURNS, memberAt, otherAt } from '../shapes.ts';

/** A class or module; `bases` is open, since `include` stands in the body. */
export interface Owner {
  readonly name: string;
  readonly span: Span;
  readonly bases: Expr[];
}

/** A method, a block (which sees the names around it) or the file, and the local names given a value in it so far. */
export interface Scope {
  readonly span: Span;
  readonly names: Set<string>;
  /** The scope whose names are seen from here too: of a block, never of a method. */
  readonly outer: Scope | null;
}

export interface Context {
  readonly text: string;
  readonly sink: FactSink;
  readonly scope: Scope;
  readonly owner: Owner | null;
  /** Collects what the enclosing method returns. */
  readonly returns: Expr[] | null;
}

/** The context at the top of a file. */
export function fileContext(text: string, sink: FactSink): Context {
  return { text, sink, scope: { span: FILE_SCOPE, names: new Set(), outer: null }, owner: null, returns: null };
}

/** The name at a node; unknown when the parser made the node up. */
export function nameAt(node: PlainNode, context: Context): Expr {
  return node.start === node.end
    ? otherAt(node)
    : { kind: 'name', name: sourceOf(node, context), span: spanOfPlain(node) };
}

/** `self`, where nothing says so: the receiver of instance variables and of methods that are called by name alone. */
export function selfAt(offset: number): Expr {
  return { kind: 'name', name: 'self', span: { start: offset, end: offset } };
}

/** `@x` and `@@x` are members of `self` in a class; in a script they are names of the file. */
export function instanceVariableAt(node: PlainNode, context: Context): Expr {
  if (context.owner === null) return nameAt(node, context);
  const span = spanOfPlain(node);
  return memberAt(selfAt(span.start), node, span, context);
}

/** Gives a local name a value: in the scope that knows it, else in the innermost one. */
export function bindLocal(nameNode: PlainNode, value: Expr | null, context: Context): void {
  const name = sourceOf(nameNode, context);
  if (name === '') return;
  let known: Scope | null = context.scope;
  while (known !== null && !known.names.has(name)) known = known.outer;
  const { names, span } = known ?? context.scope;
  names.add(name);
  addBinding({ name, nameSpan: spanOfPlain(nameNode), owner: null, value, form: 'variable', scope: span }, context);
}

/** Adds a member of the class around, or a name of the file where there is none. */
export function bindMember(
  name: string,
  nameSpan: Span,
  value: Expr | null,
  form: 'constant' | 'field',
  context: Context,
): void {
  const { owner } = context;
  const ofFile = form === 'field' ? 'variable' : form;
  if (owner === null) addBinding({ name, nameSpan, owner: null, value, form: ofFile, scope: FILE_SCOPE }, context);
  else addBinding({ name, nameSpan, owner: owner.name, value, form, scope: owner.span }, context);
}

/** Adds a name that every file sees. */
export function bindGlobal(name: string, nameSpan: Span, value: Expr | null, context: Context): void {
  addBinding({ name, nameSpan, owner: null, value, form: 'variable', scope: FILE_SCOPE }, context);
}

/** Adds a returned value to the enclosing method's; a choice is each of its options. */
export function addReturn(value: Expr, context: Context): void {
  if (context.returns === null) return;
  for (const option of value.kind === 'choice' ? value.options : [value]) {
    if (context.returns.length < MAX_RETURNS) context.returns.push(option);
  }
}

function addBinding(binding: Omit<BindingFact, 'type'>, context: Context): void {
  context.sink.bindings.push({ ...binding, type: null });
}
