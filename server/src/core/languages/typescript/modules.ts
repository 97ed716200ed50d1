/** Imports and exports of ES modules, and CommonJS `require` in its two common forms. */
import type { Node } from 'web-tree-sitter';
import type { Expr } from '../facts.ts';
import { spanOf } from '../language.ts';
import { walkNamed } from './expressions.ts';
import { walkStatement } from './statements.ts';
import { childrenOf, sourceOf, unquote, type Walk } from './walk.ts';

export function walkImport(node: Node, walk: Walk): void {
  const source = node.childForFieldName('source');
  if (source === null) {
    walkImportRequire(node, walk);
    return;
  }
  const from = unquote(sourceOf(source, walk));
  const clause = childrenOf(node, walk).find(child => child.type === 'import_clause');
  for (const child of clause === undefined ? [] : childrenOf(clause, walk)) {
    if (child.type === 'identifier') addImport(child, 'default', from, walk);
    else if (child.type === 'namespace_import') {
      const name = childrenOf(child, walk)[0];
      if (name !== undefined) addImport(name, '*', from, walk);
    } else if (child.type === 'named_imports') {
      for (const specifier of childrenOf(child, walk)) {
        const name = specifier.childForFieldName('name');
        if (name !== null) addImport(specifier.childForFieldName('alias') ?? name, nameOf(name, walk), from, walk);
      }
    }
  }
}

/** `import sdk = require('sdk')`. */
function walkImportRequire(node: Node, walk: Walk): void {
  const clause = childrenOf(node, walk).find(child => child.type === 'import_require_clause');
  const name = clause === undefined ? undefined : childrenOf(clause, walk)[0];
  const source = clause?.childForFieldName('source');
  if (name !== undefined && source) addImport(name, '*', unquote(sourceOf(source, walk)), walk);
}

function addImport(local: Node, imported: string, from: string, walk: Walk): void {
  walk.sink.imports.push({ local: sourceOf(local, walk), imported, from, span: spanOf(local) });
}

function nameOf(node: Node, walk: Walk): string {
  const source = sourceOf(node, walk);
  return node.type === 'string' ? unquote(source) : source;
}

export function walkExport(node: Node, walk: Walk): void {
  const declaration = node.childForFieldName('declaration');
  const value = node.childForFieldName('value');
  const source = node.childForFieldName('source');
  const from = source === null ? null : unquote(sourceOf(source, walk));
  for (const child of childrenOf(node, walk)) {
    if (child.type === 'decorator') walkStatement(child, walk);
    else if (child.type === 'export_clause') addExportClause(child, from, walk);
    else if (child.type === 'namespace_export') {
      const name = childrenOf(child, walk)[0];
      if (name !== undefined) walk.sink.exports.push({ name: nameOf(name, walk), local: '*', from });
    }
  }
  if (from !== null && node.children.some(child => child?.type === '*'))
    walk.sink.exports.push({ name: '*', local: '*', from });
  const isDefault = node.children.some(child => child?.type === 'default');
  if (declaration !== null) {
    const name = declaration.childForFieldName('name');
    if (isDefault && name !== null)
      walk.sink.exports.push({ name: 'default', local: sourceOf(name, walk), from: null });
    walkStatement(declaration, walk);
  }
  if (value !== null) addDefault(value, walk);
}

function addExportClause(node: Node, from: string | null, walk: Walk): void {
  for (const specifier of childrenOf(node, walk)) {
    const name = specifier.childForFieldName('name');
    if (name === null) continue;
    const alias = specifier.childForFieldName('alias') ?? name;
    walk.sink.exports.push({ name: nameOf(alias, walk), local: nameOf(name, walk), from });
  }
}

/** `export default value`: the value becomes a binding called `default`, unless it is a name already. */
function addDefault(node: Node, walk: Walk): void {
  if (node.type === 'identifier') {
    walk.sink.exports.push({ name: 'default', local: sourceOf(node, walk), from: null });
    return;
  }
  const value: Expr = walkNamed(node, '', node, walk);
  const at = { start: node.startIndex, end: node.startIndex };
  walk.sink.bindings.push({
    name: 'default',
    nameSpan: at,
    owner: null,
    value,
    type: null,
    form: 'constant',
    scope: walk.scope,
  });
}

/** The module a `require('…')` call names, else null. */
export function requiredModule(value: Expr): string | null {
  if (value.kind !== 'call' || value.callee.kind !== 'name' || value.callee.name !== 'require') return null;
  const first = value.args[0]?.value;
  return first?.kind === 'string' ? first.value : null;
}
