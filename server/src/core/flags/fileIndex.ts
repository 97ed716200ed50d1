/**
 * What linking looks up in one file's facts, prepared once for as long as the facts live. Facts never change: an edited file
 * gets new ones, so that after a keystroke only its own preparation is made again. What depends on other files is not here.
 */
import type { FileFacts } from '../languages/facts.ts';
import { type CallIndex, indexCalls } from './callIndex.ts';
import { type FlagQuestion, flagQuestions } from './homegrown.ts';
import { type FileSymbols, indexSymbols } from './resolve/symbols.ts';
import { type FlagSdk, isPackageOf, type SdkSurface } from './sdk.ts';

export interface FileIndex {
  readonly calls: CallIndex;
  /** Calls and decorators by names that an SDK has. */
  readonly sdkCalls: CallIndex;
  readonly sdkDecorators: CallIndex;
  readonly symbols: FileSymbols;
  /** The SDKs' surfaces that the file imports, in the order of the SDKs' data. */
  readonly imported: readonly SdkSurface[];
  /** Functions of the file, which stands at `path`, that look like the questions of a flag library. */
  questions(path: string): readonly FlagQuestion[];
}

/** The index of a file's facts: made when it is first asked for, forgotten with the facts. */
export type IndexFile = (facts: FileFacts) => FileIndex;

/** Indexes for these SDKs. Whoever links again and again keeps it from one time to the next. */
export function createFileIndexes(sdks: readonly FlagSdk[]): IndexFile {
  const surfaces = sdks.flatMap(sdk => sdk.surfaces);
  const names = new Set(surfaces.flatMap(surface => surface.calls).flatMap(call => Object.keys(call.names)));
  const known = new WeakMap<FileFacts, FileIndex>();
  return facts => {
    const existing = known.get(facts);
    if (existing !== undefined) return existing;
    const made = indexFile(facts, surfaces, names);
    known.set(facts, made);
    return made;
  };
}

function indexFile(facts: FileFacts, surfaces: readonly SdkSurface[], sdkNames: ReadonlySet<string>): FileIndex {
  const calls = indexCalls(facts, facts.calls);
  const ofSdks = (index: CallIndex): CallIndex => new Map([...index].filter(([name]) => sdkNames.has(name)));
  let questions: readonly FlagQuestion[] | null = null;
  const modules = new Set(facts.imports.map(imported => imported.from));
  return {
    calls,
    sdkCalls: ofSdks(calls),
    sdkDecorators: ofSdks(indexCalls(facts, facts.decorators)),
    symbols: indexSymbols(facts),
    imported: surfaces.filter(
      surface =>
        surface.languages.includes(facts.language) && [...modules].some(specifier => isPackageOf(surface, specifier)),
    ),
    questions(path) {
      questions ??= flagQuestions(path, facts);
      return questions;
    },
  };
}
