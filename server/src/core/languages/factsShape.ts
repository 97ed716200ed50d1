/**
 * What facts say apart from where in the text it stands: facts of the same shape differ by comments, blank lines and indentation,
 * which linking does not look at. Linking compares places, and counts within single words at most; so files of the same shape
 * give the same checks, each at its place. Whose facts are compared, and why, is not decided here.
 */
import type { FileFacts } from './facts.ts';
import { encodeApart } from './factsCodec.ts';

export interface FactsShape {
  /** Equal for facts of the same shape, and for no others. */
  readonly bytes: Uint8Array;
  /** All offsets (UTF-16) at which anything begins or ends, ascending. */
  readonly offsets: readonly number[];
}

/** The shape of a file's facts, its comments left out: no check comes of them. */
export function shapeOfFacts(all: FileFacts): FactsShape {
  const { bytes, places } = encodeApart({ ...all, comments: [] });
  const offsets = distinct(Uint32Array.from(places).sort());
  // Offsets are below the size of a text.
  const ranks = new Int32Array((offsets.at(-1) ?? 0) + 1);
  offsets.forEach((offset, rank) => {
    ranks[offset] = rank;
  });
  const ranked = new Int32Array(1.5 * places.length);
  for (let from = 0, to = 0; from < places.length; from += 2) {
    const start = places[from]!;
    const end = places[from + 1]!;
    const first = ranks[start]!;
    const last = ranks[end]!;
    ranked[to++] = first;
    ranked[to++] = last;
    // What nothing else divides keeps its width: linking may count in it.
    ranked[to++] = last - first <= 1 ? end - start : -1;
  }
  const shape = new Uint8Array(bytes.length + ranked.byteLength);
  shape.set(bytes);
  shape.set(new Uint8Array(ranked.buffer), bytes.length);
  return { bytes: shape, offsets };
}

function distinct(sorted: Uint32Array): readonly number[] {
  const kept: number[] = [];
  for (const offset of sorted) if (offset !== kept.at(-1)) kept.push(offset);
  return kept;
}

/** A place in a text by the number of the last offset up to it, and how far behind that it is. */
export type RankedPlace = readonly [rank: number, beyond: number];

/** Null for what stands in front of everything. */
export function rankedPlace(offsets: readonly number[], offset: number): RankedPlace | null {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offsets[middle]! <= offset) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? null : [low - 1, offset - offsets[low - 1]!];
}

/** The offset of a place in a text of the same shape. */
export function offsetOfPlace(offsets: readonly number[], [rank, beyond]: RankedPlace): number {
  return (offsets[rank] ?? 0) + beyond;
}
