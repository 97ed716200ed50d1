/**
 * Registries of a repository's own, JSON or YAML, read by a mapping in flagbook.json: `keys`, a path to the keys (`features.*`,
 * `flags.*.name`), and `state`, a path from each flag to its state; `fields` for the rest.
 *
 * - key: what the path leads to, a name or a text; owner, type, description, created, expires: `fields`;
 * - state: true or false, on or off, a percentage (`25`, `"25%"`), or any of these for each environment (`environments.*.enabled`);
 *   `fields.percentage` of a flag that is on. Any other word is shown as it stands, and claimed to be nothing.
 */

import type { FlagSystemConfig } from '../../core/config.ts';
import { bareFlag } from '../../core/flags/lists/bareFlag.ts';
import { deriveState, type Outcome } from '../../core/flags/rollout/rollout.ts';
import { literalWords } from '../../core/flags/rollout/targetingWords.ts';
import type { EnvironmentState, Flag, FlagFile, MappingGap } from '../../core/model.ts';
import type { Span } from '../../core/text.ts';
import {
  type DecodingContext,
  dateOf,
  entrySpan,
  type FlagFileDecoder,
  flagFile,
  flagTypeOf,
  OFF,
  ON,
  ON_OFF,
} from './decoder.ts';
import { addProblem, createProblems } from './problems.ts';
import { readTrees, type Tree } from './trees.ts';

/** The decoder of a configured mapping; it recognises nothing by itself. */
export function mappedDecoder(system: FlagSystemConfig & { readonly keys: string }): FlagFileDecoder {
  return {
    system: system.kind,
    recognises: () => false,
    decode: (path, text, context) => decode(system, path, text, context),
  };
}

/** A key, and the tree of the flag it belongs to. */
interface Found {
  readonly key: string;
  readonly keySpan: Span;
  readonly span: Span;
  readonly flag: Tree;
}

function decode(
  system: FlagSystemConfig & { readonly keys: string },
  path: string,
  text: string,
  context: DecodingContext,
): FlagFile {
  const problems = createProblems(path);
  const flags = new Map<string, Flag>();
  let stated = 0;
  for (const tree of readTrees(path, text, problems)) {
    for (const found of findKeys(tree, system.keys.split('.'))) {
      const earlier = flags.get(found.key)?.declaration?.keySpan;
      if (earlier !== undefined) {
        const message = `"${found.key}" stands twice in this file; only the last one counts. Remove one.`;
        addProblem(problems, 'warning', 'duplicate', earlier, message);
        flags.delete(found.key);
      }
      const flag = decodeFound(found, system, path, context);
      if (flag.environments.length > 0) stated++;
      flags.set(found.key, flag);
    }
  }
  const decoded = flagFile(problems, system.kind, context.environment, [...flags.values()]);
  return { ...decoded, gaps: gapsOf(system, path, flags.size, stated) };
}

function gapsOf(system: FlagSystemConfig, path: string, count: number, stated: number): readonly MappingGap[] {
  if (count === 0) return [{ field: 'keys', message: `"${system.keys}" leads to no key in ${path}. Mend the path.` }];
  if (system.state === undefined || stated > 0) return [];
  return [{ field: 'state', message: `"${system.state}" leads to no state in any flag of ${path}. Mend the path.` }];
}

const MOST_KEYS = 100_000;

function findKeys(tree: Tree, path: readonly string[]): readonly Found[] {
  const found: Found[] = [];
  const walk = (at: Tree, rest: readonly string[], flag: Tree | null, span: Span | null): void => {
    const [part, ...more] = rest;
    if (found.length >= MOST_KEYS) return;
    if (part === undefined) {
      // A path that ends in a name leads to the key's text; the flag is what the last "*" stood for.
      if (at.kind !== 'scalar' || at.text.trim() === '') return;
      found.push({ key: at.text, keySpan: at.span, span: span ?? at.span, flag: flag ?? at });
    } else if (part !== '*') {
      if (at.kind !== 'map') return;
      const value = at.entries.findLast(entry => entry.key === part)?.value;
      if (value !== undefined) walk(value, more, flag, span);
    } else if (at.kind === 'map') {
      for (const entry of at.entries) {
        const whole = entrySpan(entry);
        if (more.length > 0) walk(entry.value, more, entry.value, whole);
        else if (entry.key !== '')
          found.push({ key: entry.key, keySpan: entry.keySpan, span: whole, flag: entry.value });
      }
    } else if (at.kind === 'list') {
      for (const item of at.items) walk(item, more, item, item.span);
    }
  };
  walk(tree, path, null, null);
  return found;
}

function decodeFound(found: Found, system: FlagSystemConfig, path: string, context: DecodingContext): Flag {
  const bare = bareFlag(found.key, system.kind, path, found.keySpan, found.span);
  const text = (field: string | undefined): string | null => {
    const [first] = field === undefined ? [] : valuesAt(found.flag, field.split('.'), null);
    return first?.value.kind === 'scalar' && first.value.text.trim() !== '' ? first.value.text.trim() : null;
  };
  const fields = system.fields ?? {};
  const share = shareOf(text(fields.percentage) ?? '');
  const states = stateTrees(found, system);
  const environments = states.map(({ name, value }) => stateOf(value, share, name ?? context.environment));
  const boolean = environments.length > 0 && environments.every(state => state.state !== 'unknown');
  return {
    ...bare,
    description: text(fields.description),
    kind: boolean ? 'boolean' : null,
    type: flagTypeOf(text(fields.type)),
    owner: text(fields.owner),
    variations: boolean ? ON_OFF : [],
    offValue: boolean ? false : undefined,
    environments,
    created: dateOf(text(fields.created)),
    expires: dateOf(text(fields.expires)),
  };
}

/** Where the state stands; without a path, the flag's own value if it is a single one. */
function stateTrees(
  found: Found,
  system: FlagSystemConfig,
): readonly { readonly name: string | null; readonly value: Tree }[] {
  if (system.state !== undefined) return valuesAt(found.flag, system.state.split('.'), null);
  const isKey = found.flag.span.start === found.keySpan.start;
  return found.flag.kind === 'scalar' && !isKey && found.flag.text !== '' ? [{ name: null, value: found.flag }] : [];
}

/** What a path leads to; `name` is what the first `*` stood for in a map. */
function valuesAt(
  tree: Tree,
  path: readonly string[],
  name: string | null,
): readonly { readonly name: string | null; readonly value: Tree }[] {
  const [part, ...more] = path;
  if (part === undefined) return [{ name, value: tree }];
  if (tree.kind === 'list' && part === '*') return tree.items.flatMap(item => valuesAt(item, more, name));
  if (tree.kind !== 'map') return [];
  const entries = part === '*' ? tree.entries : tree.entries.filter(entry => entry.key === part).slice(-1);
  return entries.flatMap(entry => valuesAt(entry.value, more, part === '*' ? (name ?? entry.key) : name));
}

function stateOf(tree: Tree, share: number | null, environment: string): EnvironmentState {
  const word = tree.kind === 'scalar' ? tree.text.trim() : '';
  const own = /%$/.test(word) ? shareOf(word) : null;
  const enabled = /^(true|on|yes|enabled?|active|1)$/i.test(word);
  const disabled = /^(false|off|no|disabled?|inactive|0)$/i.test(word);
  const percentage = own ?? (enabled ? share : null);
  const outcome = (): Outcome => {
    if (percentage !== null) {
      return {
        kind: 'split',
        by: null,
        parts: [
          { outcome: ON, weight: percentage },
          { outcome: OFF, weight: 100 - percentage },
        ],
      };
    }
    if (enabled) return ON;
    if (disabled) return OFF;
    // A number alone is a share, as long as it can be one.
    const number = tree.kind === 'scalar' && typeof tree.value === 'number' ? shareOf(word) : null;
    if (number !== null) {
      return {
        kind: 'split',
        by: null,
        parts: [
          { outcome: ON, weight: number },
          { outcome: OFF, weight: 100 - number },
        ],
      };
    }
    return { kind: 'custom', words: word === '' ? 'a state of its own kind' : `state ${literalWords(word)}` };
  };
  return deriveState({
    environment,
    variations: ON_OFF,
    offVariation: 'off',
    enabled: true,
    whenDisabled: OFF,
    outcome: outcome(),
    asOf: null,
  });
}

/** `25`, `25%`, `12.5 %` as a number from 0 to 100; null for anything else. */
function shareOf(text: string): number | null {
  const match = /^(\d{1,3}(?:\.\d+)?)\s*%?$/.exec(text.trim());
  const number = match === null ? Number.NaN : Number(match[1]);
  return number >= 0 && number <= 100 ? number : null;
}
