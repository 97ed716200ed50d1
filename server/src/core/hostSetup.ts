/**
 * What a host takes from the configuration: compiled patterns, the words that make a source file interesting, and what kind of file a path
 * is. Pure; the host makes it anew when flagbook.json changes.
 */
import { type Config, decodeConfig, placeInConfig } from './config.ts';
import { type InterestWords, interestTest, patternWords, sdkInterest } from './flags/linking/prefilter.ts';
import { codeRegistryWords } from './flags/lists/codeRegistry.ts';
import { compilePatterns } from './flags/questions/compilePatterns.ts';
import type { CheckPattern } from './flags/questions/patterns.ts';
import { FLAG_SDKS } from './flags/sdks/registry.ts';
import { matchesGlob } from './glob.ts';
import type { Grammars } from './languages/grammars.ts';
import { languageOfPath } from './languages/registry.ts';
import type { Problem } from './model.ts';

export const CONFIG_PATH = 'flagbook.json';

/** What a path could be, which tells whether reading it is worth while. */
export type PathKind = 'configuration' | 'source' | 'data' | 'markdown' | 'other';

/** What follows from the configuration: compiled globs, patterns and words. */
export interface Setup {
  readonly config: Config;
  readonly problems: readonly Problem[];
  readonly patterns: readonly CheckPattern[];
  kindOf(path: string): PathKind;
  isInteresting(text: string): boolean;
  readonly interest: string;
  readonly interestWords: InterestWords;
  isRunbook(path: string): boolean;
  isIncident(path: string): boolean;
  isAlerts(path: string): boolean;
  /** No call in the file is a check. */
  isExcluded(path: string): boolean;
}

/**
 * @param text of `flagbook.json`; empty when there is none.
 * @param before what of it is said as before stays the very same, so that whoever depends on it can tell.
 */
export function setUp(grammars: Grammars, text: string, before: Setup | null = null): Setup {
  const { config, problems } = decodeConfig(text, CONFIG_PATH);
  const placeOf = (index: number) => placeInConfig(text, CONFIG_PATH, ['checks', index, 'pattern']);
  const compiled = compilePatterns(grammars, config.checks, placeOf);
  const isRunbook = (path: string) => config.runbooks.some(glob => matchesGlob(glob, path));
  const isIncident = (path: string) => config.incidents.some(glob => matchesGlob(glob, path));
  const isAlerts = (path: string) => config.alerts.some(glob => matchesGlob(glob, path));
  const words = [...patternWords(compiled.patterns), ...codeRegistryWords(config)];
  const ofSdks = sdkInterest(FLAG_SDKS);
  const interestWords = { ...ofSdks, words: [...ofSdks.words, ...words] };
  const { only } = ofSdks;
  const { ofText } = interestTest([...interestWords.words, ...interestWords.names, ...Object.values(only).flat()]);
  const isCompiledAlike =
    before !== null &&
    before.patterns.length === compiled.patterns.length &&
    isSaidAlike(before.config.checks, config.checks);
  const excludesAlike = before !== null && isSaidAlike(before.config.exclude, config.exclude);
  return {
    config,
    problems: [...problems, ...compiled.problems],
    patterns: isCompiledAlike ? before.patterns : compiled.patterns,
    interest: words.sort().join(' '),
    interestWords,
    isInteresting: ofText,
    isRunbook: path => isRunbook(path) && !isIncident(path),
    isIncident,
    isAlerts,
    isExcluded: excludesAlike ? before.isExcluded : path => config.exclude.some(glob => matchesGlob(glob, path)),
    kindOf(path) {
      if (path === CONFIG_PATH) return 'configuration';
      if (languageOfPath(path) !== null) return 'source';
      if (/\.(?:jsonc?|json5|ya?ml|split)$/i.test(path)) return 'data';
      return /\.md$/i.test(path) ? (isRunbook(path) || isIncident(path) ? 'markdown' : 'other') : 'other';
    },
  };
}

/** Whether two configurations mean the same for what is found in code. */
export function linksAs(one: Setup, other: Setup): boolean {
  return one.patterns === other.patterns && one.isExcluded === other.isExcluded;
}

/** Whether they mean the same for what each file says by itself; see `deriveEntry.ts`. */
export function readsAs(one: Setup, other: Setup): boolean {
  return isSaidAlike(readBy(one.config), readBy(other.config));
}

function readBy({ flagSystems, runbooks, incidents, alerts }: Config) {
  return [flagSystems, runbooks, incidents, alerts];
}

function isSaidAlike(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
