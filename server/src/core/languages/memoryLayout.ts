/**
 * Where Tree-sitter's runtime keeps what of a syntax tree, after `subtree.h` and the language tables of `parser.h` (32-bit pointers, lowest
 * byte first) of the pinned version. Who reads trees there is `memoryCursor.ts`, in steps, and `memoryTree.ts`, as a whole.
 */
import type { Language as Grammar } from 'web-tree-sitter';
import type { PlainShape } from './plainTree.ts';

/** The runtime's memory, as its loader keeps it: the arrays are replaced when it grows. */
export interface RuntimeMemory {
  readonly HEAPU8?: Uint8Array;
  readonly HEAPU16?: Uint16Array;
  readonly HEAPU32?: Uint32Array;
}

/** What a language's tables say, and where the long ones begin (addresses of bytes). */
export interface Tables {
  readonly memory: RuntimeMemory;
  readonly maxAliases: number;
  readonly fieldSlices: number;
  readonly fieldEntries: number;
  readonly metadata: number;
  readonly aliases: number;
  /** What walks see of each symbol: its type and, in other words, whether it is named. */
  readonly types: readonly string[];
  /** What the types are to a language's walks; made when they first ask. */
  readonly kinds: Map<PlainShape, Uint8Array>;
}

/** What the library keeps on its objects: the address of a language, and the symbol that a node has instead of its own. */
export interface Handle {
  readonly 0: number;
}

/** Null where the tables are none that this file knows. */
export function tablesOf(grammar: Grammar, memory: RuntimeMemory): Tables | null {
  const { HEAPU8: bytes, HEAPU16: shorts, HEAPU32: words } = memory;
  const address = (grammar as unknown as Handle)[0];
  if (bytes === undefined || shorts === undefined || words === undefined || !(address > 0)) return null;
  const wordAt = (offset: number) => words[(address + offset) >> 2]!;
  const symbolCount = wordAt(4) + wordAt(8);
  const isKnown = wordAt(0) >= 13 && wordAt(0) <= 15 && symbolCount === grammar.types.length;
  if (!isKnown || wordAt(32) + 1 !== grammar.fields.length) return null;
  const publicSymbols = wordAt(76);
  const typeOf = (symbol: number) => grammar.types[shorts[(publicSymbols >> 1) + symbol]!] || 'ERROR';
  return {
    memory,
    maxAliases: shorts[(address + 36) >> 1]!,
    fieldSlices: wordAt(64),
    fieldEntries: wordAt(68),
    metadata: wordAt(72),
    aliases: wordAt(84),
    types: Array.from({ length: symbolCount }, (_, symbol) => typeOf(symbol)),
    kinds: new Map(),
  };
}

/** Of a subtree that is a number: its lowest bit is set, where that of an address is not. Of both: these bits of the flags. */
export const INLINE = 1;
export const VISIBLE = 1;
export const NAMED = 2;
export const EXTRA = 4;

/** Where a subtree that is no number has what, in bytes. */
export const PADDING = 4;
export const SIZE = 16;
export const CHILD_COUNT = 36;
export const SYMBOL = 40;
export const FLAGS = 44;
export const VISIBLE_CHILD_COUNT = 48;
export const PRODUCTION = 66;

/** `ts_builtin_sym_error`. */
export const ERROR_SYMBOL = 65535;

/** How many bytes a subtree takes among its parent's children, which end where the parent begins. */
export const SUBTREE = 8;
