/**
 * Apple's `.ips` crash reports: a line of JSON with the report's header, then the report itself as JSON. Every thread's frames
 * name an image by its index, a symbol, and source places where symbols were at hand.
 */
import { type CleanLine, errorDraft, finishErrors, type ReadTrace, stackFrame, type TraceGrammar } from '../grammar.ts';
import type { StackFrame, TraceThread } from '../model.ts';

/** A report is at most this long; the window keeps as many lines in sight. */
const MOST_LINES = 30_000;

/** The grammar of `.ips` files. */
export const appleIpsTraces: TraceGrammar = {
  runtime: 'swift',
  mayStart: line => line.content.startsWith('{') && /"(?:app_name|bug_type|incident_id)" ?:/.test(line.content),
  read: readReport,
  reach: MOST_LINES,
};

function readReport(lines: readonly CleanLine[], start: number): ReadTrace | null {
  const end = endOfObject(lines, start + 1);
  if (end === null) return null;
  const body = parseObject(
    lines
      .slice(start + 1, end)
      .map(line => line.content)
      .join('\n'),
  );
  if (!body) return null;
  const images = arrayOf(body.usedImages).map(image => textOf(asObject(image)?.name));
  const places = framePlaces(lines, start + 1, end);
  const threads: TraceThread[] = [];
  let at = 0;
  const readFrames = (frames: unknown): StackFrame[] =>
    arrayOf(frames).map(frame => readFrame(asObject(frame) ?? {}, images, places[at++] ?? lines[start]!.textLine));
  // The exception's own stack and the threads stand in the order in which their frames do in the text.
  const isExceptionFirst = Object.keys(body).indexOf('lastExceptionBacktrace') < Object.keys(body).indexOf('threads');
  const readException = (): void => {
    const frames = readFrames(body.lastExceptionBacktrace);
    if (frames.length > 0) threads.push(threadOf('Last Exception Backtrace', frames));
  };
  if (isExceptionFirst) readException();
  let faulting: TraceThread | null = null;
  for (const [index, value] of arrayOf(body.threads).entries()) {
    const thread = asObject(value) ?? {};
    const isTriggered = thread.triggered === true;
    const name = textOf(thread.name) ?? textOf(thread.queue);
    const title = `Thread ${index}${isTriggered ? ' crashed' : ''}${name === null ? '' : ` (${name})`}`;
    const read = threadOf(title, readFrames(thread.frames));
    if (read.errors[0]!.frames.length === 0) continue;
    if (isTriggered) faulting = read;
    threads.push(read);
  }
  if (!isExceptionFirst) readException();
  if (threads.length === 0) return null;
  const first = faulting ?? threads[0]!;
  const ordered = [first, ...threads.filter(thread => thread !== first)];
  return {
    trace: {
      language: 'swift',
      firstLine: lines[start]!.textLine,
      lastLine: lines[end - 1]!.textLine,
      threads: ordered.map(thread => (thread === first ? withError(thread, body) : thread)),
    },
    next: end,
  };
}

function readFrame(
  frame: Readonly<Record<string, unknown>>,
  images: readonly (string | null)[],
  textLine: number,
): StackFrame {
  const image = typeof frame.imageIndex === 'number' ? images[frame.imageIndex] : null;
  const line = frame.sourceLine;
  return stackFrame(textLine, {
    function: textOf(frame.symbol),
    module: image ?? null,
    file: textOf(frame.sourceFile),
    line: typeof line === 'number' && line > 0 ? line : null,
  });
}

function withError(thread: TraceThread, body: Readonly<Record<string, unknown>>): TraceThread {
  const exception = asObject(body.exception) ?? {};
  const reason = asObject(body.termination) ?? {};
  const information = Object.values(asObject(body.asi) ?? {})
    .flatMap(arrayOf)
    .map(textOf);
  const message = [textOf(exception.signal), information[0] ?? textOf(reason.indicator)].filter(part => part != null);
  const [root, ...others] = thread.errors;
  return {
    ...thread,
    errors: [{ ...root!, type: textOf(exception.type), message: message.join(': ') || null }, ...others],
  };
}

function threadOf(name: string, frames: readonly StackFrame[]): TraceThread {
  const error = errorDraft();
  error.frames.push(...frames);
  return { name, count: 1, errors: finishErrors([error]) };
}

/** The line of every frame, in order: the one on which its `imageOffset` stands. */
function framePlaces(lines: readonly CleanLine[], start: number, end: number): readonly number[] {
  const places: number[] = [];
  for (let at = start; at < end; at++) {
    const { content, textLine } = lines[at]!;
    for (let found = content.indexOf('"imageOffset"'); found >= 0; found = content.indexOf('"imageOffset"', found + 1))
      places.push(textLine);
  }
  return places;
}

/** The index behind the line that closes the object which opens at `start`, or null. */
function endOfObject(lines: readonly CleanLine[], start: number): number | null {
  if (!lines[start]?.content.startsWith('{')) return null;
  let depth = 0;
  for (let at = start; at < lines.length && at < start + MOST_LINES; at++) {
    depth += depthOf(lines[at]!.content);
    if (depth <= 0) return at + 1;
  }
  return null;
}

/** Opened minus closed brackets, strings left out. */
function depthOf(text: string): number {
  let depth = 0;
  let isString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isString && code === 0x5c) at++;
    else if (code === 0x22) isString = !isString;
    else if (!isString && (code === 0x7b || code === 0x5b)) depth++;
    else if (!isString && (code === 0x7d || code === 0x5d)) depth--;
  }
  return depth;
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return null;
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null;
}

function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
