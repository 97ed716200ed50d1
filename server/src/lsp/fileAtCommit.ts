/** A file as it was at a commit, for the editor's read-only document; the folder that the URI is in answers. */
import { locate } from './folders.ts';
import type { FileAtCommitParams, FileAtCommitResult } from './protocol.ts';
import type { Session } from './session.ts';

export async function fileAtCommit(session: Session, params: FileAtCommitParams): Promise<FileAtCommitResult> {
  const { uri, revision } = params;
  if (typeof uri !== 'string' || typeof revision !== 'string') {
    return { kind: 'failed', reason: 'Name a file and a commit.' };
  }
  const located = locate(session.folders(), uri);
  if (located === null || located.folder.root === null) {
    return { kind: 'failed', reason: 'The file belongs to no folder of this window.' };
  }
  const { past } = located.folder.project;
  if (past === null) {
    return { kind: 'failed', reason: 'Git is not run here: trust the workspace, or open the folder on disk.' };
  }
  return past.fileAt(located.path, revision);
}
