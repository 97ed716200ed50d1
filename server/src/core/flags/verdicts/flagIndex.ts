/**
 * Questions about flags that many features ask of a snapshot: which keys there are, what defines one, what checks one.
 * Only look-ups; what follows from them is the business of `staleness.ts` and `agreement.ts`.
 */
import type { Check, EnvironmentState, Flag, FlagFile } from '../../model.ts';
import { naturalOrder } from '../../naturalOrder.ts';
import type { Snapshot } from '../../snapshot.ts';

/** Every key that a flag file or system defines or that code checks, in their natural order. Keys only mentioned are not among them. */
export function allKeys(snapshot: Snapshot): readonly string[] {
  const keys = new Set(snapshot.flags.keys());
  for (const [key, checks] of snapshot.checks) {
    if (checks.some(check => check.role === 'check')) keys.add(key);
  }
  return [...keys].sort(naturalOrder);
}

/** All definitions of a key, in whatever system or file. */
export function flagsOf(snapshot: Snapshot, key: string): readonly Flag[] {
  return snapshot.flags.get(key) ?? [];
}

/** Whether a flag file or a system defines the key; a list in code alone only names it. */
export function isDefined(snapshot: Snapshot, key: string): boolean {
  return flagsOf(snapshot, key).some(flag => flag.listed === undefined);
}

/** Whether a key is one that nothing defines or lists and only tests ask for: most such keys are made up. */
export function isOnlyInTests(snapshot: Snapshot, key: string): boolean {
  return (
    flagsOf(snapshot, key).length === 0 &&
    productionChecksOf(snapshot, key).length === 0 &&
    dynamicChecksOf(snapshot, key).length === 0
  );
}

/** Whether any flag file or system defines any flag. */
export function definesFlags(snapshot: Snapshot): boolean {
  for (const flags of snapshot.flags.values()) if (flags.some(flag => flag.listed === undefined)) return true;
  return false;
}

/**
 * Whether only lists in code name the key, and what is known here defines no flag of these lists: their flags are kept elsewhere, and
 * a stray flag file, such as one that an import is tried with, says nothing of them. A flag server is asked for all flags.
 */
export function isListedOfElsewhere(snapshot: Snapshot, key: string): boolean {
  const flags = flagsOf(snapshot, key);
  if (snapshot.sources.length > 0 || flags.length === 0 || isDefined(snapshot, key)) return false;
  const lists = new Set(flags.map(flag => flag.declaration?.path));
  // Of a flag that is defined, a list is only a place where its key is written.
  const isIn = ({ path, keyPlace }: Check): boolean =>
    lists.has(path) || (keyPlace !== null && lists.has(keyPlace.path));
  for (const other of snapshot.flags.keys()) {
    if (isDefined(snapshot, other) && (snapshot.checks.get(other) ?? []).some(isIn)) return false;
  }
  return true;
}

/** What every definition of a key does in each of its environments, archived definitions left out. */
export function statesOf(snapshot: Snapshot, key: string): readonly EnvironmentState[] {
  return flagsOf(snapshot, key).flatMap(flag => (flag.archived ? [] : flag.environments));
}

/** Environments as the configuration orders them, most important first; empty when it names none. */
export function environmentOrder(snapshot: Snapshot): readonly string[] {
  const named = snapshot.config.flagSystems.flatMap(system => [
    ...(system.environments ?? []),
    ...(system.environment === undefined ? [] : [system.environment]),
  ]);
  // Without `environments` the order of the entries says nothing about importance.
  return snapshot.config.flagSystems.some(system => system.environments !== undefined) ? [...new Set(named)] : [];
}

/** Everything in code that names this very key, in all roles: checks, declarations, stubs, references. */
export function checksOfKey(snapshot: Snapshot, key: string): readonly Check[] {
  return snapshot.checks.get(key) ?? [];
}

/** Places that evaluate the flag by this very key: role `check`, tests included. */
export function checksOf(snapshot: Snapshot, key: string): readonly Check[] {
  return (snapshot.checks.get(key) ?? []).filter(check => check.role === 'check');
}

/** As `checksOf`, without tests. */
export function productionChecksOf(snapshot: Snapshot, key: string): readonly Check[] {
  return checksOf(snapshot, key).filter(check => !check.test);
}

/**
 * Checks outside tests whose key is only known at run time but starts as this one does, or is one of few of which this is one: any of
 * them may be this flag.
 */
export function dynamicChecksOf(snapshot: Snapshot, key: string): readonly Check[] {
  const references = (snapshot.checks.get(key) ?? []).filter(check => check.role === 'reference');
  const isAmong = ({ path, nameSpan }: Check): boolean =>
    references.some(other => other.path === path && other.nameSpan.start === nameSpan.start);
  return snapshot.dynamicChecks.filter(
    check =>
      check.role === 'check' &&
      !check.test &&
      ((check.keyPrefix !== null && check.keyPrefix !== '' && key.startsWith(check.keyPrefix)) || isAmong(check)),
  );
}

/** All flag files of the snapshot, by path. */
export function flagFilesOf(snapshot: Snapshot): readonly FlagFile[] {
  const files: FlagFile[] = [];
  for (const view of snapshot.files.values()) {
    if (view.flagFile !== null && snapshot.holds?.(view.path) !== false) files.push(view.flagFile);
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The 1-based line of an offset in a file; 1 when the file is not in the snapshot. */
export function lineOf(snapshot: Snapshot, path: string, offset: number): number {
  const starts = snapshot.files.get(path)?.lines.starts ?? [0];
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}
