/**
 * `flagbook scan` of a whole repository by what the last scan of it left (`scanAgain.ts`). Knows the plainest ways to ask only, and says
 * nothing at all where it can't answer: then the program does, with its own words for what is wrong.
 */
import { existsSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { scanStateOptions } from '../sources/facts-cache/cacheDirectory.ts';
import { packPath } from '../sources/facts-cache/packFile.ts';
import {
  hasScanState,
  readScanState,
  type ScanState,
  type ScanStateOptions,
  writeScanState,
} from '../sources/facts-cache/scanState.ts';
import { isVendored, type Listing } from '../sources/files/access.ts';
import { createDiskAccess } from '../sources/files/disk.ts';
import {
  digestOfIndex,
  findIndexedTree,
  type ListedBy,
  listedBy,
  listUntracked,
  nearestWorkTree,
} from '../sources/git/fileLists.ts';
import { compareToIndex, differingFrom, type IndexComparison, watchedFiles } from '../sources/git/indexComparison.ts';
import { asIndexedNow } from '../sources/project/indexedStamps.ts';
import type { relinkAgain } from '../sources/project/relinkAgain.ts';
import { listsAlike, type ScanAgain, scanAgain } from '../sources/project/scanAgain.ts';
import type { BegunWorker } from '../sources/workers/begin.ts';
import { beginWorkersOnDisk } from '../sources/workers/onDisk.ts';
import type { ShapeOf } from '../sources/workers/shapes.ts';
import type { Output } from './output.ts';
import type { Parsing } from './parse.ts';
import { printScan, SCAN_FORMATS, SCAN_ROLES } from './printScan.ts';
import { loadBeside } from './programs.ts';

export interface PlainScan {
  readonly format: string;
  readonly role: string;
  readonly directory: string;
  /** Whether anything is remembered. */
  readonly cache: boolean;
}

/** What is known by then of a repository whose scan the program has to make. */
export interface BegunScan {
  /** Absolute, links resolved. */
  readonly path: string;
  /** Git's lists: on their way, or begun when somebody asks. */
  readonly listing: Listing;
  /** The file of git's index, and its digest before anything was listed; null where it has none. */
  readonly indexPath: string;
  readonly index: string | null;
  /** What the last scan left; null where it left nothing. */
  readonly last: LastScan | null;
  /** Whether nothing at all is remembered of the repository. */
  readonly isCold: boolean;
  /** Workers that will be needed, on their way. */
  readonly workers: readonly BegunWorker[];
}

interface LastScan {
  readonly state: ScanState;
  readonly untracked: Promise<readonly string[] | null>;
  /** Null where git can't be asked which files are what they were. */
  readonly comparison: IndexComparison | null;
  /** The files that git watches; null where that is known or of no use. */
  readonly watched: Promise<ReadonlySet<string> | null> | null;
}

/** The scan that these arguments ask for; null for anything but a scan of everything. */
export function plainScanOf(args: readonly string[]): PlainScan | null {
  let isScan = false;
  let cache = true;
  const values = new Map<string, string>();
  for (let at = 0; at < args.length; at++) {
    const argument = args[at]!;
    if (argument === 'scan' && !isScan) isScan = true;
    else if (VALUED.has(argument)) values.set(argument, args[++at] ?? '');
    else if (argument === '--no-cache') cache = false;
    else if (argument !== '--offline') return null;
  }
  const format = values.get('--format') ?? 'text';
  const role = values.get('--role') ?? 'all';
  if (!isScan || !SCAN_FORMATS.includes(format) || !SCAN_ROLES.includes(role)) return null;
  return { format, role, directory: resolve(values.get('--cwd') ?? '.'), cache };
}

const VALUED: ReadonlySet<string> = new Set(['--format', '--role', '--cwd']);

/**
 * Begins with what every scan needs: git lists the files while the program is loaded, and where nothing is remembered workers start. Null
 * where there is no repository.
 */
export async function beginScan({ directory, cache }: PlainScan, wasmDirectory: string): Promise<BegunScan | null> {
  const options = cache ? scanStateOptions() : null;
  // Nearly always git will say the same.
  const guess = nearestWorkTree(directory);
  const isCold = guess !== null && !(options !== null && isRemembered(guess, options));
  const workers = isCold ? beginWorkersOnDisk(guess, wasmDirectory, cache ? [] : null) : [];
  const early = isCold ? listEarly(guess) : null;
  const isKnown = options !== null && guess !== null && hasScanState(guess, options);
  // Which files differ takes git longest, and nearly all else waits for it.
  const comparison = isKnown ? compareToIndex(guess) : null;
  const asking = findIndexedTree(directory);
  const last = isKnown ? takeUp(guess, options, comparison) : null;
  const tree = await asking;
  const path = tree.kind === 'failed' ? null : realpathSync(tree.root);
  if (path !== guess) for (const { end } of workers) end();
  if (tree.kind === 'failed' || path === null) return null;
  const { listInSteps } = createDiskAccess(path, { git: true });
  if (listInSteps === undefined) return null;
  const isEarly = early !== null && path === guess && isSameFile(early.indexPath, tree.index);
  const index = isEarly ? early.index : digestOfIndex(tree.index);
  let listing = isEarly ? early.listing : null;
  const begun: BegunScan = {
    path,
    get listing() {
      listing ??= listInSteps();
      return listing;
    },
    indexPath: tree.index,
    index,
    last: path === guess ? last : null,
    isCold: isCold && path === guess,
    workers: path === guess ? workers : [],
  };
  if (begun.last === null) void begun.listing;
  await soon(Promise.all(begun.workers.map(({ isUp }) => isUp)));
  return begun;
}

/** Has git list the files of a work tree before it says whether it is one; null where its index does not lie where it usually does. */
function listEarly(
  root: string,
): { readonly listing: Listing; readonly indexPath: string; readonly index: string | null } | null {
  const indexPath = join(root, '.git', 'index');
  const { listInSteps } = createDiskAccess(root, { git: true });
  if (listInSteps === undefined || !existsSync(indexPath)) return null;
  const index = digestOfIndex(indexPath);
  return { listing: listInSteps(), indexPath, index };
}

function isSameFile(one: string, other: string): boolean {
  return one === other || (existsSync(other) && realpathSync(one) === realpathSync(other));
}

/** Git lists files meanwhile; should a thread take longer than that, it is not waited for. */
const PATIENCE = 100;

async function soon(done: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>(resolve => {
    timer = setTimeout(resolve, PATIENCE);
  });
  await Promise.race([done, late]);
  clearTimeout(timer);
}

/** Resolves to whether the scan was answered. */
export async function scanQuickly({ format, role }: PlainScan, begun: BegunScan, output: Output): Promise<boolean> {
  const options = scanStateOptions();
  if (options === null || begun.last === null) return false;
  const { state: before, comparison, watched } = begun.last;
  const root = begun.path;
  const access = createDiskAccess(root, { git: true });
  const listed = listAgain(begun, before, begun.last.untracked);
  let loaded: Parsing | null = null;
  const parsing = (): Parsing => {
    loaded ??= loadParsing();
    return loaded;
  };
  const begin: ScanAgain['begin'] = paths => parsing().begin(paths);
  const shapeOf: ShapeOf = (path, text) => parsing().shapeOf(path, text);
  const relink: ScanAgain['relink'] = changed => {
    const { factsOf, shapeOfFacts } = parsing();
    return loadRelinking()({ root, options, before, ...changed, factsOf, shapeOf: shapeOfFacts });
  };
  const isListedAlike = listed.then(({ isAlike }) => isAlike);
  const now = Date.now();
  const found = comparison === null ? Promise.resolve(null) : differingFrom(comparison);
  const differing = watched === null ? found : Promise.resolve(null);
  const scanned = await scanAgain(before, { root, isListedAlike, differing, access, begin, shapeOf, relink, now });
  // Whoever parses everything then is better off with it.
  if (scanned === null && loaded !== null) for (const flag of AS_USUAL) setFlagsFromString(flag);
  if (scanned === null) return false;
  const { head, paths } = scanned.state;
  // What is suggested quotes the code, which may say something else now.
  if (format === 'text' && (scanned.kind === 'moved' || head.suggestions === null)) return false;
  printScan(
    {
      records: Object.values(head.linked).flatMap(({ records }) => records),
      suggestions: head.suggestions ?? [],
      summary: { files: paths.length, skipped: new Map(head.skippedInAll) },
    },
    { format, role, paths: [] },
    output,
  );
  const { by } = await listed;
  // It has been answered: whatever happens now, the program must not answer again.
  const asIndexed = by?.index === comparison?.index ? await asIndexedBy(scanned.state, watched, found, now) : null;
  if (scanned.kind === 'same' && by === head.listedBy && asIndexed === null) return true;
  const links = scanned.saveLinks === null ? head.links : await scanned.saveLinks().catch(() => null);
  const known = by?.index === comparison?.index ? scanned.state.asIndexed : new Uint8Array(paths.length);
  const state = { ...scanned.state, asIndexed: asIndexed ?? known, head: { ...head, listedBy: by, links } };
  await writeScanState(root, options, state).catch(() => {});
  return true;
}

/** Which files are as git's index has them, where that is learned now. */
async function asIndexedBy(
  state: ScanState,
  watched: LastScan['watched'],
  differing: ScanAgain['differing'],
  began: number,
): Promise<Uint8Array | null> {
  const [some, others] = [await watched, await differing];
  return some === null || others === null ? null : asIndexedNow(state, some, others, began);
}

function takeUp(root: string, options: ScanStateOptions, comparison: IndexComparison | null): LastScan | null {
  // Git looks through the folders while the state is read.
  const untracked = listUntracked(root);
  const state = readScanState(root, options);
  if (state === null) return null;
  const isKnown = state.head.listedBy?.index === comparison?.index && state.asIndexed.includes(1);
  const watched = comparison === null || isKnown ? null : watchedFiles(root);
  return { state, untracked, comparison, watched };
}

function isRemembered(root: string, options: ScanStateOptions): boolean {
  return hasScanState(root, options) || existsSync(packPath(options.directory, root));
}

/** Whether the files are those of the last scan, and by what the next one can tell. */
async function listAgain(
  begun: BegunScan,
  { paths, head }: ScanState,
  untracked: LastScan['untracked'],
): Promise<{ readonly isAlike: boolean; readonly by: ListedBy | null }> {
  const { index, indexPath } = begun;
  const by = head.listedBy;
  if (by !== null && by.index === index) {
    const now = (await untracked)?.filter(path => !isVendored(path));
    if (now !== undefined) return { isAlike: listsAlike(by.untracked, now), by };
  }
  const isAlike = listsAlike(paths, await begun.listing.all);
  return { isAlike, by: isAlike ? await listedBy(begun.listing, index, indexPath) : null };
}

/**
 * V8 compiles all of a grammar before it runs, and optimises it while it runs, in threads of its own: of what is hardly run, most is never
 * called, and the rest has nothing of it.
 */
const HASTILY = ['--liftoff-only', '--wasm-lazy-compilation'];
const AS_USUAL = ['--no-liftoff-only', '--no-wasm-lazy-compilation'];

/** What parses is larger than the rest of the program: few scans need it. */
function loadParsing(): Parsing {
  // A few files are parsed sooner than a grammar's code could be optimised for them.
  for (const flag of HASTILY) setFlagsFromString(flag);
  const { createParsing } = loadBeside('parse.js') as {
    readonly createParsing: (wasmDirectory: string) => Parsing;
  };
  return createParsing(join(__dirname, '..', 'wasm'));
}

/** Most files that have changed say nothing else: fewer scans yet have anything to link. */
function loadRelinking(): typeof relinkAgain {
  return (loadBeside('relink.js') as { readonly relinkAgain: typeof relinkAgain }).relinkAgain;
}
