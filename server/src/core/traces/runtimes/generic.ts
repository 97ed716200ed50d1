/**
 * The last resort: lists of places that no known runtime printed, in the spellings that VS Code's own links know
 * (`cart.foo:12`, `cart.foo:12:5`, `cart.foo(12,5)`, `"cart.foo", line 12`), with a function's name before or behind.
 *
 * Logs, reviews, compilers and search results are full of such places. Only a list of two or more lines that hold nothing else,
 * directly below a line that says that something failed, is believed to be a trace.
 */
import { frameListGrammar } from '../frameList.ts';
import { type CleanLine, stackFrame, toNumber } from '../grammar.ts';
import { errorHeaderOf } from '../headers.ts';

const FILE = String.raw`(?:[A-Za-z]:[\\/])?[^\s:"'()<>|*?]{1,400}\.[A-Za-z]\w{0,8}`;
const PLACE = String.raw`(?:(${FILE})(?::(\d{1,7})(?::(\d{1,6}))?|\((\d{1,7})(?:,\s?(\d{1,6}))?\)|#L?(\d{1,7}))|"([^"]{1,400}\.[A-Za-z]\w{0,8})", line (\d{1,7}))`;
const NAME = String.raw`[A-Za-z_$<{][^\s()"',;]{0,200}`;
const BULLET = String.raw`(?:[-*•>→]\s{1,4}|#?\d{1,5}[.:)]?\s{1,6})?`;

/** `place`, `place in name`, `place: name`; `name (place)`, `name at place`, `at place`. */
const PLACE_FIRST = new RegExp(
  String.raw`^${BULLET}(?:at |in |from |@ )?${PLACE}(?:(?:: in|,? in|:)\s(?:function )?['"\`]?(${NAME}?)(?:\(\))?['"\`]?)?$`,
);
const NAME_FIRST = new RegExp(
  String.raw`^${BULLET}(?:at |in )?(${NAME}?)(?:\(\))?(?: at | in |\s{1,4}\(|\s?@\s?)${PLACE}\)?$`,
);

export const genericTraces = frameListGrammar({
  runtime: 'generic',
  mayStart: line =>
    line.content.length < 700 && /\d\)?['"`]?$|\d(?:: |,? in )/.test(line.content) && readPlace(line) !== null,
  readFrame: line => {
    const printed = readPlace(line);
    return printed && { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  readHeader: (lines, start, floor) => {
    for (let at = start - 1; at >= floor && start - at <= 3; at--) {
      const { content } = lines[at]!;
      if (content === '') continue;
      const named = errorHeaderOf(content);
      if (named?.type) return { ...named, index: at };
      if (HEADLINE.test(content)) return { type: 'error', message: content.replace(/:$/, ''), index: at };
      return null;
    }
    return null;
  },
  leastFrames: 2,
  leastUnnamed: Number.MAX_SAFE_INTEGER,
});

/** What a line above a trace says: `Error: …`, `Stack trace:`, `Uncaught exception`, `… panicked`. */
const HEADLINE =
  /^(?:.{0,120}\s)?(?:(?:un(?:caught|handled) )?(?:exception|error occurred|runtime error|panic(?:ked)?|crash(?:ed)?)|(?:stack ?trace|back ?trace|traceback|call ?stack)(?: \([\w ]{1,40}\))?)\b[^.]{0,200}:?$|^(?:\S{1,60} )?(?:[Ee]rror|ERROR|FATAL|[Ff]atal(?: error)?): \S/i;

function readPlace(line: CleanLine) {
  const text = line.content;
  if (text.length > 700) return null;
  const first = PLACE_FIRST.exec(text);
  if (first) return printedOf(first.slice(1, 9), first[9]);
  const named = NAME_FIRST.exec(text);
  return named ? printedOf(named.slice(2, 10), named[1]) : null;
}

function printedOf(place: readonly (string | undefined)[], name: string | undefined) {
  const [file, line, column, bracketLine, bracketColumn, hashLine, quotedFile, quotedLine] = place;
  return {
    function: name,
    file: file ?? quotedFile,
    line: toNumber(line ?? bracketLine ?? hashLine ?? quotedLine),
    column: toNumber(column ?? bracketColumn),
  };
}
