/** Files read through the client, for virtual workspaces and the browser. */
import type { Connection } from 'vscode-languageserver';
import { encodePath } from '../core/markdown/write.ts';
import { decodeBytes, type FileAccess, isVendored } from '../sources/files/access.ts';
import { decodeUri } from './folders.ts';
import { ListFilesRequest, type ListFilesResult, ReadFileRequest, type ReadFileResult } from './protocol.ts';

/** Access to the files below a folder's URI. */
export function clientAccess(connection: Connection, root: string): FileAccess {
  const prefix = `${decodeUri(root)}/`;
  const uris = new Map<string, string>();
  return {
    async list() {
      const found = await connection.sendRequest<ListFilesResult>(ListFilesRequest, { folder: root });
      for (const uri of found) {
        const decoded = decodeUri(uri);
        if (decoded.startsWith(prefix) && !isVendored(decoded.slice(prefix.length)))
          uris.set(decoded.slice(prefix.length), uri);
      }
      return [...uris.keys()].sort();
    },
    async read(path) {
      const uri = uris.get(path) ?? `${root}/${encodePath(path)}`;
      try {
        const encoded = await connection.sendRequest<ReadFileResult>(ReadFileRequest, { uri });
        if (encoded === null) return { kind: 'skipped', reason: 'unreadable' };
        return decodeBytes(Uint8Array.from(atob(encoded), character => character.charCodeAt(0)));
      } catch {
        return { kind: 'skipped', reason: 'unreadable' };
      }
    },
  };
}
