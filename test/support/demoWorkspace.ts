// Where the demo workspace is that set-up built for the tests.
import { existsSync } from 'node:fs';
import { demoForTests } from '../setup/project.mjs';

/** The extension's clock in tests on the demo (FLAGBOOK_NOW): a day soon after its last commit, so that ages are the same every day. */
export const demoTime = '2026-11-02T18:00:00Z';

/** The demo workspace (FLAGBOOK_DEMO_WORKSPACE goes before it); throws with advice when it has not been built. Tests that write work on a copy. */
export function demoWorkspace(): string {
  const folder = process.env.FLAGBOOK_DEMO_WORKSPACE || demoForTests;
  if (existsSync(folder)) return folder;
  throw new Error(`There is no demo workspace at ${folder}: run \`node test/setup/setup.mjs\` first.`);
}
