// `testRows`: which checks a fixture has, as path and line, key, how it was found, and `likely` where it is.
import assert from 'node:assert/strict';
import { worldOf } from '../../../support/world.ts';

export type Row = readonly [what: string, source: string, expected: readonly string[]];

/** A test for each row. What is found with another role than a check's is named with it. */
export function testRows(rows: readonly Row[]): void {
  for (const [what, source, expected] of rows) it(what, async () => assert.deepEqual(await foundIn(source), expected));
}

/** What is found, in the order in which it stands. Questions whose key is a parameter are left out, and so are declarations. */
async function foundIn(source: string): Promise<readonly string[]> {
  const { fixture, snapshot } = await worldOf(source);
  const checks = [...snapshot.files.values()].flatMap(file => file.checks);
  return checks
    .filter(({ role, key, keyPrefix }) => role !== 'declaration' && (key ?? keyPrefix) !== null)
    .map(({ path, nameSpan, key, keyPrefix, via, confidence, role }) => {
      const line = fixture.files.get(path)!.slice(0, nameSpan.start).split('\n').length;
      const more = [role, confidence].filter(word => word !== 'check' && word !== 'certain');
      return [`${path}:${line}`, key ?? `${keyPrefix}*`, via.join('+') || '-', ...more].join(' ');
    });
}
