/**
 * PHP: `#0 file(line): call` below a header that names the place of the throw. "Next" headers print the outer error
 * after its cause.
 */
import {
  type CleanLine,
  type ErrorDraft,
  errorDraft,
  type ReadTrace,
  singleThread,
  stackFrame,
  type TraceGrammar,
  toNumber,
} from '../grammar.ts';
import { errorHeaderOf, namedAtStart } from '../headers.ts';
import type { StackFrame } from '../model.ts';

const HEADER_REACH = 6;

/** The grammar of PHP's own prints and of loggers that keep them. */
export const phpTraces: TraceGrammar = {
  runtime: 'php',
  mayStart: line => /^#\d{1,5} /.test(line.content),
  read: readPhpTrace,
};

function readFrame(line: CleanLine): StackFrame | null {
  const text = line.content;
  const internal = /^#\d{1,5} \[internal function\]: (.{1,2000})$/.exec(text);
  if (internal) return stackFrame(line.textLine, { function: withoutArguments(internal[1]!) });
  if (/^#\d{1,5} \{main\}$/.test(text)) return stackFrame(line.textLine, { function: '{main}' });
  const placed = /^#\d{1,5} (.{1,1000}?)\((\d{1,9})\): (.{1,4000})$/.exec(text);
  if (!placed) {
    // `debug_print_backtrace` before PHP 8.1.
    const printed = /^#\d{1,5} {1,3}(.{1,4000}) called at \[(.{1,1000}):(\d{1,9})\]$/.exec(text);
    if (!printed) return null;
    return stackFrame(line.textLine, {
      function: withoutArguments(printed[1]!),
      file: printed[2],
      line: toNumber(printed[3]),
    });
  }
  return stackFrame(line.textLine, {
    file: placed[1],
    line: toNumber(placed[2]),
    function: withoutArguments(placed[3]!),
  });
}

function withoutArguments(call: string): string {
  // `{closure:App\Cart::total():12}` of PHP 8.4 has brackets of its own.
  const closure = call.indexOf('{closure:');
  const open = call.indexOf('(', closure < 0 ? 0 : Math.max(0, call.indexOf('}', closure)));
  return open > 0 ? call.slice(0, open) : call;
}

function readPhpTrace(lines: readonly CleanLine[], start: number, floor: number): ReadTrace | null {
  if (!readFrame(lines[start]!)) return null;
  const drafts: ErrorDraft[] = [];
  let from = floor;
  let first = start;
  let next = start;
  let order: 'cause first' | 'cause last' = 'cause first';
  for (let at = start; at < lines.length; ) {
    const { error, index } = headerAt(lines, at, from);
    if (drafts.length === 0) first = index ?? start;
    const last = drafts[drafts.length - 1];
    if (last && order === 'cause first') {
      last.relation = 'cause';
      last.parent = error;
    } else if (last) {
      error.relation = 'cause';
      error.parent = last;
    }
    drafts.push(error);
    for (; at < lines.length; at++) {
      const frame = readFrame(lines[at]!);
      if (!frame) break;
      error.frames.push(frame);
    }
    next = from = at;
    const following = nextBlock(lines, at);
    if (following === null) break;
    at = following.index;
    order = following.order;
  }
  if (/^thrown in .{1,1000} on line \d/.test(lines[next]?.content ?? '')) next++;
  if (drafts.every(draft => draft.frames.every(frame => frame.function === '{main}' && draft.type === null)))
    return null;
  return {
    trace: {
      language: 'php',
      firstLine: lines[first]!.textLine,
      lastLine: lines[next - 1]!.textLine,
      threads: singleThread(drafts),
    },
    next,
  };
}

/** The first frame of a block that "Next" or Monolog's "[previous exception] [object] (" opens close below (tags are gone by here), or null. */
function nextBlock(lines: readonly CleanLine[], from: number) {
  let order: 'cause first' | 'cause last' | null = null;
  for (let at = from; at < lines.length && at < from + HEADER_REACH + 3; at++) {
    const { content } = lines[at]!;
    if (/^Next \S/.test(content)) order = 'cause first';
    else if (/^\([\w\\]{1,300}\(code: /.test(content)) order = 'cause last';
    else if (readFrame(lines[at]!)) return order === null ? null : { index: at, order };
  }
  return null;
}

const THROW_SITE = /^.{0,4000} in (.{1,1000}?)(?::| on line )(\d{1,9})$/;
/** What web servers write in front of what PHP says. */
const SERVER = /^.{0,300}?(?=PHP (?:Fatal|Parse|Recoverable fatal|Catchable fatal) error: )/;

function headerAt(
  lines: readonly CleanLine[],
  firstFrame: number,
  floor: number,
): { error: ErrorDraft; index: number | null } {
  for (let at = firstFrame - 1; at >= floor && firstFrame - at <= HEADER_REACH; at--) {
    const text = lines[at]!.content.replace(SERVER, '');
    if (text === '' || /^(?:Stack trace:|\[stacktrace\])$/.test(text)) continue;
    const site = THROW_SITE.exec(text);
    const said = site ? text.slice(0, text.lastIndexOf(` in ${site[1]}`)) : text;
    const monolog =
      /(?:"exception":"\[object\] |^)\(([\w\\]{1,300})\(code: [^)]{0,20}\): (.*) at (.{1,1000}?):(\d{1,9})\)$/.exec(
        text,
      );
    if (monolog) {
      const { textLine } = lines[at]!;
      const error = errorDraft({ type: monolog[1]!.replaceAll('\\\\', '\\'), message: monolog[2]!, textLine });
      const throwSite = { kind: 'throw-site' as const, file: monolog[3], line: toNumber(monolog[4]) };
      error.frames.push(stackFrame(textLine, throwSite));
      return { error, index: at };
    }
    const old = /exception '([\w\\]{1,200})' with message '(.*)'$/.exec(said);
    const plain = said.replace(/^(?:PHP )?(?:Fatal error: {1,4})?(?:Uncaught |Next )?/, '');
    const named = old ? { type: old[1]!, message: old[2]! } : (namedAtStart(plain) ?? errorHeaderOf(plain));
    if (!site && !named) break;
    const { textLine } = lines[at]!;
    const error = errorDraft({ ...(named ?? { message: plain }), textLine });
    if (site) error.frames.push(stackFrame(textLine, { kind: 'throw-site', file: site[1], line: toNumber(site[2]) }));
    return { error, index: at };
  }
  return { error: errorDraft(), index: null };
}
