/** Comments of languages that write them as C does: what they say, without slashes and stars. */
import type { FactSink } from './language.ts';
import type { PlainNode } from './plainTree.ts';

/** Adds a comment that begins with `//` or `/*`; of a documentation comment the second leader is taken off too. */
export function addCommentFact(comment: PlainNode, text: string, sink: FactSink): void {
  const source = text.slice(comment.start, comment.end);
  const block = source.startsWith('/*');
  const leader = (block ? /^\/\*+(?!\/)/ : /^\/+!?/).exec(source)?.[0].length ?? 0;
  const trailer = block && source.endsWith('*/') && source.length >= leader + 2 ? 2 : 0;
  const ending = /\r?\n$/.exec(source)?.[0].length ?? 0;
  const span = { start: comment.start + leader, end: Math.max(comment.start + leader, comment.end - trailer - ending) };
  sink.comments.push({ text: text.slice(span.start, span.end), span });
}
