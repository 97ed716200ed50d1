/** What the language server has in a Node process: files, git, threads and flag servers of this machine. */
import { fileURLToPath } from 'node:url';
import { sayCrashes } from '../sources/crashOutput.ts';
import { cacheDirectory, editionOfProgram } from '../sources/facts-cache/cacheDirectory.ts';
import { openMemoryOfUser } from '../sources/facts-cache/ofUser.ts';
import { createDiskAccess } from '../sources/files/disk.ts';
import { tokensOfEnvironment } from '../sources/flag-servers/environmentTokens.ts';
import { holdTokens, takeTokens } from '../sources/flag-servers/heldTokens.ts';
import { pollerOfUser } from '../sources/flag-servers/pollerOfUser.ts';
import { pastOnDisk } from '../sources/git/pastOnDisk.ts';
import { historyOnDisk } from '../sources/project/repositoryHistory.ts';
import { createFlagFileReader } from '../sources/workers/flagFileReader.ts';
import { startWorkersOnDisk } from '../sources/workers/onDisk.ts';
import { clientTokens } from './clientTokens.ts';
import type { Surroundings } from './opening.ts';

/** @param wasmDirectory holds the grammars. */
export function surroundingsOnDisk(wasmDirectory: string): Surroundings {
  const env = takeTokens(process.env);
  const held = holdTokens(env);
  sayCrashes(held.clean);
  const environment = tokensOfEnvironment(env, 'of the repository');
  const flagFiles = createFlagFileReader(wasmDirectory);
  const remembered = { cacheDirectory: cacheDirectory(process.env, process.platform), edition: editionOfProgram() };
  return {
    tokens: connection => held.watch(clientTokens(connection)),
    projectOnDisk(rootUri, { trusted, now, tokenFor, network, onError }) {
      const root = fileURLToPath(rootUri);
      const access = createDiskAccess(root, { git: trusted });
      return {
        access,
        readFlagFile: flagFiles.read,
        startWorkers: startWorkersOnDisk(root, wasmDirectory, 'beside an editor'),
        openMemory: () => openMemoryOfUser(root, access),
        readHistory: trusted ? historyOnDisk(root, { now, ...remembered, readVersion: flagFiles.readVersion }) : null,
        withoutHistory: 'Git is not run in a restricted workspace.',
        past: trusted ? pastOnDisk(root) : null,
        servers: trusted
          ? onChange => {
              const tokens = tokenFor ?? held.watch(environment.tokenFor);
              return pollerOfUser({ tokenFor: tokens, remembers: true, network, onChange, onError });
            }
          : null,
        withoutServers: 'the workspace is restricted. Trust it to see its flags.',
      };
    },
  };
}
