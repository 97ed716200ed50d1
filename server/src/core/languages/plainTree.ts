/**
 * A syntax tree as plain objects. Every property of a Tree-sitter node is a call into wasm, so a chunk is read once with a
 * cursor and walked as data from then on. Comments and syntax errors are set apart: they may stand anywhere, and no walk
 * wants to step around them. Facts are made by the language folders, not here.
 */
import type { Span } from '../text.ts';
import { MAX_DEPTH, type TreeSource } from './language.ts';

/** A named node. Its anonymous children (keywords, punctuation) are left out, but for the type of the first: `token`. */
export interface PlainNode {
  readonly type: string;
  /** The name of the parent's field that holds this node, or null. */
  readonly field: string | null;
  /** The first keyword or punctuation inside that the shape does not pass over, such as an operator, or null. */
  readonly token: string | null;
  readonly start: number;
  readonly end: number;
  readonly children: readonly PlainNode[];
  /** In a node that is an anchor: what the parser could not make sense of anywhere below it, up to the next anchors. */
  readonly errors: readonly PlainNode[];
}

/** What a language wants of its trees. */
export interface PlainShape {
  /** Types of nodes that are not opened. */
  readonly leaves: ReadonlySet<string>;
  /** Types of nodes that take the syntax errors below them, besides the root: what opens a scope of its own. */
  readonly anchors: ReadonlySet<string>;
  /** Where the walks take syntax errors as they come: they stay among the children, and nothing is an anchor. */
  readonly errors?: 'in place';
  /** Keywords that are no node's `token`, since what follows them tells more. */
  readonly passedTokens?: ReadonlySet<string>;
}

export interface PlainTree {
  readonly root: PlainNode;
  /** All comments under the root (or the root itself), in source order. */
  readonly comments: readonly PlainNode[];
}

/**
 * Reads a node and everything below it. What lies deeper than two levels of syntax for each of `MAX_DEPTH` is left out, so
 * that walks may recurse without counting.
 */
export function readPlainTree(node: TreeSource, shape: PlainShape): PlainTree {
  const known = node.readPlain?.(shape) ?? null;
  if (known !== null) return known;
  const cursor = node.walk();
  const comments: PlainNode[] = [];
  const root = readNode(cursor, cursor.nodeType, { shape, comments }, [], 0);
  cursor.delete();
  if (isCommentType(root.type)) comments.push(root);
  return { root, comments };
}

/** The first child in a field, if there is one. */
export function childIn(node: PlainNode, field: string): PlainNode | undefined {
  for (const child of node.children) if (child.field === field) return child;
  return undefined;
}

/** The first child of a type, if there is one. */
export function childOfType(node: PlainNode, type: string): PlainNode | undefined {
  for (const child of node.children) if (child.type === type) return child;
  return undefined;
}

/** All children in a field, in order. */
export function childrenIn(node: PlainNode, field: string): readonly PlainNode[] {
  return node.children.filter(child => child.field === field);
}

/** What a node stands for in its text. */
export function sourceOf({ start, end }: PlainNode, { text }: { readonly text: string }): string {
  return text.slice(start, end);
}

/** The node's span, as a plain object of its own. */
export function spanOfPlain(node: PlainNode): Span {
  return { start: node.start, end: node.end };
}

type Cursor = ReturnType<TreeSource['walk']>;

/** Levels of syntax below which nothing is read. */
export const MAX_LEVELS = 2 * MAX_DEPTH;

interface Reading {
  readonly shape: PlainShape;
  readonly comments: PlainNode[];
}

function readNode(cursor: Cursor, type: string, reading: Reading, outerErrors: PlainNode[], level: number): PlainNode {
  const field = level === 0 ? null : (cursor.currentFieldName ?? null);
  const { leaves, passedTokens } = reading.shape;
  const start = cursor.startIndex;
  const end = cursor.endIndex;
  if (start === end || level >= MAX_LEVELS || leaves.has(type) || !cursor.gotoFirstChild()) {
    return { type, field, token: null, start, end, children: NONE, errors: NONE };
  }
  const isAnchor = level === 0 || reading.shape.anchors.has(type);
  const errors = isAnchor ? [] : outerErrors;
  const children: PlainNode[] = [];
  let token: string | null = null;
  do {
    const childType = cursor.nodeType;
    if (!isNamed(cursor, childType, leaves)) {
      if (token === null && passedTokens?.has(childType) !== true) token = childType;
    } else {
      const child = readNode(cursor, childType, reading, errors, level + 1);
      if (isCommentType(childType)) reading.comments.push(child);
      else if (childType === 'ERROR' && reading.shape.errors === undefined) errors.push(child);
      else children.push(child);
    }
  } while (cursor.gotoNextSibling());
  cursor.gotoParent();
  return { type, field, token, start, end, children, errors: isAnchor ? errors : NONE };
}

/** Some grammars tell two kinds of comments apart. */
export function isCommentType(type: string): boolean {
  return COMMENTS.has(type);
}

const COMMENTS: ReadonlySet<string> = new Set(['comment', 'line_comment', 'block_comment', 'multiline_comment']);

/** Named types begin with a letter, and so do keywords; asking the cursor costs, so it is asked for those alone. */
function isNamed(cursor: Cursor, type: string, leaves: ReadonlySet<string>): boolean {
  return isWordType(type) && (leaves.has(type) || cursor.nodeIsNamed);
}

/** Whether a type is a word, as those of named nodes and of keywords are. */
export function isWordType(type: string): boolean {
  const first = type.charCodeAt(0) | 32;
  return first >= 97 && first <= 122;
}

const NONE: readonly PlainNode[] = [];
