/** Python's import statements in all their forms. `index.ts` says how they are written down. */
import { childIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import type { Context } from './context.ts';

/** `import a.b`, `import a.b as c`. */
export function walkImport(node: PlainNode, context: Context): void {
  for (const child of node.children) {
    if (child.field !== 'name') continue;
    const span = spanOfPlain(child);
    const { module, alias } = importedName(child, context);
    if (module === '') continue;
    if (alias !== null) context.sink.imports.push({ local: alias, imported: '*', from: module, span });
    else {
      const first = module.split('.', 1)[0] ?? module;
      context.sink.imports.push({ local: first, imported: '*', from: first, span });
    }
  }
}

/** `from .x import y as z, w`, `from x import *`. */
export function walkImportFrom(node: PlainNode, context: Context): void {
  const moduleNode = childIn(node, 'module_name');
  const from = node.type === 'future_import_statement' ? '__future__' : moduleNode && dotted(moduleNode, context);
  if (from === undefined || from === '') return;
  for (const child of node.children) {
    const span = spanOfPlain(child);
    if (child.type === 'wildcard_import') context.sink.imports.push({ local: '*', imported: '*', from, span });
    if (child.field !== 'name') continue;
    const { module: imported, alias } = importedName(child, context);
    if (imported !== '') context.sink.imports.push({ local: alias ?? imported, imported, from, span });
  }
}

function importedName(node: PlainNode, context: Context): { readonly module: string; readonly alias: string | null } {
  if (node.type !== 'aliased_import') return { module: dotted(node, context), alias: null };
  const name = childIn(node, 'name');
  const alias = childIn(node, 'alias');
  const aliasName = alias === undefined ? '' : sourceOf(alias, context);
  return { module: name === undefined ? '' : dotted(name, context), alias: aliasName === '' ? null : aliasName };
}

/** A dotted name may be spread over spaces and line continuations. */
function dotted(node: PlainNode, context: Context): string {
  return sourceOf(node, context).replace(/[\s\\]+/g, '');
}
