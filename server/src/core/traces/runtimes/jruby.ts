/** JRuby's own order of words: `charge at /app/lib/pay.rb:41`, names aligned at their ends. */
import { frameListGrammar } from '../frameList.ts';
import { stackFrame, toNumber } from '../grammar.ts';

const FRAME =
  /^([\w<>?!=.:#[\]+*/-]{1,120}|block in [\w<>?!=.:#]{1,120}) at (\S.{0,600}\.(?:rb|rake|ru|erb)|org\/jruby\/\S{1,200}\.java|classpath:\S{1,300}):(\d{1,9})$/;

export const jrubyTraces = frameListGrammar({
  runtime: 'ruby',
  mayStart: line => line.content.includes(' at ') && FRAME.test(line.content),
  readFrame: line => {
    const frame = FRAME.exec(line.content);
    if (!frame) return null;
    const printed = { function: frame[1], file: frame[2], line: toNumber(frame[3]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  readHeader: (lines, start, floor) => {
    const above = start > floor ? lines[start - 1]!.content : '';
    const named = /^([A-Z][\w:]{0,200}): (?:\([A-Z][\w:]{0,200}\) )?(.*)$/.exec(above);
    return named && { type: named[1]!, message: named[2] || null, index: start - 1 };
  },
  leastFrames: 2,
});
