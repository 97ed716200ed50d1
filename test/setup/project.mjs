// The project's own parts of the set-up: its npm packages, its build, its package for the editor, the demo workspace.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { installPackages } from './apt.mjs';
import { cache, fingerprint, hashFile, npm, readStamp, root, run, SetupError, step, writeStamp } from './steps.mjs';

/** The demo workspace that `npm start` opens; what a person changes in it stays. */
export const demoForPeople = join(cache, 'demo', 'shop');

/** The demo workspace of the tests: always as it was built. */
export const demoForTests = join(cache, 'test', 'shop');

/** Makes sure that the packages of the lock file are installed. */
export async function ensurePackages() {
  await step('npm packages', {
    isDone: packagesAreInstalled,
    hint: 'npm ci, about half a minute',
    work: async () => {
      const [command, args] = npm('ci');
      await run(command, args, { log: 'npm-ci' });
    },
  });
}

/** Makes sure that the flag systems' own evaluators are installed, in a folder of their own. */
export async function ensureEvaluators() {
  const folder = join(root, 'test', 'evaluators');
  const stamp = join(folder, 'node_modules', '.flagbook-set-up');
  const wanted = hashFile(join(folder, 'package-lock.json'));
  await step('Evaluators of flag systems', {
    isDone: () => readStamp(stamp) === wanted,
    hint: 'npm ci in test/evaluators, about half a minute, 90 MB',
    work: async () => {
      const [command, args] = npm('ci', '--ignore-scripts');
      await run(command, args, { cwd: folder, log: 'evaluators' });
      writeStamp(stamp, wanted);
    },
  });
  await step('Ruby and Flipper', {
    isDone: hasFlipper,
    hint: 'apt-get install ruby-flipper, about a quarter of a minute, 60 MB',
    work: () =>
      installPackages(['ruby-flipper'], {
        log: 'flipper',
        otherwise:
          'The tests against Flipper need Ruby and the gem flipper: install them so that `ruby -r flipper -e ""` says nothing.',
      }),
  });
}

function hasFlipper() {
  return spawnSync('ruby', ['-r', 'flipper', '-e', ''], { stdio: 'ignore' }).status === 0;
}

/** Makes sure that the real flag servers are installed, in a folder of their own, and the database that they need. */
export async function ensureFlagServers() {
  const folder = join(root, 'test', 'servers');
  const stamp = join(folder, 'node_modules', '.flagbook-set-up');
  const wanted = hashFile(join(folder, 'package-lock.json'));
  await step('Flag servers', {
    isDone: () => readStamp(stamp) === wanted,
    hint: 'npm ci in test/servers, about a minute, 440 MB',
    work: async () => {
      if (process.platform !== 'linux' || process.arch !== 'x64') {
        throw new SetupError(
          `The flag servers of the tests run on Linux x64; this is ${process.platform} ${process.arch}.`,
        );
      }
      const [command, args] = npm('ci', '--ignore-scripts');
      await run(command, args, { cwd: folder, log: 'flag-servers' });
      writeStamp(stamp, wanted);
    },
  });
  await step('PostgreSQL', {
    isDone: hasPostgres,
    hint: 'apt-get install postgresql, about half a minute',
    work: () =>
      installPackages(['postgresql'], {
        log: 'postgresql',
        otherwise: 'The tests of flag servers need PostgreSQL: install it where Debian has it, in /usr/lib/postgresql.',
      }),
  });
}

function hasPostgres() {
  const base = '/usr/lib/postgresql';
  return existsSync(base) && readdirSync(base).some(version => existsSync(join(base, version, 'bin', 'initdb')));
}

/** Makes sure that dist/ is built from the sources as they are. */
export async function ensureBuild() {
  await step('Build', {
    isDone: () => readStamp(buildStamp) === builtFrom(),
    work: async () => {
      await runScript('build');
      writeStamp(buildStamp, builtFrom());
    },
  });
}

/** Makes sure that the .vsix is packed from the sources as they are, and returns its path. */
export async function ensurePackagedExtension() {
  await step('Package of the extension', {
    isDone: () => newestPackage() !== undefined && readStamp(packageStamp) === packedFrom(),
    work: async () => {
      await runScript('package');
      writeStamp(packageStamp, packedFrom());
      // Packing builds dist/ anew, for production, from the same sources.
      writeStamp(buildStamp, builtFrom());
    },
  });
  return newestPackage();
}

/** Makes sure that the demo workspace is there and made by today's builder. */
export async function ensureDemoForPeople() {
  const stamp = join(cache, 'setup', 'demo.stamp');
  const wanted = fingerprint(['test/demo']);
  await step('Demo workspace', {
    isDone: () => readStamp(stamp) === wanted && existsSync(join(demoForPeople, '.git')),
    work: async () => {
      await buildDemo('--out', demoForPeople);
      writeStamp(stamp, wanted);
    },
  });
}

/** Makes the tests' copy of the demo workspace, exactly as the builder makes it; under a second, so it is made each time. */
export async function ensureDemoForTests() {
  await buildDemo('--out', demoForTests, '--force');
}

/** The newest .vsix, where `npm run package` writes it, or undefined. */
export function newestPackage() {
  return [root, join(root, 'dist')]
    .filter(folder => existsSync(folder))
    .flatMap(folder => readdirSync(folder).map(name => join(folder, name)))
    .filter(path => path.endsWith('.vsix'))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}

const buildStamp = join(cache, 'setup', 'build.stamp');
const packageStamp = join(cache, 'setup', 'package.stamp');

const sources = [
  ...['client/src', 'server/src', 'syntaxes', 'esbuild.mjs'],
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'client/tsconfig.json', 'server/tsconfig.json'],
];
const packaged = ['.vscodeignore', 'package.nls.json', 'README.md', 'CHANGELOG.md', 'LICENSE', 'client/media', 'media'];

// The outputs' own times are part of it, so that a build made by hand, perhaps of other sources, is not taken for ours.
function builtFrom() {
  return fingerprint([
    ...sources,
    ...[
      'client/extension.js',
      'server/server.js',
      'server/session.js',
      'worker/worker.js',
      'worker/files.js',
      'worker/flagFiles.js',
      'cli/flagbook.js',
      'cli/program.js',
      'cli/parse.js',
      'cli/relink.js',
    ].map(inDist),
  ]);
}

function packedFrom() {
  const made = newestPackage();
  return `${fingerprint([...sources, ...packaged])} ${made} ${made === undefined ? 0 : statSync(made).mtimeMs}`;
}

function inDist(path) {
  return `dist/${path}`;
}

async function runScript(name) {
  const [command, args] = npm('run', name);
  await run(command, args, { log: name });
}

async function buildDemo(...args) {
  await run(process.execPath, [join(root, 'test', 'demo', 'build.mjs'), ...args], { log: 'demo' });
}

// npm keeps a lock file of what it installed. It is held against the project's package by package, because the two files' times
// say nothing after a checkout. Packages of other platforms are absent from it.
function packagesAreInstalled() {
  const installedLock = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedLock)) return false;
  const wanted = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(installedLock);
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    return installed[path] === undefined ? optional === true : installed[path].version === version;
  });
}

function readPackages(lock) {
  return JSON.parse(readFileSync(lock, 'utf8')).packages;
}
