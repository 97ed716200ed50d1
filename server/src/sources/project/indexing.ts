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
import { readFacts } from '../../core/languages/extract.ts';
import type { LanguageId } from '../../core/languages/facts.ts';
import { decodeFacts } from '../../core/languages/factsCodec.ts';
import type { Grammars } from '../../core/languages/grammars.ts';
import { languageOfPath, languagesOf } from '../../core/languages/registry.ts';
import type { IndexMemory } from '../facts-cache/memory.ts';
import type { FileAccess, FileContent, SkipReason, UnparsedReason } from '../files/access.ts';
import type { Workers } from '../workers/pool.ts';
import type { Prepared } from './decodedAhead.ts';
import type { FileQuestion, Looked, Parsed } from './fileQuestions.ts';
import { createLookHere } from './lookHere.ts';
import { createPauses, letOthersRun } from './pauses.ts';
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

/** Wishes of wishes: constants behind constants, wrappers of wrappers. The linker has a bound of its own. */
const MAX_ROUNDS = 8;

/** Unless so many files are to be read whose answers nobody remembers, starting workers takes longer than it saves. */
const WORTH_WORKERS = 800;

/** In UTF-16 units. */
const LARGE_TEXT = 64 * 1024;

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
    const wished = await readWished(links, run, byKind('source'), namesOfMentioned(FLAG_SDKS, mentioned));
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
async function readWished(links: ReadLinks, run: Run, sources: readonly string[], names: readonly string[]) {
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

type Run = ReturnType<typeof createRun>;

function createRun(
  host: Host,
  grammars: Grammars,
  access: FileAccess,
  options: IndexOptions,
  memory: IndexMemory | null,
  total: number,
) {
  const pushed = new Set<string>();
  const skippedPaths = new Map<string, SkipReason>();
  const skipped = new Map<SkipReason | UnparsedReason, number>();
  const lookHere = createLookHere(access);
  const { signal } = options;
  let workers: Workers | null = null;
  let done = 0;

  const countOne = (): void => {
    done++;
    if (done % 256 === 0) options.onProgress?.(Math.min(done, total), total);
  };
  const count = (reason: SkipReason | UnparsedReason): void => void skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
  const skip = (path: string, reason: SkipReason): void => {
    skippedPaths.set(path, reason);
    if (reason !== 'missing') count(reason);
  };
  const push = async (path: string, text: string, parsed: Parsed): Promise<void> => {
    pushed.add(path);
    if (parsed.kind === 'none') {
      count(parsed.reason);
      host.setText(path, text, null);
    } else if (parsed.kind === 'facts') {
      const { key, bytes, isCut } = parsed;
      if (isCut) count('cut');
      const known = bytes === null ? memory?.factsBy(key ?? '') : decodeFacts(bytes);
      if (key !== null && bytes !== null) memory?.keepEncoded(key, bytes);
      // What is made of the facts of a large file takes as long as decoding them.
      if (text.length > LARGE_TEXT) await letOthersRun();
      host.setText(path, text, known ?? undefined);
    } else await parseHere(path, text);
  };
  const parseHere = async (path: string, text: string): Promise<void> => {
    const language = languageOfPath(path);
    const known = (language && memory?.factsOf(language.id, text)) ?? undefined;
    if (language !== null && known === undefined && !grammars.isLoaded(language.id)) await grammars.load([language]);
    if (language === null || known !== undefined || !grammars.isLoaded(language.id)) {
      host.setText(path, text, known);
      return;
    }
    const read = readFacts(grammars, language, text);
    if (read.kind === 'none') count(read.reason);
    else if (read.kind === 'beginning') count('cut');
    else memory?.keepFacts(language.id, text, read.facts);
    host.setText(path, text, read.kind === 'none' ? null : read.facts);
  };

  /** The paths that must be looked at, and of how many of them nothing is known. */
  const unanswered = async (paths: readonly string[], names: readonly string[] | null) => {
    const readable = skippedPaths.size === 0 ? paths : paths.filter(path => !skippedPaths.has(path));
    // Where nothing is remembered whoever looks at them can begin at once.
    if (names === null || memory === null) return { left: readable, unknown: readable.length };
    const left: string[] = [];
    let unknown = 0;
    const pause = createPauses();
    for (const path of readable) {
      const answer = memory.anyOf(path, names);
      if (answer === null) unknown++;
      if (answer !== false) left.push(path);
      else countOne();
      signal?.throwIfAborted();
      await pause();
    }
    return { left, unknown };
  };

  return {
    skipped,
    pushed: () => pushed.size,
    allPushed: (): ReadonlySet<string> => pushed,
    skippedFiles: (): ReadonlyMap<string, SkipReason> => skippedPaths,
    isPushed: (path: string) => pushed.has(path),
    /**
     * Asks the files a question and pushes those that say yes. `names` are those of its parts: files that are known to answer
     * all of them with no are left out unread; null where nothing of it is remembered. `note` is told what each file says yes to.
     */
    async look(
      paths: readonly string[],
      question: FileQuestion,
      names: readonly string[] | null,
      note?: (yes: ReadonlySet<string>) => void,
    ): Promise<void> {
      const { left, unknown } = await unanswered(paths, names);
      const use = (path: string, looked: Looked): Promise<void> | undefined => {
        countOne();
        if (looked.kind === 'skipped') {
          skip(path, looked.reason);
          return undefined;
        }
        const yes = looked.kind === 'found' ? looked.yes : null;
        const isPlain = question.kind === 'interest';
        if (names !== null) memory?.setAnswers(path, names, name => yes !== null && (isPlain || yes.has(name)));
        if (yes !== null) note?.(yes);
        return looked.kind === 'found' ? push(path, looked.text, looked.parsed) : undefined;
      };
      if (unknown >= WORTH_WORKERS)
        workers ??= options.startWorkers?.(memory?.keys() ?? null, options.isBusy ?? never) ?? null;
      const rest = workers === null ? left : await workers.look(left, question, signal, use);
      await lookHere(rest, question, signal, use);
    },
    giveBack: () => workers?.giveBack(),
    close: () => workers?.close(),
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

const never = (): boolean => false;
