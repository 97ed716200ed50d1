/** The language server in a Node process: over stdio or Node's IPC, with files and git on disk. Importing it starts nothing. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { openMemoryOfUser } from '../sources/facts-cache/ofUser.ts';
import { createDiskAccess } from '../sources/files/disk.ts';
import { tokensOfEnvironment } from '../sources/flag-servers/environmentTokens.ts';
import { pollerOfUser } from '../sources/flag-servers/pollerOfUser.ts';
import { pastOnDisk } from '../sources/git/pastOnDisk.ts';
import { historyOnDisk } from '../sources/project/repositoryHistory.ts';
import { startWorkersOnDisk } from '../sources/workers/onDisk.ts';
import { clientTokens } from './clientTokens.ts';
import { serve } from './server.ts';

/** Starts serving. `wasmDirectory` holds the grammars. */
export function serveProcess(wasmDirectory: string): void {
  const environment = tokensOfEnvironment(process.env, 'of the repository');
  serve(createConnection(ProposedFeatures.all), {
    readWasm: name => readFile(join(wasmDirectory, `${name}.wasm`)),
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
  });
}
