/**
 * Chunks: the children of a tree's root, each with its facts. An edit re-walks only the chunks that it touched and moves the
 * facts of those behind it. Which of them an edit leaves as they are is decided in `extract.ts` and `chunkWindow.ts`; the walks
 * themselves live in the language folders.
 */
import type { Node, Tree } from 'web-tree-sitter';
import type { Span } from '../text.ts';
import { createSink, type FactSink, type Language } from './language.ts';
import { type SharedExpressions, shiftSink, shiftSpan } from './shiftFacts.ts';

export interface Chunk {
  readonly type: string;
  readonly span: Span;
  /** The parser had to recover from an error inside: the same text may be read another way next time. */
  readonly broken: boolean;
  readonly facts: FactSink;
  /** What shifting the facts has found out about them. */
  readonly shared: SharedExpressions | null;
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
  const { facts, shared } = shiftSink(chunk.facts, delta, chunk.shared);
  return { type: chunk.type, span: shiftSpan(chunk.span, delta), broken: chunk.broken, facts, shared };
}

/** The facts of all chunks, one after the other. */
export function joinFacts(chunks: readonly Chunk[]): FactSink {
  return {
    packageName: chunks.find(chunk => chunk.facts.packageName !== null)?.facts.packageName ?? null,
    imports: joined(chunks, facts => facts.imports),
    exports: joined(chunks, facts => facts.exports),
    functions: joined(chunks, facts => facts.functions),
    bindings: joined(chunks, facts => facts.bindings),
    types: joined(chunks, facts => facts.types),
    calls: joined(chunks, facts => facts.calls),
    decorators: joined(chunks, facts => facts.decorators),
    members: joined(chunks, facts => facts.members),
    elements: joined(chunks, facts => facts.elements),
    branches: joined(chunks, facts => facts.branches),
    comments: joined(chunks, facts => facts.comments),
  };
}

/** Allocates once: this runs on every keystroke, and what is left over from growing lists is what makes one of them slow. */
function joined<T>(chunks: readonly Chunk[], listOf: (facts: FactSink) => readonly T[]): T[] {
  let length = 0;
  for (const { facts } of chunks) length += listOf(facts).length;
  const all = new Array<T>(length);
  let at = 0;
  for (const { facts } of chunks) for (const fact of listOf(facts)) all[at++] = fact;
  return all;
}

function extractChunk(language: Language, node: Node, text: string): Chunk {
  const facts = createSink();
  language.extractChunk(node, text, facts);
  const span = { start: node.startIndex, end: node.endIndex };
  return { type: node.type, span, broken: node.hasError, facts, shared: null };
}
