/**
 * Constants, enum members and object entries that list a repository's flags, where the configuration says so (`keys`:
 * `FeatureFlags.*`). Each is a flag of which only the place is known: it has no state. Lists that nobody configured are found by
 * their shape, in `listedFlags.ts`.
 */

import type { Config } from '../../config.ts';
import { matchesGlob } from '../../glob.ts';
import type { BindingFact, Expr, FileFacts } from '../../languages/facts.ts';
import type { Flag, FlagFile } from '../../model.ts';
import type { Span } from '../../text.ts';
import { bareFlag } from './bareFlag.ts';

/** Words that files with such registries hold: the name of the type or object. */
export function codeRegistryWords(config: Config): readonly string[] {
  return config.flagSystems.flatMap(({ keys }) => {
    const name = keys?.split('.')[0];
    return name === undefined || name === '*' ? [] : [name];
  });
}

/**
 * The flags that the members of a type or object list, where the first flag system whose globs take in this path maps one; null
 * where none does.
 */
export function decodeCodeRegistry(path: string, facts: FileFacts, config: Config): FlagFile | null {
  const system = config.flagSystems.find(each => (each.files ?? []).some(glob => matchesGlob(glob, path)));
  if (system?.keys === undefined) return null;
  const [name = '', ...rest] = system.keys.split('.');
  const places = rest.length === 1 && rest[0] === '*' ? membersOf(facts, name) : [];
  const environment = system.environment ?? 'production';
  const flags = new Map<string, Flag>();
  for (const { key, keySpan, span } of places)
    if (key !== '') flags.set(key, bareFlag(key, system.kind, path, keySpan, span));
  const message =
    rest.length === 1 && rest[0] === '*'
      ? `Nothing in ${path} is called "${name}" and lists texts. Mend the path.`
      : `In code a path is the name of a type or object and "*", such as "FeatureFlags.*". Mend the path.`;
  const gaps = flags.size === 0 ? [{ field: 'keys' as const, message }] : [];
  return { path, system: system.kind, environment, flags: [...flags.values()], problems: [], gaps };
}

/** A key and where it is written; `span` is its whole entry. */
export interface KeyPlace {
  readonly key: string;
  readonly keySpan: Span;
  readonly span: Span;
}

function membersOf(facts: FileFacts, name: string): readonly KeyPlace[] {
  const members = facts.bindings.filter(binding => binding.owner === name).flatMap(memberPlace);
  const objects = facts.bindings.filter(binding => binding.name === name && binding.owner === null);
  return [...members, ...objects.flatMap(binding => (binding.value === null ? [] : valuePlaces(binding.value)))];
}

/** The keys that a member names; one without a value of its own stands for its name. */
export function memberPlace(binding: BindingFact): readonly KeyPlace[] {
  if (binding.value === null) {
    return binding.form === 'enum-member'
      ? [{ key: binding.name, keySpan: binding.nameSpan, span: binding.nameSpan }]
      : [];
  }
  return valuePlaces(binding.value).map(place => ({
    ...place,
    span: {
      start: Math.min(binding.nameSpan.start, place.span.start),
      end: Math.max(binding.nameSpan.end, place.span.end),
    },
  }));
}

/** The texts that a value is made of. */
export function valuePlaces(value: Expr): readonly KeyPlace[] {
  switch (value.kind) {
    case 'string':
      return [{ key: value.value, keySpan: innerSpan(value.value, value.span), span: value.span }];
    case 'array':
      return value.items.flatMap(valuePlaces);
    case 'object':
      return value.entries.flatMap(entry => (entry.value.kind === 'string' ? valuePlaces(entry.value) : []));
    // `Object.freeze({…})`, `new Set([…])`, `new Flag("key")`: the texts it is made of.
    case 'call':
      return value.args.slice(0, 1).flatMap(argument => valuePlaces(argument.value));
    default:
      return [];
  }
}

/** The text without its quotes, where the span has them. */
export function innerSpan(text: string, span: Span): Span {
  const quotes = span.end - span.start - text.length;
  return quotes === 2 ? { start: span.start + 1, end: span.end - 1 } : span;
}
