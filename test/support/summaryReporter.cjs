// Mocha's own "spec" listing on the terminal, and the same results as one JSON file for whoever adds up several suites.
// CommonJS, because mocha loads reporters with `require`.
const { mkdirSync, renameSync, writeFileSync } = require('node:fs');
const { dirname } = require('node:path');
const mocha = require('mocha');

/** The reporter; the file's path comes from FLAGBOOK_TEST_SUMMARY or from the reporter option `summary`. */
module.exports = class SummaryReporter extends mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const file = options?.reporterOptions?.summary ?? process.env.FLAGBOOK_TEST_SUMMARY;
    const tests = [];
    const add = (test, state, error) => {
      const path = test.titlePath();
      const title = path.pop();
      tests.push({ path, title, state, duration: test.duration ?? 0, ...(error && { error: describeError(error) }) });
    };
    runner.on('pass', test => add(test, 'passed'));
    runner.on('pending', test => add(test, 'pending'));
    runner.on('fail', (test, error) => add(test, 'failed', error));
    runner.once('end', () => {
      if (file === undefined) return;
      const count = state => tests.filter(test => test.state === state).length;
      const summary = { passed: count('passed'), failed: count('failed'), pending: count('pending'), tests };
      // Written beside and renamed, so that a reader never sees half a file.
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.part`, JSON.stringify(summary, null, 1));
      renameSync(`${file}.part`, file);
    });
  }
};

function describeError(error) {
  const message = String(error?.message ?? error);
  return { message, stack: String(error?.stack ?? message) };
}
