// What each way of using the project needs before it can begin. Node built-ins only: this runs before `npm ci`.
// `node test/setup/setup.mjs` does all of it and nothing else.
import { pathToFileURL } from 'node:url';
import { ensureChromium } from './chromium.mjs';
import { ensureCodeServer } from './codeServer.mjs';
import {
  ensureBuild,
  ensureDemoForPeople,
  ensureDemoForTests,
  ensureEvaluators,
  ensureFlagServers,
  ensurePackagedExtension,
  ensurePackages,
} from './project.mjs';
import { main } from './steps.mjs';

/** The command line on the demo workspace. */
export async function setUpCommandLine() {
  await ensurePackages();
  await ensureBuild();
  await ensureDemoForPeople();
}

/** The packaged extension on the demo workspace, for a VS Code that is there already; returns the .vsix. */
export async function setUpExtension() {
  await ensurePackages();
  const vsix = await ensurePackagedExtension();
  await ensureDemoForPeople();
  return vsix;
}

/** The tests that need Node alone. */
export async function setUpNodeTests() {
  await ensurePackages();
  await ensureBuild();
  await ensureDemoForTests();
}

/** The tests against the flag systems' own evaluators. */
export async function setUpEvaluatorTests() {
  await ensurePackages();
  await ensureEvaluators();
}

/** The tests against real flag servers. */
export async function setUpServerTests() {
  await ensurePackages();
  // One test opens a workbench.
  await ensurePackagedExtension();
  await ensureChromium();
  await ensureCodeServer();
  await ensureFlagServers();
}

/** The host tests in the VS Code that FLAGBOOK_TEST_HOST names. */
export async function setUpHostTests() {
  await setUpNodeTests();
  if (process.env.FLAGBOOK_TEST_HOST === 'electron') return;
  await ensureChromium();
  await ensureCodeServer();
}

/** The ui tests: the packaged extension in a browser. */
export async function setUpUiTests() {
  await ensurePackages();
  await ensurePackagedExtension();
  await ensureDemoForTests();
  await ensureChromium();
  await ensureCodeServer();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async () => {
    await setUpUiTests();
    await setUpHostTests();
    await setUpEvaluatorTests();
    await setUpServerTests();
    await setUpExtension();
  });
}
