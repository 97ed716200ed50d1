/**
 * Single frames in one line of a terminal, with the place in the line that names the file: `parse.ts` reads whole traces, and
 * what it finds in one line alone is used here; lines that say nothing without their neighbours (Go's second line, a path of
 * Rust or Python) are read by VS Code's own link grammar. Whether such a file exists is asked in `locate.ts`.
 */
import type { Span } from '../text.ts';
import { stackFrame } from './grammar.ts';
import type { StackFrame, Trace } from './model.ts';
import { parseTraces } from './parse.ts';

/** A frame, and where its file and line stand in the text. */
export interface LineFrame {
  readonly span: Span;
  readonly frame: StackFrame;
  readonly language: string;
}

/** What is read of a line; terminals hand over whatever a program printed. */
const LONGEST_LINE = 4000;
const MOST_FRAMES = 40;

/** The frames that a line names, from left to right, at most 40. Reads 4,000 characters; linear in them. Never throws. */
export function framesInLine(line: string): readonly LineFrame[] {
  const text = line.slice(0, LONGEST_LINE);
  if (!mayHoldFrame(text)) return [];
  const found: LineFrame[] = [];
  let from = 0;
  for (const { language, frame } of parsedFrames(text)) {
    const span = spanOf(text, frame, from);
    if (span === null) continue;
    found.push({ span, frame, language });
    from = span.end;
    if (found.length === MOST_FRAMES) return found;
  }
  for (const place of placesIn(text)) {
    if (found.some(({ span }) => span.start < place.span.end && span.end > place.span.start)) continue;
    found.push(place);
    if (found.length === MOST_FRAMES) break;
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

/** The frame as a trace of its own, for `locateTrace`. */
export function asTrace({ frame, language }: LineFrame): Trace {
  const error = { type: null, message: null, relation: 'root', parent: null, textLine: null, frames: [frame] } as const;
  return { language, firstLine: 1, lastLine: 1, threads: [{ name: null, count: 1, errors: [error] }] };
}

/** A name with an ending and a number behind it: without those no frame can be followed. */
function mayHoldFrame(line: string): boolean {
  const ending = line.search(/\.\w/);
  return ending !== -1 && /\d/.test(line.slice(ending + 2));
}

function* parsedFrames(text: string): Iterable<{ readonly language: string; readonly frame: StackFrame }> {
  for (const { language, threads } of parseTraces(text).traces)
    for (const { errors } of threads)
      for (const { frames } of errors)
        for (const frame of frames) if (frame.file !== null && frame.line !== null) yield { language, frame };
}

/** What stands between a file and its line: a colon, brackets, quotes, words. */
const TO_LINE =
  /["'`)\]}]{0,2}(?:[ ,]{0,2}(?:on )?line |[:(#,]\s?(?:line )?|\s?[{,]{1,2}\s?line,\s?)(\d{1,9})(?:[:,.]\s?(\d{1,9}))?\)?/y;

/** From the file's name to the end of its line or column; null when the text doesn't write the file so. */
function spanOf(text: string, { file, line }: StackFrame, from: number): Span | null {
  for (let start = text.indexOf(file!, from); start >= 0; start = text.indexOf(file!, start + file!.length)) {
    TO_LINE.lastIndex = start + file!.length;
    const match = TO_LINE.exec(text);
    if (match === null || Number(match[1]) !== line) continue;
    return { start, end: TO_LINE.lastIndex - closingBracket(match[0]) };
  }
  return null;
}

/** 1 when a bracket at the end closes none of what is matched: it belongs to the line around it. */
function closingBracket(matched: string): number {
  return matched.endsWith(')') && !matched.includes('(') ? 1 : 0;
}

/** A line number behind something: the file is looked for backwards from it. */
const LINE_NUMBER = /(?:["'`]?[:(#]|["'`]?,? (?:on )?line |["'`]?:line )(\d{1,7})(?:[:,] ?(\d{1,7}))?\)?/g;
const LONGEST_PATH = 400;
const NAME_WITH_ENDING = /[^/\\.:]\.[A-Za-z][A-Za-z0-9_]{0,9}$/;

function* placesIn(text: string): Iterable<LineFrame> {
  for (const match of text.matchAll(LINE_NUMBER)) {
    const end = match.index;
    const quote = /^["'`]/.exec(match[0])?.[0] ?? null;
    const start = quote === null ? pathStart(text, end) : quotedStart(text, end, quote);
    if (start === null) continue;
    const file = text.slice(start, end);
    if (!NAME_WITH_ENDING.test(file)) continue;
    const column = match[2] === undefined ? null : Number(match[2]);
    const span = { start, end: end + match[0].length - closingBracket(match[0]) };
    yield { span, language: 'generic', frame: stackFrame(1, { file, line: Number(match[1]), column }) };
  }
}

/** Where the path that ends at `end` begins: behind a blank, a bracket or a quote. */
function pathStart(text: string, end: number): number | null {
  let start = end;
  while (start > 0 && end - start < LONGEST_PATH && !ENDS_PATH.test(text[start - 1]!)) start--;
  return start === end ? null : start;
}

const ENDS_PATH = /[\s"'`()[\]{}<>|,;=]/;

function quotedStart(text: string, end: number, quote: string): number | null {
  const start = text.lastIndexOf(quote, end - 1) + 1;
  return start === 0 || end - start > LONGEST_PATH ? null : start;
}
