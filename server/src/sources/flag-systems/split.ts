/**
 * Split's (Harness FME) localhost files, what its SDKs read instead of a connection, after the SDKs' documentation:
 *
 * - YAML: a list of `flag: {treatment, keys, config}`; key: the name of the flag; an entry with `keys` is for those users, and the
 *   last such entry for a user counts; of entries without, for everyone else, the first does; variations: all treatments;
 * - the older `.split`: a line `flag treatment` each, the last one for a flag counts; lines that begin with `#` are comments.
 *
 * A flag that serves a user nothing gives `control`, which is the code's own business. There are no percentages, owners, dates
 * or environments.
 */

import * as z from 'zod';
import { bareFlag } from '../../core/flags/lists/bareFlag.ts';
import { deriveState, type Outcome, type Rule } from '../../core/flags/rollout/rollout.ts';
import { listedCondition } from '../../core/flags/rollout/targetingWords.ts';
import { yamlItems, yamlText, yamlValue } from '../../core/markdown/yamlTree.ts';
import type { Flag, FlagFile } from '../../core/model.ts';
import type { Span } from '../../core/text.ts';
import { checkEntry, type DecodingContext, type FlagFileDecoder, flagFile } from './decoder.ts';
import { addProblem, createProblems, type ProblemSink } from './problems.ts';
import type { FileShape } from './shape.ts';
import { isTooLarge, readTrees, type Tree } from './trees.ts';
import { collectVariations } from './variations.ts';

export const splitDecoder: FlagFileDecoder = { system: 'split', recognises, decode };

const entrySchema = z.object({
  treatment: z.union([z.string(), z.boolean(), z.number()]).optional(),
  keys: z.union([z.string(), z.number(), z.array(z.union([z.string(), z.number()]))]).nullish(),
  config: z.unknown().optional(),
});

/** One line, or one item of the list. */
interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly span: Span;
  readonly treatment: string;
  /** How many users it is for; null for everyone. */
  readonly users: number | null;
}

const LINE = /^[ \t]*([A-Za-z0-9][\w.-]*)[ \t]+([\w.-]+)[ \t]*$/;

function recognises(shape: FileShape): boolean {
  if (shape.notation === 'lines') {
    const lines = shape.text
      .slice(0, 4096)
      .split(/\r?\n/)
      .filter(line => line.trim() !== '' && !line.trim().startsWith('#'));
    return lines.length > 0 && LINE.test(lines[0]!);
  }
  return shape.list && (shape.notation === 'yaml' || shape.notation === 'json') && shape.has('x/x/treatment');
}

function decode(path: string, text: string, context: DecodingContext): FlagFile {
  const problems = createProblems(path);
  const entries = path.toLowerCase().endsWith('.split')
    ? readLines(text, problems)
    : readTrees(path, text, problems).flatMap(tree => (tree.kind === 'list' ? readItems(tree, problems) : []));
  const byKey = new Map<string, Entry[]>();
  for (const entry of entries) {
    const known = byKey.get(entry.key);
    if (known === undefined) byKey.set(entry.key, [entry]);
    else known.push(entry);
  }
  const flags = [...byKey.values()].map(each => decodeFlag(each, path, context, problems));
  return flagFile(problems, 'split', context.environment, flags);
}

function readLines(text: string, problems: ProblemSink): readonly Entry[] {
  if (isTooLarge(text, problems)) return [];
  const entries: Entry[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const match = LINE.exec(line.replace(/^\ufeff/, ' ').replace(/\r$/, ''));
    if (match !== null) {
      const from = start + match[0].indexOf(match[1]!);
      const keySpan = { start: from, end: from + match[1]!.length };
      const end = start + match[0].trimEnd().length;
      entries.push({
        key: match[1]!,
        keySpan,
        span: { start: from, end: Math.max(end, keySpan.end) },
        treatment: match[2]!,
        users: null,
      });
    }
    start += line.length + 1;
  }
  return entries;
}

function readItems(tree: Tree, problems: ProblemSink): readonly Entry[] {
  return yamlItems(tree).flatMap(item =>
    (item.kind === 'map' ? item.entries.slice(0, 1) : []).flatMap(({ key, keySpan, value }): Entry[] => {
      if (key === '') return [];
      const decoded = value.kind === 'map' ? checkEntry(entrySchema, value, `flag "${key}"`, problems) : null;
      const treatment = yamlText(yamlValue(value, 'treatment'));
      if (decoded === null || treatment === null) {
        const message = `Flag "${key}" needs a "treatment"; as it stands users get "control".`;
        addProblem(problems, 'warning', 'shape', keySpan, message);
      }
      const keys = decoded?.keys;
      const users = keys === undefined || keys === null ? null : Array.isArray(keys) ? keys.length : 1;
      const span = { start: keySpan.start, end: Math.max(keySpan.end, value.span.end) };
      return [{ key, keySpan, span, treatment: decoded === null ? 'control' : (treatment ?? 'control'), users }];
    }),
  );
}

function decodeFlag(entries: readonly Entry[], path: string, context: DecodingContext, problems: ProblemSink): Flag {
  const everyone = entries.filter(entry => entry.users === null);
  const counts = path.toLowerCase().endsWith('.split') ? everyone.at(-1) : everyone[0];
  for (const other of everyone.filter(entry => entry !== counts)) {
    const message = `"${other.key}" is given to everyone twice; only the ${counts === everyone[0] ? 'first' : 'last'} entry counts. Remove one.`;
    addProblem(problems, 'warning', 'duplicate', other.keySpan, message);
  }
  const found = collectVariations();
  const outcome = (treatment: string): Outcome =>
    treatment === 'control' ? { kind: 'fallback' } : found.outcome(treatment);
  const rules = entries
    .toReversed()
    .flatMap((entry): Rule[] =>
      entry.users === null || entry.users === 0
        ? []
        : [{ condition: listedCondition(entry.users, 'user'), outcome: outcome(entry.treatment) }],
    );
  const otherwise: Outcome = counts === undefined ? { kind: 'fallback' } : outcome(counts.treatment);
  const variations = found.list();
  const main = counts ?? entries[0]!;
  return {
    ...bareFlag(main.key, 'split', path, main.keySpan, main.span),
    kind: 'string',
    variations,
    environments: [
      deriveState({
        environment: context.environment,
        variations,
        offVariation: null,
        enabled: true,
        whenDisabled: { kind: 'fallback' },
        outcome: rules.length === 0 ? otherwise : { kind: 'rules', rules, otherwise },
        asOf: null,
      }),
    ],
  };
}
