/**
 * Traces of the JVM: Java, Kotlin, Scala, Groovy, Clojure, also obfuscated, from a throwable or from a thread dump.
 * The tree of causes follows the indentation of `Caused by:` and `Suppressed:`.
 */
import {
  type CleanLine,
  type ErrorDraft,
  errorDraft,
  finishErrors,
  hasSureFrame,
  type ReadTrace,
  singleThread,
  stackFrame,
  type TraceGrammar,
  toNumber,
} from '../grammar.ts';
import { errorHeaderOf, headerAbove, namedAtStart } from '../headers.ts';
import { isLibraryFrame } from '../libraries.ts';
import type { StackFrame, TraceThread } from '../model.ts';

const HEADER_REACH = 30;
/** A cause's message may run over several lines; more than this is another text. */
const LONGEST_MESSAGE = 30;

/** The grammar of every language on the JVM. */
export const javaTraces: TraceGrammar = {
  runtime: 'java',
  mayStart: line =>
    line.content.startsWith('at ') ||
    line.content.startsWith('"') ||
    line.content.startsWith('4XE') ||
    line.content.includes('SP 0x') ||
    isBareFrame(line.content),
  read: (lines, start, floor) =>
    lines[start]!.content.startsWith('"') ? readThreadDump(lines, start, floor) : readThrowable(lines, start, floor),
};

interface JavaFrame {
  readonly frame: StackFrame;
  /** The place alone proves that this is the JVM's line. */
  readonly sure: boolean;
}

const SOURCE_PLACE =
  /^((?:(?:[\p{L}\p{N}\w$@<> .:~/\\-]{0,300}[/\\])?[\p{L}\p{N}\w$@<> -]{1,200}\.(?:java|kts?|scala|sc|groovy|gvy|gradle|cljc?|bsh|jsp|rb|py|js)|uri:classloader:\S{1,300}|SourceFile|NO_SOURCE_FILE|NO_SOURCE_PATH|REPL|WorkflowScript|<eval>|Unknown Source|Proxy|PG|r8-map-id-\w{1,80})):(-?\d{1,9})$/u;
const BARE_FILE = /^[\p{L}\p{N}\w$-]{1,200}\.(?:java|kts?|scala|sc|groovy|gvy|cljc?|jsp)$/u;
/** As `StackTraceElement` prints itself, without `at`: believed only with a source file of the JVM's and a line. */
const BARE_FRAME =
  /^(?:[\w.-]{1,80}(?:@[\w.+-]{1,40})?\/{1,2})?(?:[\p{L}_$][\p{L}\p{N}_$]{0,100}\.){1,20}[\p{L}_$<][\p{L}\p{N}_$<>]{0,200}\([\p{L}\p{N}_$-]{1,120}\.(?:java|kt|scala|groovy|clj):\d{1,7}\)$/u;

/** What loggers write behind a frame: where its class came from (`~[app.jar:1.2]`), a context (`{trace=7}`), fields (`| id=7`, `id=7`);
 * and what people remark (`// here`). */
const SUFFIX = /\) {1,4}(?:~?\[|\{|\||\/\/|[\w.@-]{1,60}=)/;

const COMPILED_FRAME =
  /^(?:[AJDi] {1,4})?SP 0x[0-9a-f]{1,16} IP 0x[0-9a-f]{1,16}(?: (?:FrameSize |size=)\d{1,7})? {1,20}([^\s(].{0,600}\([\w$.-]{1,120}\.(?:java|kt|scala)(?::\d{1,7})?\))$/;

function isBareFrame(content: string): boolean {
  return content.endsWith(')') && content.length < 1000 && BARE_FRAME.test(content);
}

/** Reads `at module/package.Class.method(place)`, with or without the packaging data that logback and log4j add. */
export function readJavaFrame(line: CleanLine): JavaFrame | null {
  const printed = printedFrame(line.content);
  if (printed === null) return null;
  const suffix = SUFFIX.exec(printed);
  const text = suffix ? printed.slice(0, suffix.index + 1) : printed;
  const open = text.lastIndexOf('(');
  if (!text.endsWith(')') || open < 0) return null;
  // jstack names the module inside the brackets: `(java.base@17/Native Method)`.
  const place = text.slice(open + 1, -1).replace(/^[\w.]{1,80}@[\w.+-]{1,40}\//, '');
  const name = withoutModule(text.slice(3, open));
  const dot = name.lastIndexOf('.');
  if (dot <= 0 || dot === name.length - 1) return null;
  if (/\s$/.test(name)) return null;
  const source = SOURCE_PLACE.exec(place);
  // Only Kotlin allows blanks in a name (in backticks), and then the place is sure.
  if (/[\s():"']/.test(name) && !(source && !/[():"']/.test(name))) return null;
  const call = { function: name, module: name.slice(0, dot) };
  if (source) {
    const file = source[1] === 'Unknown Source' ? null : source[1];
    const number = Number(source[2]);
    return { frame: stackFrame(line.textLine, { ...call, file, line: number > 0 ? number : null }), sure: true };
  }
  if (BARE_FILE.test(place)) return { frame: stackFrame(line.textLine, { ...call, file: place }), sure: true };
  if (/^(?:Native Method|Unknown Source|<generated>|Redefined)$/.test(place))
    return { frame: stackFrame(line.textLine, call), sure: true };
  if (/^[\w$.-]{0,120}(?::\d{1,9})?$/.test(place) && /^[\p{L}\p{N}\w$.<>/-]{1,400}$/u.test(name)) {
    const [file, digits] = place.split(':');
    return { frame: stackFrame(line.textLine, { ...call, file, line: toNumber(digits) }), sure: false };
  }
  return null;
}

/** The frame as `at name(place)`, whoever printed it; null when the line is none. */
function printedFrame(content: string): string | null {
  // The last one of a quoted field.
  if (content.startsWith('at ')) return content.endsWith(')"') ? content.slice(0, -1) : content;
  // javacore of IBM's J9: classes with slashes, and how the method was compiled.
  if (content.startsWith('4XESTACKTRACE')) {
    const frame = /^4XESTACKTRACE\s{1,40}(at .{1,1000}?)(?:\(Compiled Code\)\))?$/.exec(content);
    if (!frame?.[1]) return null;
    const text = content.endsWith('(Compiled Code))') ? `${frame[1]})` : frame[1];
    return text.replace(/^at [^(]{1,600}/, name => name.replaceAll('/', '.'));
  }
  // What a native image of GraalVM dumps: addresses first.
  const compiled = COMPILED_FRAME.exec(content)?.[1];
  if (compiled !== undefined) return `at ${compiled}`;
  return isBareFrame(content) ? `at ${content}` : null;
}

/** `loader/module@version/` in front of a class; the slash of a hidden class (`Lambda/0x…`) is part of its name. */
function withoutModule(name: string): string {
  const hidden = /\/(?:0x)?[0-9a-f]{6,32}[.@]/i.exec(name);
  const slash = name.lastIndexOf('/', hidden ? hidden.index - 1 : name.length);
  return slash < 0 ? name : name.slice(slash + 1);
}

function readThrowable(lines: readonly CleanLine[], start: number, floor: number): ReadTrace | null {
  if (!readJavaFrame(lines[start]!) || !hasSureFrame(lines, start, floor, readJavaFrame)) return null;
  const isFrame = (line: CleanLine) => readJavaFrame(line) !== null;
  const header = headerAbove(lines, start, floor, HEADER_REACH, isFrame);
  const headerLine = header ? lines[header.index]! : null;
  const root = errorDraft({ ...named(header), textLine: headerLine?.textLine ?? null });
  const body = readErrors(lines, start, root);
  if (!body.sure) return null;
  return {
    trace: {
      language: languageOf(body.drafts.flatMap(draft => draft.frames)),
      firstLine: (headerLine ?? lines[start]!).textLine,
      lastLine: lines[body.next - 1]!.textLine,
      threads: singleThread(body.drafts),
    },
    next: body.next,
  };
}

interface Errors {
  readonly drafts: readonly ErrorDraft[];
  readonly next: number;
  readonly sure: boolean;
}

function readErrors(lines: readonly CleanLine[], start: number, root: ErrorDraft): Errors {
  const drafts = [root];
  const open: OpenError[] = [];
  let error = root;
  let sure = false;
  let next = start;
  for (let at = start; at < lines.length; ) {
    const line = lines[at]!;
    const read = readJavaFrame(line);
    if (read) {
      error.frames.push(read.frame);
      sure ||= read.sure;
      next = ++at;
      continue;
    }
    if (isAside(line)) {
      next = ++at;
      continue;
    }
    const nested = readNested(lines, at);
    if (!nested) break;
    const parent = parentOf(open, line.indent, nested.relation) ?? root;
    error = errorDraft({ ...nested, parent, textLine: line.textLine });
    while ((open.at(-1)?.indent ?? -1) >= line.indent) open.pop();
    open.push({ error, indent: line.indent });
    drafts.push(error);
    at = next = nested.next;
    if (nested.wraps) {
      // Logback's root-cause-first order: what follows wraps what came before.
      const inner = drafts[drafts.length - 2]!;
      inner.parent = error;
      inner.relation = 'cause';
      error.parent = null;
    }
  }
  return { drafts, next, sure };
}

/** Lines inside a trace that are no frames: elisions, locks, coroutine and circular-reference marks. */
function isAside(line: CleanLine): boolean {
  return /^(?:\.{3,6}$|\.{3} \d{1,6} (?:more|common frames|frames? (?:excluded|truncated|omitted))|- (?:locked|waiting|parking|eliminated|None)|\(Coroutine (?:boundary|creation stacktrace)\)|_COROUTINE\.|\[CIRCULAR REFERENCE|<OR> at |\[wrapped\])/.test(
    line.content,
  );
}

function readNested(lines: readonly CleanLine[], at: number) {
  const match = /^(Caused by|Suppressed|Wrapped by):\s?(?:<#[0-9a-f]{4,16}> )?(.*)$/.exec(lines[at]!.content);
  if (!match) return null;
  const header = named(errorHeaderOf(match[2]!) ?? namedAtStart(match[2]!) ?? { type: null, message: match[2]! });
  const relation =
    match[1] === 'Suppressed'
      ? ('suppressed' as const)
      : match[1] === 'Caused by'
        ? ('cause' as const)
        : ('root' as const);
  const firstFrame = frameWithin(lines, at + 1);
  const more = lines.slice(at + 1, firstFrame ?? at + 1).map(line => line.content);
  const message = [header.message ?? '', ...more].join('\n').trim();
  return {
    type: header.type,
    message: message || null,
    relation,
    wraps: relation === 'root',
    next: firstFrame ?? at + 1,
  };
}

/** The first frame after a nested header, if its message ends within bounds. */
function frameWithin(lines: readonly CleanLine[], from: number): number | null {
  for (let at = from; at < lines.length && at < from + LONGEST_MESSAGE; at++) {
    if (readJavaFrame(lines[at]!) || /^\.{3} \d/.test(lines[at]!.content)) return at;
    if (/^(?:Caused by|Suppressed|Exception in thread)\b/.test(lines[at]!.content)) return null;
  }
  return null;
}

/** An error that others may hang on, and how far in its line stands; a later one further out closes it. */
interface OpenError {
  readonly error: ErrorDraft;
  readonly indent: number;
}

/** `Caused by:` hangs on the last error at its own depth or above; `Suppressed:` on the last one above. Null: the root. */
function parentOf(open: readonly OpenError[], indent: number, relation: string): ErrorDraft | null {
  const isParent = (own: number) => (relation === 'suppressed' ? own < indent : own <= indent);
  return open.findLast(({ indent: own }) => isParent(own))?.error ?? null;
}

function named(header: { type: string | null; message: string | null } | null) {
  if (!header) return { type: null, message: null };
  return { type: header.type, message: header.message };
}

const THREAD = /^"([^"]{1,300})"(?: .{0,400})?(?:tid=|prio=|#\d|Id=|State:|cpu=)/;

/** A dump of `jstack` or `kill -3`: a header with the thread's name, its state, its frames. */
function readThreadDump(lines: readonly CleanLine[], start: number, floor: number): ReadTrace | null {
  // A dump without frames from the heading above has none from here on.
  if (start > floor && THREAD.test(lines[start - 1]!.content)) return null;
  const threads = new Map<string, TraceThread>();
  let next = start;
  const frames: StackFrame[] = [];
  for (let at = start; at < lines.length; ) {
    const name = THREAD.exec(lines[at]!.content)?.[1];
    if (name === undefined) {
      if (lines[at]!.content !== '' || at - next > 2) break;
      at++;
      continue;
    }
    const first = /^java\.lang\.Thread\.State:/.test(lines[at + 1]?.content ?? '') ? at + 2 : at + 1;
    const state = /State: ([A-Z_]{1,30})/.exec(lines[first - 1]!.content)?.[1];
    const body = readErrors(lines, first, errorDraft());
    if (body.sure) {
      const errors = finishErrors(body.drafts);
      frames.push(...errors.flatMap(error => error.frames));
      const key = `${state}\n${errors.flatMap(error => error.frames.map(placeOf)).join('\n')}`;
      const same = threads.get(key);
      const label = state ? `${name} [${state}]` : name;
      threads.set(key, same ? { ...same, count: same.count + 1 } : { name: label, count: 1, errors });
    }
    at = next = Math.max(body.next, first);
  }
  if (threads.size === 0) return null;
  return {
    trace: {
      language: languageOf(frames),
      firstLine: lines[start]!.textLine,
      lastLine: lines[next - 1]!.textLine,
      threads: [...threads.values()],
    },
    next,
  };
}

function placeOf(frame: StackFrame): string {
  return `${frame.function}@${frame.file}:${frame.line}`;
}

const LANGUAGES: readonly (readonly [RegExp, string])[] = [
  [/\.kts?$/, 'kotlin'],
  [/\.sc(?:ala)?$/, 'scala'],
  [/\.cljc?$/, 'clojure'],
  [/\.(?:groovy|gvy|gradle)$/, 'groovy'],
];

/** The language of the innermost frame that is neither the JDK's nor a library's. */
function languageOf(frames: readonly StackFrame[]): string {
  const isNamed = (frame: StackFrame) => frame.file !== null && !isLibraryFrame(frame, 'java');
  const own = frames.find(isNamed) ?? frames.find(({ file }) => file !== null);
  return LANGUAGES.find(([extension]) => extension.test(own?.file ?? ''))?.[1] ?? 'java';
}
