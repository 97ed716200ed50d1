/**
 * The lines of one service that are in sight while a text streams by. A grammar is asked only when it can see as far ahead as
 * any grammar looks; what lies behind is dropped, but for the few lines in which headers are looked for. No grammar here.
 */
import type { CleanLine, ReadTrace, TraceGrammar } from './grammar.ts';
import { traceGrammars } from './runtimes/all.ts';

/** Takes lines in order and hands on the traces that are found in them. */
export interface TraceWindow {
  readonly push: (line: CleanLine) => void;
  /** No more lines will come. */
  readonly finish: () => void;
}

/** How far beyond the lines it answers for a grammar may look ahead. */
const LOOKAHEAD = 512;
/** How far above a trace its header is looked for, with room to spare. */
const LOOKBACK = 64;
/** Lines are read in batches, so that dropping those behind costs little. */
const BATCH = 1024;
/** A trace longer than this is read in parts. */
const MOST_LINES = 40_000;
const MOST_CHARACTERS = 16 * 1024 * 1024;

/** A window over nothing yet. Time is linear in the lines, memory bounded by the constants above. */
export function createTraceWindow(
  found: (read: ReadTrace, isCut: boolean) => void,
  grammars: readonly TraceGrammar[] = traceGrammars,
): TraceWindow {
  let lines: CleanLine[] = [];
  let characters = 0;
  let at = 0;
  let floor = 0;
  let wanted = LOOKAHEAD + BATCH;

  const advance = (isEnd: boolean): void => {
    const isFull = lines.length - at >= MOST_LINES || characters >= MOST_CHARACTERS;
    wanted = 0;
    while (at < lines.length) {
      if (!isEnd && !isFull && lines.length - at < LOOKAHEAD) break;
      if (!isEnd && !isFull && lines.length - at < reachAt(grammars, lines[at]!)) {
        wanted = Math.max(lines.length + BATCH, at + 2 * (lines.length - at));
        break;
      }
      const read = lines[at]!.content === '' ? null : readAt(grammars, lines, at, floor);
      if (read === null) {
        at++;
        continue;
      }
      const mayGoOn = !isEnd && lines.length - read.next < LOOKAHEAD;
      if (mayGoOn && !isFull) {
        // Twice as many lines next time: a long trace is read a few times, not once for each batch.
        wanted = Math.max(lines.length + BATCH, at + 2 * (lines.length - at));
        break;
      }
      const whole = mayGoOn ? readBeforeGap(grammars, lines, at, floor) : null;
      found(whole ?? read, mayGoOn);
      at = Math.max((whole ?? read).next, at + 1);
      floor = at;
      if (mayGoOn) break;
    }
    const dropped = Math.max(0, at - LOOKBACK);
    if (dropped > 0) {
      lines = lines.slice(dropped);
      at -= dropped;
      floor = Math.max(0, floor - dropped);
    }
    characters = lines.reduce((sum, line) => sum + line.text.length, 0);
    wanted = Math.max(wanted - dropped, at + LOOKAHEAD + BATCH);
  };

  return {
    push(line) {
      lines.push(line);
      characters += line.text.length;
      if (lines.length >= wanted || characters >= MOST_CHARACTERS) advance(false);
    },
    finish: () => advance(true),
  };
}

function readAt(
  grammars: readonly TraceGrammar[],
  lines: readonly CleanLine[],
  at: number,
  floor: number,
): ReadTrace | null {
  for (const grammar of grammars) {
    if (!grammar.mayStart(lines[at]!)) continue;
    const read = grammar.read(lines, at, floor);
    if (read) return read;
  }
  return null;
}

/** The lines that a grammar wants to see behind one at which its traces may start. */
function reachAt(grammars: readonly TraceGrammar[], line: CleanLine): number {
  let reach = 0;
  for (const grammar of grammars)
    if (grammar.reach !== undefined && grammar.reach > reach && grammar.mayStart(line)) reach = grammar.reach;
  return reach;
}

/** Dumps that are longer than the window are cut where a blank line divides two threads. */
function readBeforeGap(
  grammars: readonly TraceGrammar[],
  lines: readonly CleanLine[],
  at: number,
  floor: number,
): ReadTrace | null {
  for (let gap = lines.length - 1; gap > (at + lines.length) / 2; gap--)
    if (lines[gap]!.content === '') return readAt(grammars, lines.slice(0, gap), at, floor);
  return null;
}
