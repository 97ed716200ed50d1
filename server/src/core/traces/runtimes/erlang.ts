/**
 * Erlang: stack traces are terms, `{module,function,arity or arguments,[{file,"x.erl"},{line,2}]}`, often all on one line.
 * Only entries that name a file and a line are frames.
 */

import { frameListGrammar } from '../frameList.ts';
import {
  type CleanLine,
  errorDraft,
  type ReadTrace,
  singleThread,
  stackFrame,
  type TraceGrammar,
  toNumber,
} from '../grammar.ts';
import type { StackFrame } from '../model.ts';

const PLACE = '[{file,"';
/** Arguments longer than this before a place are not looked through. */
const FURTHEST_BACK = 2000;

/** `in function  cart:total/1 (src/cart.erl, line 12)` of the shell, of rebar3 and of Common Test. */
const SHELL_FRAME =
  /^in (?:function|call from) {1,4}([a-z][\w@]{0,100}|'[^']{1,100}'):([a-z'][^\s()]{0,200}\/\d{1,3})(?: \(([^()]{1,400}), line (\d{1,9})\))?$/;

const shellTraces = frameListGrammar({
  runtime: 'erlang',
  mayStart: line => SHELL_FRAME.test(line.content),
  readFrame: line => {
    const frame = SHELL_FRAME.exec(line.content);
    if (!frame) return null;
    const name = `${frame[1]}:${frame[2]}`;
    const printed = { function: name, module: frame[1], file: frame[3], line: toNumber(frame[4]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  isAside: line => /^(?:called as |\*{3} |in operator )/.test(line.content),
  readHeader: (lines, start, floor) => {
    for (let at = start - 1; at >= floor && start - at <= 4; at--) {
      const named = /^(?:\*{2} )?exception (error|exit|throw): (.*)$/.exec(lines[at]!.content);
      if (!named) continue;
      // What no clause matched is not among the frames.
      const place = / \(([^()]{1,400}), line (\d{1,9})\)$/.exec(named[2]!);
      const throwSite = place && { file: place[1]!, line: toNumber(place[2]), column: null };
      return { type: named[1]!, message: named[2]!, index: at, throwSite };
    }
    return null;
  },
});

/** The grammar of Erlang's crash terms. */
export const erlangTraces: TraceGrammar = {
  runtime: 'erlang',
  mayStart: line => line.content.includes(PLACE) || SHELL_FRAME.test(line.content),
  read: (lines, start, floor) =>
    lines[start]!.content.includes(PLACE)
      ? readErlangTrace(lines, start, floor)
      : shellTraces.read(lines, start, floor),
};

/** Lines that one entry of a pretty-printed term may take. */
const WIDEST_ENTRY = 12;

function readErlangTrace(lines: readonly CleanLine[], start: number, floor: number): ReadTrace | null {
  if (wasGivenUp(lines, start, floor)) return null;
  let end = start;
  for (let at = start; at < lines.length && at - end <= WIDEST_ENTRY; at++) {
    if (lines[at]!.content === '') break;
    if (lines[at]!.content.includes(PLACE)) end = at;
  }
  let first = start;
  while (first > floor && start - first < WIDEST_ENTRY && lines[first - 1]!.content !== '') first--;
  const term = joined(lines.slice(first, end + 1));
  const frames = framesOf(term);
  if (frames.length === 0) return null;
  const reason = /[{,]([a-z]\w{0,80}),\[\{/.exec(term.text)?.[1] ?? null;
  const error = errorDraft({ type: reason, textLine: lines[start]!.textLine });
  error.frames.push(...frames);
  return {
    trace: {
      language: 'erlang',
      firstLine: lines[start]!.textLine,
      lastLine: lines[end]!.textLine,
      threads: singleThread([error]),
    },
    next: end + 1,
  };
}

/** A term that gave no frame from its first place on gives none from a later one either. This keeps long terms linear. */
function wasGivenUp(lines: readonly CleanLine[], start: number, floor: number): boolean {
  for (let at = start - 1; at >= floor && start - at <= WIDEST_ENTRY && lines[at]!.content !== ''; at--)
    if (lines[at]!.content.includes(PLACE)) return true;
  return false;
}

interface Term {
  /** Without blanks behind what opens and divides. */
  readonly text: string;
  /** Where each line begins in it, and which line of the input that is. */
  readonly lines: readonly { readonly start: number; readonly textLine: number }[];
}

function joined(lines: readonly CleanLine[]): Term {
  const starts: { start: number; textLine: number }[] = [];
  let text = '';
  for (const { content, textLine } of lines) {
    starts.push({ start: text.length, textLine });
    text += content.replaceAll(/([,[{]) {1,8}/g, '$1');
  }
  return { text, lines: starts };
}

function framesOf({ text, lines }: Term): readonly StackFrame[] {
  const frames: StackFrame[] = [];
  let line = 0;
  for (let at = text.indexOf(PLACE); at >= 0; at = text.indexOf(PLACE, at + 1)) {
    while (line + 1 < lines.length && lines[line + 1]!.start <= at) line++;
    const place = /^\[\{file,"([^"]{1,400})"\},\{line,(\d{1,9})\}/.exec(text.slice(at, at + 450));
    const open = openingBrace(text, at);
    const call =
      open < 0
        ? null
        : /^\{([a-z][\w@]{0,100}|'[^']{1,100}'),([a-z][\w@]{0,100}|'[^']{1,200}'),/.exec(text.slice(open, at));
    if (!place || !call) continue;
    const printed = { function: `${call[1]}:${call[2]}`, module: call[1], file: place[1], line: toNumber(place[2]) };
    frames.push(stackFrame(lines[line]!.textLine, printed));
  }
  return frames;
}

/** The brace of the tuple that the place at `at` is an element of. */
function openingBrace(text: string, at: number): number {
  let depth = 0;
  for (let back = at - 1; back >= 0 && back > at - FURTHEST_BACK; back--) {
    const code = text.charCodeAt(back);
    if (code === 0x7d || code === 0x5d) depth++;
    else if (code === 0x7b || code === 0x5b) {
      if (depth === 0) return code === 0x7b ? back : -1;
      depth--;
    }
  }
  return -1;
}
