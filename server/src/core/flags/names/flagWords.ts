/** The words by which names speak of feature flags, in whatever way the words of a name are joined. */

/** The lower-case words of a name: `isFeatureEnabled`, `has_feature`, `useUIFlag`. */
export function wordsOf(name: string): readonly string[] {
  const words: string[] = [];
  let start = -1;
  let before = OTHER;
  for (let at = 0; at <= name.length; at++) {
    const kind = kindOf(name.charCodeAt(at));
    const isCapital = kind === CAPITAL;
    // The last of several capitals begins the word of the small letters behind it.
    const begins = isCapital && (before === SMALL || (before === CAPITAL && isSmallLetter(name.charCodeAt(at + 1))));
    if (start >= 0 && (kind === OTHER || begins)) {
      words.push(name.slice(start, at).toLowerCase());
      start = -1;
    }
    if (start < 0 && kind !== OTHER) start = at;
    before = kind;
  }
  return words;
}

/** What a character is to the words of a name; digits are small. */
const OTHER = 0;
const SMALL = 1;
const CAPITAL = 2;

function kindOf(code: number): number {
  if (isSmallLetter(code) || (code >= 48 && code <= 57)) return SMALL;
  return code >= 65 && code <= 90 ? CAPITAL : OTHER;
}

function isSmallLetter(code: number): boolean {
  return code >= 97 && code <= 122;
}

/** Whether a lower-case word is one for a feature flag. */
export function isFlagNoun(word: string): boolean {
  return NOUNS.has(word);
}

/** Whether a name has such a word in it: `flagResolver`, `has_feature`. */
export function speaksOfFlags(name: string): boolean {
  // Nearly all names are told by that.
  return NOUN.test(name) && wordsOf(name).some(isFlagNoun);
}

/** The nouns without their endings, anywhere. */
const NOUN = /experiment|feature|flag|toggle/i;

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
