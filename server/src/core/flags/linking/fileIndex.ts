/**
 * What linking looks up in one file's facts, prepared once for as long as the facts live. Facts never change: an edited file
 * gets new ones, so that after a keystroke only its own preparation is made again. What depends on other files is not here.
 */
import type { ElementFact, FileFacts } from '../../languages/facts.ts';
import { type AskedKey, createAskedKey, type FlagQuestion, flagQuestions } from '../guessed/flagQuestions.ts';
import { type ListingType, listingTypes } from '../guessed/typedToggles.ts';
import { type CodeList, codeLists } from '../lists/codeLists.ts';
import { indexPackages } from '../packageIndex.ts';
import { type Aliases, aliasesOf } from '../questions/aliases.ts';
import { type CallIndex, type ImportedCall, importedCalls, indexCalls } from '../questions/callIndex.ts';
import { type FileSymbols, indexSymbols } from '../resolve/symbols.ts';
import type { FlagSdk, SdkSurface } from '../sdk.ts';

export interface FileIndex {
  readonly facts: FileFacts;
  readonly calls: CallIndex;
  /** The first call of each imported function that other files may know by another name; see `callIndex.ts`. */
  readonly importedCalls: readonly ImportedCall[];
  /** Calls and decorators by names that an SDK has. */
  readonly sdkCalls: CallIndex;
  readonly sdkDecorators: CallIndex;
  /** Elements with an attribute by which an SDK names a flag. */
  readonly sdkElements: readonly ElementFact[];
  readonly symbols: FileSymbols;
  /** The other names that it gives to functions. */
  readonly aliases: Aliases;
  /** The SDKs' surfaces that the file imports. */
  readonly imported: readonly SdkSurface[];
  /** Functions of the file, which stands at `path`, that look like the questions of a flag library. */
  questions(path: string): readonly FlagQuestion[];
  /** Its types that may list flags. */
  listings(path: string): readonly ListingType[];
  /** Its constants, enums and objects that may list flags. */
  codeLists(path: string): readonly CodeList[];
  /**
   * What a step finds by looking at the file's facts alone, such as calls by names that may ask for flags: looked for when it is first
   * asked for, since most files have none of it, and are linked again and again while a repository is read.
   */
  found<T>(look: Look<T>): T;
  /** Makes now what every link of all files asks for. */
  prepare(): void;
}

/** One way of looking at a file's facts; the function itself stands for what it finds. */
export type Look<T> = (index: FileIndex) => T;

/** The index of a file's facts: made when it is first asked for, forgotten with the facts. */
export type IndexFile = (facts: FileFacts) => FileIndex;

/** Indexes for these SDKs. Whoever links again and again keeps it from one time to the next. */
export function createFileIndexes(sdks: readonly FlagSdk[]): IndexFile {
  const surfaces = sdks.flatMap(sdk => sdk.surfaces);
  const words: SdkWords = {
    names: new Set(surfaces.flatMap(surface => surface.calls).flatMap(call => Object.keys(call.names))),
    attributes: new Set(surfaces.flatMap(surface => surface.elements).map(element => element.key)),
    surfacesOf: indexPackages(surfaces),
    askedKey: createAskedKey(),
  };
  const known = new WeakMap<FileFacts, FileIndex>();
  return facts => {
    const existing = known.get(facts);
    if (existing !== undefined) return existing;
    const made = indexFile(facts, words);
    known.set(facts, made);
    return made;
  };
}

/** What the SDKs' data says of names in code. */
interface SdkWords {
  /** Of calls. */
  readonly names: ReadonlySet<string>;
  /** Of elements. */
  readonly attributes: ReadonlySet<string>;
  /** Whose package an import specifier is. */
  surfacesOf(specifier: string): readonly SdkSurface[];
  /** What is known of functions. */
  readonly askedKey: AskedKey;
}

/** Each part is made when it is first asked for: after a keystroke that only moved things nobody asks for most of them. */
function indexFile(facts: FileFacts, { names, attributes, surfacesOf, askedKey }: SdkWords): FileIndex {
  const ofSdks = (index: CallIndex): CallIndex => new Map([...index].filter(([name]) => names.has(name)));
  const calls = once(() => indexCalls(facts, facts.calls));
  const callsOfImports = once(() => importedCalls(facts));
  const sdkCalls = once(() => ofSdks(calls()));
  const sdkDecorators = once(() => ofSdks(indexCalls(facts, facts.decorators)));
  const sdkElements = once(() =>
    facts.elements.filter(element => element.attributes.some(({ name }) => attributes.has(name))),
  );
  const symbols = once(() => indexSymbols(facts));
  const aliases = once(() => aliasesOf(facts));
  const imported = once(() => {
    const modules = new Set(facts.imports.map(({ from }) => from));
    const surfaces = new Set([...modules].flatMap(surfacesOf));
    return [...surfaces].filter(surface => surface.languages.includes(facts.language));
  });
  let questions: readonly FlagQuestion[] | null = null;
  let listings: readonly ListingType[] | null = null;
  let lists: readonly CodeList[] | null = null;
  const found = new Map<Look<unknown>, unknown>();
  const index: FileIndex = {
    facts,
    get calls() {
      return calls();
    },
    get importedCalls() {
      return callsOfImports();
    },
    get sdkCalls() {
      return sdkCalls();
    },
    get sdkDecorators() {
      return sdkDecorators();
    },
    get sdkElements() {
      return sdkElements();
    },
    get symbols() {
      return symbols();
    },
    get aliases() {
      return aliases();
    },
    get imported() {
      return imported();
    },
    questions(path) {
      questions ??= flagQuestions(path, facts, askedKey);
      return questions;
    },
    listings(path) {
      listings ??= listingTypes(path, facts);
      return listings;
    },
    codeLists(path) {
      lists ??= codeLists(path, facts);
      return lists;
    },
    found<T>(look: Look<T>): T {
      if (!found.has(look)) found.set(look, look(index));
      return found.get(look) as T;
    },
    prepare() {
      for (const part of [sdkCalls, sdkDecorators, sdkElements, symbols, imported]) part();
    },
  };
  return index;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
