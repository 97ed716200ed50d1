/**
 * .NET and Mono. The header chains inner errors with `--->`; the innermost one's frames come first, and each
 * "End of inner exception stack trace" goes one error out.
 */
import {
  type CleanLine,
  type ErrorDraft,
  errorDraft,
  hasSureFrame,
  type ReadTrace,
  singleThread,
  stackFrame,
  type TraceGrammar,
  toNumber,
} from '../grammar.ts';
import { errorHeaderOf, namedAtStart } from '../headers.ts';
import type { StackFrame } from '../model.ts';

/** The grammar of .NET Framework, .NET and Mono, whatever the language of the machine. */
export const dotnetTraces: TraceGrammar = {
  runtime: 'csharp',
  mayStart: line => /^\S{1,8} [^(]*\(.*\)/.test(line.content.slice(0, 600)),
  read: readDotnetTrace,
};

interface DotnetFrame {
  readonly frame: StackFrame;
  readonly sure: boolean;
}

/** `in path:line 12`, also with the words of another language; sure because of the source file's ending. */
const SOURCE = /^ \S{1,12} (.{1,1000}\.(?:cs|vb|fs|fsx|razor|cshtml|csharp|xaml)):(?:\S{1,12} )?(\d{1,9})\.?$/;
const MONO = /^ \[0x[0-9a-f]{1,16}\] in (.{1,1000}):(\d{1,9})$/;
/** What loggers write behind a place. */
const SUFFIX = /(:(?:line )?\d{1,9}) {1,4}(?:\{["']|\[\w|\| |[\w.@-]{1,60}=)/;
/** Behind the brackets: how far into compiled code, and the local function or lambda within the method. */
const ADDED =
  /^(?: \+ 0x[0-9a-f]{1,16}|\+(?:[^ ]{1,200} )?(?:\([^()]{0,300}\)(?: => \{ (?:\.{3} )?\})?|[\w<>]{1,200}(?:\([^()]{0,300}\))?))(?= in |$)/;
const WRITTEN =
  /^(?:(?:async|static|new|override|virtual|abstract|extern|unsafe|ref|readonly) ){0,4}(?:[\w.<>,[\]?()` ]{1,400} )?\S+$/;
const NAME = /^[\p{L}_<][\p{L}\p{N}\w.+`<>[\],$|&*:\-=@]{0,1000}$/u;

function readFrame(line: CleanLine): DotnetFrame | null {
  const whole = line.content.replace(/ ?<---$/, '');
  const suffix = SUFFIX.exec(whole);
  const text = suffix ? whole.slice(0, suffix.index + suffix[1]!.length) : whole;
  const word = /^(\S{1,8}) /.exec(text);
  if (!word) return null;
  const body = text.slice(word[0].length);
  const open = body.indexOf('(');
  const close = matchingBracket(body, open);
  if (open <= 0 || close < 0) return null;
  const rest = body.slice(close + 1).replace(ADDED, '');
  const said = body.slice(0, open).trim();
  // What makes traces readable writes a method as its source does, with `async` and its type in front.
  const isWritten = said.includes(' ') && SOURCE.test(rest) && WRITTEN.test(said);
  const name = isWritten ? said.slice(said.lastIndexOf(' ') + 1) : said;
  // Compiled expressions have no class around them.
  if (!NAME.test(name) || (!name.includes('.') && !/^lambda_method\d{0,6}$/.test(name))) return null;
  const dot = name.replace(/\.ctor$/, '').lastIndexOf('.');
  const printed = { function: name, module: dot > 0 ? name.slice(0, dot) : null };
  const mono = MONO.exec(rest);
  if (mono) {
    const known = !/^<[0-9a-f]{8,40}(?:#[0-9a-f]+)?>$/.test(mono[1]!);
    const place = known ? { file: mono[1], line: toNumber(mono[2]) } : {};
    return { frame: stackFrame(line.textLine, { ...printed, ...place }), sure: true };
  }
  const source = SOURCE.exec(rest);
  if (source)
    return { frame: stackFrame(line.textLine, { ...printed, file: source[1], line: toNumber(source[2]) }), sure: true };
  if (rest !== '' || word[1] !== 'at') return null;
  const sure = /^(?:System|Microsoft)\.\w/.test(name) || rest !== body.slice(close + 1);
  return { frame: stackFrame(line.textLine, printed), sure };
}

function matchingBracket(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at >= 0 && at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x28) depth++;
    else if (code === 0x29 && --depth === 0) return at;
  }
  return -1;
}

function readDotnetTrace(lines: readonly CleanLine[], start: number, floor: number): ReadTrace | null {
  if (!readFrame(lines[start]!)) return null;
  if (!hasSureFrame(lines, start, floor, readFrame) && !isNamedAbove(lines, start, floor)) return null;
  const header = headerChain(lines, start, floor);
  const drafts: ErrorDraft[] = [...header.drafts];
  const open = [...header.drafts];
  let next = start;
  for (let at = start; at < lines.length; at++) {
    const { content, textLine } = lines[at]!;
    const read = readFrame(lines[at]!);
    if (read) {
      open[open.length - 1]!.frames.push(read.frame);
      next = at + 1;
      continue;
    }
    const inner = /^---> \(Inner Exception #\d{1,4}\) (.*)$/.exec(content);
    if (inner) {
      const members = chainOf(inner[1]!, textLine);
      members[0]!.relation = 'group';
      members[0]!.parent = drafts[0]!;
      drafts.push(...members);
      open.splice(0, open.length, ...members);
    } else if (/^-{3} .{1,100} -{3}$/.test(content)) {
      // "End of inner exception" goes out one error; "from previous location" stays. Localised texts look alike, so
      // the inner ones are counted.
      if (open.length > 1 && !/previous location/.test(content)) open.pop();
    } else if (content !== '<---') break;
  }
  return {
    trace: {
      language: 'csharp',
      firstLine: header.firstLine ?? lines[start]!.textLine,
      lastLine: lines[next - 1]!.textLine,
      threads: singleThread(drafts),
    },
    next,
  };
}

/**
 * Without files, as releases and the event log of Windows print it: believed directly below an exception with its namespace, and with
 * types in its brackets where Java has files.
 */
function isNamedAbove(lines: readonly CleanLine[], start: number, floor: number): boolean {
  if (
    start <= floor ||
    !/^at [^()]{1,500}\((?:[\w.`<>+[\]&*?]{1,200}(?: \w{1,100})?(?:, ?|(?=\))))*\)$/.test(lines[start]!.content)
  )
    return false;
  const above = lines[start - 1]!.content.replace(/^Exception Info: /, '');
  return /^(?:[A-Z]\w{0,100}\.){1,8}\w{0,100}Exception$/.test(errorHeaderOf(above)?.type ?? '');
}

/** The header's lines: one that names an error, and lines with `--->` below it. */
function headerChain(lines: readonly CleanLine[], start: number, floor: number) {
  for (let at = start - 1; at >= floor && start - at <= 12; at--) {
    const { content, textLine } = lines[at]!;
    if (content === '' || readFrame(lines[at]!)) break;
    if (content.startsWith('---> ')) continue;
    if (!errorHeaderOf(content)) continue;
    const text = lines
      .slice(at, start)
      .map(line => line.content)
      .join(' ');
    return { drafts: chainOf(text, textLine), firstLine: textLine };
  }
  return { drafts: [errorDraft()], firstLine: null };
}

function chainOf(text: string, textLine: number): ErrorDraft[] {
  const drafts: ErrorDraft[] = [];
  for (const part of text.split(/ ?---> /)) {
    const named = errorHeaderOf(part.trim()) ?? namedAtStart(part.trim()) ?? { message: part.trim() };
    const parent = drafts[drafts.length - 1] ?? null;
    drafts.push(errorDraft({ ...named, textLine, ...(parent && { relation: 'cause' as const, parent }) }));
  }
  return drafts;
}
