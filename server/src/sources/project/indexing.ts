/**
 * Reading a repository into a host: which files are read, in which order, and the rounds in which files are added that
 * earlier ones asked for. Works over any `FileAccess`, so that the disk, a virtual workspace and the command line index alike.
 */

import type { WorkspacePackages } from '../../core/flags/resolve/modules.ts';
import { type Host, languagesOf } from '../../core/host.ts';
import { CONFIG_PATH, type PathKind } from '../../core/hostSetup.ts';
import type { Grammars } from '../../core/languages/grammars.ts';
import { languageOfPath } from '../../core/languages/registry.ts';
import type { IndexMemory } from '../facts-cache/memory.ts';
import type { FileAccess, SkipReason } from '../files/access.ts';
import type { FileQuestion } from './fileQuestions.ts';
import { createLookHere } from './lookHere.ts';
import { createPauses, letOthersRun } from './pauses.ts';
import { namesOfWishes } from './wishQuestions.ts';

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

/** Wishes of wishes: constants behind constants, wrappers of wrappers. The linker has a bound of its own. */
const MAX_ROUNDS = 8;

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
  const sources = byKind('source');
  const kept = new Set<string>();
  await Promise.all([
    run.look(sources, { kind: 'interest', words: host.interestWords() }, [`interesting ${host.interest()}`]),
    run.eachText([...byKind('data'), ...byKind('markdown')], isKept, (path, text) => {
      const { kind } = host.setText(path, text);
      if (kind === 'kept') kept.add(path);
      memory?.setAnswers(path, isKept, () => kind === 'kept');
    }),
  ]);
  const asked = new Set<string>();
  const askedTypes = new Set<string>();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    // Linking can't be interrupted: it gets a turn of its own.
    await letOthersRun();
    const wishes = host.wishes();
    const words = [...wishes.words].filter(word => !asked.has(word));
    for (const word of words) asked.add(word);
    const types = [...wishes.types].filter(type => !askedTypes.has(type));
    for (const type of types) askedTypes.add(type);
    const before = run.pushed();
    const wanted = [...wishes.paths].filter(path => !run.isPushed(path));
    await run.look(wanted, { kind: 'wanted' }, null);
    if (words.length + types.length > 0) {
      const names = namesOfWishes({ words, types });
      await run.look(
        sources.filter(path => !wishes.paths.has(path) && !run.isPushed(path)),
        { kind: 'wishes', words, types },
        names,
      );
    }
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
  const skippedPaths = new Set<string>();
  const skipped = new Map<SkipReason, number>();
  const lookHere = createLookHere(access);
  const { signal } = options;
  let done = 0;

  const countOne = (): void => {
    done++;
    if (done % 256 === 0) options.onProgress?.(Math.min(done, total), total);
  };
  const skip = (path: string, reason: SkipReason): void => {
    skippedPaths.add(path);
    if (reason !== 'missing') skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
  };
  const push = async (path: string, text: string): Promise<void> => {
    pushed.add(path);
    const language = languageOfPath(path);
    const known = (language && memory?.factsOf(language.id, text)) ?? undefined;
    if (language !== null && known === undefined && !grammars.isLoaded(language.id)) await grammars.load([language]);
    const { facts } = host.setText(path, text, known);
    if (language !== null && known === undefined && facts !== null) memory?.keepFacts(language.id, text, facts);
  };

  return {
    skipped,
    pushed: () => pushed.size,
    allPushed: (): ReadonlySet<string> => pushed,
    isPushed: (path: string) => pushed.has(path),
    /**
     * Asks the files a question and pushes those that say yes. `names` are those of its parts: files that are known to answer
     * all of them with no are left out unread; null where nothing of it is remembered.
     */
    async look(paths: readonly string[], question: FileQuestion, names: readonly string[] | null): Promise<void> {
      const left: string[] = [];
      const pause = createPauses();
      for (const path of paths) {
        if (skippedPaths.has(path)) continue;
        if (names === null || memory?.anyOf(path, names) !== false) left.push(path);
        else countOne();
        signal?.throwIfAborted();
        await pause();
      }
      await lookHere(left, question, signal, (path, looked) => {
        countOne();
        if (looked.kind === 'skipped') return skip(path, looked.reason);
        const yes = looked.kind === 'found' ? looked.yes : null;
        const isPlain = question.kind === 'interest';
        if (names !== null) memory?.setAnswers(path, names, name => yes !== null && (isPlain || yes.has(name)));
        return looked.kind === 'found' ? push(path, looked.text) : undefined;
      });
    },
    /**
     * Calls `use` for every file that can be read. Files that are known to answer all questions with no are left out unread.
     */
    async eachText(
      paths: readonly string[],
      questions: readonly string[],
      use: (path: string, text: string) => void,
    ): Promise<void> {
      const left: string[] = [];
      const pause = createPauses();
      for (const path of paths) {
        if (memory?.anyOf(path, questions) !== false) left.push(path);
        else countOne();
        await pause();
      }
      await lookHere(left, { kind: 'wanted' }, signal, (path, looked) => {
        countOne();
        if (looked.kind === 'skipped') skip(path, looked.reason);
        else if (looked.kind === 'found') use(path, looked.text);
      });
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
