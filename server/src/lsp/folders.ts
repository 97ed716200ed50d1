/** Workspace folders and their projects: which one a document belongs to, and the addresses of its paths. */
import { encodePath } from '../core/markdown/write.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { Project } from '../sources/project/project.ts';
import type { Addresses } from './toProtocol.ts';

/** A folder's project. `root` is the folder's URI without a trailing slash; null for documents outside all folders. */
export interface Folder {
  readonly root: string | null;
  readonly project: Project;
}

/** A document in its folder. */
export interface Located {
  readonly folder: Folder;
  readonly path: string;
}

/** The folder a document is in: the deepest one that holds it, else the one for loose documents. */
export function locate(folders: readonly Folder[], uri: string): Located | null {
  const decoded = decodeUri(uri);
  let best: Located | null = null;
  for (const folder of folders) {
    if (folder.root === null) continue;
    const root = `${decodeUri(folder.root)}/`;
    if (!decoded.startsWith(root)) continue;
    const path = decoded.slice(root.length);
    if (best === null || path.length < best.path.length) best = { folder, path };
  }
  if (best !== null) return best;
  const loose = folders.find(folder => folder.root === null);
  return loose === undefined ? null : { folder: loose, path: uri };
}

/** A snapshot together with the addresses of its paths. */
export function addressesOf(folder: Folder, snapshot: Snapshot): Addresses {
  return { snapshot, uriOf: path => uriOf(folder, path) };
}

export function uriOf(folder: Folder, path: string): string {
  return folder.root === null ? path : `${folder.root}/${encodePath(path)}`;
}

/** Clients escape differently (`%3A`, `:`): addresses are compared without escapes. Malformed ones stay as they are. */
export function decodeUri(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
