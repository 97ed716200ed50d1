/**
 * Tcl's `errorInfo`: the commands that were being evaluated, innermost first, with the procedure or the file around each. The line of
 * a procedure is counted from its start, so that it is no line of a file.
 */
import { frameListGrammar } from '../frameList.ts';
import { stackFrame, toNumber } from '../grammar.ts';

const FRAME =
  /^\((?:(procedure|method|constructor|destructor) "([^"]{1,200})"|(file) "([^"]{1,400})") line (\d{1,9})\)$/;

/** The grammar of Tcl's error traces. */
export const tclTraces = frameListGrammar({
  runtime: 'tcl',
  mayStart: line => FRAME.test(line.content),
  readFrame: line => {
    const frame = FRAME.exec(line.content);
    if (!frame) return null;
    const printed = frame[3] === undefined ? { function: frame[2] } : { file: frame[4], line: toNumber(frame[5]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  isAside: line => line.content !== '',
  widestAside: 12,
  readHeader: (lines, start, floor) => {
    for (let at = start - 1; at > floor && start - at <= 12; at--) {
      if (!/^while (?:executing|compiling)$/.test(lines[at]!.content)) continue;
      return { type: 'error', message: lines[at - 1]!.content || null, index: at - 1 };
    }
    return null;
  },
  leastUnnamed: Number.MAX_SAFE_INTEGER,
});
