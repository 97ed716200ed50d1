// Tables of fixtures and the checks in them: path and line, key, how it was found, and `likely` where it is.
import assert from 'node:assert/strict';
import { worldOf } from '../../support/world.ts';

export type Row = readonly [what: string, source: string, expected: readonly string[]];

/** A test for each row. A key that is not known is `dynamic`, or its prefix and `*`. Declarations and references are left out. */
export function describeRows(name: string, rows: readonly Row[]): void {
  describe(name, () => {
    for (const [what, source, expected] of rows) {
      it(what, async () => assert.deepEqual(await checksOf(source), [...expected].sort()));
    }
  });
}

async function checksOf(source: string): Promise<readonly string[]> {
  const { fixture, snapshot } = await worldOf(source);
  const checks = [...snapshot.files.values()].flatMap(file => file.checks).filter(check => check.role === 'check');
  const found = checks.map(({ path, nameSpan, key, keyPrefix, via, confidence }) => {
    const line = fixture.files.get(path)!.slice(0, nameSpan.start).split('\n').length;
    const sure = confidence === 'certain' ? '' : ` ${confidence}`;
    const asked = key ?? (keyPrefix === null ? 'dynamic' : `${keyPrefix}*`);
    return `${path}:${line} ${asked} ${via.join('+') || '-'}${sure}`;
  });
  return found.sort();
}
