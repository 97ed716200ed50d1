/**
 * Traces of JavaScript engines: Node, Deno, Bun, Chrome, Edge, Hermes (`at f (loc)`) and Firefox, Safari (`f@loc`), with
 * Node's `[cause]:` and `[errors]:` blocks. How one line is read lives in `javascript-frames.ts`.
 */
import {
  type CleanLine,
  type ErrorDraft,
  errorDraft,
  hasSureFrame,
  type ReadTrace,
  singleThread,
  type TraceGrammar,
} from '../grammar.ts';
import { errorHeaderOf, headerAbove, isCodeFrame, namedAtStart } from '../headers.ts';
import type { StackFrame } from '../model.ts';
import { isNameOnly, readAtFrame, readBareUrl, readBrowserFrame, type ScriptFrame } from './javascriptFrames.ts';

/** A property block may be long; a broken one must not swallow the rest of a log. */
const LONGEST_BLOCK = 400;
const HEADER_REACH = 20;
/** Lines of the source between two frames. */
const LONGEST_QUOTE = 12;

/** The grammar of every JavaScript engine. */
export const javascriptTraces: TraceGrammar = {
  runtime: 'javascript',
  mayStart: line =>
    line.content.startsWith('at ') ||
    line.content.startsWith('❯ ') ||
    line.content.includes('@') ||
    /^[a-z][a-z-]{2,20}:\/\//.test(line.content),
  read: readScriptTrace,
};

function readScriptTrace(lines: readonly CleanLine[], start: number, floor: number): ReadTrace | null {
  const readFrame = styleAt(lines, start);
  if (!readFrame || !hasSureFrame(lines, start, floor, readFrame)) return null;
  const isFrame = (line: CleanLine) => readFrame(line) !== null;
  const header = headerAbove(lines, start, floor, HEADER_REACH, isFrame);
  const headerLine = header ? lines[header.index]! : null;
  const root = errorDraft({ ...withoutUncaught(header), textLine: headerLine?.textLine ?? null });
  const body = readBody(lines, start, readFrame, root);
  if (!body.sure) return null;
  quoteSource(lines, header?.index ?? start, root);
  return {
    trace: {
      language: 'javascript',
      firstLine: (headerLine ?? lines[start]!).textLine,
      lastLine: lines[body.next - 1]!.textLine,
      threads: singleThread(body.drafts),
    },
    next: body.next,
  };
}

type FrameReader = (line: CleanLine) => ScriptFrame | null;

/** Decides between the two families of engines by the first frame; they never mix in one trace. */
function styleAt(lines: readonly CleanLine[], start: number): FrameReader | null {
  const line = lines[start]!;
  if (readAtFrame(line)) return readAtFrame;
  if (readBrowserFrame(line)) return readBrowserFrame;
  const bareUrl = readBareUrl(line);
  const below = lines[start + 1];
  if (!bareUrl || !below || !readBrowserFrame(below)?.sure) return null;
  return other => (other === line ? { frame: bareUrl, sure: true, opensBlock: false } : readBrowserFrame(other));
}

interface Body {
  readonly drafts: readonly ErrorDraft[];
  readonly next: number;
  readonly sure: boolean;
}

/** What a `{` or `[` opened: the properties of an error, its list of errors, or something else that is skipped. */
type Block = { readonly kind: 'properties' | 'errors'; readonly of: ErrorDraft } | { readonly kind: 'other' };

function readBody(lines: readonly CleanLine[], start: number, readFrame: FrameReader, root: ErrorDraft): Body {
  const drafts = [root];
  const blocks: Block[] = [];
  let error = root;
  let sure = false;
  let next = start;
  let skipped = 0;
  for (let at = start; at < lines.length; at++) {
    const line = lines[at]!;
    const read = readFrame(line) ?? bareUrlWithin(line, lines[at + 1], readFrame);
    if (read) {
      error.frames.push(read.frame);
      sure ||= read.sure;
      if (read.opensBlock) blocks.push({ kind: 'properties', of: error });
      next = at + 1;
      continue;
    }
    if (blocks.length > 0) {
      if (++skipped > LONGEST_BLOCK) break;
      const opened = readBlockLine(line, blocks, drafts);
      if (opened) error = opened;
      if (blocks.length === 0) next = at + 1;
      continue;
    }
    if (isInterruption(line, lines[at + 1], readFrame)) continue;
    // Vitest shows the source below the frame that it stands at.
    if (at - next < LONGEST_QUOTE && isCodeFrame(line.content)) continue;
    const cause = causeBelow(lines, at, readFrame);
    if (!cause) break;
    error = errorDraft({ ...cause, relation: 'cause', parent: error, textLine: line.textLine });
    drafts.push(error);
  }
  return { drafts, next, sure };
}

/** Safari's frames without a name, among others. */
function bareUrlWithin(line: CleanLine, below: CleanLine | undefined, readFrame: FrameReader): ScriptFrame | null {
  if (readFrame === readAtFrame || !below || !readFrame(below)) return null;
  const frame = readBareUrl(line);
  return frame && { frame, sure: true, opensBlock: false };
}

/** Reads a line between the braces after an error; answers the error it starts, if it starts one. */
function readBlockLine(line: CleanLine, blocks: Block[], drafts: ErrorDraft[]): ErrorDraft | null {
  const text = line.content;
  const block = blocks[blocks.length - 1]!;
  if (/^[}\])]/.test(text)) {
    blocks.pop();
    return null;
  }
  const inner = block.kind === 'other' ? null : readInnerError(text, block, line);
  if (inner) drafts.push(inner);
  if (/^\[errors\]: \[$/.test(text) && block.kind === 'properties') blocks.push({ kind: 'errors', of: block.of });
  else if (/[{[(]$/.test(text)) blocks.push(inner ? { kind: 'properties', of: inner } : { kind: 'other' });
  return inner;
}

function readInnerError(text: string, block: Exclude<Block, { kind: 'other' }>, line: CleanLine): ErrorDraft | null {
  const cause = block.kind === 'properties' ? /^\[cause\]: (.+)$/.exec(text)?.[1] : undefined;
  const printed = cause ?? (block.kind === 'errors' ? text : undefined);
  if (printed === undefined) return null;
  const header = errorHeaderOf(printed) ?? namedAtStart(printed);
  if (!header && cause === undefined) return null;
  const relation = cause === undefined ? 'group' : 'cause';
  return errorDraft({ ...(header ?? { message: printed }), relation, parent: block.of, textLine: line.textLine });
}

/** Lines that engines and long-stack-trace libraries print between frames. */
function isInterruption(line: CleanLine, below: CleanLine | undefined, readFrame: FrameReader): boolean {
  if (!below || !readFrame(below)) return false;
  if (/^\.{3} \d{1,6} (?:more|lines matching|common frames)/.test(line.content)) return true;
  if (/^(?:From previous event:|-{3,80})$/.test(line.content)) return true;
  return readFrame !== readAtFrame && (isNameOnly(line) || /^(?:eval|global|module) code@$/.test(line.content));
}

/** `Caused by: TypeError: x` with frames directly below it. */
function causeBelow(lines: readonly CleanLine[], at: number, readFrame: FrameReader) {
  const text = /^Caused by:? (.+)$/i.exec(lines[at]!.content)?.[1];
  const below = lines[at + 1];
  if (text === undefined || !below || !readFrame(below)) return null;
  return errorHeaderOf(text) ?? namedAtStart(text) ?? { type: null, message: text };
}

function withoutUncaught(header: { type: string | null; message: string | null } | null) {
  if (!header) return {};
  const message = header.type === null ? header.message?.replace(/^Uncaught /, '') : header.message;
  return { type: header.type, message: message ?? null };
}

/** Node prints `path:line`, the source line and a caret above the header of an uncaught error. */
function quoteSource(lines: readonly CleanLine[], header: number, root: ErrorDraft): void {
  let at = header - 1;
  while (at > header - 4 && lines[at]?.content === '') at--;
  if (!lines[at] || !/^\^{1,200}$/.test(lines[at]!.content)) return;
  const source = lines[at - 1]?.content;
  const place = lines[at - 2]?.content;
  if (!source || !place) return;
  const isQuoted = (frame: StackFrame) => `${frame.file}:${frame.line}` === place;
  const index = root.frames.findIndex(isQuoted);
  if (index >= 0) root.frames[index] = { ...root.frames[index]!, quotedSource: source };
}
