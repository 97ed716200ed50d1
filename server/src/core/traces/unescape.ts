/**
 * Traces that travel inside a string: JSON logs, `stack="…\n…"` fields, arrays of lines, syslog's `#012`, lines that a collector
 * joined with blanks.
 *
 * A line is only unfolded when an escaped line break is followed by something that a trace would print there, so that
 * a Windows path such as `C:\new` or a source line with "a\nb" stays as it is. One pass, no backtracking.
 */

/** What follows the escaped break in a folded trace, for any runtime. */
const FOLDED_TRACE =
  /\\n(?:\\t|[ \t]{0,32}(?:at |from |in |File \\{0,3}["'\\]|Caused by: |Traceback |goroutine \d|#\d|\d{1,3}: |\[\d{1,3}\] |[\w$.<>/*]{0,80}@\w{2,20}:|\(?[\w/.-]{1,120}:\d|\([\w-]{1,80} [\w.+-]{1,40}\) [\w/.-]{1,200}:\d))/;

/** Longer lines are looked through for joined frames only so far. */
const LONGEST_JOINED = 65_536;

/** An event of an error tracker on one line is divided between its objects, so that no part of it is too long to be read. */
const RECORD_OF_FRAMES = /"[\w.]{0,60}(?:frames|stack|backtrace)[\w.]{0,60}" {0,4}: {0,4}\[ {0,4}\{/i;
const LONGEST_RECORD = 4096;

/** The lines folded into `line`, or null when it folds none. Blank lines keep neighbouring strings apart. */
export function unfoldLine(line: string): readonly string[] | null {
  return unfoldNested(line, MOST_LEVELS);
}

/** A record may be the message of another record, as where a container's log is collected. */
const MOST_LEVELS = 3;

function unfoldNested(line: string, levels: number): readonly string[] | null {
  const lines = unfoldOnce(line);
  if (lines === null || levels === 0) return lines;
  // A path such as `C:\\new` in what was unfolded is none.
  const isRecord = (inner: string) => inner !== line && inner.includes('{"') && FOLDED_TRACE.test(inner);
  return lines.flatMap(inner => (isRecord(inner) ? (unfoldNested(inner, levels - 1) ?? [inner]) : [inner]));
}

function unfoldOnce(line: string): readonly string[] | null {
  if (line.includes('#012')) {
    const lines = syslogLines(line);
    if (lines) return lines;
  }
  if (line.includes('\\n') && FOLDED_TRACE.test(line)) {
    const literals = stringLiterals(line).filter(({ text }) => FOLDED_TRACE.test(text));
    const texts = literals.length > 0 ? literals.map(({ text }) => text) : [line];
    const unfolded: string[] = [];
    // Strings of one array (AWS Lambda's frames with their source) are parts of one trace.
    const isArray = literals.some((literal, index) => index > 0 && isNextElement(line, literals[index - 1]!, literal));
    for (const text of texts) {
      const lines = unescapeFully(text).split(/\r?\n/);
      if (isArray) unfolded.push(...lines.filter(each => each !== ''));
      else unfolded.push('', ...lines, '');
    }
    return isArray ? ['', ...typeAbove(line), ...unfolded, ''] : unfolded;
  }
  if (line.includes('[') && RECORD_OF_FRAMES.test(line))
    return line.length > LONGEST_RECORD ? line.split(/(?<=[[,]) {0,4}(?=\{)/) : null;
  if (line.includes('"')) {
    const unfolded = placesOfRecord(line) ?? arrayOfLines(line) ?? messageOfRecord(line) ?? quotedElement(line);
    if (unfolded) return unfolded;
  }
  return line.length > LONGEST_JOINED ? null : joinedFrames(line);
}

/** rsyslog writes control characters as their octal numbers. */
function syslogLines(line: string): readonly string[] | null {
  return /#012(?:#011| {0,32}(?:at |File |from |\w))/.test(line) ? line.replaceAll('#011', '\t').split('#012') : null;
}

/** What a frame looks like as an element of an array, or behind the one before when a collector joined the lines. */
const ELEMENT =
  /^\s{0,32}(?:at \S|File \\?"|[\w.$/<>-]{1,400}\([\w$.-]{1,200}\.\w{1,8}:\d{1,7}\)$|[^"'\s]{1,400}:\d{1,7}:in [`'])/;

/** A JSON array of frames on one line: `"stack":["Error: x","    at f (a.js:1:2)"]`, with the error's fields beside it. */
function arrayOfLines(line: string): readonly string[] | null {
  if (!line.includes('["') && !line.includes('[ "')) return null;
  const literals = stringLiterals(line);
  const found: string[] = [];
  for (let index = 0; index < literals.length; index++) {
    let end = index;
    while (end + 1 < literals.length && isNextElement(line, literals[end]!, literals[end + 1]!)) end++;
    const elements = literals.slice(index, end + 1).map(literal => unescapeOnce(literal.text));
    const isOpened = /\[\s{0,8}"?$/.test(line.slice(Math.max(0, literals[index]!.start - 10), literals[index]!.start));
    if (isOpened && elements.some(element => ELEMENT.test(element))) {
      const named = ELEMENT.test(elements[0]!) ? typeAbove(line) : [];
      const lines = elements.flatMap(element => element.split(/\r?\n/).filter(each => each !== ''));
      // Python names the error below its frames.
      if (/^\s{0,32}File "/.test(elements[0]!))
        found.push('', 'Traceback (most recent call last):', ...lines, ...named, '');
      else found.push('', ...named, ...lines, '');
    }
    index = end;
  }
  return found.length === 0 ? null : found;
}

function isNextElement(line: string, left: Literal, right: Literal): boolean {
  return (
    right.start - left.start - left.text.length < 12 &&
    /^"\s*,\s*"$/.test(line.slice(left.start + left.text.length, right.start))
  );
}

const PHP_PLACE = /^[^\s:"]{0,3}[^\s:"]{1,400}\.(?:php|phtml|inc):\d{1,9}$/;
const PHP_RECORD =
  /"class":"((?:[^"\\]|\\.){1,300})","message":"((?:[^"\\]|\\.){0,2000})"(?:,"code":-?\d{1,12})?,"file":"((?:[^"\\]|\\.){1,400})"(?:,"trace":\[([^[\]]{0,60000})\])?/;

/** Monolog's errors in JSON: the class, the message, and places alone. Told as Symfony's console would. */
function placesOfRecord(line: string): readonly string[] | null {
  if (!line.includes('.php:')) return null;
  const record = PHP_RECORD.exec(line);
  if (record === null) return null;
  const [type, message, file] = record.slice(1, 4).map(text => unescapeOnce(text));
  const trace = stringLiterals(record[4] ?? '').map(({ text }) => unescapeOnce(text));
  const places = [file!, ...trace].filter(place => PHP_PLACE.test(place)).map(place => ` at ${place}`);
  return places.length === 0 ? null : ['', `[${type}]`, message!.replace(/\s+/g, ' '), ...places, ''];
}

/** The error that stands in fields beside an array of frames. */
function typeAbove(line: string): readonly string[] {
  const type =
    /"(?:errorType|exceptionType|exception_type|exception\.type|error\.type|class|type|kind)"\s{0,4}:\s{0,4}"([\w.$:\\]{1,200})"/.exec(
      line,
    )?.[1];
  const message =
    /"(?:errorMessage|exceptionMessage|exception_message|exception\.message|error\.message|message)"\s{0,4}:\s{0,4}"((?:[^"\\]|\\.){0,2000})"/.exec(
      line,
    )?.[1];
  if (type === undefined) return [];
  return [message === undefined ? type : `${type}: ${unescapeOnce(message).replace(/\s+/g, ' ')}`];
}

/** Records whose message is one line of a trace: docker's json-file, exports of log systems. */
const MESSAGE = /"(?:log|message|msg|textPayload|line|body|MESSAGE|@message|event)"\s{0,4}:\s{0,4}"((?:[^"\\]|\\.)*)"/;

function messageOfRecord(line: string): readonly string[] | null {
  if (!/\{ ?"/.test(line.slice(0, 300)) || line.length > LONGEST_JOINED || !/\}\s{0,8},?\s{0,8}$/.test(line.slice(-20)))
    return null;
  const message = MESSAGE.exec(line)?.[1];
  return message === undefined ? null : [unescapeOnce(message.replace(/(?:\\r)?\\n$/, ''))];
}

/** A line that is nothing but one JSON string, as in a pretty-printed array of stack lines. */
function quotedElement(line: string): readonly string[] | null {
  if (line.length > 8192) return null;
  const match = /^\s{0,64}"((?:[^"\\]|\\.)*)",?\s{0,8}$/.exec(line);
  return match?.[1] === undefined ? null : [unescapeOnce(match[1])];
}

const JOINED_FRAME =
  /\s(?=(?:at (?:async )?[^\s()]{1,300} ?\([^()\s]{1,400}:\d{1,7}\)|at [\w.`<>+[\],]{3,300}\([^()]{0,300}\) in \S[^()]{0,300}?:line \d{1,7}|--- End of [a-z ]{5,50} ---|at \S{1,300}\((?:Native Method|Unknown Source|<generated>)\)|Caused by: [\w.$]{3,200}|\.{3} \d{1,6} (?:more|common frames omitted))(?:\s|$|:))/g;

/** `Error: x at f (a.js:1:2) at g (a.js:3:4)`: a collector made blanks of the line breaks. Two frames prove it. */
function joinedFrames(line: string): readonly string[] | null {
  return joinedCalls(line) ?? joinedPhp(line) ?? joinedPython(line);
}

/** `… in /a.php:62 Stack trace: #0 /b.php(2): f() #1 {main} thrown in …`, as a browser shows it and people copy it. */
function joinedPhp(line: string): readonly string[] | null {
  const at = line.indexOf(' Stack trace: #0 ');
  if (at < 0) return null;
  const below = line
    .slice(at + 14)
    .split(/ (?=#\d{1,4} (?:\{main\}|\[internal function\]: |[^\s#][^#]{0,400}\(\d{1,7}\): )|thrown in )/);
  return ['', line.slice(0, at), 'Stack trace:', ...below, ''];
}

/** `Traceback (most recent call last): File "a.py", line 1, in f g() File …`: what stands behind a function's name is its line. */
function joinedPython(line: string): readonly string[] | null {
  const at = line.indexOf('Traceback (most recent call last): File "');
  if (at < 0) return null;
  const parts = line.slice(at).split(/ (?=File "[^"]{1,400}", line \d{1,7}, in [\w<>.]{1,100} )/);
  const frames = parts.slice(1).flatMap((part, index, all) => {
    const [, place, rest] = /^(File "[^"]{1,400}", line \d{1,7}, in [\w<>.]{1,100}) (.*)$/.exec(part) ?? [];
    if (place === undefined) return [part];
    const error =
      index === all.length - 1
        ? / ((?:[\w.]{1,100}(?:Error|Exception|Warning|Exit|Interrupt)): .*)$/.exec(rest!)
        : null;
    const quoted = error === null ? rest! : rest!.slice(0, error.index);
    return [`  ${place}`, `    ${quoted}`, ...(error === null ? [] : [error[1]!])];
  });
  return frames.length === 0 ? null : ['', line.slice(0, at).trimEnd(), parts[0]!, ...frames, ''];
}

function joinedCalls(line: string): readonly string[] | null {
  const first = line.indexOf('at ', 1);
  if (first < 0 || line.indexOf('at ', first + 3) < 0) return null;
  const parts = line.split(JOINED_FRAME);
  const frames = parts.filter(part => part.startsWith('at ')).length;
  return frames < 2 ? null : ['', ...parts, ''];
}

interface Literal {
  readonly text: string;
  /** Offset of the text in the line. */
  readonly start: number;
}

/** The contents of the double-quoted literals of a line, escapes kept. */
function stringLiterals(line: string): Literal[] {
  const literals: Literal[] = [];
  let start = -1;
  for (let at = 0; at < line.length; at++) {
    const character = line.charCodeAt(at);
    if (character === 0x5c) at++;
    else if (character === 0x22) {
      if (start < 0) start = at + 1;
      else {
        literals.push({ text: line.slice(start, at), start });
        start = -1;
      }
    }
  }
  return literals;
}

/** Logs that pass through several collectors are escaped once by each. */
function unescapeFully(text: string): string {
  let unescaped = unescapeOnce(text);
  for (let level = 0; level < 3 && !unescaped.includes('\n') && FOLDED_TRACE.test(unescaped); level++)
    unescaped = unescapeOnce(unescaped);
  return unescaped;
}

function unescapeOnce(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))/g, (_whole, unicode, byte, plain: string) => {
    const code: string | undefined = unicode ?? byte;
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    return plain === 'n' ? '\n' : plain === 't' ? '\t' : plain === 'r' ? '' : plain;
  });
}
