/** Go's package clause and imports. */
import { childIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import type { Context } from './context.ts';
import { stringValue } from './strings.ts';

export function walkPackage(node: PlainNode, context: Context): void {
  const name = node.children[0];
  if (name !== undefined && name.start < name.end) context.sink.packageName = sourceOf(name, context);
}

/** `"a/b"`, `c "a/b"`, `. "a/b"`, `_ "a/b"`. */
export function walkImportSpec(node: PlainNode, context: Context): void {
  const path = childIn(node, 'path');
  if (path === undefined) return;
  const from = stringValue(sourceOf(path, context));
  if (from === '') return;
  const nameNode = childIn(node, 'name');
  const name = nameNode === undefined ? '' : sourceOf(nameNode, context);
  const local = name === '.' ? '*' : name === '' ? assumedPackageName(from) : name;
  context.sink.imports.push({ local, imported: '*', from, span: spanOfPlain(node) });
}

/** The name a package most likely has, by the rule of goimports (`ImportPathToAssumedName`). */
export function assumedPackageName(path: string): string {
  const segments = path.split('/');
  let name = segments.pop() ?? '';
  if (/^v[0-9]+$/.test(name) && segments.length > 0) name = segments.pop() ?? '';
  return /^[\p{L}\p{Nd}_]*/u.exec(name.replace(/^go-/, ''))?.[0] ?? '';
}
