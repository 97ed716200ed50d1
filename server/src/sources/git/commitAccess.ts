/** The files of a commit, read from the disk where they are the same there and from git where they are not. */
import { decodeBytes, type FileAccess, isVendored } from '../files/access.ts';
import { readBlobs } from './blobs.ts';
import { diff } from './diff.ts';
import type { GitFailure } from './run.ts';

/** `disk` is the access to the working tree at `root`. */
export async function createCommitAccess(
  root: string,
  commit: string,
  disk: FileAccess,
): Promise<{ readonly kind: 'ok'; readonly access: FileAccess } | GitFailure> {
  const changes = await diff(root, commit, null);
  if (changes.kind === 'failed') return changes;
  const oldPaths = changes.files.flatMap(file => (file.oldPath === null ? [] : [file.oldPath]));
  const added = new Set(changes.files.flatMap(file => (file.newPath === null ? [] : [file.newPath])));
  const blobs = await readBlobs(root, commit, oldPaths);
  if (blobs.kind === 'failed') return blobs;
  return {
    kind: 'ok',
    access: {
      async list() {
        const same = (await disk.list()).filter(path => !added.has(path));
        return [...new Set([...same, ...blobs.blobs.keys()])].filter(path => !isVendored(path)).sort();
      },
      async read(path) {
        const bytes = blobs.blobs.get(path);
        if (bytes !== undefined) return decodeBytes(bytes);
        return added.has(path) ? { kind: 'skipped', reason: 'unreadable' } : disk.read(path);
      },
    },
  };
}
