/** From a directory to a repository that has been read: its root, its configuration, what was skipped, its history. */
import { existsSync, realpathSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { CONFIG_PATH } from '../core/hostSetup.ts';
import { createGrammars, grammarsWhenNeeded } from '../core/languages/grammars.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { positionAt } from '../core/text.ts';
import { cacheDirectory, editionOfProgram } from '../sources/facts-cache/cacheDirectory.ts';
import { openMemoryOfUser, openReadingOfUser } from '../sources/facts-cache/ofUser.ts';
import { decodeBytes, type FileAccess, type Listing, listedAtOnce } from '../sources/files/access.ts';
import { createDiskAccess } from '../sources/files/disk.ts';
import { pastOnDisk } from '../sources/git/pastOnDisk.ts';
import { findWorkTree, type WorkTree } from '../sources/git/repository.ts';
import type { GitFailure } from '../sources/git/run.ts';
import type { IndexSummary } from '../sources/project/indexing.ts';
import { createProject, type Project, SKIPPED_CONFIGURATION } from '../sources/project/project.ts';
import { historyOnDisk } from '../sources/project/repositoryHistory.ts';
import type { BegunWorker } from '../sources/workers/begin.ts';
import { keepHeapSmall, optimiseLess } from '../sources/workers/heap.ts';
import { startWorkersOnDisk } from '../sources/workers/onDisk.ts';
import { unoptimised } from '../sources/workers/unoptimised.ts';
import { askServers, commandServers } from './askServers.ts';
import { UnusableInput } from './failure.ts';
import type { CommonOptions } from './options.ts';
import type { Output } from './output.ts';

export interface Place {
  /** Absolute, links resolved. */
  readonly path: string;
}

export interface Root extends Place {
  readonly git: WorkTree | GitFailure;
}

export interface OpenProject<R extends Place = Root> {
  readonly root: R;
  readonly project: Project;
  readonly access: FileAccess;
  readonly summary: IndexSummary;
  /** Whether the repository was read, or `beforeReading` was enough. */
  readonly reading: 'whole' | 'left out';
  /** Whether all languages could be read that were met. */
  readonly isEveryGrammarThere: () => boolean;
  /** Everything that has been read, as of the command's clock. */
  readonly snapshot: () => Snapshot;
  /** The same snapshot with its history, for commands that need it only if there is something to date. */
  readonly withHistory: (snapshot: Snapshot) => Promise<Snapshot>;
}

export interface ProjectNeeds {
  /** Whether ages are shown; reading them takes longest. */
  readonly history: 'read' | 'left out';
  /** Asked when flag servers take their time, with the project as it is without their answers. */
  readonly beforeAnswers?: (read: Project) => Promise<void>;
  /** Files as they are somewhere else than on the disk. */
  readonly access?: FileAccess;
  /** `as needed`: no file is looked at beyond what indexing finds of interest. */
  readonly grammars?: 'as needed';
  /** `a few places`: what the last reading found is enough while nothing has changed that mattered. */
  readonly about?: 'a few places';
  /**
   * Asked before a repository is read from which nothing can be taken up and that takes longer than somebody likes to wait, with a
   * project in which only what is known by its path was read. `enough` leaves it at that.
   */
  readonly beforeReading?: (prepared: Project) => Promise<'enough' | 'read on'>;
  /** Git's lists of the files, where they are on their way already. */
  readonly listing?: Listing;
  /** Workers that were started already. */
  readonly workers?: readonly BegunWorker[];
  /** Whether flag servers are asked; else what they said before is enough. */
  readonly servers?: 'asked';
}

/** The repository a directory is in: git's top level, else the nearest folder with a `flagbook.json`, else the directory. */
export async function findRoot(directory: string): Promise<Root> {
  const git = await findWorkTree(directory);
  if (git.kind === 'ok') return { path: realpathSync(git.root), git };
  for (let folder = realpathSync(directory); ; folder = dirname(folder)) {
    if (existsSync(join(folder, CONFIG_PATH)) || existsSync(join(folder, '.git'))) return { path: folder, git };
    if (folder === dirname(folder)) return { path: realpathSync(directory), git };
  }
}

/** Reads the repository. A configuration that can't be used ends the command. */
export async function openProject<R extends Place>(
  root: R,
  options: CommonOptions,
  output: Output,
  needs: ProjectNeeds,
): Promise<OpenProject<R>> {
  optimiseLess();
  const placed = needs.access ?? listingOnce(createDiskAccess(root.path, { git: true }), needs.listing ?? null);
  // Git makes its lists while the grammars' runtime is compiled.
  if (needs.beforeReading !== undefined) placed.listInSteps?.();
  const access = options.configFile === null ? placed : withConfig(placed, options.configFile);
  const readWasm = (name: string) => readFile(join(wasmDirectory(), `${name}.wasm`));
  const clock = () => performance.now();
  // Where workers parse, this thread needs no grammar.
  const grammars =
    needs.grammars === 'as needed'
      ? grammarsWhenNeeded(readWasm, clock, unoptimised)
      : await createGrammars(readWasm, clock, unoptimised);
  const now = () => options.now;
  const readHistory = historyOnDisk(root.path, {
    now,
    onProgress: (done, total) => output.progress(`Reading the history: ${done} of ${total} file versions`),
    ...(options.cache
      ? { cacheDirectory: cacheDirectory(process.env, process.platform), edition: editionOfProgram() }
      : {}),
  });
  const past = pastOnDisk(root.path);
  const remembers = options.cache && needs.access === undefined;
  const { servers, tokens } = commandServers(options);
  const isAsking = needs.servers === 'asked' && !options.offline;
  const project = createProject({
    grammars,
    access,
    now,
    readHistory,
    withoutHistory: '',
    past,
    servers,
    serversAsked: isAsking ? 'on demand' : 'kept only',
    notices: [],
    ...(needs.access === undefined
      ? { startWorkers: startWorkersOnDisk(root.path, wasmDirectory(), 'alone', needs.workers) }
      : {}),
    ...(remembers
      ? { openMemory: () => openMemoryOfUser(root.path, access), openReading: () => openReadingOfUser(root.path) }
      : {}),
    ...(needs.grammars === undefined ? {} : { grammarsLoad: needs.grammars }),
  });
  const isAnswered = async (ask: NonNullable<ProjectNeeds['beforeReading']>): Promise<boolean> => {
    const prepared = project.apart();
    refuseUnreadConfig({ configurationSkipped: await prepared.prepare() }, options);
    refuseBrokenConfig(prepared.host.snapshot(options.now), options);
    const answer = await ask(prepared);
    prepared.dispose();
    return answer === 'enough';
  };
  keepHeapSmall();
  const isRecalled = needs.about === 'a few places' && (await project.recall());
  const isEnough = !isRecalled && needs.beforeReading !== undefined && (await isAnswered(needs.beforeReading));
  const summary =
    isRecalled || isEnough
      ? { ...NOTHING_READ, files: project.host.paths().size }
      : await project.index({
          onProgress: (done, total) => output.progress(`Reading the repository: ${done} of ${total} files`),
        });
  for (const { end } of needs.workers ?? []) end();
  for (const message of grammars.missing()) output.note(`flagbook: ${message}`);
  if (grammars.failure() !== null) throw new UnusableInput(`${grammars.failure()} Nothing behind it could be read.`);
  refuseUnreadConfig(summary, options);
  refuseBrokenConfig(project.host.snapshot(options.now), options);
  if (isAsking && !isEnough && project.servers !== null) {
    const asking = askServers(project.servers, tokens, output);
    if (needs.beforeAnswers !== undefined && !(await isSettledWithin(asking, SOON))) await needs.beforeAnswers(project);
    await asking;
  }
  // What is still on its way is not waited for.
  project.dispose();
  if (needs.history === 'read') await project.refreshHistory();
  output.progress(null);
  return {
    root,
    project,
    access,
    summary,
    reading: isEnough ? 'left out' : 'whole',
    isEveryGrammarThere: () => grammars.missing().length === 0,
    snapshot: () => project.host.snapshot(options.now),
    async withHistory(snapshot) {
      const history = await readHistory({ snapshot: () => snapshot, config: () => snapshot.config }, undefined);
      output.progress(null);
      return { ...snapshot, history };
    },
  };
}

/** Milliseconds in which most flag servers have answered; later somebody waits for them. */
const SOON = 500;

export async function isSettledWithin(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let alarm: NodeJS.Timeout | undefined;
  const late = new Promise<false>(done => {
    alarm = setTimeout(() => done(false), milliseconds);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(alarm);
  }
}

const NOTHING_READ: IndexSummary = {
  files: 0,
  parsed: 0,
  skipped: new Map(),
  configurationSkipped: null,
  packages: new Map(),
  words: [],
  remembered: null,
};

/** Where the grammars are: beside the program. */
export function wasmDirectory(): string {
  return join(__dirname, '..', 'wasm');
}

/** A path argument relative to the root, with `/`; the empty text is the root itself. */
export function repositoryPath(root: Place, path: string, directory: string): string {
  const absolute = resolve(directory, path);
  const real = realOf(absolute);
  const inside = relative(root.path, real);
  if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    throw new UnusableInput(`${path} lies outside ${root.path}: run flagbook there, or with --cwd.`);
  }
  return inside.split(sep).join('/');
}

/** The directory to look for the repository in: that of the first path argument, else the working directory. */
export function startingDirectory(paths: readonly string[], directory: string): string {
  for (const path of paths) {
    const stats = statSync(resolve(directory, path), { throwIfNoEntry: false });
    if (stats === undefined) throw new UnusableInput(`${path}: there is no such file or directory.`);
  }
  const [first] = paths;
  if (first === undefined) return directory;
  const absolute = realpathSync(resolve(directory, first));
  return statSync(absolute).isDirectory() ? absolute : dirname(absolute);
}

/** The folder a link stands in is resolved, the link itself is not: it is a file of the repository too. */
function realOf(absolute: string): string {
  const folder = dirname(absolute);
  if (statSync(absolute, { throwIfNoEntry: false })?.isDirectory()) return realpathSync(absolute);
  return existsSync(folder) ? join(realpathSync(folder), absolute.slice(folder.length)) : absolute;
}

/** A command sees one state of the repository, and git's list takes a moment. */
function listingOnce(access: FileAccess, begun: Listing | null): FileAccess {
  let listing = begun;
  const listInSteps = (): Listing => {
    listing ??= access.listInSteps?.() ?? listedAtOnce(access.list());
    return listing;
  };
  return { ...access, list: () => listInSteps().all, listInSteps };
}

function withConfig(access: FileAccess, configFile: string): FileAccess {
  const withPath = (paths: readonly string[]) => [...new Set([...paths, CONFIG_PATH])].sort();
  const { listInSteps } = access;
  return {
    ...access,
    list: async () => withPath(await access.list()),
    ...(listInSteps === undefined
      ? {}
      : {
          listInSteps() {
            const { soon, all } = listInSteps();
            return { soon: soon.then(withPath), all: all.then(withPath) };
          },
        }),
    async read(path) {
      if (path !== CONFIG_PATH) return access.read(path);
      const bytes = await readFile(configFile).catch((error: NodeJS.ErrnoException) => {
        const what = error.code === 'ENOENT' ? 'there is no such file' : `it can't be read (${error.code})`;
        throw new UnusableInput(`--config ${configFile}: ${what}.`);
      });
      return decodeBytes(bytes);
    },
  };
}

function refuseUnreadConfig(
  { configurationSkipped }: Pick<IndexSummary, 'configurationSkipped'>,
  options: CommonOptions,
): void {
  if (configurationSkipped === null) return;
  throw new UnusableInput(`${options.configFile ?? CONFIG_PATH} ${SKIPPED_CONFIGURATION[configurationSkipped]}.`);
}

/** The editor goes on with defaults and underlines what is wrong; a program that nobody watches must not. */
function refuseBrokenConfig(snapshot: Snapshot, options: CommonOptions): void {
  const [first, ...rest] = snapshot.configProblems.filter(problem => problem.severity === 'error');
  if (first === undefined) return;
  const file = options.configFile ?? CONFIG_PATH;
  const lines = snapshot.files.get(CONFIG_PATH)?.lines;
  const position = first.place === null || lines === undefined ? null : positionAt(lines, first.place.span.start);
  const where = position === null ? file : `${file}:${position.line + 1}:${position.column + 1}`;
  const more = rest.length === 0 ? '' : ` (and ${rest.length} more)`;
  throw new UnusableInput(`${where}: ${first.message}${more}`);
}
