/**
 * Ruby before and after 3.4, also upside down ("most recent call last"), and the filtered backtraces of Rails. The first
 * line of Ruby's own print is header and frame in one; the blocks that follow are causes.
 */
import {
  type CleanLine,
  type ErrorDraft,
  errorDraft,
  type ReadTrace,
  singleThread,
  stackFrame,
  type TraceGrammar,
  toNumber,
} from '../grammar.ts';
import type { StackFrame } from '../model.ts';

interface RubyFrame {
  readonly frame: StackFrame;
  /** `from` or a number and `from` stands before it. */
  readonly prefix: 'none' | 'from' | 'numbered';
  /** What follows the name: the error, on the line that threw. */
  readonly rest: string;
}

/** The grammar of MRI, JRuby's Ruby-style prints, and Rails. */
export const rubyTraces: TraceGrammar = {
  runtime: 'ruby',
  mayStart: line => /:\d{1,9}:in [`']/.test(line.content) || PLACE.test(line.content),
  read: readRubyTrace,
};

/** A frame without a name: a template, or a line of RSpec's. */
const PLACE = /^(?:# )?[^\s:"'`]{1,600}\.(?:rb|erb|haml|slim|rake|ru):\d{1,9}$/;

/** What loggers write behind a frame. */
const FIELDS = /^ {1,4}(?:\{["']|\[\w|\| |[\w.@-]{1,60}=).*$/;

function readFrame(line: CleanLine): RubyFrame | null {
  // RSpec marks frames with `# `.
  let text = line.content.replace(/^# (?=\S)/, '');
  const start = /^(?:(\d{1,6}): )?(from )?/.exec(text)!;
  if (start[1] !== undefined && !start[2]) return null;
  text = text.slice(start[0].length);
  const opening = /:(\d{1,9}):in [`']/.exec(text);
  if (!opening && (start[2] || line.content.startsWith('# '))) {
    const nameless = /^((?:\/|\.{1,2}\/|[A-Za-z]:[\\/])?[^\s:"'`]{1,600}\.(?:rb|ru|rake|erb)):(\d{1,9})$/.exec(text);
    if (!nameless) return null;
    const frame = stackFrame(line.textLine, { file: nameless[1], line: toNumber(nameless[2]) });
    return { frame, prefix: start[2] ? 'from' : 'none', rest: '' };
  }
  if (!opening || opening.index === 0) return null;
  const after = text.slice(opening.index + opening[0].length);
  const closing = after.indexOf("': ") >= 0 ? after.indexOf("': ") : after.lastIndexOf("'");
  if (closing < 0) return null;
  const rest = after.slice(closing + 1).replace(FIELDS, '');
  if (rest !== '' && !rest.startsWith(': ')) return null;
  const file = text.slice(0, opening.index);
  if (file.length > 1000 || /["'`]/.test(file)) return null;
  const frame = stackFrame(line.textLine, { file, line: toNumber(opening[1]), function: after.slice(0, closing) });
  return { frame, prefix: start[1] !== undefined ? 'numbered' : start[2] ? 'from' : 'none', rest: rest.slice(2) };
}

/** Rails' templates stand above and among frames that have names, and are believed there. */
function readTemplate(lines: readonly CleanLine[], at: number): RubyFrame | null {
  const { content, textLine } = lines[at]!;
  if (content.startsWith('# ') || !PLACE.test(content)) return null;
  const neighbours = [lines[at + 1], lines[at - 1]].some(line => line !== undefined && readFrame(line) !== null);
  if (!neighbours) return null;
  const colon = content.lastIndexOf(':');
  const printed = { file: content.slice(0, colon), line: toNumber(content.slice(colon + 1)) };
  return { frame: stackFrame(textLine, printed), prefix: 'none', rest: '' };
}

function readRubyTrace(lines: readonly CleanLine[], start: number, floor: number): ReadTrace | null {
  const first = readFrame(lines[start]!) ?? readTemplate(lines, start);
  if (!first) return null;
  if (first.prefix === 'numbered') return readUpsideDown(lines, start, floor);
  const drafts: ErrorDraft[] = [];
  const header = first.rest === '' ? headerOfRails(lines, start, floor) : null;
  let error: ErrorDraft | null = null;
  let at = start;
  let next = start;
  for (; at < lines.length; at++) {
    const read = readFrame(lines[at]!) ?? readTemplate(lines, at);
    if (!read) {
      // An error's details: the source line with marks, and suggestions, up to the next `from`.
      if (error && error.frames.length === 1 && at - next < MOST_DETAILS && isDetailBefore(lines, at)) continue;
      if (/^(?:\.{3} \d{1,6} levels\.{3}|from .{1,300}:\d{1,9})$/.test(lines[at]!.content)) continue;
      break;
    }
    if (!error || read.rest !== '') {
      if (error && read.prefix !== 'none') break;
      const named = read.rest === '' ? (header ?? {}) : nameOf(read.rest);
      const parent: ErrorDraft | null = error;
      error = errorDraft({ ...named, textLine: lines[at]!.textLine, ...(parent && { relation: 'cause', parent }) });
      drafts.push(error);
    }
    error.frames.push(read.frame);
    next = at + 1;
  }
  return finish(lines, header ? header.index : start, next, drafts);
}

/** Lines of details between the first frame and the others. */
const MOST_DETAILS = 12;

function isDetailBefore(lines: readonly CleanLine[], at: number): boolean {
  for (let below = at + 1; below < lines.length && below <= at + MOST_DETAILS; below++) {
    const read = readFrame(lines[below]!);
    if (read) return read.prefix === 'from';
  }
  return false;
}

/** Ruby 2.5 to 2.7 on a terminal: frames from the outermost down, the error's own line last; causes come first. */
function readUpsideDown(lines: readonly CleanLine[], start: number, floor: number): ReadTrace | null {
  const drafts: ErrorDraft[] = [];
  let frames: StackFrame[] = [];
  let next = start;
  for (let at = start; at < lines.length; at++) {
    const read = readFrame(lines[at]!);
    if (!read) break;
    frames.push(read.frame);
    if (read.prefix === 'numbered') continue;
    const error = errorDraft({ ...nameOf(read.rest), textLine: lines[at]!.textLine });
    error.frames.push(...frames.reverse());
    frames = [];
    drafts.push(error);
    next = at + 1;
  }
  for (let index = 0; index + 1 < drafts.length; index++) {
    drafts[index]!.relation = 'cause';
    drafts[index]!.parent = drafts[index + 1]!;
  }
  const headline = start - 1 >= floor && lines[start - 1]!.content.startsWith('Traceback ') ? start - 1 : start;
  return drafts.length === 0 ? null : finish(lines, headline, next, drafts);
}

function finish(lines: readonly CleanLine[], first: number, next: number, drafts: readonly ErrorDraft[]): ReadTrace {
  return {
    trace: {
      language: 'ruby',
      firstLine: lines[first]!.textLine,
      lastLine: lines[next - 1]!.textLine,
      threads: singleThread(drafts),
    },
    next,
  };
}

/** `key not found: :price (KeyError)`. */
function nameOf(rest: string): { type: string | null; message: string | null } {
  const named = /^(.*) \(([A-Z][\w:]{0,200})\)$/.exec(rest);
  if (named) return { type: named[2]!, message: named[1]! };
  return { type: null, message: rest || null };
}

/** `NoMethodError (undefined method …):` some lines above; also `KeyError: message` and `KeyError - message`. */
function headerOfRails(lines: readonly CleanLine[], start: number, floor: number) {
  for (let at = start - 1; at >= floor && start - at <= 8; at--) {
    const text = lines[at]!.content;
    const named = /^([A-Z][\w:]{0,200}) \((.*)\):?$/.exec(text) ?? /^([A-Z][\w:]{0,200})(?:: | - )(.*)$/.exec(text);
    if (named) return { type: named[1]!, message: named[2]!, index: at };
    // RSpec writes the name on a line of its own, and the message below it.
    const alone = lines[start]!.content.startsWith('# ') ? /^([A-Z][\w:]{0,200}):$/.exec(text) : null;
    const said = lines.slice(at + 1, start).map(line => line.content);
    if (alone) return { type: alone[1]!, message: said.join('\n').trim() || null, index: at };
  }
  return null;
}
