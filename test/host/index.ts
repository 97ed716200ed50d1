// The entrance of the host tests: VS Code's extension host loads this file and calls `run`. It knows nothing of how VS Code was
// started; which test files to run and where to report comes through the environment.
import Mocha from 'mocha';
import SummaryReporter from '../support/summaryReporter.cjs';

/** Runs the test files of FLAGBOOK_HOST_FILES (a JSON array of absolute paths); rejects when a test failed. */
export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 60_000,
    // A window on a loaded machine can miss a moment; what is broken fails again.
    retries: 2,
    color: false,
    forbidOnly: true,
    reporter: SummaryReporter,
    ...(process.env.FLAGBOOK_TEST_GREP ? { grep: process.env.FLAGBOOK_TEST_GREP } : {}),
  });
  for (const file of JSON.parse(process.env.FLAGBOOK_HOST_FILES ?? '[]') as string[]) mocha.addFile(file);
  const failures = await new Promise<number>(resolve => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}
