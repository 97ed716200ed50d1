/**
 * What flags did at a time that has passed: one definition of a key as it was, from the flag file of the commit that was there or from a
 * server's log, or why that can't be known. Finding it out is the sources' business; here it is put side by side and said.
 */
import type { EnvironmentState, Flag } from '../../model.ts';
import { naturalOrder } from '../../naturalOrder.ts';
import { printable } from '../rollout/describe.ts';

/** One system's word on one key at a time. */
export interface DefinitionAt {
  readonly key: string;
  readonly system: string;
  /** Where it comes from: a file's path and the commit, or a server. */
  readonly origin:
    | { readonly kind: 'file'; readonly path: string; readonly commit: string }
    | { readonly kind: 'server'; readonly server: string };
  readonly archived: boolean;
  readonly environments: readonly EnvironmentState[];
  /** Why its state then can't be known, or null. */
  readonly unknown: string | null;
}

/** All that is known of one moment. `at` is RFC 3339, UTC. */
export interface FlagsAt {
  readonly at: string;
  readonly definitions: readonly DefinitionAt[];
  /** What could not be asked at all, a sentence each. */
  readonly gaps: readonly string[];
}

/** A flag of a file or a server, as it was. */
export function definitionAt(flag: Flag, origin: DefinitionAt['origin'], unknown: string | null): DefinitionAt {
  const { key, system, archived } = flag;
  return { key, system, origin, archived, environments: unknown === null ? flag.environments : [], unknown };
}

/** The JSON document of `flags --at`; by key, in order. */
export function flagsAtDocument({ at, definitions, gaps }: FlagsAt, keys: readonly string[]): unknown {
  const wanted = keys.length === 0 ? keysOf(definitions) : keys;
  return {
    version: 1,
    at,
    flags: wanted.map(key => ({
      key,
      definitions: definitions
        .filter(each => each.key === key)
        .map(({ system, origin, archived, environments, unknown }) => ({
          system,
          path: origin.kind === 'file' ? origin.path : null,
          commit: origin.kind === 'file' ? origin.commit : null,
          server: origin.kind === 'server' ? origin.server : null,
          archived,
          unknown,
          environments: environments.map(({ environment, state, percentage, serves, summary }) => ({
            environment,
            state,
            percentage,
            serves: serves ?? null,
            summary,
          })),
        })),
    })),
    gaps,
  };
}

/** The same for people. */
export function flagsAtText({ at, definitions, gaps }: FlagsAt, keys: readonly string[]): string {
  const wanted = keys.length === 0 ? keysOf(definitions) : keys;
  const lines = [`As of ${at.replace(/(?::00)?Z$/, '').replace('T', ' ')} UTC`, ''];
  for (const key of wanted) {
    lines.push(printable(key));
    const own = definitions.filter(each => each.key === key);
    if (own.length === 0) lines.push('  not there: no flag file and no server had it');
    for (const definition of own) lines.push(...definitionLines(definition));
  }
  if (wanted.length === 0) lines.push('No flag was there.');
  if (gaps.length > 0) lines.push('', ...gaps.map(gap => `Not known: ${gap}`));
  return `${lines.join('\n')}\n`;
}

function definitionLines({ system, origin, archived, environments, unknown }: DefinitionAt): readonly string[] {
  const where = origin.kind === 'file' ? `${origin.path} at ${origin.commit.slice(0, 10)}` : origin.server;
  const head = `  ${system}, ${where}${archived ? ', archived' : ''}`;
  if (unknown !== null) return [head, `    not known: ${unknown}`];
  return [
    head,
    ...environments.map(({ environment, summary }) => `    ${printable(environment)}: ${printable(summary)}`),
  ];
}

function keysOf(definitions: readonly DefinitionAt[]): readonly string[] {
  return [...new Set(definitions.map(each => each.key))].sort(naturalOrder);
}
