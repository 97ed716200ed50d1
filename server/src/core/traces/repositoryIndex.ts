/**
 * The files of a repository, ready to be asked "which of you ends like this path?". Built once for a list of paths
 * and shared by all traces; no text is read here, and no choice between candidates is made.
 */

/** The paths of a repository (relative, with `/`) by the lower-cased name of their last segment. */
export interface RepositoryIndex {
  readonly paths: ReadonlySet<string>;
  readonly byName: ReadonlyMap<string, readonly string[]>;
  /** By the lower-cased last two segments: thousands of files are called `index.ts`, but few `cart/index.ts`. */
  readonly byTail: ReadonlyMap<string, readonly string[]>;
}

/** Indexes the files of a repository. Linear; about 50 ms for 50,000 paths. */
export function indexRepository(paths: Iterable<string>): RepositoryIndex {
  const all = new Set<string>();
  const byName = new Map<string, string[]>();
  const byTail = new Map<string, string[]>();
  for (const path of paths) {
    if (all.has(path)) continue;
    all.add(path);
    const slash = path.lastIndexOf('/');
    add(byName, path.slice(slash + 1).toLowerCase(), path);
    if (slash > 0) add(byTail, path.slice(path.lastIndexOf('/', slash - 1) + 1).toLowerCase(), path);
  }
  return { paths: all, byName, byTail };
}

/** The same for whoever asks again with the same set of paths. */
export function createRepositoryIndexes(): (paths: ReadonlySet<string>) => RepositoryIndex {
  const known = new WeakMap<ReadonlySet<string>, RepositoryIndex>();
  return paths => {
    const index = known.get(paths) ?? indexRepository(paths);
    known.set(paths, index);
    return index;
  };
}

function add(index: Map<string, string[]>, key: string, path: string): void {
  const others = index.get(key);
  if (others) others.push(path);
  else index.set(key, [path]);
}

/** A file of the repository and how many of its last segments a frame's path shares with it. */
export interface SuffixMatch {
  readonly path: string;
  readonly shared: number;
}

/** A frame may have thousands of namesakes (`index.js`); only those that share most are worth a look. */
const MOST_MATCHES = 24;

/**
 * The files that end like `segments`, most shared segments first. Cases must agree unless `ignoreCase`, which is for
 * paths of case-insensitive systems.
 */
export function suffixMatches(
  index: RepositoryIndex,
  segments: readonly string[],
  ignoreCase: boolean,
): readonly SuffixMatch[] {
  const name = segments[segments.length - 1]?.toLowerCase();
  if (!name) return [];
  const wanted = ignoreCase ? segments.join('/').toLowerCase() : segments.join('/');
  const tail = segments.length > 1 ? index.byTail.get(`${segments[segments.length - 2]!.toLowerCase()}/${name}`) : null;
  const near = tail ? bestMatches(tail, wanted, ignoreCase) : [];
  if (near.some(match => match.shared > 1)) return near;
  return bestMatches(index.byName.get(name) ?? [], wanted, ignoreCase);
}

/** More files than this that share as much with a path are not put in order: none of them will be chosen. */
const MOST_SORTED = 1000;

function bestMatches(paths: readonly string[], wanted: string, ignoreCase: boolean): readonly SuffixMatch[] {
  const matches: SuffixMatch[] = [];
  for (const path of paths) {
    const shared = sharedSuffix(ignoreCase ? path.toLowerCase() : path, wanted);
    if (shared > 0) matches.push({ path, shared });
  }
  const most = matches.reduce((longest, match) => Math.max(longest, match.shared), 0);
  // Whoever shares only the name is no candidate beside files that share directories too.
  const best = matches.filter(match => match.shared === most || match.shared > 1);
  if (best.length > MOST_SORTED) return best.filter(match => match.shared === most).slice(0, MOST_MATCHES);
  return best
    .sort((left, right) => right.shared - left.shared || (left.path < right.path ? -1 : 1))
    .slice(0, MOST_MATCHES);
}

/** What JavaScript of these names may have been compiled from. */
const COMPILED_FROM: Readonly<Record<string, readonly string[]>> = {
  js: ['ts', 'tsx', 'jsx'],
  mjs: ['mts', 'ts'],
  cjs: ['cts', 'ts'],
};

/**
 * As `suffixMatches`; a `.js` of which the repository has none means the TypeScript that it was compiled from. Then its lines
 * are not the source's: ask `isCompiled`.
 */
export function sourceMatches(
  index: RepositoryIndex,
  segments: readonly string[],
  ignoreCase: boolean,
): readonly SuffixMatch[] {
  const matches = suffixMatches(index, segments, ignoreCase);
  const name = /^(.+)\.([mc]?js)$/.exec(segments[segments.length - 1] ?? '');
  if (matches.length > 0 || name === null) return matches;
  return COMPILED_FROM[name[2]!]!.flatMap(extension =>
    suffixMatches(index, [...segments.slice(0, -1), `${name[1]}.${extension}`], ignoreCase),
  );
}

/** Whether a frame's file, as printed, was compiled from this one, so that its lines are others. */
export function isCompiled(printed: string | null, path: string): boolean {
  return printed !== null && /\.[mc]?js(?:[?#].*)?$/.test(printed) && /\.(?:[mc]?ts|[jt]sx)$/.test(path);
}

/** Counts whole segments from the end, character by character: there may be thousands of namesakes to compare. */
function sharedSuffix(path: string, wanted: string): number {
  let shared = 0;
  for (let back = 1; ; back++) {
    const mine = path.length - back;
    const theirs = wanted.length - back;
    const mineEnds = mine < 0 || path.charCodeAt(mine) === 0x2f;
    const theirsEnds = theirs < 0 || wanted.charCodeAt(theirs) === 0x2f;
    if (mineEnds !== theirsEnds) return shared;
    if (mineEnds) shared++;
    if (mine < 0 || theirs < 0) return shared;
    if (path.charCodeAt(mine) !== wanted.charCodeAt(theirs)) return shared;
  }
}
