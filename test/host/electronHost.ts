// Runs tests in the desktop VS Code through @vscode/test-electron, on machines that have it or can download it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import type { HostRun } from './hostRun.ts';

/** Like `runInCodeServer`. FLAGBOOK_VSCODE_PATH names the executable; without it a stable VS Code is downloaded to .vscode-test. */
export async function runInElectron(run: HostRun): Promise<number> {
  const executable = process.env.FLAGBOOK_VSCODE_PATH;
  if (!executable) console.error('Downloading the stable VS Code (set FLAGBOOK_VSCODE_PATH to use one you have).');
  const userData = join(run.home, 'data');
  mkdirSync(join(userData, 'User'), { recursive: true });
  writeFileSync(
    join(userData, 'User', 'settings.json'),
    JSON.stringify({ ...quietSettings, ...run.settings }, null, 2),
  );
  return runTests({
    ...(executable ? { vscodeExecutablePath: executable } : {}),
    extensionDevelopmentPath: run.extension,
    extensionTestsPath: run.entry,
    extensionTestsEnv: { ...run.environment },
    launchArgs: [
      run.workspace,
      `--user-data-dir=${userData}`,
      `--extensions-dir=${join(run.home, 'extensions')}`,
      '--disable-extensions',
      '--skip-welcome',
      ...(run.workspaceTrust === 'off' ? ['--disable-workspace-trust'] : []),
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
}

const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.startupEditor': 'none',
  'security.workspace.trust.startupPrompt': 'never',
};
