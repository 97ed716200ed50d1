/**
 * A cursor that reads a syntax tree where it lies, in the memory of Tree-sitter's runtime: every step of the library's own is some
 * ten calls into wasm, and reading all nodes of a text that way took longer than making facts of them. It follows `tree_cursor.c` of the
 * pinned version over what `memoryLayout.ts` knows; `grammars.ts` has it compared with the library's cursor when a grammar is loaded, and
 * does without it where they differ. What is read of a tree is `plainTree.ts`' business; a whole one is read without a cursor (`memoryTree.ts`).
 */
import type { Language as Grammar, Node } from 'web-tree-sitter';
import type { TreeSource } from './language.ts';
import {
  CHILD_COUNT,
  ERROR_SYMBOL,
  EXTRA,
  FLAGS,
  type Handle,
  INLINE,
  NAMED,
  PADDING,
  PRODUCTION,
  type RuntimeMemory,
  SIZE,
  SUBTREE,
  SYMBOL,
  type Tables,
  tablesOf,
  VISIBLE,
  VISIBLE_CHILD_COUNT,
} from './memoryLayout.ts';
import { readTreeInMemory } from './memoryTree.ts';
import { type PlainShape, readPlainTree } from './plainTree.ts';

/** A grammar whose trees can be read where they lie. */
interface GrammarInMemory extends Grammar {
  readonly tables?: Tables;
}

type Cursor = ReturnType<TreeSource['walk']>;

/** The node as walks read it: where it lies, if its grammar is known to lie where it is looked for. */
export function sourceOf(node: Node): TreeSource {
  const { tables } = node.tree.language as GrammarInMemory;
  if (tables === undefined) return node;
  return { walk: () => new MemoryCursor(node, tables), readPlain: shape => readTreeInMemory(node, tables, shape) };
}

/** Makes `sourceOf` read this grammar's trees in memory. `probe` gives the root of any tree of it. */
export function readInMemory(grammar: Grammar, memory: RuntimeMemory, probe: () => Node | null): void {
  const tables = tablesOf(grammar, memory);
  const node = tables && probe();
  if (!node || !isLittleEndian()) return;
  const own = described(new MemoryCursor(node, tables!));
  const known = described(node.walk());
  const plain = JSON.stringify(readPlainTree({ walk: () => node.walk() }, ANY_SHAPE));
  const isSame = own === known && JSON.stringify(readTreeInMemory(node, tables!, ANY_SHAPE)) === plain;
  if (isSame) Object.assign(grammar, { tables });
}

const ANY_SHAPE: PlainShape = { leaves: new Set(), anchors: new Set() };

/** All that a walk can see of the tree, in words. */
function described(cursor: Cursor): string {
  const parts: unknown[] = [];
  const describe = (): void => {
    parts.push(
      cursor.nodeType,
      cursor.nodeIsNamed,
      cursor.startIndex,
      cursor.endIndex,
      cursor.currentFieldName ?? null,
    );
    if (!cursor.gotoFirstChild()) return;
    do describe();
    while (cursor.gotoNextSibling());
    cursor.gotoParent();
  };
  describe();
  cursor.delete();
  return JSON.stringify(parts);
}

function isLittleEndian(): boolean {
  return new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
}

type Step = 'none' | 'hidden' | 'visible';

/** The library's cursor, in the same words. Good until the tree is deleted, edited or parsed again; it holds nothing itself. */
class MemoryCursor implements Cursor {
  readonly #bytes: Uint8Array;
  readonly #shorts: Uint16Array;
  readonly #words: Uint32Array;
  readonly #tables: Tables;
  readonly #fields: readonly (string | null)[];
  /** The subtrees on the way to the current one: their addresses, where they start, which children they are, with and without extras. */
  readonly #addresses: number[];
  readonly #starts: number[];
  readonly #indexes: number[] = [0];
  readonly #places: number[] = [0];
  /** The symbols that they have instead of their own, or 0. */
  readonly #aliases: number[];
  #top = 0;

  constructor(node: Node, tables: Tables) {
    const { HEAPU8, HEAPU16, HEAPU32 } = tables.memory;
    this.#bytes = HEAPU8!;
    this.#shorts = HEAPU16!;
    this.#words = HEAPU32!;
    this.#tables = tables;
    this.#fields = node.tree.language.fields;
    this.#addresses = [node.id];
    this.#starts = [2 * node.startIndex];
    const alias = (node as unknown as Handle)[0];
    this.#aliases = [(this.#flagsAt(node.id) & EXTRA) !== 0 ? 0 : alias];
  }

  get nodeType(): string {
    const alias = this.#aliases[this.#top]!;
    const symbol = alias !== 0 ? alias : this.#symbolAt(this.#addresses[this.#top]!);
    if (symbol === ERROR_SYMBOL) return 'ERROR';
    return this.#tables.types[symbol]!;
  }

  get nodeIsNamed(): boolean {
    const alias = this.#aliases[this.#top]!;
    if (alias !== 0) return this.#bytes[this.#tables.metadata + 3 * alias + 1] === 1;
    return (this.#flagsAt(this.#addresses[this.#top]!) & NAMED) !== 0;
  }

  get startIndex(): number {
    return this.#starts[this.#top]! >> 1;
  }

  get endIndex(): number {
    return (this.#starts[this.#top]! + this.#sizeAt(this.#addresses[this.#top]!)) >> 1;
  }

  get currentFieldName(): string | null {
    for (let level = this.#top; level > 0; level--) {
      const isVisible = this.#isVisible(level);
      if (level !== this.#top && isVisible) break;
      if ((this.#flagsAt(this.#addresses[level]!) & EXTRA) !== 0) break;
      const field = this.#fieldOf(this.#addresses[level - 1]!, this.#places[level]!);
      if (field !== 0) return this.#fields[field] ?? null;
    }
    return null;
  }

  gotoFirstChild(): boolean {
    for (;;) {
      const subtree = this.#words[this.#addresses[this.#top]! >> 2]!;
      if ((subtree & INLINE) !== 0) return false;
      const step = this.#toChild(subtree, 0, 0, this.#starts[this.#top]!);
      if (step !== 'hidden') return step === 'visible';
    }
  }

  gotoNextSibling(): boolean {
    const before = this.#top;
    for (let level = before; level > 0; level--) {
      if (level !== before && this.#isVisible(level)) break;
      const address = this.#addresses[level]!;
      const place = this.#places[level]! + ((this.#flagsAt(address) & EXTRA) !== 0 ? 0 : 1);
      const end = this.#starts[level]! + this.#sizeAt(address);
      this.#top = level - 1;
      const parent = this.#words[this.#addresses[level - 1]! >> 2]!;
      const step = this.#toChild(parent, this.#indexes[level]! + 1, place, end);
      if (step === 'visible' || (step === 'hidden' && this.gotoFirstChild())) return true;
    }
    this.#top = before;
    return false;
  }

  gotoParent(): boolean {
    for (let level = this.#top - 1; level >= 0; level--) {
      if (level > 0 && !this.#isVisible(level)) continue;
      this.#top = level;
      return true;
    }
    return false;
  }

  delete(): void {}

  /** Goes to the first child from this one on that is visible, or holds what is; `end` is where the one before it ends, or the parent's start. */
  #toChild(parent: number, firstIndex: number, firstPlace: number, firstEnd: number): Step {
    const words = this.#words;
    const count = words[(parent + CHILD_COUNT) >> 2]!;
    const children = parent - SUBTREE * count;
    const aliases = this.#aliasesOf(parent);
    let place = firstPlace;
    let end = firstEnd;
    for (let index = firstIndex; index < count; index++) {
      const address = children + SUBTREE * index;
      const subtree = words[address >> 2]!;
      const isInline = (subtree & INLINE) !== 0;
      const rest = words[(address >> 2) + 1]!;
      const flags = isInline ? subtree >> 1 : this.#bytes[subtree + FLAGS]!;
      // The padding of the first child is its parent's.
      const padding = index === 0 ? 0 : isInline ? (rest >>> 16) & 255 : words[(subtree + PADDING) >> 2]!;
      const start = end + padding;
      const isExtra = (flags & EXTRA) !== 0;
      const alias = aliases === 0 || isExtra ? 0 : this.#shorts[(aliases >> 1) + place]!;
      const isVisible = (flags & VISIBLE) !== 0 || alias !== 0;
      if (isVisible || (!isInline && this.#hasVisibleChild(subtree))) {
        const level = ++this.#top;
        this.#addresses[level] = address;
        this.#starts[level] = start;
        this.#indexes[level] = index;
        this.#places[level] = place;
        this.#aliases[level] = alias;
        return isVisible ? 'visible' : 'hidden';
      }
      end = start + (isInline ? rest >>> 24 : words[(subtree + SIZE) >> 2]!);
      if (!isExtra) place++;
    }
    return 'none';
  }

  #hasVisibleChild(subtree: number): boolean {
    return this.#words[(subtree + CHILD_COUNT) >> 2]! > 0 && this.#words[(subtree + VISIBLE_CHILD_COUNT) >> 2]! > 0;
  }

  /** Where the symbols begin that a parent's children have instead of their own; 0 where it gives none. */
  #aliasesOf(parent: number): number {
    const production = this.#shorts[(parent + PRODUCTION) >> 1]!;
    return production === 0 ? 0 : this.#tables.aliases + 2 * production * this.#tables.maxAliases;
  }

  /** The number of the field that a parent puts the child at this place in, or 0. */
  #fieldOf(parentAddress: number, place: number): number {
    if (this.#fields.length === 1) return 0;
    const production = this.#shorts[(this.#words[parentAddress >> 2]! + PRODUCTION) >> 1]!;
    const shorts = this.#shorts;
    const slice = (this.#tables.fieldSlices >> 1) + 2 * production;
    const first = (this.#tables.fieldEntries >> 1) + 2 * shorts[slice]!;
    for (let entry = first, end = first + 2 * shorts[slice + 1]!; entry < end; entry += 2) {
      // A field's number, a child's place, and a byte that says whether the field is that of the child's own children.
      if (shorts[entry + 1] === place) return shorts[entry]!;
    }
    return 0;
  }

  #isVisible(level: number): boolean {
    return this.#aliases[level] !== 0 || (this.#flagsAt(this.#addresses[level]!) & VISIBLE) !== 0;
  }

  #flagsAt(address: number): number {
    const subtree = this.#words[address >> 2]!;
    return (subtree & INLINE) !== 0 ? subtree >> 1 : this.#bytes[subtree + FLAGS]!;
  }

  #sizeAt(address: number): number {
    const subtree = this.#words[address >> 2]!;
    return (subtree & INLINE) !== 0 ? this.#words[(address >> 2) + 1]! >>> 24 : this.#words[(subtree + SIZE) >> 2]!;
  }

  #symbolAt(address: number): number {
    const subtree = this.#words[address >> 2]!;
    return (subtree & INLINE) !== 0 ? (subtree >> 8) & 255 : this.#shorts[(subtree + SYMBOL) >> 1]!;
  }
}
