/**
 * Texts of error trackers: Bugsnag's `app/cart.rb:12 - total` and Rollbar's `File "/app/cart.rb" line 12 in total`, as they are mailed and
 * written into tickets. What they were is told from the ending of the file.
 */
import { type FrameListRules, frameListGrammar, type ListHeader } from '../frameList.ts';
import { type CleanLine, stackFrame, type TraceGrammar, toNumber } from '../grammar.ts';
import { errorHeaderOf, headerAbove } from '../headers.ts';
import { languageOfFile } from './fileLanguages.ts';

const NAME = String.raw`(?:(?:block|rescue|ensure)(?: \(\d{1,3} levels\))? in )?[A-Za-z_$<{][\w$.<>{}:#?!=[\]*/-]{0,200}`;
const BUGSNAG = new RegExp(String.raw`^(\S{1,600}\.[A-Za-z]\w{0,8}):(\d{1,9})(?::(\d{1,9}))? - (${NAME})$`);
const ROLLBAR = new RegExp(String.raw`^File "([^"]{1,600})" line (\d{1,9}) in (${NAME})$`);

/** What the lists of trackers share: they are believed below a named error or a heading, and with two frames at least. */
function tracker(pattern: RegExp, start: RegExp, more: Partial<FrameListRules>): TraceGrammar {
  const grammar = frameListGrammar({
    runtime: 'tracker',
    mayStart: line => start.test(line.content) && pattern.test(line.content),
    readFrame: line => {
      const match = pattern.exec(line.content);
      if (!match) return null;
      const isLong = match.length > 4;
      const printed = {
        file: match[1],
        line: toNumber(match[2]),
        column: isLong ? toNumber(match[3]) : null,
        function: match[isLong ? 4 : 3],
      };
      return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
    },
    readHeader: (lines, first, floor) => headerOf(lines, first, floor, line => pattern.test(line.content)),
    leastFrames: 2,
    leastUnnamed: Number.MAX_SAFE_INTEGER,
    ...more,
  });
  return {
    ...grammar,
    read(lines, first, floor) {
      const read = grammar.read(lines, first, floor);
      if (read === null) return null;
      const frames = read.trace.threads.flatMap(({ errors }) => errors.flatMap(error => error.frames));
      return { ...read, trace: { ...read.trace, language: languageOfFile(frames) } };
    },
  };
}

export const bugsnagTraces = tracker(BUGSNAG, / - \S/, {});
export const rollbarTraces = tracker(ROLLBAR, /^File "/, {});

/** The error above, or the bold name that Bugsnag writes above the heading of its list. */
function headerOf(
  lines: readonly CleanLine[],
  start: number,
  floor: number,
  isFrame: (line: CleanLine) => boolean,
): ListHeader | null {
  const above = headerAbove(lines, start, floor, 12, isFrame);
  if (above?.type) return above;
  for (let at = start - 1; at >= floor && start - at <= 14; at--) {
    const { content } = lines[at]!;
    const bold = /^\*\*([A-Za-z_][\w:.\\]{0,200})\*\*(?: in \S.{0,200})?$/.exec(content);
    const said = lines[at + 1]?.content ?? '';
    if (bold) return { type: bold[1]!, message: said === '' || at + 1 >= start ? null : said, index: at };
    const named = errorHeaderOf(content);
    if (named?.type) return { ...named, index: at };
  }
  return null;
}
