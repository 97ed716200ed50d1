/**
 * One printed line of a JavaScript engine → one frame: V8's and Chakra's `at f (loc)`, Hermes', and the `f@loc` of
 * SpiderMonkey and JavaScriptCore. No traces here, only lines; `javascript.ts` puts them together.
 *
 * Locations are cut from their end, by hand: names and paths may contain brackets, blanks, `@` and colons.
 */
import { type CleanLine, stackFrame, toNumber } from '../grammar.ts';
import type { StackFrame } from '../model.ts';

/** `sure` frames carry a line and a column (or a URL); others are only believed next to a sure one. */
export interface ScriptFrame {
  readonly frame: StackFrame;
  readonly sure: boolean;
  /** A ` {` after the frame opens the error's properties. */
  readonly opensBlock: boolean;
}

const SCRIPT_EXTENSION =
  /\.(?:[cm]?[jt]sx?|vue|svelte|astro|coffee|es6|html?|xhtml|php|aspx?|jsp|(?:js)?bundle|hbc|json|wasm|ejs|hbs|mdx)(?:[?#].*)?$/i;
const OTHER_RUNTIME = /\.(?:rs|go|py|rb|java|kt|scala|cs|fs|vb|dart|swift|exs?|erl|cc?|cpp|h|hpp|m|mm|php)$/i;
const URL = /^[a-z][a-z0-9+.-]{1,40}:\/\/?\/?/i;
/** Ends of a location: `:12:5`, `:12`. */
const POSITION = /:(\d{1,9})(?::(\d{1,9}))?$/;
const WASM_OFFSET = /:wasm-function\[(\d{1,9})\]:0x[0-9a-f]{1,16}$/i;
const WHOLE_PLACES = new Set(['native', 'unknown location', '<anonymous>', 'eval code', 'native code', 'index 0']);

interface Location {
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
}

/** Reads `at …`. */
export function readAtFrame(line: CleanLine): ScriptFrame | null {
  let body = line.content;
  // Vitest's arrow stands for `at`.
  if (body.startsWith('❯ ')) return readArrowed(body.slice(2), line);
  if (!body.startsWith('at ')) return null;
  let opensBlock = false;
  if (body.endsWith(' {')) {
    opensBlock = true;
    body = body.slice(0, -2);
  }
  const suffix = SUFFIX.exec(body);
  if (suffix) body = body.slice(0, suffix.index + suffix[1]!.length);
  // The next element of a list, or the end of a quoted field.
  if (body.endsWith(',') || body.endsWith(')"')) body = body.slice(0, -1);
  body = body.slice(3).trim();
  if (body.startsWith('async ')) body = body.slice(6).trimStart();
  if (body === '') return null;
  const read = body.endsWith(')') ? readBracketed(body, line) : readBare(body, line);
  return read && { ...read, opensBlock };
}

/** What loggers write behind a frame: their context as JSON, tags, or fields. */
const SUFFIX = /(:\d{1,9}:\d{1,9}\)?) {1,4}(?:\{["']|\[\w|\| |[\w.@-]{1,60}=)/;

/** `❯ name file:12:5` and `❯ file:12:5`: only with a script's ending, a line and a column. */
function readArrowed(body: string, line: CleanLine): ScriptFrame | null {
  const match = /^(?:([^\s:]{1,200}(?: \[[^\]]{1,80}\])?) )?(\S.{0,600}):(\d{1,9}):(\d{1,9})$/.exec(body);
  if (!match || !SCRIPT_EXTENSION.test(match[2]!)) return null;
  const printed = { function: match[1], file: match[2], line: toNumber(match[3]), column: toNumber(match[4]) };
  return { frame: stackFrame(line.textLine, printed), sure: true, opensBlock: false };
}

function readBracketed(body: string, line: CleanLine): Omit<ScriptFrame, 'opensBlock'> | null {
  const open = openingBracket(body);
  if (open <= 0) return null;
  const spaced = body.charCodeAt(open - 1) === 0x20;
  const name = body.slice(0, open).trim();
  const inside = body.slice(open + 1, -1).trim();
  if (name === '') return null;
  const whole = wholePlace(inside);
  if (whole && spaced) return { frame: stackFrame(line.textLine, { function: name, file: whole }), sure: false };
  const location = readLocation(inside);
  if (!location) return null;
  // `at name(loc)` without a blank is React Native's when it has a column, else the JVM's.
  if (!spaced && location.column === null) return null;
  if (!isPlausible(location.file)) return null;
  if (location.line === null && !URL.test(location.file)) return null;
  const known = URL.test(location.file) || SCRIPT_EXTENSION.test(location.file);
  return {
    frame: stackFrame(line.textLine, { function: name, ...location }),
    // `at step 12 (pay.ts:41)` is a sentence.
    sure: location.column !== null || (known && !/ \d/.test(name)),
  };
}

function readBare(body: string, line: CleanLine): Omit<ScriptFrame, 'opensBlock'> | null {
  const location = readLocation(body);
  if (location && isBarePath(location.file) && (location.column !== null || isScriptUrl(location.file)))
    return { frame: stackFrame(line.textLine, { ...location }), sure: true };
  // Chrome's console leaves columns out.
  if (location?.line != null && SCRIPT_EXTENSION.test(location.file) && /^[\w./@-]{1,300}$/.test(location.file))
    return { frame: stackFrame(line.textLine, { ...location }), sure: false };
  // Old Chrome prints a bare name for a frame that it can't place.
  if (/^(?:new )?[A-Za-z_$<][\w$.<>[\]]{0,200}(?: \[as [\w$.<>]{1,100}\])?$/.test(body) && line.indent > 0)
    return { frame: stackFrame(line.textLine, { function: body }), sure: false };
  return null;
}

/** Reads `name@location`, anchored at both ends. */
export function readBrowserFrame(line: CleanLine): ScriptFrame | null {
  const text = line.content;
  if (text === '[native code]')
    return { frame: stackFrame(line.textLine, { file: text }), sure: false, opensBlock: false };
  // Both names and URLs may contain `@`: the first one before a URL divides, else the first before any other script.
  return readDivided(line, place => URL.test(place)) ?? readDivided(line, place => !/["@]/.test(place));
}

function readDivided(line: CleanLine, mayBePlace: (place: string) => boolean): ScriptFrame | null {
  const text = line.content;
  for (let at = text.indexOf('@'), tries = 0; at >= 0 && tries < 16; at = text.indexOf('@', at + 1), tries++) {
    const name = text.slice(0, at);
    const place = text.slice(at + 1);
    if (!isBrowserName(name)) return null;
    if (place === '[native code]')
      return { frame: stackFrame(line.textLine, { function: name, file: place }), sure: false, opensBlock: false };
    const location = mayBePlace(place) ? readLocation(place) : null;
    if (!location || location.line === null || !isBrowserPlace(location)) continue;
    return { frame: stackFrame(line.textLine, { function: name, ...location }), sure: true, opensBlock: false };
  }
  return null;
}

/** Safari 7 leaves the name and its `@` out: a bare script URL with line and column. Only believed above other frames. */
export function readBareUrl(line: CleanLine): StackFrame | null {
  const text = line.content;
  if (!URL.test(text) || text.includes(' ')) return null;
  const location = readLocation(text);
  return location?.column ? stackFrame(line.textLine, { ...location }) : null;
}

/** Names that Safari prints on a line of their own inside a trace. */
export function isNameOnly(line: CleanLine): boolean {
  return /^(?:(?:global|eval|module|async) code|[A-Za-z_$][\w$.]{0,100})$/.test(line.content);
}

/** The location at the end of `text`: an eval's innermost place, an outer place for Firefox's, else the plain one. */
function readLocation(text: string): Location | null {
  let place = text;
  if (place.startsWith('eval at ')) {
    const comma = place.lastIndexOf('), ');
    if (comma >= 0) place = place.slice(comma + 3);
    else return readEvalOrigin(place);
  }
  if (place.startsWith('address at ')) place = place.slice('address at '.length);
  const firefoxEval = / line (\d{1,9}) > /.exec(place);
  if (firefoxEval) return { file: place.slice(0, firefoxEval.index), line: toNumber(firefoxEval[1]), column: null };
  const offset = WASM_OFFSET.exec(place);
  if (offset) return { file: place.slice(0, offset.index), line: null, column: null };
  const match = POSITION.exec(place);
  if (!match) return null;
  const file = place.slice(0, match.index);
  return file === '' ? null : { file, line: toNumber(match[1]), column: toNumber(match[2]) };
}

/** `eval at f (eval at g (loc))` without a place of its own: the outermost script that has one. */
function readEvalOrigin(text: string): Location | null {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0x29) end--;
  const open = text.lastIndexOf('(', end);
  return open < 0 ? null : readLocation(text.slice(open + 1, end));
}

function wholePlace(inside: string): string | null {
  if (WHOLE_PLACES.has(inside) || /^index \d{1,6}$/.test(inside)) return inside;
  return null;
}

/** The bracket that opens the location: the partner of the last one, or the first after a blank when they don't pair up. */
function openingBracket(body: string): number {
  let depth = 0;
  for (let at = body.length - 1; at >= 0; at--) {
    const code = body.charCodeAt(at);
    if (code === 0x29) depth++;
    else if (code === 0x28 && --depth === 0) return at;
  }
  const spaced = body.indexOf(' (');
  return spaced < 0 ? -1 : spaced + 1;
}

function isPlausible(file: string): boolean {
  if (file.startsWith('<') || file === '(index)' || URL.test(file)) return true;
  if (ENGINE_PLACE.test(file)) return true;
  return /[\\/]/.test(file) || SCRIPT_EXTENSION.test(file) || /^[\w$.-]{1,120}$/.test(file);
}

/** Places that are no paths, but that only an engine prints. */
const ENGINE_PLACE =
  /^(?:node:|<anonymous>$|evalmachine\.<anonymous>$|eval code$|\[(?:worker )?eval\]|repl$|REPL\d{1,6}$|internal\/|blob:|data:|ng:|about:)/;

/** A place without a name must say by itself that it is a script. */
function isBarePath(file: string): boolean {
  if (ENGINE_PLACE.test(file)) return !/\s/.test(file) || file === 'eval code';
  if (URL.test(file))
    return hasPath(file) && !OTHER_RUNTIME.test(file) && !(/^https?:/i.test(file) && file.includes(' '));
  if (SCRIPT_EXTENSION.test(file)) return true;
  if (/^(?:\/|[A-Za-z]:[\\/]|\.{1,2}[\\/])/.test(file)) return !/\.[A-Za-z]\w{0,8}$/.test(file) && !/\s/.test(file);
  return false;
}

/** Old engines print no column; then only a URL that ends like a script is one. */
function isScriptUrl(file: string): boolean {
  return URL.test(file) && hasPath(file) && SCRIPT_EXTENSION.test(file);
}

function isBrowserName(name: string): boolean {
  if (name.length > 300 || name.includes('://')) return false;
  if (!/\s/.test(name)) return true;
  return /^(?:(?:global|eval|module|async) code|Anonymous function|(?:promise callback|setTimeout handler|setInterval handler|requestAnimationFrame callback|[\w.]{1,60} (?:handler|callback|listener))\*.{0,200}|[\w$*./<>: ]{0,120}\([^()]{0,120}\)|<anonymous[^<>]{0,80}>(?:\([^()]{0,120}\))?|(?:get|set|static|async|new) [\w$.]{1,100})$/.test(
    name,
  );
}

function isBrowserPlace(location: Location): boolean {
  const { file, column } = location;
  if (URL.test(file)) return hasPath(file);
  if (column === null || /\s/.test(file.replace(/^debugger eval code$/, ''))) return false;
  if (file === 'debugger eval code' || SCRIPT_EXTENSION.test(file)) return true;
  return /^(?:\/|[\w.-]{1,80}\/)/.test(file) && !OTHER_RUNTIME.test(file);
}

/** `http://localhost:8080` names a server, not a script. */
function hasPath(url: string): boolean {
  const scheme = URL.exec(url)?.[0] ?? '';
  if (!/^https?:/i.test(scheme)) return true;
  return url.indexOf('/', scheme.length) >= 0;
}
