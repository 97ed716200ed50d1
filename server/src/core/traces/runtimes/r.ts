/** R: `traceback()` (numbered calls, places only where the source was kept) and the trees that rlang draws. */
import { frameListGrammar, type ListHeader } from '../frameList.ts';
import { type CleanLine, stackFrame, toNumber } from '../grammar.ts';

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
    let asked: number | null = null;
    for (let at = start - 1; at >= floor && start - at <= 6; at--) {
      const error = errorIn(lines, at);
      if (error) return error;
      if (/traceback\(\)$/.test(lines[at]!.content)) asked = at;
    }
    return asked === null ? null : { type: 'Error', message: null, index: asked };
  },
  leastUnnamed: Number.MAX_SAFE_INTEGER,
});

const PLACED_ERROR =
  /^Error in (?:([\w.:]{1,160})\(.{0,300}?|.{1,300}?) \(from ([^()#]{1,400}\.[Rr])#(\d{1,9})\) ?:(?: (.*))?$/;

/** A file that can't be parsed. */
const UNPARSED =
  /^Error in (?:.{1,300} : )?([^\s():]{1,400}\.[Rr]):(\d{1,9}):(\d{1,9}): (?:unexpected|unmatched|invalid) /;

/** `Error in charge(order) : refused`, the message perhaps on the next line. */
function errorIn(lines: readonly CleanLine[], at: number): ListHeader | null {
  const error = /^(?:Warning: )?Error(?: in (.{1,400}?))? ?:(?: (.*))?$/.exec(lines[at]!.content);
  if (!error) return null;
  const below = lines[at + 1];
  const message = error[2] || (below !== undefined && below.indent > 0 ? below.content : null);
  return { type: 'Error', message, index: at };
}

/** `Error in charge(order) (from pay.R#41) : refused`: the only place that R tells of a program without `traceback()`. */
export const rMessages = frameListGrammar({
  runtime: 'r',
  mayStart: line =>
    line.content.startsWith('Error in ') && (PLACED_ERROR.test(line.content) || UNPARSED.test(line.content)),
  readFrame: (line, below) => {
    const unparsed = UNPARSED.exec(line.content);
    if (unparsed) {
      const place = { file: unparsed[1], line: toNumber(unparsed[2]), column: toNumber(unparsed[3]) };
      return { frame: stackFrame(line.textLine, { kind: 'throw-site', ...place }), lines: 1, sure: true };
    }
    // With calls below it the message is their header.
    const error = below !== undefined && CALL.test(below.content) ? null : PLACED_ERROR.exec(line.content);
    if (!error) return null;
    const printed = { function: error[1], file: error[2], line: toNumber(error[3]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  readHeader: () => null,
  readFooter: (lines, next) => {
    const header = errorIn(lines, next - 1);
    return header && { ...header, index: header.message === lines[next]?.content ? next : next - 1 };
  },
});

const SHINY = /^(\d{1,4}): ([\w.:<>`$-]{1,160})(?: \[([^\]#]{1,400}\.[Rr])#(\d{1,9})\])?$/;

/** Shiny's deep stacks: `103: charge [/srv/pay/R/pay.R#41]`. */
export const shinyTraces = frameListGrammar({
  runtime: 'r',
  mayStart: line => SHINY.test(line.content),
  readFrame: line => {
    const call = SHINY.exec(line.content);
    if (!call) return null;
    const printed = { function: call[2], file: call[3], line: toNumber(call[4]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: call[3] !== undefined };
  },
  readHeader: (lines, start, floor) => {
    for (let at = start - 1; at >= floor && start - at <= 4; at--) {
      const error = errorIn(lines, at);
      if (error) return error;
    }
    return null;
  },
  leastFrames: 2,
});

const LABEL =
  /^(\d{1,4}): (?:([\w./~-]{1,400}\.[Rr])#(\d{1,9}): )?((?:[\w.]{1,80}:::?)?[\w.]{1,80}|`[^`]{1,80}`)\(.{0,4000}$/;

/** What `recover()` and `dump.frames()` list, the outermost call first: `2: pay.R#3: g(2)`. */
export const rFrameLabels = frameListGrammar({
  runtime: 'r',
  mayStart: line => line.content.startsWith('1: ') && LABEL.test(line.content),
  readFrame: line => {
    const call = LABEL.exec(line.content);
    if (!call) return null;
    const printed = { function: call[4], file: call[2], line: toNumber(call[3]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: call[2] !== undefined };
  },
  isAside: () => false,
  readHeader: (lines, start, floor) => {
    for (let at = start - 1; at >= floor && start - at <= 6; at--) {
      const error = errorIn(lines, at);
      if (error) return error;
    }
    return null;
  },
  leastUnnamed: 2,
  order: 'outermost first',
});

const BRANCH =
  /^(\d{1,4})\. {1,4}(?:[│├└─ ]{0,200})(?:global )?((?:[\w.]{1,80}:::?)?(?:[\w.$]{1,120}|`[^`]{1,80}`))\(.{0,4000}?(?: at ([^\s():]{1,400}\.[Rr]):(\d{1,9})(?::(\d{1,9}))?)?$/;

const BRANCH_PLACE = /^(?:[│ ]{0,40})at ([^\s():]{1,400}\.[Rr]):(\d{1,9})(?::(\d{1,9}))?$/;

/** The outermost call stands first there. */
export const rlangTraces = frameListGrammar({
  runtime: 'r',
  mayStart: line => /^\d{1,4}\. /.test(line.content) && BRANCH.test(line.content),
  readFrame: (line, below) => {
    const call = BRANCH.exec(line.content);
    if (!call) return null;
    // Newer versions write the place on a line of its own.
    const place = call[3] === undefined && below ? BRANCH_PLACE.exec(below.content) : null;
    const [file, at, column] = place ? place.slice(1) : call.slice(3);
    const printed = { function: call[2], file, line: toNumber(at), column: toNumber(column) };
    return { frame: stackFrame(line.textLine, printed), lines: place ? 2 : 1, sure: true };
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
