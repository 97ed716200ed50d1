/**
 * A repository as both long-lived fronts hold it: the host, how its files are read, and the history behind them. Everything
 * here happens in the background of a request or before a command; nothing that answers a keystroke waits for it.
 */
import { type CheckOnTheWay, checksOnTheWay } from '../../core/flags/checksOnTheWay.ts';
import type { WorkspacePackages } from '../../core/flags/resolve/modules.ts';
import { CONFIG_PATH, createHost, type Host, languagesOf } from '../../core/host.ts';
import { parseText, releaseText } from '../../core/languages/extract.ts';
import type { Grammars } from '../../core/languages/grammars.ts';
import { languageOfPath } from '../../core/languages/registry.ts';
import type { History, Notice } from '../../core/model.ts';
import type { FileView } from '../../core/snapshot.ts';
import type { SourceSymbol } from '../../core/traces/placement.ts';
import { symbolsOfFacts } from '../../core/traces/symbols.ts';
import type { LastReading } from '../facts-cache/lastReading.ts';
import type { IndexMemory } from '../facts-cache/memory.ts';
import type { FileAccess, SkipReason } from '../files/access.ts';
import { decodeFlagFile } from '../flag-systems/registry.ts';
import { type IndexOptions, type IndexSummary, indexRepository } from './indexing.ts';
import type { Past } from './past.ts';
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
  /** `as needed`: nobody is going to open a file, so that a language is loaded for a file that must be parsed only. */
  readonly grammarsLoad?: 'as needed';
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
  /** Reads everything of interest. */
  index(options?: IndexOptions): Promise<IndexSummary>;
  /** Reads files that the last changes made interesting. Resolves to whether there were any. */
  fulfilWishes(): Promise<void>;
  /** Functions of a text that may not be the file's current one; null in a language that has none here. */
  symbolsOf(path: string, text: string): readonly SourceSymbol[] | null;
  /** The checks that lead to places of a file (1-based), and which way, in their order; null where its text can't be parsed. */
  checksOnTheWay(
    file: FileView,
    places: readonly { readonly line: number; readonly column: number | null }[],
  ): readonly (readonly CheckOnTheWay[])[] | null;
  /** Reads these files whatever they hold, for whoever asks about a place in them. */
  want(paths: Iterable<string>): Promise<void>;
  /** Files that hold this text and that the host does not; for work that somebody waits for knowingly. */
  textsWith(text: string, signal: AbortSignal): Promise<ReadonlyMap<string, string>>;
  /** Files were made, changed or deleted on disk. */
  filesChanged(paths: readonly string[]): Promise<void>;
  /** Reads the history again, for the keys known by now. */
  refreshHistory(signal?: AbortSignal): Promise<void>;
}

export function createProject(options: ProjectOptions): Project {
  const { grammars, access } = options;
  const host = createHost({ grammars, decodeFlagFile, now: options.now });
  const asked = new Set<string>();
  let packages: WorkspacePackages = new Map();

  const push = async (path: string, need: 'wanted' | 'if-interesting'): Promise<void> => {
    const content = await access.read(path);
    if (content.kind !== 'text') {
      host.removeText(path);
      return;
    }
    const isSource = host.kindOf(path) === 'source';
    if (isSource && need === 'if-interesting' && !host.isInteresting(content.text)) host.removeText(path);
    else {
      await grammars.load(languagesOf([path]));
      host.setText(path, content.text);
    }
  };

  const project: Project = {
    host,
    access,
    past: options.past,
    recall: async () => options.openReading !== undefined && recallReading(host, grammars, access, options.openReading),
    async index(indexOptions) {
      host.setCompleteness('reading');
      const summary = await indexRepository(host, grammars, access, {
        ...indexOptions,
        openMemory: options.openMemory,
      }).catch(error => {
        host.setCompleteness('failed');
        throw error;
      });
      if (options.grammarsLoad !== 'as needed') await grammars.load(languagesOf(host.paths()));
      host.setCompleteness('complete');
      packages = summary.packages;
      host.setNotices(noticesOf(options, summary));
      if (options.readHistory === null) host.setHistory({ kind: 'unavailable', reason: options.withoutHistory });
      return summary;
    },
    async fulfilWishes() {
      for (const path of host.wishes().paths) {
        if (asked.has(path)) continue;
        asked.add(path);
        await push(path, 'wanted');
      }
    },
    symbolsOf(path, text) {
      const language = languageOfPath(path);
      const parsed = language === null ? null : parseText(grammars, language, text);
      if (parsed === null) return null;
      releaseText(parsed);
      return symbolsOfFacts(parsed.facts, text);
    },
    checksOnTheWay(file, places) {
      const language = languageOfPath(file.path);
      const parsed = language === null ? null : parseText(grammars, language, file.text);
      if (parsed === null) return null;
      const { rootNode } = parsed.tree;
      const ways = places.map(({ line, column }) => checksOnTheWay(rootNode, file, line, column));
      releaseText(parsed);
      return ways;
    },
    async want(paths) {
      for (const path of paths) if (host.documentText(path) === null) await push(path, 'wanted');
      await project.fulfilWishes();
    },
    textsWith: (text, signal) => textsWith(host, access, text, signal),
    async filesChanged(paths) {
      const known = host.paths();
      const relevant = paths.filter(path => host.kindOf(path) !== 'other');
      const isNew = relevant.some(path => !known.has(path));
      // Git's list leaves out what is ignored; a new file counts only when it is on it.
      if (isNew || relevant.some(path => known.has(path))) host.setPaths(await access.list(), packages);
      await grammars.load(languagesOf(relevant));
      for (const path of relevant) {
        asked.delete(path);
        if (host.paths().has(path)) await push(path, 'if-interesting');
        else host.removeText(path);
      }
    },
    async refreshHistory(signal) {
      if (options.readHistory === null) return;
      host.setHistory(await options.readHistory(host, signal));
    },
  };
  return project;
}

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
  return notices;
}

/** What is wrong with a configuration that can't be read, behind its name. */
export const SKIPPED_CONFIGURATION: Readonly<Record<SkipReason, string>> = {
  large: 'is larger than 1 MB and is not read',
  binary: 'is a binary file and is not read',
  link: 'is a link or no file, and is not followed',
  unreadable: "can't be read",
  missing: 'is not there',
};
