/** Crystal, Nim, Zig and Julia: small runtimes whose traces are one pattern each, kept in one file for that reason. */
import { chainedGrammar } from '../chained.ts';
import { frameListGrammar } from '../frameList.ts';
import { stackFrame, toNumber } from '../grammar.ts';

const CRYSTAL = /^from (\S.{0,600}\.(?:cr|ecr)):(\d{1,9}):(\d{1,9}) in '([^']{1,300})'$/;

/** Crystal: `from src/cart.cr:12:3 in 'total'`. */
const crystalLists = frameListGrammar({
  runtime: 'crystal',
  mayStart: line => line.content.startsWith('from '),
  readFrame: line => {
    const frame = CRYSTAL.exec(line.content);
    if (!frame) return null;
    const printed = { function: frame[4], file: frame[1], line: toNumber(frame[2]), column: toNumber(frame[3]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  isAside: line => /^from \?{3}$|^from .* in '[^']*'$/.test(line.content),
  readHeader: (lines, start, floor) => {
    const above = start - 1 >= floor ? lines[start - 1]!.content : '';
    const named = /^(?:Unhandled exception: |Caused by: )?(.{0,2000}) \(([A-Z][\w:]{0,200})\)$/.exec(above);
    return named ? { type: named[2]!, message: named[1]!, index: start - 1 } : null;
  },
});

export const crystalTraces = chainedGrammar(crystalLists, content =>
  /^Caused by: .* \([A-Z][\w:]*\)$/.test(content) ? 'cause' : 'other',
);

const NIM = /^(\S.{0,600}\.nims?)\((\d{1,9})(?:, (\d{1,9}))?\) {1,40}(\S{1,200})$/;

/** Nim: `/app/cart.nim(3) total`, outermost first. */
export const nimTraces = frameListGrammar({
  runtime: 'nim',
  mayStart: line => line.content.includes('.nim') && NIM.test(line.content),
  readFrame: line => {
    const frame = NIM.exec(line.content);
    if (!frame) return null;
    const printed = { function: frame[4], file: frame[1], line: toNumber(frame[2]), column: toNumber(frame[3]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  isAside: line => /^\[\[?reraised from/.test(line.content),
  readHeader: (lines, start, floor) =>
    start - 1 >= floor && lines[start - 1]!.content.startsWith('Traceback (most recent call last)')
      ? { type: null, message: null, index: start - 1 }
      : null,
  readFooter: (lines, next) => {
    const error = /^Error: unhandled exception: (.{0,2000}) \[(\w{1,200})\]$/.exec(lines[next]?.content ?? '');
    return error ? { type: error[2]!, message: error[1]!, index: next } : null;
  },
  order: 'outermost first',
});

const ZIG = /^(\S.{0,600}\.(?:zig|c|h)):(\d{1,9}):(\d{1,9}): 0x[0-9a-f]{1,16} in (\S.{0,300}) \((\S{1,200})\)$/;

/** Zig: `/src/cart.zig:12:9: 0x1038dcb in total (shop)`, with the source line and a mark below. */
export const zigTraces = frameListGrammar({
  runtime: 'zig',
  mayStart: line => line.content.includes(': 0x') && ZIG.test(line.content),
  readFrame: (line, below) => {
    const frame = ZIG.exec(line.content);
    if (!frame) return null;
    const printed = { function: frame[4], file: frame[1], line: toNumber(frame[2]), column: toNumber(frame[3]) };
    const quotedSource = below && below.indent > 0 && !/^\^+$/.test(below.content) ? below.content : null;
    return { frame: stackFrame(line.textLine, { ...printed, quotedSource }), lines: 1, sure: true };
  },
  isAside: line => line.indent > 0,
  readHeader: (lines, start, floor) => {
    const above = start - 1 >= floor ? lines[start - 1]!.content : '';
    const named = /^(?:thread \d{1,12} (panic)|(error)): (.*)$/.exec(above);
    return named ? { type: named[1] ?? named[2]!, message: named[3]!, index: start - 1 } : null;
  },
});

const JULIA_SIGNAL = /^(\S{1,300}) at (\S{1,600}\.(?:jl|c|h|cpp)):(\d{1,9})(?: \[inlined\])?$/;

/** Julia when a signal ends it: `total at /app/cart.jl:12` below `signal (11): Segmentation fault`. */
export const juliaSignals = frameListGrammar({
  runtime: 'julia',
  mayStart: line => line.content.includes(' at ') && JULIA_SIGNAL.test(line.content),
  readFrame: line => {
    const frame = JULIA_SIGNAL.exec(line.content);
    if (!frame) return null;
    const printed = { function: frame[1], file: frame[2], line: toNumber(frame[3]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  isAside: line => /^unknown function \(ip: |^\S{1,300} at \S{1,600} \(unknown line\)$/.test(line.content),
  readHeader: (lines, start, floor) => {
    for (let at = start - 1; at >= floor && start - at <= 4; at--) {
      const signal =
        /^(?:\[\d{1,9}\] )?signal (?:\(\d{1,3}\)|\d{1,3} \(\d{1,3}\)|\(\d{1,3}\.\d{1,3}\)|\d{1,3}): (.{1,200})$/.exec(
          lines[at]!.content,
        );
      if (signal) return { type: 'signal', message: signal[1]!, index: at };
    }
    return null;
  },
  leastUnnamed: Number.MAX_SAFE_INTEGER,
});

const JULIA_CALL =
  /^\[(\d{1,5})\] (\S.{0,1000}?)(?:\(.{0,4000}\))?(?: at (\S.{0,600}\.jl):(\d{1,9})(?: \[inlined\])?)?$/;
const JULIA_PLACE = /^@ (?:(\S{1,200}) )?(\S.{0,600}?):(\d{1,9})(?: \[inlined\])?$/;

/** Julia: `[2] total(c::Cart)` and below it `@ Main ~/shop/cart.jl:12`. */
const juliaLists = frameListGrammar({
  runtime: 'julia',
  mayStart: line => /^\[1\] /.test(line.content),
  readFrame: (line, below) => {
    const call = JULIA_CALL.exec(line.content);
    if (!call) return null;
    const place = below ? JULIA_PLACE.exec(below.content) : null;
    if (!place && call[3] === undefined) return null;
    const printed = {
      function: call[2],
      module: place?.[1],
      file: call[3] ?? place?.[2],
      line: toNumber(call[4] ?? place?.[3]),
    };
    return { frame: stackFrame(line.textLine, printed), lines: call[3] === undefined ? 2 : 1, sure: true };
  },
  isAside: line => /^(?:\.{3}|---|@ )|^\[\d/.test(line.content),
  readHeader: (lines, start, floor) => {
    for (let at = start - 1; at >= floor && start - at <= 12; at--) {
      const error = /^(?:ERROR|caused by): (LoadError: )?(.+)$/.exec(lines[at]!.content);
      if (!error) continue;
      const named = /^(\w{1,100}(?:Error|Exception))(?:(?:: | with )(.*))?$/.exec(error[2]!);
      if (named) return { type: named[1]!, message: named[2] ?? null, index: at };
      return { type: error[1] === undefined ? 'ErrorException' : 'LoadError', message: error[2]!, index: at };
    }
    return null;
  },
});

export const juliaTraces = chainedGrammar(juliaLists, content => {
  if (content.startsWith('caused by: ')) return 'cause';
  return content.startsWith('in expression starting at ') ? 'between' : 'other';
});
