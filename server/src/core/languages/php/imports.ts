/** PHP's `use` declarations. */
import { childIn, childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import type { Context } from './context.ts';

/** `use A\B as C, D\{E, F as G}`, with `function` and `const` too. */
export function walkUse(node: PlainNode, context: Context): void {
  const group = childIn(node, 'body');
  const prefix = group === undefined ? '' : nameOf(childOfType(node, 'namespace_name'), context);
  for (const clause of group?.children ?? node.children) {
    if (clause.type === 'namespace_use_clause') addImport(clause, prefix, context);
  }
}

function addImport(clause: PlainNode, prefix: string, context: Context): void {
  const alias = childIn(clause, 'alias');
  const written = clause.children.find(child => child !== alias && child.field !== 'type');
  const name = nameOf(written, context);
  const whole = prefix === '' ? name : `${prefix}\\${name}`;
  const slash = whole.lastIndexOf('\\');
  const imported = whole.slice(slash + 1);
  const local = alias === undefined ? imported : sourceOf(alias, context);
  if (imported === '' || local === '') return;
  const from = slash < 0 ? '' : whole.slice(0, slash);
  context.sink.imports.push({ local, imported, from, span: spanOfPlain(clause) });
}

/** A name without a leading backslash and without spaces, which may stand anywhere in it. */
function nameOf(node: PlainNode | undefined, context: Context): string {
  return node === undefined ? '' : sourceOf(node, context).replace(/\s+/g, '').replace(/^\\/, '');
}
