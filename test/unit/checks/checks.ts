// `checkChecks`: every check of a fixture is marked under its called name, and every mark is a check.
import assert from 'node:assert/strict';
import type { Check } from '../../../server/src/core/model.ts';
import { worldOf } from '../../support/world.ts';

/**
 * Marks read `key system via[+via]`, then what is unusual: the role, the fallback as `=value`, `likely`, `possible`, `test`.
 * A dynamic key is `dynamic`, or its prefix and `*`.
 */
export async function checkChecks(source: string): Promise<void> {
  const { fixture, snapshot } = await worldOf(source);
  const found = [...snapshot.files.values()]
    .flatMap(file => file.checks)
    .map(check => `${check.path}:${check.nameSpan.start}-${check.nameSpan.end} ${labelOf(check)}`);
  const expected = fixture.marks.map(mark => `${mark.path}:${mark.start}-${mark.end} ${mark.label}`);
  assert.deepEqual(found.sort(), expected.sort());
}

function labelOf(check: Check): string {
  const key = check.key ?? (check.keyPrefix === null ? 'dynamic' : `${check.keyPrefix}*`);
  const parts = [key, check.system, check.via.join('+') || '-'];
  if (check.role !== 'check') parts.push(check.role);
  if (check.fallback !== undefined) parts.push(`=${JSON.stringify(check.fallback)}`);
  if (check.confidence !== 'certain') parts.push(check.confidence);
  if (check.test) parts.push('test');
  return parts.join(' ');
}
