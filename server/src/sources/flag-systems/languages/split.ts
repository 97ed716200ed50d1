/**
 * Split's localhost files in YAML as a language, after its SDKs: of the entries that name a user the last one counts, so they are
 * asked from the end; whom none names gets what the first entry for everyone says. The older lines have neither trees nor rules.
 */
import type { FlagLanguage } from '../../../core/flags/files/flagLanguage.ts';
import type { Outcome } from '../../../core/flags/rollout/rollout.ts';
import { EVERYONE, listedCondition } from '../../../core/flags/rollout/targetingWords.ts';
import { yamlItems, yamlText, yamlValue } from '../../../core/markdown/yamlTree.ts';
import type { Tree } from '../trees.ts';
import { ALWAYS, type FormatLanguage, type ReadRule, type RuleContext, type RuleReading } from './formatLanguage.ts';

const description: FlagLanguage = {
  flags: [{ at: '[]/{}' }],
  names: [],
  fields: [
    {
      at: '@',
      fields: {
        treatment: 'What is served.',
        keys: 'To whom; everyone else when left out.',
        config: 'A value that comes with it, as a text.',
      },
    },
  ],
  values: [{ at: '@/treatment', values: { on: '', off: '', control: 'nothing is served, so that code decides' } }],
};

export const splitLanguage: FormatLanguage = { system: 'split', description, readRules };

function readRules(document: Tree, { flags }: RuleContext): RuleReading {
  const entries = new Map<string, { readonly tree: Tree; readonly item: Tree }[]>();
  for (const item of yamlItems(document)) {
    const entry = item.kind === 'map' ? item.entries[0] : undefined;
    if (entry === undefined || !flags.has(entry.key)) continue;
    const known = entries.get(entry.key);
    if (known === undefined) entries.set(entry.key, [{ tree: entry.value, item }]);
    else known.push({ tree: entry.value, item });
  }
  const chains = [...entries].map(([flag, all]) => {
    const named = all.filter(({ tree }) => usersOf(tree) !== null).toReversed();
    const everyone = all.find(({ tree }) => usersOf(tree) === null);
    const rules = named.map(({ tree, item }) => entryRule(tree, item));
    if (everyone !== undefined) rules.push({ ...entryRule(everyone.tree, everyone.item), ...last(named.length) });
    return { flag, environment: null, rules };
  });
  return { chains, names: [] };
}

function last(before: number): Pick<ReadRule, 'label' | 'condition' | 'tests'> {
  return { label: before === 0 ? 'Everyone' : 'Everyone else', condition: EVERYONE, tests: ALWAYS };
}

function entryRule(tree: Tree, { span }: Tree): ReadRule {
  const users = usersOf(tree) ?? [];
  return {
    label: 'Entry',
    span,
    condition: users.length === 0 ? { reach: 'nobody', words: '' } : listedCondition(users.length, 'user'),
    outcome: treatmentOf(tree),
    tests: users.length === 0 ? null : { tests: [{ subject: 'user', anyOf: new Set(users) }], complete: true },
  };
}

/** Users by their keys; null for an entry for everyone. */
function usersOf(tree: Tree): readonly string[] | null {
  const keys = yamlValue(tree, 'keys');
  if (keys === null || (keys.kind === 'scalar' && keys.value === null)) return null;
  return yamlItems(keys).flatMap(key => yamlText(key) ?? []);
}

function treatmentOf(tree: Tree): Outcome {
  const name = yamlText(yamlValue(tree, 'treatment'));
  return name === null || name === 'control' ? { kind: 'fallback' } : { kind: 'variation', name };
}
