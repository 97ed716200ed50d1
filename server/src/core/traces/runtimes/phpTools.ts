/**
 * PHP traces as tools print them: Xdebug's (`PHP   1. {main}() /app/a.php:0`, outermost first) and Symfony's console
 * (`App\Cart->total() at /app/src/Pay.php:20`), and messages of PHP itself that name a place but have no trace.
 */
import { frameListGrammar } from '../frameList.ts';
import {
  type CleanLine,
  errorDraft,
  type ReadTrace,
  singleThread,
  stackFrame,
  type TraceGrammar,
  toNumber,
} from '../grammar.ts';

const XDEBUG = /^(?:PHP )?\s{0,4}(\d{1,5})\. (\S.{0,2000}?)\((.{0,4000}?)\) (\S.{0,600}):(\d{1,9})$/;

/** Xdebug's stack traces in logs and on terminals. */
export const xdebugTraces = frameListGrammar({
  runtime: 'php',
  mayStart: line => /^(?:PHP )?\s{0,4}1\. /.test(line.content),
  readFrame: line => {
    const match = XDEBUG.exec(line.content);
    if (!match || !/(?:\.(?:php|phtml|inc|module)(?:\(\d{1,7}\) : .{1,60})?|^php shell code)$/.test(match[4]!))
      return null;
    const printed = { function: match[2], file: match[4], line: toNumber(match[5]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  readHeader: (lines, start, floor) => {
    for (let at = start - 1; at >= floor && start - at <= 3; at--) {
      const message = readMessage(lines[at]!);
      if (message) return { type: message.type, message: message.message, index: at };
    }
    return null;
  },
  order: 'outermost first',
});

const CONSOLE =
  /^(?:([\w\\{}:/.<>-]{1,400}(?:->|::)?[\w{}:/\\.<>-]{0,400})\(\) )?at (\S.{0,600}\.(?:php|phtml|inc)|\S{1,300}\/bin\/\w{1,60}|n\/a):(\d{1,9}|n\/a)$/;

/** What Symfony's console prints with `-v`. */
export const symfonyTraces = frameListGrammar({
  runtime: 'php',
  mayStart: line => CONSOLE.test(line.content),
  readFrame: line => {
    const match = CONSOLE.exec(line.content);
    if (!match) return null;
    const file = match[2] === 'n/a' ? null : match[2];
    const printed = { function: match[1], file, line: match[3] === 'n/a' ? null : toNumber(match[3]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  readHeader: (lines, start, floor) => {
    for (let at = start - 1; at >= floor && start - at <= 16; at--) {
      const named = /^\[([A-Z][\w\\]{1,300})\]$/.exec(lines[at]!.content);
      if (named) return { type: named[1]!, message: lines[at + 1]?.content || null, index: at };
    }
    return null;
  },
});

/** What PHPUnit prints of a failed test: places alone, below the test's name and what went wrong. */
export const phpunitTraces = frameListGrammar({
  runtime: 'php',
  mayStart: line => line.content.includes('.php:') && UNIT_FRAME.test(line.content),
  readFrame: line => {
    const frame = UNIT_FRAME.exec(line.content);
    if (!frame) return null;
    const printed = { file: frame[1], line: toNumber(frame[2]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  readHeader: (lines, start, floor) => {
    for (let at = start - 1; at >= floor && start - at <= LONGEST_FAILURE; at--) {
      if (!/^\d{1,5}\) [\w\\]{1,200}::\w/.test(lines[at]!.content)) continue;
      const said = lines.slice(at + 1, start).map(line => line.content);
      const named = /^([A-Z][\w\\]{0,200}): (.*)$/.exec(said[0] ?? '');
      const message = [named?.[2] ?? said[0] ?? '', ...said.slice(1)].join('\n').trim();
      return { type: named?.[1] ?? 'Failure', message: message || null, index: at };
    }
    return null;
  },
  leastUnnamed: Number.MAX_SAFE_INTEGER,
});

const UNIT_FRAME = /^((?:\/|[A-Za-z]:[\\/])\S.{0,600}\.(?:php|phtml|inc)):(\d{1,9})$/;
/** Lines of a failure's message, with the difference that it shows. */
const LONGEST_FAILURE = 40;

const MESSAGE =
  /^(?:PHP )?((?:Fatal|Parse|Recoverable fatal|Catchable fatal) error|Warning|Notice|Deprecated|Strict Standards): {1,3}(.{1,4000}) in (\S.{0,600}) on line (\d{1,9})$/;

/** Errors, warnings and notices without a trace: the place alone. */
export const phpMessages: TraceGrammar = {
  runtime: 'php',
  mayStart: line => line.content.includes(' on line ') && MESSAGE.test(line.content),
  read: (lines, start): ReadTrace | null => {
    const line = lines[start]!;
    const message = readMessage(line);
    // With a trace below it the message is that one's header.
    if (!message || /^(?:PHP )?Stack trace:$|^(?:PHP )?\s{0,4}1\. /.test(lines[start + 1]?.content ?? '')) return null;
    const error = errorDraft({ type: message.type, message: message.message, textLine: line.textLine });
    error.frames.push(
      stackFrame(line.textLine, { kind: 'throw-site', file: message.file, line: toNumber(message.line) }),
    );
    const trace = {
      language: 'php',
      firstLine: line.textLine,
      lastLine: line.textLine,
      threads: singleThread([error]),
    };
    return { trace, next: start + 1 };
  },
};

function readMessage(line: CleanLine) {
  const match = MESSAGE.exec(line.content);
  return match && { type: match[1]!, message: match[2]!, file: match[3]!, line: match[4]! };
}
