/** PowerShell's `ScriptStackTrace`: `at Get-Total, C:\scripts\pay.ps1: line 12`, and the position of an error's message. */
import { frameListGrammar } from '../frameList.ts';
import { stackFrame, toNumber } from '../grammar.ts';
import { headerAbove } from '../headers.ts';

const CALL = /^at (\S.{0,200}), (\S.{0,600}): line (\d{1,9})$/;
const POSITION = /^At (\S.{0,600}\.ps[m]?1):(\d{1,9}) char:(\d{1,9})$/;
/** The concise view of PowerShell 7: the place, and below it the line in a frame. */
const CONCISE = /^(\S.{0,200}): (\S.{0,600}\.ps[m]?1):(\d{1,9})$/;
/** `Get-Item : Cannot find path …` or `D:\\jobs\\deploy.ps1 : Attempted …` above a position. */
const SAID = /^(?:[A-Za-z]:)?[^:]{1,600} : (\S.{0,2000})$/;

export const powershellTraces = frameListGrammar({
  runtime: 'powershell',
  mayStart: line => CALL.test(line.content) || POSITION.test(line.content) || CONCISE.test(line.content),
  readFrame: (line, below) => {
    const call = CALL.exec(line.content);
    if (call) {
      const file = /^<No file>$/.test(call[2]!) ? null : call[2];
      const printed = { function: call[1], file, line: toNumber(call[3]) };
      return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
    }
    const concise = below?.content === 'Line |' ? CONCISE.exec(line.content) : null;
    if (concise) {
      const printed = { function: concise[1], file: concise[2], line: toNumber(concise[3]) };
      return { frame: stackFrame(line.textLine, printed), lines: 2, sure: true };
    }
    const position = POSITION.exec(line.content);
    if (!position) return null;
    const printed = { file: position[1], line: toNumber(position[2]), column: toNumber(position[3]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  readHeader: (lines, start, floor) => {
    const said = start > floor ? SAID.exec(lines[start - 1]!.content) : null;
    if (said) return { type: 'error', message: said[1]!, index: start - 1 };
    return headerAbove(lines, start, floor, 12, line => CALL.test(line.content) || POSITION.test(line.content));
  },
  // The last line of the frame says what went wrong.
  readFooter: (lines, next) => {
    if (!/^\d{1,7} \|/.test(lines[next]?.content ?? '')) return null;
    let at = next;
    while (at + 1 < lines.length && at - next < 12 && lines[at + 1]!.content.startsWith('|')) at++;
    const message = /^\| +([^\s~].{0,2000})$/.exec(lines[at]!.content)?.[1];
    return message === undefined ? null : { type: 'error', message, index: at };
  },
});
