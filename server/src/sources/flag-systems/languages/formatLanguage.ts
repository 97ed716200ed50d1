/**
 * What a flag file format adds to its decoder so that its files can be worked in as a language: the description of what stands
 * where (`core/flags/files/flagLanguage.ts`), and its targeting rules one by one, with their places. `readLanguage` turns both into
 * the plain data that features read.
 */
import type { FlagLanguage, FlagPlace, RulePlace } from '../../../core/flags/files/flagLanguage.ts';
import { flagPlaces } from '../../../core/flags/files/flagPlaces.ts';
import { outcomeWords } from '../../../core/flags/rollout/outcomeWords.ts';
import type { Condition, Outcome } from '../../../core/flags/rollout/rollout.ts';
import { type RuleTests, shadowedRules } from '../../../core/flags/rollout/ruleOrder.ts';
import type { Flag, FlagFile } from '../../../core/model.ts';
import type { Span } from '../../../core/text.ts';
import { createProblems } from '../problems.ts';
import type { Tree } from '../trees.ts';
import { noteShares } from './shares.ts';

export interface FormatLanguage {
  /** The decoder's system. */
  readonly system: string;
  readonly description: FlagLanguage;
  /** The rules of one document, flag by flag; null for formats without any. */
  readonly readRules: ((document: Tree, context: RuleContext) => RuleReading) | null;
}

export interface RuleContext {
  /** The decoded flags of the file, by key. */
  readonly flags: ReadonlyMap<string, Flag>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface RuleReading {
  readonly chains: readonly RuleChain[];
  /** Names inside rules that no path can tell from other texts. */
  readonly names: readonly FlagPlace[];
}

/** The rules of one flag in one environment, in the order in which they are asked. */
export interface RuleChain {
  readonly flag: string;
  readonly environment: string | null;
  readonly rules: readonly ReadRule[];
}

export interface ReadRule {
  /** What it is called; rules that are called `Rule` are counted. */
  readonly label:
    | 'Rule'
    | 'Strategy'
    | 'Target'
    | 'Filter'
    | 'Gate'
    | 'Entry'
    | 'Override'
    | 'Experiment'
    | 'Allocation'
    | 'Last rule'
    | 'Everyone else'
    | 'Everyone';
  readonly span: Span;
  readonly condition: Condition;
  readonly outcome: Outcome;
  /** Null where nothing can be proved about it. */
  readonly tests: RuleTests | null;
}

/** A file's places and rules. `trees` are its documents. */
export function readLanguage(
  language: FormatLanguage | null,
  trees: readonly Tree[],
  file: FlagFile,
  now: number,
): Pick<FlagFile, 'places' | 'rules' | 'language' | 'problems'> {
  const walked = flagPlaces(trees, language?.description ?? null, file.flags);
  if (language === null) return { places: walked, problems: file.problems };
  const sink = createProblems(file.path);
  noteShares(trees, language.description, sink);
  const problems =
    sink.problems.length === 0
      ? file.problems
      : [...file.problems, ...sink.problems].sort((a, b) => (a.place?.span.start ?? 0) - (b.place?.span.start ?? 0));
  const read = language.readRules;
  const documents = read === null ? [] : trees.map(tree => ({ flags: flagsOfDocument(tree, file.flags) }));
  const readings = documents.map(({ flags }, at) => read!(trees[at]!, { flags, now }));
  const named = readings.flatMap(reading => reading.names);
  const places = [...walked, ...named].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const rules = readings.flatMap(({ chains }, at) =>
    chains.flatMap(chain => ruleTexts(chain, documents[at]!.flags.get(chain.flag), file.path)),
  );
  return { places, rules, problems, language: language.description };
}

/** By key. A key may stand in several documents of a file: each document's rules are those of its own flag. */
function flagsOfDocument({ span }: Tree, flags: readonly Flag[]): ReadonlyMap<string, Flag> {
  const isHere = ({ declaration }: Flag): boolean =>
    declaration !== null && declaration.span.start >= span.start && declaration.span.end <= span.end;
  return new Map([...flags.filter(flag => !isHere(flag)), ...flags.filter(isHere)].map(flag => [flag.key, flag]));
}

/** For a condition on which nothing can be proved. */
export const UNPROVABLE: RuleTests = { tests: [], complete: false };

/** For a rule without a condition. */
export const ALWAYS: RuleTests = { tests: [], complete: true };

function ruleTexts(chain: RuleChain, flag: Flag | undefined, path: string): readonly RulePlace[] {
  const variations = flag?.variations ?? [];
  const shadows = shadowedRules(chain.rules.map(rule => rule.tests ?? UNPROVABLE));
  const counts = new Map<string, number>();
  for (const { label } of chain.rules) counts.set(label, (counts.get(label) ?? 0) + 1);
  const seen = new Map<string, number>();
  const titles = chain.rules.map(({ label }) => {
    const at = (seen.get(label) ?? 0) + 1;
    seen.set(label, at);
    return isLast(label) ? label : `${label} ${at} of ${counts.get(label)}`;
  });
  return chain.rules.map((rule, at) => {
    const by = shadows[at] ?? null;
    const shadow =
      // That nobody is left for the default is no mistake.
      by === null || isLast(rule.label)
        ? null
        : { words: shadowWords(titles[by]!, chain.rules[by]!, rule), by: { path, span: chain.rules[by]!.span } };
    return {
      span: rule.span,
      flag: chain.flag,
      title: titles[at]!,
      environment: chain.environment,
      who: whoWords(rule.condition),
      gets: outcomeWords(rule.outcome, variations),
      shadow,
    };
  });
}

function isLast(label: ReadRule['label']): boolean {
  return label.startsWith('Everyone') || label === 'Last rule';
}

function whoWords({ reach, words }: Condition): string {
  if (reach === 'everyone') return 'everyone';
  return reach === 'nobody' ? 'nobody' : words;
}

/** What is asked first may stand further down. */
function shadowWords(title: string, { condition, span }: ReadRule, shadowed: ReadRule): string {
  const where = span.start <= shadowed.span.start ? 'above' : 'below';
  const name = `${title.charAt(0).toLowerCase()}${title.slice(1)} ${where}`;
  if (condition.reach === 'everyone') return `${name} is for everyone`;
  return `${name} takes all of them already (${condition.words})`;
}
