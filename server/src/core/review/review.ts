/**
 * What a change does to flags: uses of stale, unknown and launched flags that it adds or touches, checks it removes while
 * their flag still ramps, definitions it adds, changes or takes away. It compares two snapshots line by line; getting them,
 * and the hunks, is the business of sources and fronts. Printing is in `render.ts`.
 */

import { isSilenced } from '../features/silence.ts';
import { printable } from '../flags/rollout/describe.ts';
import { checksOf, definesFlags, flagsOf, lineOf, statesOf } from '../flags/verdicts/flagIndex.ts';
import { snapshotAt } from '../flags/verdicts/projects.ts';
import { verdictOf } from '../flags/verdicts/staleness.ts';
import { describeChange } from '../history/flagChanges.ts';
import type { Flag } from '../model.ts';
import type { FileView, Snapshot } from '../snapshot.ts';
import { lineSpan } from '../text.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { ChangedFile } from './patch.ts';
import { pairUses, type Use } from './uses.ts';

export type ReviewRule =
  | 'stale-flag'
  | 'unknown-flag'
  | 'undeclared-flag'
  | 'launched-flag-new-use'
  | 'removed-flag-still-ramping'
  | 'flag-added'
  | 'flag-changed'
  | 'flag-removed';

export type Severity = 'error' | 'warning' | 'note';

export interface Finding {
  readonly rule: ReviewRule;
  readonly severity: Severity;
  /** Relative to the root; on the old side the path the file had. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly side: 'old' | 'new';
  readonly key: string;
  /** One or two sentences: what, and the evidence. */
  readonly message: string;
  /** One sentence: what to do. */
  readonly help: string;
  readonly fingerprint: string;
}

export interface ReviewInput {
  /** Commits, or any words for them; `head` may be the working tree. */
  readonly base: string;
  readonly head: string;
  readonly files: readonly ChangedFile[];
  /** The old side: at least the changed files as they were, their checks resolved. */
  readonly before: Snapshot;
  /** The new side, with everything that is known of flags now. */
  readonly after: Snapshot;
}

export interface Review {
  readonly base: string;
  readonly head: string;
  readonly changedFiles: number;
  /** By path, line and rule. */
  readonly findings: readonly Finding[];
  readonly summary: {
    /** Checks that the change adds and takes away; one that is only moved or edited counts as neither. */
    readonly added: number;
    readonly removed: number;
    /** Every flag whose checks or definition the change touches, sorted. */
    readonly flags: readonly string[];
  };
}

/** Reviews a change. */
export function review(input: ReviewInput): Review {
  const uses = pairUses(input.files, input.before, input.after);
  const definitions = definitionChanges(input);
  const findings = [
    ...uses.touched.flatMap(use => useFindings(input.after, use, definitions.added)),
    ...uses.removed.flatMap(use => removedUse(input, use)),
    ...definitions.findings,
  ];
  const keys = [...uses.touched, ...uses.removed].map(use => use.check.key!);
  return {
    base: input.base,
    head: input.head,
    changedFiles: input.files.length,
    findings: inOrder(findings),
    summary: {
      added: uses.touched.filter(use => use.isNew).length,
      removed: uses.removed.length,
      flags: [...new Set([...keys, ...definitions.keys])].sort(),
    },
  };
}

/** Whether any finding is at least this grave. */
export function hasFindingsAtLeast(findings: readonly Finding[], severity: Severity): boolean {
  return findings.some(finding => severities.indexOf(finding.severity) <= severities.indexOf(severity));
}

const severities: readonly Severity[] = ['error', 'warning', 'note'];

/** Everything of a finding but what follows from where it stands. */
interface Claim {
  readonly rule: ReviewRule;
  readonly severity: Severity;
  readonly key: string;
  readonly message: string;
  readonly help: string;
}

function useFindings(whole: Snapshot, use: Use, added: ReadonlySet<string>): readonly Finding[] {
  const { check } = use;
  const after = snapshotAt(whole, check.path);
  // Tests use flags that don't exist, and old ones on purpose.
  if (check.test) return [];
  // A flag that comes with its first checks is not old, however long ago the reviewed change was made.
  const claim =
    unknownUse(after, use) ?? (added.has(check.key!) ? null : (staleUse(after, use) ?? launchedUse(after, use)));
  return claim === null ? [] : findingAt(after, use.place.path, use.place.offset, 'new', claim);
}

function unknownUse(after: Snapshot, { check, isNew }: Use): Claim | null {
  // Without a flag file or a flag system every key would be unknown.
  if (!definesFlags(after)) return null;
  const verdict = verdictOf(after, check.key!);
  if (verdict.kind !== 'unknown') return null;
  return {
    rule: 'unknown-flag',
    severity: isNew ? 'error' : 'warning',
    key: check.key!,
    message: `${named(check.key!)} is not known: ${verdict.why}.`,
    help: 'Define the flag in a flag file, or correct the key.',
  };
}

function staleUse(after: Snapshot, { check, isNew }: Use): Claim | null {
  const verdict = verdictOf(after, check.key!);
  if (!verdict.stale) return null;
  const what = isNew ? `New use of the stale flag ${named(check.key!)}` : `${named(check.key!)} is stale`;
  return {
    rule: 'stale-flag',
    severity: isNew ? 'warning' : 'note',
    key: check.key!,
    message: `${what} (${verdict.kind}): ${verdict.why}.`,
    help: isNew ? 'Write the code without the flag, and plan its removal.' : 'A good moment to remove the flag.',
  };
}

/** Everyone has it everywhere, though not for long enough to call it stale. */
function launchedUse(after: Snapshot, { check, isNew }: Use): Claim | null {
  const states = statesOf(after, check.key!);
  if (!isNew || states.length === 0 || states.some(state => state.state !== 'on')) return null;
  const verdict = verdictOf(after, check.key!);
  if (verdict.kind === 'permanent') return null;
  return {
    rule: 'launched-flag-new-use',
    severity: 'warning',
    key: check.key!,
    message: `New use of ${named(check.key!)}, which is on for everyone everywhere: ${verdict.why}.`,
    help: 'Write the code without the flag, unless it may still be turned off.',
  };
}

function removedUse(input: ReviewInput, { check, place }: Use): readonly Finding[] {
  const key = check.key!;
  const after = snapshotAt(input.after, check.path);
  const verdict = verdictOf(after, key);
  // Once its last check is gone, the flag's verdict is that nobody checks it; what counts is what it was doing.
  const ramping = verdict.kind === 'rolling-out' || isRamping(flagsOf(after, key));
  if (check.test || !ramping) return [];
  const left = checksOf(after, key).length;
  return findingAt(input.before, place.path, place.offset, 'old', {
    rule: 'removed-flag-still-ramping',
    severity: left === 0 ? 'warning' : 'note',
    key,
    message: `${left === 0 ? 'The last check' : 'A check'} of ${named(key)} goes while the flag still ramps: ${summaryOf(after, key)}.`,
    help: 'Finish the rollout first, or make sure that what stays is what everyone is to get.',
  });
}

function isRamping(flags: readonly Flag[]): boolean {
  const states = flags.flatMap(flag => (flag.archived ? [] : flag.environments.map(state => state.state)));
  return states.some(state => state === 'partial' || state === 'targeted' || state === 'scheduled');
}

interface DefinitionChanges {
  readonly findings: readonly Finding[];
  readonly keys: readonly string[];
  /** Keys whose first definition this change adds. */
  readonly added: ReadonlySet<string>;
}

function definitionChanges({ files, before: wholeBefore, after: wholeAfter }: ReviewInput): DefinitionChanges {
  const findings: Finding[] = [];
  const keys: string[] = [];
  const added = new Set<string>();
  for (const file of files) {
    const path = file.newPath ?? file.oldPath;
    const [before, after] = [wholeBefore, wholeAfter].map(whole =>
      path === null ? whole : snapshotAt(whole, path),
    ) as [Snapshot, Snapshot];
    const old = flagsByKey(before, file.oldPath);
    const now = flagsByKey(after, file.newPath);
    for (const [key, flag] of now) {
      const claim = old.has(key) ? changedDefinition(old.get(key)!, flag) : addedDefinition(flag);
      if (claim === null) continue;
      keys.push(key);
      if (claim.rule === 'flag-added' && flagsOf(before, key).length === 0) added.add(key);
      findings.push(...findingAt(after, file.newPath!, flag.declaration?.keySpan.start ?? 0, 'new', claim));
    }
    for (const [key, flag] of old) {
      if (now.has(key)) continue;
      keys.push(key);
      const claim = removedDefinition(after, key);
      findings.push(...findingAt(before, file.oldPath!, flag.declaration?.keySpan.start ?? 0, 'old', claim));
    }
  }
  return { findings, keys, added };
}

function flagsByKey(snapshot: Snapshot, path: string | null): ReadonlyMap<string, Flag> {
  const flags = path === null ? [] : (snapshot.files.get(path)?.flagFile?.flags ?? []);
  return new Map(flags.map(flag => [flag.key, flag]));
}

function addedDefinition(flag: Flag): Claim {
  const states = flag.environments.map(state => `${state.environment}: ${state.summary}`).join('; ');
  return {
    rule: 'flag-added',
    severity: 'note',
    key: flag.key,
    message: `New flag ${named(flag.key)}${states === '' ? '' : ` (${states})`}.`,
    help: 'Give it an owner and, if it is to go again, a date.',
  };
}

function changedDefinition(old: Flag, flag: Flag): Claim | null {
  const changes = flag.environments.flatMap(state => {
    const what = describeChange(
      old.environments.find(candidate => candidate.environment === state.environment),
      state,
    );
    return what === null ? [] : [`${state.environment}: ${what}`];
  });
  if (changes.length === 0) return null;
  return {
    rule: 'flag-changed',
    severity: 'note',
    key: flag.key,
    message: `${named(flag.key)} changes. ${changes.join('; ')}.`,
    help: 'Watch what it guards once this is merged.',
  };
}

function removedDefinition(after: Snapshot, key: string): Claim {
  const checks = checksOf(after, key).filter(check => !check.test);
  if (checks.length === 0 || flagsOf(after, key).length > 0) {
    const message = `The definition of ${named(key)} goes${checks.length === 0 ? '; no check is left' : ''}.`;
    return { rule: 'flag-removed', severity: 'note', key, message, help: 'Make sure nothing else evaluates it.' };
  }
  const first = checks[0]!;
  const place = `${first.path}:${lineOf(after, first.path, first.nameSpan.start)}`;
  const others = checks.length === 1 ? '' : ` and ${checks.length - 1} more`;
  return {
    rule: 'undeclared-flag',
    severity: 'error',
    key,
    message: `The definition of ${named(key)} goes, but the code still checks it (${place}${others}).`,
    help: 'Remove the checks first; until then they get their fallback.',
  };
}

function findingAt(
  snapshot: Snapshot,
  path: string,
  offset: number,
  side: Finding['side'],
  claim: Claim,
): readonly Finding[] {
  const file = snapshot.files.get(path);
  if (file === undefined || isSilenced(file, offset, claim.rule)) return [];
  const line = lineOf(snapshot, path, offset);
  const fingerprint = fingerprintOf(claim.rule, claim.key, path, lineText(file, line));
  return [{ ...claim, message: printable(claim.message), path, line, side, fingerprint }];
}

function lineText(file: FileView, line: number): string {
  const span = lineSpan(file.lines, line - 1);
  return file.text.slice(span.start, span.end);
}

/** Sorted; a second finding of the same rule and key on the same line says nothing new. */
function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings
    .filter(({ rule, key, path, line, side }) => {
      const name = [rule, key, path, line, side].join('\0');
      return !seen.has(name) && seen.add(name);
    })
    .sort((a, b) => compare(a.path, b.path) || a.line - b.line || compare(a.rule, b.rule) || compare(a.key, b.key));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function named(key: string): string {
  return `“${key}”`;
}

function summaryOf(snapshot: Snapshot, key: string): string {
  const states = statesOf(snapshot, key).filter(state => state.state !== 'on' && state.state !== 'off');
  return states.map(state => `${state.environment}: ${state.summary}`).join('; ') || verdictOf(snapshot, key).why;
}
