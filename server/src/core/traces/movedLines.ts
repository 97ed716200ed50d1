/**
 * Lines that left their place and stand elsewhere now: further up or down in the file, or in another one. A line alone says
 * little (`return null;`), so the lines that went with it are looked for together.
 */
import type { Gap } from './editedLines.ts';

/** A file that lines may have gone to. */
export interface Destination {
  readonly path: string;
  readonly lines: readonly string[];
  /** Whether a 0-based line is new there since the deployed commit. */
  readonly isNew: (line: number) => boolean;
}

export interface MovedLine {
  readonly path: string;
  /** 0-based. */
  readonly line: number;
  /** Letters and digits of the line itself. */
  readonly own: number;
  /** Letters and digits of the lines that stand there together, at most `ENOUGH_LETTERS`. */
  readonly weight: number;
  /** The same for the place that comes second. */
  readonly second: number;
}

/** Lines on each side that are looked for together with the one that is asked for. */
const NEIGHBOURS = 8;
/** What `git blame -C` takes as proof that lines were copied is 40 letters and digits. */
export const ENOUGH_LETTERS = 120;
/** Places of one line that are looked at; a line that stands in more is no sign of anything. */
const MOST_PLACES = 20;

/** Where a line of a gap stands now, if it and its neighbours went there together; null when nothing says so. */
export function movedLine(
  then: readonly string[],
  line: number,
  gap: Gap,
  destinations: readonly Destination[],
): MovedLine | null {
  const own = then[line]!.trim();
  const size = letters(own);
  if (size < 3) return null;
  const start = Math.max(gap.thenStart, line - NEIGHBOURS);
  const end = Math.min(gap.thenEnd, line + NEIGHBOURS + 1);
  const places: MovedLine[] = [];
  for (const { path, lines, isNew } of destinations) {
    const found: number[] = [];
    for (let at = 0; at < lines.length && found.length <= MOST_PLACES; at++)
      if (lines[at]!.length >= own.length && isNew(at) && lines[at]!.trim() === own) found.push(at);
    if (found.length > MOST_PLACES) continue;
    for (const at of found)
      places.push({ path, line: at, own: size, weight: weigh(then, lines, isNew, line, at, start, end), second: 0 });
  }
  places.sort((one, other) => other.weight - one.weight);
  const [best, next] = places;
  return best === undefined ? null : { ...best, second: next?.weight ?? 0 };
}

/** Letters and digits that speak for lines having gone elsewhere together; half as many elsewhere again make it a guess. */
const CLEARLY_MOVED = 80;
/** Of a line that is long, and that stands once in what is new of its own file, that is enough to say. */
const TELLING_LINE = 25;

/** Whether nothing else need be thought of; `ownPath` is the path of now of the file that the line was in. */
export function isClearlyMoved({ path, own, weight, second }: MovedLine, ownPath: string | null): boolean {
  if (path === ownPath && own >= TELLING_LINE && second === 0) return true;
  return weight >= CLEARLY_MOVED && second < weight / 2;
}

/** Lines worth looking for in other files to find out where one went: the longest of it and its neighbours. */
export function tellingLines(then: readonly string[], line: number, gap: Gap): readonly string[] {
  const start = Math.max(gap.thenStart, line - NEIGHBOURS);
  const end = Math.min(gap.thenEnd, line + NEIGHBOURS + 1);
  const near = then.slice(start, end).map(text => text.trim());
  const telling = near.filter(text => letters(text) >= 12 && text.length <= 200);
  telling.sort((one, other) => other.length - one.length);
  const own = then[line]!.trim();
  const first = letters(own) >= 12 && own.length <= 200 ? [own] : [];
  return [...new Set([...first, ...telling])].slice(0, 3);
}

/** Letters and digits of the lines that are equal around two places, in order; a line between may differ. */
function weigh(
  then: readonly string[],
  lines: readonly string[],
  isNew: (line: number) => boolean,
  line: number,
  at: number,
  start: number,
  end: number,
): number {
  let weight = letters(then[line]!);
  for (const step of [-1, 1]) {
    let other = at;
    for (let near = line + step; near >= start && near < end; near += step) {
      const text = then[near]!.trim();
      if (text === '') continue;
      do other += step;
      while (lines[other]?.trim() === '');
      if (lines[other] === undefined || !isNew(other)) break;
      if (lines[other]!.trim() === text) weight += letters(text);
    }
  }
  return Math.min(weight, ENOUGH_LETTERS);
}

function letters(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length && at < 400; at++) {
    const code = text.charCodeAt(at);
    if ((code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code > 127) count++;
  }
  return count;
}
