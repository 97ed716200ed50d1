/**
 * Typing inside one chunk of a long text: only that chunk and its two neighbours are parsed, by themselves. When the
 * neighbours come out as they were, the rest of the text would as well, and nothing of it is looked at again.
 *
 * A word half typed (`fnc f() {`) can make a parser lose its way to the end of the file, which costs many times as much as the
 * word is worth and takes everything behind it away while someone types. Such an error stays in the chunk where it was typed,
 * provided that nothing was typed that could open or close a string or a comment. What the text says as a whole is looked at
 * again as soon as something else is edited than letters inside a chunk; that decision is `extract.ts`'.
 */

import type { Span } from '../text.ts';
import { type Chunk, chunksOf, joinFacts, shiftChunk, type TextEdit } from './chunks.ts';
import type { Grammars } from './grammars.ts';
import type { Language } from './language.ts';
import { nestsTooDeeply } from './nesting.ts';

/** Longer neighbourhoods, in UTF-16 units, are better parsed with all that the parser knows of the rest. */
const LONGEST_WINDOW = 12 * 1024;

/** What an edit did: the text before and after it. */
export interface TypedEdit extends TextEdit {
  readonly before: string;
  readonly after: string;
}

/** The chunks after an edit of a text with these chunks; null where the whole text must be parsed. */
export function chunksAfterTyping(
  grammars: Grammars,
  language: Language,
  chunks: readonly Chunk[],
  edit: TypedEdit,
): readonly Chunk[] | null {
  if (isAtDelimiter(edit)) return null;
  const at = chunks.findIndex(chunk => chunk.span.end > edit.start);
  const edited = chunks[at];
  if (edited === undefined || edited.span.start >= edit.start || edited.span.end <= edit.oldEnd) return null;
  const text = edit.after;
  const delta = text.length - edit.before.length;
  const [before, after] = [chunks[at - 1], chunks[at + 1]];
  const start = before?.span.start ?? 0;
  const end = (after?.span.end ?? edit.before.length) + delta;
  if (before?.broken === true || after?.broken === true || end - start > LONGEST_WINDOW) return null;
  const parsed = parseSlice(grammars, language, text, start, end);
  if (parsed === null) return null;
  const moved = after && { type: after.type, start: after.span.start + delta, end: after.span.end + delta };
  const inside = withoutNeighbours(parsed, before && { type: before.type, ...before.span }, moved);
  const span = { start: edited.span.start, end: edited.span.end + delta };
  const own = inside?.length === 1 && isWhole(inside[0], span) ? inside[0]! : null;
  const fresh = own ?? (isOfWords(edit) ? brokenChunk(grammars, language, text, span) : null);
  if (fresh === null) return null;
  return [...chunks.slice(0, at), fresh, ...chunks.slice(at + 1).map(chunk => shiftChunk(chunk, delta))];
}

/** What is left of a chunk with an error in it, as one chunk: it is whole again when the error is mended. */
function brokenChunk(grammars: Grammars, language: Language, text: string, span: Chunk['span']): Chunk | null {
  const parts = parseSlice(grammars, language, text, span.start, span.end);
  return parts && { type: 'ERROR', span, broken: true, facts: joinFacts(parts), shared: null };
}

/** The chunks of a part of the text, parsed as if there were no more, at their places in the text. */
function parseSlice(
  grammars: Grammars,
  language: Language,
  text: string,
  start: number,
  end: number,
): readonly Chunk[] | null {
  const slice = text.slice(start, end);
  if (nestsTooDeeply(slice)) return null;
  const tree = grammars.parse(language.id, slice, null);
  if (tree === null) return null;
  const chunks = chunksOf(language, tree, slice, new Map());
  tree.delete();
  return chunks.map(chunk => shiftChunk(chunk, start));
}

interface Neighbour extends Span {
  readonly type: string;
}

/** What stands between the neighbours; null when one of them is not what it was. */
function withoutNeighbours(
  parsed: readonly Chunk[],
  before: Neighbour | undefined,
  after: Neighbour | undefined,
): readonly Chunk[] | null {
  const isSame = (chunk: Chunk | undefined, known: Neighbour): boolean =>
    chunk?.type === known.type && isWhole(chunk, known);
  if (before !== undefined && !isSame(parsed[0], before)) return null;
  if (after !== undefined && !isSame(parsed.at(-1), after)) return null;
  return parsed.slice(before === undefined ? 0 : 1, after === undefined ? undefined : -1);
}

function isWhole(chunk: Chunk | undefined, { start, end }: Span): boolean {
  return chunk !== undefined && !chunk.broken && chunk.span.start === start && chunk.span.end === end;
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
