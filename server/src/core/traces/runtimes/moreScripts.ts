/** Godot, Racket, Raku, D, MATLAB and Go's testify: small traces that are one pattern each, kept in one file for that reason. */
import { frameListGrammar } from '../frameList.ts';
import { stackFrame, toNumber } from '../grammar.ts';

const GODOT =
  /^(?:at: |\[\d{1,4}\] )([\w.@<>:]{1,160}) \((res:\/\/[^()]{1,400}|[\w./-]{1,300}\.(?:gd|cpp|h|cs)):(\d{1,9})\)$/;

/** Godot: `at: charge (res://scripts/pay.gd:41)`, and the backtrace of its newer versions. */
export const godotTraces = frameListGrammar({
  runtime: 'gdscript',
  mayStart: line => GODOT.test(line.content),
  readFrame: line => {
    const frame = GODOT.exec(line.content);
    if (!frame) return null;
    const printed = { function: frame[1], file: frame[2], line: toNumber(frame[3]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  isAside: line => line.content.startsWith('GDScript backtrace'),
  readHeader: (lines, start, floor) => {
    for (let at = start - 1; at >= floor && start - at <= 2; at--) {
      const error = /^((?:USER |SCRIPT )?(?:ERROR|WARNING)): (.*)$/.exec(lines[at]!.content);
      if (error) return { type: error[1]!, message: error[2] || null, index: at };
    }
    return null;
  },
  leastUnnamed: Number.MAX_SAFE_INTEGER,
});

const RACKET = /^(\S.{0,400}\.(?:rkt|scm|ss)):(\d{1,9}):(\d{1,9})(?:: (\S.{0,200}))?$/;

/** Racket: places and names below `context...:`. */
export const racketTraces = frameListGrammar({
  runtime: 'racket',
  mayStart: line => RACKET.test(line.content),
  readFrame: line => {
    const frame = RACKET.exec(line.content);
    if (!frame) return null;
    const printed = { function: frame[4], file: frame[1], line: toNumber(frame[2]), column: toNumber(frame[3]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  isAside: line => /^(?:body of |\.{3})/.test(line.content),
  readHeader: (lines, start, floor) => {
    if (start - 1 < floor || lines[start - 1]!.content !== 'context...:') return null;
    const message = start - 2 >= floor ? lines[start - 2]!.content : '';
    return { type: 'error', message: message || null, index: message === '' ? start - 1 : start - 2 };
  },
  leastUnnamed: Number.MAX_SAFE_INTEGER,
});

const RAKU = /^in ((?:sub|method|block|regex|submethod|code|any) \S{0,200}) at (\S.{0,400}?) line (\d{1,9})$/;

/** Raku: `in sub charge at pay.raku line 41`. */
export const rakuTraces = frameListGrammar({
  runtime: 'raku',
  mayStart: line => line.content.startsWith('in ') && RAKU.test(line.content),
  readFrame: line => {
    const frame = RAKU.exec(line.content);
    if (!frame) return null;
    const printed = { function: frame[1], file: frame[2], line: toNumber(frame[3]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  readHeader: (lines, start, floor) => {
    const message = start > floor ? lines[start - 1]!.content : '';
    return message === '' ? null : { type: 'error', message, index: start - 1 };
  },
});

const DLANG = /^(\?\?|\S.{0,400}\.di?):(\d{1,9}|\?) (\S.{0,400}) \[0x[0-9a-f]{1,16}\]$/;

/** D: `source/pay.d:41 int pay.charge(int[]) [0x55d6]` below a rule of dashes. */
export const dlangTraces = frameListGrammar({
  runtime: 'd',
  mayStart: line => line.content.endsWith(']') && DLANG.test(line.content),
  readFrame: line => {
    const frame = DLANG.exec(line.content);
    if (!frame) return null;
    const file = frame[1] === '??' ? null : frame[1];
    const printed = { function: frame[3], file, line: toNumber(frame[2] === '?' ? undefined : frame[2]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: file !== null };
  },
  readHeader: (lines, start, floor) => {
    const at = start - 1 >= floor && /^-{8,80}$/.test(lines[start - 1]!.content) ? start - 2 : -1;
    const text = at >= floor ? lines[at]!.content : '';
    const error = /^([\w.]{1,200})@(\S.{0,400}\.di?)\((\d{1,9})\): (.*)$/.exec(text);
    if (!error) return null;
    const throwSite = { file: error[2]!, line: toNumber(error[3]), column: null };
    return { type: error[1]!, message: error[4] || null, index: at, throwSite };
  },
});

const MATLAB = /^Error (?:using|in) (@?[\w/>.]{1,200}(?:\([^()]{0,200}\))?) \(line (\d{1,9})\)$/;

/** MATLAB: `Error using pay>charge (line 41)`, the message, and `Error in main (line 3)` with the source below each. */
export const matlabTraces = frameListGrammar({
  runtime: 'matlab',
  mayStart: line => line.content.startsWith('Error ') && MATLAB.test(line.content),
  readFrame: line => {
    const frame = MATLAB.exec(line.content);
    if (!frame) return null;
    return { frame: stackFrame(line.textLine, { function: frame[1], line: toNumber(frame[2]) }), lines: 1, sure: true };
  },
  isAside: line => !line.content.startsWith('Error '),
  readHeader: (lines, start) => ({ type: 'error', message: lines[start + 1]?.content || null, index: start }),
});

const TESTIFY = /^(?:Error Trace:\s{1,40})?((?:\/|[A-Za-z]:[\\/])?\S{1,400}\.go):(\d{1,9})$/;

/** What testify prints of a failed assertion in Go. */
export const testifyTraces = frameListGrammar({
  runtime: 'go',
  mayStart: line => line.content.startsWith('Error Trace:') && TESTIFY.test(line.content),
  readFrame: line => {
    const frame = TESTIFY.exec(line.content);
    if (!frame) return null;
    const printed = { file: frame[1], line: toNumber(frame[2]) };
    const sure = line.content.startsWith('Error Trace:');
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure };
  },
  readHeader: () => null,
  readFooter: (lines, next) => {
    const said = /^Error:\s{1,40}(.*)$/.exec(lines[next]?.content ?? '')?.[1];
    return said === undefined ? null : { type: 'Error', message: said.trim() || null, index: next };
  },
});
