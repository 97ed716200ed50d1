// Runs tests in the desktop VS Code through @vscode/test-electron, on machines that have it or can download it.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests, TestRunFailedError } from '@vscode/test-electron';
import { cache } from '../setup/steps.mjs';
import type { HostRun } from './hostRun.ts';

/** Like `runInCodeServer`. FLAGBOOK_VSCODE_PATH names the executable; without it a stable VS Code is downloaded once. */
export async function runInElectron(run: HostRun): Promise<number> {
  const vscodeExecutablePath = process.env.FLAGBOOK_VSCODE_PATH || (await downloadVsCode());
  const userData = join(run.home, 'data');
  mkdirSync(join(userData, 'User'), { recursive: true });
  writeFileSync(
    join(userData, 'User', 'settings.json'),
    JSON.stringify({ ...quietSettings, ...run.settings }, null, 2),
  );
  const launchArgs = [
    run.workspace,
    `--user-data-dir=${userData}`,
    `--extensions-dir=${join(run.home, 'extensions')}`,
    '--disable-extensions',
  ];
  if (run.workspaceTrust === 'ask') return runRestricted(run, vscodeExecutablePath, launchArgs);
  return runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath: run.extension,
    extensionTestsPath: run.entry,
    extensionTestsEnv: { ...run.environment },
    launchArgs,
  }).catch(error => {
    if (error instanceof TestRunFailedError && error.code !== undefined) return error.code;
    throw error;
  });
}

async function downloadVsCode(): Promise<string> {
  console.error('Downloading the stable VS Code to .cache/vscode-test (FLAGBOOK_VSCODE_PATH names one you have).');
  return downloadAndUnzipVSCode({ cachePath: join(cache, 'vscode-test') }).catch(error => {
    throw new Error(
      `VS Code could not be downloaded (${error instanceof Error ? error.message : error}): ` +
        'set FLAGBOOK_VSCODE_PATH to its executable, or FLAGBOOK_TEST_HOST to code-server.',
    );
  });
}

// `runTests` always turns workspace trust off; this is the same start without that.
async function runRestricted(run: HostRun, executable: string, launchArgs: readonly string[]): Promise<number> {
  const args = [
    ...launchArgs,
    ...['--no-sandbox', '--disable-gpu-sandbox', '--disable-updates', '--skip-welcome', '--skip-release-notes'],
    `--extensionTestsPath=${run.entry}`,
    `--extensionDevelopmentPath=${run.extension}`,
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(executable, args, { stdio: 'inherit', env: { ...process.env, ...run.environment } });
    child.on('error', reject);
    child.on('close', (code, signal) =>
      code === null ? reject(new Error(`VS Code ended by ${signal}.`)) : resolve(code),
    );
  });
}

const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.startupEditor': 'none',
  'security.workspace.trust.startupPrompt': 'never',
};
