/** The functions of a file as traces speak of them: names and lines. What is made of them is in `placement.ts` and `drift.ts`. */
import type { FileFacts } from '../languages/facts.ts';
import { indexLines, positionAt } from '../text.ts';
import type { SourceSymbol } from './placement.ts';

/** Functions with a name; lines are 1-based, both included. */
export function symbolsOfFacts(facts: FileFacts, text: string): readonly SourceSymbol[] {
  const lines = indexLines(text);
  const lineAt = (offset: number): number => positionAt(lines, offset).line + 1;
  return facts.functions.flatMap(({ name, span }) =>
    name === null ? [] : [{ name, startLine: lineAt(span.start), endLine: lineAt(Math.max(span.start, span.end - 1)) }],
  );
}
