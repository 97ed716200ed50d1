/**
 * What a chunk says in the languages whose walks are alike (`classContext.ts`): its tree is read as plain nodes, its comments are
 * facts, one walk tells the rest, and all of it stands in the order of the text. The walk is the language folder's.
 */
import { type ClassContext, fileContext } from './classContext.ts';
import { addCommentFact } from './comments.ts';
import { createSink, type FactSink, type TreeSource } from './language.ts';
import { type PlainNode, type PlainShape, readPlainTree } from './plainTree.ts';
import { appendInOrder } from './sinkOrder.ts';

export interface ChunkWalk {
  readonly shape: PlainShape;
  /** Begins at the chunk's root, as at the top of a file. */
  readonly walk: (root: PlainNode, context: ClassContext) => void;
}

/** Adds what a chunk of `text` says to `sink`. */
export function addChunkFacts(node: TreeSource, text: string, sink: FactSink, { shape, walk }: ChunkWalk): void {
  const { root, comments } = readPlainTree(node, shape);
  const found = createSink();
  for (const comment of comments) addCommentFact(comment, text, found);
  walk(root, fileContext(text, found));
  appendInOrder(found, sink);
}
