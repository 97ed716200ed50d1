/**
 * What a host is to those who push into it and ask it: sources drive it, fronts take snapshots of it. How it does all this is the business
 * of `host.ts`.
 */
import type { Config } from './config.ts';
import type { ServedNow } from './entries.ts';
import type { LinkMemory, LinkResult } from './flags/linking/linkMemory.ts';
import type { InterestWords } from './flags/linking/prefilter.ts';
import type { WorkspacePackages } from './flags/resolve/modules.ts';
import type { PathKind } from './hostSetup.ts';
import type { TextEdit } from './languages/chunks.ts';
import type { ParsedText } from './languages/extract.ts';
import type { FileFacts } from './languages/facts.ts';
import type { Grammars, Pause } from './languages/grammars.ts';
import type { FlagFile, History, Notice } from './model.ts';
import type { DecodeAhead } from './reconfiguring.ts';
import type { Completeness, Snapshot } from './snapshot.ts';
import type { Wishes } from './wishes.ts';

/** Decodes a flag file, or says with null that the file is none. Flag systems' formats are sources, so they are handed in. */
export type DecodeFlagFile = (path: string, text: string, config: Config, now: number) => FlagFile | null;

export interface HostOptions {
  readonly grammars: Grammars;
  readonly decodeFlagFile: DecodeFlagFile;
  /** The clock, milliseconds since 1970: scheduled rollouts are read as of now. */
  readonly now: () => number;
  /** `in parts`: after a change of the configuration somebody calls `reconfigure`. Default: at once. */
  readonly reconfigures?: 'in parts';
}

export interface Host {
  /** Replaces the list of the repository's paths and its workspace packages. */
  setPaths(paths: Iterable<string>, packages: WorkspacePackages): void;
  /** The repository's paths and those of open documents that are not saved yet. */
  paths(): ReadonlySet<string>;
  /**
   * The text of a file on disk. Source files that hold nothing of interest should not be pushed: ask `isInteresting`. `known`
   * are the text's facts, if somebody has them already; null when somebody found that it has none.
   */
  setText(path: string, text: string, known?: FileFacts | null): Held;
  /**
   * The same of a source that is read because of its words, whose facts are known; `aside` where it says nothing by itself (`linking/alone.ts`): then
   * nothing of it is held.
   */
  offerText(path: string, text: string, known: FileFacts): Held['kind'] | 'aside';
  removeText(path: string): void;
  /**
   * An open document's text; it wins over the one on disk until `closeDocument`. Its syntax tree is kept for edits. `known` is the parsed
   * text where somebody has it already, and belongs to the host from then on.
   */
  openDocument(path: string, text: string, known?: ParsedText | null): void;
  /** Edits of an open document, each on the result of the one before. */
  editDocument(path: string, edits: readonly TextEdit[]): void;
  closeDocument(path: string): void;
  /**
   * Reads large flag files again that were edited since: until then their places move with the text, and what they say is what
   * they said before. Returns whether there were any.
   */
  catchUp(): boolean;
  /** What there is to catch up with, for whoever decodes elsewhere. */
  behind(): readonly { readonly path: string; readonly text: string }[];
  /** Catches up with one file, as somebody decoded this very text of it; returns false where the text is another by now. */
  takeFlagFile(path: string, text: string, file: FlagFile): boolean;
  documentText(path: string): string | null;
  /** Whether a file's text is part of what the host knows. */
  holds(path: string): boolean;
  /** The checks of all files by path, and the source files that define flags: what `takeChecks` is to be given later. */
  findings(): { readonly checks: LinkResult['checks']; readonly defining: ReadonlySet<string> };
  /**
   * Takes these checks (by path) for all there are, and links nothing from now on: for a program that asks about a few places of
   * files that an earlier run linked, and ends. Nothing more is wished for.
   */
  takeChecks(found: LinkResult['checks']): void;
  /** Names that make a file that was set aside count after all, besides what is wished for (`namesThatCount`). */
  namesThatCount(): ReadonlySet<string>;
  /** What is kept of linking; null where checks were taken or something changed since. */
  linkMemory(): LinkMemory | null;
  setHistory(history: History): void;
  setNotices(notices: readonly Notice[]): void;
  /** What flag servers say. */
  setServed(next: ServedNow): void;
  /** Said by whoever reads the repository; a host that nobody reads for is complete. */
  setCompleteness(completeness: Completeness): void;
  /** What was said of it last; without a snapshot, which would link what has been read so far. */
  completeness(): Completeness;
  config(): Config;
  kindOf(path: string): PathKind;
  /** Whether a source file's text holds a word that could make it matter, whatever the other files hold. */
  isInteresting(text: string): boolean;
  /** What the configuration adds to what is interesting: texts are answered alike while it is the same. */
  interest(): string;
  /** The words that `isInteresting` looks for, besides names that flag libraries of a repository's own would have. */
  interestWords(): InterestWords;
  /**
   * Links what changed while it lets others run, so that nobody has to wait for it at once; see `Linking.prepareResult`. While the
   * repository is read these are the open documents and what they import.
   */
  prepareLinks(pause: Pause): Promise<void>;
  /** Reads what is held under the configuration that is there now, where that changed; until then it says what it said before. */
  reconfigure(pause: Pause, ahead: DecodeAhead): Promise<void>;
  /**
   * Links everything as it stands, for whoever reads the repository, and gives what is wished for then. What changes meanwhile does not
   * begin it again. Null when it was given up because `goesOn` said so.
   */
  linkRead(pause: Pause, goesOn?: () => boolean): Promise<Wishes | null>;
  /**
   * Repository files that would resolve more, and words whose files would. Both shrink as they are pushed. While the repository is
   * read they are those of open documents.
   */
  wishes(): Wishes;
  /** Grows whenever a snapshot would differ. */
  revision(): number;
  /** The snapshot of now. Cheap when nothing changed. */
  snapshot(now: number): Snapshot;
}

/** What became of a text that was set. */
export interface Held {
  /** `left`: it has nothing to do with flags, runbooks and incidents. */
  readonly kind: 'kept' | 'left';
  readonly facts: FileFacts | null;
}
