/**
 * What a host takes from the configuration: compiled patterns, the words that make a source file interesting, and what kind of file a path
 * is. Pure; the host makes it anew when flagbook.json changes.
 */
import { type Config, decodeConfig, placeInConfig } from './config.ts';
import { type InterestWords, interestTest, patternWords, sdkInterest } from './flags/linking/prefilter.ts';
import { codeRegistryWords } from './flags/lists/codeRegistry.ts';
import { type CheckPattern, compilePatterns } from './flags/questions/patterns.ts';
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

/** @param text of `flagbook.json`; empty when there is none. */
export function setUp(grammars: Grammars, text: string): Setup {
  const { config, problems } = decodeConfig(text, CONFIG_PATH);
  const placeOf = (index: number) => placeInConfig(text, CONFIG_PATH, ['checks', index, 'pattern']);
  const compiled = compilePatterns(grammars, config.checks, placeOf);
  const isRunbook = (path: string) => config.runbooks.some(glob => matchesGlob(glob, path));
  const isIncident = (path: string) => config.incidents.some(glob => matchesGlob(glob, path));
  const isAlerts = (path: string) => config.alerts.some(glob => matchesGlob(glob, path));
  const words = [...patternWords(compiled.patterns), ...codeRegistryWords(config)];
  const ofSdks = sdkInterest(FLAG_SDKS);
  const interestWords = { ...ofSdks, words: [...ofSdks.words, ...words] };
  const { ofText } = interestTest([...interestWords.words, ...interestWords.names]);
  return {
    config,
    problems: [...problems, ...compiled.problems],
    patterns: compiled.patterns,
    interest: words.sort().join(' '),
    interestWords,
    isInteresting: ofText,
    isRunbook: path => isRunbook(path) && !isIncident(path),
    isIncident,
    isAlerts,
    isExcluded: path => config.exclude.some(glob => matchesGlob(glob, path)),
    kindOf(path) {
      if (path === CONFIG_PATH) return 'configuration';
      if (languageOfPath(path) !== null) return 'source';
      if (/\.(?:jsonc?|json5|ya?ml|split)$/i.test(path)) return 'data';
      return /\.md$/i.test(path) ? (isRunbook(path) || isIncident(path) ? 'markdown' : 'other') : 'other';
    },
  };
}
