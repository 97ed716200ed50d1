/**
 * Changing a flag where it stands in a file: the few characters that turn it on or off or set its percentage, and nothing around them.
 * Formats say as data where their switches and shares stand. Every edit is tried before it is offered: the changed text is decoded, and
 * only an edit after which this environment of this flag is as asked, and everything else as before, is one.
 */
import type { Config } from '../../core/config.ts';
import type { EnvironmentState, Flag } from '../../core/model.ts';
import type { Span } from '../../core/text.ts';
import { type Scalar, type Standing, scalarsOf } from './fileScalars.ts';
import { decodeFlagFile } from './registry.ts';
import { isYamlPath } from './trees.ts';

export interface FileToChange {
  /** Relative to the repository's root, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly config: Config;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Percentages are 0 to 100. */
export type FileChange =
  | { readonly kind: 'turn'; readonly to: 'on' | 'off' }
  | { readonly kind: 'percentage'; readonly percentage: number };

export interface Replacement {
  readonly span: Span;
  readonly text: string;
}

/** What changes a flag in one environment as asked, in order of position; null where its format has no plain way. */
export function flagFileEdits(
  file: FileToChange,
  key: string,
  environment: string,
  change: FileChange,
): readonly Replacement[] | null {
  const before = decodeFlagFile(file.path, file.text, file.config, file.now);
  const flag = before?.flags.findLast(each => each.key === key);
  const switches = FORMATS[before?.system ?? ''];
  if (before === null || flag === undefined || switches === undefined) return null;
  const scalars = scalarsOf(file.path, file.text, flag);
  const candidates =
    change.kind === 'turn'
      ? turns(switches, scalars, flag, file, change.to)
      : shares(switches, scalars, change.percentage);
  for (const candidate of candidates) {
    const after = decodeFlagFile(file.path, replaced(file.text, candidate), file.config, file.now);
    // Decoders forgive much: what breaks the file for others is a problem that was not there.
    if (after === null || after.problems.length > before.problems.length) continue;
    if (isAsAsked(before.flags, after.flags, { key, environment, change })) return candidate;
  }
  return null;
}

/** The text with all replacements made. They stand in order and do not overlap. */
export function replaced(text: string, edits: readonly Replacement[]): string {
  return edits.reduceRight(
    (at, { span, text: inserted }) => at.slice(0, span.start) + inserted + at.slice(span.end),
    text,
  );
}

/** Where a format keeps what. Places are paths below the flag: `[]` is any item of a list, `*` any one name, `**` any way down. */
interface Format {
  /** Texts for on and off; `variations` puts the names of the variations that are true and false. */
  readonly switches: readonly { readonly at: string; readonly words: readonly [string, string] | 'variations' }[];
  /** A name that may be missing, and is put in then. */
  readonly optional?: { readonly name: string; readonly words: readonly [string, string] };
  /** Percentages that stand alone. */
  readonly single?: readonly string[];
  /** Weights of which two stand side by side, and their sum where they say nothing. */
  readonly pairs?: { readonly at: string; readonly sum: number };
}

const PLAIN = ['true', 'false'] as const;
const INVERTED = ['false', 'true'] as const;

const FORMATS: Readonly<Record<string, Format>> = {
  flagd: {
    switches: [
      { at: 'state', words: ['ENABLED', 'DISABLED'] },
      { at: 'defaultVariant', words: 'variations' },
    ],
    pairs: { at: 'targeting/**/fractional/[]/[]', sum: 100 },
  },
  launchdarkly: {
    switches: [
      { at: 'on', words: PLAIN },
      { at: '', words: PLAIN },
    ],
    pairs: { at: 'fallthrough/rollout/variations/[]/weight', sum: 100_000 },
  },
  unleash: {
    switches: [
      { at: 'environments/[]/enabled', words: PLAIN },
      { at: 'featureEnvironments/[]/enabled', words: PLAIN },
      { at: 'enabled', words: PLAIN },
    ],
    single: ['**/strategies/[]/parameters/rollout', 'featureStrategies/[]/parameters/rollout'],
  },
  'go-feature-flag': {
    switches: [{ at: 'disable', words: INVERTED }],
    optional: { name: 'disable', words: INVERTED },
    pairs: { at: 'defaultRule/percentage/*', sum: 100 },
  },
  flipt: {
    switches: [{ at: 'enabled', words: PLAIN }],
    optional: { name: 'enabled', words: PLAIN },
    single: ['rollouts/[]/threshold/percentage'],
    pairs: { at: 'rules/[]/distributions/[]/rollout', sum: 100 },
  },
  gitlab: { switches: [{ at: 'default_enabled', words: PLAIN }] },
  dotnet: {
    switches: [
      { at: '', words: PLAIN },
      { at: 'enabled', words: PLAIN },
    ],
    single: ['EnabledFor/[]/Parameters/Value', 'conditions/client_filters/[]/parameters/Value'],
  },
  flagsmith: { switches: [{ at: 'enabled', words: PLAIN }] },
  statsig: {
    switches: [
      { at: 'isEnabled', words: PLAIN },
      { at: 'enabled', words: PLAIN },
    ],
  },
  growthbook: {
    switches: [
      { at: 'environments/*/enabled', words: PLAIN },
      { at: 'environmentSettings/*/enabled', words: PLAIN },
      { at: 'defaultValue', words: PLAIN },
    ],
  },
};

function turns(
  { switches, optional }: Format,
  standing: Standing,
  flag: Flag,
  file: FileToChange,
  to: 'on' | 'off',
): readonly (readonly Replacement[])[] {
  const index = to === 'on' ? 0 : 1;
  const found = switches.map(({ at, words }) => {
    const word = words === 'variations' ? nameOfVariation(flag, to) : words[index]!;
    if (word === null) return [];
    const known = words === 'variations' ? flag.variations.map(variation => variation.name) : words;
    return standing.scalars
      .filter(
        scalar => isAt(scalar.path, at) && known.includes(words === PLAIN ? scalar.text.toLowerCase() : scalar.text),
      )
      .map(scalar => ({ span: scalar.span, text: written(word, scalar, file) }));
  });
  // One switch after the other, and last the first two at once: a disabled flag whose default is off has both.
  const alone = found.flat().map(each => [each]);
  const both = found.length > 1 && found[0]!.length === 1 && found[1]!.length === 1 ? [found.flat().sort(byPlace)] : [];
  const isThere = optional !== undefined && standing.scalars.some(scalar => scalar.path.join('/') === optional.name);
  const insertion =
    optional === undefined || isThere ? null : inserted(optional.name, optional.words[index]!, standing, file);
  return [...alone, ...both, ...(insertion === null ? [] : [[insertion]])];
}

function byPlace(a: Replacement, b: Replacement): number {
  return a.span.start - b.span.start;
}

function nameOfVariation(flag: Flag, to: 'on' | 'off'): string | null {
  const named = flag.variations.filter(variation => variation.value === (to === 'on'));
  return named.length === 1 && /^[\w.-]+$/.test(named[0]!.name) ? named[0]!.name : null;
}

/** YAML's own words need quotes where a text is meant; in JSON and in quotes the text stands alone. */
function written(word: string, scalar: Scalar, { path, text }: FileToChange): string {
  const isQuoted = /["']/.test(text.charAt(scalar.span.start - 1));
  const isWord = !isQuoted && isYamlPath(path) && typeof scalar.value === 'string';
  return isWord && /^(?:on|off|yes|no|y|n|true|false|null|[\d.+-].*)$/i.test(word) ? `"${word}"` : word;
}

/** A new first field of the flag, written as the one that is first now. */
function inserted(
  name: string,
  word: string,
  { firstKey }: Standing,
  { path, text }: FileToChange,
): Replacement | null {
  if (firstKey === null) return null;
  const quote = /["']/.test(text.charAt(firstKey.start - 1)) ? text.charAt(firstKey.start - 1) : '';
  const start = firstKey.start - quote.length;
  const lead = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  // In JSON a comment may stand between the brace and the field.
  const isFlow = !/\.ya?ml$/i.test(path) || /[{,]\s*$/.test(text.slice(0, start));
  // Below a list's dash the next field stands where the first one does.
  const indent = /^[\s-]*$/.test(lead) ? lead.replaceAll('-', ' ') : null;
  if (indent === null && !isFlow) return null;
  const lineEnd = text.slice(0, start - lead.length).endsWith('\r\n') ? '\r\n' : '\n';
  const separator = `${isFlow ? ',' : ''}${indent === null ? ' ' : `${lineEnd}${indent}`}`;
  return { span: { start, end: start }, text: `${quote}${name}${quote}: ${word}${separator}` };
}

function shares(
  { single = [], pairs }: Format,
  { scalars }: Standing,
  percentage: number,
): readonly (readonly Replacement[])[] {
  const numbers = scalars.filter(scalar => /^\d+(?:\.\d+)?$/.test(scalar.text));
  const alone = numbers
    .filter(scalar => single.some(at => isAt(scalar.path, at)))
    .map(scalar => [{ span: scalar.span, text: numberText(percentage) }]);
  if (pairs === undefined) return alone;
  const groups = new Map<string, Scalar[]>();
  const isItem = pairs.at.endsWith('/*');
  for (const scalar of numbers.filter(each => isAt(each.path, pairs.at))) {
    const parent = scalar.path.slice(0, isItem ? -1 : -2).join('/');
    groups.set(parent, [...(groups.get(parent) ?? []), scalar]);
  }
  const twos = [...groups.values()].filter(group => group.length === 2);
  const both = twos.flatMap(([first, second]) => {
    const sum = Number(first!.text) + Number(second!.text) || pairs.sum;
    const share = (percentage * sum) / 100;
    const weighed = (a: number, b: number) => [
      { span: first!.span, text: numberText(a) },
      { span: second!.span, text: numberText(b) },
    ];
    // Which of the two is the off variation, decoding tells.
    return [weighed(share, sum - share), weighed(sum - share, share)];
  });
  return [...alone, ...both];
}

function numberText(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

/** Whether a path fits a place. `**` takes any number of steps, none too. */
function isAt(path: readonly string[], place: string): boolean {
  const steps = place === '' ? [] : place.split('/');
  const fits = (p: number, s: number): boolean => {
    if (s === steps.length) return p === path.length;
    if (steps[s] === '**') return fits(p, s + 1) || (p < path.length && fits(p + 1, s));
    if (p === path.length) return false;
    const step = steps[s];
    const isOne = step === '[]' ? /^\[\d+\]$/.test(path[p]!) : step === '*' || step === path[p];
    return isOne && fits(p + 1, s + 1);
  };
  return fits(0, 0);
}

interface Asked {
  readonly key: string;
  readonly environment: string;
  readonly change: FileChange;
}

function isAsAsked(before: readonly Flag[], after: readonly Flag[], { key, environment, change }: Asked): boolean {
  if (before.length !== after.length) return false;
  return before.every((flag, index) => {
    const now = after[index]!;
    if (flag.key !== now.key || flag.environments.length !== now.environments.length) return false;
    return flag.environments.every((state, at) => {
      const next = now.environments[at]!;
      const isMeant = flag.key === key && state.environment === environment;
      return isMeant ? isAchieved(state, next, change) : JSON.stringify(state) === JSON.stringify(next);
    });
  });
}

function isAchieved(before: EnvironmentState, after: EnvironmentState, change: FileChange): boolean {
  if (change.kind === 'percentage') return after.percentage === change.percentage && after.state !== 'unknown';
  if (change.to === 'off') return before.state !== 'off' && after.state === 'off';
  return before.state === 'off' && after.state !== 'off' && after.state !== 'unknown';
}
