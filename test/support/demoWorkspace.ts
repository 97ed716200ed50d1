// Where the demo workspace is that set-up built.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cache } from '../setup/steps.mjs';

/** The demo workspace; throws with advice when it has not been built. Tests that write work on a copy. */
export function demoWorkspace(): string {
  const folder = process.env.FLAGBOOK_DEMO_WORKSPACE ?? join(cache, 'demo', 'shop');
  if (!existsSync(folder)) {
    throw new Error(`There is no demo workspace at ${folder}: run \`node test/setup/setup.mjs\` first.`);
  }
  return folder;
}
