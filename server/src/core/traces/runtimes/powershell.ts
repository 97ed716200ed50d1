/** PowerShell's `ScriptStackTrace`: `at Get-Total, C:\scripts\pay.ps1: line 12`, and the position of an error's message. */
import { frameListGrammar } from '../frameList.ts';
import { stackFrame, toNumber } from '../grammar.ts';

const CALL = /^at (\S.{0,200}), (\S.{0,600}): line (\d{1,9})$/;
const POSITION = /^At (\S.{0,600}\.ps[m]?1):(\d{1,9}) char:(\d{1,9})$/;

export const powershellTraces = frameListGrammar({
  runtime: 'powershell',
  mayStart: line => CALL.test(line.content) || POSITION.test(line.content),
  readFrame: line => {
    const call = CALL.exec(line.content);
    if (call) {
      const file = /^<No file>$/.test(call[2]!) ? null : call[2];
      const printed = { function: call[1], file, line: toNumber(call[3]) };
      return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
    }
    const position = POSITION.exec(line.content);
    if (!position) return null;
    const printed = { file: position[1], line: toNumber(position[2]), column: toNumber(position[3]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
});
