/** The checks on the way to places of a trace, read from fixtures as the product reads them from files. */
import { type CheckOnTheWay, checksOnTheWay } from '../../server/src/core/flags/verdicts/checksOnTheWay.ts';
import { languageOfPath } from '../../server/src/core/languages/registry.ts';
import type { Snapshot } from '../../server/src/core/snapshot.ts';
import { placeKey } from '../../server/src/core/traces/alongTheWay.ts';
import { frameSpots, NO_KNOWLEDGE, type TraceKnowledge } from '../../server/src/core/traces/analyse.ts';
import type { ParsedTraces } from '../../server/src/core/traces/model.ts';
import { allGrammars } from './world.ts';

/** The checks that lead to a place; `line` and `column` are 1-based. */
export async function wayIn(
  snapshot: Snapshot,
  path: string,
  line: number,
  column: number | null,
): Promise<readonly CheckOnTheWay[]> {
  const file = snapshot.files.get(path)!;
  const tree = (await allGrammars()).parse(languageOfPath(path)!.id, file.text, null)!;
  const way = checksOnTheWay(tree.rootNode, file, line, column);
  tree.delete();
  return way;
}

/** What is known of the frames of traces when nothing but the files is. */
export async function knowledgeOfWays(parsed: ParsedTraces, snapshot: Snapshot): Promise<TraceKnowledge> {
  const ways = new Map<string, readonly CheckOnTheWay[]>();
  for (const { path, line, column } of frameSpots(parsed, snapshot, NO_KNOWLEDGE))
    ways.set(placeKey(path, line, column), await wayIn(snapshot, path, line, column));
  return { ...NO_KNOWLEDGE, ways };
}
