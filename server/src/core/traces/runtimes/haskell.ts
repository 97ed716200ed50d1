/** GHC's `CallStack (from HasCallStack):`, the backtraces of GHC 9.10 and later, and the cost centres of `-prof`. */
import { frameListGrammar } from '../frameList.ts';
import { stackFrame, toNumber } from '../grammar.ts';

const FRAME = /^(.{1,300}?), called at (.{1,400}?):(\d{1,9}):(\d{1,9}) in (.{1,200})$/;
/** `Cart.total (src/Cart.hs:12:1-20)`, also over several lines: `(app/Main.hs:(3,1)-(5,9))`. */
const COST_CENTRE =
  /^([A-Z][\w.']{0,200}\.[^\s()]{1,100}) \(([^():]{1,400}\.l?hs):\(?(\d{1,9})[:,](\d{1,9})\)?(?:-\(?[\d,]{1,20}\)?)?\)$/;

export const haskellTraces = frameListGrammar({
  runtime: 'haskell',
  mayStart: line => line.content.includes(', called at ') || COST_CENTRE.test(line.content),
  readFrame: line => {
    const frame = FRAME.exec(line.content) ?? COST_CENTRE.exec(line.content);
    if (!frame) return null;
    const printed = { function: frame[1], file: frame[2], line: toNumber(frame[3]), column: toNumber(frame[4]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  isAside: line => /^[\w.]{1,200}\.CAF \(<entire-module>\)$/.test(line.content),
  readHeader: (lines, start, floor) => {
    const above = start - 1 >= floor ? lines[start - 1]!.content : '';
    if (!above.startsWith('CallStack') && !above.endsWith('backtrace:')) return null;
    // Newer GHCs set the message apart with blank lines, below the type's own line.
    for (let at = start - 2; at >= floor && start - at <= 12; at--) {
      const { content } = lines[at]!;
      if (content === '') continue;
      const named = /Uncaught exception (\S{1,300}):$/.exec(lines[at - 2]?.content ?? '');
      if (named && at - 2 >= floor) return { type: named[1]!.split('.').at(-1)!, message: content, index: at - 2 };
      return { type: 'error', message: content, index: at };
    }
    return null;
  },
});
