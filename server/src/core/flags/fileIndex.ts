/**
 * What linking looks up in one file's facts, prepared once for as long as the facts live. Facts never change: an edited file
 * gets new ones, so that after a keystroke only its own preparation is made again. What depends on other files is not here.
 */
import type { FileFacts } from '../languages/facts.ts';
import { type CallIndex, indexCalls } from './callIndex.ts';
import { type FileSymbols, indexSymbols } from './resolve/symbols.ts';
import { type FlagSdk, isPackageOf, type SdkSurface } from './sdk.ts';

export interface FileIndex {
  readonly calls: CallIndex;
  readonly decorators: CallIndex;
  readonly symbols: FileSymbols;
  /** The SDKs' surfaces that the file imports, in the order of the SDKs' data. */
  readonly imported: readonly SdkSurface[];
}

/** The index of a file's facts: made when it is first asked for, forgotten with the facts. */
export type IndexFile = (facts: FileFacts) => FileIndex;

/** Indexes for these SDKs. Whoever links again and again keeps it from one time to the next. */
export function createFileIndexes(sdks: readonly FlagSdk[]): IndexFile {
  const surfaces = sdks.flatMap(sdk => sdk.surfaces);
  const known = new WeakMap<FileFacts, FileIndex>();
  return facts => {
    const existing = known.get(facts);
    if (existing !== undefined) return existing;
    const made = indexFile(facts, surfaces);
    known.set(facts, made);
    return made;
  };
}

function indexFile(facts: FileFacts, surfaces: readonly SdkSurface[]): FileIndex {
  const modules = new Set(facts.imports.map(imported => imported.from));
  return {
    calls: indexCalls(facts, facts.calls),
    decorators: indexCalls(facts, facts.decorators),
    symbols: indexSymbols(facts),
    imported: surfaces.filter(
      surface =>
        surface.languages.includes(facts.language) && [...modules].some(specifier => isPackageOf(surface, specifier)),
    ),
  };
}
