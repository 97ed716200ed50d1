/** Optimizely's audiences by name: whom a rule of a datafile is for. What an audience is made of stands in Optimizely. */
import type { Condition } from '../../core/flags/rollout/rollout.ts';
import { condition, EVERYONE, literalWords, segmentCondition } from '../../core/flags/rollout/targetingWords.ts';
import { yamlText, yamlValue } from '../../core/markdown/yamlTree.ts';
import type { JsonValue } from '../../core/model.ts';
import { textOf } from './decoder.ts';
import type { Tree } from './trees.ts';

/** Names of audiences by id, from these lists. */
export function audienceNames(lists: readonly (Tree | null)[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const list of lists) {
    for (const item of list?.kind === 'list' ? list.items : []) {
      const id = yamlText(yamlValue(item, 'id'));
      if (id !== null) names.set(id, yamlText(yamlValue(item, 'name')) ?? `#${id}`);
    }
  }
  return names;
}

/**
 * Whom a list of audiences, or a tree of `and`, `or` and `not` over them, is for. A list without an operator is an `or`; an empty
 * one is everyone.
 */
export function audienceCondition(
  audience: JsonValue,
  names: ReadonlyMap<string, string>,
): { readonly condition: Condition; readonly name?: string } {
  const written = typeof audience === 'string' ? parsedTree(audience) : audience;
  const ids = plainOr(written);
  if (ids !== null) {
    if (ids.length === 0) return { condition: EVERYONE };
    const known = ids.map(id => names.get(id) ?? `#${id}`);
    return { condition: segmentCondition(known) };
  }
  const words = treeWords(written, names, 0);
  return { condition: condition(words.length <= 60 ? `in ${words}` : 'a combination of segments applies') };
}

/** Older datafiles hold the tree as a text of JSON. */
function parsedTree(text: string): JsonValue {
  if (!text.startsWith('[') || text.length > LONGEST_TREE) return text;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? (value as JsonValue) : text;
  } catch {
    return text;
  }
}

/** Longer ones are nobody's, and would be nested too deeply. */
const LONGEST_TREE = 4000;

function plainOr(audience: JsonValue): readonly string[] | null {
  if (typeof audience === 'string') return [audience];
  if (!Array.isArray(audience)) return null;
  const items: readonly JsonValue[] = audience;
  const rest = items[0] === 'or' ? items.slice(1) : items;
  if (rest.length === 1 && Array.isArray(rest[0])) return plainOr(rest[0]);
  if (['and', 'not', 'or'].includes(textOf(rest[0])))
    return rest.length === 2 && rest[0] !== 'not' ? plainOr(rest[1]!) : null;
  return rest.every(item => typeof item === 'string') ? (rest as readonly string[]) : null;
}

function treeWords(tree: JsonValue, names: ReadonlyMap<string, string>, depth: number): string {
  if (typeof tree === 'string') return literalWords(names.get(tree) ?? `#${tree}`);
  if (!Array.isArray(tree) || depth > 8) return 'an audience';
  const [operator, ...rest] = tree as readonly JsonValue[];
  const known = operator === 'and' || operator === 'or' || operator === 'not';
  const items = (known ? rest : [operator ?? '', ...rest]).map(item => treeWords(item, names, depth + 1));
  if (operator === 'not') return `not ${items[0] ?? 'an audience'}`;
  const words = items.join(operator === 'and' ? ' and ' : ' or ');
  return depth === 0 || items.length < 2 ? words : `(${words})`;
}
