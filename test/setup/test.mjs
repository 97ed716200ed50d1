// `npm test`: all the set-up, then every test there is; the last line on stdout is `N passed, N failed`.
// `node test/setup/test.mjs --only unit,cli` runs some of the suites. A suite that cannot run, or does not come to its end,
// counts as one failed test: nothing is left out in silence.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { demoForTests } from './project.mjs';
import { setUpEvaluatorTests, setUpHostTests, setUpNodeTests, setUpServerTests, setUpUiTests } from './setup.mjs';
import { cache, npm, root, SetupError, say } from './steps.mjs';

const results = join(root, 'out', 'test-results');

// A suite that has not ended by then hangs.
const longestSuite = 20 * 60_000;

const suites = [
  { name: 'check', setUp: setUpNodeTests, command: () => npm('run', '--silent', 'check'), counts: 'exit status' },
  { name: 'unit', setUp: setUpNodeTests, command: mocha('unit'), counts: 'summary' },
  { name: 'evaluators', setUp: setUpEvaluatorTests, command: mocha('evaluators', '--exit'), counts: 'summary' },
  { name: 'servers', setUp: setUpServerTests, command: mocha('servers', '--exit'), counts: 'summary' },
  { name: 'protocol', setUp: setUpNodeTests, command: mocha('protocol'), counts: 'summary' },
  { name: 'cli', setUp: setUpNodeTests, command: mocha('cli'), counts: 'summary' },
  { name: 'host', setUp: setUpHostTests, command: hostTests, counts: 'summary' },
  { name: 'ui', setUp: setUpUiTests, command: mocha('ui', '--timeout', '120000', '--retries', '2'), counts: 'summary' },
];

const chosen = chooseSuites();
rmSync(results, { recursive: true, force: true });
const outcomes = [];
for (const suite of chosen) outcomes.push(await runSuite(suite));

console.log('');
for (const { name, passed, failed, note } of outcomes) {
  console.log(`${name}: ${passed} passed, ${failed} failed${note === undefined ? '' : ` (${note})`}`);
}
const sum = key => outcomes.reduce((total, outcome) => total + outcome[key], 0);
process.exitCode = sum('failed') > 0 ? 1 : 0;
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);

function chooseSuites() {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const names = values.only?.split(',') ?? suites.map(suite => suite.name);
  const unknown = names.find(name => !suites.some(suite => suite.name === name));
  if (unknown !== undefined) {
    say(`There is no suite ${unknown}: there are ${suites.map(suite => suite.name).join(', ')}.`);
    process.exit(2);
  }
  return suites.filter(suite => names.includes(suite.name));
}

async function runSuite({ name, setUp, command, counts }) {
  console.log(`\n== ${name}`);
  try {
    await setUp();
  } catch (error) {
    console.log(error instanceof SetupError ? error.message : error.stack);
    return { name, passed: 0, failed: 1, note: 'the set-up failed' };
  }
  const summaryFile = join(results, `${name}.json`);
  const status = await follow(...command(summaryFile));
  if (counts === 'exit status') {
    return status === 0 ? { name, passed: 1, failed: 0 } : { name, passed: 0, failed: 1, note: `status ${status}` };
  }
  const summary = existsSync(summaryFile) ? JSON.parse(readFileSync(summaryFile, 'utf8')) : undefined;
  if (summary === undefined) return { name, passed: 0, failed: 1, note: `did not come to its end: status ${status}` };
  const { passed, failed } = summary;
  if (failed === 0 && status !== 0) return { name, passed, failed: 1, note: `all passed, yet it ended with ${status}` };
  if (passed + failed === 0) return { name, passed, failed: 1, note: 'no test ran' };
  return { name, passed, failed };
}

function mocha(folder, ...more) {
  return summary => [
    process.execPath,
    [
      join(root, 'node_modules', 'mocha', 'bin', 'mocha.js'),
      ...['--config', 'test/.mocharc.json', '--forbid-only', '--forbid-pending'],
      ...['--reporter', 'test/support/summaryReporter.cjs', '--reporter-option', `summary=${summary}`],
      ...more,
      ...['--ignore', '**/node_modules/**'],
      `test/${folder}/**/*.test.ts`,
    ],
  ];
}

function hostTests(summary) {
  return [process.execPath, ['--import', 'tsx', 'test/host/run.ts', '--summary', summary]];
}

async function follow(command, args) {
  // What a server remembers from one run to the next stays with the tests.
  const env = { ...process.env, FLAGBOOK_DEMO_WORKSPACE: demoForTests, FLAGBOOK_CACHE: `${cache}/test/memory` };
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env });
  const watch = setTimeout(() => {
    say(`Not ended after ${longestSuite / 60_000} minutes: ending it.`);
    child.kill('SIGTERM');
  }, longestSuite);
  try {
    return await new Promise(resolve => {
      child.on('error', error => resolve(error.message));
      child.on('close', (code, signal) => resolve(code ?? signal));
    });
  } finally {
    clearTimeout(watch);
  }
}
