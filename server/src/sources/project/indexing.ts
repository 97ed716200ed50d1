/**
 * Reading a repository into a host: which files are read, in which order, and the rounds in which files are added that
 * earlier ones asked for. Works over any `FileAccess`, so that the disk, a virtual workspace and the command line index alike.
 */

import { declarationTest, wordTest } from '../../core/flags/prefilter.ts';
import type { WorkspacePackages } from '../../core/flags/resolve/modules.ts';
import { CONFIG_PATH, type Host, languagesOf, type PathKind } from '../../core/host.ts';
import type { Grammars } from '../../core/languages/grammars.ts';
import type { FileAccess, SkipReason } from '../files/access.ts';
import { createPauses, letOthersRun } from './pauses.ts';

export interface IndexOptions {
  readonly signal?: AbortSignal;
  /** Told now and then how many of the files have been looked at. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What indexing did: for `scan`'s summary and the status item. */
export interface IndexSummary {
  readonly files: number;
  readonly parsed: number;
  readonly skipped: ReadonlyMap<SkipReason, number>;
  /** Why the configuration that is there was not read, or null. */
  readonly configurationSkipped: SkipReason | null;
  /** Names and folders of the repository's own packages. */
  readonly packages: WorkspacePackages;
}

const READERS = 16;

/** Wishes of wishes: constants behind constants, wrappers of wrappers. The linker has a bound of its own. */
const MAX_ROUNDS = 8;

/** Source texts kept for the next round, so that files are read once; beyond this they are read again. */
const KEPT_CHARACTERS = 48 * 1024 * 1024;

/** Reads everything of interest into the host. Rejects only when `signal` aborts. */
export async function indexRepository(
  host: Host,
  grammars: Grammars,
  access: FileAccess,
  options: IndexOptions = {},
): Promise<IndexSummary> {
  const paths = await access.list();
  const configuration = paths.includes(CONFIG_PATH) ? await access.read(CONFIG_PATH) : null;
  await grammars.load(languagesOf(paths));
  if (configuration?.kind === 'text') host.setText(CONFIG_PATH, configuration.text);
  const isSkipped = configuration?.kind === 'skipped' && configuration.reason !== 'missing';
  const configurationSkipped = isSkipped ? configuration.reason : null;
  const packages = await workspacePackages(paths, access);
  host.setPaths(paths, packages);
  const run = createRun(host, access, options, paths.length);
  const byKind = (kind: PathKind) => paths.filter(path => host.kindOf(path) === kind);
  await run.eachText([...byKind('data'), ...byKind('markdown')], (path, text) => host.setText(path, text));
  const sources = byKind('source');
  await run.eachText(sources, (path, text) => {
    if (host.isInteresting(text)) run.push(path, text);
    else run.keep(path, text);
  });
  const asked = new Set<string>();
  const askedTypes = new Set<string>();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    // Linking can't be interrupted: it gets a turn of its own.
    await letOthersRun();
    const wishes = host.wishes();
    const words = new Set([...wishes.words].filter(word => !asked.has(word)));
    for (const word of words) asked.add(word);
    const types = new Set([...wishes.types].filter(type => !askedTypes.has(type)));
    for (const type of types) askedTypes.add(type);
    const mentions = wordTest(words);
    const declares = declarationTest(types);
    const rest = words.size + types.size === 0 ? [...wishes.paths] : sources.filter(path => !run.isPushed(path));
    if (rest.length === 0) break;
    const before = run.pushed();
    await run.eachText(rest, (path, text) => {
      if (wishes.paths.has(path) || mentions(text) || (DECLARING.test(path) && declares(text))) run.push(path, text);
      else run.keep(path, text);
    });
    if (run.pushed() === before) break;
  }
  return { files: paths.length, parsed: run.pushed(), skipped: run.skipped, configurationSkipped, packages };
}

/** Files whose declarations no path leads to: they are told by what they declare. */
const DECLARING = /\.(?:cs|kt)$/;

function createRun(host: Host, access: FileAccess, options: IndexOptions, total: number) {
  const pushed = new Set<string>();
  const kept = new Map<string, string>();
  const skippedPaths = new Set<string>();
  const skipped = new Map<SkipReason, number>();
  let keptCharacters = 0;
  let done = 0;

  const readOne = async (path: string): Promise<string | null> => {
    const known = kept.get(path);
    if (known !== undefined) return known;
    if (skippedPaths.has(path)) return null;
    const content = await access.read(path);
    done++;
    if (done % 256 === 0) options.onProgress?.(Math.min(done, total), total);
    if (content.kind === 'text') return content.text;
    skippedPaths.add(path);
    if (content.reason !== 'missing') skipped.set(content.reason, (skipped.get(content.reason) ?? 0) + 1);
    return null;
  };

  return {
    skipped,
    pushed: () => pushed.size,
    isPushed: (path: string) => pushed.has(path),
    push(path: string, text: string): void {
      kept.delete(path);
      pushed.add(path);
      host.setText(path, text);
    },
    keep(path: string, text: string): void {
      if (kept.has(path) || keptCharacters + text.length > KEPT_CHARACTERS) return;
      keptCharacters += text.length;
      kept.set(path, text);
    },
    /** Calls `use` for every file that can be read, in the order of the paths: whoever reads the host later sees that order. */
    async eachText(paths: readonly string[], use: (path: string, text: string) => void): Promise<void> {
      const reading: Promise<string | null>[] = [];
      const pause = createPauses();
      for (const [index, path] of paths.entries()) {
        options.signal?.throwIfAborted();
        await pause();
        while (reading.length < READERS && index + reading.length < paths.length) {
          reading.push(readOne(paths[index + reading.length]!));
        }
        const text = await reading.shift()!;
        if (text !== null) use(path, text);
      }
    },
  };
}

/** Names and folders of the repository's own packages, from their `package.json`. */
async function workspacePackages(paths: readonly string[], access: FileAccess): Promise<WorkspacePackages> {
  const packages = new Map<string, string>();
  const manifests = paths.filter(path => path.endsWith('/package.json')).slice(0, 2000);
  for (const path of manifests) {
    const content = await access.read(path);
    const name = content.kind === 'text' ? packageName(content.text) : null;
    if (name !== null) packages.set(name, path.slice(0, -'/package.json'.length));
  }
  return packages;
}

function packageName(text: string): string | null {
  try {
    const manifest: unknown = JSON.parse(text);
    const name = typeof manifest === 'object' && manifest !== null ? (manifest as { name?: unknown }).name : null;
    return typeof name === 'string' ? name : null;
  } catch {
    return null;
  }
}
