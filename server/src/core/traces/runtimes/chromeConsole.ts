/** What Chrome's console copies of an error that it logs: `charge @ app.js:12`, with what was waited for on lines of their own. */
import { frameListGrammar } from '../frameList.ts';
import { stackFrame, toNumber } from '../grammar.ts';

const FRAME =
  /^((?:(?:new|async|get|set) )?[\w$.<>#[\]*-]{1,200}|\(anonymous\))\s{1,4}@\s{1,4}((?:[a-z][a-z-]{1,20}:\/\/)?[^\s:]{0,300}[^\s:.]{1,200}\.(?:[cm]?[jt]sx?|vue|svelte|html?)(?:\?[^\s:]{0,200})?):(\d{1,9})(?::(\d{1,9}))?$/;

export const chromeConsoleTraces = frameListGrammar({
  runtime: 'javascript',
  mayStart: line => line.content.includes('@') && FRAME.test(line.content),
  readFrame: line => {
    const frame = FRAME.exec(line.content);
    if (!frame) return null;
    const name = frame[1] === '(anonymous)' ? null : frame[1];
    const printed = { function: name, file: frame[2], line: toNumber(frame[3]), column: toNumber(frame[4]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  isAside: line => /^[\w$. ]{1,60} \(async\)$|^Show \d{1,6} more frames?$/.test(line.content),
  leastFrames: 2,
});
