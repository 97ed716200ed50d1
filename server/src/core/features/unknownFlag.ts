/** When a flag may be called unknown on the line of its check. Hint, highlight and diagnostic agree by asking here. */
import { verdictOf } from '../flags/staleness.ts';
import type { Check } from '../model.ts';
import type { Snapshot } from '../snapshot.ts';

/**
 * Only where flags are known at all: without a flag file every key would be unknown. And only of a check that is one for certain:
 * a library of the repository's own, recognised by its shape, may well keep its flags elsewhere. And not before all flag files
 * were read.
 */
export function isUnknownFlag(snapshot: Snapshot, check: Check): boolean {
  if (snapshot.completeness !== 'complete') return false;
  if (check.key === null || snapshot.flags.size === 0 || check.confidence !== 'certain') return false;
  return verdictOf(snapshot, check.key).kind === 'unknown';
}
