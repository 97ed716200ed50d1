/** What parses changed files, for the small program that answers a scan by what the last one left (`quickScan.ts`). */
import type { FileFacts } from '../core/languages/facts.ts';
import { type FactsShape, shapeOfFacts } from '../core/languages/factsShape.ts';
import { createFactsReader, type FactsReader, type ShapeOf } from '../sources/workers/shapes.ts';

export interface Parsing extends FactsReader {
  readonly shapeOf: ShapeOf;
  readonly shapeOfFacts: (facts: FileFacts) => FactsShape;
}

export function createParsing(wasmDirectory: string): Parsing {
  const reader = createFactsReader(wasmDirectory);
  const shapes = new WeakMap<FileFacts, FactsShape>();
  const shapeOfKnown = (facts: FileFacts): FactsShape => {
    const shape = shapes.get(facts) ?? shapeOfFacts(facts);
    shapes.set(facts, shape);
    return shape;
  };
  return {
    ...reader,
    async shapeOf(path, text) {
      const facts = await reader.factsOf(path, text);
      return facts && shapeOfKnown(facts);
    },
    shapeOfFacts: shapeOfKnown,
  };
}
