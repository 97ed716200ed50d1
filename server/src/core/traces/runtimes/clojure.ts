/**
 * What Clojure prints besides the JVM's traces: the one-line report of the REPL and of `clojure.main`, and errors as data
 * (`#error {:via … :trace [[ns$fn invoke "core.clj" 5]]}`).
 */
import { frameListGrammar } from '../frameList.ts';
import {
  type CleanLine,
  errorDraft,
  type ReadTrace,
  singleThread,
  stackFrame,
  type TraceGrammar,
  toNumber,
} from '../grammar.ts';
import type { StackFrame } from '../model.ts';

/** The grammar of Clojure's own reports. */
export const clojureTraces: TraceGrammar = {
  runtime: 'clojure',
  mayStart: line => CLOJURE_REPORT.test(line.content) || (line.content.includes('[') && DATA_FRAME.test(line.content)),
  read: (lines, start, floor) =>
    CLOJURE_REPORT.test(lines[start]!.content) ? readReport(lines, start) : readData(lines, start, floor),
};

const CLOJURE_REPORT =
  /^(?:Execution error|Syntax error|Error printing return value)(?: \(([\w.$]{1,200})\))? (?:at|compiling at|macroexpanding \S{1,200} at|reading source at) (?:([^\s()]{1,300}) )?\(([^()]{1,400}?):(\d{1,9})(?::(\d{1,9}))?\)\.$/;

/** `[clojure.lang.Numbers divide "Numbers.java" 188]`. */
const DATA_FRAME =
  /\[([\w.$*+!?<>=-]{1,300}) ([\w$<>*+!?=-]{1,200}) "([\w$.-]{1,200}\.(?:clj[cs]?|java|kt|scala))" (-?\d{1,9})\]/;
const DATA_FRAMES = new RegExp(DATA_FRAME.source, 'g');

const LISTED =
  /^([\w$-]{1,200}\.(?:clj[cs]?|java|kt|scala)|NO_SOURCE_FILE|REPL): {0,8}(\d{1,9}) {1,8}([\w.$*+!?<>=/>-]{1,300}[./][^\s()]{1,200})$/;

/** `core.clj:99 compojure.core/make-route[fn]` in two columns, as clj-stacktrace and CIDER print. */
export const clojureListTraces = frameListGrammar({
  runtime: 'clojure',
  mayStart: line => LISTED.test(line.content),
  readFrame: line => {
    const frame = LISTED.exec(line.content);
    if (!frame) return null;
    const module = /^(.+?)[/](?=[^/]+$|[^/]+\/)/.exec(frame[3]!)?.[1] ?? null;
    const printed = { file: frame[1], line: toNumber(frame[2]), function: frame[3], module };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: /\.clj[cs]?$/.test(frame[1]!) };
  },
  readHeader: (lines, start, floor) => {
    for (let at = start - 1; at >= floor && start - at <= 4; at--) {
      const named =
        /^(?:\d{1,2}\. (?:Caused by|Unhandled) )?((?:[a-z_][\w$]{0,60}\.){1,10}[A-Z][\w$]{1,100})(?::? (.*))?:?$/.exec(
          lines[at]!.content,
        );
      if (named) return { type: named[1]!, message: named[2] || lines[at + 1]?.content || null, index: at };
    }
    return null;
  },
  leastUnnamed: 3,
});

function readReport(lines: readonly CleanLine[], start: number): ReadTrace | null {
  const line = lines[start]!;
  const report = CLOJURE_REPORT.exec(line.content);
  if (!report) return null;
  const error = errorDraft({ type: report[1], message: lines[start + 1]?.content || null, textLine: line.textLine });
  const place = { file: report[3], line: toNumber(report[4]), column: toNumber(report[5]) };
  error.frames.push(stackFrame(line.textLine, { function: report[2], ...place }));
  const trace = {
    language: 'clojure',
    firstLine: line.textLine,
    lastLine: line.textLine,
    threads: singleThread([error]),
  };
  return { trace, next: start + 1 };
}

/** The frames behind `:trace`; those of `:via` name the same places again. */
function readData(lines: readonly CleanLine[], start: number, floor: number): ReadTrace | null {
  let from = start;
  for (let at = start; at < lines.length && at < start + 60; at++) {
    if (!/:trace/.test(lines[at]!.content)) continue;
    from = DATA_FRAME.test(lines[at]!.content) ? at : at + 1;
    break;
  }
  const frames: StackFrame[] = [];
  let next = from;
  for (; next < lines.length; next++) {
    const { content, textLine } = lines[next]!;
    const found = [...content.matchAll(DATA_FRAMES)].map(([, module, name, file, digits]) => {
      const line = Number(digits);
      return stackFrame(textLine, { function: `${module}.${name}`, module, file, line: line > 0 ? line : null });
    });
    if (found.length === 0) break;
    frames.push(...found);
  }
  if (frames.length === 0) return null;
  const named = nameOf(lines, start, floor);
  const error = errorDraft({ type: named?.type, message: named?.message, textLine: named?.textLine });
  error.frames.push(...frames);
  return {
    trace: {
      language: 'clojure',
      firstLine: Math.min(named?.textLine ?? lines[start]!.textLine, lines[start]!.textLine),
      lastLine: lines[next - 1]!.textLine,
      threads: singleThread([error]),
    },
    next,
  };
}

function nameOf(lines: readonly CleanLine[], start: number, floor: number) {
  let cause: string | null = null;
  let type: string | null = null;
  let textLine: number | null = null;
  for (let at = start; at >= floor && start - at <= 12; at--) {
    const { content } = lines[at]!;
    type = /:type ([\w.$]{1,200})/.exec(content)?.[1] ?? type;
    cause ??= /:(?:cause|message) "((?:[^"\\]|\\.){0,2000})"/.exec(content)?.[1] ?? null;
    if (type !== null || cause !== null) textLine = lines[at]!.textLine;
    if (content.startsWith('#error')) break;
  }
  return textLine === null ? null : { type, message: cause, textLine };
}
