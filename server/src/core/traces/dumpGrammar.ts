/**
 * The common case of a dump: several stacks below each other, each under a heading that names its thread, with a few other
 * lines between them. A runtime of that kind is its patterns and nothing else.
 */
import type { ListedFrame, ListHeader } from './frameList.ts';
import {
  type CleanLine,
  type ErrorDraft,
  errorDraft,
  finishErrors,
  type ReadTrace,
  stackFrame,
  type TraceGrammar,
} from './grammar.ts';
import type { StackFrame } from './model.ts';

/** A frame and, where the runtime numbers them, its number: 0 starts another stack. */
export interface DumpedFrame extends ListedFrame {
  readonly number: number | null;
}

export interface DumpRules {
  readonly runtime: string;
  readonly mayStart: (line: CleanLine) => boolean;
  readonly readFrame: (line: CleanLine, below: CleanLine | undefined) => DumpedFrame | null;
  /** The name of the thread whose frames follow, when the line is a heading. */
  readonly headingOf: (line: CleanLine) => string | null;
  /** Lines that stand between frames of one stack. */
  readonly isAside?: (line: CleanLine) => boolean;
  readonly readHeader?: (lines: readonly CleanLine[], start: number, floor: number) => ListHeader | null;
  /** Lines that only another report begins with. */
  readonly startsAnother?: (line: CleanLine) => boolean;
  /** How many other lines may stand between two stacks of one dump. */
  readonly widestGap?: number;
}

/** The grammar of a runtime that prints such dumps. */
export function dumpGrammar(rules: DumpRules): TraceGrammar {
  const read = (lines: readonly CleanLine[], start: number, floor: number): ReadTrace | null => {
    // What was no dump from the line above is none from here on: long lists stay linear.
    const above = start > floor ? lines[start - 1]! : null;
    if (above !== null && rules.mayStart(above) && rules.readFrame(above, lines[start]) !== null) return null;
    const dump = readDump(rules, lines, start, floor);
    const first = dump.stacks[0];
    if (!dump.sure || !first) return null;
    const header = rules.readHeader?.(lines, start, floor) ?? null;
    const headerLine = header ? lines[header.index]!.textLine : null;
    if (header) Object.assign(first.error, { type: header.type, message: header.message, textLine: headerLine });
    if (header?.throwSite)
      first.error.frames.unshift(stackFrame(headerLine!, { kind: 'throw-site', ...header.throwSite }));
    return {
      trace: {
        language: rules.runtime,
        firstLine: headerLine ?? lines[start]!.textLine,
        lastLine: lines[dump.next - 1]!.textLine,
        threads: dump.stacks.map(({ name, error }) => ({ name, count: 1, errors: finishErrors([error]) })),
      },
      next: dump.next,
    };
  };
  return { runtime: rules.runtime, mayStart: rules.mayStart, read };
}

interface Stack {
  readonly name: string | null;
  readonly error: ErrorDraft;
}

function readDump(rules: DumpRules, lines: readonly CleanLine[], start: number, floor: number) {
  const stacks: Stack[] = [];
  const widestGap = rules.widestGap ?? 4;
  let heading = headingAbove(rules, lines, start, floor);
  let current: StackFrame[] | null = null;
  let sure = false;
  let isInterrupted = false;
  let next = start;
  for (let at = start; at < lines.length; ) {
    const line = lines[at]!;
    const frame = rules.readFrame(line, lines[at + 1]);
    if (frame) {
      const isNew = current === null || (frame.number === 0 && current.length > 0);
      // What comes behind other lines without a heading is another trace.
      if (isNew && stacks.length > 0 && heading === null) break;
      if (!isNew && isInterrupted) break;
      if (isNew) {
        const error = errorDraft();
        stacks.push({ name: heading, error });
        current = error.frames;
        heading = null;
      }
      current!.push(frame.frame);
      sure ||= frame.sure;
      isInterrupted = false;
      at += frame.lines;
      next = at;
      continue;
    }
    if (rules.startsAnother?.(line)) break;
    const named = rules.headingOf(line);
    if ((at === start && named === null) || at - next > widestGap) break;
    if (named !== null) {
      heading = named;
      current = null;
    } else if (!rules.isAside?.(line)) isInterrupted = true;
    at++;
  }
  return { stacks, sure, next };
}

function headingAbove(rules: DumpRules, lines: readonly CleanLine[], start: number, floor: number): string | null {
  for (let at = start - 1; at >= floor && start - at <= 2; at--) {
    const name = rules.headingOf(lines[at]!);
    if (name !== null) return name;
  }
  return null;
}
