/** Elixir: `(app 0.1.0) lib/x.ex:3: M.f/1` below `** (Type) message`. Paths are relative to their application. */
import { frameListGrammar } from '../frameList.ts';
import { stackFrame, toNumber } from '../grammar.ts';

const FRAME =
  /^(?:\([\w-]{1,80}(?: [\w.+-]{1,40})?\) )?([\p{L}\p{N}\w./-]{1,400}\.(?:exs?|erl|eex|heex|leex)|iex|nofile):(\d{1,9}): (\S.{0,2000})$/u;
/** A function ends with its arity, or shows its arguments; a compiler's message does neither. */
const CALL = /(?:\/\d{1,3}|\))$/;

/** The grammar of Elixir's exceptions, also within Logger's reports of terminated processes. */
export const elixirTraces = frameListGrammar({
  runtime: 'elixir',
  mayStart: line => /(?:\.(?:exs?|erl|h?eex|leex)|^iex|^nofile):\d/.test(line.content),
  readFrame: line => {
    const match = FRAME.exec(line.content);
    if (!match || !CALL.test(match[3]!)) return null;
    const printed = { file: match[1], line: toNumber(match[2]), function: match[3] };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  readHeader: (lines, start, floor) => {
    for (let at = start - 1; at >= floor && start - at <= 20; at--) {
      const named = /^\*\* \(([\w.]{1,200})\) ?(.*)$/.exec(lines[at]!.content);
      if (named) return { type: named[1]!, message: named[2] || null, index: at };
    }
    return null;
  },
  leastUnnamed: 2,
});
