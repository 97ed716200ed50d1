/**
 * Several projects in one repository: a flag system that the configuration gives `paths` answers for the files in them alone, so that
 * one key may be two flags. A place is answered from a view of the snapshot in which only the flags that answer there are known, and
 * only the checks that mean them. Which paths a flag has is decided where it is read; what features say of it is theirs.
 */
import type { Config } from '../../config.ts';
import { matchesGlob } from '../../glob.ts';
import type { Check, Flag, FlagFile } from '../../model.ts';
import type { Snapshot } from '../../snapshot.ts';
import type { FlagSource } from './flagSource.ts';

/** What a view knows instead of the whole. */
type View = Pick<Snapshot, 'flags' | 'checks' | 'dynamicChecks' | 'sources'> & {
  readonly holds: Snapshot['holds'];
};

/** The projects of a snapshot. Views are made when they are asked for first, and once. */
export interface Projects {
  /** The view of a file: one for all files that the same projects have. */
  viewOf(path: string): View;
  /** The view of whoever these paths were written for. */
  viewWithin(paths: readonly string[]): View;
  /** Names the projects that have a file, the same for files in the same ones; empty for a file in none. */
  coverOf(path: string): string;
}

/** Which of some projects have a path; remembers its answers while the projects are the same. */
export type CoverIndex = (projects: readonly (readonly string[])[]) => (path: string) => string;

/** Glob by glob, path by path would be asked again at every keystroke. */
export function createCoverIndex(): CoverIndex {
  let known = new Map<string, string>();
  let name = '';
  return projects => {
    const next = projects.map(nameOf).join('\n\n');
    if (next !== name) known = new Map();
    name = next;
    return path => {
      const found = known.get(path) ?? coverText(projects, path);
      known.set(path, found);
      return found;
    };
  };
}

/** What the whole of a repository is made of. */
export type Whole = Pick<Snapshot, 'config' | 'files' | 'flags' | 'checks' | 'dynamicChecks' | 'sources'>;

/** Null where no system has paths: then everything answers everywhere. */
export function projectsOf(whole: Whole, index: CoverIndex): Projects | null {
  const all = new Map<string, readonly string[]>();
  const add = (paths: readonly string[] | undefined) => paths && all.set(nameOf(paths), paths);
  for (const system of whole.config.flagSystems) add(system.paths);
  for (const source of whole.sources) add(source.paths);
  const seen = new Set<readonly string[]>();
  for (const flags of whole.flags.values()) {
    for (const { paths } of flags) if (paths !== undefined && !seen.has(paths)) add(seen.add(paths) && paths);
  }
  if (all.size === 0) return null;
  const projects = [...all.values()];
  const byGlobs = index(projects);
  const places = new Map([...all.keys()].map((name, at) => [name, at]));
  // Flags of one file have one list: what was looked up for the first need not be for the rest.
  const byList = new Map<readonly string[], number>();
  const placeOf = (paths: readonly string[]): number => {
    const place = byList.get(paths) ?? places.get(nameOf(paths)) ?? -1;
    byList.set(paths, place);
    return place;
  };
  const isIn = (cover: string, paths: readonly string[]): boolean => cover[placeOf(paths)] === '1';
  const covers = new Map<string, string>();
  /** A flag file belongs to those for whom its flags are, wherever it stands. */
  const coverOf = (path: string): string => {
    const known = covers.get(path);
    if (known !== undefined) return known;
    const cover = byGlobs(path);
    const own = whole.files.get(path)?.flagFile?.flags[0]?.paths;
    const at = own === undefined ? -1 : placeOf(own);
    const all = at < 0 ? cover : `${cover.slice(0, at)}1${cover.slice(at + 1)}`;
    covers.set(path, all);
    return all;
  };
  const none = '0'.repeat(projects.length);
  const { flags, checks, dynamicChecks, sources } = whole;
  const everything: View = { flags, checks, dynamicChecks, sources, holds: undefined };
  const views = new Map<string, View>();
  const viewFor = (cover: string): View => {
    // What is in nobody's paths may be anybody's: all are shown, side by side.
    if (cover === none) return everything;
    const known = views.get(cover) ?? makeView(whole, cover, coverOf, isIn);
    views.set(cover, known);
    return known;
  };
  return {
    viewOf: path => viewFor(coverOf(path)),
    viewWithin: paths => viewFor(projects.map(each => (nameOf(each) === nameOf(paths) ? '1' : '0')).join('')),
    coverOf: path => (coverOf(path) === none ? '' : coverOf(path)),
  };
}

/** What is known where a file stands: the flags that answer there, and the checks that mean them. The snapshot itself where all do. */
export function snapshotAt(snapshot: Snapshot, path: string): Snapshot {
  return snapshot.projects ? { ...snapshot, ...snapshot.projects.viewOf(path) } : snapshot;
}

/** What is known where a flag answers. */
export function snapshotOfFlag(snapshot: Snapshot, { paths }: Flag): Snapshot {
  return snapshot.projects && paths ? { ...snapshot, ...snapshot.projects.viewWithin(paths) } : snapshot;
}

/** A key as one project knows it. */
export interface FlagInProject {
  /** Null where the key means the same everywhere. */
  readonly paths: readonly string[] | null;
  /** What to ask about it. */
  readonly snapshot: Snapshot;
}

/**
 * A key for each project that defines it, and for places where it is checked though nothing that answers there defines it. One entry for
 * a key that is the same flag everywhere.
 */
export function inProjects(snapshot: Snapshot, key: string): readonly FlagInProject[] {
  const { projects } = snapshot;
  const flags = snapshot.flags.get(key) ?? [];
  if (!projects || flags.every(flag => flag.paths === undefined)) return [{ paths: null, snapshot }];
  const owners = new Map(flags.flatMap(({ paths }) => (paths === undefined ? [] : [[nameOf(paths), paths] as const])));
  const entries: FlagInProject[] = [...owners.values()].map(paths => ({
    paths,
    snapshot: { ...snapshot, ...projects.viewWithin(paths) },
  }));
  const elsewhere = new Map<string, FlagInProject>();
  for (const { path, role } of snapshot.checks.get(key) ?? []) {
    const cover = projects.coverOf(path);
    if (role !== 'check' || cover === '' || elsewhere.has(cover)) continue;
    const view = projects.viewOf(path);
    if ((view.flags.get(key) ?? []).some(flag => flag.paths !== undefined)) continue;
    elsewhere.set(cover, { paths: pathsOf(snapshot, path), snapshot: { ...snapshot, ...view } });
  }
  return [...entries, ...elsewhere.values()];
}

/** How people call a project: its folders, `apps/shop and libs/pay`. */
export function projectName(paths: readonly string[]): string {
  const folders = paths.map(folderOf);
  return folders.length > 3
    ? `${folders.slice(0, 2).join(', ')} and ${folders.length - 2} more`
    : folders.join(' and ');
}

/**
 * Where the flags of a flag file answer: as those systems that name the file do, else, for a file that none names, as those do in whose
 * paths it stands. Undefined for everywhere.
 */
export function pathsOfFlagFile({ flagSystems }: Config, path: string): readonly string[] | undefined {
  if (flagSystems.every(system => system.paths === undefined)) return undefined;
  const naming = flagSystems.filter(({ files }) => files?.some(glob => matchesGlob(glob, path)));
  const around = flagSystems.filter(({ paths }) => paths?.some(glob => matchesGlob(glob, path)));
  const meant = naming.length > 0 ? naming : around;
  if (meant.length === 0 || meant.some(system => system.paths === undefined)) return undefined;
  return [...new Set(meant.flatMap(system => system.paths ?? []))];
}

/** A flag file that says where its flags answer. */
export function answeringIn(config: Config, path: string, file: FlagFile): FlagFile {
  const paths = pathsOfFlagFile(config, path);
  return paths === undefined ? file : { ...file, flags: file.flags.map(flag => ({ ...flag, paths })) };
}

/** A glob without the stars at its end: `apps/shop`. Of a glob that is nothing else, all of it. */
export function folderOf(glob: string): string {
  const names = glob.split('/');
  while (['*', '**', ''].includes(names.at(-1) ?? 'none')) names.pop();
  return names.length === 0 ? glob : names.join('/');
}

/** The paths of the first system that has this file. */
function pathsOf({ config, sources }: Snapshot, path: string): readonly string[] | null {
  const all: readonly (FlagSource | Snapshot['config']['flagSystems'][number])[] = [...config.flagSystems, ...sources];
  return all.find(({ paths }) => paths?.some(glob => matchesGlob(glob, path)))?.paths ?? null;
}

function nameOf(paths: readonly string[]): string {
  return paths.join('\n');
}

/** One character a project. */
function coverText(projects: readonly (readonly string[])[], path: string): string {
  return projects.map(globs => (globs.some(glob => matchesGlob(glob, path)) ? '1' : '0')).join('');
}

function makeView(
  whole: Whole,
  cover: string,
  coverOf: (path: string) => string,
  isIn: (cover: string, paths: readonly string[]) => boolean,
): View {
  const isNone = (other: string) => !other.includes('1');
  const meets = (other: string) => isNone(other) || [...other].some((char, at) => char === '1' && cover[at] === '1');
  const answersIn = (other: string, { paths }: Flag) => paths === undefined || isNone(other) || isIn(other, paths);
  const flags = new Map<string, readonly Flag[]>();
  const checks = new Map(whole.checks);
  for (const [key, all] of whole.flags) {
    if (all.every(flag => flag.paths === undefined)) {
      flags.set(key, all);
      continue;
    }
    const here = all.filter(flag => answersIn(cover, flag));
    // Many checks stand in few kinds of places.
    const known = new Map<string, boolean>();
    // What was configured for this place comes first.
    const ordered = here.toSorted((a, b) => Number(b.paths !== undefined) - Number(a.paths !== undefined));
    if (here.length > 0) flags.set(key, ordered);
    const means = ({ path }: Check): boolean => {
      const there = coverOf(path);
      const isMeant =
        known.get(there) ?? (here.length === 0 ? meets(there) : here.some(flag => answersIn(there, flag)));
      known.set(there, isMeant);
      return isMeant;
    };
    const own = whole.checks.get(key)?.filter(means) ?? [];
    if (own.length > 0) checks.set(key, own);
    else checks.delete(key);
  }
  const everywhere = [...whole.flags.values()].flat().filter(flag => flag.paths === undefined);
  return {
    flags,
    checks,
    dynamicChecks: whole.dynamicChecks.filter(
      ({ path, keyPrefix }) => meets(coverOf(path)) || everywhere.some(({ key }) => key.startsWith(keyPrefix ?? '')),
    ),
    sources: whole.sources.filter(({ paths }) => paths === undefined || isIn(cover, paths)),
    holds: path => meets(coverOf(path)),
  };
}
