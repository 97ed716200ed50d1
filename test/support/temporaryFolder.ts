// Temporary folders that go away with the process that made them, however it ends.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made = new Set<string>();
process.once('exit', () => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** Makes an empty folder, removed when this process exits. The name is short: sockets in it have paths of at most 107 bytes. */
export function makeTemporaryFolder(name: string): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), `flagbook-${name}-`));
  made.add(folder);
  return folder;
}
