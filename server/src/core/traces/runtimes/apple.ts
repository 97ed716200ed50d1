/**
 * Crash reports of Apple's systems as text, `NSException`'s call stacks, Swift's traces on Linux before 5.9, and
 * Kotlin/Native's: index, module, address, symbol, and the place where symbols were at hand.
 */
import { type DumpedFrame, dumpGrammar } from '../dumpGrammar.ts';
import type { ListHeader } from '../frameList.ts';
import { type CleanLine, stackFrame, type TraceGrammar, toNumber } from '../grammar.ts';

const FRAME = /^(?:at )?(\d{1,5}) {1,6}\t?(\S.{0,120}?)\s{1,60}\t?(0x[0-9a-fA-F]{1,16})\s{1,40}(\S.{0,4000})$/;
const PLACE = / (?:\((\S.{0,1000}?):(\d{1,9})(?::(\d{1,9}))?\)|at (\S.{0,1000}?):(\d{1,9})(?::(\d{1,9}))?)$/;
/** The symbol and how far into it; an image's own address instead of a symbol says nothing. */
const SYMBOL = /^(.{1,4000}?) \+ (?:0x[0-9a-f]{1,16}|\d{1,12})$/;

/** The grammar of Apple's crash reports and of what prints like them. */
export const appleTraces: TraceGrammar = {
  runtime: 'swift',
  mayStart: line => /^(?:at )?\d{1,5}\s/.test(line.content),
  read(lines, start, floor) {
    const read = reports.read(lines, start, floor);
    const frames = read?.trace.threads.flatMap(({ errors }) => errors.flatMap(error => error.frames)) ?? [];
    const isKotlin = frames.some(frame => frame.function?.includes('kfun:'));
    return read !== null && isKotlin ? { ...read, trace: { ...read.trace, language: 'kotlin' } } : read;
  },
};

const reports = dumpGrammar({
  runtime: 'swift',
  mayStart: line => /^(?:at )?\d{1,5}\s/.test(line.content),
  readFrame,
  headingOf: line =>
    /^(?:Thread \d{1,5}(?: name:.{0,200}| Crashed:{1,2}.{0,200}|:.{0,200})|Last Exception Backtrace:|Application Specific Backtrace \d{1,3}:)$/.test(
      line.content,
    )
      ? line.content.replace(/:{1,2}$/, '')
      : null,
  isAside: line => line.content === '(' || line.content === ')' || line.content === '',
  readHeader: headerAbove,
  widestGap: 3,
});

function readFrame(line: CleanLine): DumpedFrame | null {
  const match = FRAME.exec(line.content);
  if (!match) return null;
  const found = PLACE.exec(match[4]!);
  const place = found && [found[1] ?? found[4], found[2] ?? found[5], found[3] ?? found[6]];
  const named = found ? match[4]!.slice(0, found.index) : match[4]!;
  const symbol = SYMBOL.exec(named)?.[1];
  // Crashlytics leaves out how far into a symbol it is.
  const isBare = symbol === undefined && !place;
  if (isBare && !/^[-+]?[\w$[(~@][^\s]{1,400}(?: [^\s]{1,200}){0,8}$/.test(named)) return null;
  const name = symbol ?? named;
  const printed = {
    // Without symbols the image stands for itself.
    function: /^0x[0-9a-fA-F]+$/.test(name) || name === match[2] ? null : name,
    module: match[2],
    file: place?.[0] === '<unknown>' || place?.[0] === '<compiler-generated>' ? null : place?.[0],
    // Line 0 stands for code that the compiler made.
    line: toNumber(place?.[1]) || null,
    column: toNumber(place?.[2]),
  };
  return { frame: stackFrame(line.textLine, printed), lines: 1, sure: !isBare, number: Number(match[1]) };
}

/** Crashlytics names an `NSException` without its namespace. */
const FATAL = /^Fatal Exception: ([A-Za-z]\w{0,100})(?:: (.{1,2000}))?$/;

const NAMED =
  /^(?:Fatal Exception: |Caused by: )?((?:[a-z]\w{0,60}\.){1,10}[A-Z]\w{0,100}(?:Exception|Error|Throwable))(?:: (.{1,2000}))?$/;

/** How far above the first thread a report says why it was written. */
const REACH = 40;

function headerAbove(lines: readonly CleanLine[], start: number, floor: number): ListHeader | null {
  for (let at = start - 1; at >= floor && start - at <= REACH; at--) {
    const { content } = lines[at]!;
    const fatal = /Fatal error:? ?(.{0,2000}?): file (.{1,500}), line (\d{1,9})$/.exec(content);
    if (fatal) {
      const throwSite = { file: fatal[2]!, line: toNumber(fatal[3]), column: null };
      return { type: 'Fatal error', message: fatal[1]!, index: at, throwSite };
    }
    const newer = /^(\S.{0,500}?):(\d{1,9}): Fatal error: (.{0,2000})$/.exec(content);
    if (newer) {
      const throwSite = { file: newer[1]!, line: toNumber(newer[2]), column: null };
      return { type: 'Fatal error', message: newer[3]!, index: at, throwSite };
    }
    const uncaught = /uncaught exception '([\w.]{1,200})', reason: '(.{0,2000}?)'?$/.exec(content);
    if (uncaught) return { type: uncaught[1]!, message: uncaught[2]!, index: at };
    const kotlin = /^Uncaught Kotlin exception: ([\w.]{1,300})(?:: (.*))?$/.exec(content);
    if (kotlin) return { type: kotlin[1]!, message: kotlin[2] ?? null, index: at };
    // Crashlytics and Kotlin/Native name it right above the list.
    const named = start - at <= 3 ? (NAMED.exec(content) ?? FATAL.exec(content)) : null;
    if (named) {
      const below = at + 1 < start ? lines[at + 1]!.content : '';
      return { type: named[1]!, message: named[2] ?? (below || null), index: at };
    }
    const type = /^Exception Type: {1,8}(\S{1,60})(?: \((.{1,200})\))?$/.exec(content);
    if (type) return { type: type[1]!, message: type[2] ?? null, index: at };
  }
  return null;
}
