/**
 * One printed line of a native tool → one frame: sanitizers of LLVM and GCC, gdb, lldb, valgrind, Android's tombstones,
 * Chromium, systemd, Boost and `std::stacktrace`, gfortran, glibc. Only lines; `native.ts` puts them together.
 *
 * Names of C++ contain blanks and brackets, so places are cut from the end of the line.
 */
import type { DumpedFrame } from '../dumpGrammar.ts';
import { type CleanLine, stackFrame, toNumber } from '../grammar.ts';

type Printed = Parameters<typeof stackFrame>[1];

/** Reads a line of any of the tools; the one below is looked at for gfortran's two-line frames. */
export function readNativeFrame(line: CleanLine, below: CleanLine | undefined): DumpedFrame | null {
  const text = line.content;
  if (text.startsWith('#')) return readNumbered(line, below);
  const lldb = /^(?:\* )?frame #(\d{1,6}): 0x[0-9a-f]{1,16} (.{1,4000})$/.exec(text);
  if (lldb) return dumped(line, Number(lldb[1]), readLldb(lldb[2]!));
  const valgrind = /^(at|by) 0x[0-9A-Fa-f]{1,16}: (.{1,4000}) \((?:in )?([^()]{1,1000})\)$/.exec(text);
  if (valgrind) return dumped(line, valgrind[1] === 'at' ? 0 : 1, { function: valgrind[2], ...placeOf(valgrind[3]!) });
  const boost = /^(\d{1,5})# (.{1,4000}?)(?: at (.{1,1000}):(\d{1,9})| in (\S.{0,1000}))$/.exec(text);
  if (boost)
    return dumped(line, Number(boost[1]), {
      function: /^0x[0-9A-Fa-f]+$/.test(boost[2]!) ? null : boost[2],
      file: boost[3],
      line: toNumber(boost[4]),
    });
  const windows = readWindows(text);
  if (windows) return dumped(line, windows.number, windows.printed);
  const glibc = /^[\w./+-]{1,400}\(([\w.$@]{0,400})(?:\+0x[0-9a-f]{1,16})?\) ?\[0x[0-9a-f]{1,16}\]$/.exec(text);
  return glibc ? dumped(line, null, { function: glibc[1] }) : null;
}

/** `01 000000d1`2b6ff5e0 00007ff6`a7f871ca shop!main+0x2f [C:\\src\\main.cpp @ 12]` of WinDbg, `0> C:\\src\\pay.cpp(41): shop!charge+0x1D`. */
function readWindows(text: string) {
  const debugged =
    /^([0-9a-f]{2,3}) (?:[0-9a-f]{8}`[0-9a-f]{8} ){2} {0,8}(?:: .{0,200}: )?(?:([\w.]{1,80})!)?(\S.{0,600}?)(?:\+0x[0-9a-f]{1,8})?(?: \[(\S.{0,600}) @ (\d{1,9})\])?$/.exec(
      text,
    );
  if (debugged) {
    const [, number, module, name, file, line] = debugged;
    return { number: Number.parseInt(number!, 16), printed: { module, function: name, file, line: toNumber(line) } };
  }
  const unreal =
    /^(?:\[Callstack\] )?0x[0-9a-f]{8,16} ([\w.-]{1,120})!(\S.{0,600}?)(?:\(\))?(?: \[(\S.{0,600}):(\d{1,9})\])?$/.exec(
      text,
    );
  if (unreal) {
    const [, module, name, file, line] = unreal;
    return { number: null, printed: { module, function: name, file, line: toNumber(line) } };
  }
  const listed = /^(\d{1,4})> (?:(\S.{0,600})\((\d{1,9})\): )?([\w.]{1,80})!(\S.{0,600}?)\+0x[0-9A-Fa-f]{1,8}$/.exec(
    text,
  );
  if (!listed) return null;
  const [, number, file, line, module, name] = listed;
  return { number: Number(number), printed: { module, function: name, file, line: toNumber(line) } };
}

function readNumbered(line: CleanLine, below: CleanLine | undefined): DumpedFrame | null {
  const start = /^#(\d{1,6}) {1,5}(?=\S)/.exec(line.content);
  if (!start) return null;
  const rest = line.content.slice(start[0].length);
  const printed =
    readTombstone(rest) ??
    readGfortran(rest, below) ??
    (BINARY.test(` ${rest}`) ? null : readGdb(rest)) ??
    readSanitizer(rest) ??
    readAddressed(rest);
  if (!printed) return null;
  const frame = dumped(line, Number(start[1]), printed.frame);
  return printed.lines === 2 ? { ...frame, lines: 2 } : frame;
}

interface PrintedFrame {
  readonly frame: Printed;
  readonly lines?: 2;
}

/** `pc 0000000000012345  /data/app/lib/libshop.so (f()+12) (BuildId: …)` of Android. */
function readTombstone(rest: string): PrintedFrame | null {
  const match =
    /^pc (?:0x)?[0-9a-f]{8,16} {1,4}(\S.{0,1000}?)(?: \(offset 0x[0-9a-f]{1,16}\))?(?: \((?!BuildId|offset)(.{1,2000}?)(?:\+\d{1,9})?\))?(?: \(BuildId: [0-9a-f]{1,64}\))?$/.exec(
      rest,
    );
  return match && { frame: { function: match[2] } };
}

/** gfortran prints the place on a line of its own. */
function readGfortran(rest: string, below: CleanLine | undefined): PrintedFrame | null {
  const name = /^0x[0-9a-f]{1,16} in (\S{1,400})$/.exec(rest);
  const place = name && below ? /^at (.{1,1000}):(\d{1,9})$/.exec(below.content) : null;
  if (!name) return null;
  if (place) return { frame: { function: name[1], file: place[1], line: toNumber(place[2]) }, lines: 2 };
  return below !== undefined && /^at \?{3}/.test(below.content) ? { frame: { function: name[1] }, lines: 2 } : null;
}

/** `[0x… in ]f (args)[ at file:line| from library]`. */
function readGdb(rest: string): PrintedFrame | null {
  if (rest === '<signal handler called>') return { frame: { function: rest } };
  const body = rest.replace(/^0x[0-9a-f]{1,16} in /, '');
  const at = body.lastIndexOf(') at ');
  const from = body.lastIndexOf(') from ');
  const place = at < 0 ? null : /^(.{1,1000}):(\d{1,9})$/.exec(body.slice(at + 5));
  const end = place ? at : from >= 0 ? from : body.endsWith(')') && body !== rest ? body.length - 1 : -1;
  if (end < 0) return null;
  const call = body.slice(0, end + 1);
  // Strings among the arguments may hold single brackets; then the first one after a blank opens them.
  const open = openingBracket(call) ?? call.indexOf(' (') + 1;
  if (open <= 1 || call.charCodeAt(open - 1) !== 0x20) return null;
  if (!place && from < 0 && !/^\(\.{0,3}[\w=, <>?"'@:.*&+-]{0,2000}\)$/.test(call.slice(open))) return null;
  return { frame: { function: call.slice(0, open - 1), file: place?.[1], line: toNumber(place?.[2]) } };
}

const ADDRESS = /^0x[0-9a-f]{1,16}(?: {1,2}(?:in )?|$)/;
const BINARY = / {1,4}\([^()]{1,1000}\+ ?0x[0-9a-f]{1,16}\)(?: \(BuildId: [0-9a-f]{1,64}\))?$/;
const SOURCE = / ([^ ]{1,1000}?):(\d{1,9})(?::(\d{1,9}))?$/;
/** A path with blanks can only be told from the name before it by its root. */
const ROOTED_SOURCE = / ((?:\/|[A-Za-z]:[\\/]).{1,1000}?):(\d{1,9})(?::(\d{1,9}))?$/;

/** `0x… in f(args) file:line:column`, `0x… in f (module+0x…)`, and ThreadSanitizer's `f(args) file:line (module+0x…)`. */
function readSanitizer(rest: string): PrintedFrame | null {
  const binary = BINARY.exec(` ${rest}`);
  const isAddressed = ADDRESS.test(rest);
  if (!isAddressed && !binary) return null;
  const named = ` ${rest}`
    .slice(0, binary?.index ?? rest.length + 1)
    .slice(1)
    .replace(ADDRESS, '');
  const body = ` ${named}`;
  const source = ROOTED_SOURCE.exec(body) ?? SOURCE.exec(body);
  if (!source && !binary) return null;
  const name = body.slice(0, source?.index ?? body.length).trim();
  return {
    frame: {
      function: name === '<null>' ? null : name,
      file: source?.[1],
      line: toNumber(source?.[2]),
      column: toNumber(source?.[3]),
    },
  };
}

/** `0x55d6 base::Total() [../../shop/cart.cc:12:5]` of Chromium. */
function readAddressed(rest: string): PrintedFrame | null {
  const match = /^0x[0-9a-f]{1,16} (\S.{0,2000}) \[([^\][]{1,1000}?):(\d{1,9})(?::(\d{1,9}))?\]$/.exec(rest);
  return (
    match && { frame: { function: match[1], file: match[2], line: toNumber(match[3]), column: toNumber(match[4]) } }
  );
}

/** ``shop`f(args) at cart.c:5:13``, ``libc`abort + 126``. */
function readLldb(rest: string): Printed | null {
  const tick = rest.indexOf('`');
  if (tick < 0) return { module: /^\S+/.exec(rest)?.[0] ?? null };
  const body = rest.slice(tick + 1).replace(/ \[(?:opt|inlined|artificial)\](?= |$)/g, '');
  const source = / at (.{1,1000}?):(\d{1,9})(?::(\d{1,9}))?$/.exec(body);
  const name = (source ? body.slice(0, source.index) : body).replace(/ \+ \d{1,9}$/, '');
  return {
    function: name,
    module: rest.slice(0, tick),
    file: source?.[1],
    line: toNumber(source?.[2]),
    column: toNumber(source?.[3]),
  };
}

/** `cart.c:5` in valgrind's brackets, or the library. */
function placeOf(text: string): Printed {
  const source = /^(.{1,1000}):(\d{1,9})$/.exec(text);
  return source ? { file: source[1], line: toNumber(source[2]) } : {};
}

/** The partner of the last bracket, or null when they don't pair up. */
function openingBracket(text: string): number | null {
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    const code = text.charCodeAt(at);
    if (code === 0x29) depth++;
    else if (code === 0x28 && --depth === 0) return at;
  }
  return null;
}

function dumped(line: CleanLine, number: number | null, printed: Printed | null): DumpedFrame {
  return { frame: stackFrame(line.textLine, printed ?? {}), lines: 1, sure: true, number };
}
