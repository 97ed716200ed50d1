/**
 * Reading a repository into a host: which files are read, in which order, and the rounds in which files are added that
 * earlier ones asked for. Works over any `FileAccess`, so that the disk, a virtual workspace and the command line index alike.
 */

import type { WorkspacePackages } from '../../core/flags/resolve/modules.ts';
import { CONFIG_PATH, type Host, languagesOf, type PathKind } from '../../core/host.ts';
import type { Grammars } from '../../core/languages/grammars.ts';
import { languageOfPath } from '../../core/languages/registry.ts';
import type { IndexMemory } from '../facts-cache/memory.ts';
import type { FileAccess, SkipReason } from '../files/access.ts';
import { createPauses, letOthersRun } from './pauses.ts';
import { wishQuestions } from './wishQuestions.ts';

export interface IndexOptions {
  readonly signal?: AbortSignal;
  /** Told now and then how many of the files have been looked at. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Opens what an earlier run learned of the same files; it learns from this one. Null where nothing is kept. */
  readonly openMemory?: (() => Promise<IndexMemory | null>) | undefined;
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
  const [paths, memory] = await Promise.all([access.list(), options.openMemory?.() ?? null]);
  const configuration = paths.includes(CONFIG_PATH) ? await access.read(CONFIG_PATH) : null;
  // Patterns of the configuration are compiled by the grammars that are there.
  if (configuration?.kind === 'text') {
    await grammars.load(languagesOf(paths));
    host.setText(CONFIG_PATH, configuration.text);
  }
  const isSkipped = configuration?.kind === 'skipped' && configuration.reason !== 'missing';
  const configurationSkipped = isSkipped ? configuration.reason : null;
  const packages = await workspacePackages(paths, access);
  host.setPaths(paths, packages);
  const run = createRun(host, grammars, access, options, memory, paths.length);
  const byKind = (kind: PathKind) => paths.filter(path => host.kindOf(path) === kind);
  const isKept = [`kept ${configuration?.kind === 'text' ? configuration.text : ''}`];
  const kept = new Set<string>();
  await run.eachText([...byKind('data'), ...byKind('markdown')], isKept, (path, text) => {
    const { kind } = host.setText(path, text);
    if (kind === 'kept') kept.add(path);
    memory?.setAnswers(path, isKept, () => kind === 'kept');
  });
  const sources = byKind('source');
  const isInteresting = [`interesting ${host.interest()}`];
  await run.eachText(sources, isInteresting, (path, text) => {
    const answer = host.isInteresting(text);
    memory?.setAnswers(path, isInteresting, () => answer);
    return answer ? run.push(path, text) : run.keep(path, text);
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
    const rest = words.size + types.size === 0 ? [...wishes.paths] : sources.filter(path => !run.isPushed(path));
    if (rest.length === 0) break;
    const before = run.pushed();
    const wanted = rest.filter(path => wishes.paths.has(path));
    const others = rest.filter(path => !wishes.paths.has(path));
    await run.eachText(wanted, null, run.push);
    const questions = wishQuestions({ words, types });
    await run.eachText(others, questions.names, (path, text) => {
      const yes = questions.answeredBy(path, text);
      memory?.setAnswers(path, questions.names, question => yes.has(question));
      return yes.size > 0 ? run.push(path, text) : run.keep(path, text);
    });
    if (run.pushed() === before) break;
  }
  if (memory !== null) {
    const found = {
      configuration: configuration?.kind === 'text' ? configuration.text : null,
      interest: host.interest(),
      kept,
      linked: run.allPushed(),
      words: [...asked].sort(),
      types: [...askedTypes].sort(),
      ...host.findings(),
    };
    await memory.save(found);
  }
  return { files: paths.length, parsed: run.pushed(), skipped: run.skipped, configurationSkipped, packages };
}

function createRun(
  host: Host,
  grammars: Grammars,
  access: FileAccess,
  options: IndexOptions,
  memory: IndexMemory | null,
  total: number,
) {
  const pushed = new Set<string>();
  const kept = new Map<string, string>();
  const skippedPaths = new Set<string>();
  const skipped = new Map<SkipReason, number>();
  let keptCharacters = 0;
  let done = 0;

  const countOne = (): void => {
    done++;
    if (done % 256 === 0) options.onProgress?.(Math.min(done, total), total);
  };
  const readOne = async (path: string): Promise<string | null> => {
    const known = kept.get(path);
    if (known !== undefined) return known;
    if (skippedPaths.has(path)) return null;
    const content = await access.read(path);
    countOne();
    if (content.kind === 'text') return content.text;
    skippedPaths.add(path);
    if (content.reason !== 'missing') skipped.set(content.reason, (skipped.get(content.reason) ?? 0) + 1);
    return null;
  };

  return {
    skipped,
    pushed: () => pushed.size,
    allPushed: (): ReadonlySet<string> => pushed,
    isPushed: (path: string) => pushed.has(path),
    async push(path: string, text: string): Promise<void> {
      kept.delete(path);
      pushed.add(path);
      const language = languageOfPath(path);
      const known = (language && memory?.factsOf(language.id, text)) ?? undefined;
      if (language !== null && known === undefined && !grammars.isLoaded(language.id)) await grammars.load([language]);
      const { facts } = host.setText(path, text, known);
      if (language !== null && known === undefined && facts !== null) memory?.keepFacts(language.id, text, facts);
    },
    keep(path: string, text: string): void {
      if (kept.has(path) || keptCharacters + text.length > KEPT_CHARACTERS) return;
      keptCharacters += text.length;
      kept.set(path, text);
    },
    /**
     * Calls `use` for every file that can be read, in the order of the paths: whoever reads the host later sees that order.
     * Files that are known to answer all questions with no are left out unread.
     */
    async eachText(
      paths: readonly string[],
      questions: readonly string[] | null,
      use: (path: string, text: string) => Promise<void> | void,
    ): Promise<void> {
      const reading: (readonly [string, Promise<string | null>])[] = [];
      const pause = createPauses();
      let next = 0;
      for (;;) {
        options.signal?.throwIfAborted();
        await pause();
        while (reading.length < READERS && next < paths.length) {
          const path = paths[next++]!;
          const isLeftOut = questions !== null && !kept.has(path) && memory?.anyOf(path, questions) === false;
          if (isLeftOut) countOne();
          else reading.push([path, readOne(path)]);
          if (isLeftOut && next % 64 === 0) await pause();
        }
        const first = reading.shift();
        if (first === undefined) return;
        const text = await first[1];
        if (text !== null) await use(first[0], text);
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
