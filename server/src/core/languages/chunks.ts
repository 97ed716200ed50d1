/**
 * Chunks: the children of a tree's root, each with its facts. An edit re-walks only the chunks that it touched. Which of them an edit
 * leaves as they are is decided in `extract.ts` and `chunkWindow.ts`, where their facts say that they stand in `layout.ts`; the
 * walks themselves live in the language folders.
 */
import type { Node, Tree } from 'web-tree-sitter';
import { createSink, type FactSink, type Language } from './language.ts';
import { type SharedExpressions, shiftSink } from './shiftFacts.ts';

export interface Chunk {
  readonly type: string;
  /** In UTF-16 units. */
  readonly length: number;
  /** Where its facts say that it starts. */
  readonly anchor: number;
  /** The parser had to recover from an error inside: the same text may be read another way next time. */
  readonly broken: boolean;
  readonly facts: FactSink;
  /** What moving the facts has found out about them. */
  readonly shared: SharedExpressions | null;
}

/** One replacement: the text from `start` to `oldEnd` (UTF-16 offsets) gives way to `inserted`. */
export interface TextEdit {
  readonly start: number;
  readonly oldEnd: number;
  readonly inserted: string;
}

/** The nodes that are the chunks of a tree. */
export function chunkNodes(language: Language, tree: Tree): readonly Node[] {
  const root = tree.rootNode;
  if (root.type === 'ERROR' && language.errorIsOneChunk === true) return [root];
  return root.namedChildren.filter(node => node !== null);
}

/** The chunks of a tree made from `text`, at their places. */
export function chunksOf(language: Language, tree: Tree, text: string): readonly Chunk[] {
  return chunkNodes(language, tree).map(node => extractChunk(language, node, text));
}

/** Whether a chunk that stood where this node starts is what the node would become. */
export function isChunkOf(chunk: Chunk, node: Node): boolean {
  const isAlike = !chunk.broken && chunk.type === node.type && chunk.length === node.endIndex - node.startIndex;
  return isAlike && !node.hasError;
}

/** Walks one of the nodes. */
export function extractChunk(language: Language, node: Node, text: string): Chunk {
  const facts = createSink();
  language.extractChunk(node, text, facts);
  const { type, startIndex, endIndex, hasError } = node;
  return { type, length: endIndex - startIndex, anchor: startIndex, broken: hasError, facts, shared: null };
}

/** The chunk with facts that say that it starts at `anchor`. */
export function chunkAt(chunk: Chunk, anchor: number): Chunk {
  if (chunk.anchor === anchor) return chunk;
  const { facts, shared } = shiftSink(chunk.facts, anchor - chunk.anchor, chunk.shared);
  return { type: chunk.type, length: chunk.length, anchor, broken: chunk.broken, facts, shared };
}
