/**
 * Where a walk through PHP is: in which function and class. Contexts are copied on the way down; the sink and the list of
 * returned values are what the walk fills.
 */

import type { Span } from '../../text.ts';
import type { BindingFact, Expr } from '../facts.ts';
import { type FactSink, FILE_SCOPE } from '../language.ts';
import { type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { MAX_RETURNS, otherAt } from '../shapes.ts';

/** A class, interface, trait or enum; `bases` is open, since `use SomeTrait` stands in the body. An anonymous class has no name. */
export interface Owner {
  readonly name: string;
  readonly span: Span;
  readonly bases: Expr[];
  /** What `parent` means. */
  readonly parent: Expr | null;
}

export interface Context {
  readonly text: string;
  readonly sink: FactSink;
  /** Where a variable assigned here is visible: the enclosing function, or the file. */
  readonly scope: Span;
  readonly owner: Owner | null;
  /** Collects what the enclosing function returns. */
  readonly returns: Expr[] | null;
}

/** The context at the top of a file. */
export function fileContext(text: string, sink: FactSink): Context {
  return { text, sink, scope: FILE_SCOPE, owner: null, returns: null };
}

/** The name at a node as written, backslashes included: `Feature`, `\A\B`. Unknown when the parser made the node up. */
export function nameAt(node: PlainNode, context: Context): Expr {
  if (node.start === node.end) return otherAt(node);
  const name = sourceOf(node, context).replace(/\s+/g, '');
  const span = spanOfPlain(node);
  if (name === '$this') return { kind: 'name', name: 'this', span };
  if (/^(?:self|static)$/i.test(name)) return { kind: 'name', name: 'self', span };
  if (/^parent$/i.test(name)) return context.owner?.parent ?? otherAt(node);
  return { kind: 'name', name, span };
}

/** Gives a variable a value. */
export function bindVariable(node: PlainNode, value: Expr | null, type: Expr | null, context: Context): void {
  const name = sourceOf(node, context);
  // A variable that is given itself, converted or not, stays what it was.
  const unchanged = value?.kind === 'name' && value.name === name;
  if (!/^\$\w/.test(name) || name === '$this' || unchanged) return;
  const nameSpan = spanOfPlain(node);
  const form: BindingFact['form'] = 'variable';
  context.sink.bindings.push({ name, nameSpan, owner: null, value, type, form, scope: context.scope });
}

/** Adds a property, class constant or enum case, by its name without `$`; outside any class a constant is the file's. */
export function bindMember(
  nameNode: PlainNode,
  given: Pick<BindingFact, 'value' | 'type' | 'form'>,
  context: Context,
): void {
  const name = sourceOf(nameNode, context);
  if (name === '') return;
  const { owner } = context;
  context.sink.bindings.push({
    name,
    nameSpan: spanOfPlain(nameNode),
    owner: owner?.name ?? null,
    ...given,
    scope: owner?.span ?? FILE_SCOPE,
  });
}

/** The name inside a variable, behind its `$`; the node itself when there is none. */
export function withoutDollar(node: PlainNode): PlainNode {
  return node.type === 'variable_name' ? (node.children[0] ?? node) : node;
}

/** Adds a returned value to the enclosing function's; a choice is each of its options. */
export function addReturn(value: Expr, context: Context): void {
  if (context.returns === null) return;
  for (const option of value.kind === 'choice' ? value.options : [value]) {
    if (context.returns.length < MAX_RETURNS) context.returns.push(option);
  }
}
