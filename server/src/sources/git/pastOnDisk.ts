/** Git's answers about other commits of a project on disk. Which lines correspond to which is in `core/traces`. */
import { decodeBytes, MAX_FILE_BYTES, type SkipReason } from '../files/access.ts';
import type { FileAtCommit, Past } from '../project/past.ts';
import { readDeployedLines } from './deployedLines.ts';
import { findDeployed } from './deployment.ts';
import { filesCommittedSince, lastChangesOfLines } from './lineHistory.ts';
import { readBlob, resolveRevision } from './repository.ts';

/** The past of the project at `root`: a repository, or a folder of one. */
export function pastOnDisk(root: string): Past {
  return {
    fileAt: (path, revision, signal) => fileAt(root, path, revision, signal),
    findDeployed: (mentions, given, ownNames, signal) => findDeployed(root, mentions, given, ownNames, signal),
    lastChanges: (files, signal) => lastChangesOfLines(root, files, signal),
    committedSince: (paths, since, signal) => filesCommittedSince(root, paths, since, signal),
    linesSince: (commit, files, signal) => readDeployedLines({ root, commit, head: null, ...files, signal }),
  };
}

async function fileAt(root: string, path: string, revision: string, signal?: AbortSignal): Promise<FileAtCommit> {
  // Git would read a file of the repository that lies outside the folder that is open.
  if (path === '' || path.startsWith('/') || path.split('/').includes('..')) {
    return failed(`${path} is no file of this workspace.`);
  }
  const resolved = await resolveRevision(root, revision, signal);
  if (resolved.kind === 'failed') return failed(resolved.reason);
  const { commit } = resolved;
  const blob = await readBlob(root, commit, path, { signal });
  if (blob.kind === 'failed') return failed(blob.reason);
  const at = `at ${commit.slice(0, 10)}`;
  if (blob.bytes === null) return failed(`There was no file ${path} ${at}.`);
  const content = decodeBytes(blob.bytes);
  if (content.kind === 'text') return { kind: 'text', text: content.text, commit };
  return failed(`${path} ${at} ${UNREADABLE[content.reason]}.`);
}

const UNREADABLE: Readonly<Record<SkipReason, string>> = {
  large: `is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB`,
  minified: 'is minified',
  binary: 'is a binary file',
  link: 'is a link',
  unreadable: "can't be read",
  missing: 'is not there',
  failed: "can't be parsed",
};

function failed(reason: string): FileAtCommit {
  return { kind: 'failed', reason };
}
