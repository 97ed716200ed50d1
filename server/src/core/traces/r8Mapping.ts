/**
 * The mapping file of R8 and ProGuard: which class and method an obfuscated name stands for, by line where methods were inlined or
 * share a name. Only reading; what it means for a trace is in `retrace.ts`.
 *
 * The format is ProGuard's (`class -> name:`, then indented members `start:end:type method(args):start:end -> name`) with R8's
 * comments of JSON (`# {"id":"sourceFile","fileName":"Cart.kt"}`).
 */

/** One line of a method: the obfuscated lines it is for, and the original method with its lines. */
export interface MappedRange {
  /** Obfuscated lines, both included; null where the method holds for any line. */
  readonly start: number | null;
  readonly end: number | null;
  /** The class the code was written in, when it was inlined from another one. */
  readonly originalClass: string | null;
  readonly originalMethod: string;
  readonly originalStart: number | null;
  readonly originalEnd: number | null;
}

export interface MappedClass {
  readonly original: string;
  /** Ranges by obfuscated method, in the order of the file: of several with the same lines the first is the innermost. */
  readonly methods: ReadonlyMap<string, readonly MappedRange[]>;
}

export interface R8Mapping {
  /** `# pg_map_id`, which release builds print in place of the source file. */
  readonly id: string | null;
  /** By obfuscated name. */
  readonly classes: ReadonlyMap<string, MappedClass>;
  /** Source files by original class, where the mapping names them. */
  readonly sourceFiles: ReadonlyMap<string, string>;
}

const CLASS = /^(\S{1,400}) -> (\S{1,400}):$/;
const METHOD =
  /^\s{1,8}(?:(\d{1,9}):(\d{1,9}):)?\S{1,400} (?:([^\s()]{1,400})\.)?([^\s().:]{1,300})\([^()]{0,4000}\)(?::(\d{1,9}))?(?::(\d{1,9}))? -> (\S{1,300})$/;
const SOURCE_FILE = /^\s{0,8}# ?\{"id":"sourceFile","fileName":"([^"\\]{1,300})"\}$/;
const MAP_ID = /^# ?pg_map_id: (\S{1,80})$/;

/** Reads a mapping; lines that are none are passed over. Null when no class is mapped. Linear. */
export function parseR8Mapping(text: string): R8Mapping | null {
  const classes = new Map<string, MappedClass>();
  const sourceFiles = new Map<string, string>();
  let id: string | null = null;
  let current: { original: string; methods: Map<string, MappedRange[]> } | null = null;
  for (let start = 0; start < text.length; ) {
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    const line = text.slice(start, text.charCodeAt(end - 1) === 0x0d ? end - 1 : end);
    start = end + 1;
    if (/^\s{0,8}#/.test(line)) {
      const source = SOURCE_FILE.exec(line)?.[1];
      if (source !== undefined && current) sourceFiles.set(current.original, source);
      id ??= MAP_ID.exec(line)?.[1] ?? null;
      continue;
    }
    const named = line.startsWith(' ') ? null : CLASS.exec(line);
    if (named) {
      current = { original: named[1]!, methods: new Map() };
      classes.set(named[2]!, current);
      continue;
    }
    const method = current && METHOD.exec(line);
    if (!current || !method) continue;
    const range = toRange(method);
    const ranges = current.methods.get(method[7]!);
    if (ranges) ranges.push(range);
    else current.methods.set(method[7]!, [range]);
  }
  return classes.size === 0 ? null : { id, classes, sourceFiles };
}

function toRange(method: RegExpExecArray): MappedRange {
  const number = (digits: string | undefined) => (digits === undefined ? null : Number(digits));
  return {
    start: number(method[1]),
    end: number(method[2]),
    originalClass: method[3] ?? null,
    originalMethod: method[4]!,
    originalStart: number(method[5]),
    originalEnd: number(method[6]),
  };
}
