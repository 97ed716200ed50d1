/** What the tests of ages ask of a history. */
import assert from 'node:assert/strict';
import type { History } from '../../../server/src/core/model.ts';

/** `commit` of a known key, `unknown: reason` of an unknown one, `absent`, or why there is no history at all. */
export function answer(history: History, key: string): string {
  if (history.kind !== 'known') return history.kind === 'unavailable' ? history.reason : history.kind;
  const introduced = history.introduced.get(key);
  if (introduced === undefined) return 'absent';
  return introduced.kind === 'known' ? introduced.moment.commit : `unknown: ${introduced.reason}`;
}

/** The commits in which a key went and came back. */
export function absences(history: History, key: string): readonly (readonly [string, string | null])[] {
  const introduced = history.kind === 'known' ? history.introduced.get(key) : undefined;
  assert.ok(introduced?.kind === 'known');
  return introduced.absences.map(({ removed, returned }) => [removed.commit, returned?.commit ?? null]);
}

/** Keys that count as whole words anywhere. */
export function bare(...keys: string[]) {
  return keys.map(key => ({ key, spellings: [{ text: key, form: 'bare' as const }] }));
}
