/**
 * A repository as both long-lived fronts hold it: the host, how its files are read, and the history behind them. Everything
 * here happens in the background of a request or before a command; nothing that answers a keystroke waits for it.
 */
import type { Tree } from 'web-tree-sitter';
import type { Config } from '../../core/config.ts';
import type { WorkspacePackages } from '../../core/flags/resolve/modules.ts';
import { type CheckOnTheWay, checksOnTheWay } from '../../core/flags/verdicts/checksOnTheWay.ts';
import { sourceNotices } from '../../core/flags/verdicts/flagSource.ts';
import { createHost } from '../../core/host.ts';
import type { Host } from '../../core/hostInterface.ts';
import { CONFIG_PATH } from '../../core/hostSetup.ts';
import { type ParsedText, parseText, parseTree, releaseText } from '../../core/languages/extract.ts';
import type { FileFacts } from '../../core/languages/facts.ts';
import type { Grammars } from '../../core/languages/grammars.ts';
import { languageOfPath, languagesOf } from '../../core/languages/registry.ts';
import type { History, Notice } from '../../core/model.ts';
import type { FileView } from '../../core/snapshot.ts';
import type { SourceSymbol } from '../../core/traces/placement.ts';
import { symbolsOfFacts } from '../../core/traces/symbols.ts';
import type { LastReading } from '../facts-cache/lastReading.ts';
import type { IndexMemory } from '../facts-cache/memory.ts';
import { type FileAccess, isMinified, type Listing, listedAtOnce, type SkipReason } from '../files/access.ts';
import { configuredSources } from '../flag-servers/configured.ts';
import { NOTHING_SERVED, type Poller } from '../flag-servers/poller.ts';
import type { ReadFlagFile } from '../workers/flagFileReader.ts';
import { createChangedFiles } from './changedFiles.ts';
import { createDecodedAhead, type Prepared } from './decodedAhead.ts';
import { createFulfilment } from './fulfilWishes.ts';
import { type IndexOptions, type IndexSummary, indexRepository, prepareRepository } from './indexing.ts';
import type { Past } from './past.ts';
import { createPauses } from './pauses.ts';
import { recallReading } from './recall.ts';
import { textsWith } from './textsWith.ts';

/** Reads ages and rollout changes; what the browser and a restricted workspace have none of. */
export type ReadHistory = (
  host: Pick<Host, 'snapshot' | 'config'>,
  signal: AbortSignal | undefined,
) => Promise<History>;

export interface ProjectOptions {
  readonly grammars: Grammars;
  readonly access: FileAccess;
  /** The clock, milliseconds since 1970. */
  readonly now: () => number;
  /** Null where git is not run; `withoutHistory` then says why. */
  readonly readHistory: ReadHistory | null;
  readonly withoutHistory: string;
  /** Null where git is not run. */
  readonly past: Past | null;
  /** Opens what earlier runs learned of these files; absent or null where nothing is kept. */
  readonly openMemory?: () => Promise<IndexMemory | null>;
  /** What the last whole reading found; absent or null where nothing is kept. */
  readonly openReading?: () => Promise<LastReading | null>;
  /** Makes workers for large repositories; absent where there are no threads. */
  readonly startWorkers?: IndexOptions['startWorkers'];
  /** `as needed`: nobody is going to open a file, so that a language is loaded for a file that must be parsed only. */
  readonly grammarsLoad?: 'as needed';
  /** Decodes large flag files beside the main thread; absent where there are no threads. */
  readonly readFlagFile?: ReadFlagFile;
  /** Makes the poller of its flag servers; null where nobody is asked, and `withoutServers` says why. */
  readonly servers?: ((onChange: () => void) => Poller) | null;
  readonly withoutServers?: string;
  /** Whether servers are asked all the time, or when somebody says so. */
  readonly serversAsked?: 'in the background' | 'on demand' | 'kept only';
  /** What flag servers say has changed. */
  readonly onServed?: () => void;
  /** Trees of files that are wanted are kept for `checksOnTheWay` until the project is disposed: for projects that live a moment. */
  readonly keepsTrees?: 'of wanted files';
  /** What is off in this workspace from the start. */
  readonly notices: readonly Notice[];
}

export interface Project {
  readonly host: Host;
  /** How its files are read, for whoever needs one that the host has no place for. */
  readonly access: FileAccess;
  /** What other commits say; null where git is not run. */
  readonly past: Past | null;
  /**
   * Takes up what the last whole reading found, if it still holds: enough for whoever asks about places of files that are wanted.
   * Resolves to whether it does; if not, `index`.
   */
  recall(): Promise<boolean>;
  /** Its flag servers; null where nobody is asked. */
  readonly servers: Poller | null;
  /**
   * Lists the files, without those that take time to be found, and reads the configuration, runbooks and incidents; no source and no
   * data. For whoever says what else to read. Resolves to why the configuration that is there was not read, or null.
   */
  prepare(): Promise<SkipReason | null>;
  /** Takes in the files that `prepare` did not wait for; resolves to whether there are any. */
  prepareRest(): Promise<'something' | 'nothing'>;
  /** A project of the same files that nothing was read into, that asks no servers and remembers nothing. */
  apart(): Project;
  /** Reads everything of interest. */
  index(options?: IndexOptions): Promise<IndexSummary>;
  /** Reads what is known under the configuration of now, where that changed. */
  reconfigure(): Promise<void>;
  /** Reads files that the last changes made interesting, until it is late; resolves to whether there were any to look at. */
  fulfilWishes(isLate?: () => boolean): Promise<'something' | 'nothing'>;
  /** Before a document is opened in the host: decodes a large flag file elsewhere. */
  prepareDocument(path: string, text: string): Prepared;
  /** Reads large flag files again that were edited since; resolves to whether there were any. */
  catchUp(): Promise<boolean>;
  /** Functions of a text that may not be the file's current one; null in a language that has none here. */
  symbolsOf(path: string, text: string): readonly SourceSymbol[] | null;
  /** The checks that lead to places of a file (1-based), and which way, in their order; null where its text can't be parsed. */
  checksOnTheWay(
    file: FileView,
    places: readonly { readonly line: number; readonly column: number | null }[],
  ): readonly (readonly CheckOnTheWay[])[] | null;
  /**
   * Reads these files whatever they hold, for whoever asks about a place in them, and what they import, while there is time. Resolves to
   * those that there was no time for.
   */
  want(paths: Iterable<string>, isLate?: () => boolean, imports?: 'too' | 'left out'): Promise<readonly string[]>;
  /** Files that hold this text and that the host does not; for work that somebody waits for knowingly. */
  textsWith(text: string, signal: AbortSignal): Promise<ReadonlyMap<string, string>>;
  /** Files were made, changed or deleted on disk. */
  filesChanged(paths: readonly string[]): Promise<void>;
  /** Reads the history again, for the keys known by now. */
  refreshHistory(signal?: AbortSignal): Promise<void>;
  /** Asks nobody any longer. */
  dispose(): void;
}

export function createProject(options: ProjectOptions): Project {
  const { grammars, access } = options;
  const flagFiles = createDecodedAhead(options.readFlagFile, options.now);
  const host = createHost({
    grammars,
    decodeFlagFile: flagFiles.decode,
    now: options.now,
    reconfigures: 'in parts',
  });
  const trees = options.keepsTrees === undefined ? null : new Map<string, ParsedText>();
  let packages: WorkspacePackages = new Map();
  let listing: Listing | null = null;
  let notices: readonly Notice[] = options.notices;
  const tellServed = (): void => {
    const served = servers?.served() ?? NOTHING_SERVED;
    host.setServed(served);
    host.setNotices([...notices, ...served.notices, ...sourceNotices(served.sources)]);
    options.onServed?.();
  };
  const servers = options.servers?.(tellServed) ?? null;

  const push = async (path: string, need: 'wanted' | 'if-interesting'): Promise<void> => {
    const content = await access.read(path);
    if (content.kind !== 'text') {
      host.removeText(path);
      return;
    }
    const isSource = host.kindOf(path) === 'source';
    if ((await flagFiles.prepare(path, content.text, host.config(), 'disk')) === 'outdated') return;
    const isLeft = (text: string) => isMinified(path, text) || !host.isInteresting(text);
    if (isSource && need === 'if-interesting' && isLeft(content.text)) host.removeText(path);
    else {
      await grammars.load(languagesOf([path]));
      host.setText(path, content.text, need === 'wanted' ? factsKeepingTree(path, content.text) : undefined);
    }
  };

  /** The facts of a text whose tree is kept as well; undefined where nothing is kept. */
  const factsKeepingTree = (path: string, text: string): FileFacts | null | undefined => {
    const language = languageOfPath(path);
    if (trees === null || language === null || trees.size >= MOST_TREES || trees.has(path)) return undefined;
    const parsed = parseText(grammars, language, text);
    if (parsed !== null) trees.set(path, parsed);
    return parsed?.facts ?? null;
  };

  const reconfigure = (): Promise<void> => {
    const ahead = (path: string, text: string) => flagFiles.prepare(path, text, host.config(), 'configuration');
    return host.reconfigure(createPauses(), ahead);
  };

  const fulfilment = createFulfilment(host, access, path => push(path, 'wanted'));
  const takeChanged = createChangedFiles({
    host,
    grammars,
    access,
    setPaths: all => host.setPaths(all, packages),
    // What others import is wanted still, mostly; to leave it and to read it again would link everything twice.
    take: path => push(path, host.holds(path) ? 'wanted' : 'if-interesting'),
    reconfigure,
  });

  const project: Project = {
    host,
    access,
    past: options.past,
    servers,
    async recall() {
      const { openReading } = options;
      const holds = openReading !== undefined && (await recallReading(host, grammars, access, openReading));
      if (holds) await servers?.configure(host.config(), options.serversAsked ?? 'in the background');
      return holds;
    },
    apart() {
      const { grammars, access, now, withoutHistory, past } = options;
      const nothing = { readHistory: null, withoutHistory, notices: [] };
      return createProject({ ...nothing, grammars, access, now, past, keepsTrees: 'of wanted files' });
    },
    async prepare() {
      listing = access.listInSteps?.() ?? listedAtOnce(access.list());
      const soon = await listing.soon;
      // A configuration that is not tracked yet says how everything else is read.
      const isAhead = !soon.includes(CONFIG_PATH) && (await access.exists?.(CONFIG_PATH));
      return prepareRepository(host, grammars, access, isAhead ? await listing.all : soon);
    },
    async prepareRest() {
      const known = host.paths();
      const all = (await listing?.all) ?? [...known];
      if (all.every(path => known.has(path))) return 'nothing';
      await prepareRepository(host, grammars, access, all);
      return 'something';
    },
    async index(indexOptions) {
      host.setCompleteness('reading');
      const summary = await indexRepository(host, grammars, access, {
        ...indexOptions,
        openMemory: options.openMemory,
        startWorkers: options.startWorkers,
        prepareFlagFile: (path, text) => flagFiles.prepare(path, text, host.config(), 'disk'),
      }).catch(error => {
        host.setCompleteness('failed');
        throw error;
      });
      if (options.grammarsLoad !== 'as needed') await grammars.load(languagesOf(host.paths()));
      // What somebody typed since the last link.
      await host.linkRead(createPauses());
      host.setCompleteness('complete');
      packages = summary.packages;
      fulfilment.know(summary.words);
      notices = [...noticesOf(options, summary), ...(await unaskedNotices(options, host.config()))];
      host.setNotices(notices);
      await servers?.configure(host.config(), options.serversAsked ?? 'in the background');
      if (options.readHistory === null) host.setHistory({ kind: 'unavailable', reason: options.withoutHistory });
      return summary;
    },
    reconfigure,
    fulfilWishes: (isLate = never) => fulfilment.fulfil(isLate),
    prepareDocument: (path, text) => flagFiles.prepare(path, text, host.config(), 'document'),
    async catchUp() {
      const { readFlagFile } = options;
      if (readFlagFile === undefined) return host.catchUp();
      let caughtUp = false;
      for (const { path, text } of host.behind()) {
        const file = await readFlagFile(path, text, host.config(), options.now()).catch(() => null);
        // One that nobody decodes, or that is none any more, is looked at here.
        if (file !== null) caughtUp = host.takeFlagFile(path, text, file) || caughtUp;
        else caughtUp = host.catchUp() || caughtUp;
      }
      return caughtUp;
    },
    symbolsOf(path, text) {
      const language = languageOfPath(path);
      const parsed = language === null ? null : parseText(grammars, language, text);
      if (parsed === null) return null;
      releaseText(parsed);
      return symbolsOfFacts(parsed.facts, text);
    },
    checksOnTheWay(file, places) {
      const waysIn = (tree: Tree) =>
        places.map(({ line, column }) => checksOnTheWay(tree.rootNode, file, line, column));
      const kept = trees?.get(file.path);
      if (kept?.text === file.text) return waysIn(kept.tree);
      const language = languageOfPath(file.path);
      const tree = language === null ? null : parseTree(grammars, language, file.text);
      if (tree === null) return null;
      const ways = waysIn(tree);
      releaseText({ tree });
      return ways;
    },
    async want(paths, isLate = never, imports = 'too') {
      const pause = createPauses();
      const left: string[] = [];
      for (const path of paths) {
        await pause();
        if (isLate()) left.push(path);
        else if (host.documentText(path) === null) await push(path, 'wanted');
      }
      if (imports === 'too') await project.fulfilWishes(isLate);
      return left;
    },
    textsWith: (text, signal) => textsWith(host, access, text, signal),
    async filesChanged(paths) {
      fulfilment.forget(paths);
      await takeChanged(paths);
      // As saved: an address that is being typed is nobody's.
      if (paths.includes(CONFIG_PATH))
        await servers?.configure(host.config(), options.serversAsked ?? 'in the background');
    },
    async refreshHistory(signal) {
      if (options.readHistory === null) return;
      host.setHistory(await options.readHistory(host, signal));
    },
    dispose() {
      servers?.dispose();
      for (const parsed of trees?.values() ?? []) releaseText(parsed);
      trees?.clear();
    },
  };
  return project;
}

const never = (): boolean => false;

/** Trees are several times as large as their texts. */
const MOST_TREES = 40;

function noticesOf(options: ProjectOptions, summary: IndexSummary): readonly Notice[] {
  const notices = [...options.notices];
  if (summary.configurationSkipped !== null) {
    const message = `${CONFIG_PATH} ${SKIPPED_CONFIGURATION[summary.configurationSkipped]}; Flagbook uses its defaults.`;
    notices.push({ code: 'configuration', severity: 'warning', message });
  }
  const large = summary.skipped.get('large') ?? 0;
  if (large > 0) {
    const message = `${large} ${large === 1 ? 'file is' : 'files are'} larger than 1 MB and not read.`;
    notices.push({ code: 'skipped', severity: 'note', message });
  }
  const failed = summary.skipped.get('failed') ?? 0;
  if (failed > 0) {
    const message = `${failed} ${failed === 1 ? 'file makes' : 'files make'} the parser break down, and ${failed === 1 ? 'is' : 'are'} not read.`;
    notices.push({ code: 'skipped', severity: 'warning', message });
  }
  const untold = (summary.skipped.get('slow') ?? 0) + (summary.skipped.get('nested') ?? 0);
  if (untold > 0) {
    const message = `${untold} ${untold === 1 ? 'file takes' : 'files take'} the parser too long or ${untold === 1 ? 'nests' : 'nest'} too deeply; checks in ${untold === 1 ? 'it' : 'them'} are not known.`;
    notices.push({ code: 'skipped', severity: 'warning', message });
  }
  const cut = summary.skipped.get('cut') ?? 0;
  if (cut > 0) {
    const message = `${cut} ${cut === 1 ? 'file takes' : 'files take'} the parser too long: of ${cut === 1 ? 'it' : 'them'} only checks in the beginning are known.`;
    notices.push({ code: 'skipped', severity: 'warning', message });
  }
  return notices;
}

/** Servers that the configuration names where nobody is asked. */
async function unaskedNotices(options: ProjectOptions, config: Config): Promise<readonly Notice[]> {
  const { sources } = options.servers == null ? await configuredSources(config) : { sources: [] };
  if (sources.length === 0) return [];
  const titles = [...new Set(sources.map(source => source.service.title))].join(', ');
  return [
    {
      code: 'server/unasked',
      severity: 'note',
      message: `${titles} not asked: ${options.withoutServers ?? 'there is no network here.'}`,
    },
  ];
}

/** What is wrong with a configuration that can't be read, behind its name. */
export const SKIPPED_CONFIGURATION: Readonly<Record<SkipReason, string>> = {
  large: 'is larger than 1 MB and is not read',
  minified: 'is minified and is not read',
  binary: 'is a binary file and is not read',
  link: 'is a link or no file, and is not followed',
  unreadable: "can't be read",
  missing: 'is not there',
  failed: "can't be parsed",
};
