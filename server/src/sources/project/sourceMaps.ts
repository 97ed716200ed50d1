/**
 * Reads the source maps that the frames of traces lead to: beside a generated file, named by it, or inside it, and the maps of what
 * that was generated from. Only files of the workspace are read, none over a size, and a map that can't be used is told.
 */
import {
  frameKey,
  generatedPaths,
  type MappedSource,
  mapPath,
  type OriginalPlace,
  sourcePlace,
} from '../../core/traces/mappedSources.ts';
import type { ParsedTraces, StackFrame, TraceProblem } from '../../core/traces/model.ts';
import { indexRepository, type RepositoryIndex } from '../../core/traces/repositoryIndex.ts';
import { type DecodedMap, decodeSourceMap, mapReference, originalPosition } from '../../core/traces/sourceMap.ts';
import type { FileAccess } from '../files/access.ts';

export interface Originals {
  /** By `frameKey`. */
  readonly places: ReadonlyMap<string, OriginalPlace>;
  readonly problems: readonly TraceProblem[];
}

/** Larger generated files and maps are not read. */
const LARGEST = 64 * 1024 * 1024;
/** Generated files of one text that are looked for. */
const MOST_FILES = 60;
/** Maps on the way from a bundle to its source: a compiler's, a bundler's, a minifier's, and as many again. */
const LONGEST_CHAIN = 6;

/** `paths` are the repository's; `roots` absolute paths under which it lies. Never rejects. */
export async function readOriginals(
  access: FileAccess,
  parsed: ParsedTraces,
  paths: ReadonlySet<string>,
  roots: readonly string[],
): Promise<Originals> {
  const places = new Map<string, OriginalPlace>();
  const problems = new Map<string, TraceProblem>();
  const frames = generatedFrames(parsed);
  if (frames.length === 0 || access.readLarge === undefined) return { places, problems: [] };
  const reader = createMapReader(access);
  const index = indexRepository(paths);
  const found = new Map<string, string | null>();
  for (const frame of frames) {
    const file = frame.file!;
    if (!found.has(file)) {
      if (found.size >= MOST_FILES) continue;
      found.set(file, await findGenerated(access, file, paths, roots));
    }
    const generated = found.get(file) ?? null;
    if (generated === null) continue;
    const place = await followMaps(reader, index, generated, frame);
    if (place.kind !== 'broken') {
      if (place.kind !== 'none') places.set(frameKey(file, frame.line, frame.column), place);
      continue;
    }
    const message = `The source map of ${place.path} is not used: ${place.reason}.`;
    if (!problems.has(message)) problems.set(message, { code: 'trace/source-map', textLine: frame.textLine, message });
  }
  return { places, problems: [...problems.values()] };
}

function generatedFrames(parsed: ParsedTraces): readonly StackFrame[] {
  const frames = new Map<string, StackFrame>();
  for (const trace of parsed.traces) {
    if (trace.language !== 'javascript' && trace.language !== 'react-native') continue;
    for (const { errors } of trace.threads)
      for (const error of errors)
        for (const frame of error.frames) {
          if (frame.file === null || frame.line === null || !GENERATED.test(frame.file)) continue;
          frames.set(frameKey(frame.file, frame.line, frame.column), frame);
        }
  }
  return [...frames.values()];
}

const GENERATED = /\.(?:[cm]?js|jsx|jsbundle|bundle)(?:[?#].*)?$/;

/** The only file that fits best; several that fit equally well are no answer. */
async function findGenerated(
  { exists }: FileAccess,
  file: string,
  paths: ReadonlySet<string>,
  roots: readonly string[],
): Promise<string | null> {
  for (const group of generatedPaths(file, paths, roots)) {
    const there: string[] = [];
    for (const path of group) if ((await exists?.(path)) || (await exists?.(`${path}.map`))) there.push(path);
    if (there.length > 0) return there.length === 1 ? there[0]! : null;
  }
  return null;
}

type Followed =
  | OriginalPlace
  | { readonly kind: 'none' }
  | { readonly kind: 'broken'; readonly path: string; readonly reason: string };

async function followMaps(
  reader: MapReader,
  index: RepositoryIndex,
  generated: string,
  frame: StackFrame,
): Promise<Followed> {
  let place: MappedSource | null = null;
  let path = generated;
  let { line, column } = frame as { line: number; column: number | null };
  for (let step = 0; step < LONGEST_CHAIN; step++) {
    const read = await reader(path);
    if (read === null) break;
    if (read.decoded.kind === 'broken') {
      if (place === null) return { kind: 'broken', path, reason: read.decoded.reason };
      break;
    }
    const original = originalPosition(read.decoded.map, line, column);
    if (original === null) break;
    const source = sourcePlace(read.path, original.source, index);
    if (source.kind === 'library') return { kind: 'library' };
    if (source.kind === 'elsewhere') break;
    const from = path;
    const maps: readonly string[] = [...(place?.maps ?? []), read.path];
    place = {
      kind: 'source',
      path: source.path,
      line: original.line,
      column: original.column,
      name: original.name,
      content: original.content,
      maps,
    };
    if (source.path === from) break;
    ({ path, line, column } = place);
  }
  return place !== null && index.paths.has(place.path) ? place : { kind: 'none' };
}

/** The map of a generated file, and the path that its sources are relative to; null when it has none. */
type MapReader = (generated: string) => Promise<{ readonly path: string; readonly decoded: DecodedMap } | null>;

function createMapReader({ readLarge }: FileAccess): MapReader {
  const known = new Map<string, Promise<Awaited<ReturnType<MapReader>>>>();
  const read = async (generated: string): ReturnType<MapReader> => {
    const content = await readLarge!(generated, LARGEST);
    const reference = content.kind === 'text' ? mapReference(content.text) : null;
    if (reference?.kind === 'broken') return { path: generated, decoded: reference };
    if (reference?.kind === 'inline') return { path: generated, decoded: decodeSourceMap(reference.text) };
    const named = reference === null ? null : mapPath(generated, reference.url);
    for (const path of new Set([...(named === null ? [] : [named]), `${generated}.map`])) {
      const map = await readLarge!(path, LARGEST);
      if (map.kind === 'text') return { path, decoded: decodeSourceMap(map.text) };
      if (map.reason === 'large') {
        return { path, decoded: { kind: 'broken', reason: `it is larger than ${LARGEST / 1024 / 1024} MB` } };
      }
    }
    if (reference === null) return null;
    const reason =
      named === null ? `${reference.url.slice(0, 80)} leads out of the workspace` : `${named} is not there`;
    return { path: generated, decoded: { kind: 'broken', reason } };
  };
  return generated => {
    const started = known.get(generated) ?? read(generated);
    known.set(generated, started);
    return started;
  };
}
