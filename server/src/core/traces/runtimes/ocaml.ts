/** OCaml's backtraces. Columns are counted from 0, as printed. */
import { frameListGrammar } from '../frameList.ts';
import { stackFrame, toNumber } from '../grammar.ts';

const FRAME =
  /^(?:Raised|Re-raised|Called)(?: by primitive operation)? (?:at|from) (?:(.{1,300}?) in )?file "([^"]{1,400})"(?: \(inlined\))?, lines? (\d{1,9})(?:-\d{1,9})?, characters (\d{1,9})-\d{1,9}$/;

const OPENING = /^(?:Raised|Re-raised|Called)(?: by primitive operation)? (?:at|from) \S/;
/** Dune breaks frames into lines of eighty characters. */
const MOST_LINES = 4;

/** An assertion names its place in the header. */
const FAILED =
  /^(?:Fatal error: exception )File "([^"]{1,400})", lines? (\d{1,9})(?:-\d{1,9})?, characters (\d{1,9})-\d{1,9}: (?:Assertion failed|Pattern matching failed)$/;

export const ocamlTraces = frameListGrammar({
  runtime: 'ocaml',
  mayStart: line => line.content.includes(' file "') || FAILED.test(line.content) || OPENING.test(line.content),
  readFrame: (line, below, ahead) => {
    const failed = FAILED.exec(line.content);
    if (failed) {
      const place = { file: failed[1], line: toNumber(failed[2]), column: toNumber(failed[3]) };
      return { frame: stackFrame(line.textLine, { kind: 'throw-site', ...place }), lines: 1, sure: true };
    }
    let text = line.content;
    for (let lines = 1; lines <= MOST_LINES; lines++) {
      const frame = FRAME.exec(text);
      if (frame) {
        const printed = { function: frame[1], file: frame[2], line: toNumber(frame[3]), column: toNumber(frame[4]) };
        return { frame: stackFrame(line.textLine, printed), lines, sure: true };
      }
      const next = lines === 1 ? below : ahead[lines - 1];
      if (next === undefined || !OPENING.test(line.content) || OPENING.test(next.content)) return null;
      text = `${text} ${next.content}`;
    }
    return null;
  },
  isAside: line => /^(?:Raised|Re-raised|Called) .*unknown location/.test(line.content),
  readHeader: (lines, start, floor) => {
    // Base prints the exception as a term between blank lines.
    for (let at = start - 1; at >= floor && start - at <= 6; at--) {
      if (lines[at]!.content !== 'Uncaught exception:') continue;
      const said = lines.slice(at + 1, start).map(line => line.content);
      const term = said.filter(line => line !== '').join(' ');
      const name = /^\(?"?([\w.]{1,200})/.exec(term)?.[1] ?? 'exception';
      return { type: name, message: term, index: at };
    }
    const above = start - 1 >= floor ? lines[start - 1]! : null;
    const named =
      above &&
      /^(?:Fatal error: exception |Exception: |Error: exception )([\w.]{1,200})(?:\((.*)\))?\.?$/.exec(above.content);
    return named ? { type: named[1]!, message: named[2] ?? null, index: start - 1 } : null;
  },
});
