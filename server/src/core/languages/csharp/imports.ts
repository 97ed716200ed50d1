/** C#'s `using` directives. */
import type { ClassContext } from '../classContext.ts';
import { childIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';

/** `using A.B;`, `using static A.B.C;`, `using F = A.B.C;`, each maybe `global`. */
export function walkUsing(node: PlainNode, context: ClassContext): void {
  const alias = childIn(node, 'name');
  const target = node.children.find(child => child !== alias && NAMES.has(child.type));
  if (target === undefined) return;
  const name = sourceOf(target, context)
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|\s+/g, '')
    .replace(/^global::/, '')
    .replace(/<.*$/, '');
  if (name === '') return;
  const span = spanOfPlain(node);
  const isGlobal = context.text.startsWith('global', node.start);
  if (alias === undefined) {
    const ofType = STATIC.test(context.text.slice(node.start, target.start));
    context.sink.imports.push({ local: '*', imported: '*', from: name, span, ...(ofType ? { ofType } : {}) });
    if (isGlobal) context.sink.exports.push({ name: '*', local: '*', from: name });
    return;
  }
  const local = sourceOf(alias, context).replace(/^@/, '');
  const dot = name.lastIndexOf('.');
  const from = name.slice(0, Math.max(dot, 0));
  const imported = name.slice(dot + 1);
  context.sink.imports.push({ local, imported, from, span });
  if (isGlobal) context.sink.exports.push({ name: local, local: imported, from });
}

/** The full name of a namespace declared inside another. */
export function namespaceOf(node: PlainNode, context: ClassContext): string {
  const name = childIn(node, 'name');
  const own = name === undefined ? '' : sourceOf(name, context).replace(/\s+/g, '');
  return context.namespace === '' ? own : `${context.namespace}.${own}`;
}

/** What stands before the name of a type. */
const STATIC = /\busing\s{1,20}static\b/;

const NAMES: ReadonlySet<string> = new Set(['identifier', 'qualified_name', 'alias_qualified_name', 'generic_name']);
