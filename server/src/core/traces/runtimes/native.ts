/**
 * Native stacks: the sanitizers of LLVM and GCC (several stacks in one report), gdb, lldb, valgrind, Android's tombstones and
 * their like. How one line is read lives in `nativeFrames.ts`.
 */
import { dumpGrammar } from '../dumpGrammar.ts';
import type { ListHeader } from '../frameList.ts';
import { type CleanLine, toNumber } from '../grammar.ts';
import { readNativeFrame } from './nativeFrames.ts';

/** The grammar of what native tools print. */
export const nativeTraces = dumpGrammar({
  runtime: 'native',
  mayStart: line =>
    /^(?:#\d{1,6} |(?:\* )?frame #\d|(?:at|by) 0x|\d{1,5}# )/.test(line.content) ||
    /\[0x[0-9a-f]{1,16}\]$/.test(line.content) ||
    /^(?:(?:\[Callstack\] )?0x[0-9a-f]{8,16} .*!|[0-9a-f]{2,3} [0-9a-f]{8}`|\d{1,4}> .*!)/.test(line.content),
  readFrame: readNativeFrame,
  headingOf: line => {
    const text = line.content;
    if (/^(?:\* )?thread #\d{1,6}\b/.test(text)) return text.replace(/^\* /, '');
    if (/^Stack trace of thread \d{1,9}:$/.test(text)) return text.slice(0, -1);
    return /:$/.test(text) && text.length < 200 && !/^(?:#|frame |==)/.test(text) ? text.slice(0, -1) : null;
  },
  // gdb shows local variables, the line of the source and the selected frame's marks below a frame.
  isAside: line =>
    (line.indent > 4 && /^[\w$.]{1,100} = ./.test(line.content)) ||
    /^No (?:locals|symbol table info)/.test(line.content),
  readHeader: headerAbove,
  startsAnother: line => line.content.includes('Sanitizer: ') && SANITIZER.test(line.content),
});

const SANITIZER =
  /(?:ERROR|WARNING): (?:Address|HWAddress|Memory|Thread|Leak|UndefinedBehavior|DataFlow)Sanitizer: ([\w-]{1,80}(?: race)?)(.*)$/;

function headerAbove(lines: readonly CleanLine[], start: number, floor: number): ListHeader | null {
  for (let at = start - 1; at >= floor && start - at <= 14; at--) {
    const { content } = lines[at]!;
    const sanitizer = SANITIZER.exec(content);
    if (sanitizer) return { type: sanitizer[1]!, message: sanitizer[2]!.trim() || null, index: at };
    const undefinedBehaviour = /^(.{1,500}?):(\d{1,9}):(\d{1,9}): runtime error: (.*)$/.exec(content);
    if (undefinedBehaviour) {
      const [, file, line, column, message] = undefinedBehaviour;
      const throwSite = { file: file!, line: toNumber(line), column: toNumber(column) };
      return { type: 'runtime error', message: message!, index: at, throwSite };
    }
    const signal =
      /received signal (SIG\w{1,10}), (.*)$/.exec(content) ?? /^signal \d{1,3} \((SIG\w{1,10})\), (.*)$/.exec(content);
    if (signal) return { type: signal[1]!, message: signal[2]!, index: at };
    const stopped = /stop reason = (\w{1,40})(?: \((.{1,300})\))?/.exec(content);
    if (stopped) return { type: stopped[1]!, message: stopped[2] ?? null, index: at };
    const fortran = /^Fortran runtime error: (.*)$/.exec(content);
    if (fortran) return { type: 'Fortran runtime error', message: fortran[1]!, index: at };
    const valgrind =
      /^(Invalid (?:read|write|free)|Conditional jump|Use of uninitialised|\d[\d,]* bytes in )(.{0,200})$/.exec(
        content,
      );
    if (valgrind) return { type: 'valgrind', message: content, index: at };
  }
  return null;
}
