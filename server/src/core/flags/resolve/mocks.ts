/** What libraries of mocks give whoever asks them. */
import type { Value } from './value.ts';

/** `doReturn(true).when(features)`, `verify(features, never())`: who is asked next is the mock that is given. */
export function isMockAsked({ from, names }: Value & { kind: 'external' }): boolean {
  if (!/^org\.mockito\b/.test(from)) return false;
  const asked = names.at(-1)?.replace(/`/g, '');
  return asked === 'verify' || (asked === 'when' && /^do[A-Z]/.test(names.at(-2) ?? ''));
}
