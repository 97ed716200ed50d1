/**
 * Which lines of one text are the lines of another: the lines that stand in both, in the same order. Lines that occur once on
 * both sides are anchors; between two anchors the shortest edit script decides. What became of lines that have no equal is the
 * business of `editedLines.ts` and `movedLines.ts`.
 */

/** For each line of `then` (0-based) its line in `now`, or -1. */
export type LineMatching = Int32Array;

/** Lines of a text without their ends; CRLF and LF are one. An end of line at the end of the text starts no further line. */
export function textLines(text: string): readonly string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map(line => (line.endsWith('\r') ? line.slice(0, -1) : line));
}

/**
 * Matches equal lines. The work is bounded by a multiple of the texts' sizes: where two long stretches have next to nothing in
 * common, their lines stay unmatched.
 */
export function matchLines(then: readonly string[], now: readonly string[]): LineMatching {
  const matching = new Int32Array(then.length).fill(-1);
  const numbers = new Map<string, number>();
  const numberOf = (line: string): number => {
    const known = numbers.get(line);
    if (known !== undefined) return known;
    numbers.set(line, numbers.size);
    return numbers.size - 1;
  };
  const before = Int32Array.from(then, numberOf);
  const after = Int32Array.from(now, numberOf);
  let budget = 64 * (then.length + now.length) + 10_000;
  const open: Stretch[] = [{ thenStart: 0, thenEnd: then.length, nowStart: 0, nowEnd: now.length }];
  for (let stretch = open.pop(); stretch !== undefined && budget > 0; stretch = open.pop()) {
    const inner = matchEnds(before, after, stretch, matching);
    const size = inner.thenEnd - inner.thenStart + inner.nowEnd - inner.nowStart;
    if (inner.thenStart === inner.thenEnd || inner.nowStart === inner.nowEnd) continue;
    budget -= size;
    const anchors = findAnchors(before, after, inner);
    if (anchors.length === 0) {
      budget -= matchShortest(before, after, inner, matching);
      continue;
    }
    let { thenStart, nowStart } = inner;
    for (const [at, to] of anchors) {
      matching[at] = to;
      open.push({ thenStart, thenEnd: at, nowStart, nowEnd: to });
      thenStart = at + 1;
      nowStart = to + 1;
    }
    open.push({ thenStart, thenEnd: inner.thenEnd, nowStart, nowEnd: inner.nowEnd });
  }
  return matching;
}

interface Stretch {
  readonly thenStart: number;
  readonly thenEnd: number;
  readonly nowStart: number;
  readonly nowEnd: number;
}

/** Matches what is equal at both ends, and returns what lies between. */
function matchEnds(before: Int32Array, after: Int32Array, stretch: Stretch, matching: LineMatching): Stretch {
  let { thenStart, thenEnd, nowStart, nowEnd } = stretch;
  while (thenStart < thenEnd && nowStart < nowEnd && before[thenStart] === after[nowStart])
    matching[thenStart++] = nowStart++;
  while (thenStart < thenEnd && nowStart < nowEnd && before[thenEnd - 1] === after[nowEnd - 1])
    matching[--thenEnd] = --nowEnd;
  return { thenStart, thenEnd, nowStart, nowEnd };
}

/** Lines that stand once on each side, as many as keep their order. */
function findAnchors(
  before: Int32Array,
  after: Int32Array,
  { thenStart, thenEnd, nowStart, nowEnd }: Stretch,
): readonly (readonly [number, number])[] {
  const places = new Map<number, number>();
  for (let at = nowStart; at < nowEnd; at++) places.set(after[at]!, places.has(after[at]!) ? -1 : at);
  const seen = new Map<number, number>();
  for (let at = thenStart; at < thenEnd; at++) seen.set(before[at]!, (seen.get(before[at]!) ?? 0) + 1);
  const pairs: (readonly [number, number])[] = [];
  for (let at = thenStart; at < thenEnd; at++) {
    const to = places.get(before[at]!) ?? -1;
    if (to >= 0 && seen.get(before[at]!) === 1) pairs.push([at, to]);
  }
  return longestRising(pairs);
}

/** The longest part of the pairs whose second numbers rise, by piles as in patience. */
function longestRising(pairs: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const tops: number[] = [];
  const previous = new Int32Array(pairs.length).fill(-1);
  pairs.forEach(([, to], index) => {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[tops[middle]!]![1] < to) low = middle + 1;
      else high = middle;
    }
    previous[index] = low === 0 ? -1 : tops[low - 1]!;
    tops[low] = index;
  });
  const rising: (readonly [number, number])[] = [];
  for (let index = tops.at(-1) ?? -1; index >= 0; index = previous[index]!) rising.push(pairs[index]!);
  return rising.reverse();
}

/** More edits than this between two anchors are no edit any more. */
const MOST_EDITS = 500;

/** Myers' greedy search for the shortest edit script. Returns the steps it took. */
function matchShortest(before: Int32Array, after: Int32Array, stretch: Stretch, matching: LineMatching): number {
  const { thenStart, nowStart } = stretch;
  const height = stretch.thenEnd - thenStart;
  const width = stretch.nowEnd - nowStart;
  const most = Math.min(height + width, MOST_EDITS);
  const furthest = new Int32Array(2 * most + 2);
  const rounds: Int32Array[] = [];
  let steps = 0;
  for (let edits = 0; edits <= most; edits++) {
    rounds.push(furthest.slice(most - edits, most + edits + 1));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const down =
        diagonal === -edits || (diagonal !== edits && furthest[most + diagonal - 1]! < furthest[most + diagonal + 1]!);
      let at = down ? furthest[most + diagonal + 1]! : furthest[most + diagonal - 1]! + 1;
      while (at < height && at - diagonal < width && before[thenStart + at] === after[nowStart + at - diagonal]) {
        at++;
        steps++;
      }
      steps++;
      furthest[most + diagonal] = at;
      if (at >= height && at - diagonal >= width) {
        walkBack(rounds, edits, diagonal, at, stretch, matching);
        return steps;
      }
    }
  }
  return steps;
}

function walkBack(
  rounds: readonly Int32Array[],
  edits: number,
  lastDiagonal: number,
  end: number,
  { thenStart, nowStart }: Stretch,
  matching: LineMatching,
): void {
  let diagonal = lastDiagonal;
  let at = end;
  for (let left = edits; left >= 0; left--) {
    const reach = rounds[left]!;
    const reached = (other: number): number => reach[other + left] ?? 0;
    const down = diagonal === -left || (diagonal !== left && reached(diagonal - 1) < reached(diagonal + 1));
    const from = left === 0 ? 0 : down ? reached(diagonal + 1) : reached(diagonal - 1) + 1;
    for (; at > from; at--) matching[thenStart + at - 1] = nowStart + at - 1 - diagonal;
    if (left === 0) return;
    at = down ? from : from - 1;
    diagonal += down ? 1 : -1;
  }
}
