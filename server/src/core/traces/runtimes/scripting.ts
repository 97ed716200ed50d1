/**
 * Small runtimes whose traces are a plain list of lines: Perl, Lua, R, OCaml, Haskell, and Clojure's one-line report. Each is
 * its pattern; they share a file because each is a few lines.
 */
import { frameListGrammar } from '../frameList.ts';
import { stackFrame, toNumber } from '../grammar.ts';
import { errorHeaderOf } from '../headers.ts';

const PERL_CALL = /^(.{1,2000}?)(?:\(.{0,4000}\))? called at (.{1,1000}) line (\d{1,9})\.?$/;
const PERL_DEATH = /^(.{0,2000}?) at (\S.{0,1000}?) line (\d{1,9})(?:, <\w{1,40}> (?:line|chunk) \d{1,9})?\.$/;

/** Perl's `Carp::confess` and `longmess`. */
export const perlTraces = frameListGrammar({
  runtime: 'perl',
  mayStart: line => line.content.includes(' called at '),
  readFrame: line => {
    const call = PERL_CALL.exec(line.content);
    if (!call) return null;
    const printed = { function: call[1], file: call[2], line: toNumber(call[3]) };
    const sure = line.indent > 0 && /^(?:[\w:']{1,300}|eval \{\.{3}\}|eval '.*'|require .*)$/.test(call[1]!);
    return sure ? { frame: stackFrame(line.textLine, printed), lines: 1, sure } : null;
  },
  readHeader: (lines, start, floor) => {
    const above = start - 1 >= floor ? lines[start - 1] : undefined;
    const death = above && PERL_DEATH.exec(above.content);
    if (!death) return null;
    const throwSite = { file: death[2]!, line: toNumber(death[3]), column: null };
    return { type: errorHeaderOf(death[1]!)?.type ?? null, message: death[1]!, index: start - 1, throwSite };
  },
});

const LUA_FRAME = /^(?:\[C\]|(.{1,400}?):(\d{1,9})|\[string "[^"]{0,200}"\]:(\d{1,9})): in (.{1,300})$/;

/** Lua's `stack traceback:`. */
export const luaTraces = frameListGrammar({
  runtime: 'lua',
  mayStart: line => line.content.includes(': in ') && LUA_FRAME.test(line.content),
  readFrame: line => {
    const frame = LUA_FRAME.exec(line.content);
    if (!frame) return null;
    const file = line.content.startsWith('[C]')
      ? '[C]'
      : (frame[1] ?? line.content.slice(0, line.content.indexOf(']:') + 1));
    const printed = { file, line: toNumber(frame[2] ?? frame[3]), function: frame[4] };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  isAside: line => /^\(?\.{3}/.test(line.content),
  readHeader: (lines, start, floor) => {
    const headline = start - 1 >= floor && lines[start - 1]!.content === 'stack traceback:' ? start - 1 : -1;
    if (headline < 0) return null;
    const above = headline - 1 >= floor ? lines[headline - 1]! : null;
    return { type: 'error', message: above?.content || null, index: above?.content ? headline - 1 : headline };
  },
  leastUnnamed: Number.MAX_SAFE_INTEGER,
});

const OCAML_FRAME =
  /^(?:Raised|Re-raised|Called)(?: by primitive operation)? (?:at|from) (?:(.{1,300}?) in )?file "([^"]{1,400})"(?: \(inlined\))?, lines? (\d{1,9})(?:-\d{1,9})?, characters (\d{1,9})-\d{1,9}$/;

/** OCaml's backtraces. Columns are counted from 0, as printed. */
export const ocamlTraces = frameListGrammar({
  runtime: 'ocaml',
  mayStart: line => line.content.includes(' file "'),
  readFrame: line => {
    const frame = OCAML_FRAME.exec(line.content);
    if (!frame) return null;
    const printed = { function: frame[1], file: frame[2], line: toNumber(frame[3]), column: toNumber(frame[4]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  isAside: line => /^(?:Raised|Re-raised|Called) .*unknown location/.test(line.content),
  readHeader: (lines, start, floor) => {
    const above = start - 1 >= floor ? lines[start - 1]! : null;
    const named = above && /^(?:Fatal error: exception )([\w.]{1,200})(?:\((.*)\))?$/.exec(above.content);
    return named ? { type: named[1]!, message: named[2] ?? null, index: start - 1 } : null;
  },
});

const HASKELL_FRAME = /^(.{1,300}?), called at (.{1,400}?):(\d{1,9}):(\d{1,9}) in (.{1,200})$/;

/** GHC's `CallStack (from HasCallStack):`. */
export const haskellTraces = frameListGrammar({
  runtime: 'haskell',
  mayStart: line => line.content.includes(', called at '),
  readFrame: line => {
    const frame = HASKELL_FRAME.exec(line.content);
    if (!frame) return null;
    const printed = { function: frame[1], file: frame[2], line: toNumber(frame[3]), column: toNumber(frame[4]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  readHeader: (lines, start, floor) => {
    const message = start - 2 >= floor && lines[start - 1]!.content.startsWith('CallStack') ? lines[start - 2]! : null;
    return message?.content ? { type: 'error', message: message.content, index: start - 2 } : null;
  },
});

const R_CALL = /^(\d{1,4}): ((?:[\w.]{1,80}:::?)?[\w.]{1,80}|\([^()]{1,80}\)|`[^`]{1,80}`)\(.{0,4000}$/;

/** R's `traceback()`: numbered calls, innermost first, without places. Only believed below R's own header. */
export const rTraces = frameListGrammar({
  runtime: 'r',
  mayStart: line => R_CALL.test(line.content),
  readFrame: line => {
    const call = R_CALL.exec(line.content);
    if (!call) return null;
    const place = /(?: at |#)([\w./-]{1,400}\.[Rr])#(\d{1,9})$/.exec(line.content);
    const printed = { function: call[2], file: place?.[1], line: toNumber(place?.[2]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  readHeader: (lines, start, floor) => {
    for (let at = start - 1; at >= floor && start - at <= 4; at--) {
      const error = /^Error(?: in (.{1,300}?))? ?: (.*)$/.exec(lines[at]!.content);
      if (error) return { type: 'Error', message: error[2]!, index: at };
      if (/traceback\(\)$/.test(lines[at]!.content)) return { type: 'Error', message: null, index: at };
    }
    return null;
  },
  leastUnnamed: Number.MAX_SAFE_INTEGER,
});
