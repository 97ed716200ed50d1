/**
 * What a project's history can be asked for while a trace is read: which commit ran, files as they were then, and where lines went
 * since. Shapes only, so that a front without a disk can name them; git answers in `sources/git/pastOnDisk.ts`.
 */
import type { CommitMoment } from '../../core/model.ts';
import type { Deployed } from '../../core/traces/deployed.ts';
import type { Drift } from '../../core/traces/drift.ts';
import type { SourceSymbol } from '../../core/traces/placement.ts';
import type { VersionMention } from '../../core/traces/versions.ts';

/** A file as it was at a commit. */
export type FileAtCommit =
  | { readonly kind: 'text'; readonly text: string; readonly commit: string }
  /** `reason` is one sentence for people: what is missing, and what to do. */
  | { readonly kind: 'failed'; readonly reason: string };

/** How files of now are read while lines are followed to them. */
export interface PresentFiles {
  /** The text of an open document, or of the disk. Never rejects. */
  readonly readNow: (path: string) => Promise<string | null>;
  readonly symbolsOf: (path: string, text: string) => readonly SourceSymbol[] | null;
}

/** Lines from one commit to the working tree. */
export interface LinesSince {
  readonly kind: 'ok';
  /** The drift of these files, by their paths of then. */
  readonly read: (paths: readonly string[]) => Promise<Drift>;
  /** The same, and what became of these lines (1-based) where they left their file. */
  readonly lookElsewhere: (places: readonly { readonly path: string; readonly line: number }[]) => Promise<Drift>;
}

/** Lines of a file whose last changes are asked for. */
export interface AskedLines {
  readonly path: string;
  /** 1-based. */
  readonly lines: readonly number[];
  /** The text of an open document, null for the disk's. */
  readonly unsaved: string | null;
}

/** Nothing here rejects. Paths are relative to the project's root. */
export interface Past {
  /** The file that stood at `path` at `revision`, which is a commit, a tag or a branch. */
  fileAt(path: string, revision: string, signal?: AbortSignal): Promise<FileAtCommit>;
  /** The commit that ran: the given revision, else what a text mentions; `ownNames` are what the project is called. */
  findDeployed(
    mentions: readonly VersionMention[],
    given: string | null,
    ownNames: ReadonlySet<string>,
    signal?: AbortSignal,
  ): Promise<Deployed>;
  /** The last changes of lines, by path and line, for as many of them as git knows. */
  lastChanges(
    files: readonly AskedLines[],
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, ReadonlyMap<number, CommitMoment>>>;
  /** When files were last committed, for those that were since then; milliseconds since 1970. */
  committedSince(paths: readonly string[], since: number, signal?: AbortSignal): Promise<ReadonlyMap<string, number>>;
  /** Follows lines from a commit (its full name). */
  linesSince(
    commit: string,
    files: PresentFiles,
    signal?: AbortSignal,
  ): Promise<LinesSince | { readonly kind: 'failed'; readonly reason: string }>;
}
