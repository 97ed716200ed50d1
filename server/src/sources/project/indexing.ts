/**
 * Reading a repository into a host: which files are read, in which order, and the rounds in which files are added that
 * earlier ones asked for. Works over any `FileAccess`, so that the disk, a virtual workspace and the command line index alike.
 */

import { namesOfMentioned } from '../../core/flags/linking/prefilter.ts';
import { soughtByPath, wishedWord } from '../../core/flags/linking/wishedWords.ts';
import type { WorkspacePackages } from '../../core/flags/resolve/modules.ts';
import { FLAG_SDKS } from '../../core/flags/sdks/registry.ts';
import type { Host } from '../../core/hostInterface.ts';
import { CONFIG_PATH, type PathKind } from '../../core/hostSetup.ts';
import type { LanguageId } from '../../core/languages/facts.ts';
import type { Grammars } from '../../core/languages/grammars.ts';
import { languagesOf } from '../../core/languages/registry.ts';
import type { IndexMemory } from '../facts-cache/memory.ts';
import type { FileAccess, FileContent, SkipReason, UnparsedReason } from '../files/access.ts';
import type { Workers } from '../workers/pool.ts';
import type { Prepared } from './decodedAhead.ts';
import { createPauses } from './pauses.ts';
import { createRun, type Run } from './readingRun.ts';
import { createReadLinks, type ReadLinks } from './readLinks.ts';
import { namesOfWishes } from './wishQuestions.ts';
import { workspacePackages } from './workspacePackages.ts';

export interface IndexOptions {
  readonly signal?: AbortSignal;
  /** Told now and then how many of the files have been looked at. */
  readonly onProgress?: (done: number, total: number) => void;
  /**
   * Makes workers that may look at files instead of this thread, given the digests of the texts whose facts are remembered (null
   * where none are); absent where there are no threads.
   */
  readonly startWorkers?: ((known: readonly string[] | null, isBusy: () => boolean) => Workers) | undefined;
  /** Whether somebody is typing, so that others should stand back. */
  readonly isBusy?: () => boolean;
  /** Somebody is answered while files are read; told when all that was read by then is linked. */
  readonly onLinked?: () => void;
  /** Decodes a large flag file before the host is given it; see `decodedAhead.ts`. */
  readonly prepareFlagFile?: (path: string, text: string) => Prepared;
  /**
   * Texts of so many UTF-16 units or more that say nothing by themselves (`linking/alone.ts`) are held only when they are wished for: where nobody
   * edits, and memory counts. Absent: whatever is of interest is held.
   */
  readonly setsAsideFrom?: number;
  /** Opens what an earlier run learned of the same files; it learns from this one. Null where nothing is kept. */
  readonly openMemory?: (() => Promise<IndexMemory | null>) | undefined;
}

/** What indexing did: for `scan`'s summary and the status item. */
export interface IndexSummary {
  readonly files: number;
  readonly parsed: number;
  readonly skipped: ReadonlyMap<SkipReason | UnparsedReason, number>;
  /** Why the configuration that is there was not read, or null. */
  readonly configurationSkipped: SkipReason | null;
  /** Names and folders of the repository's own packages. */
  readonly packages: WorkspacePackages;
  /** What sources were looked through for on behalf of the linker (`WishedWord`). */
  readonly words: readonly string[];
  /** What a later scan may know of this reading; null where nothing is remembered. */
  readonly remembered: Remembered | null;
}

/** How the files were read. */
export interface Remembered {
  /** By path: what told the file from any other before it was read; null where that tells nothing yet. */
  readonly stamps: ReadonlyMap<string, string | null>;
  readonly skipped: ReadonlyMap<string, SkipReason>;
  /** The facts of a text as bytes; null where they are not at hand. */
  readonly factsOf: (language: LanguageId, text: string) => Uint8Array | null;
  /** What sources were asked for on behalf of the linker. */
  readonly words: readonly string[];
  readonly types: readonly string[];
}

/** In UTF-16 units: to tell whether a text says anything by itself takes a millisecond or two, which is more than a smaller one is worth. */
export const LARGE_TEXT = 16 * 1024;

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
  const { configuration, packages } = await readOutline(host, grammars, access, paths, memory);
  const configurationSkipped = whySkipped(configuration);
  const run = createRun(host, grammars, access, options, memory, paths.length);
  const links = createReadLinks(host, options.onLinked);
  let remembered: Remembered | null = null;
  let words: readonly string[] = [];
  try {
    const byKind = await groupByKind(host, paths);
    const { kept, mentioned } = await readFirst(host, run, byKind, configuration, memory, options);
    const wished = await readWished(host, links, run, byKind('source'), namesOfMentioned(FLAG_SDKS, mentioned));
    words = wished.words;
    if (memory !== null) {
      const { text } = configuration?.kind === 'text' ? configuration : { text: null };
      const read = { configuration: text, interest: host.interest(), kept, linked: run.allPushed() };
      await memory.save({ ...read, ...wished, ...host.findings() });
      remembered = {
        stamps: memory.stamps(),
        skipped: run.skippedFiles(),
        factsOf: memory.encodedOf,
        ...wished,
      };
    }
  } finally {
    links.end();
    run.close();
  }
  return {
    files: paths.length,
    parsed: run.pushed(),
    skipped: run.skipped,
    configurationSkipped,
    packages,
    words,
    remembered,
  };
}

/** Reads of these files what is known by its path alone: the configuration, the packages, runbooks and incidents. Gives why the first was not read. */
export async function prepareRepository(
  host: Host,
  grammars: Grammars,
  access: FileAccess,
  paths: readonly string[],
): Promise<SkipReason | null> {
  const { configuration } = await readOutline(host, grammars, access, paths, null);
  for (const path of paths) {
    if (host.kindOf(path) !== 'markdown') continue;
    const content = await access.read(path);
    if (content.kind === 'text') host.setText(path, content.text);
  }
  return whySkipped(configuration);
}

async function readOutline(
  host: Host,
  grammars: Grammars,
  access: FileAccess,
  paths: readonly string[],
  memory: IndexMemory | null,
) {
  const configuration = paths.includes(CONFIG_PATH) ? await access.read(CONFIG_PATH) : null;
  // Patterns of the configuration are compiled by the grammars that are there.
  if (configuration?.kind === 'text') {
    await grammars.load(languagesOf(paths));
    host.setText(CONFIG_PATH, configuration.text);
    await host.reconfigure(createPauses(), () => undefined);
  }
  const packages = await workspacePackages(paths, access, memory);
  host.setPaths(paths, packages);
  return { configuration, packages };
}

function whySkipped(configuration: FileContent | null): SkipReason | null {
  return configuration?.kind === 'skipped' && configuration.reason !== 'missing' ? configuration.reason : null;
}

/** Reads what could matter by itself; gives the data that does, and the packages that sources mention. */
async function readFirst(
  host: Host,
  run: Run,
  byKind: ByKind,
  configuration: FileContent | null,
  memory: IndexMemory | null,
  { prepareFlagFile }: IndexOptions,
): Promise<{ readonly kept: ReadonlySet<string>; readonly mentioned: ReadonlySet<string> }> {
  const isKept = [`kept ${configuration?.kind === 'text' ? configuration.text : ''}`];
  const kept = new Set<string>();
  const mentioned = new Set<string>();
  const note = (found: ReadonlySet<string>): void => {
    for (const word of found) mentioned.add(word);
  };
  const take = (path: string, text: string): void => {
    const { kind } = host.setText(path, text);
    if (kind === 'kept') kept.add(path);
    memory?.setAnswers(path, isKept, () => kind === 'kept');
  };
  const decoding: Promise<void>[] = [];
  await Promise.all([
    run.look(byKind('source'), { kind: 'interest', ...host.interestWords() }, interestQuestions(host), note),
    run.eachText([...byKind('data'), ...byKind('markdown')], isKept, (path, text) => {
      const prepared = prepareFlagFile?.(path, text);
      if (prepared === undefined) take(path, text);
      else decoding.push(prepared.then(is => (is === 'newest' ? take(path, text) : undefined)));
    }),
  ]);
  await Promise.all(decoding);
  return { kept, mentioned };
}

/**
 * Reads the files that hold one of the names, and what the linker wishes for, and what it wishes for then; gives the words and types of
 * all wishes.
 */
async function readWished(
  host: Host,
  links: ReadLinks,
  run: Run,
  sources: readonly string[],
  names: readonly string[],
) {
  const askAside = createAskAside(host, run);
  const askedWords = new Set<string>();
  const askedTypes = new Set<string>();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    // Most that will be parsed has been: linking takes the memory for itself.
    if (round > 0) run.giveBack();
    const wishes = await links.link();
    const words = [...new Set([...names, ...wishes.words])].filter(word => !askedWords.has(word));
    for (const word of words) askedWords.add(word);
    const types = [...wishes.types].filter(type => !askedTypes.has(type));
    for (const type of types) askedTypes.add(type);
    const before = run.pushed();
    await askAside(words);
    const everywhere = words.filter(word => wishedWord(word).within === null);
    const wanted = [...wishes.paths].filter(path => !run.isPushed(path));
    await run.look(wanted, { kind: 'wanted' }, null);
    // These are looked for in their files alone: nothing is remembered of what those say.
    const within = [...soughtByPath(words).keys()].filter(path => !run.isPushed(path));
    await run.look(within, { kind: 'wishes', words, types: [] }, null);
    if (everywhere.length + types.length > 0) {
      const rest = sources.filter(path => !run.isPushed(path));
      const question = { kind: 'wishes', words: everywhere, types, names } as const;
      await run.look(rest, question, namesOfWishes(question));
    }
    if (run.pushed() === before) break;
  }
  return { words: [...askedWords].sort(), types: [...askedTypes].sort() };
}

/**
 * Reads those again that were set aside and hold one of the words, whatever stands beside it, or another name by which they count after all.
 */
function createAskAside(host: Host, run: Run): (words: readonly string[]) => Promise<void> {
  const asked = new Set<string>();
  return async words => {
    const everywhere = words.map(wishedWord).filter(({ within }) => within === null);
    const fresh = [...host.namesThatCount(), ...everywhere.map(({ word }) => word)].filter(word => !asked.has(word));
    for (const word of fresh) asked.add(word);
    if (fresh.length > 0) await run.look(run.aside(), { kind: 'wishes', words: fresh, types: [] }, null);
  };
}

/** The name of the question whether a source is interesting by itself. */
function interestQuestions(host: Host): readonly string[] {
  return [`interesting ${host.interest()}`];
}

type ByKind = (kind: PathKind) => readonly string[];

async function groupByKind(host: Host, paths: readonly string[]): Promise<ByKind> {
  const groups = new Map<PathKind, string[]>();
  const pause = createPauses();
  for (const path of paths) {
    const kind = host.kindOf(path);
    const known = groups.get(kind);
    if (known === undefined) groups.set(kind, [path]);
    else known.push(path);
    await pause();
  }
  return kind => groups.get(kind) ?? [];
}
