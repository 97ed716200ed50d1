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
  /** `ahead` holds the next lines, for runtimes that print a frame's line some way below it. */
  readonly readFrame: (
    line: CleanLine,
    below: CleanLine | undefined,
    ahead: readonly CleanLine[],
  ) => ListedFrame | null;
  readonly isAside?: (line: CleanLine) => boolean;
  readonly readHeader?: (lines: readonly CleanLine[], start: number, floor: number) => ListHeader | null;
  /** How many other lines may stand between two frames; 3 unless said otherwise. */
  readonly widestAside?: number;
  /** The error below the frames, for runtimes that name it last; what it leaves open the header says. */
  readonly readFooter?: (lines: readonly CleanLine[], next: number) => ListHeader | null;
  readonly order?: 'outermost first';
  /** Frames that any trace of this kind must have; 1 unless said otherwise. */
  readonly leastFrames?: number;
  /** Frames that a trace without a named error must have; 1 unless said otherwise. */
  readonly leastUnnamed?: number;
}

/** Lines that a frame may be told by, itself included. */
const AHEAD = 16;

/** The grammar of a runtime that prints such lists. */
export function frameListGrammar(rules: FrameListRules): TraceGrammar {
  const read = (lines: readonly CleanLine[], start: number, floor: number): ReadTrace | null => {
    if (start > floor && wasGivenUp(rules, lines, start - 1)) return null;
    const listed = readList(rules, lines, start);
    if (!listed.sure || listed.frames.length < (rules.leastFrames ?? 1)) return null;
    const isFrame = (line: CleanLine) => rules.readFrame(line, undefined, []) !== null;
    const above: ListHeader | null = rules.readHeader
      ? rules.readHeader(lines, start, floor)
      : headerAbove(lines, start, floor, 12, isFrame);
    const footer = rules.readFooter?.(lines, listed.next) ?? null;
    const header = footer === null ? above : joinHeaders(above, footer);
    const next = Math.max(listed.next, footer === null ? 0 : footer.index + 1);
    if (header?.type == null && listed.frames.length < (rules.leastUnnamed ?? 1)) return null;
    const headerLine = header ? lines[header.index]!.textLine : null;
    const firstLine = Math.min(lines[start]!.textLine, above ? lines[above.index]!.textLine : Number.MAX_SAFE_INTEGER);
    const error = errorDraft({ type: header?.type, message: header?.message, textLine: headerLine });
    if (header?.throwSite) error.frames.push(stackFrame(headerLine!, { kind: 'throw-site', ...header.throwSite }));
    error.frames.push(...(rules.order === 'outermost first' ? [...listed.frames].reverse() : listed.frames));
    return {
      trace: {
        language: rules.runtime,
        firstLine,
        lastLine: lines[next - 1]!.textLine,
        threads: singleThread([error]),
      },
      next,
    };
  };
  return { runtime: rules.runtime, mayStart: rules.mayStart, read };
}

/** A list that was read from the line above and was no trace is none from its next line on either. This keeps long lists linear. */
function wasGivenUp(rules: FrameListRules, lines: readonly CleanLine[], above: number): boolean {
  return (
    rules.mayStart(lines[above]!) &&
    rules.readFrame(lines[above]!, lines[above + 1], lines.slice(above + 1, above + AHEAD)) !== null
  );
}

/** What stands below the frames names the error, unless only the header above knows its message. */
function joinHeaders(above: ListHeader | null, footer: ListHeader): ListHeader {
  if (above === null) return footer;
  if (above.type !== null && footer.message === null) return above;
  return { ...footer, throwSite: above.throwSite ?? null };
}

function readList(rules: FrameListRules, lines: readonly CleanLine[], start: number) {
  const frames: StackFrame[] = [];
  let sure = false;
  let next = start;
  for (let at = start; at < lines.length; ) {
    const listed = rules.readFrame(lines[at]!, lines[at + 1], lines.slice(at + 1, at + AHEAD));
    if (listed) {
      frames.push(listed.frame);
      sure ||= listed.sure;
      at += listed.lines;
      next = at;
      continue;
    }
    if (frames.length === 0 || at - next > (rules.widestAside ?? 3) || !rules.isAside?.(lines[at]!)) break;
    at++;
  }
  return { frames, sure, next };
}
