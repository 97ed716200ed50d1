/** The words by which names speak of feature flags, in whatever way the words of a name are joined. */

/** The lower-case words of a name: `isFeatureEnabled`, `has_feature`, `useUIFlag`. */
export function wordsOf(name: string): readonly string[] {
  const spaced = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/(?<=[A-Z])(?=[A-Z][a-z])/g, ' ');
  return spaced
    .split(/[^A-Za-z0-9]+/)
    .map(word => word.toLowerCase())
    .filter(word => word !== '');
}

/** Whether a lower-case word is one for a feature flag. */
export function isFlagNoun(word: string): boolean {
  return NOUNS.has(word);
}

/** Whether a name has such a word in it: `flagResolver`, `has_feature`. */
export function speaksOfFlags(name: string): boolean {
  return wordsOf(name).some(isFlagNoun);
}

/** Variants and variations are those of products and of buttons as often as those of flags. */
const NOUNS: ReadonlySet<string> = new Set([
  'experiment',
  'experiments',
  'feature',
  'features',
  'flag',
  'flags',
  'toggle',
  'toggles',
]);

/** Flags of something else: a command line, a compiler, a parser. */
export const OTHER_FLAGS: ReadonlySet<string> = new Set([
  'cli',
  'command',
  'compiler',
  'node',
  'symbol',
  'parser',
  'build',
  'regexp',
  'emit',
  'transform',
  'file',
  'bit',
  'status',
  'permission',
  'memory',
  'shader',
  'render',
]);
