/**
 * Rust: `panicked at` in its old and new spelling, and backtraces of two lines a frame. The panic's own place is frame 0;
 * a panic without a backtrace is that place alone.
 */
import { frameListGrammar, type ListHeader } from '../frameList.ts';
import {
  type CleanLine,
  errorDraft,
  type ReadTrace,
  singleThread,
  stackFrame,
  type TraceGrammar,
  toNumber,
} from '../grammar.ts';

const INDEX = /^(\d{1,5}):\s{1,20}(0x[0-9a-f]{1,16} - )?(\S.{0,2000})$/;
const PLACE = /^at (.{1,1000}?):(\d{1,9})(?::(\d{1,9}))?$/;
const NEW_PANIC = /^(?:.{0,200} )?thread '[^']{0,200}'(?: \(\d{1,12}\))? panicked at (.{1,500}?):(\d{1,9}):(\d{1,9}):$/;
const OLD_PANIC =
  /^(?:.{0,200} )?thread '[^']{0,200}' panicked at '(.{0,4000})', (.{1,500}?):(\d{1,9})(?::(\d{1,9}))?$/;

const backtraces = frameListGrammar({
  runtime: 'rust',
  mayStart: line => INDEX.test(line.content),
  readFrame: (line, below, ahead) => {
    const index = INDEX.exec(line.content);
    if (!index) return null;
    // A span's fields may stand on a line of their own.
    const hasFields = below !== undefined && /^with \w{1,60}[=:]/.test(below.content);
    const placed = hasFields ? ahead[1] : below;
    const place = placed ? PLACE.exec(placed.content) : null;
    const name = index[3]!.replace(/::h[0-9a-f]{16}$/, '');
    // Old backtraces have an address in every line, and a place in none that was stripped.
    if (!place && index[2] !== undefined)
      return { frame: stackFrame(line.textLine, { function: name }), lines: 1, sure: true };
    if (!place) {
      if (!/^[\w<].{0,1000}::/.test(name) && !/^(?:main|_start|__libc_start\w*|<unknown>)$/.test(name)) return null;
      return { frame: stackFrame(line.textLine, { function: name }), lines: 1, sure: false };
    }
    // A span of tracing has its fields behind its name.
    const printed = {
      function: name.replace(/ with \w{1,60}=.*$/, ''),
      file: place[1],
      line: toNumber(place[2]),
      column: toNumber(place[3]),
    };
    return { frame: stackFrame(line.textLine, printed), lines: hasFields ? 3 : 2, sure: true };
  },
  // color-eyre quotes the source around a place and counts the frames that it hides.
  isAside: line => /^(?:\d{1,7} │|│|⋮|\[)/.test(line.content) || line.content === '',
  widestAside: 16,
  readHeader: (lines, start, floor) => {
    for (let at = start - 1; at >= floor && start - at <= 30; at--) {
      const header = panicAt(lines, at, start) ?? reportAt(lines, at, start);
      if (header) return header;
    }
    return null;
  },
});

/** The grammar of Rust's standard panic handler and backtraces. */
export const rustTraces: TraceGrammar = {
  runtime: 'rust',
  mayStart: line => line.content.includes('panicked at ') || backtraces.mayStart(line),
  read: (lines, start, floor) =>
    backtraces.mayStart(lines[start]!) ? readReport(lines, start, floor) : readLonePanic(lines, start),
};

/** Lines between the spans and the backtrace of one report. */
const WIDEST_REPORT = 8;

/** A backtrace, or both lists of a color-eyre report: the spans, and below them the calls of the same error. */
function readReport(lines: readonly CleanLine[], start: number, floor: number): ReadTrace | null {
  const first = backtraces.read(lines, start, floor);
  const [thread] = first?.trace.threads ?? [];
  if (first === null || thread === undefined) return first;
  const ahead = lines.slice(first.next, first.next + WIDEST_REPORT);
  const title = ahead.findIndex(({ content }) => /^━{3,} BACKTRACE ━{3,}$/.test(content));
  const below = title < 0 ? -1 : ahead.findIndex((line, at) => at > title && backtraces.mayStart(line));
  const second = below < 0 ? null : backtraces.read(lines, first.next + below, first.next);
  const [calls] = second?.trace.threads ?? [];
  if (second === null || calls === undefined) return first;
  const [{ type, message }] = [thread.errors[0]!];
  const errors = calls.errors.map(error => ({ ...error, type, message }));
  const threads = [
    { ...thread, name: 'SPANTRACE' },
    { ...calls, name: 'BACKTRACE', errors },
  ];
  return { trace: { ...first.trace, lastLine: second.trace.lastLine, threads }, next: second.next };
}

/** A panic whose backtrace is switched off. One that has its backtrace below is left to the backtrace. */
function readLonePanic(lines: readonly CleanLine[], start: number): ReadTrace | null {
  const header = panicAt(lines, start, Math.min(lines.length, start + 2));
  if (!header?.throwSite) return null;
  for (let at = start + 1; at < lines.length && at < start + 30; at++) {
    if (lines[at]!.content === 'stack backtrace:') return null;
    if (lines[at]!.content.includes('panicked at ')) break;
  }
  const { textLine } = lines[start]!;
  const error = errorDraft({ type: header.type, message: header.message, textLine });
  error.frames.push(stackFrame(textLine, { kind: 'throw-site', ...header.throwSite }));
  const trace = { language: 'rust', firstLine: textLine, lastLine: textLine, threads: singleThread([error]) };
  return { trace, next: start + 1 };
}

/** What anyhow and color-eyre print above their backtraces. */
function reportAt(lines: readonly CleanLine[], at: number, start: number): ListHeader | null {
  const text = lines[at]!.content;
  if (text.startsWith('The application panicked')) {
    const said = lines.slice(at + 1, start);
    const message = said
      .map(line => /^Message:\s{1,8}(.*)$/.exec(line.content)?.[1])
      .find(found => found !== undefined);
    const place = said
      .map(line => /^Location: (.{1,500}?):(\d{1,9})$/.exec(line.content))
      .find(found => found !== null);
    const throwSite = place ? { file: place[1]!, line: toNumber(place[2]), column: null } : null;
    return { type: 'panic', message: message ?? null, index: at, throwSite };
  }
  const error = /^Error:(?: (.*))?$/.exec(text);
  if (error === null) return null;
  const below = lines.slice(at + 1, start).map(({ content }) => content);
  if (!below.some(content => /^stack backtrace:$|^━{3,} (?:SPANTRACE|BACKTRACE) ━{3,}$/i.test(content))) return null;
  const message = error[1] || (below.map(content => /^0: (.{1,2000})$/.exec(content)?.[1]).find(Boolean) ?? null);
  const place = /^(.{1,500}?):(\d{1,9})(?::(\d{1,9}))?$/.exec(below[below.indexOf('Location:') + 1] ?? '');
  const throwSite =
    place && below.includes('Location:')
      ? { file: place[1]!, line: toNumber(place[2]), column: toNumber(place[3]) }
      : null;
  return { type: 'Error', message, index: at, throwSite };
}

function panicAt(lines: readonly CleanLine[], at: number, end: number): ListHeader | null {
  const text = lines[at]!.content;
  const newer = NEW_PANIC.exec(text);
  if (newer) {
    const message = lines
      .slice(at + 1, end)
      .map(line => line.content)
      .filter(line => line !== 'stack backtrace:');
    const throwSite = { file: newer[1]!, line: toNumber(newer[2]), column: toNumber(newer[3]) };
    return { type: 'panic', message: message.join('\n').trim() || null, index: at, throwSite };
  }
  const older = OLD_PANIC.exec(text);
  if (!older) return null;
  const throwSite = { file: older[2]!, line: toNumber(older[3]), column: toNumber(older[4]) };
  return { type: 'panic', message: older[1] || null, index: at, throwSite };
}
