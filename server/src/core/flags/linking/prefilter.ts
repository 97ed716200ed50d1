/**
 * The text test a file must pass before it is parsed: it holds a package, a called name or an annotation that could matter.
 * Too generous costs time, too strict costs checks, so whatever a check could hang on is in it.
 */
import { type ByteSearch, createByteSearch, NAME, STEM, WORD } from '../../byteSearch.ts';
import type { Sketch } from '../../byteSketch.ts';
import { CONFIGURED_TEXT } from '../guessed/configuredScripts.ts';
import { MODULE_FLAG_TEXT } from '../guessed/moduleFlags.ts';
import { NAMED_LIST_TEXT } from '../guessed/namedLists.ts';
import { PACKAGE_FLAG_TEXT } from '../guessed/packageFlags.ts';
import { PROPERTY_TEXT } from '../guessed/propertyFlags.ts';
import { NAMED_IMPORT_TEXT } from '../guessed/questionsByName.ts';
import { STORE_GETTER_TEXT } from '../guessed/storeGetters.ts';
import { LISTING_TEXT } from '../guessed/typedToggles.ts';
import { speaksOfFlags } from '../names/flagWords.ts';
import { CASED_TEXT, HOMEGROWN_STEMS, HOMEGROWN_TEXT } from '../names/homegrownText.ts';
import type { CheckPattern } from '../questions/patterns.ts';
import type { FlagSdk, SdkSurface } from '../sdk.ts';
import { FAMILIES, type Family, onlyFamilyOf } from './wordsOfLanguages.ts';

/** What a comment begins with that documents a flag in the manner of edx-toggles. */
export const TOGGLE_ANNOTATION = '.. toggle_name:';

/** Words by which a source file is told to matter. */
export interface InterestWords {
  /** A file that holds one of these matters. */
  readonly words: readonly string[];
  /**
   * Called names. They matter where somebody mentions the package that they belong to (`namesOfMentioned`). In languages where a library
   * that nobody knows is told by what it is asked (`foreign.ts`), a file also matters that asks by one which `mayAskPlainly`.
   */
  readonly names: readonly string[];
  /** Packages, as files mention them. They are among `words`. */
  readonly packages: readonly string[];
  /** Of words and packages, those that say nothing in a file of another language. They are not among the others. */
  readonly only: Readonly<Partial<Record<Family, readonly string[]>>>;
}

/**
 * Whether a called name may be the question of a library that nobody knows; those for values, such as `getStringValue`, say nothing. Of names
 * that say nothing of flags themselves (`isEnabled`, `isActive`) code is full: they count where a text that speaks of flags asks by them, or
 * where they are given a constant.
 */
export function mayAskPlainly(name: string): boolean {
  return (
    /active|enabled|variant|variation|feature|flag|toggle|experiment/i.test(name) ||
    /On(?![a-z])|_on(?![a-z])/.test(name)
  );
}

/** The words of these SDKs. */
export function sdkInterest(sdks: readonly FlagSdk[]): InterestWords {
  const words = new Set<string>([
    TOGGLE_ANNOTATION,
    'runbook:',
    'Runbook:',
    '@runbook',
    'incident:',
    'Incident:',
    '@incident',
  ]);
  const names = new Set<string>();
  const packages = new Set<string>();
  const only = ofEach(() => new Set<string>());
  for (const surface of sdks.flatMap(sdk => sdk.surfaces)) {
    const own = mentionsOf(surface);
    const family = onlyFamilyOf(surface.languages);
    for (const word of own) (family === null ? packages : only[family]).add(word);
    for (const name of calledNames(surface)) (own.length > 0 ? names : words).add(name);
    for (const { name, tag } of surface.elements)
      if (tag !== undefined)
        words.add(name.startsWith('@') ? name : name.replace(/^%?/, sign => (sign === '' ? '<' : '{% ')));
  }
  for (const word of packages) words.add(word);
  return {
    words: [...words],
    names: [...names],
    packages: shortestWords(packages),
    only: ofEach(family => shortestWords(only[family])),
  };
}

function ofEach<T>(value: (family: Family) => T): Readonly<Record<Family, T>> {
  return Object.fromEntries(FAMILIES.map(family => [family, value(family)])) as Record<Family, T>;
}

/** Words whose presence may make a source file worth parsing, whatever else the repository holds. */
export function sdkWords(sdks: readonly FlagSdk[]): ReadonlySet<string> {
  const { words, names, only } = sdkInterest(sdks);
  return new Set([...words, ...names, ...Object.values(only).flat()]);
}

/** The called names of the SDKs that have a package among the mentioned ones, which are words of `InterestWords.packages`. */
export function namesOfMentioned(sdks: readonly FlagSdk[], mentioned: ReadonlySet<string>): readonly string[] {
  const surfaces = sdks
    .flatMap(sdk => sdk.surfaces)
    .filter(surface => mentionsOf(surface).some(word => [...mentioned].some(shorter => word.includes(shorter))));
  // Each of them, also one that holds another: they are looked for as whole names.
  return [...new Set(surfaces.flatMap(calledNames))];
}

/** How a file mentions the packages of a surface. What is called as every flag is has texts of its own (`homegrownText.ts`). */
function mentionsOf(surface: SdkSurface): readonly string[] {
  if (surface.mentions !== undefined) return surface.mentions;
  const isSwift = surface.languages.every(language => language === 'swift');
  const isCpp = surface.languages.every(language => language === 'cpp');
  // C++: a namespace is written with colons, and may be a name as plain as `base`; headers are told by their paths.
  const packages = isCpp ? surface.packages.filter(name => /[/]|\.h$/.test(name)) : surface.packages;
  return [
    ...packages.flatMap(pattern => packageWords(pattern, isSwift)),
    ...(surface.globals ?? []).filter(name => !speaksOfFlags(name)),
  ];
}

/** The names that files are searched for because of what a surface has. */
function calledNames(surface: SdkSurface): readonly string[] {
  const calls = surface.calls.filter(call => call.common !== true);
  const objects = (surface.flagObjects ?? []).filter(object => object.common !== true);
  return [
    ...calls.flatMap(call => Object.keys(call.names).map(name => (call.brief === true ? `${name}(` : name))),
    ...objects.flatMap(object => Object.keys(object.names)),
    ...surface.toggles.filter(toggles => toggles.common !== true).map(toggles => toggles.function),
  ];
}

/** Words that a configured pattern's matches must hold. */
export function patternWords(patterns: readonly CheckPattern[]): ReadonlySet<string> {
  return new Set(
    patterns.flatMap(({ shape }) => {
      const named = shape.kind === 'call' ? shape.callee : shape.object;
      if (named.kind === 'member') return [named.property];
      return named.kind === 'name' ? [named.name] : [];
    }),
  );
}

/** Whether a source file is worth parsing: by its text or, without making one, by its bytes in UTF-8. Both answer alike. */
export interface InterestTest {
  ofText(text: string): boolean;
  /** `decode` gives the text of the bytes; few files are asked for it. Draws the `sketch` of those that are not worth it. */
  ofBytes(bytes: Uint8Array, decode: () => string, sketch?: Sketch): boolean;
}

/** What names of flags hold; one that does says by itself what is asked for. */
const NOUN = /feature|flag|toggle|experiment/i;

function speaksForItself(name: string): boolean {
  return NOUN.test(name);
}

/** Tells what asks something by one of these names, whatever type stands between: `isEnabled("a")`, but not `isEnabled()`. */
interface PlainQuestions {
  readonly ofAnything: RegExp;
  /** Of what looks like a constant: of flags that are questions without a word of flags around them (`isEnabled(NewNav)`, `isEnabled(.newNav)`). */
  readonly ofConstant: RegExp;
}

function plainQuestions(starts: readonly string[]): PlainQuestions | null {
  if (starts.length === 0) return null;
  const asked = String.raw`(?:${starts.join('|')})\w{0,40}(?:<[^<>()\n]{0,60}>)?\s?\(\s{0,60}`;
  return { ofAnything: new RegExp(String.raw`${asked}[^)\s]`), ofConstant: new RegExp(`${asked}["'@.A-Z]`) };
}

const SHAPES = [
  HOMEGROWN_TEXT,
  CASED_TEXT,
  LISTING_TEXT,
  NAMED_LIST_TEXT,
  PROPERTY_TEXT,
  PACKAGE_FLAG_TEXT,
  CONFIGURED_TEXT,
  MODULE_FLAG_TEXT,
  STORE_GETTER_TEXT,
  NAMED_IMPORT_TEXT,
];

/** They take none without a stem in it. */
function hasShape(text: string): boolean {
  return SHAPES.some(shape => shape.test(text));
}

/** What makes no file worth parsing by itself. */
interface OtherNames {
  /** A file's sketch says whether it holds one of these. */
  readonly noted?: readonly string[];
  /** Questions that may be asked of a library that nobody knows. */
  readonly plain?: readonly string[];
}

/** The test for any of these words, and for names that flag libraries and lists of flags of a repository's own would have. */
export function interestTest(words: Iterable<string>, { noted = [], plain = [] }: OtherNames = {}): InterestTest {
  const all = [...words, ...plain.filter(speaksForItself)];
  const others = shortestWords(plain.filter(name => !speaksForItself(name)).map(name => name.replace(/\($/, '')));
  const questions = plainQuestions(others);
  const stems = [...HOMEGROWN_STEMS, ...others.map(name => name.toLowerCase())];
  const asksPlainly = ({ ofAnything, ofConstant }: PlainQuestions, text: string): boolean =>
    ofAnything.test(text) && (NOUN.test(text) || ofConstant.test(text));
  const hasShapeOf = (text: string): boolean => hasShape(text) || (questions !== null && asksPlainly(questions, text));
  // Who is asked about bytes is hardly ever asked about texts as well.
  let hasWord: ((text: string) => boolean) | null = null;
  let search: ByteSearch | null = null;
  return {
    ofText(text) {
      hasWord ??= testForAny(shortestWords(all));
      return hasWord(text) || hasShapeOf(text);
    },
    ofBytes(bytes, decode, sketch) {
      search ??= createByteSearch({ words: all, names: noted, stems });
      const found = search(bytes, WORD, sketch);
      if ((found & WORD) !== 0) return true;
      if (sketch !== undefined) sketch.holdsName = (found & NAME) !== 0;
      return (found & STEM) !== 0 && hasShapeOf(decode());
    },
  };
}

/** A text holds one of these if it holds one of the words: those that contain another one are left out. */
export function shortestWords(words: Iterable<string>): readonly string[] {
  const sorted = [...new Set(words)]
    .filter(word => word !== '')
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const needed: string[] = [];
  for (const word of sorted) if (!needed.some(shorter => word.includes(shorter))) needed.push(word);
  return needed;
}

function testForAny(words: readonly string[]): (text: string) => boolean {
  if (words.length === 0) return () => false;
  const pattern = new RegExp(words.map(word => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'));
  return text => pattern.test(text);
}

/** A test for the declaration of any of these names in a file of C#, Kotlin, Scala, Swift or Rust, by its ending. */
export function declarationTest(types: ReadonlySet<string>, ending: string): (text: string) => boolean {
  const names = [...types].filter(name => /^\w+$/.test(name));
  if (names.length === 0) return () => false;
  // C#: `object GetValue()` and `static Flags Default` say of what type something is.
  const keywords = ending === 'cs' ? 'class|interface|enum|struct|record' : DECLARES;
  const pattern = new RegExp(`\\b(?:${keywords})\\s+(?:${names.join('|')})\\b`);
  return text => pattern.test(text);
}

const DECLARES =
  'class|interface|enum|struct|record|object|val|let|protocol|extension|actor|typealias|const|static|trait|type';

/**
 * Swift's modules are single names, some of which other code is full of: they count where they are imported. So are short names that
 * other words hold, such as the `rox` of `proxy`: of those, what stands below a package counts, and the package in quotes.
 */
function packageWords(pattern: string, isSwift: boolean): readonly string[] {
  const word = packageWord(pattern);
  if (isSwift) return [`import ${word}`, ` ${word}.`];
  const below = /^\w{1,4}([./\\])\*$/.exec(pattern)?.[1];
  return below === undefined ? [word] : [`${word}${below}`, `'${word}'`, `"${word}"`];
}

/** The longest constant part of a package pattern. */
function packageWord(pattern: string): string {
  return pattern
    .split('*')
    .map(part => part.replace(/(?<![./])[./]+$/, ''))
    .reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}
