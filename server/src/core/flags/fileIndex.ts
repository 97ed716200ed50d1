/**
 * What linking looks up in one file's facts, prepared once for as long as the facts live. Facts never change: an edited file
 * gets new ones, so that after a keystroke only its own preparation is made again. What depends on other files is not here.
 */
import type { ElementFact, FileFacts } from '../languages/facts.ts';
import { type CallIndex, indexCalls } from './callIndex.ts';
import { type CodeList, codeLists } from './codeLists.ts';
import { type FlagQuestion, flagQuestions } from './homegrown.ts';
import { type FileSymbols, indexSymbols } from './resolve/symbols.ts';
import { type FlagSdk, isPackageOf, type SdkSurface } from './sdk.ts';
import { type ListingType, listingTypes } from './typedToggles.ts';

export interface FileIndex {
  readonly calls: CallIndex;
  /** Calls and decorators by names that an SDK has. */
  readonly sdkCalls: CallIndex;
  readonly sdkDecorators: CallIndex;
  /** Elements with an attribute by which an SDK names a flag. */
  readonly sdkElements: readonly ElementFact[];
  readonly symbols: FileSymbols;
  /** The SDKs' surfaces that the file imports. */
  readonly imported: readonly SdkSurface[];
  /** Functions of the file, which stands at `path`, that look like the questions of a flag library. */
  questions(path: string): readonly FlagQuestion[];
  /** Its types that may list flags. */
  listings(path: string): readonly ListingType[];
  /** Its constants, enums and objects that may list flags. */
  codeLists(path: string): readonly CodeList[];
}

/** The index of a file's facts: made when it is first asked for, forgotten with the facts. */
export type IndexFile = (facts: FileFacts) => FileIndex;

/** Indexes for these SDKs. Whoever links again and again keeps it from one time to the next. */
export function createFileIndexes(sdks: readonly FlagSdk[]): IndexFile {
  const surfaces = sdks.flatMap(sdk => sdk.surfaces);
  const words: SdkWords = {
    names: new Set(surfaces.flatMap(surface => surface.calls).flatMap(call => Object.keys(call.names))),
    attributes: new Set(surfaces.flatMap(surface => surface.elements).map(element => element.key)),
    surfacesOf: surfacesBySpecifier(surfaces),
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
}

/** Files import the same few packages again and again: each is compared with the data once. */
function surfacesBySpecifier(surfaces: readonly SdkSurface[]): SdkWords['surfacesOf'] {
  const known = new Map<string, readonly SdkSurface[]>();
  return specifier => {
    const existing = known.get(specifier);
    if (existing !== undefined) return existing;
    const found = surfaces.filter(surface => isPackageOf(surface, specifier));
    known.set(specifier, found);
    return found;
  };
}

function indexFile(facts: FileFacts, { names, attributes, surfacesOf }: SdkWords): FileIndex {
  const calls = indexCalls(facts, facts.calls);
  const ofSdks = (index: CallIndex): CallIndex => new Map([...index].filter(([name]) => names.has(name)));
  let questions: readonly FlagQuestion[] | null = null;
  let listings: readonly ListingType[] | null = null;
  let lists: readonly CodeList[] | null = null;
  const modules = new Set(facts.imports.map(imported => imported.from));
  const imported = new Set([...modules].flatMap(surfacesOf));
  return {
    calls,
    sdkCalls: ofSdks(calls),
    sdkDecorators: ofSdks(indexCalls(facts, facts.decorators)),
    sdkElements: facts.elements.filter(element => element.attributes.some(({ name }) => attributes.has(name))),
    symbols: indexSymbols(facts),
    imported: [...imported].filter(surface => surface.languages.includes(facts.language)),
    questions(path) {
      questions ??= flagQuestions(path, facts);
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
  };
}
