/**
 * What the stores of a component are read by: `$name`, by itself. A read of something inside (`$name.x`) is a member like any other, and
 * a rune is a call (`$state()`). What the store holds is not told here.
 */
import type { MemberExpr } from '../facts.ts';
import type { TreeSource } from '../language.ts';
import { type PlainNode, readPlainTree } from '../plainTree.ts';
import { SCRIPT_SHAPE } from '../typescript/index.ts';

/** The property by which a bare read stands among the members of its file: `$name` is the member `$` of `name`. */
export const STORE_READ = '$';

/** The bare reads in one chunk. */
export function storeReads(node: TreeSource, text: string): readonly MemberExpr[] {
  const { root } = readPlainTree(node, SCRIPT_SHAPE);
  const reads: MemberExpr[] = [];
  if (/\$[A-Za-z_]/.test(text.slice(root.start, root.end))) visit(root, null, text, reads);
  return reads;
}

function visit(node: PlainNode, parent: PlainNode | null, text: string, reads: MemberExpr[]): void {
  if (node.type === 'identifier' && text.charAt(node.start) === STORE_READ && !isOther(node, parent)) {
    const name = text.slice(node.start + 1, node.end);
    const span = { start: node.start, end: node.end };
    if (/^[A-Za-z_]/.test(name)) {
      const object = { kind: 'name', name, span: { start: node.start + 1, end: node.end } } as const;
      reads.push({ kind: 'member', object, property: STORE_READ, propertySpan: span, span });
    }
  }
  for (const child of node.children) visit(child, node, text, reads);
}

/** What is read further, called, declared or assigned. */
function isOther({ field, start }: PlainNode, parent: PlainNode | null): boolean {
  if (parent === null) return false;
  const isFirst = parent.children[0]?.start === start;
  if (parent.type === 'member_expression' || parent.type === 'subscript_expression') return isFirst;
  if (field === 'function' || field === 'constructor' || field === 'name' || field === 'pattern') return true;
  if (parent.type === 'update_expression' || /_pattern$|^formal_parameters$/.test(parent.type)) return true;
  return field === 'left' && /assignment/.test(parent.type);
}
