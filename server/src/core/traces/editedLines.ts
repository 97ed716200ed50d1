/**
 * What became of a line that has no equal any more: which of the lines that stand in its place is it, edited? Decided by how
 * alike the lines are and by their order. Lines that went somewhere else are in `movedLines.ts`.
 */
import type { LineMatching } from './lineMatching.ts';

/** A line of `then` and the line of `now` that it became, both 0-based. */
export interface EditedLine {
  readonly line: number;
  /** 0 to 1: how alike the two lines are. */
  readonly likeness: number;
  /** The likeness of the line that comes second, 0 when there is none. */
  readonly second: number;
  /** The line was broken, and this is how it begins. */
  readonly isHead: boolean;
  /** Lines that went from here, and lines that came. */
  readonly removed: number;
  readonly added: number;
}

/** The unmatched lines between two matched ones: half-open ranges of 0-based lines. */
export interface Gap {
  readonly thenStart: number;
  readonly thenEnd: number;
  readonly nowStart: number;
  readonly nowEnd: number;
}

/** The gap around an unmatched line. */
export function gapAround(matching: LineMatching, line: number, nowLength: number): Gap {
  let thenStart = line;
  while (thenStart > 0 && matching[thenStart - 1]! < 0) thenStart--;
  let thenEnd = line + 1;
  while (thenEnd < matching.length && matching[thenEnd]! < 0) thenEnd++;
  return {
    thenStart,
    thenEnd,
    nowStart: thenStart === 0 ? 0 : matching[thenStart - 1]! + 1,
    nowEnd: thenEnd === matching.length ? nowLength : matching[thenEnd]!,
  };
}

/** Pairs less alike than this are two different lines. */
const LEAST_LIKENESS = 0.4;
/** Gaps with more pairs than this are no edit but a rewrite: each line is looked at by itself. */
const MOST_PAIRS = 10_000;

/** The line that an unmatched one became within its gap; null when none is like it. */
export function editedLine(then: readonly string[], now: readonly string[], line: number, gap: Gap): EditedLine | null {
  const removed = gap.thenEnd - gap.thenStart;
  const added = gap.nowEnd - gap.nowStart;
  if (added === 0) return null;
  const scores = likenessOfAll(then[line]!, now, gap);
  const at = removed * added > MOST_PAIRS ? indexOfGreatest(scores) : alignGap(then, now, line, gap);
  if (at < 0 || scores[at]! < LEAST_LIKENESS) return null;
  const second = scores.reduce((best, score, index) => (index !== at && score > best ? score : best), 0);
  const isHead = isHeadOf(bigrams(now[gap.nowStart + at]!), bigrams(then[line]!));
  return { line: gap.nowStart + at, likeness: scores[at]!, second, isHead, removed, added };
}

/** Pairs the lines of a gap in order, so that their likeness is greatest together; the answer for one of them. */
function alignGap(then: readonly string[], now: readonly string[], line: number, gap: Gap): number {
  const height = gap.thenEnd - gap.thenStart;
  const width = gap.nowEnd - gap.nowStart;
  const grams = Array.from({ length: width }, (_, at) => bigrams(now[gap.nowStart + at]!));
  const likeness: number[][] = [];
  for (let at = 0; at < height; at++) {
    const own = bigrams(then[gap.thenStart + at]!);
    likeness.push(grams.map(other => alike(own, other)));
  }
  // best[i][j]: the greatest sum for the lines from i and from j on.
  const best = Array.from({ length: height + 1 }, () => new Float64Array(width + 1));
  for (let i = height - 1; i >= 0; i--)
    for (let j = width - 1; j >= 0; j--) {
      const pair = likeness[i]![j]! < LEAST_LIKENESS ? -1 : best[i + 1]![j + 1]! + likeness[i]![j]!;
      best[i]![j] = Math.max(pair, best[i + 1]![j]!, best[i]![j + 1]!);
    }
  for (let i = 0, j = 0; i < height && j < width; ) {
    const score = likeness[i]![j]!;
    if (score >= LEAST_LIKENESS && best[i]![j] === best[i + 1]![j + 1]! + score) {
      if (gap.thenStart + i === line) return j;
      i++;
      j++;
    } else if (best[i]![j] === best[i]![j + 1]) j++;
    else {
      if (gap.thenStart + i === line) return -1;
      i++;
    }
  }
  return -1;
}

function likenessOfAll(line: string, now: readonly string[], gap: Gap): readonly number[] {
  const own = bigrams(line);
  return now.slice(gap.nowStart, gap.nowEnd).map(other => alike(own, bigrams(other)));
}

function indexOfGreatest(scores: readonly number[]): number {
  return scores.reduce((best, score, index) => (best < 0 || score > scores[best]! ? index : best), -1);
}

/** Pairs of neighbouring characters, without blanks, and how often each occurs. */
interface Bigrams {
  readonly text: string;
  readonly counts: ReadonlyMap<number, number>;
  readonly size: number;
}

/** Characters of a line that are looked at; longer lines are data or minified. */
const MOST_CHARACTERS = 300;

function bigrams(line: string): Bigrams {
  const text = line
    .slice(0, 4 * MOST_CHARACTERS)
    .replace(/\s+/g, '')
    .slice(0, MOST_CHARACTERS);
  const counts = new Map<number, number>();
  for (let at = 0; at + 1 < text.length; at++) {
    const pair = text.charCodeAt(at) * 65_536 + text.charCodeAt(at + 1);
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return { text, counts, size: Math.max(0, text.length - 1) };
}

function isHeadOf(head: Bigrams, whole: Bigrams): boolean {
  return head.text.length >= 6 && head.text.length < whole.text.length && whole.text.startsWith(head.text);
}

/** Sørensen and Dice's measure; a line that was broken in several is like its first piece. */
function alike(one: Bigrams, other: Bigrams): number {
  if (one.text === other.text) return 1;
  const isHead = isHeadOf(other, one);
  let shared = 0;
  for (const [pair, count] of one.counts) shared += Math.min(count, other.counts.get(pair) ?? 0);
  const measured = one.size + other.size === 0 ? 0 : (2 * shared) / (one.size + other.size);
  return isHead ? Math.max(measured, 0.8) : Math.min(measured, 0.99);
}
