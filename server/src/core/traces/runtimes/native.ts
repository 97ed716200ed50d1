/**
 * Native stacks: the sanitizers of LLVM and GCC (several stacks in one report) and gdb's backtraces. Names of C++ contain
 * blanks and brackets, so places are cut from the end of the line.
 */
import {
  type CleanLine,
  errorDraft,
  finishErrors,
  type ReadTrace,
  stackFrame,
  type TraceGrammar,
  toNumber,
} from '../grammar.ts';
import type { StackFrame, TraceThread } from '../model.ts';

/** The grammar of sanitizers and gdb. */
export const nativeTraces: TraceGrammar = {
  runtime: 'native',
  mayStart: line => /^#\d{1,6} /.test(line.content),
  read: readNativeTrace,
};

const SANITIZER = /^#(\d{1,6}) {1,4}0x[0-9a-f]{1,16} in (.{1,4000})$/;
const SOURCE = / ([^ ]{1,1000}?):(\d{1,9})(?::(\d{1,9}))?$/;
const BINARY = / {1,4}\([^()]{1,1000}\+0x[0-9a-f]{1,16}\)(?: \(BuildId: [0-9a-f]{1,64}\))?$/;
const GDB =
  /^#(\d{1,6}) {1,4}(?:0x[0-9a-f]{1,16} in )?(.{1,2000}?) \((.{0,4000})\)(?: at (.{1,1000}):(\d{1,9})| from .{1,1000})$/;

interface NativeFrame {
  readonly number: number;
  readonly frame: StackFrame;
}

function readFrame(line: CleanLine): NativeFrame | null {
  const gdb = GDB.exec(line.content);
  if (gdb) {
    const printed = { function: gdb[2], file: gdb[4], line: toNumber(gdb[5]) };
    return { number: Number(gdb[1]), frame: stackFrame(line.textLine, printed) };
  }
  const sanitizer = SANITIZER.exec(line.content);
  if (!sanitizer) return null;
  const rest = ` ${sanitizer[2]}`;
  const source = SOURCE.exec(rest);
  const end = source ?? BINARY.exec(rest);
  if (!end) return null;
  const place = source ? { file: source[1], line: toNumber(source[2]), column: toNumber(source[3]) } : {};
  const name = rest.slice(0, end.index).trim();
  return { number: Number(sanitizer[1]), frame: stackFrame(line.textLine, { function: name, ...place }) };
}

function readNativeTrace(lines: readonly CleanLine[], start: number, floor: number): ReadTrace | null {
  if (!readFrame(lines[start]!)) return null;
  const threads: TraceThread[] = [];
  const header = headerAbove(lines, start, floor);
  let next = start;
  let at = start;
  while (at < lines.length) {
    const stack: StackFrame[] = [];
    for (; at < lines.length; at++) {
      const read = readFrame(lines[at]!);
      if (!read || (read.number === 0 && stack.length > 0)) break;
      stack.push(read.frame);
    }
    if (stack.length === 0) break;
    const error = errorDraft(threads.length === 0 && header ? header : {});
    error.frames.push(...stack);
    const name = threads.length === 0 ? null : sectionAbove(lines, at - stack.length);
    threads.push({ name, count: 1, errors: finishErrors([error]) });
    next = at;
    // The other stacks of a report follow within a few lines.
    const following = lines.slice(at, at + 5).findIndex(line => readFrame(line) !== null);
    if (following < 0 || !sectionAbove(lines, at + following)) break;
    at += following;
  }
  return {
    trace: {
      language: 'native',
      firstLine: header?.textLine ?? lines[start]!.textLine,
      lastLine: lines[next - 1]!.textLine,
      threads,
    },
    next,
  };
}

/** `freed by thread T0 here:`, `Thread 2 (LWP 12):`. */
function sectionAbove(lines: readonly CleanLine[], frame: number): string | null {
  const text = lines[frame - 1]?.content ?? '';
  return /:$/.test(text) && text.length < 200 ? text.slice(0, -1) : null;
}

function headerAbove(lines: readonly CleanLine[], start: number, floor: number) {
  for (let at = start - 1; at >= floor && start - at <= 12; at--) {
    const { content, textLine } = lines[at]!;
    const sanitizer = /ERROR: (?:Address|Memory|Thread|Leak|UndefinedBehavior)Sanitizer: ([\w-]{1,80})(.*)$/.exec(
      content,
    );
    if (sanitizer) return { type: sanitizer[1]!, message: sanitizer[2]!.trim() || null, textLine };
    const signal = /received signal (SIG\w{1,10}), (.*)$/.exec(content);
    if (signal) return { type: signal[1]!, message: signal[2]!, textLine };
  }
  return null;
}
