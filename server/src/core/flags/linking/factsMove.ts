/**
 * Where the offsets of a text are in another one, told by the facts of both: for whoever has no text of the first. Facts that are alike but
 * for such a move are alike, however it was found; so it need not be the edit that was made, only one that explains much.
 */
import type { FactsShape } from '../../languages/factsShape.ts';
import { FILE_SCOPE } from '../../languages/language.ts';
import type { Move } from './factsAlike.ts';

/** The move that keeps what stands in front of the first difference and what stands behind the last one. */
export function moveOfShapes({ offsets: was }: FactsShape, { offsets: is }: FactsShape): Move {
  const shorter = Math.min(was.length, is.length);
  let from = 0;
  // By how far one is from the next: what comes in front of everything moves it, and changes nothing of that.
  while (from < shorter - 1 && was[from + 1]! - was[from]! === is[from + 1]! - is[from]!) from++;
  let same = 0;
  const gapFrom = (offsets: readonly number[]): number => offsets.at(-1 - same)! - offsets.at(-2 - same)!;
  while (same < shorter - 1 - from && gapFrom(was) === gapFrom(is)) same++;
  // Of as many, each is the other: only the room between them may have changed.
  const isWhole = was.length === is.length;
  const to = was.length - 1 - same;
  const rankOf = (rank: number): number =>
    isWhole || rank <= from ? rank : rank >= to ? rank + is.length - was.length : Number.NaN;
  const ranks = new Map(was.map((offset, rank) => [offset, rank]));
  const move = (offset: number): number => {
    if (offset === FILE_SCOPE.end) return offset;
    const rank = ranks.get(offset);
    if (rank !== undefined) return is[rankOf(rank)] ?? Number.NaN;
    return betweenRanks(offset);
  };
  /** What stands inside of a word is where it was in it, if that is as wide as it was. */
  const betweenRanks = (offset: number): number => {
    let rank = was.length - 1;
    while (rank >= 0 && was[rank]! > offset) rank--;
    const [here, next] = [rankOf(rank), rankOf(rank + 1)];
    const isAlike = next === here + 1 && was[rank + 1]! - was[rank]! === is[next]! - is[here]!;
    return isAlike ? is[here]! + offset - was[rank]! : Number.NaN;
  };
  return { start: move, end: move };
}
