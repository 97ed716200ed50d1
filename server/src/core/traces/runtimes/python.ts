/**
 * Traces of Python: plain, chained ("direct cause", "during handling"), exception groups, syntax errors. Python prints
 * the outermost frame first and the error that ended the program last; here both are turned round.
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
import { errorHeaderOf, namedAtStart } from '../headers.ts';
import type { StackFrame } from '../model.ts';
import { type MarginLine, marginOf } from './pythonMargin.ts';

/** A message of several lines ends within this many, or the link to the next error is not looked for. */
const LONGEST_MESSAGE = 40;

const HEADLINE = /(?:^|\s)(?:Exception Group )?Traceback \(most recent call (?:last|first)\):$/;
const DIRECT_CAUSE = 'The above exception was the direct cause of the following exception:';
const CONTEXT = 'During handling of the above exception, another exception occurred:';

/** The grammar of CPython, PyPy and what prints like them. */
export const pythonTraces: TraceGrammar = {
  runtime: 'python',
  mayStart: line => line.content.includes('Traceback (most recent call ') || line.content.includes('File "'),
  read: readPythonTrace,
};

function readPythonTrace(lines: readonly CleanLine[], start: number, floor: number): ReadTrace | null {
  const first = marginOf(lines[start]!);
  const headed = HEADLINE.test(first.content);
  if (!headed && !readPythonFrame(first)) return null;
  const chain = readChain({ lines, margin: first.margin }, start);
  if (!chain) return null;
  const root = chain.root;
  // One line that looks like a frame, with neither headline nor error, is a quotation.
  if (!headed && root.frames.length < 2 && root.type === null && root.message === null) return null;
  if (root.type === null && root.message === null) nameFromAbove(lines, start, floor, root);
  return {
    trace: {
      language: 'python',
      firstLine: lines[start]!.textLine,
      lastLine: lines[chain.next - 1]!.textLine,
      threads: singleThread(chain.drafts),
    },
    next: chain.next,
  };
}

/** Reads `File "path", line N, in name`. */
export function readPythonFrame(at: MarginLine): StackFrame | null {
  const text = at.content;
  if (!text.startsWith('File "')) return null;
  const end = text.lastIndexOf('", line ');
  if (end < 6) return null;
  // faulthandler leaves the comma out.
  const match = /^(\d{1,9})(?:,? in (.{1,400}))?$/.exec(withoutFields(text.slice(end + 8)));
  if (!match) return null;
  return stackFrame(at.line.textLine, { file: text.slice(6, end), line: toNumber(match[1]), function: match[2] });
}

/** What loggers write behind a frame: `, in total trace_id=7`. */
function withoutFields(text: string): string {
  const fields = / in [\w.<>]{1,200}( {1,4}(?:\{["']|\| |[\w.@-]{1,60}=))/.exec(text);
  return fields === null ? text : text.slice(0, fields.index + fields[0].length - fields[1]!.length);
}

/** One level of the tree: the lines of the input seen behind one margin. */
interface Level {
  readonly lines: readonly CleanLine[];
  readonly margin: number;
}

interface Chain {
  readonly root: ErrorDraft;
  readonly drafts: readonly ErrorDraft[];
  readonly next: number;
}

/** Reads tracebacks joined by "The above exception…": each later one is the parent of what came before. */
function readChain(level: Level, start: number): Chain | null {
  let block = readBlock(level, start);
  if (!block) return null;
  const drafts = [...block.drafts];
  let root = block.error;
  let next = block.next;
  for (;;) {
    const link = linkAfter(level, next);
    if (!link) break;
    block = readBlock(level, link.headline);
    if (!block) break;
    appendMessage(root, level.lines.slice(next, link.from));
    root.relation = link.relation;
    root.parent = block.error;
    drafts.push(...block.drafts);
    root = block.error;
    next = block.next;
  }
  return { root, drafts, next };
}

interface BlockRead {
  readonly error: ErrorDraft;
  readonly drafts: readonly ErrorDraft[];
  readonly next: number;
}

/** Reads one traceback: its frames, its error, and the members of a group below it. */
function readBlock(level: Level, start: number): BlockRead | null {
  const error = errorDraft({ textLine: level.lines[start]?.textLine ?? null });
  let at = start;
  if (HEADLINE.test(seen(level, at)?.content ?? '')) at++;
  // loguru sets frames apart with blank lines, and marks the one that caught.
  const isSpaced =
    seen(level, at)?.content === '' && readPythonFrame(seen(level, at + 1) ?? marginOf(level.lines[start]!)) !== null;
  if (isSpaced) at++;
  let frameIndent = -1;
  let named = false;
  for (; at < level.lines.length; at++) {
    const line = seen(level, at);
    if (!line || line.rule !== null) break;
    const frame = readPythonFrame(line);
    if (frame) {
      error.frames.push(frame);
      frameIndent = line.indent;
      continue;
    }
    if (error.frames.length === 0) return null;
    const last = error.frames.length - 1;
    const repeats = /^\[Previous line repeated (\d{1,9}) more times?\]$/.exec(line.content)?.[1];
    if (repeats !== undefined) {
      error.frames[last] = { ...error.frames[last]!, repeated: 1 + Number(repeats) };
      continue;
    }
    if (line.content === '') {
      if (!isFrameAfterBlank(level, at, isSpaced)) break;
      continue;
    }
    if (isBelowFrame(line, frameIndent, readPythonFrame(seen(level, at - 1) ?? line) !== null)) {
      if (error.frames[last]!.quotedSource === null && !/^[~^\s]{1,4000}$/.test(line.content))
        error.frames[last] = { ...error.frames[last]!, quotedSource: line.content };
      continue;
    }
    // AWS Lambda goes on with its own lines, and has named the error above.
    if (/^(?:START|END|REPORT) RequestId: /.test(line.content)) break;
    nameError(error, line);
    named = true;
    at++;
    break;
  }
  if (error.frames.length === 0) return null;
  if (!isInnermostFirst(level, start)) error.frames.reverse();
  if (!named) {
    const below = djangoError(level, at);
    if (below !== null) Object.assign(error, below);
    return { error, drafts: [error], next: at };
  }
  return readMembers(level, at, error);
}

/** Django's error page names the error below its traceback: `Exception Type: KeyError at /pay/`, `Exception Value: 'x'`. */
function djangoError(level: Level, from: number): Pick<ErrorDraft, 'type' | 'message'> | null {
  for (let at = from; at < from + 4; at++) {
    const type = /^Exception Type: ([\w.]{1,200})(?: at .{0,1000})?$/.exec(seen(level, at)?.content ?? '')?.[1];
    if (type === undefined) continue;
    return { type, message: /^Exception Value: (.*)$/.exec(seen(level, at + 1)?.content ?? '')?.[1] || null };
  }
  return null;
}

/** Behind a blank line a trace goes on with a further indented frame, or with the error where blanks stood between frames too. */
function isFrameAfterBlank(level: Level, at: number, isSpaced: boolean): boolean {
  const below = seen(level, at + 1);
  if (!below || below.content === '') return false;
  if ((below.indent > 0 || isSpaced) && readPythonFrame(below) !== null) return true;
  const named = below.indent === 0 ? errorHeaderOf(below.content) : null;
  return (
    named !== null &&
    below.content.startsWith(named.type ?? ' ') &&
    (isSpaced || /^[└│┌ ]/.test(seen(level, at - 1)?.content ?? ''))
  );
}

/** Faulthandler prints `Current thread 0x… (most recent call first):` and the other way round. */
function isInnermostFirst(level: Level, start: number): boolean {
  const above = seen(level, start - 1)?.content ?? '';
  return [above, seen(level, start)?.content ?? ''].some(text => text.endsWith('(most recent call first):'));
}

/**
 * Whether a line is the source or the marks under a frame. With the indentation lost, only the line directly below a
 * frame can be source, and only if it names no error.
 */
function isBelowFrame(line: MarginLine, frameIndent: number, directlyBelow: boolean): boolean {
  if (frameIndent > 0) return line.indent >= frameIndent;
  if (line.indent > 0 || /^[~^\s]{1,4000}$/.test(line.content)) return true;
  return directlyBelow && errorHeaderOf(line.content) === null;
}

function nameError(error: ErrorDraft, line: MarginLine): void {
  const text = line.content;
  const named = namedAtStart(text) ?? errorHeaderOf(text);
  const bare = /^[A-Za-z_][\w.]{0,200}$/.test(text);
  error.type = named?.type ?? (bare ? text : null);
  error.message = named ? named.message : bare ? null : text;
  error.textLine = line.line.textLine;
}

/** `+---- 1 ----` and so on: each member is a chain of its own, one margin further in. */
function readMembers(level: Level, start: number, group: ErrorDraft): BlockRead {
  const drafts = [group];
  let next = start;
  let opening = start;
  // Notes may stand between the group's message and its members.
  while (opening < start + LONGEST_MESSAGE && seen(level, opening)?.rule === null) opening++;
  const first = level.lines[opening] ? marginOf(level.lines[opening]!) : null;
  if (!first || typeof first.rule !== 'number' || first.margin <= level.margin) return { error: group, drafts, next };
  const inner: Level = { lines: level.lines, margin: first.margin };
  let at = opening;
  while (at < level.lines.length) {
    const rule = marginOf(level.lines[at]!);
    if (rule.margin !== inner.margin || rule.rule === null) break;
    next = ++at;
    if (rule.rule === 'end') break;
    const member = readMember(inner, at);
    member.root.relation = 'group';
    member.root.parent = group;
    drafts.push(...member.drafts);
    at = next = member.next;
    while (
      at < level.lines.length &&
      marginOf(level.lines[at]!).margin >= inner.margin &&
      marginOf(level.lines[at]!).rule === null
    )
      next = ++at;
  }
  return { error: group, drafts, next };
}

/** A member without a traceback of its own is its error's line alone. */
function readMember(level: Level, start: number): Chain {
  const chain = readChain(level, start);
  if (chain) return chain;
  const error = errorDraft();
  const line = seen(level, start);
  if (!line || line.content === '' || line.rule !== null) return { root: error, drafts: [error], next: start };
  nameError(error, line);
  const members = readMembers(level, start + 1, error);
  return { root: error, drafts: members.drafts, next: members.next };
}

/** The line at an index if it belongs to the level: behind the same margin. */
function seen(level: Level, index: number): MarginLine | null {
  const line = level.lines[index];
  if (!line) return null;
  const margin = marginOf(line);
  if (margin.margin === level.margin) return margin;
  // A blank line between chained tracebacks may have lost its bar, and the headline of a group carries a `+`.
  return line.content === '' ? { ...margin, margin: level.margin } : null;
}

interface Link {
  readonly relation: 'cause' | 'context';
  /** Index of the joining sentence. */
  readonly from: number;
  readonly headline: number;
}

function linkAfter(level: Level, start: number): Link | null {
  for (let at = start; at < level.lines.length && at < start + LONGEST_MESSAGE; at++) {
    const line = seen(level, at);
    if (!line || line.rule !== null || HEADLINE.test(line.content)) return null;
    const relation = line.content === DIRECT_CAUSE ? 'cause' : line.content === CONTEXT ? 'context' : null;
    if (!relation) continue;
    let headline = at + 1;
    while (headline < at + 4 && seen(level, headline)?.content === '') headline++;
    return HEADLINE.test(seen(level, headline)?.content ?? '') ? { relation, from: at, headline } : null;
  }
  return null;
}

function appendMessage(error: ErrorDraft, lines: readonly CleanLine[]): void {
  const more = lines.map(line => marginOf(line).content);
  const message = [error.message ?? '', ...more].join('\n').trim();
  error.message = message || null;
}

/** AWS Lambda prints the error above its traceback. */
function nameFromAbove(lines: readonly CleanLine[], start: number, floor: number, error: ErrorDraft): void {
  const above = start - 1 >= floor ? lines[start - 1] : undefined;
  const header = above ? errorHeaderOf(above.content) : null;
  if (!header || !above) return;
  error.type = header.type;
  error.message = header.message;
  error.textLine = above.textLine;
}
