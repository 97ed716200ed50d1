/**
 * From a syntax tree to a file's facts, chunk by chunk. A chunk is one child of the tree's root; an edit re-walks only the
 * chunks it touched and shifts the facts of those behind it. The grammars and the walks themselves live in the language
 * folders.
 */
import { Edit, type Node, type Point, type Tree } from 'web-tree-sitter';
import type { Span } from '../text.ts';
import type { FileFacts } from './facts.ts';
import type { Grammars } from './grammars.ts';
import { createSink, type FactSink, type Language } from './language.ts';
import { FACT_LISTS, shiftSink, shiftSpan } from './shiftFacts.ts';

interface Chunk {
  readonly type: string;
  readonly span: Span;
  /** The parser had to recover from an error inside: the same text may be read another way next time. */
  readonly broken: boolean;
  readonly facts: FactSink;
}

/** A parsed text with its tree and facts. `release` must be called when it is dropped: trees live in wasm memory. */
export interface ParsedText {
  readonly language: Language;
  readonly text: string;
  readonly facts: FileFacts;
  readonly tree: Tree;
  readonly chunks: readonly Chunk[];
}

/** One replacement: the text from `start` to `oldEnd` (UTF-16 offsets) gives way to `inserted`. */
export interface TextEdit {
  readonly start: number;
  readonly oldEnd: number;
  readonly inserted: string;
}

/** The facts of a tree made from `text`. */
export function extractFacts(language: Language, tree: Tree, text: string): FileFacts {
  return assemble(language, tree, chunksOf(language, tree, text, new Map()));
}

/** Parses a text from scratch; null when its grammar isn't loaded, it nests too deeply, or the parser gave up. */
export function parseText(grammars: Grammars, language: Language, text: string): ParsedText | null {
  const tree = nestsTooDeeply(text) ? null : grammars.parse(language.id, text, null);
  if (tree === null) return null;
  const chunks = chunksOf(language, tree, text, new Map());
  return { language, text, tree, chunks, facts: assemble(language, tree, chunks) };
}

/**
 * The parsed text after edits, each made on the result of the one before it. Takes the old tree over: `previous` must not be
 * used again.
 */
export function reparseText(grammars: Grammars, previous: ParsedText, edits: readonly TextEdit[]): ParsedText | null {
  if (previous.language.blank !== undefined) {
    const edited = edits.reduce(
      (at, edit) => at.slice(0, edit.start) + edit.inserted + at.slice(edit.oldEnd),
      previous.text,
    );
    releaseText(previous);
    return parseText(grammars, previous.language, edited);
  }
  let { text, chunks: kept } = previous;
  for (const edit of edits) {
    const after = text.slice(0, edit.start) + edit.inserted + text.slice(edit.oldEnd);
    if (grammars.failure() === null) previous.tree.edit(treeEdit(edit, text));
    kept = chunksAfter(kept, edit);
    text = after;
  }
  const tree = parseAgain(grammars, previous, text);
  if (tree === null) {
    releaseText(previous);
    return null;
  }
  const changed = previous.tree.getChangedRanges(tree);
  previous.tree.delete();
  const reusable = new Map<number, Chunk>();
  for (const chunk of kept) {
    if (
      !chunk.broken &&
      !changed.some(range => range.startIndex <= chunk.span.end && range.endIndex >= chunk.span.start)
    ) {
      reusable.set(chunk.span.start, chunk);
    }
  }
  const chunks = chunksOf(previous.language, tree, text, reusable);
  return { language: previous.language, text, tree, chunks, facts: assemble(previous.language, tree, chunks) };
}

/**
 * Where there are errors, a parser that reuses parts of an old tree may recover from them in another way than one that starts
 * anew. Texts up to this length (in UTF-16 units; a few milliseconds) are then parsed anew, so that facts never depend on how
 * a text came about; in longer ones they do, rarely and until the error is mended.
 */
const LONGEST_PARSED_ANEW = 32 * 1024;

function parseAgain(grammars: Grammars, previous: ParsedText, text: string): Tree | null {
  if (nestsTooDeeply(text)) return null;
  const tree = grammars.parse(previous.language.id, text, previous.tree);
  if (tree === null || text.length > LONGEST_PARSED_ANEW || !tree.rootNode.hasError) return tree;
  tree.delete();
  return grammars.parse(previous.language.id, text, null);
}

/** Frees the tree. */
export function releaseText(parsed: ParsedText): void {
  try {
    parsed.tree.delete();
  } catch {
    // A runtime that broke down has no memory left to free; `Grammars.failure` says so.
  }
}

/** Far above what people and their generators write. */
const DEEPEST_PARSED = 500;

/**
 * Whether a text nests so deeply that it could end the parsers' runtime for good, and all files with it: some two thousand
 * objects in one another (`{a:{a:…`) exhaust its stack, some ten thousand type arguments (`A<A<…`) its memory. Brackets in
 * strings and comments count too; comparisons don't, since a bracket or a semicolon ends them.
 */
function nestsTooDeeply(text: string): boolean {
  let braces = 0;
  let angles = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 60) {
      if (++angles > DEEPEST_PARSED) return true;
    } else if (code === 62) {
      if (angles > 0) angles--;
    } else if (code === 123) {
      angles = 0;
      if (++braces > DEEPEST_PARSED) return true;
    } else if (code === 125) {
      angles = 0;
      if (braces > 0) braces--;
    } else if (code === 41 || code === 59) angles = 0;
  }
  return false;
}

function treeEdit(edit: TextEdit, before: string): Edit {
  const start = pointAfter({ row: 0, column: 0 }, before, 0, edit.start);
  return new Edit({
    startIndex: edit.start,
    oldEndIndex: edit.oldEnd,
    newEndIndex: edit.start + edit.inserted.length,
    startPosition: start,
    oldEndPosition: pointAfter(start, before, edit.start, edit.oldEnd),
    newEndPosition: pointAfter(start, edit.inserted, 0, edit.inserted.length),
  });
}

/** The point that the text from `from` to `to` leads to. Tree-sitter has its own idea of rows: only `\n` ends one. */
function pointAfter(point: Point, text: string, from: number, to: number): Point {
  let row = point.row;
  let lineStart = from - point.column;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) {
    row++;
    lineStart = at + 1;
  }
  return { row, column: to - lineStart };
}

function chunksAfter(chunks: readonly Chunk[], edit: TextEdit): readonly Chunk[] {
  const delta = edit.start + edit.inserted.length - edit.oldEnd;
  const result: Chunk[] = [];
  for (const chunk of chunks) {
    if (chunk.span.end < edit.start) result.push(chunk);
    else if (chunk.span.start > edit.oldEnd) result.push(delta === 0 ? chunk : shiftChunk(chunk, delta));
  }
  return result;
}

function chunksOf(
  language: Language,
  tree: Tree,
  text: string,
  reusable: ReadonlyMap<number, Chunk>,
): readonly Chunk[] {
  const root = tree.rootNode;
  if (root.type === 'ERROR' && language.errorIsOneChunk === true) return [extractChunk(language, root, text)];
  const chunks: Chunk[] = [];
  for (const node of root.namedChildren) {
    if (node === null) continue;
    const known = reusable.get(node.startIndex);
    const isKnown = known !== undefined && known.span.end === node.endIndex && known.type === node.type;
    if (isKnown && !node.hasError) chunks.push(known);
    else chunks.push(extractChunk(language, node, text));
  }
  return chunks;
}

function extractChunk(language: Language, node: Node, text: string): Chunk {
  const facts = createSink();
  language.extractChunk(node, text, facts);
  return { type: node.type, span: { start: node.startIndex, end: node.endIndex }, broken: node.hasError, facts };
}

function shiftChunk(chunk: Chunk, delta: number): Chunk {
  return { ...chunk, span: shiftSpan(chunk.span, delta), facts: shiftSink(chunk.facts, delta) };
}

function assemble(language: Language, tree: Tree, chunks: readonly Chunk[]): FileFacts {
  const all = createSink();
  for (const chunk of chunks) {
    all.packageName ??= chunk.facts.packageName;
    for (const key of FACT_LISTS) {
      const target = all[key] as unknown[];
      for (const fact of chunk.facts[key]) target.push(fact);
    }
  }
  return { language: language.id, ...all, broken: tree.rootNode.hasError };
}
