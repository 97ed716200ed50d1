/**
 * Reads what following lines from a commit needs: the changed paths, the texts of both states for the files that are asked about,
 * and the files that lines may have moved to. Following them is `core/traces/drift.ts`'s business.
 */
import { type ChangedPath, type Drift, driftOf } from '../../core/traces/drift.ts';
import type { FileVersion } from '../../core/traces/followedLines.ts';
import { decodeBytes } from '../files/access.ts';
import type { LinesSince, PresentFiles } from '../project/past.ts';
import { readBlobs } from './blobs.ts';
import { readVersionsBetween } from './fileVersions.ts';
import { filesWithLines, followRenames, readPathChanges } from './pathChanges.ts';
import { type GitFailure, readGitText } from './run.ts';

export interface DriftReading extends PresentFiles {
  /** The project's root; paths are relative to it. */
  readonly root: string;
  /** The full name of the deployed commit. */
  readonly commit: string;
  /** What lines are followed to: a commit, or null for the working tree. */
  readonly head: string | null;
  readonly signal?: AbortSignal;
}

/** Files whose renames are followed commit by commit, which takes git a moment each, and how many at once. */
const MOST_FOLLOWED = 40;
const AT_ONCE = 4;
/** Per cent of a file that stayed, from which on another one is taken for it without a look at the commits between. */
const PROBABLY_RENAMED = 80;
/** Lines that are looked for in other files, and files that are looked into for each. */
const MOST_SOUGHT = 30;
const MOST_DESTINATIONS = 12;

export async function readDeployedLines(reading: DriftReading): Promise<LinesSince | GitFailure> {
  const { root, commit, head, readNow, symbolsOf, signal } = reading;
  const compared = await readPathChanges(root, commit, head, 'plain', signal);
  if (compared.kind === 'failed') return compared;
  // In a commit, git takes paths from the top of the repository.
  const inside = await readGitText({ directory: root, signal, args: ['rev-parse', '--show-prefix'] });
  if (inside.kind === 'failed') return inside;
  const prefix = inside.text.trimEnd();
  let changes: readonly ChangedPath[] = compared.changes;
  const arrived = new Set(changes.flatMap(({ newPath }) => newPath ?? []));
  const then = new Map<string, string | null>();
  const now = new Map<string, string | null>();
  const destinations = new Map<string, readonly string[]>();
  const between = new Map<string, readonly FileVersion[]>();
  const followed = new Set<string>();
  let renames: ReturnType<typeof readPathChanges> | null = null;

  const followOne = async (path: string): Promise<void> => {
    const found = await followRenames(root, commit, head ?? 'HEAD', path, signal);
    const isThere = found !== null && (await load(now, [found], readNow)) > 0;
    const to = isThere ? found : await alikeNow(path);
    if (to === null) return;
    changes = changes.flatMap((other): readonly ChangedPath[] => {
      if (other.oldPath === path) return [{ oldPath: path, newPath: to }];
      return other.oldPath === null && other.newPath === to ? [] : [other];
    });
  };
  /** What git takes for the file when it compares both states: for renames that are not committed, or were made anew. */
  const alikeNow = async (path: string): Promise<string | null> => {
    renames ??= readPathChanges(root, commit, head, 'renames', signal);
    const read = await renames;
    const change = read.kind === 'ok' ? read.changes.find(({ oldPath }) => oldPath === path) : undefined;
    return (change?.similarity ?? 0) >= PROBABLY_RENAMED ? change!.newPath : null;
  };
  const followAway = async (paths: readonly string[]): Promise<void> => {
    const deleted = new Set(changes.flatMap(({ oldPath, newPath }) => (newPath === null ? (oldPath ?? []) : [])));
    const open = paths.filter(path => deleted.has(path) && !followed.has(path)).slice(0, MOST_FOLLOWED - followed.size);
    for (const path of open) followed.add(path);
    for (let start = 0; start < open.length; start += AT_ONCE) {
      await Promise.all(open.slice(start, start + AT_ONCE).map(followOne));
    }
  };
  const readThen = async (paths: readonly string[]): Promise<void> => {
    const missing = paths.filter(path => !then.has(path));
    const named = missing.map(path => `${prefix}${path}`);
    const blobs = await readBlobs(root, commit, named, signal);
    for (const path of missing) {
      const bytes = blobs.kind === 'ok' ? blobs.blobs.get(`${prefix}${path}`) : undefined;
      const content = bytes === undefined ? null : decodeBytes(bytes);
      then.set(path, content?.kind === 'text' ? content.text : null);
    }
  };
  const oldPathOf = (path: string): string => changes.find(({ newPath }) => newPath === path)?.oldPath ?? path;
  const drift = (): Drift =>
    driftOf(changes, {
      textThen: path => then.get(path) ?? null,
      textNow: path => now.get(path) ?? null,
      symbolsThen: path => symbolsIn(then, path, symbolsOf),
      symbolsNow: path => symbolsIn(now, path, symbolsOf),
      destinations: path => destinations.get(path) ?? [],
      oldPathOf,
      versionsBetween: path => between.get(path) ?? [],
    });
  const readBetween = async (paths: readonly string[], pathNow: Drift['pathNow']): Promise<void> => {
    const changed = new Set(changes.flatMap(({ oldPath }) => oldPath ?? []));
    const files = paths.flatMap(path => {
      const to = pathNow(path);
      return to === null || !changed.has(path) || between.has(path) ? [] : [{ oldPath: path, newPath: to }];
    });
    for (const { oldPath } of files) between.set(oldPath, []);
    const found = await readVersionsBetween(root, commit, head ?? 'HEAD', files, signal);
    for (const [path, versions] of found) between.set(path, versions);
  };
  const read = async (paths: readonly string[]): Promise<Drift> => {
    await followAway(paths);
    await readThen(paths);
    const { pathNow } = drift();
    await readBetween(paths, pathNow);
    await load(
      now,
      paths.flatMap(path => pathNow(path) ?? []),
      readNow,
    );
    return drift();
  };
  return {
    kind: 'ok',
    read,
    async lookElsewhere(places) {
      const first = await read([...new Set(places.map(({ path }) => path))]);
      let sought = 0;
      for (const { path, line } of places) {
        const lines = first.linesToLookFor(path, line);
        if (lines.length === 0 || ++sought > MOST_SOUGHT) continue;
        const holding = await filesWithLines(root, head, lines, { limit: 200, signal });
        const near = holding.filter(other => arrived.has(other)).slice(0, MOST_DESTINATIONS);
        await load(now, near, readNow);
        await readThen(near.map(oldPathOf));
        destinations.set(path, [...new Set([...(destinations.get(path) ?? []), ...near])]);
      }
      return drift();
    },
  };
}

/** Reads what is not there yet; returns how many of the paths have a text. */
async function load(
  texts: Map<string, string | null>,
  paths: readonly string[],
  read: (path: string) => Promise<string | null>,
): Promise<number> {
  let count = 0;
  for (const path of paths) {
    if (!texts.has(path)) texts.set(path, await read(path));
    if (texts.get(path) !== null) count++;
  }
  return count;
}

function symbolsIn(
  texts: ReadonlyMap<string, string | null>,
  path: string,
  symbolsOf: DriftReading['symbolsOf'],
): ReturnType<DriftReading['symbolsOf']> {
  const text = texts.get(path) ?? null;
  return text === null ? null : symbolsOf(path, text);
}
