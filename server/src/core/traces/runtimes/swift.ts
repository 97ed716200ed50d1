/** The backtraces that Swift prints itself since 5.9: `2 [inlined] 0x… f() + 24 in module at /path/F.swift:12:15`. */
import { dumpGrammar } from '../dumpGrammar.ts';
import { frameListGrammar } from '../frameList.ts';
import { stackFrame, toNumber } from '../grammar.ts';

const FRAME =
  /^(\d{1,5}) {1,6}(?:\[[\w ]{1,30}\] ){0,3}(?:0x[0-9a-f]{1,16} )?(\S.{0,4000}?)(?: \+ \d{1,12})? in (\S{1,200})(?: at \/\/<compiler-generated>| at (\S.{0,1000}?):(\d{1,9})(?::(\d{1,9}))?)?$/;

const LISTED =
  /^((?:(?:specialized|closure|static|implicit|partial|protocol|thunk|@objc|merged|outlined)[\w #]{0,60} )?[A-Za-z_$<][^\s+]{0,1000}(?: [^\s+]{1,400}){0,12}) \+ \d{1,9}(?: \(([^()\s:]{1,300}\.(?:swift|mm?)|<compiler-generated>):(\d{1,9})\))?$/;

/** Lists of trackers without addresses: `Cart.total(_:) + 8 (Cart.swift:41)`. */
export const swiftLists = frameListGrammar({
  runtime: 'swift',
  mayStart: line => line.content.includes(' + ') && LISTED.test(line.content),
  readFrame: line => {
    const frame = LISTED.exec(line.content);
    if (!frame) return null;
    const isKnown = frame[2] !== undefined && !frame[2].startsWith('<') && frame[3] !== '0';
    const printed = { function: frame[1], file: isKnown ? frame[2] : null, line: isKnown ? toNumber(frame[3]) : null };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: frame[2] !== undefined };
  },
  leastFrames: 2,
});

/** The grammar of Swift's own backtraces. */
export const swiftTraces = dumpGrammar({
  runtime: 'swift',
  mayStart: line => /^\d{1,5} .* in \S/.test(line.content.slice(0, 5000)),
  readFrame: line => {
    const match = FRAME.exec(line.content);
    if (!match) return null;
    const hasAddress = /^\d{1,5} {1,6}(?:\[[\w ]{1,30}\] ){0,3}0x/.test(line.content);
    if (!hasAddress && match[4] === undefined) return null;
    const printed = {
      function: match[2],
      module: match[3],
      file: match[4],
      line: toNumber(match[5]),
      column: toNumber(match[6]),
    };
    const sure = hasAddress || /\.swift$/.test(match[4] ?? '');
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure, number: Number(match[1]) };
  },
  headingOf: line => (/^Thread \d{1,5}(?: .{0,200})?:$/.test(line.content) ? line.content.slice(0, -1) : null),
  // The source around a frame's line, with its number and a bar.
  isAside: line => line.content === '' || /^\d{1,7} ?[│|]|^[│|]/.test(line.content),
  readHeader: (lines, start, floor) => {
    for (let at = start - 1; at >= floor && start - at <= 12; at--) {
      const crash = /^(?:\*{3} |💥 )?(?:Program crashed|Crash|Fatal error): (.{1,500}?)(?: \*{3})?$/.exec(
        lines[at]!.content,
      );
      if (crash) return { type: 'Program crashed', message: crash[1]!, index: at };
    }
    return null;
  },
  widestGap: 16,
});
