/** Types that are listed where they are used (`flags: { dark: boolean }`): they get a name, so that their members are facts. */
import type { Expr } from '../facts.ts';
import { childOfType, type PlainNode, spanOfPlain } from '../plainTree.ts';

import { walkStatement } from './statements.ts';
import { typeOf } from './types.ts';
import type { Walk } from './walk.ts';

/** The type of what goes by a name: the one that is named there, or the one that is listed there. */
export function namedOrListed(node: PlainNode | undefined, name: string, walk: Walk): Expr | null {
  return typeOf(node, walk) ?? listedType(node, `{${name}}`, walk);
}

/** A type that is listed, under a name that is made for it. */
export function listedType(node: PlainNode | undefined, name: string, walk: Walk): Expr | null {
  const listed = node?.type === 'object_type' ? node : node && childOfType(node, 'object_type');
  if (!listed) return null;
  const span = spanOfPlain(listed);
  walk.sink.types.push({ name, nameSpan: { start: span.start, end: span.start }, form: 'alias', bases: [], span });
  const inner: Walk = { ...walk, owner: { name, span }, scope: span };
  for (const member of listed.children) walkStatement(member, inner);
  return { kind: 'name', name, span };
}
