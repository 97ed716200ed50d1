/**
 * Reads a node and everything below it out of the memory of Tree-sitter's runtime, in one pass over the lists of children: the same as
 * `plainTree.ts` makes with a cursor, which at most of its steps finds out again where it is. How a subtree lies there is `memoryLayout.ts`'
 * business, and whether a grammar's trees are read this way that of `memoryCursor.ts`.
 */
import type { Node } from 'web-tree-sitter';
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
  SIZE,
  SUBTREE,
  SYMBOL,
  type Tables,
  VISIBLE,
  VISIBLE_CHILD_COUNT,
} from './memoryLayout.ts';
import { isCommentType, isWordType, MAX_LEVELS, type PlainNode, type PlainShape, type PlainTree } from './plainTree.ts';

/** Good as long as the tree is neither deleted nor edited. Null where hidden nodes are nested so deeply that a cursor has to read it. */
export function readTreeInMemory(node: Node, tables: Tables, shape: PlainShape): PlainTree | null {
  const { HEAPU8, HEAPU16, HEAPU32 } = tables.memory;
  const kinds = kindsOf(tables, shape);
  const comments: PlainNode[] = [];
  const { fields } = node.tree.language;
  const reading: Reading = {
    bytes: HEAPU8!,
    shorts: HEAPU16!,
    words: HEAPU32!,
    tables,
    fields,
    kinds,
    keepsErrors: shape.errors === 'in place',
    comments,
    isTooDeep: false,
  };
  const isExtra = (flagsOf(HEAPU32![node.id >> 2]!, HEAPU8!) & EXTRA) !== 0;
  const alias = isExtra ? 0 : (node as unknown as Handle)[0];
  const symbol = alias !== 0 ? alias : symbolAt(node.id, reading);
  const root = readNode(reading, node.id, 2 * node.startIndex, symbol, 0, [], 0);
  if (reading.isTooDeep) return null;
  if ((kindOf(symbol, reading) & COMMENT) !== 0) comments.push(root);
  return { root, comments };
}

interface Reading {
  readonly bytes: Uint8Array;
  readonly shorts: Uint16Array;
  readonly words: Uint32Array;
  readonly tables: Tables;
  readonly fields: readonly (string | null)[];
  readonly kinds: Uint8Array;
  /** Syntax errors stay among the children. */
  readonly keepsErrors: boolean;
  readonly comments: PlainNode[];
  isTooDeep: boolean;
}

/** What a type is to the walks of a language. */
const LEAF = 1;
const ANCHOR = 2;
const COMMENT = 4;
/** It begins with a letter: it may be named. */
const WORD = 8;
/** No node's token. */
const PASSED = 16;

function kindsOf({ types, kinds }: Tables, shape: PlainShape): Uint8Array {
  const known = kinds.get(shape);
  if (known !== undefined) return known;
  const made = Uint8Array.from(types, type => kindOfType(type, shape));
  kinds.set(shape, made);
  return made;
}

function kindOfType(type: string, { leaves, anchors, passedTokens }: PlainShape): number {
  return (
    (leaves.has(type) ? LEAF : 0) |
    (anchors.has(type) ? ANCHOR : 0) |
    (isCommentType(type) ? COMMENT : 0) |
    (isWordType(type) ? WORD : 0) |
    (passedTokens?.has(type) === true ? PASSED : 0)
  );
}

/** What is being made of a node's visible children. */
interface Family {
  readonly children: PlainNode[];
  readonly errors: PlainNode[];
  token: string | null;
  readonly level: number;
}

/** `start` in bytes of UTF-16; `field` is the number of the field, or 0. */
function readNode(
  reading: Reading,
  address: number,
  start: number,
  symbol: number,
  field: number,
  outerErrors: PlainNode[],
  level: number,
): PlainNode {
  const { words } = reading;
  const subtree = words[address >> 2]!;
  const isInline = (subtree & INLINE) !== 0;
  const size = isInline ? words[(address >> 2) + 1]! >>> 24 : words[(subtree + SIZE) >> 2]!;
  const kind = kindOf(symbol, reading);
  const isOpen =
    size > 0 && !isInline && level < MAX_LEVELS && (kind & LEAF) === 0 && words[(subtree + CHILD_COUNT) >> 2]! > 0;
  let token: string | null = null;
  let children = NONE;
  let errors = NONE;
  if (isOpen) {
    const isAnchor = level === 0 || (kind & ANCHOR) !== 0;
    const family: Family = { children: [], errors: isAnchor ? [] : outerErrors, token: null, level };
    addChildren(reading, subtree, start, 0, family, 0);
    token = family.token;
    if (family.children.length > 0) children = family.children;
    if (isAnchor && family.errors.length > 0) errors = family.errors;
  }
  return {
    type: typeOf(symbol, reading),
    field: field === 0 ? null : (reading.fields[field] ?? null),
    token,
    start: start >> 1,
    end: (start + size) >> 1,
    children,
    errors,
  };
}

/** Adds the visible children of a subtree, and those of its hidden ones, which are in the field that these are in. */
function addChildren(
  reading: Reading,
  parent: number,
  start: number,
  outerField: number,
  family: Family,
  depth: number,
): void {
  const { bytes, shorts, words, tables } = reading;
  const count = words[(parent + CHILD_COUNT) >> 2]!;
  const production = shorts[(parent + PRODUCTION) >> 1]!;
  const aliases = production === 0 ? 0 : (tables.aliases + 2 * production * tables.maxAliases) >> 1;
  const slice = (tables.fieldSlices >> 1) + 2 * production;
  const firstEntry = (tables.fieldEntries >> 1) + 2 * shorts[slice]!;
  const endEntry = reading.fields.length === 1 ? firstEntry : firstEntry + 2 * shorts[slice + 1]!;
  let place = 0;
  let at = start;
  let address = parent - SUBTREE * count;
  for (let index = 0; index < count; index++, address += SUBTREE) {
    const subtree = words[address >> 2]!;
    const rest = words[(address >> 2) + 1]!;
    const isInline = (subtree & INLINE) !== 0;
    const flags = isInline ? subtree >> 1 : bytes[subtree + FLAGS]!;
    // The padding of the first child is its parent's.
    if (index > 0) at += isInline ? (rest >>> 16) & 255 : words[(subtree + PADDING) >> 2]!;
    const isExtra = (flags & EXTRA) !== 0;
    const alias = aliases === 0 || isExtra ? 0 : shorts[aliases + place]!;
    const isVisible = alias !== 0 || (flags & VISIBLE) !== 0;
    if (isVisible || (!isInline && hasVisibleChild(subtree, words))) {
      let field = isExtra ? 0 : outerField;
      if (!isExtra)
        for (let entry = firstEntry; entry < endEntry; entry += 2) {
          // A field's number, a child's place, and a byte that says whether the field is that of the child's own children.
          if (shorts[entry + 1] !== place) continue;
          field = shorts[entry]!;
          break;
        }
      if (!isVisible) {
        if (depth < MOST_HIDDEN) addChildren(reading, subtree, at, field, family, depth + 1);
        else reading.isTooDeep = true;
      } else {
        const symbol = alias !== 0 ? alias : isInline ? (subtree >> 8) & 255 : shorts[(subtree + SYMBOL) >> 1]!;
        const isNamed = alias !== 0 ? bytes[tables.metadata + 3 * alias + 1] === 1 : (flags & NAMED) !== 0;
        addVisible(reading, address, at, symbol, isNamed, field, family);
      }
    }
    at += isInline ? rest >>> 24 : words[(subtree + SIZE) >> 2]!;
    if (!isExtra) place++;
  }
}

/** Hidden nodes inside of one another; grammars have a few, and lists of them are trees as high as the logarithm of their length. */
const MOST_HIDDEN = 400;

function addVisible(
  reading: Reading,
  address: number,
  start: number,
  symbol: number,
  isNamed: boolean,
  field: number,
  family: Family,
): void {
  const kind = kindOf(symbol, reading);
  if ((kind & WORD) === 0 || !(isNamed || (kind & LEAF) !== 0)) {
    if (family.token === null && (kind & PASSED) === 0) family.token = typeOf(symbol, reading);
    return;
  }
  const child = readNode(reading, address, start, symbol, field, family.errors, family.level + 1);
  if ((kind & COMMENT) !== 0) reading.comments.push(child);
  else if (!reading.keepsErrors && child.type === 'ERROR') family.errors.push(child);
  else family.children.push(child);
}

function hasVisibleChild(subtree: number, words: Uint32Array): boolean {
  return words[(subtree + CHILD_COUNT) >> 2]! > 0 && words[(subtree + VISIBLE_CHILD_COUNT) >> 2]! > 0;
}

function flagsOf(subtree: number, bytes: Uint8Array): number {
  return (subtree & INLINE) !== 0 ? subtree >> 1 : bytes[subtree + FLAGS]!;
}

function symbolAt(address: number, { words, shorts }: Reading): number {
  const subtree = words[address >> 2]!;
  return (subtree & INLINE) !== 0 ? (subtree >> 8) & 255 : shorts[(subtree + SYMBOL) >> 1]!;
}

function typeOf(symbol: number, { tables }: Reading): string {
  return symbol === ERROR_SYMBOL ? 'ERROR' : tables.types[symbol]!;
}

/** No language leaves what is no code closed, or takes it for an anchor. */
function kindOf(symbol: number, { kinds }: Reading): number {
  return symbol === ERROR_SYMBOL ? WORD : kinds[symbol]!;
}

const NONE: readonly PlainNode[] = [];
