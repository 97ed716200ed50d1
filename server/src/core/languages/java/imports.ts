/** Java's package clause and imports. */
import type { ClassContext } from '../classContext.ts';
import { childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';

export function walkPackage(node: PlainNode, context: ClassContext): void {
  const name = node.children.find(child => child.type === 'scoped_identifier' || child.type === 'identifier');
  if (name !== undefined && name.start < name.end) context.sink.packageName = dotted(name, context);
}

/** `import a.b.C;`, `import static a.b.C.d;`, either with `*` for everything. */
export function walkImport(node: PlainNode, context: ClassContext): void {
  const path = node.children.find(child => child.type === 'scoped_identifier' || child.type === 'identifier');
  if (path === undefined) return;
  const name = dotted(path, context);
  const span = spanOfPlain(node);
  const dot = name.lastIndexOf('.');
  if (childOfType(node, 'asterisk') !== undefined) {
    if (name !== '') context.sink.imports.push({ local: '*', imported: '*', from: name, span });
    return;
  }
  const imported = name.slice(dot + 1);
  if (dot > 0 && imported !== '') {
    context.sink.imports.push({ local: imported, imported, from: name.slice(0, dot), span });
  }
}

/** A dotted name may be spread over spaces, lines and comments. */
function dotted(node: PlainNode, context: ClassContext): string {
  return sourceOf(node, context).replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|\s+/g, '');
}
