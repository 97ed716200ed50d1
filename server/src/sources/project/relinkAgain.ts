/**
 * Linking a few changed files again by what the last scan's link left: the files themselves and those that looked up in them what is
 * something else now. Nothing is told where others may be concerned, or where a whole scan might read other files than the last one did.
 */

import { declaresFlagValues } from '../../core/flags/guessed/heldFlags.ts';
import { declarations, usesOfKeys, wished } from '../../core/flags/linking/conclusions.ts';
import { moveOfShapes } from '../../core/flags/linking/factsMove.ts';
import { createFileIndexes } from '../../core/flags/linking/fileIndex.ts';
import type { LinkInput, LinkMemory } from '../../core/flags/linking/linkMemory.ts';
import { linkMemoryOf, linkMemoryText, type TouchedFunctions } from '../../core/flags/linking/linkMemoryText.ts';
import { relinkMemory } from '../../core/flags/linking/relink.ts';
import { createModuleResolver } from '../../core/flags/resolve/modules.ts';
import { soughtName } from '../../core/flags/resolve/soughtNames.ts';
import { FLAG_SDKS } from '../../core/flags/sdks/registry.ts';
import { checksInOrder, recordOf } from '../../core/flags/telling/scanRecords.ts';
import { matchesGlob } from '../../core/glob.ts';
import type { FileFacts } from '../../core/languages/facts.ts';
import { encodeFacts } from '../../core/languages/factsCodec.ts';
import type { FactsShape } from '../../core/languages/factsShape.ts';
import type { Check } from '../../core/model.ts';
import { indexLines } from '../../core/text.ts';
import { type KnownLinks, type LinkSettings, readLinks } from '../facts-cache/linkFile.ts';
import type { LinkedFile, ScanState, ScanStateOptions } from '../facts-cache/scanState.ts';
import { type FactsSource, LinkedFacts } from './linkedFacts.ts';
import { digestOfShape, placesOf } from './linkedShapes.ts';

export interface RelinkRequest {
  /** Absolute, links resolved. */
  readonly root: string;
  readonly options: ScanStateOptions;
  /** What the last scan left. */
  readonly before: ScanState;
  /** What is told of files by now, by the number of the path: some may have moved since the last scan. */
  readonly linked: ScanState['head']['linked'];
  /** The changed files, by path, with their texts of now. */
  readonly edited: ReadonlyMap<string, string>;
  /** The text of any other file; null where it can't be read any more. */
  readonly textOf: (path: string) => Promise<string | null>;
  /** Null where a text has no facts, or can't be parsed here. */
  readonly factsOf: (path: string, text: string) => Promise<FileFacts | null>;
  readonly shapeOf: (facts: FileFacts) => FactsShape;
}

export interface RelinkedFiles {
  /** By path: all files of which something else is told now, but for their wishes and mentions, which are as before. */
  readonly files: ReadonlyMap<string, Pick<LinkedFile, 'shape' | 'records' | 'places'>>;
  /** Those that a whole scan would not read any more; nothing comes of them. */
  readonly left: readonly string[];
  /** Keeps it for the next scan: gives the name to know it by, or null. */
  readonly save: () => Promise<string | null>;
}

/** Null where only a whole scan can tell. */
export async function relinkAgain(request: RelinkRequest): Promise<RelinkedFiles | null> {
  const { root, options, before } = request;
  const known = before.head.links === null ? null : readLinks(root, options, before.head.links);
  if (known === null) return null;
  try {
    return await relinkBy(known, request);
  } finally {
    // Whatever is kept for the next scan was read by now.
    known.close();
  }
}

async function relinkBy(known: KnownLinks, request: RelinkRequest): Promise<RelinkedFiles | null> {
  const { before } = request;
  const source = sourceOf(known);
  const first = memoryOf(known, source, before.paths);
  const numbers = new Map(before.paths.map((path, index) => [path, index]));
  const texts = new Map(request.edited);
  for (;;) {
    keepTouched(source);
    const linked = await linkEdited(request, first, texts);
    if (linked === null || !wishesAlike(before, first, linked.memory, numbers)) return null;
    const left = leftFiles(before, first, linked.memory, linked.paths, numbers);
    if (!left.every(path => givesNothing(linked.memory, path))) return null;
    const told = new Set([...texts.keys(), ...linked.paths, ...declaredOtherwise(first, linked.memory, linked.paths)]);
    const missing: string[] = [];
    for (const path of told) {
      if (texts.has(path) || request.linked[numbers.get(path)!]?.isElsewhere !== true) continue;
      // Its lines moved since it was linked: it has to be brought where it is.
      const text = await request.textOf(path);
      if (text === null) return null;
      texts.set(path, text);
      missing.push(path);
    }
    if (missing.length > 0) continue;
    const files = await tellFiles(request, linked.memory, texts, told, numbers);
    if (files === null) return null;
    return { files, left, save: () => save(known, source, linked, texts) };
  }
}

interface Linked {
  readonly memory: LinkMemory;
  readonly files: LinkedFacts;
  /** The files that were linked again. */
  readonly paths: ReadonlySet<string>;
}

function sourceOf({ paths, factsOf }: KnownLinks): FactsSource {
  return {
    paths,
    bytesOf: factsOf,
    touched: new Set(),
    touchedFunctions: new Map(),
    written: new Map(),
    read: new Map(),
  };
}

function memoryOf({ settings, memory }: KnownLinks, source: FactsSource, paths: readonly string[]): LinkMemory {
  const input: LinkInput = {
    files: new LinkedFacts(source),
    modules: createModuleResolver(new Set(paths), packagesOf(settings)),
    sdks: FLAG_SDKS,
    patterns: settings.patterns,
    knownKeys: new Set(settings.knownKeys),
    indexFile: createFileIndexes(FLAG_SDKS),
    isExcluded: path => settings.exclude.some(glob => matchesGlob(glob, path)),
  };
  const tell = (functions: TouchedFunctions): void => {
    source.touchedFunctions = functions;
  };
  return linkMemoryOf(memory, input, source.touched, tell, written => {
    source.written = written;
  });
}

function packagesOf({ packages, mappings, goModules }: LinkSettings) {
  return Object.assign(new Map(packages), {
    ...(mappings === null ? {} : { mappings }),
    ...(goModules === null ? {} : { goModules: new Map(goModules) }),
  });
}

/** Linking takes away from the touched functions those that have others in their place: who begins anew begins with all. */
function keepTouched({ touched, touchedFunctions, read }: FactsSource): void {
  for (const [path, { functions }] of read)
    for (const index of touchedFunctions.get(path) ?? []) touched.add(functions[index]!);
}

/** One file after the other: each is what linking everything would give at that point. */
async function linkEdited(
  { factsOf, shapeOf }: RelinkRequest,
  first: LinkMemory,
  texts: ReadonlyMap<string, string>,
): Promise<Linked | null> {
  let memory = first;
  let files = first.input.files as LinkedFacts;
  const paths = new Set<string>();
  for (const path of [...texts.keys()].sort()) {
    const [old, fresh] = [files.get(path), await factsOf(path, texts.get(path)!)];
    if (old === undefined || fresh === null) return null;
    files = files.with(path, fresh);
    const again = relinkMemory(memory, { ...memory.input, files }, path, moveOfShapes(shapeOf(old), shapeOf(fresh)));
    if (again === null) return null;
    memory = again.memory;
    for (const each of again.paths) paths.add(each);
  }
  return { memory, files, paths };
}

/** Whether a whole scan would read no more files, and none of those that words lead to less. */
function wishesAlike(
  { head }: ScanState,
  before: LinkMemory,
  after: LinkMemory,
  numbers: ReadonlyMap<string, number>,
): boolean {
  const [was, is] = [wished(before), wished(after)];
  const { files } = after.input;
  const isAbsent = (path: string): boolean => numbers.has(path) && !files.has(path);
  return (
    isAmong(was.callersOf, is.callersOf) &&
    isAmong(was.undeclared, is.undeclared) &&
    isAmong(is.callersOf, new Set(head.words)) &&
    isAmong(is.undeclared, new Set(head.types)) &&
    [...is.missing].every(path => was.missing.has(path) || !isAbsent(path)) &&
    [...is.sought].every(text => was.sought.has(text) || !isAbsent(soughtName(text)!.path))
  );
}

/** The files that were read because these files import them, which nobody does now: a whole scan would not read them. */
function leftFiles(
  { paths, head }: ScanState,
  before: LinkMemory,
  after: LinkMemory,
  relinked: ReadonlySet<string>,
  numbers: ReadonlyMap<string, number>,
): readonly string[] {
  const left = [...relinked].flatMap(path => {
    const now = after.shares.get(path)!.reads;
    return [...before.shares.get(path)!.reads.keys()].filter(other => !now.has(other));
  });
  if (left.length === 0) return left;
  const read = new Set([after.survey, ...after.shares.values()].flatMap(({ reads }) => [...reads.keys()]));
  return [...new Set(left)].filter(path => {
    const known = head.linked[numbers.get(path) ?? paths.length];
    return !read.has(path) && known?.wishes?.every(wish => soughtName(wish) !== null) === true;
  });
}

/** Whether all would be the same without a file that nobody reads. */
function givesNothing({ input, shares, givers, entangled }: LinkMemory, path: string): boolean {
  const share = shares.get(path)!;
  const facts = input.files.get(path)!;
  const index = input.indexFile(facts);
  return (
    !declaresFlagValues(facts) &&
    !givers.has(path) &&
    !entangled.has(path) &&
    share.checks.length + share.holders.size + share.asked.size + share.names.size + share.reads.size === 0 &&
    share.wishes.missing.size + share.wishes.undeclared.size === 0 &&
    index.imported.length + index.questions(path).length + index.listings(path).length === 0
  );
}

function isAmong(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  return [...some].every(item => all.has(item));
}

/** The files in which other places are declarations now, or of other flags; `relinked` are those that may use others. */
function declaredOtherwise(before: LinkMemory, after: LinkMemory, relinked: ReadonlySet<string>): readonly string[] {
  const checks = [...relinked].flatMap(path => [before, after].flatMap(({ shares }) => shares.get(path)?.checks ?? []));
  const places = new Set(checks.flatMap(({ keyPlace }) => keyPlace?.path ?? []));
  if (places.size === 0) return [];
  const [was, is] = [usesOfKeys(before.shares), usesOfKeys(after.shares)];
  return [...places].filter(path => usesText(was.get(path)) !== usesText(is.get(path)));
}

function usesText(uses: ReadonlyMap<number, Check> = new Map()): string {
  const said = [...uses].map(([at, { key, system, method, type, confidence, keyPlace }]) =>
    JSON.stringify([at, keyPlace?.span.end, key, system, method, type, confidence]),
  );
  return said.sort().join('\n');
}

async function tellFiles(
  { before, textOf, shapeOf }: RelinkRequest,
  { input, shares }: LinkMemory,
  texts: ReadonlyMap<string, string>,
  told: ReadonlySet<string>,
  numbers: ReadonlyMap<string, number>,
): Promise<RelinkedFiles['files'] | null> {
  const uses = new Map([...usesOfKeys(shares)].filter(([path]) => told.has(path)));
  const declared = declarations(input, uses, shares);
  const files = new Map<string, Pick<LinkedFile, 'shape' | 'records' | 'places'>>();
  for (const path of told) {
    const text = texts.get(path) ?? (await textOf(path));
    const facts = input.files.get(path);
    // A key may be written in a file that is none of those that were linked.
    if (text === null || facts === undefined) return null;
    const own = [...(shares.get(path)?.checks ?? []), ...(declared.get(path) ?? [])];
    const checks = checksInOrder({ checks: own.sort((a, b) => a.span.start - b.span.start) });
    const lines = indexLines(text);
    const records = checks.map(check => recordOf(check, lines));
    const known = before.head.linked[numbers.get(path) ?? before.paths.length];
    const isBound = known === undefined || known.shape === '';
    const shape = shapeOf(facts);
    files.set(path, {
      shape: isBound ? '' : digestOfShape(shape),
      records,
      places: isBound ? null : placesOf(checks, shape),
    });
  }
  return files;
}

async function save(
  known: KnownLinks,
  source: FactsSource,
  { memory, files }: Linked,
  texts: ReadonlyMap<string, string>,
): Promise<string | null> {
  const text = linkMemoryText(memory, files.held(), source.touchedFunctions, source.written);
  const changed = new Map([...texts.keys()].map(path => [path, encodeFacts(files.get(path)!)] as const));
  return text === null ? null : known.rewrite(text, changed);
}
