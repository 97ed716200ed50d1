/**
 * Go: panics, dumps of all goroutines, race reports, and the stacks that `pkg/errors` and zap print. A frame takes two
 * lines, the function's and the place's; its text line is the function's. Identical goroutines are merged and counted.
 */
import {
  type CleanLine,
  type ErrorDraft,
  errorDraft,
  finishErrors,
  type ReadTrace,
  stackFrame,
  type TraceGrammar,
  toNumber,
} from '../grammar.ts';
import type { StackFrame, TraceProblem, TraceThread } from '../model.ts';

const GOROUTINE = /^goroutine (\d{1,12})(?: gp=\w{1,20})?(?: m=[\w-]{1,20})?(?: mp=\w{1,20})? \[([^\]]{1,200})\]:$/;
const SECTION =
  /^(?:runtime stack|(?:Previous )?(?:atomic )?(?:[Rr]ead|[Ww]rite) at 0x[0-9a-f]{1,16} by (?:main )?goroutine(?: \d{1,12})?|Goroutine \d{1,12} \([\w ]{1,40}\) created at):$/;
const PLACE =
  /^(.{1,1000}\.(?:go|s|c|h|cc|cpp|m|rl|y|tmpl|templ|pb))?(?:_cgo_gotypes\.go)?:(\d{1,9})(?: \+0x[0-9a-f]{1,16})?(?: (?:fp|sp|pc)=.{0,200})?$/;
const FUNCTION = /^[\w./~*()[\]{}$·@%,…-]{1,600}$/;
const HEADER_REACH = 12;

/** The grammar of the Go runtime. */
export const goTraces: TraceGrammar = {
  runtime: 'go',
  mayStart: line => GOROUTINE.test(line.content) || SECTION.test(line.content) || isFunctionLine(line.content),
  read: readGoTrace,
};

function readGoTrace(lines: readonly CleanLine[], start: number, floor: number): ReadTrace | null {
  const problems: TraceProblem[] = [];
  const threads: { name: string | null; state: string | null; error: ErrorDraft; count: number }[] = [];
  const merged = new Map<string, (typeof threads)[number]>();
  let next = start;
  let at = start;
  while (at < lines.length) {
    const heading = threadHeading(lines[at]!);
    if (!heading && at > start) {
      if (lines[at]!.content === '' && at - next < 2) {
        at++;
        continue;
      }
      break;
    }
    const stack = readStack(lines, heading ? at + 1 : at, problems);
    if (stack.frames.length === 0 && at === start) return null;
    at = stack.frames.length > 0 ? stack.next : at + 1;
    next = at;
    if (stack.frames.length === 0) continue;
    const key = `${heading?.state}\n${stack.frames.map(frame => `${frame.kind}${frame.function}@${frame.file}:${frame.line}`).join('\n')}`;
    const same = merged.get(key);
    if (same && heading) same.count++;
    else {
      const error = errorDraft();
      error.frames.push(...stack.frames);
      const thread = { name: heading?.name ?? null, state: heading?.state ?? null, error, count: 1 };
      threads.push(thread);
      merged.set(key, thread);
    }
  }
  const first = threads[0];
  if (!first) return null;
  if (!threadHeading(lines[start]!) && !isStackOnItsOwn(first.error.frames, lines, start)) return null;
  const header = panicAbove(lines, start, floor);
  const drafts = header ? nameErrors(first.error, header) : [first.error];
  return {
    trace: {
      language: 'go',
      firstLine: header?.firstLine ?? lines[start]!.textLine,
      lastLine: lines[next - 1]!.textLine,
      threads: threads.map((thread): TraceThread => {
        const errors = finishErrors(thread === first ? drafts : [thread.error]);
        return { name: thread.name, count: thread.count, errors };
      }),
    },
    next,
    problems,
  };
}

function threadHeading(line: CleanLine): { name: string; state: string } | null {
  const goroutine = GOROUTINE.exec(line.content);
  if (goroutine) {
    // "chan receive, 5 minutes": how long it waited is no difference between goroutines.
    const state = goroutine[2]!.replace(/, \d{1,9} minutes/, '');
    return { name: `goroutine ${goroutine[1]} [${goroutine[2]}]`, state };
  }
  if (!SECTION.test(line.content)) return null;
  const name = line.content.slice(0, -1);
  return { name, state: name };
}

/** Reads pairs of lines until something else stands there. */
function readStack(lines: readonly CleanLine[], start: number, problems: TraceProblem[]) {
  const frames: StackFrame[] = [];
  let at = start;
  while (at < lines.length) {
    const line = lines[at]!;
    const elided = /^\.{3}(\d{1,9} |additional )frames elided\.{3}$/.exec(line.content);
    if (elided) {
      problems.push({
        code: 'trace/frames-elided',
        textLine: line.textLine,
        message: `Go left out ${elided[1]!.trim()} frames here; GOTRACEBACK=all or a smaller stack shows them.`,
      });
      at++;
      continue;
    }
    const frame = readPair(line, lines[at + 1]);
    if (!frame) break;
    frames.push(frame);
    at += 2;
  }
  return { frames, next: at };
}

function readPair(line: CleanLine, below: CleanLine | undefined): StackFrame | null {
  const place = below ? PLACE.exec(below.content) : null;
  if (!place?.[1] || /\s\(|^at /.test(place[1])) return null;
  const createdBy = /^created by (.{1,600}?)(?: in goroutine \d{1,12})?$/.exec(line.content);
  if (!createdBy && !isFunctionLine(line.content)) return null;
  const printed = createdBy ? createdBy[1]! : line.content;
  const name = withoutArguments(printed);
  return stackFrame(line.textLine, {
    kind: createdBy ? 'created-by' : 'call',
    function: name,
    module: packageOf(name),
    file: place[1],
    line: toNumber(place[2]),
  });
}

/** `pkg.Func(args)`, `pkg.(*T).Method(...)`, `panic(...)`, and without arguments from `pkg/errors`. */
function isFunctionLine(content: string): boolean {
  if (content.startsWith('created by ')) return true;
  const name = withoutArguments(content);
  if (!FUNCTION.test(name.replace(/, /g, ','))) return false;
  return name !== content || /^[\w./~-]{1,400}\.[\w(*)[\].·-]{1,200}$/.test(name);
}

/** Drops the last balanced pair of brackets if it ends the line. */
function withoutArguments(text: string): string {
  if (!text.endsWith(')')) return text;
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    const code = text.charCodeAt(at);
    if (code === 0x29) depth++;
    else if (code === 0x28 && --depth === 0) return at > 0 ? text.slice(0, at) : text;
  }
  return text;
}

/** `net/http.(*conn).serve` → `net/http`: up to the first dot after the last slash. */
function packageOf(name: string): string | null {
  const bracket = name.indexOf('[');
  const path = bracket < 0 ? name : name.slice(0, bracket);
  const dot = path.indexOf('.', path.lastIndexOf('/') + 1);
  return dot < 0 ? null : name.slice(0, dot).replace(/%2e/g, '.');
}

/** Without a goroutine's header, two frames or one with arguments and an offset are asked for. */
function isStackOnItsOwn(frames: readonly StackFrame[], lines: readonly CleanLine[], start: number): boolean {
  return frames.length > 1 || (lines[start]!.content.endsWith(')') && /\+0x[0-9a-f]+/.test(lines[start + 1]!.content));
}

interface PanicHeader {
  readonly panics: readonly {
    readonly type: string | null;
    readonly message: string | null;
    readonly textLine: number;
  }[];
  readonly firstLine: number;
}

const PANIC =
  /^(?:.{0,200}[\s:])?(panic|fatal error|SIG[A-Z]{2,8}|http: panic serving [^ ]{1,80}|DATA RACE)(?:\.\.\.)?: (.*)$/;

/** The panics above the first goroutine: the last of them ended the program, earlier ones were recovered or wrapped. */
function panicAbove(lines: readonly CleanLine[], start: number, floor: number): PanicHeader | null {
  const panics: PanicHeader['panics'][number][] = [];
  const between: string[] = [];
  for (let at = start - 1; at >= floor && start - at <= HEADER_REACH; at--) {
    const { content, textLine, indent } = lines[at]!;
    if (content.startsWith('[signal ')) continue;
    const match = PANIC.exec(content === 'WARNING: DATA RACE' ? 'DATA RACE: ' : content);
    if (!match) {
      if (panics.length > 0 && content !== '') break;
      if (content !== '') between.unshift(content);
      continue;
    }
    const message = [match[2]!.replace(/ \[recovered(?:, repanicked)?\]$/, ''), ...between].join('\n').trim();
    panics.unshift({
      type: match[1]!.startsWith('http: panic') ? 'panic' : match[1]!,
      message: message || null,
      textLine,
    });
    between.length = 0;
    if (indent === 0) break;
  }
  return panics[0] ? { panics, firstLine: panics[0].textLine } : messageAbove(lines, start, floor);
}

/** `pkg/errors` prints the error's text directly above its stack. */
function messageAbove(lines: readonly CleanLine[], start: number, floor: number): PanicHeader | null {
  const above = start - 1 >= floor ? lines[start - 1] : undefined;
  if (!above || above.content === '' || threadHeading(lines[start]!)) return null;
  return {
    panics: [{ type: null, message: above.content, textLine: above.textLine }],
    firstLine: above.textLine,
  };
}

/** The last panic is the root; what it was raised over while unwinding is its context. */
function nameErrors(root: ErrorDraft, header: PanicHeader): readonly ErrorDraft[] {
  const newestFirst = [...header.panics].reverse();
  const drafts = newestFirst.map((panic, index) =>
    Object.assign(index === 0 ? root : errorDraft({ relation: 'context' }), panic),
  );
  for (let index = 1; index < drafts.length; index++) drafts[index]!.parent = drafts[index - 1]!;
  return drafts;
}
