/**
 * What facts say apart from where in the text it stands: facts of the same shape differ by comments, blank lines and indentation,
 * which linking does not look at. Linking compares places, and counts within single words at most; so files of the same shape
 * give the same checks, each at its place. Whose facts are compared, and why, is not decided here.
 */
import type { Span } from '../text.ts';
import type { FileFacts } from './facts.ts';
import { encodeFacts } from './factsCodec.ts';
import { FILE_SCOPE } from './language.ts';

export interface FactsShape {
  /** Equal for facts of the same shape, and for no others. */
  readonly bytes: Uint8Array;
  /** All offsets (UTF-16) at which anything begins or ends, ascending. */
  readonly offsets: readonly number[];
}

/** The shape of a file's facts, its comments left out: no check comes of them. */
export function shapeOfFacts(all: FileFacts): FactsShape {
  const facts: FileFacts = { ...all, comments: [] };
  const found = new Set<number>();
  collectOffsets(facts, found, new Set());
  const offsets = [...found].sort((a, b) => a - b);
  const ranks = new Map(offsets.map((offset, rank) => [offset, rank]));
  const ranked = withRanks(facts, ranks, new Map()) as FileFacts;
  return { bytes: encodeFacts(ranked), offsets };
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

function collectOffsets(value: unknown, found: Set<number>, seen: Set<object>): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  if (Array.isArray(value)) for (const item of value) collectOffsets(item, found, seen);
  else if (!isSpan(value)) for (const part of Object.values(value)) collectOffsets(part, found, seen);
  else if (!isWholeFile(value)) found.add(value.start).add(value.end);
}

/** A copy in which places are ranks. What nothing else divides keeps its width: linking may count in it. */
function withRanks(value: unknown, ranks: ReadonlyMap<number, number>, known: Map<object, unknown>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const existing = known.get(value);
  if (existing !== undefined) return existing;
  const made = copyWithRanks(value, ranks, known);
  known.set(value, made);
  return made;
}

function copyWithRanks(value: object, ranks: ReadonlyMap<number, number>, known: Map<object, unknown>): unknown {
  if (Array.isArray(value)) return value.map(item => withRanks(item, ranks, known));
  if (isSpan(value)) {
    if (isWholeFile(value)) return value;
    const [start, end] = [ranks.get(value.start)!, ranks.get(value.end)!];
    return { start, end, width: end - start <= 1 ? value.end - value.start : null };
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withRanks(part, ranks, known)]));
}

/** As the codec tells spans. */
function isSpan(value: object): value is Span {
  const keys = Object.keys(value);
  return keys.length === 2 && keys[0] === 'start' && keys[1] === 'end' && typeof (value as Span).start === 'number';
}

function isWholeFile({ start, end }: Span): boolean {
  return start === FILE_SCOPE.start && end === FILE_SCOPE.end;
}
