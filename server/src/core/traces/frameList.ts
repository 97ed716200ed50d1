/**
 * The common case of a runtime: a header that names the error, then frames line by line, innermost first, with a few
 * known lines between them. A runtime of that kind is its patterns and nothing else.
 */
import { type CleanLine, errorDraft, type ReadTrace, singleThread, stackFrame, type TraceGrammar } from './grammar.ts';
import { headerAbove } from './headers.ts';
import type { StackFrame } from './model.ts';

/** A frame and how many lines it takes. */
export interface ListedFrame {
  readonly frame: StackFrame;
  readonly lines: number;
  /** Proves the runtime by itself. */
  readonly sure: boolean;
}

/** The error above the first frame, the index of the line that names it, and the place it names, if it does. */
export interface ListHeader {
  readonly type: string | null;
  readonly message: string | null;
  readonly index: number;
  readonly throwSite?: Pick<StackFrame, 'file' | 'line' | 'column'> | null;
}

export interface FrameListRules {
  readonly runtime: string;
  readonly mayStart: (line: CleanLine) => boolean;
  readonly readFrame: (line: CleanLine, below: CleanLine | undefined) => ListedFrame | null;
  readonly isAside?: (line: CleanLine) => boolean;
  readonly readHeader?: (lines: readonly CleanLine[], start: number, floor: number) => ListHeader | null;
  /** Frames that a trace without a named error must have; 1 unless said otherwise. */
  readonly leastUnnamed?: number;
}

/** The grammar of a runtime that prints such lists. */
export function frameListGrammar(rules: FrameListRules): TraceGrammar {
  const read = (lines: readonly CleanLine[], start: number, floor: number): ReadTrace | null => {
    const listed = readList(rules, lines, start);
    if (!listed.sure) return null;
    const isFrame = (line: CleanLine) => rules.readFrame(line, undefined) !== null;
    const header: ListHeader | null = rules.readHeader
      ? rules.readHeader(lines, start, floor)
      : headerAbove(lines, start, floor, 12, isFrame);
    if (header?.type == null && listed.frames.length < (rules.leastUnnamed ?? 1)) return null;
    const headerLine = header ? lines[header.index]!.textLine : null;
    const error = errorDraft({ type: header?.type, message: header?.message, textLine: headerLine });
    if (header?.throwSite) error.frames.push(stackFrame(headerLine!, { kind: 'throw-site', ...header.throwSite }));
    error.frames.push(...listed.frames);
    return {
      trace: {
        language: rules.runtime,
        firstLine: headerLine ?? lines[start]!.textLine,
        lastLine: lines[listed.next - 1]!.textLine,
        threads: singleThread([error]),
      },
      next: listed.next,
    };
  };
  return { runtime: rules.runtime, mayStart: rules.mayStart, read };
}

function readList(rules: FrameListRules, lines: readonly CleanLine[], start: number) {
  const frames: StackFrame[] = [];
  let sure = false;
  let next = start;
  for (let at = start; at < lines.length; ) {
    const listed = rules.readFrame(lines[at]!, lines[at + 1]);
    if (listed) {
      frames.push(listed.frame);
      sure ||= listed.sure;
      at += listed.lines;
      next = at;
      continue;
    }
    if (frames.length === 0 || at - next > 3 || !rules.isAside?.(lines[at]!)) break;
    at++;
  }
  return { frames, sure, next };
}
