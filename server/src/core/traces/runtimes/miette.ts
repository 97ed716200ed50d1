/** Reports of miette and its like: the error behind a cross, its causes as a tree, and the place on the upper edge of the quoted source. */
import { frameListGrammar } from '../frameList.ts';
import { stackFrame, toNumber } from '../grammar.ts';

const PLACE = /^[╭┌]─{1,8}\[(\S.{0,500}?):(\d{1,9}):(\d{1,9})\]$/;

export const mietteTraces = frameListGrammar({
  runtime: 'rust',
  mayStart: line => /^[╭┌]/.test(line.content) && PLACE.test(line.content),
  readFrame: line => {
    const place = PLACE.exec(line.content);
    if (!place) return null;
    const printed = { file: place[1], line: toNumber(place[2]), column: toNumber(place[3]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  readHeader: (lines, start, floor) => {
    for (let at = start - 1; at >= floor && start - at <= 12; at--) {
      const said = /^[×✗✖✘] (\S.{0,2000})$/.exec(lines[at]!.content);
      if (!said) continue;
      const code = /^(?:Error: )?([\w:.-]{1,200})$/.exec(lines[at - 2]?.content ?? '')?.[1];
      return { type: code ?? 'Error', message: said[1]!, index: at };
    }
    return null;
  },
  leastUnnamed: Number.MAX_SAFE_INTEGER,
});
