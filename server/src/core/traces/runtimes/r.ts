/** R: `traceback()` (numbered calls, places only where the source was kept) and the trees that rlang draws. */
import { frameListGrammar } from '../frameList.ts';
import { stackFrame, toNumber } from '../grammar.ts';

const CALL = /^(\d{1,4}): ((?:[\w.]{1,80}:::?)?[\w.]{1,80}|\([^()]{1,80}\)|`[^`]{1,80}`)\(.{0,4000}$/;

/** Only believed below R's own header. */
export const rTraces = frameListGrammar({
  runtime: 'r',
  mayStart: line => CALL.test(line.content),
  readFrame: line => {
    const call = CALL.exec(line.content);
    if (!call) return null;
    const place = /(?: at |#)([\w./~-]{1,400}\.[Rr])#(\d{1,9})$/.exec(line.content);
    const printed = { function: call[2], file: place?.[1], line: toNumber(place?.[2]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  readHeader: (lines, start, floor) => {
    for (let at = start - 1; at >= floor && start - at <= 4; at--) {
      const error = /^Error(?: in (.{1,300}?))? ?: (.*)$/.exec(lines[at]!.content);
      if (error) return { type: 'Error', message: error[2]!, index: at };
      if (/traceback\(\)$/.test(lines[at]!.content)) return { type: 'Error', message: null, index: at };
    }
    return null;
  },
  leastUnnamed: Number.MAX_SAFE_INTEGER,
});

const BRANCH =
  /^(\d{1,4})\. {1,4}(?:[│├└─ ]{0,200})(?:global )?((?:[\w.]{1,80}:::?)?(?:[\w.$]{1,120}|`[^`]{1,80}`))\(.{0,4000}?(?: at ([^\s():]{1,400}\.[Rr]):(\d{1,9})(?::(\d{1,9}))?)?$/;

/** The outermost call stands first there. */
export const rlangTraces = frameListGrammar({
  runtime: 'r',
  mayStart: line => /^\d{1,4}\. /.test(line.content) && BRANCH.test(line.content),
  readFrame: line => {
    const call = BRANCH.exec(line.content);
    if (!call) return null;
    const printed = { function: call[2], file: call[3], line: toNumber(call[4]), column: toNumber(call[5]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  isAside: line => /^[│├└─▆█ ]+$|^<[\w/ ]+>$/.test(line.content),
  readHeader: (lines, start, floor) => {
    const from = start - 1 >= floor && /^[▆█]$/.test(lines[start - 1]!.content) ? start - 2 : start - 1;
    if (from < floor || lines[from]!.content !== 'Backtrace:') return null;
    for (let at = from - 1; at >= floor && from - at <= 10; at--) {
      const error = /^(?:<error\/([\w.]{1,100})>|Error(?: in .{1,300})?:)(.*)$/.exec(lines[at]!.content);
      if (!error) continue;
      const said = lines.slice(at + 1, from).map(line => line.content.replace(/^[!✖x] /, ''));
      return { type: error[1] ?? 'Error', message: [error[2]!.trim(), ...said].join('\n').trim() || null, index: at };
    }
    return null;
  },
  leastUnnamed: Number.MAX_SAFE_INTEGER,
  order: 'outermost first',
});
