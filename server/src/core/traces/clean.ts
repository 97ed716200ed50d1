/**
 * What surrounds a trace in real life is taken off here: log prefixes, container and Kubernetes timestamps, colours,
 * quoting, JSON strings. What is left is the text that the runtime printed, with the line it stood on.
 *
 * Nothing here knows a runtime, and nothing is lost that a parser needs: indentation stays, and a bracket that a
 * runtime prints itself (`[cause]:`, `[native code]`, `[C]:`) is not taken for a log tag. Each pattern is sticky,
 * bounded, and tried only at the start of a line.
 */
import type { CleanLine } from './grammar.ts';
import type { TraceProblem } from './model.ts';
import { unfoldLine } from './unescape.ts';

/** Longer lines are no frames of any runtime; their tail is not looked at. */
const LONGEST_LINE = 8192;

/** A JSON log may hold a whole trace in one line; nothing sensible is longer than this. */
const LONGEST_RAW_LINE = 4 * 1024 * 1024;

const MOST_PROBLEMS = 20;

/** A clean line and the service that a compose-like prefix names, or ''. */
export type SourcedLine = CleanLine & { readonly source: string };

/** Cleans a text that comes in pieces. */
export interface LineCleaner {
  /** Hands every line that the piece completes to `take`; a piece may end anywhere, also within a line. */
  readonly push: (piece: string, take: (line: SourcedLine) => void) => void;
  /** Hands on the last line, which no line break ends. */
  readonly end: (take: (line: SourcedLine) => void) => void;
  readonly problems: readonly TraceProblem[];
}

/** Cleans a text piece by piece. Linear in its length; holds no more than one line of it. */
export function createLineCleaner(): LineCleaner {
  const problems: TraceProblem[] = [];
  let textLine = 0;
  let begun: string[] = [];
  let begunLength = 0;

  const tooLong = (length: number, read: number): void => {
    if (problems.length >= MOST_PROBLEMS) return;
    const message = `Line ${textLine} has ${length} characters; only the first ${read} were read.`;
    problems.push({ code: 'trace/line-too-long', textLine, message });
  };
  const finishLine = (whole: string, take: (line: SourcedLine) => void): void => {
    textLine++;
    let raw = whole.charCodeAt(whole.length - 1) === 0x0d ? whole.slice(0, -1) : whole;
    // A byte order mark is no part of the first line.
    if (textLine === 1 && raw.charCodeAt(0) === 0xfeff) raw = raw.slice(1);
    if (raw.length > LONGEST_RAW_LINE) {
      tooLong(raw.length, LONGEST_RAW_LINE);
      raw = raw.slice(0, LONGEST_RAW_LINE);
    }
    const unfolded = unfoldLine(raw);
    if (unfolded) for (const line of unfolded) take(cleanLine(line, textLine));
    else take(cleanLine(raw, textLine));
    if (!unfolded && raw.length > LONGEST_LINE) tooLong(raw.length, LONGEST_LINE);
  };

  return {
    problems,
    push(piece, take) {
      let start = 0;
      for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', start)) {
        const rest = piece.slice(start, end);
        const whole = begun.length === 0 ? rest : begun.join('') + rest;
        begun = [];
        begunLength = 0;
        finishLine(whole, take);
        start = end + 1;
      }
      if (start === piece.length) return;
      // What no line is that long for is not kept either.
      if (begunLength <= LONGEST_RAW_LINE) begun.push(piece.slice(start));
      begunLength += piece.length - start;
    },
    end(take) {
      finishLine(begun.join(''), take);
    },
  };
}

const ESCAPE = '\u001b';
const BELL = '\u0007';
/** CSI sequences (colours) and OSC sequences (links), as terminals are sent them. */
const COLOUR = new RegExp(
  String.raw`${ESCAPE}(?:\[[0-9;:?]{0,32}[A-Za-z]|\][^${BELL}${ESCAPE}]{0,512}(?:${BELL}|${ESCAPE}\\))`,
  'g',
);

const TIME = String.raw`\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?`;
const ZONE = String.raw`(?: ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?`;

/** Prefixes, each at most as long as its bounds say. The blank after one belongs to it, further ones do not. */
const PREFIXES: readonly RegExp[] = [
  // 2025-09-28T06:52:48.034Z, with brackets or not, and CRI's " stderr F"
  new RegExp(
    String.raw`(?: {1,4}(?=\d{4}-\d))?\[?\d{4}[-/]\d{2}[-/]\d{2}[T ]${TIME}${ZONE}\]?(?: std(?:out|err) [FP]| \d{2}[OE]\+?)?(?: [a-z][\w-]{0,30}\[[\w.-]{1,60}\]:)?(?:\s{0,8}\||:)?(?:\s|$)`,
    'y',
  ),
  // [2025-09-28, 06:52:48 UTC] {logging_mixin.py:150} INFO - of Airflow
  new RegExp(
    String.raw`\[\d{4}-\d{2}-\d{2}, ${TIME}(?: [A-Z]{3,4}|${ZONE})\] \{[\w.-]{1,80}:\d{1,7}\} [A-Z]{4,8} - `,
    'y',
  ),
  // [2025.09.28-06.52.48:034][  0]LogWindows: Error: of Unreal's engine
  /\[\d{4}\.\d{2}\.\d{2}-\d{2}\.\d{2}\.\d{2}:\d{3}\]\[[ \d]{1,5}\]\w{1,40}: (?:Error: )?/y,
  // <11>1 2025-09-28T06:52:48.034Z host app 123 ID47 - of RFC 5424, and the bare <11> before an older stamp
  new RegExp(
    String.raw`<\d{1,3}>1 \d{4}-\d{2}-\d{2}T${TIME}${ZONE}(?: [\w./-]{1,100}){4} (?:-|\[[^\]]{0,400}\])(?: |$)`,
    'y',
  ),
  /<\d{1,3}>(?=[A-Z\d])/y,
  // ==1234== of valgrind, #12 34.567 of docker build
  /==\d{1,9}==(?: |$)/y,
  // #> of R's reprex
  /#>(?: |$)/y,
  // ##[error] of build pipelines
  /##\[[a-z]{3,12}\]/y,
  /#\d{1,4} \d{1,6}\.\d{1,3}(?: |$)/y,
  // Sep 28 06:52:48 host app[123]:
  new RegExp(String.raw`[A-Z][a-z]{2} [ \d]\d ${TIME} [\w.-]{1,80} [\w./@-]{1,80}(?:\[\d{1,9}\])?:(?: |$)`, 'y'),
  // 09-28 06:52:48.034  1234  1234 E AndroidRuntime: and E/AndroidRuntime( 1234):
  new RegExp(String.raw`\d{2}-\d{2} ${TIME}\s{1,4}\d{1,7}\s{1,4}\d{1,7} [VDIWEF] [^:]{1,80}:(?: |$)`, 'y'),
  /[VDIWEF]\/[\w.-]{1,60}\s{0,8}\(\s{0,8}\d{1,7}\):(?: |$)/y,
  // E0928 06:52:48.034123   1 file.go:123]
  new RegExp(String.raw`[IWEF]\d{4} ${TIME}\s{1,8}\d{1,9} [\w./-]{1,120}:\d{1,7}\](?: |$)`, 'y'),
  // checkout-5d8f9c7b6d-x7k2p checkout: pod and container as stern prints them, in the letters that Kubernetes names pods with
  /[a-z\d][a-z\d.-]{0,80}?-[b-df-hj-np-tv-xz2-9]{6,10}-[b-df-hj-np-tv-xz2-9]{5} [a-z\d][a-z\d-]{0,62}(?: |$)/y,
  // │ of reports that draw a box around a backtrace
  /[│┃] {0,2}(?=\s{0,40}(?:\d{1,5}: \S|at \S))/y,
  // remote: of what git runs on the other side
  /remote: (?=\s{0,40}\S)/y,
  // - | of reports that draw a frame of dashes
  /- \| (?=\s{0,40}\S)/y,
  // child 12 said into stderr: " of PHP's process manager
  /child \d{1,9} said into std(?:err|out): "/y,
  // plugin.terraform-provider-shop_v1.2.3: of Terraform's log
  /(?:plugin\.)?terraform-provider-[\w.-]{1,80}:(?: |$)/y,
  // flutter: of its tool
  /flutter: (?=#\d|[A-Z])/y,
  // 06:52:48 and [06:52:48]
  new RegExp(String.raw`\[?${TIME}\]?(?:\s|$)`, 'y'),
];

/** `api-1  | ` of docker compose and foreman, `[api]  | `. */
const SERVICE = /(?!Line \|$)(?:\[[^[\]]{1,80}\]|\d{1,4}\|[\w./@-]{1,80}|[\w][\w./@-]{0,80})\s{0,32}\|(?: |$)/y;
/** `[0] ` of concurrently, `[pod/name/container] ` of kubectl; a runtime's own brackets are followed by a colon. */
const TAG = /(?:\[[^[\]]{1,80}\]){1,8}[ \t](?=.)/y;
const LEVEL = /(?:\[?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|FATAL|CRITICAL|SEVERE)\]?)(?::|\s|$)\s?/y;
/** `pid=1 tid=a ` of job runners, `(default task-1) ` of application servers; only behind a time or a level. */
const FIELDS = /(?:[a-z]{2,8}=[\w.-]{1,40} ){1,6}|\([\w .:#/-]{1,60}\) (?=\s)/y;
const BARE_PIPE = /\s{1,8}\|(?: |$)/y;

function cleanLine(raw: string, textLine: number): SourcedLine {
  let text = raw.length > LONGEST_LINE ? raw.slice(0, LONGEST_LINE) : raw;
  if (text.includes(ESCAPE)) text = text.replace(COLOUR, '');
  if (text.includes('&')) text = withoutEntities(text);
  if (text.includes('race>')) text = withoutTags(text);
  if (text.endsWith('>') && text.includes('</'))
    text = text.replace(/(?:<\/(?:pre|code|p|div|span|td|samp)>){1,6}$/, '');
  let at = quoteEnd(text, 0);
  let source = '';
  let level: string | null = null;
  let stamped = false;
  const hasBar = text.includes('|');
  for (let round = 0; round < 6; round++) {
    const service = hasBar ? matchEnd(SERVICE, text, at) : at;
    if (service > at) {
      source = text.slice(at, text.lastIndexOf('|', service - 1)).trim();
      at = service;
      stamped = true;
      continue;
    }
    const next = firstMatchEnd(PREFIXES, text, at);
    if (next > at) {
      at = next;
      stamped = true;
      // `…Z   |   File` leaves the bar of a prefix whose name was empty.
      at = Math.max(at, matchEnd(BARE_PIPE, text, at));
      continue;
    }
    const tag = matchEnd(TAG, text, at);
    if (tag > at) {
      at = tag;
      stamped = true;
      continue;
    }
    const fields = stamped ? matchEnd(FIELDS, text, at) : at;
    if (fields > at) {
      at = fields;
      continue;
    }
    const end = stamped ? matchEnd(LEVEL, text, at) : at;
    if (end > at) {
      level ??= text.slice(at, end).replace(/[^A-Z]/g, '');
      at = end;
      continue;
    }
    break;
  }
  at = quoteEnd(text, at);
  text = withoutEnds(text.slice(at), text.slice(0, at)).trimEnd();
  const content = text.trimStart();
  return { text, content, indent: text.length - content.length, textLine, level, source };
}

/** What the prefix has opened, closed at the end of the line. */
function withoutEnds(text: string, prefix: string): string {
  return prefix.endsWith(': "') && text.endsWith('"') ? text.slice(0, -1) : text;
}

/** `<StackTrace>   at …` and `…</StackTrace></Error>` of answers in XML. */
function withoutTags(text: string): string {
  const opened = /<[\w:.-]{0,60}[Ss]tack_?[Tt]race>(?=\s{0,8}at )/.exec(text);
  const inner = opened === null ? text : text.slice(opened.index + opened[0].length);
  const closed = inner.search(/<\/[\w:.-]{0,60}[Ss]tack_?[Tt]race>/);
  return closed < 0 ? inner : inner.slice(0, closed);
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  amp: '&',
  apos: "'",
  nbsp: ' ',
  '#39': "'",
  '#x27': "'",
  '#34': '"',
  '#x2F': '/',
  '#xD': '',
  '#xd': '',
  '#13': '',
};

/** Error pages and chat exports write `&lt;module&gt;` and `&quot;`. */
function withoutEntities(text: string): string {
  return text.replace(
    /&(lt|gt|quot|amp|apos|nbsp|#39|#x27|#34|#x2F|#x[Dd]|#13);/g,
    (_whole, name: string) => ENTITIES[name]!,
  );
}

/** After mail and chat quoting: any run of `> ` at the start. */
function quoteEnd(text: string, from: number): number {
  let at = from;
  for (let depth = 0; depth < 16; depth++) {
    let mark = at;
    while (mark < at + 3 && text.charCodeAt(mark) === 0x20) mark++;
    if (text.charCodeAt(mark) !== 0x3e) return at;
    const after = text.charCodeAt(mark + 1);
    if (after !== 0x20 && after !== 0x3e && !Number.isNaN(after)) return at;
    at = after === 0x20 ? mark + 2 : mark + 1;
  }
  return at;
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function firstMatchEnd(patterns: readonly RegExp[], text: string, at: number): number {
  for (const pattern of patterns) {
    const end = matchEnd(pattern, text, at);
    if (end > at) return end;
  }
  return at;
}
