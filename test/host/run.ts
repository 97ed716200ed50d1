// Runs the host tests: `node --import tsx test/host/run.ts [--profile NAME]… [--grep TEXT] [--extension DIR] [--summary FILE]`.
// Exit status: 0 all passed; 1 a test failed; 2 the harness failed (no test file, VS Code did not start or never came to an end).
// FLAGBOOK_TEST_HOST chooses the VS Code: `code-server` (the default) or `electron`.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../setup/steps.mjs';
import { demoTime } from '../support/demoWorkspace.ts';
import { joinSummaries, listing, readSummary, type TestSummary } from '../support/summary.ts';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';
import { bundleHostTests, hostTests } from './bundle.mjs';
import { runInCodeServer } from './codeServerHost.ts';
import { runInElectron } from './electronHost.ts';
import type { HostRun } from './hostRun.ts';
import { type HostProfile, hostProfiles } from './profiles.ts';

const hosts: Readonly<Record<string, (run: HostRun) => Promise<number>>> = {
  'code-server': runInCodeServer,
  electron: runInElectron,
};

interface Options {
  readonly runInHost: (run: HostRun) => Promise<number>;
  readonly extension: string;
  readonly grep: string | undefined;
}

main().then(
  code => {
    process.exitCode = code;
  },
  error => {
    console.error(`Host tests: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 2;
  },
);

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      profile: { type: 'string', multiple: true },
      grep: { type: 'string' },
      extension: { type: 'string', default: root },
      summary: { type: 'string', default: join(root, 'out', 'test-results', 'host.json') },
    },
  });
  const host = process.env.FLAGBOOK_TEST_HOST || 'code-server';
  const runInHost = hosts[host];
  if (runInHost === undefined) throw new Error(`FLAGBOOK_TEST_HOST is ${host}: it can be code-server or electron.`);
  rmSync(values.summary, { force: true });

  const files = await bundleHostTests();
  const plan = assignFiles(files, chooseProfiles(values.profile));
  const parts: { prefix: string; summary: TestSummary }[] = [];
  let harnessFailed = false;
  for (const { profile, files } of plan) {
    const options = { runInHost, extension: resolve(values.extension), grep: values.grep };
    const summary = await runProfile(profile, files, options).catch(error => {
      harnessFailed = true;
      return didNotRun(error);
    });
    const part = { prefix: `${profile.name} (${host})`, summary };
    console.log(`\n${listing(joinSummaries([part]))}`);
    parts.push(part);
  }

  const summary = joinSummaries(parts);
  console.log(`\n  ${summary.passed} passing, ${summary.failed} failing, ${summary.pending} pending\n`);
  mkdirSync(dirname(values.summary), { recursive: true });
  writeFileSync(values.summary, JSON.stringify(summary, null, 1));
  if (harnessFailed || summary.passed + summary.failed === 0) return 2;
  return summary.failed > 0 ? 1 : 0;
}

// A profile that did not come to its end counts as one failed test.
function didNotRun(error: Error): TestSummary {
  const { message } = error;
  const test = { path: [], title: 'runs to its end', duration: 0, error: { message, stack: message } };
  return { passed: 0, failed: 1, pending: 0, tests: [{ ...test, state: 'failed' }] };
}

function chooseProfiles(names: readonly string[] | undefined): readonly HostProfile[] {
  if (names === undefined) return hostProfiles;
  return names.map(name => {
    const profile = hostProfiles.find(candidate => candidate.name === name);
    if (profile !== undefined) return profile;
    throw new Error(`There is no profile ${name}: there are ${hostProfiles.map(({ name }) => name).join(', ')}.`);
  });
}

// No test file may be left out unseen, and no profile may pass because it has none.
function assignFiles(files: readonly string[], profiles: readonly HostProfile[]) {
  const orphan = files.find(file => !hostProfiles.some(profile => belongs(file, profile)));
  if (orphan !== undefined) throw new Error(`suite/${orphan} belongs to no profile of test/host/profiles.ts.`);
  return profiles.map(profile => {
    const own = files.filter(file => belongs(file, profile));
    if (own.length === 0) throw new Error(`No test file is in suite/${profile.folder} (${profile.name}).`);
    return { profile, files: own };
  });
}

function belongs(file: string, profile: HostProfile): boolean {
  return dirname(file) === profile.folder;
}

async function runProfile(profile: HostProfile, files: readonly string[], options: Options): Promise<TestSummary> {
  const folder = makeTemporaryFolder('host');
  const report = join(folder, 'report.json');
  mkdirSync(join(folder, 'workspace'));
  const code = await options.runInHost({
    name: profile.name,
    workspace: profile.prepareWorkspace(join(folder, 'workspace')),
    extension: options.extension,
    entry: join(hostTests, 'index.js'),
    home: join(folder, 'home'),
    settings: profile.settings,
    workspaceTrust: profile.workspaceTrust,
    environment: {
      FLAGBOOK_NOW: demoTime,
      FLAGBOOK_TEST_SUMMARY: report,
      FLAGBOOK_TEST_GREP: options.grep ?? '',
      FLAGBOOK_HOST_FILES: JSON.stringify(files.map(file => join(hostTests, 'suite', file.replace(/\.ts$/, '.js')))),
    },
    timeout: 900_000,
  });
  const summary = readSummary(report);
  if (summary === undefined) throw new Error(`The tests ended with status ${code} and wrote no report.`);
  if (code !== 0 && summary.failed === 0) throw new Error(`All tests passed, but VS Code ended with status ${code}.`);
  return summary;
}
