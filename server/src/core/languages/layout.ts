/**
 * Where the chunks of a text stand. The facts of a chunk say where they are as if it began at its *anchor*, and anchors are far enough
 * from one another that a chunk can grow in its place: a letter typed changes where everything behind it stands in the text, but
 * no anchor, so that the facts of all other chunks are the very same objects as before. Linking reads facts at their anchors, for
 * it compares places and nothing more; `placeOf` leads from there to the text. How chunks come about is the business of
 * `chunks.ts`.
 */
import type { Span } from '../text.ts';
import { type Chunk, chunkAt } from './chunks.ts';

export interface Layout {
  /** In order of position. */
  readonly chunks: readonly Chunk[];
  /** Where each of them starts in the text. */
  readonly starts: readonly number[];
  /** `text`: every anchor is where its chunk starts, so that the facts are at their places. */
  readonly anchors: 'text' | 'apart';
}

/** Chunks of a text as they were read from it. */
export function layoutOfText(chunks: readonly Chunk[]): Layout {
  return { chunks, starts: chunks.map(chunk => chunk.anchor), anchors: 'text' };
}

/**
 * Chunks that start at these places of a text; those that `keeps` knows keep their anchors while there is room for the others, which are
 * at their places in the text.
 */
export function layoutOfParts(chunks: readonly Chunk[], starts: readonly number[], keeps: ReadonlySet<Chunk>): Layout {
  return moved(chunks, starts, anchorsBetween(chunks, keeps) ?? anchorsApart(chunks), keeps);
}

/** The layout with another chunk at this index; what stands behind it in the text has moved by so many UTF-16 units. */
export function withChunk(layout: Layout, at: number, fresh: Chunk, delta: number): Layout {
  const chunks = layout.chunks.slice();
  const starts = layout.starts.slice();
  const { anchor } = chunks[at]!;
  const room = (chunks[at + 1]?.anchor ?? Number.MAX_SAFE_INTEGER) - anchor;
  for (let behind = at + 1; behind < starts.length; behind++) starts[behind] = starts[behind]! + delta;
  chunks[at] = fresh;
  if (layout.anchors === 'text' || fresh.length >= room) {
    const keeps = new Set(chunks);
    keeps.delete(fresh);
    return moved(chunks, starts, anchorsApart(chunks), keeps);
  }
  chunks[at] = chunkAt(fresh, anchor, span => span);
  return { chunks, starts, anchors: 'apart' };
}

/** Where chunks may be anchored while the known ones stay where they are; null when there is no room for the others. */
function anchorsBetween(chunks: readonly Chunk[], keeps: ReadonlySet<Chunk>): readonly number[] | null {
  const anchors: number[] = [];
  let end = -1;
  for (let at = 0; at < chunks.length; ) {
    let next = at;
    let length = 0;
    for (; next < chunks.length && !keeps.has(chunks[next]!); next++) length += chunks[next]!.length + 1;
    const known = chunks[next];
    if (known === undefined) end += ROOM;
    else if (end + length >= known.anchor) return null;
    else end += Math.floor((known.anchor - end - length) / 2);
    for (; at < next; at++) {
      anchors.push(end + 1);
      end += 1 + chunks[at]!.length;
    }
    if (known === undefined) break;
    if (end >= known.anchor) return null;
    anchors.push(known.anchor);
    end = known.anchor + known.length;
    at = next + 1;
  }
  return anchors;
}

/** Every chunk gets room to grow behind it. All facts are copied then, but only once in so many letters. */
function anchorsApart(chunks: readonly Chunk[]): readonly number[] {
  let end = 0;
  return chunks.map(({ length }) => {
    const anchor = end;
    end += length + ROOM;
    return anchor;
  });
}

/** In UTF-16 units. */
const ROOM = 2048;

/** The chunks at these anchors. The known ones are moved from where they were anchored, the others from their places in the text. */
function moved(
  chunks: readonly Chunk[],
  starts: readonly number[],
  anchors: readonly number[],
  keeps: ReadonlySet<Chunk>,
): Layout {
  const to: Layout = {
    chunks: chunks.map((chunk, at) => ({ ...chunk, anchor: anchors[at]! })),
    starts,
    anchors: 'apart',
  };
  const from: Layout = {
    chunks: chunks.filter(chunk => keeps.has(chunk)),
    starts: starts.filter((_, at) => keeps.has(chunks[at]!)),
    anchors: 'apart',
  };
  const fromText = ({ start, end }: Span): Span => ({ start: anchorOfStart(to, start), end: anchorOfEnd(to, end) });
  const fromAnchors = ({ start, end }: Span): Span =>
    fromText({ start: placeOf(from, start), end: placeOf(from, end) });
  const all = chunks.map((chunk, at) => {
    if (!keeps.has(chunk)) return chunkAt(chunk, anchors[at]!, fromText);
    return chunk.anchor === anchors[at] ? chunk : chunkAt(chunk, anchors[at]!, fromAnchors);
  });
  return { chunks: all, starts, anchors: 'apart' };
}

/** Where each chunk stands in the text. */
export function spansOf({ chunks, starts }: Layout): readonly Span[] {
  return chunks.map(({ length }, at) => ({ start: starts[at]!, end: starts[at]! + length }));
}

/** The index of the last chunk that starts in front of an offset of the text, or -1. */
export function chunkBefore({ starts }: Layout, offset: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! < offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Where in the text something stands that the facts say to be at `offset`. */
export function placeOf(layout: Layout, offset: number): number {
  const { chunks, starts, anchors } = layout;
  if (anchors === 'text' || offset === Number.MAX_SAFE_INTEGER) return offset;
  const at = anchoredBefore(layout, offset);
  return at < 0 ? offset : starts[at]! + offset - chunks[at]!.anchor;
}

/** The chunk inside of which facts say that the letter at `offset` is; null where it is between chunks. */
export function chunkAnchored(layout: Layout, offset: number): Chunk | null {
  const chunk = layout.chunks[anchoredBefore(layout, offset)];
  return chunk !== undefined && offset < chunk.anchor + chunk.length ? chunk : null;
}

/** The index of the last chunk that is anchored at `offset` or in front of it, or -1. */
function anchoredBefore({ chunks }: Layout, offset: number): number {
  let [low, high] = [0, chunks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (chunks[middle]!.anchor <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Where facts say that something starts which starts at this place of the text. */
export function anchorOfStart(layout: Layout, place: number): number {
  return anchorIn(layout, chunkBefore(layout, place + 1), place);
}

/** Where facts say that something ends which ends at this place of the text. */
export function anchorOfEnd(layout: Layout, place: number): number {
  return anchorIn(layout, chunkBefore(layout, place), place);
}

function anchorIn({ chunks, starts, anchors }: Layout, index: number, place: number): number {
  if (anchors === 'text' || index < 0 || place === Number.MAX_SAFE_INTEGER) return place;
  return chunks[index]!.anchor + place - starts[index]!;
}
