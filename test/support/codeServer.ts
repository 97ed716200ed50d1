// Starts and ends the real VS Code server that test/setup/codeServer.mjs installed. What is shown in it is not decided here.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeServer } from '../setup/codeServer.mjs';

export interface CodeServerOptions {
  /** Where it keeps its settings, extensions and home; made when missing. Two running servers must not share one. */
  readonly home: string;
  /** `host-tests` lets the workbench run tests in its extension host. */
  readonly purpose: 'host-tests' | 'workbench';
  /** User settings on top of the quiet ones below. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** `ask` is VS Code's own behaviour, without the prompt at start: folders open restricted. */
  readonly workspaceTrust: 'off' | 'ask';
  /** Environment of the server and of its extension host, on top of this process's own. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Packaged extensions (.vsix) to install first. */
  readonly extensions?: readonly string[];
  /** 0 or absent: any free one. */
  readonly port?: number;
}

export interface RunningCodeServer {
  /** `127.0.0.1:PORT`. */
  readonly authority: string;
  /** What it has printed so far. */
  readonly log: () => string;
  /** Rejects when the server ends by itself. */
  readonly ended: Promise<never>;
  /** Ends the server and every process it started. */
  readonly stop: () => Promise<void>;
}

/** Starts code-server on 127.0.0.1 and resolves when it answers. Its processes end with this one, also on Ctrl+C. */
export async function startCodeServer(options: CodeServerOptions): Promise<RunningCodeServer> {
  const { home } = options;
  const settingsFolder = join(home, 'data', 'User');
  mkdirSync(settingsFolder, { recursive: true });
  writeFileSync(join(home, 'config.yaml'), 'auth: none\n');
  writeFileSync(
    join(settingsFolder, 'settings.json'),
    JSON.stringify({ ...quietSettings, ...trustSettings[options.workspaceTrust], ...options.settings }, null, 2),
  );
  for (const extension of options.extensions ?? []) installExtension(home, extension);

  const child = spawn(
    codeServer.node,
    [
      codeServer.entry,
      ...folderArguments(home),
      ...['--auth', 'none', '--bind-addr', `127.0.0.1:${options.port ?? 0}`],
      '--disable-telemetry',
      '--disable-update-check',
      ...(options.workspaceTrust === 'off' ? ['--disable-workspace-trust'] : []),
      '--disable-getting-started-override',
      '--disable-proxy',
      // Without it the workbench ignores a payload of tests, and says nothing; with it it shows no notifications.
      ...(options.purpose === 'host-tests' ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
    ],
    { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...environment(home), ...options.environment } },
  );
  const release = endWithThisProcess(child);
  const output: string[] = [];
  const listening = new Promise<string>(resolve => {
    const read = (chunk: Buffer) => {
      output.push(chunk.toString());
      const address = /HTTP server listening on http:\/\/(127\.0\.0\.1:\d+)/.exec(output.join(''))?.[1];
      if (address !== undefined) resolve(address);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
  });
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      reject(new Error(`code-server ended by itself (${code ?? signal}):\n${output.join('').slice(-2000)}`));
    });
  });
  // The one who waits for the server races with `ended`; nobody waits for it after stop().
  ended.catch(() => {});

  const stop = async () => {
    await endGroup(child);
    release();
  };
  try {
    const authority = await Promise.race([listening, ended, failAfter(60_000, () => output.join(''))]);
    await fetch(`http://${authority}/healthz`);
    return { authority, log: () => output.join(''), ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The address of the workbench with a folder (or a .code-workspace file) open; `payload` are VS Code's own start-up entries. */
export function workbenchAddress(
  authority: string,
  workspace: string,
  payload: readonly (readonly [name: string, value: string])[],
): string {
  const query = new URLSearchParams({
    [workspace.endsWith('.code-workspace') ? 'workspace' : 'folder']: workspace,
    payload: JSON.stringify([...payload, ['skipWelcome', 'true']]),
  });
  return `http://${authority}/?${query}`;
}

/** How the workbench at `authority` names a file of this machine. */
export function remoteUri(authority: string, path: string): string {
  return `vscode-remote://${authority}${path.split('/').map(encodeURIComponent).join('/')}`;
}

const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.startupEditor': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'git.openRepositoryInParentFolders': 'never',
  // The browser build saves by itself after a second: on a slow machine before a test has taken its edits back.
  'files.autoSave': 'off',
};

const trustSettings = {
  off: { 'security.workspace.trust.enabled': false },
  ask: {
    'security.workspace.trust.enabled': true,
    'security.workspace.trust.startupPrompt': 'never',
    'security.workspace.trust.banner': 'never',
  },
};

function folderArguments(home: string): readonly string[] {
  return [
    ...['--config', join(home, 'config.yaml')],
    ...['--user-data-dir', join(home, 'data')],
    ...['--extensions-dir', join(home, 'extensions')],
  ];
}

function environment(home: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    HOME: home,
    NODE_OPTIONS: '',
    // No extension marketplace: nothing here may depend on the network.
    EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: '', itemUrl: '', resourceUrlTemplate: '' }),
  };
}

function installExtension(home: string, vsix: string): void {
  const result = spawnSync(
    codeServer.node,
    [codeServer.entry, ...folderArguments(home), '--install-extension', vsix, '--force'],
    { env: environment(home), encoding: 'utf8' },
  );
  if (result.status !== 0) {
    throw new Error(`code-server did not install ${vsix}:\n${result.stdout}${result.stderr}`);
  }
}

function endWithThisProcess(child: ChildProcess): () => void {
  const atExit = () => killGroup(child, 'SIGKILL');
  const atSignal = (signal: NodeJS.Signals) => {
    atExit();
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.once('exit', atExit);
  process.once('SIGINT', atSignal);
  process.once('SIGTERM', atSignal);
  return () => {
    process.off('exit', atExit);
    process.off('SIGINT', atSignal);
    process.off('SIGTERM', atSignal);
  };
}

async function endGroup(child: ChildProcess): Promise<void> {
  const gone = child.exitCode !== null || child.signalCode !== null;
  const exited = gone ? Promise.resolve() : new Promise(resolve => child.once('exit', resolve));
  killGroup(child, 'SIGTERM');
  await Promise.race([exited, new Promise(resolve => setTimeout(resolve, 3000).unref())]);
  // The extension host and the terminals are in the same group and may outlive their parent.
  killGroup(child, 'SIGKILL');
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}

function failAfter(milliseconds: number, log: () => string): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`code-server did not answer within a minute:\n${log()}`)), milliseconds).unref();
  });
}
