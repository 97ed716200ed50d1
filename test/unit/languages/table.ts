/** Tables of source and expected facts, one test a row. */
import assert from 'node:assert/strict';
import type { LanguageId } from '../../../server/src/core/languages/facts.ts';
import { factsOf } from '../../support/facts.ts';
import { type FactKind, type FactLines, linesOf } from './notation.ts';
import { assertWellFormed } from './wellFormed.ts';

export type Row = readonly [source: string, expected: Partial<FactLines>];

/** Declares a test for each row: the kinds of facts that are named must be exactly those. */
export function testRows(language: LanguageId, rows: readonly Row[]): void {
  for (const [source, expected] of rows) {
    it(source.trim().replace(/\s+/g, ' ').slice(0, 100), async () => {
      const facts = await factsOf(language, source);
      assertWellFormed(facts, source);
      const lines = linesOf(facts, source);
      const actual: Partial<Record<FactKind, readonly string[]>> = {};
      for (const kind of Object.keys(expected) as FactKind[]) actual[kind] = lines[kind];
      assert.deepEqual(actual, expected);
    });
  }
}
