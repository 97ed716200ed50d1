/**
 * The line above a trace that names its error: `TypeError: x`, `Exception in thread "main" a.b.C: x`, or the same
 * behind whatever a logger wrote first. Looking is bounded: a header stands close to its first frame.
 */
import type { CleanLine } from './grammar.ts';

/** An error's name and message as one line says them. */
export interface ErrorHeader {
  readonly type: string | null;
  readonly message: string | null;
}

/** What names of errors end with. A name elsewhere is only believed at the start of a line. */
const ERROR_ENDINGS = [
  'Error',
  'Exception',
  'Throwable',
  'ExceptionGroup',
  'Warning',
  'Interrupt',
  'Failure',
  'Fault',
  'Rejection',
  'Timeout',
  'Exit',
] as const;

const NAME_AT_START =
  /^((?:[A-Za-z_$][\w$]{0,100}(?:\.|::|\\|\/)){0,15}[A-Za-z_$][\w$]{0,100})(?: \[[\w.-]{1,60}\])?(?:: ?(.*))?$/;

/**
 * The error that a line names, if it does so beyond doubt: a name with one of the usual endings, followed by a colon,
 * a bracketed code or the end of the line. Text before the name is a logger's. Linear in the line.
 */
export function errorHeaderOf(line: string): ErrorHeader | null {
  // .NET prints the number of what the system said: `SocketException (111): …`.
  const content = line.replace(/^(\S{1,300}Exception) \((?:0x[0-9A-Fa-f]{1,8}|-?\d{1,10})\)(?=:)/, '$1');
  // Mono, .NET and Dart begin with words that end like a name.
  const said = UNHANDLED.exec(content);
  if (said !== null) return errorHeaderOf(content.slice(said[0].length)) ?? { type: null, message: content };
  let best: { start: number; end: number } | null = null;
  for (const ending of ERROR_ENDINGS) {
    for (let at = content.indexOf(ending); at >= 0; at = content.indexOf(ending, at + ending.length)) {
      const end = at + ending.length;
      if (!endsName(content, end)) continue;
      const start = nameStart(content, at);
      if (start === at && at > 0 && !isBoundary(content.charCodeAt(at - 1))) continue;
      if (!best || start < best.start || (start === best.start && end > best.end)) best = { start, end };
      break;
    }
  }
  if (!best) return null;
  const type = content.slice(best.start, best.end);
  const rest = content
    .slice(best.end)
    .replace(/^ \[[\w.-]{1,60}\]/, '')
    .replace(/^:\s?/, '')
    .replace(content[best.start - 1] === '`' ? /`$/ : /$^/, '');
  return { type, message: rest.length > 0 ? rest : null };
}

const UNHANDLED = /^Unhandled exception[.:] (?=\S)/i;

/** The error named by a line that starts with a name and a colon (or is a name with a dot in it), whatever it ends with. */
export function namedAtStart(content: string): ErrorHeader | null {
  const match = NAME_AT_START.exec(content);
  if (!match?.[1]) return null;
  if (match[2] === undefined && !/[.:\\]/.test(match[1])) return null;
  return { type: match[1], message: match[2] || null };
}

/** A header found above a frame, and the index of its line. */
export interface FoundHeader extends ErrorHeader {
  readonly index: number;
}

/**
 * Looks up from the first frame at `first`, at most `reach` lines and not past `floor`, for the line that names the
 * error; lines between are its message. One block of blank lines directly above the frames is allowed for. Without a
 * named error the adjacent line, if there is one, is taken as a message.
 */
export function headerAbove(
  lines: readonly CleanLine[],
  first: number,
  floor: number,
  reach: number,
  isFrame: (line: CleanLine) => boolean,
): FoundHeader | null {
  let at = first - 1;
  while (at >= floor && first - at <= 3 && lines[at]!.content === '') at--;
  // Between the error and its frames stands the source line with its mark, as Deno and Workers print it.
  if (at - 1 >= floor && /^\^{1,200}$/.test(lines[at]!.content)) {
    at -= 2;
    while (at >= floor && first - at <= 6 && lines[at]!.content === '') at--;
  }
  const quoted = at;
  at = aboveCodeFrame(lines, at, floor);
  // Behind the source, what was expected stands in blocks of its own.
  let blanks = at < quoted ? 2 : 0;
  const furthest = reach + quoted - at;
  const adjacent = at;
  let found: FoundHeader | null = null;
  for (; at >= floor && first - at <= furthest; at--) {
    const line = lines[at]!;
    if (line.content === '' && blanks-- > 0) continue;
    if (line.content === '' || isFrame(line)) break;
    const header = errorHeaderOf(line.content);
    if (header) {
      found = { ...header, index: at };
      // Only "nested exception is:" continues a header upwards.
      if (!lines[at - 1]?.content.endsWith('nested exception is:')) break;
    }
  }
  if (found) return withMessageLines(lines, found, adjacent);
  const line = lines[adjacent];
  if (!line || adjacent < floor || line.content === '' || isFrame(line)) return null;
  // A line of a code frame, or its mark.
  if (/^(?:>\s{0,4})?\d{0,7}\s{0,4}\|/.test(line.content)) return null;
  const named = first - adjacent === 1 ? namedAtStart(line.content) : null;
  if (named) return { ...named, index: adjacent };
  return first - adjacent === 1 ? { type: null, message: line.content, index: adjacent } : null;
}

/** A line of the source that test runners and bundlers show around a place: `> 41 |   return order.card;`, and its mark. */
export function isCodeFrame(content: string): boolean {
  return /^(?:> {0,4})?\d{1,7} ?\||^\| {0,400}\^/.test(content);
}

/** The index above the source that is shown there, if it is; else the same. */
function aboveCodeFrame(lines: readonly CleanLine[], from: number, floor: number): number {
  let at = from;
  while (at >= floor && from - at < LONGEST_CODE_FRAME && isCodeFrame(lines[at]!.content)) at--;
  if (from - at < 2) return from;
  const furthest = LONGEST_CODE_FRAME + 4;
  while (at >= floor && from - at < furthest && lines[at]!.content === '') at--;
  // Playwright names the place of the source that it shows.
  if (at >= floor && /^at [^\s()]{1,600}:\d{1,9}$/.test(lines[at]!.content)) at--;
  while (at >= floor && from - at < furthest && lines[at]!.content === '') at--;
  return at;
}

const LONGEST_CODE_FRAME = 12;

/** Lines between the header and the frames belong to the message, at most ten of them. */
function withMessageLines(lines: readonly CleanLine[], header: FoundHeader, last: number): FoundHeader {
  const more = lines
    .slice(header.index + 1, Math.min(last, header.index + 10) + 1)
    .map(line => line.content)
    // Where a chat quotes code.
    .filter(content => !/^`{3}\w{0,12}$/.test(content));
  // The source line and the mark below it belong to no message.
  if (/^[\s|~]*\^[\s|~^]*$/.test(more.at(-1) ?? '')) more.splice(-2);
  if (more.length === 0) return header;
  return { ...header, message: [header.message ?? '', ...more].join('\n').trim() };
}

function endsName(content: string, end: number): boolean {
  if (end === content.length) return true;
  const next = content.charCodeAt(end);
  if (next === 0x3a) return content.charCodeAt(end + 1) !== 0x3a;
  return next === 0x20 && content.charCodeAt(end + 1) === 0x5b;
}

/** Left end of the dotted name that ends at `at`. */
function nameStart(content: string, at: number): number {
  let start = at;
  while (start > 0 && isNameCharacter(content.charCodeAt(start - 1))) start--;
  while (start < at && !isLetter(content.charCodeAt(start))) start++;
  return start;
}

function isNameCharacter(code: number): boolean {
  return isLetter(code) || (code >= 0x30 && code <= 0x39) || code === 0x2e || code === 0x5c || code === 0x2f;
}

function isLetter(code: number): boolean {
  return (
    (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x5f || code === 0x24 || code > 0x7f
  );
}

function isBoundary(code: number): boolean {
  return !isNameCharacter(code);
}
