/**
 * How long a flag may live, and who says so: a comment beside it in code or in its flag file, its definition, the configuration's
 * overrides, or its type's lifetime, in this order. What follows for a flag that lived longer is decided in `staleness.ts`.
 */
import { lifetimeDays, parseDuration } from '../../config.ts';
import { matchesGlob } from '../../glob.ts';
import type { Flag, FlagType } from '../../model.ts';
import type { Snapshot } from '../../snapshot.ts';
import { positionAt } from '../../text.ts';
import type { Directive } from './directives.ts';
import { checksOfKey, flagsOf } from './flagIndex.ts';

/** The type that counts when nothing names one. */
export const DEFAULT_FLAG_TYPE: FlagType = 'release';

export interface Lifetime {
  readonly type: FlagType;
  /** Nothing names the type: it is what most flags are. */
  readonly isAssumed: boolean;
  /** Null for no limit. */
  readonly days: number | null;
  /** Whose rule it is, in words: `release flags`, or `it`, for which `said` tells where. */
  readonly subject: string;
  /** Where an exception stands, such as `src/pay.ts:12`, or null for the lifetime of a type. */
  readonly said: string | null;
  /** As in the verdict: `lifetimes.release`, `lifetimes.overrides[0]`, `annotation`, `definition`. */
  readonly rule: string;
}

/** The lifetime that counts for a key. */
export function lifetimeOf(snapshot: Snapshot, key: string): Lifetime {
  const flags = flagsOf(snapshot, key);
  const directives = directivesOf(snapshot, key, flags);
  const named =
    directives.flatMap(({ name, value }) => (name === 'type' && isFlagType(value) ? [value] : []))[0] ??
    flags.find(flag => flag.type !== null)?.type;
  const [type, isAssumed] = [named ?? DEFAULT_FLAG_TYPE, named == null];
  for (const { name, value, place } of directives) {
    const days = name === 'lifetime' ? parseLifetime(value) : undefined;
    if (days !== undefined) return { type, isAssumed, days, subject: 'it', said: place, rule: 'annotation' };
  }
  for (const { lifetime, system } of flags) {
    const days = lifetime == null ? undefined : parseLifetime(lifetime);
    if (days !== undefined) return { type, isAssumed, days, subject: 'it', said: system, rule: 'definition' };
  }
  for (const [index, override] of snapshot.config.lifetimes.overrides.entries()) {
    const isMeant =
      (override.flags === undefined || override.flags.some(glob => matchesGlob(glob, key))) &&
      (override.owner === undefined || flags.some(flag => flag.owner === override.owner));
    if (!isMeant) continue;
    const days = override.lifetime === null ? null : (parseLifetime(override.lifetime) ?? null);
    const rule = `lifetimes.overrides[${index}]`;
    return { type, isAssumed, days, subject: 'it', said: 'flagbook.json', rule };
  }
  return {
    type,
    isAssumed,
    days: lifetimeDays(snapshot.config, type),
    subject: plural(type),
    said: null,
    rule: `lifetimes.${type}`,
  };
}

/** `release flags`, `kill switches`. */
export function plural(type: FlagType): string {
  return type === 'kill-switch' ? 'kill switches' : `${type} flags`;
}

/** What comments beside the flag say: in code outside tests first, then in flag files. */
function directivesOf(
  snapshot: Snapshot,
  key: string,
  flags: readonly Flag[],
): readonly { readonly name: Directive['name']; readonly value: string; readonly place: string }[] {
  const about = (path: string, offset: number) => {
    const file = snapshot.files.get(path);
    if (file === undefined || file.directives.length === 0) return [];
    const { line } = positionAt(file.lines, offset);
    const beside = file.directives.filter(directive => directive.about === line);
    return beside.map(({ name, value, line: at }) => ({ name, value, place: `${path}:${at + 1}` }));
  };
  return [
    ...checksOfKey(snapshot, key).flatMap(({ path, span, keyPlace, test }) =>
      test ? [] : [...about(path, span.start), ...(keyPlace === null ? [] : about(keyPlace.path, keyPlace.span.start))],
    ),
    ...flags.flatMap(({ declaration }) =>
      declaration === null ? [] : about(declaration.path, declaration.keySpan.start),
    ),
  ];
}

/** Days, null for no limit, undefined for what is no lifetime. */
function parseLifetime(text: string): number | null | undefined {
  if (/^(?:none|never|permanent|forever)$/i.test(text)) return null;
  const milliseconds = parseDuration(text);
  return milliseconds === null ? undefined : milliseconds / 86_400_000;
}

function isFlagType(text: string): text is FlagType {
  return ['release', 'experiment', 'operational', 'kill-switch', 'permission'].includes(text);
}
