// Tables of fixtures and the checks in them: path and line, key, how it was found, and `likely` where it is.
import assert from 'node:assert/strict';
import type { Role } from '../../../server/src/core/model.ts';
import { worldOf } from '../../support/world.ts';

export type Row = readonly [what: string, source: string, expected: readonly string[]];

/** A test for each row, of what has one of these roles. A key that is not known is `dynamic`, or its prefix and `*`. */
export function describeRows(name: string, rows: readonly Row[], roles: readonly Role[] = ['check']): void {
  describe(name, () => {
    for (const [what, source, expected] of rows) {
      it(what, async () => assert.deepEqual(await checksOf(source, roles), [...expected].sort()));
    }
  });
}

async function checksOf(source: string, roles: readonly Role[]): Promise<readonly string[]> {
  const { fixture, snapshot } = await worldOf(source);
  const checks = [...snapshot.files.values()].flatMap(file => file.checks).filter(check => roles.includes(check.role));
  const found = checks.map(({ path, nameSpan, key, keyPrefix, via, confidence, role }) => {
    const line = fixture.files.get(path)!.slice(0, nameSpan.start).split('\n').length;
    const sure = confidence === 'certain' ? '' : ` ${confidence}`;
    const kind = role === 'check' ? '' : ` ${role}`;
    const asked = key ?? (keyPrefix === null ? 'dynamic' : `${keyPrefix}*`);
    return `${path}:${line} ${asked} ${via.join('+') || '-'}${kind}${sure}`;
  });
  return found.sort();
}
