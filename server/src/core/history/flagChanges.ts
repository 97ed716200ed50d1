/**
 * How each flag of a flag file changed in each environment, from the versions of the file: not that the file changed, but
 * that this flag went from 25 % to everyone. Versions come from `sources/git`; decoding a file is a flag system's business.
 */
import type { CommitMoment, EnvironmentState, Flag, FlagChange, JsonValue } from '../model.ts';
import { flagIdentity } from '../model.ts';

/** What a file said of its flags: environments by system and key. */
export type FileState = ReadonlyMap<string, readonly EnvironmentState[]>;

/** One commit's change of the file. `absent`: there was no such file; `unreadable`: it could not be decoded or loaded. */
export interface FlagFileVersion {
  readonly moment: CommitMoment;
  readonly before: FileState | 'absent' | 'unreadable';
  readonly after: FileState | 'absent' | 'unreadable';
  /** Of a merge: what the file said in its other parents. What came from one of them is no change of the merge. */
  readonly others?: readonly FileState[];
}

export interface FlagChangeCollector {
  /** Versions must come newest first. */
  readonly add: (version: FlagFileVersion) => void;
  /** Changes by `flagIdentity` of the current flags, newest first. */
  readonly finish: () => ReadonlyMap<string, readonly FlagChange[]>;
}

/** Collects the changes of these flags, the ones the file holds now. Flags that are gone are left out. */
export function createFlagChangeCollector(current: readonly Flag[]): FlagChangeCollector {
  const changes = new Map<string, FlagChange[]>();
  for (const flag of current) changes.set(flagIdentity(flag), []);
  /** A version whose predecessor was unreadable waits for an older one that can be read. */
  let waiting: { readonly moment: CommitMoment; readonly after: FileState } | null = null;

  const compare = (
    moment: CommitMoment,
    before: FileState | null,
    after: FileState | null,
    others: readonly FileState[] = [],
  ): void => {
    for (const flag of current) {
      const found = changes.get(flagIdentity(flag))!;
      const [then, now] = [before?.get(stateKey(flag)), after?.get(stateKey(flag))];
      for (const change of environmentChanges(then, now)) {
        const isFromOther = others.some(other => isAlikeIn(change.environment, other.get(stateKey(flag)), now));
        if (!isFromOther) found.push({ moment, ...change });
      }
    }
  };

  return {
    add: ({ moment, before, after, others }) => {
      if (waiting !== null && before !== 'unreadable') {
        compare(waiting.moment, readable(before), waiting.after);
        waiting = null;
        if (after === 'unreadable') return;
      }
      if (after === 'unreadable') return;
      if (before !== 'unreadable') compare(moment, readable(before), readable(after), others);
      else if (after !== 'absent') waiting ??= { moment, after };
    },
    finish: () => changes,
  };
}

/** The part of a decoded file that is compared. */
export function fileStateOf(flags: readonly Flag[]): FileState {
  return new Map(flags.map(flag => [stateKey(flag), flag.environments]));
}

/** What changed between two states of one flag in one environment, in words; null when nothing did. */
export function describeChange(
  before: EnvironmentState | undefined,
  after: EnvironmentState | undefined,
): string | null {
  if (before === undefined) return after === undefined ? null : `added ${at(after)}`;
  if (after === undefined) return 'removed';
  const from = label(before);
  const to = label(after);
  if (from !== to) return `${from} → ${to}`;
  const served = value(before.serves);
  const serves = value(after.serves);
  if (served !== serves) return `serves ${served} → ${serves}`;
  if (before.summary === after.summary) return null;
  // Of a default only the details can change, such as its stage.
  const words = `${before.summary} → ${after.summary}`;
  return after.byDefault === true ? words : `targeting changed: ${words}`;
}

function environmentChanges(
  before: readonly EnvironmentState[] | undefined,
  after: readonly EnvironmentState[] | undefined,
): { readonly environment: string; readonly what: string }[] {
  const names = new Set([...(after ?? []), ...(before ?? [])].map(state => state.environment));
  return [...names].flatMap(environment => {
    const what = describeChange(stateIn(before, environment), stateIn(after, environment));
    return what === null ? [] : [{ environment, what }];
  });
}

function isAlikeIn(
  environment: string,
  one: readonly EnvironmentState[] | undefined,
  other: readonly EnvironmentState[] | undefined,
): boolean {
  return describeChange(stateIn(one, environment), stateIn(other, environment)) === null;
}

function stateIn(states: readonly EnvironmentState[] | undefined, environment: string): EnvironmentState | undefined {
  return states?.find(state => state.environment === environment);
}

function stateKey(flag: Flag): string {
  return `${flag.system}\0${flag.key}`;
}

function readable(state: FileState | 'absent' | 'unreadable'): FileState | null {
  return typeof state === 'string' ? null : state;
}

/** `off`, `on`, `25%`, `targeted` …: what fits between two arrows. */
function label({ state, percentage }: EnvironmentState): string {
  return state === 'partial' && percentage !== null ? `${Number(percentage.toFixed(2))}%` : state;
}

function at(state: EnvironmentState): string {
  const text = label(state);
  return text.endsWith('%') ? `at ${text}` : text;
}

function value(serves: JsonValue | undefined): string {
  return serves === undefined ? 'no single value' : JSON.stringify(serves);
}
