// `npm run pictures`: runs the ui tests and those of real servers, and keeps the pictures they take on the way as the README's, in client/media/pictures.
// The tests' clock and window are fixed, so that a picture changes only when what it shows does. Look at them before you commit.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../setup/steps.mjs';

const { status } = spawnSync(process.execPath, [join(root, 'test', 'setup', 'test.mjs'), '--only', 'ui,servers'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, FLAGBOOK_PICTURES: 'write' },
});
process.exitCode = status ?? 1;
