/** What parses changed files and links them again, for the small program that answers a scan by what the last one left (`quickScan.ts`). */
import type { FileFacts } from '../core/languages/facts.ts';
import { type FactsShape, shapeOfFacts } from '../core/languages/factsShape.ts';
import { type RelinkedFiles, type RelinkRequest, relinkAgain } from '../sources/project/relinkAgain.ts';
import { createFactsReader, type FactsReader, type ShapeOf } from '../sources/workers/shapes.ts';

export interface Parsing extends Pick<FactsReader, 'begin'> {
  readonly shapeOf: ShapeOf;
  readonly relink: (request: Omit<RelinkRequest, 'factsOf' | 'shapeOf'>) => Promise<RelinkedFiles | null>;
}

export function createParsing(wasmDirectory: string): Parsing {
  const { factsOf, begin } = createFactsReader(wasmDirectory);
  const shapes = new WeakMap<FileFacts, FactsShape>();
  const shapeOfKnown = (facts: FileFacts): FactsShape => {
    const shape = shapes.get(facts) ?? shapeOfFacts(facts);
    shapes.set(facts, shape);
    return shape;
  };
  return {
    begin,
    async shapeOf(path, text) {
      const facts = await factsOf(path, text);
      return facts && shapeOfKnown(facts);
    },
    relink: request => relinkAgain({ ...request, factsOf, shapeOf: shapeOfKnown }),
  };
}
