/**
 * What Firefox's console copies of an error: `name url:line`, indented, below the message. Anything may stand between a word and a
 * URL, so that it is believed below a named error only.
 */
import { frameListGrammar } from '../frameList.ts';
import { stackFrame, toNumber } from '../grammar.ts';

const FRAME =
  /^([\w$.<>/[\]*-]{1,200}) ((?:https?|file|webpack|webpack-internal|resource|moz-extension|chrome|app):\/\/[^\s/]{0,200}\/\S{1,1000}?):(\d{1,9})(?::(\d{1,9}))?$/;

/** The grammar of stacks copied out of Firefox' console. */
export const firefoxConsoleTraces = frameListGrammar({
  runtime: 'javascript',
  mayStart: line => line.indent > 0 && FRAME.test(line.content),
  readFrame: line => {
    const frame = line.indent > 0 ? FRAME.exec(line.content) : null;
    if (!frame) return null;
    const name = frame[1] === '<anonymous>' ? null : frame[1];
    const printed = { function: name, file: frame[2], line: toNumber(frame[3]), column: toNumber(frame[4]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  // Frames of frameworks are folded to their number, and what was waited for stands in brackets.
  isAside: line => /^\(Async: .{1,60}\)$|^[A-Z]\w{1,30} \d{1,4}$/.test(line.content),
  readHeader: (lines, start, floor) => {
    if (start - 1 < floor) return null;
    const named = /^(?:Uncaught )?(?:\(in promise\) )?([A-Z]\w{0,80}(?:Error|Exception)): (.*)$/.exec(
      lines[start - 1]!.content,
    );
    return named && { type: named[1]!, message: named[2] || null, index: start - 1 };
  },
  leastUnnamed: Number.MAX_SAFE_INTEGER,
});
