/**
 * Python traces as tools lay them out for people: IPython and Jupyter (old and new), pytest, and the boxes of rich. The
 * outermost frame stands first there; here it is turned round.
 */
import { frameListGrammar, type ListedFrame, type ListHeader } from '../frameList.ts';
import { type CleanLine, stackFrame, toNumber } from '../grammar.ts';
import { errorHeaderOf, namedAtStart } from '../headers.ts';

const SOURCE_LINE = /^(?:-{2,6}> ?)?\d{1,7}(?:\s|$)|^(?:-{2,6}> ?)/;
const PYTHON_FILE = String.raw`(?:[^\s:"'()]|(?<=\S) (?=\S)){1,400}\.(?:py|pyx|pyw)|<ipython-input-[\w-]{1,80}>`;
const IPYTHON = new RegExp(String.raw`^File (${PYTHON_FILE}):(\d{1,9})(?:, in (\S.{0,300}))?$`);
const CELL = /^(?:Cell )?(In ?\[\d{1,6}\])(?:, in <cell line: (\d{1,9})>\(\)|, line (\d{1,9}))(?:, in (\S.{0,300}))?$/;
const OLD_IPYTHON = new RegExp(String.raw`^(${PYTHON_FILE}) in (\S.{0,300})$`);
const OLD_LINE = /^-{2,6}> ?(\d{1,9})(?:\s|$)/;

/** IPython's and Jupyter's tracebacks. */
export const ipythonTraces = frameListGrammar({
  runtime: 'python',
  mayStart: ({ content }) =>
    (content.startsWith('File ') && IPYTHON.test(content)) ||
    (/^(?:Cell )?In ?\[/.test(content) && CELL.test(content)) ||
    (content.includes(' in ') && /\.py|^<ipython/.test(content) && OLD_IPYTHON.test(content)),
  readFrame: readIpython,
  isAside: line => line.content === '' || SOURCE_LINE.test(line.content) || line.indent > 0,
  widestAside: 24,
  readHeader: (lines, start, floor) => headlineAbove(lines, start, floor),
  readFooter: nameBelow,
  order: 'outermost first',
});

function readIpython(line: CleanLine, _below: CleanLine | undefined, ahead: readonly CleanLine[]): ListedFrame | null {
  const newer = IPYTHON.exec(line.content);
  if (newer) {
    const printed = { function: withoutArguments(newer[3]), file: newer[1], line: toNumber(newer[2]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  }
  const cell = CELL.exec(line.content);
  if (cell) {
    const printed = { function: withoutArguments(cell[4]), file: cell[1], line: toNumber(cell[2] ?? cell[3]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  }
  const older = OLD_IPYTHON.exec(line.content);
  if (!older) return null;
  const arrow = ahead.slice(0, 12).find(each => OLD_LINE.test(each.content));
  if (!arrow) return null;
  const printed = {
    function: withoutArguments(older[2]),
    file: older[1],
    line: toNumber(OLD_LINE.exec(arrow.content)?.[1]),
    quotedSource: arrow.content.replace(OLD_LINE, '').trim(),
  };
  return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
}

function headlineAbove(lines: readonly CleanLine[], start: number, floor: number): ListHeader | null {
  const above = start - 1 >= floor ? lines[start - 1]! : null;
  const headline = above && /^([A-Za-z_][\w.]{0,200}) {2,200}Traceback \(most recent call last\)/.exec(above.content);
  return headline ? { type: headline[1]!, message: null, index: start - 1 } : null;
}

/** The error below the frames. */
function nameBelow(lines: readonly CleanLine[], next: number): ListHeader | null {
  for (let at = next; at < lines.length && at < next + 24; at++) {
    const { content, indent } = lines[at]!;
    if (content === '' || indent > 0 || SOURCE_LINE.test(content)) continue;
    const named = errorHeaderOf(content) ?? namedAtStart(content);
    return named?.type ? { type: named.type, message: named.message, index: at } : null;
  }
  return null;
}

const PYTEST = new RegExp(String.raw`^(${PYTHON_FILE}):(\d{1,9}): ?([A-Za-z_][\w.]{0,120})?$`);

/** pytest's places, one below each quoted function; the last one names the error. */
export const pytestTraces = frameListGrammar({
  runtime: 'python',
  mayStart: line => line.content.includes('.py') && PYTEST.test(line.content),
  readFrame: line => {
    const match = PYTEST.exec(line.content);
    if (!match) return null;
    const printed = { file: match[1], line: toNumber(match[2]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: match[3] !== undefined };
  },
  isAside: line => line.content === '' || /^(?:_ ){3,}_?$|^[>E] |^(?:def|async def|@|class) |^\s/.test(line.text),
  widestAside: 60,
  readHeader: (lines, start, floor) => {
    // pytest quotes the failing line and its error, marked with `>` and `E`.
    for (let at = start - 1; at >= floor && start - at <= 12; at--) {
      const error = /^E\s{1,12}(\S.*)$/.exec(lines[at]!.text)?.[1];
      const named = error === undefined ? null : (errorHeaderOf(error) ?? namedAtStart(error));
      if (named?.type) return { ...named, index: at };
    }
    return null;
  },
  readFooter: (lines, next) => {
    const type = PYTEST.exec(lines[next - 1]?.content ?? '')?.[3];
    return type === undefined ? null : { type, message: null, index: next - 1 };
  },
  order: 'outermost first',
});

const BOX = /^[│|┃]\s(.*)[│|┃]$/;
const RICH = new RegExp(String.raw`^(${PYTHON_FILE}):(\d{1,9}) in (\S.{0,200})$`);

/** The boxes that rich draws. */
export const richTraces = frameListGrammar({
  runtime: 'python',
  mayStart: line => line.content.startsWith('│') && RICH.test(insideBox(line)),
  readFrame: line => {
    const match = line.content.startsWith('│') ? RICH.exec(insideBox(line)) : null;
    if (!match) return null;
    const printed = { function: match[3], file: match[1], line: toNumber(match[2]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  isAside: line => line.content.startsWith('│'),
  widestAside: 60,
  readFooter: (lines, next) => {
    for (let at = next; at < lines.length && at < next + 40; at++) {
      if (/^[│╰]/.test(lines[at]!.content)) continue;
      const named = namedAtStart(lines[at]!.content) ?? errorHeaderOf(lines[at]!.content);
      return named?.type ? { type: named.type, message: named.message, index: at } : null;
    }
    return null;
  },
  readHeader: (lines, start, floor) => {
    const above = start - 1 >= floor ? lines[start - 1]!.content : '';
    return above.includes('Traceback (most recent call last)') ? { type: null, message: null, index: start - 1 } : null;
  },
  order: 'outermost first',
});

function insideBox(line: CleanLine): string {
  return (BOX.exec(line.content)?.[1] ?? '').trim();
}

function withoutArguments(call: string | undefined): string | undefined {
  const name = call?.replace(/\(.*$/s, '').trim();
  return name === '' ? call : name;
}
