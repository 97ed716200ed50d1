/** By what two texts of a file are compared, and where its checks stand in any text of the same shape. */
import { createHash } from 'node:crypto';
import { type FactsShape, type RankedPlace, rankedPlace } from '../../core/languages/factsShape.ts';
import type { Check } from '../../core/model.ts';
import type { LinkedFile } from '../facts-cache/scanState.ts';

/** By what the shapes of two texts are compared. */
export function digestOfShape({ bytes }: FactsShape): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 32);
}

/** Where these checks are; null where that can't be told of another text. */
export function placesOf(checks: readonly Check[], { offsets }: FactsShape): LinkedFile['places'] {
  const places: (readonly [RankedPlace, RankedPlace])[] = [];
  for (const { span } of checks) {
    const [start, end] = [rankedPlace(offsets, span.start), rankedPlace(offsets, span.end)];
    if (start === null || end === null) return null;
    places.push([start, end]);
  }
  return places;
}
