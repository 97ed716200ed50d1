/**
 * Chunks: the children of a tree's root, each with its facts. An edit re-walks only the chunks that it touched. Which of them an edit
 * leaves as they are is decided in `extract.ts` and `chunkWindow.ts`, where their facts say that they stand in `layout.ts`; the
 * walks themselves live in the language folders.
 */
import type { Node, Tree } from 'web-tree-sitter';
import type { Span } from '../text.ts';
import { createSink, type FactSink, type Language } from './language.ts';
import { sourceOf } from './memoryCursor.ts';
import { dividedFacts, focusedOn, type Part, type PartRole, partsOf } from './parts.ts';
import { type SharedExpressions, shiftSink } from './shiftFacts.ts';

export interface Chunk {
  readonly type: string;
  /** Which part of a node it is, if it is not all of it. */
  readonly role: PartRole;
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

/** A chunk, and where it starts in the text. */
export interface PlacedChunk {
  readonly chunk: Chunk;
  readonly start: number;
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

/**
 * The chunks of a node: itself, or its parts. Those that `reusable` knows, by where they start in the text, and that the node would
 * give again are taken over; the others are at their places in the text.
 */
export function chunksOfNode(
  language: Language,
  node: Node,
  text: string,
  reusable: ReadonlyMap<number, Chunk>,
): readonly PlacedChunk[] {
  const { type, startIndex: start, endIndex: end, hasError: broken } = node;
  const known = knownAt(reusable, { role: 'whole', type, start, end, broken });
  if (known !== null) return [{ chunk: known, start }];
  const parts = partsOf(node);
  if (parts === null) return [{ chunk: extractChunk(language, node, text), start }];
  const kept = parts.map(part => knownAt(reusable, part));
  const fresh = parts.filter((_, at) => kept[at] === null);
  const facts = createSink();
  // What is around the members tells what they mean: when it has changed, all is read.
  const isInside = fresh.every(({ role }) => role === 'member');
  if (fresh.length > 0)
    language.extractChunk(isInside ? focusedOn(sourceOf(node), fresh) : sourceOf(node), text, facts);
  const divided = dividedFacts(facts, parts);
  // An error that is in no member is somewhere around them.
  const isBrokenAround = broken && !parts.some(part => part.broken);
  return parts.map((part, at) => {
    const { role, type, start } = part;
    const known = kept[at] ?? null;
    if (isInside && known !== null) return { chunk: known, start };
    const isBroken = part.broken || (isBrokenAround && at === 0);
    const length = part.end - start;
    const chunk = { type, role, length, anchor: start, broken: isBroken, facts: divided[at]!, shared: null };
    return { chunk, start };
  });
}

function knownAt(reusable: ReadonlyMap<number, Chunk>, part: Part): Chunk | null {
  const known = reusable.get(part.start);
  const isSame =
    known !== undefined &&
    known.role === part.role &&
    known.type === part.type &&
    known.length === part.end - part.start &&
    !known.broken &&
    !part.broken;
  return isSame ? known : null;
}

/** Walks one of the nodes. */
export function extractChunk(language: Language, node: Node, text: string): Chunk {
  const facts = createSink();
  language.extractChunk(sourceOf(node), text, facts);
  const { type, startIndex, endIndex, hasError } = node;
  return {
    type,
    role: 'whole',
    length: endIndex - startIndex,
    anchor: startIndex,
    broken: hasError,
    facts,
    shared: null,
  };
}

/**
 * The chunk with facts that say that it starts at `anchor`. For a part of a node, `around` tells where spans that go beyond it are
 * then: all of a class's members say where the class is.
 */
export function chunkAt(chunk: Chunk, anchor: number, around: (span: Span) => Span): Chunk {
  const { type, role, length, broken } = chunk;
  if (role === 'whole' && chunk.anchor === anchor) return chunk;
  const own = { start: chunk.anchor, end: chunk.anchor + length };
  const way = { delta: anchor - chunk.anchor, part: role === 'whole' ? null : { own, around } };
  const { facts, shared } = shiftSink(chunk.facts, way, chunk.shared);
  return { type, role, length, anchor, broken, facts, shared };
}
