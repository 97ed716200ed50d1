// Serves a workspace in the browser build of VS Code with one extension, until Ctrl+C. `npm start` calls it where no desktop VS Code is.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { remoteUri, startCodeServer, workbenchAddress } from '../support/codeServer.ts';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';

main().catch(error => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      workspace: { type: 'string', default: '.' },
      file: { type: 'string', default: 'README.md' },
      extension: { type: 'string', default: '' },
      port: { type: 'string', default: '0' },
      open: { type: 'boolean', default: false },
    },
  });
  const server = await startCodeServer({
    home: makeTemporaryFolder('start'),
    purpose: 'workbench',
    workspaceTrust: 'off',
    extensions: [values.extension],
    port: Number(values.port),
  });
  const file = remoteUri(server.authority, join(values.workspace, values.file));
  const address = workbenchAddress(server.authority, values.workspace, [['openFile', file]]);
  console.log(`VS Code with Flagbook and the demo workspace is at\n\n  ${address}\n\nCtrl+C ends it.`);
  if (values.open) spawn(opener(), [address], { stdio: 'ignore', detached: true }).on('error', () => {});
  await server.ended;
}

function opener(): string {
  return process.platform === 'darwin' ? 'open' : 'xdg-open';
}
