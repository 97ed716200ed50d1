/** What parses changed files and links them again, for the small program that answers a scan by what the last one left (`quickScan.ts`). */
import { shapeOfFacts } from '../core/languages/factsShape.ts';
import { type RelinkedFiles, type RelinkRequest, relinkAgain } from '../sources/project/relinkAgain.ts';
import { createFactsOf, type ShapeOf } from '../sources/workers/shapes.ts';

export interface Parsing {
  readonly shapeOf: ShapeOf;
  readonly relink: (request: Omit<RelinkRequest, 'factsOf'>) => Promise<RelinkedFiles | null>;
}

export function createParsing(wasmDirectory: string): Parsing {
  const factsOf = createFactsOf(wasmDirectory);
  return {
    async shapeOf(path, text) {
      const facts = await factsOf(path, text);
      return facts && shapeOfFacts(facts);
    },
    relink: request => relinkAgain({ ...request, factsOf }),
  };
}
