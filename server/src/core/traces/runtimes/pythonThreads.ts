/**
 * Python's threads: what `faulthandler` prints when the interpreter dies or is asked (`Thread 0x… (most recent call first):`),
 * and py-spy's dumps (`Thread 12 (active): "MainThread"`). The newest frame stands first.
 */
import { dumpGrammar } from '../dumpGrammar.ts';
import { type CleanLine, stackFrame, toNumber } from '../grammar.ts';
import { readPythonFrame } from './python.ts';
import { marginOf } from './pythonMargin.ts';

const HEADING = /^((?:Current t|T)hread (?:0x)?[0-9a-fA-F]{1,16}(?: \[[^\]]{1,100}\])?) \(most recent call first\):$/;
const SPY_HEADING = /^(Thread (?:0x)?[0-9a-fA-F]{1,16} \([a-z+]{1,30}\)(?:: ".{0,200}")?)$/;
const SPY_FRAME = /^(\S.{0,300}) \(([^()]{1,400}\.(?:pyx?|pxd|pyw)|<[^<>]{1,100}>):(\d{1,9})\)$/;

/** The grammar of dumps of all threads. */
export const pythonThreadTraces = dumpGrammar({
  runtime: 'python',
  mayStart: line => HEADING.test(line.content) || SPY_HEADING.test(line.content),
  readFrame: line => {
    const frame = readPythonFrame(marginOf(line)) ?? readSpyFrame(line);
    return frame && { frame, lines: 1, sure: true, number: null };
  },
  headingOf: line => HEADING.exec(line.content)?.[1] ?? SPY_HEADING.exec(line.content)?.[1] ?? null,
  readHeader: (lines, start, floor) => {
    for (let at = start - 1; at >= floor && start - at <= 4; at--) {
      const fatal = /^(Fatal Python error): (.*)$/.exec(lines[at]!.content);
      if (fatal) return { type: fatal[1]!, message: fatal[2]!, index: at };
    }
    return null;
  },
});

function readSpyFrame(line: CleanLine) {
  const match = line.indent > 0 ? SPY_FRAME.exec(line.content) : null;
  return match && stackFrame(line.textLine, { function: match[1], file: match[2], line: toNumber(match[3]) });
}
