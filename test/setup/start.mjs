// `npm start`: the demo workspace in a real VS Code with Flagbook in it. `npm start -- --cli [COMMAND…]`: the command line on it.
// `npm start -- --browser [--port N] [--open]`: the browser build also where a desktop VS Code is.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureCodeServer } from './codeServer.mjs';
import { demoForPeople } from './project.mjs';
import { setUpCommandLine, setUpExtension } from './setup.mjs';
import { cache, findOnPath, main, root, SetupError, say } from './steps.mjs';

/** What the editor shows first. */
const firstFile = 'services/checkout/src/orders/placeOrder.ts';

function parse() {
  const args = process.argv.slice(2);
  const cli = args.indexOf('--cli');
  // What follows --cli belongs to the command line, options included.
  if (cli !== -1) return { values: { cli: true }, positionals: args.slice(cli + 1) };
  try {
    return parseArgs({
      args,
      options: { browser: { type: 'boolean' }, port: { type: 'string' }, open: { type: 'boolean' } },
    });
  } catch (error) {
    throw new SetupError(`${error.message}\nUsage: npm start [-- --cli [COMMAND…] | -- --browser [--port N] [--open]]`);
  }
}

async function startCommandLine(command) {
  await setUpCommandLine();
  const program = join(root, 'dist', 'cli', 'flagbook.js');
  const args = [...(command.length > 0 ? command : ['flags']), '--cwd', demoForPeople];
  process.exitCode = await follow(process.execPath, [program, ...args]);
}

// Inside a terminal of a remote window, `code` only talks to that window: it takes no folders for extensions and settings.
function desktopCode() {
  return process.env.VSCODE_IPC_HOOK_CLI ? undefined : findOnPath('code');
}

// The packaged extension in folders of its own: what a person will install, and nobody's own VS Code is changed.
async function startDesktop(code) {
  const vsix = await setUpExtension();
  const home = join(cache, 'vscode');
  const settings = join(home, 'data', 'User');
  mkdirSync(settings, { recursive: true });
  const settingsFile = join(settings, 'settings.json');
  if (!existsSync(settingsFile)) writeFileSync(settingsFile, JSON.stringify(desktopSettings, null, 2));
  const folders = ['--user-data-dir', join(home, 'data'), '--extensions-dir', join(home, 'extensions')];
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const shell = process.platform === 'win32';
  const installed = await follow(code, [...sandbox, ...folders, '--install-extension', vsix, '--force'], { shell });
  if (installed !== 0) throw new SetupError(`${code} did not install ${vsix} (status ${installed}).`);
  const opened = await follow(
    code,
    [
      ...sandbox,
      ...folders,
      '--disable-workspace-trust',
      '--new-window',
      demoForPeople,
      join(demoForPeople, firstFile),
    ],
    { shell },
  );
  if (opened !== 0) throw new SetupError(`${code} did not open the demo workspace (status ${opened}).`);
  say(`VS Code is opening the demo workspace, ${demoForPeople}, with Flagbook and with settings of its own.`);
}

async function startBrowserBuild({ port, open }) {
  const vsix = await setUpExtension();
  await ensureCodeServer();
  process.exitCode = await follow(process.execPath, [
    ...['--import', 'tsx', join(root, 'test', 'setup', 'serve.ts')],
    ...['--workspace', demoForPeople, '--file', firstFile, '--extension', vsix],
    ...(port === undefined ? [] : ['--port', port]),
    ...(open ? ['--open'] : []),
  ]);
}

// Ctrl+C reaches the child by itself; this process waits for it to end in order.
async function follow(command, args, options = {}) {
  const ignore = () => {};
  process.on('SIGINT', ignore);
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
      child.on('error', reject);
      child.on('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
    });
  } finally {
    process.off('SIGINT', ignore);
  }
}

const desktopSettings = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
};

await main(async () => {
  const { values, positionals } = parse();
  if (values.cli) return startCommandLine(positionals);
  const code = values.browser ? undefined : desktopCode();
  if (code !== undefined) return startDesktop(code);
  return startBrowserBuild(values);
});
