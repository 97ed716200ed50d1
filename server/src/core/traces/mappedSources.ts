/**
 * Which files of the repository a bundle's frames and a map's sources mean: where a generated file may lie, and where a source that a
 * map names is. Paths only; decoding maps is in `sourceMap.ts`, and nothing outside the repository is ever named.
 */
import { joinPath } from './candidates.ts';
import { plainPath } from './framePath.ts';
import { type RepositoryIndex, suffixMatches } from './repositoryIndex.ts';

/** What generated code was generated from. Lines and columns are 1-based. */
export interface MappedSource {
  readonly kind: 'source';
  /** In the repository, as it was when the code was generated. */
  readonly path: string;
  readonly line: number;
  readonly column: number | null;
  readonly name: string | null;
  /** The whole source of then, where a map carries it. */
  readonly content: string | null;
  /** The maps, in the order in which they were asked. */
  readonly maps: readonly string[];
}

/** Where a frame of generated code comes from, by one source map or by a chain of them; it may be a library. */
export type OriginalPlace = MappedSource | { readonly kind: 'library' };

/** Names the frame in a collection of `OriginalPlace`s. */
export function frameKey(file: string | null, line: number | null, column: number | null): string {
  return `${file}\n${line}\n${column}`;
}

/** Folders that what is served at the root of a site is built into. */
const SERVED_FROM = [
  '',
  'dist',
  'build',
  'public',
  'out',
  'static',
  'www',
  'wwwroot',
  'web',
  '.next',
  '.output/public',
];
const MOST_PACKAGES = 40;
const MOST_SEGMENTS = 6;

/**
 * Places where a generated file may lie, in groups: all of a group fit equally well, and a later group is worth a look only when
 * nothing of the ones before it is there. Relative to the repository's root.
 */
export function* generatedPaths(
  printed: string,
  paths: ReadonlySet<string>,
  roots: readonly string[],
): Generator<readonly string[]> {
  const plain = plainPath(printed);
  if (plain === null || plain.segments.includes('node_modules')) return;
  const { segments } = plain;
  for (const root of roots) {
    const start = plainPath(root)?.segments ?? [];
    if (start.length > 0 && start.every((segment, at) => segments[at] === segment))
      yield [segments.slice(start.length).join('/')];
  }
  const isServed = /^https?:/i.test(printed);
  const folders = packageFolders(paths);
  for (let length = Math.min(segments.length, MOST_SEGMENTS); length >= 1; length--) {
    const tail = segments.slice(-length).join('/');
    for (const served of isServed ? SERVED_FROM : [''])
      yield folders.map(folder => joinPath(folder, joinPath(served, tail)));
  }
}

/** The root and the folders of packages, nearest to the root first. */
function packageFolders(paths: ReadonlySet<string>): readonly string[] {
  const folders = new Set(['']);
  for (const path of paths) if (path.endsWith('/package.json')) folders.add(path.slice(0, -'/package.json'.length));
  return [...folders].sort((one, other) => one.split('/').length - other.split('/').length).slice(0, MOST_PACKAGES);
}

/** Where a reference to a map leads, from the file that holds it; null when it leads out of the repository or to the network. */
export function mapPath(generated: string, url: string): string | null {
  if (/^[a-z][a-z0-9+.-]*:|^\/\/|\\/i.test(url)) return null;
  const path = decoded(url.replace(/[?#].*$/, ''));
  const folder = generated.slice(0, generated.lastIndexOf('/') + 1);
  // From the root of a site nobody can tell where it lies; it is beside the file as a rule.
  return path.startsWith('/') ? `${folder}${path.slice(path.lastIndexOf('/') + 1)}` : within(`${folder}${path}`);
}

/** A source that a map names: a file of the repository, one that is not listed there (it may be generated too), or a library's. */
export type SourcePlace =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'unlisted'; readonly path: string }
  | { readonly kind: 'library' }
  | { readonly kind: 'elsewhere' };

export function sourcePlace(map: string, source: string, index: RepositoryIndex): SourcePlace {
  if (/(?:^|[\\/])node_modules[\\/]|^webpack\/|^\(webpack\)|^external /.test(source)) return { kind: 'library' };
  const folder = map.slice(0, map.lastIndexOf('/') + 1);
  const isRelative = !/^[a-z][a-z0-9+.-]*:\/\/|^[\\/]|^[a-z]:[\\/]/i.test(source);
  const joined = isRelative ? within(`${folder}${source.replace(/[?#].*$/, '')}`) : null;
  if (joined !== null && index.paths.has(joined)) return { kind: 'file', path: joined };
  const segments = plainPath(source)?.segments ?? [];
  if (/^(?:webpack|external)$/.test(segments[0] ?? '') && segments.length <= 2) return { kind: 'library' };
  if (segments.includes('node_modules')) return { kind: 'library' };
  // Bundlers name sources from the root of the package that they run in, which is above the map.
  for (
    let above = folder.replace(/\/$/, '');
    ;
    above = above.includes('/') ? above.slice(0, above.lastIndexOf('/')) : ''
  ) {
    const path = joinPath(above, segments.join('/'));
    if (segments.length > 0 && index.paths.has(path)) return { kind: 'file', path };
    if (above === '') break;
  }
  const [best, next] = suffixMatches(index, segments, false);
  const isWhole = best !== undefined && best.shared >= Math.min(2, segments.length);
  if (isWhole && next?.shared !== best.shared) return { kind: 'file', path: best.path };
  return joined === null ? { kind: 'elsewhere' } : { kind: 'unlisted', path: joined };
}

/** Without `.` and `..`; null when it climbs out. */
function within(path: string): string | null {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return null;
  }
  return segments.length === 0 ? null : segments.join('/');
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
