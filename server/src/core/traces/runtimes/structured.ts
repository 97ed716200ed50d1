/**
 * Frames as data: an array of objects under a key such as `frames`, `stack` or `stackTrace`, as error trackers and structured loggers
 * write them. A place beside a log message is no trace; only such an array is.
 */
import { type CleanLine, errorDraft, type ReadTrace, singleThread, stackFrame, type TraceGrammar } from '../grammar.ts';
import type { StackFrame } from '../model.ts';
import { languageOfFile } from './fileLanguages.ts';

const KEY = /"[\w.@-]{0,60}(?:stack|frames|backtrace|traceback)[\w.@-]{0,60}"\s{0,4}:\s{0,4}\[\s{0,8}(?:\{|$)/i;
const MOST_LINES = 8000;
const LONGEST_OBJECT = 20_000;
/** Variables of frames nest; nothing that is meant nests deeper. */
const DEEPEST = 24;

/** The grammar of frames in JSON. */
export const structuredTraces: TraceGrammar = {
  runtime: 'structured',
  mayStart: line => line.content.includes('[') && KEY.test(line.content),
  read: readStructured,
};

function readStructured(lines: readonly CleanLine[], start: number, floor: number): ReadTrace | null {
  const key = KEY.exec(lines[start]!.content)!;
  const scan = scanObjects(lines, start, key.index + key[0].lastIndexOf('['));
  const read = scan.objects.flatMap(({ text, textLine }) => {
    const object = parseObject(text);
    const frame = object && readFrame(object, textLine);
    return frame ? [frame] : [];
  });
  if (read.length === 0) return null;
  // Sentry's arrays have the newest frame last; it alone writes `lineno` beside `filename`.
  const isNewestLast = scan.objects.some(({ text }) => /"(?:filename|abs_path)"/.test(text) && /"lineno"/.test(text));
  const header = headerAround(lines, start, floor, scan.next);
  const error = errorDraft(header ?? {});
  error.frames.push(...(isNewestLast ? read.reverse() : read));
  return {
    trace: {
      language: languageOfFile(error.frames),
      firstLine: Math.min(header?.textLine ?? lines[start]!.textLine, lines[start]!.textLine),
      lastLine: lines[scan.next - 1]!.textLine,
      threads: singleThread([error]),
    },
    next: scan.next,
  };
}

interface ScannedObject {
  readonly text: string;
  readonly textLine: number;
}

/** The objects of the array that opens at `column`, up to its end or to where the text was cut. Linear. */
function scanObjects(lines: readonly CleanLine[], start: number, column: number) {
  const objects: ScannedObject[] = [];
  let depth = 0;
  let isString = false;
  let text = '';
  let textLine = lines[start]!.textLine;
  let at = start;
  for (; at < lines.length && at < start + MOST_LINES; at++) {
    const { content } = lines[at]!;
    for (let index = at === start ? column : 0; index < content.length; index++) {
      const character = content[index]!;
      if (depth >= 2 && text.length < LONGEST_OBJECT) text += character;
      if (isString && character === '\\') {
        if (depth >= 2) text += content[index + 1] ?? '';
        index++;
      } else if (character === '"') isString = !isString;
      else if (isString) continue;
      else if (character === '{' || character === '[') {
        depth++;
        if (depth > DEEPEST || text.length >= LONGEST_OBJECT) return { objects, next: at + 1 };
        if (depth === 2) {
          text = character;
          textLine = lines[at]!.textLine;
        }
      } else if (character === '}' || character === ']') {
        if (depth === 2) objects.push({ text, textLine });
        if (--depth <= 0) return { objects, next: at + 1 };
      }
    }
  }
  return { objects, next: Math.min(at, lines.length) };
}

function readFrame(object: Readonly<Record<string, unknown>>, textLine: number): StackFrame | null {
  const file = textAt(object, 'abs_path', 'filename', 'fileName', 'file', 'source', 'path', 'sourceFile', 'url');
  const line = numberAt(object, 'lineno', 'lineNumber', 'line_number', 'line', 'sourceLine');
  const name = textAt(object, 'function', 'func', 'methodName', 'method', 'functionName', 'symbol', 'name');
  const owner = textAt(object, 'className', 'declaringClass', 'class', 'module', 'package');
  if ((file === null || line === null) && name === null) return null;
  const printed = {
    file: textAt(object, 'filename') ?? file,
    line,
    column: numberAt(object, 'colno', 'columnNumber', 'column'),
  };
  const isOwned = owner !== null && name !== null && /^(?:className|declaringClass|class)$/.test(ownerKey(object));
  return stackFrame(textLine, { ...printed, function: isOwned ? `${owner}.${name}` : name, module: owner });
}

function ownerKey(object: Readonly<Record<string, unknown>>): string {
  return ['className', 'declaringClass', 'class'].find(key => typeof object[key] === 'string') ?? '';
}

const TYPE =
  /"(?:type|exc_type|errorType|error_type|exception_type|exception\.type|error\.type|exceptionClass|errorClass)"\s{0,4}:\s{0,4}"((?:[^"\\]|\\.){1,300})"/;
const MESSAGE =
  /"(?:value|exc_value|errorMessage|error_message|exception\.message|error\.message|message|msg|error)"\s{0,4}:\s{0,4}"((?:[^"\\]|\\.){1,2000})"/;

/** The error's type and message stand in fields near the array. */
function headerAround(lines: readonly CleanLine[], start: number, floor: number, next: number) {
  let type: string | null = null;
  let message: string | null = null;
  let textLine: number | null = null;
  const near = [...lines.slice(Math.max(floor, start - 12), start + 1).reverse(), ...lines.slice(next, next + 6)];
  for (const line of near) {
    type ??= TYPE.exec(line.content)?.[1] ?? null;
    message ??= MESSAGE.exec(line.content)?.[1] ?? null;
    if (type !== null || message !== null) textLine ??= line.textLine;
  }
  return textLine === null ? null : { type, message, textLine };
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : null;
  } catch {
    return null;
  }
}

function textAt(object: Readonly<Record<string, unknown>>, ...keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = object[key];
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}

/** zerolog and others write numbers as text. */
function numberAt(object: Readonly<Record<string, unknown>>, ...keys: readonly string[]): number | null {
  for (const key of keys) {
    const value = Number(object[key] ?? Number.NaN);
    if (Number.isInteger(value) && value > 0) return value;
  }
  return null;
}
