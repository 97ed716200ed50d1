/**
 * Chunks: the children of a tree's root, each with its facts. An edit re-walks only the chunks that it touched and moves the
 * facts of those behind it. Which of them an edit leaves as they are is decided in `extract.ts` and `chunkWindow.ts`; the walks
 * themselves live in the language folders.
 */
import type { Node, Tree } from 'web-tree-sitter';
import type { Span } from '../text.ts';
import { createSink, type FactSink, type Language } from './language.ts';
import { FACT_LISTS, shiftSink, shiftSpan } from './shiftFacts.ts';

export interface Chunk {
  readonly type: string;
  readonly span: Span;
  /** The parser had to recover from an error inside: the same text may be read another way next time. */
  readonly broken: boolean;
  readonly facts: FactSink;
}

/** One replacement: the text from `start` to `oldEnd` (UTF-16 offsets) gives way to `inserted`. */
export interface TextEdit {
  readonly start: number;
  readonly oldEnd: number;
  readonly inserted: string;
}

/** The chunks of a tree made from `text`, taking over what `reusable` knows by where it starts and no edit touched. */
export function chunksOf(
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
    const isKnown =
      known !== undefined && !known.broken && known.span.end === node.endIndex && known.type === node.type;
    if (isKnown && !node.hasError) chunks.push(known);
    else chunks.push(extractChunk(language, node, text));
  }
  return chunks;
}

/** The chunks that an edit leaves as they are, at their places in the text after it. */
export function chunksAfter(chunks: readonly Chunk[], edit: TextEdit): readonly Chunk[] {
  const delta = edit.start + edit.inserted.length - edit.oldEnd;
  const result: Chunk[] = [];
  for (const chunk of chunks) {
    if (chunk.span.end < edit.start) result.push(chunk);
    else if (chunk.span.start > edit.oldEnd) result.push(shiftChunk(chunk, delta));
  }
  return result;
}

/** A chunk moved by so many UTF-16 units. */
export function shiftChunk(chunk: Chunk, delta: number): Chunk {
  if (delta === 0) return chunk;
  const { type, broken } = chunk;
  return { type, span: shiftSpan(chunk.span, delta), broken, facts: shiftSink(chunk.facts, delta) };
}

/** The facts of all chunks, one after the other. */
export function joinFacts(chunks: readonly Chunk[]): FactSink {
  const all = createSink();
  for (const chunk of chunks) all.packageName ??= chunk.facts.packageName;
  for (const key of FACT_LISTS) {
    const target = all[key] as unknown[];
    for (const { facts } of chunks) for (const fact of facts[key]) target.push(fact);
  }
  return all;
}

function extractChunk(language: Language, node: Node, text: string): Chunk {
  const facts = createSink();
  language.extractChunk(node, text, facts);
  return { type: node.type, span: { start: node.startIndex, end: node.endIndex }, broken: node.hasError, facts };
}
