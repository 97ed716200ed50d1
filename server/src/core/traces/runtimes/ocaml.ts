/** OCaml's backtraces. Columns are counted from 0, as printed. */
import { frameListGrammar } from '../frameList.ts';
import { stackFrame, toNumber } from '../grammar.ts';

const FRAME =
  /^(?:Raised|Re-raised|Called)(?: by primitive operation)? (?:at|from) (?:(.{1,300}?) in )?file "([^"]{1,400})"(?: \(inlined\))?, lines? (\d{1,9})(?:-\d{1,9})?, characters (\d{1,9})-\d{1,9}$/;

export const ocamlTraces = frameListGrammar({
  runtime: 'ocaml',
  mayStart: line => line.content.includes(' file "'),
  readFrame: line => {
    const frame = FRAME.exec(line.content);
    if (!frame) return null;
    const printed = { function: frame[1], file: frame[2], line: toNumber(frame[3]), column: toNumber(frame[4]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  isAside: line => /^(?:Raised|Re-raised|Called) .*unknown location/.test(line.content),
  readHeader: (lines, start, floor) => {
    const above = start - 1 >= floor ? lines[start - 1]! : null;
    const named =
      above && /^(?:Fatal error: exception |Exception: )([\w.]{1,200})(?:\((.*)\))?\.?$/.exec(above.content);
    return named ? { type: named[1]!, message: named[2] ?? null, index: start - 1 } : null;
  },
});
