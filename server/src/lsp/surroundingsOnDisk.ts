/** What the language server has in a Node process: files, git, threads and flag servers of this machine. */
import { fileURLToPath } from 'node:url';
import { openMemoryOfUser } from '../sources/facts-cache/ofUser.ts';
import { createDiskAccess } from '../sources/files/disk.ts';
import { tokensOfEnvironment } from '../sources/flag-servers/environmentTokens.ts';
import { pollerOfUser } from '../sources/flag-servers/pollerOfUser.ts';
import { pastOnDisk } from '../sources/git/pastOnDisk.ts';
import { historyOnDisk } from '../sources/project/repositoryHistory.ts';
import { startWorkersOnDisk } from '../sources/workers/onDisk.ts';
import { clientTokens } from './clientTokens.ts';
import type { Surroundings } from './opening.ts';

/** @param wasmDirectory holds the grammars. */
export function surroundingsOnDisk(wasmDirectory: string): Surroundings {
  const environment = tokensOfEnvironment(process.env, 'of the repository');
  return {
    tokens: clientTokens,
    projectOnDisk(rootUri, { trusted, now, tokenFor, network, onError }) {
      const root = fileURLToPath(rootUri);
      const access = createDiskAccess(root, { git: trusted });
      return {
        access,
        startWorkers: startWorkersOnDisk(root, wasmDirectory, 'beside an editor'),
        openMemory: () => openMemoryOfUser(root, access),
        readHistory: trusted ? historyOnDisk(root, { now }) : null,
        withoutHistory: 'Git is not run in a restricted workspace.',
        past: trusted ? pastOnDisk(root) : null,
        servers: trusted
          ? onChange =>
              pollerOfUser({ tokenFor: tokenFor ?? environment.tokenFor, remembers: true, network, onChange, onError })
          : null,
        withoutServers: 'the workspace is restricted. Trust it to see its flags.',
      };
    },
  };
}
