/** Imports and exports of ES modules, and CommonJS `require` in its two common forms. */

import { type Expr, WHOLE_MODULE } from '../facts.ts';
import { childIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';

import { addCommonJsExports } from './assignments.ts';
import { walkNamed } from './expressions.ts';
import { walkStatement } from './statements.ts';
import { unquote, type Walk } from './walk.ts';

export function walkImport(node: PlainNode, walk: Walk): void {
  const source = childIn(node, 'source');
  if (source === undefined) {
    walkImportRequire(node, walk);
    return;
  }
  const from = unquote(sourceOf(source, walk));
  const clause = node.children.find(child => child.type === 'import_clause');
  for (const child of clause === undefined ? [] : clause.children) {
    if (child.type === 'identifier') addImport(child, 'default', from, walk);
    else if (child.type === 'namespace_import') {
      const name = child.children[0];
      if (name !== undefined) addImport(name, '*', from, walk);
    } else if (child.type === 'named_imports') {
      for (const specifier of child.children) {
        const name = childIn(specifier, 'name');
        if (name !== undefined) addImport(childIn(specifier, 'alias') ?? name, nameOf(name, walk), from, walk);
      }
    }
  }
}

/** `import sdk = require('sdk')`. */
function walkImportRequire(node: PlainNode, walk: Walk): void {
  const clause = node.children.find(child => child.type === 'import_require_clause');
  const name = clause === undefined ? undefined : clause.children[0];
  const source = clause && childIn(clause, 'source');
  if (name !== undefined && source) addImport(name, '*', unquote(sourceOf(source, walk)), walk);
}

function addImport(local: PlainNode, imported: string, from: string, walk: Walk): void {
  walk.sink.imports.push({ local: sourceOf(local, walk), imported, from, span: spanOfPlain(local) });
}

function nameOf(node: PlainNode, walk: Walk): string {
  const source = sourceOf(node, walk);
  return node.type === 'string' ? unquote(source) : source;
}

export function walkExport(node: PlainNode, walk: Walk): void {
  const [whole] = node.children;
  if (node.token === '=' && whole !== undefined) {
    addCommonJsExports(walkNamed(whole, WHOLE_MODULE, whole, walk), walk);
    return;
  }
  const declaration = childIn(node, 'declaration');
  const value = childIn(node, 'value');
  const source = childIn(node, 'source');
  const from = source === undefined ? null : unquote(sourceOf(source, walk));
  for (const child of node.children) {
    if (child.type === 'decorator') walkStatement(child, walk);
    else if (child.type === 'export_clause') addExportClause(child, from, walk);
    else if (child.type === 'namespace_export') {
      const name = child.children[0];
      if (name !== undefined) walk.sink.exports.push({ name: nameOf(name, walk), local: '*', from });
    }
  }
  if (from !== null && node.token === '*') walk.sink.exports.push({ name: '*', local: '*', from });
  const isDefault = node.token === 'default';
  if (declaration !== undefined) {
    const name = childIn(declaration, 'name');
    if (isDefault && name !== undefined)
      walk.sink.exports.push({ name: 'default', local: sourceOf(name, walk), from: null });
    walkStatement(declaration, walk);
  }
  if (value !== undefined) addDefault(value, walk);
}

function addExportClause(node: PlainNode, from: string | null, walk: Walk): void {
  for (const specifier of node.children) {
    const name = childIn(specifier, 'name');
    if (name === undefined) continue;
    const alias = childIn(specifier, 'alias') ?? name;
    walk.sink.exports.push({ name: nameOf(alias, walk), local: nameOf(name, walk), from });
  }
}

/** `export default value`: the value becomes a binding called `default`, and so does a function without a name, unless it is a name already. */
function addDefault(node: PlainNode, walk: Walk): void {
  if (node.type === 'identifier') {
    walk.sink.exports.push({ name: 'default', local: sourceOf(node, walk), from: null });
    return;
  }
  const value: Expr = walkNamed(node, isFunction(node) ? DEFAULT : '', node, walk);
  const at = { start: node.start, end: node.start };
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

/** One with a name of its own keeps it. */
function isFunction(node: PlainNode): boolean {
  return node.type === 'arrow_function' || (node.type.startsWith('function') && childIn(node, 'name') === undefined);
}

const DEFAULT = 'default';

/** The module that `require('…')` or `import('…')` names, else null. */
export function requiredModule(value: Expr): string | null {
  if (value.kind !== 'call' || value.callee.kind !== 'name' || !REQUIRES.has(value.callee.name)) return null;
  const first = value.args[0]?.value;
  return first?.kind === 'string' ? first.value : null;
}

const REQUIRES: ReadonlySet<string> = new Set(['import', 'require']);
