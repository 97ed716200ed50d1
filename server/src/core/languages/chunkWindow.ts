/**
 * Typing inside one chunk of a long text: only that chunk and its two neighbours are parsed, by themselves. When the
 * neighbours come out as they were, the rest of the text would as well, and nothing of it is looked at again.
 *
 * A word half typed (`fnc f() {`) can make a parser lose its way to the end of the file, which costs many times as much as the
 * word is worth and takes everything behind it away while someone types. Such an error stays in the chunk where it was typed,
 * provided that nothing was typed that could open or close a string or a comment. What the text says as a whole is looked at
 * again as soon as something else is edited than letters inside a chunk; that decision is `extract.ts`'.
 */

import type { Node } from 'web-tree-sitter';
import type { Span } from '../text.ts';
import { type Chunk, chunkNodes, extractChunk, type TextEdit } from './chunks.ts';
import type { Grammars } from './grammars.ts';
import { joinSinks } from './joinFacts.ts';
import type { Language } from './language.ts';
import { chunkBefore, type Layout, withChunk } from './layout.ts';
import { nestsTooDeeply } from './nesting.ts';

/** Longer neighbourhoods, in UTF-16 units, are better parsed with all that the parser knows of the rest. */
const LONGEST_WINDOW = 12 * 1024;

/** What an edit did: the text before and after it. */
export interface TypedEdit extends TextEdit {
  readonly before: string;
  readonly after: string;
}

/** The layout after an edit of a text that has this one; null where the whole text must be parsed. */
export function layoutAfterTyping(
  grammars: Grammars,
  language: Language,
  layout: Layout,
  edit: TypedEdit,
): Layout | null {
  if (isAtDelimiter(edit)) return null;
  const at = chunkBefore(layout, edit.start);
  const edited = neighbourAt(layout, at);
  if (edited === null || edited.end <= edit.oldEnd) return null;
  // A part of a class is nothing by itself.
  if (layout.chunks.slice(Math.max(0, at - 1), at + 2).some(({ role }) => role !== 'whole')) return null;
  const text = edit.after;
  const delta = text.length - edit.before.length;
  const [before, after] = [neighbourAt(layout, at - 1), neighbourAt(layout, at + 1)];
  const start = before?.start ?? 0;
  const end = (after?.end ?? edit.before.length) + delta;
  if (before?.broken === true || after?.broken === true || end - start > LONGEST_WINDOW) return null;
  const span = { start: edited.start, end: edited.end + delta };
  const moved = after && { ...after, start: after.start + delta, end: after.end + delta };
  const own = parseSlice(grammars, language, text, { start, end }, nodes =>
    nodeBetween(nodes, start, before, span, moved),
  );
  if (own === null) return null;
  const fresh = own[0] ?? (isOfWords(edit) ? brokenChunk(grammars, language, text, span) : null);
  return fresh && withChunk(layout, at, fresh, delta);
}

/** What is left of a chunk with an error in it, as one chunk: it is whole again when the error is mended. */
function brokenChunk(grammars: Grammars, language: Language, text: string, span: Span): Chunk | null {
  const parts = parseSlice(grammars, language, text, span, nodes => nodes);
  const length = span.end - span.start;
  return (
    parts && { type: 'ERROR', role: 'whole', length, anchor: 0, broken: true, facts: joinSinks(parts), shared: null }
  );
}

/** Those chunks of a part of the text that are chosen, parsed as if there were no more: at their places in that part. */
function parseSlice(
  grammars: Grammars,
  language: Language,
  text: string,
  { start, end }: Span,
  choose: (nodes: readonly Node[]) => readonly Node[],
): readonly Chunk[] | null {
  const slice = text.slice(start, end);
  if (nestsTooDeeply(slice)) return null;
  const tree = grammars.parse(language.id, slice, null);
  if (tree === null) return null;
  const chunks = choose(chunkNodes(language, tree)).map(node => extractChunk(language, node, slice));
  tree.delete();
  return chunks;
}

interface Neighbour extends Span {
  readonly type: string;
  readonly broken: boolean;
}

function neighbourAt({ chunks, starts }: Layout, at: number): Neighbour | null {
  const [chunk, start] = [chunks[at], starts[at]];
  if (chunk === undefined || start === undefined) return null;
  return { type: chunk.type, broken: chunk.broken, start, end: start + chunk.length };
}

/** The one node that stands between the neighbours and takes the whole span; none if there is more, or a neighbour is not what it was. */
function nodeBetween(
  nodes: readonly Node[],
  offset: number,
  before: Neighbour | null,
  span: Span,
  after: Neighbour | null,
): readonly Node[] {
  const isWhole = (node: Node | undefined, { start, end }: Span): boolean =>
    node !== undefined && !node.hasError && node.startIndex + offset === start && node.endIndex + offset === end;
  const isSame = (node: Node | undefined, known: Neighbour): boolean =>
    node?.type === known.type && isWhole(node, known);
  if (before !== null && !isSame(nodes[0], before)) return [];
  if (after !== null && !isSame(nodes.at(-1), after)) return [];
  const inside = nodes.slice(before === null ? 0 : 1, after === null ? undefined : -1);
  return inside.length === 1 && isWhole(inside[0], span) ? inside : [];
}

/**
 * Whether an edit touches what may begin or end a string or a comment. One that begins in the neighbourhood and ends far
 * behind it would look like something else without its end: `/* a *x/` like a regular expression.
 */
function isAtDelimiter({ start, oldEnd, inserted, before, after }: TypedEdit): boolean {
  const isIn = (text: string): boolean => DELIMITER.test(text);
  const end = start + inserted.length;
  return isIn(before.slice(start - 1, oldEnd + 1)) || isIn(after.slice(start - 1, end + 1));
}

const DELIMITER = /["'`*/\\#<>!-]/;

/** Whether an edit changes nothing but words. */
function isOfWords({ start, oldEnd, inserted, before }: TypedEdit): boolean {
  return WORDS.test(inserted) && WORDS.test(before.slice(start, oldEnd));
}

const WORDS = /^[\p{L}\p{N}_ .,]{0,200}$/u;
