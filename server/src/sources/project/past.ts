/**
 * What a project's history can be asked for while a trace is read: files as they were at another commit. Shapes only, so that a
 * front without a disk can name them; git answers in `sources/git/pastOnDisk.ts`.
 */

/** A file as it was at a commit. */
export type FileAtCommit =
  | { readonly kind: 'text'; readonly text: string; readonly commit: string }
  /** `reason` is one sentence for people: what is missing, and what to do. */
  | { readonly kind: 'failed'; readonly reason: string };

export interface Past {
  /**
   * The file of the project that stood at `path` at `revision`, which is a commit, a tag or a branch. Never rejects. `path` is
   * relative to the project's root.
   */
  fileAt(path: string, revision: string, signal?: AbortSignal): Promise<FileAtCommit>;
}
