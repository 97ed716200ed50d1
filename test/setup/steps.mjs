// How the set-up tells what it does, runs other programs and knows that a step is already done. Node built-ins only: this runs
// before `npm ci`. What the steps are stands in the files beside this one.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Where set-up keeps stamps, logs and what it builds; safe to delete. */
export const cache = join(root, '.cache');

/** A failure that the person at the terminal can mend: printed as its message alone, without a stack. */
export class SetupError extends Error {}

/** One line a step, on stderr, so that the output of the command that was asked for stays clean on stdout. */
export function say(message) {
  process.stderr.write(`${message}\n`);
}

/**
 * Runs `work` under a name, prints one line when it begins (with `hint`, what takes so long) and one when it is over.
 * Two processes never do the same step at once: the second waits, then asks `isDone` again.
 */
export async function step(name, { isDone, hint, work }) {
  if (isDone()) return;
  await withLock(name, async () => {
    if (isDone()) return;
    say(`${name} …${hint ? ` (${hint})` : ''}`);
    const started = Date.now();
    await work();
    say(`${name}: done in ${Math.max(1, Math.round((Date.now() - started) / 1000))} s`);
  });
}

/**
 * Runs a program to its end; its output goes to `.cache/setup/<log>.log`. A status other than 0 throws a SetupError with the last lines of it.
 */
export async function run(command, args, { cwd = root, env = {}, log }) {
  const logFile = join(cache, 'setup', `${log}.log`);
  mkdirSync(dirname(logFile), { recursive: true });
  const output = openSync(logFile, 'a');
  writeFileSync(output, `$ ${command} ${args.join(' ')}\n`);
  try {
    const status = await new Promise((resolve, reject) => {
      const child = spawn(command, args, {
        cwd,
        env: { ...process.env, ...env },
        stdio: ['ignore', output, output],
      });
      child.on('error', reject);
      child.on('close', (code, signal) => resolve(code ?? signal));
    }).catch(error => error.message);
    if (status === 0) return;
    const tail = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-15);
    throw new SetupError(
      `\`${command} ${args.join(' ')}\` failed (${status}); the end of ${relative(root, logFile)}:\n${tail.map(line => `  ${line}`).join('\n')}`,
    );
  } finally {
    closeSync(output);
  }
}

/** The path of a program on the PATH, or undefined. */
export function findOnPath(program) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const suffix of process.platform === 'win32' ? ['.cmd', '.exe'] : ['']) {
      const candidate = join(folder, program + suffix);
      if (folder !== '' && existsSync(candidate)) return candidate;
    }
  }
  return undefined;
}

/** `npm` as a command and its leading arguments: npm's own script under this Node where npm told us, which also works on Windows. */
export function npm(...args) {
  const script = process.env.npm_execpath;
  return script?.endsWith('.js') ? [process.execPath, [script, ...args]] : ['npm', args];
}

/** A hash of what `paths` hold (files or folders, relative to the root): names, sizes and times, so that it is cheap. Missing paths count as empty. */
export function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const path of paths) addToHash(hash, join(root, path), path);
  return hash.digest('hex');
}

/** A hash of a file's bytes. */
export function hashFile(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** What a stamp file says, or undefined. */
export function readStamp(path) {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
}

export function writeStamp(path, value) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${value}\n`);
}

/** Runs a front program: prints a SetupError as one message and ends with status 2. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    say(error instanceof SetupError ? error.message : String(error?.stack ?? error));
    process.exitCode = 2;
  }
}

function addToHash(hash, path, name) {
  if (!existsSync(path)) return;
  const info = statSync(path);
  if (!info.isDirectory()) {
    hash.update(`${name}\0${info.size}\0${info.mtimeMs}\n`);
    return;
  }
  for (const entry of readdirSync(path).sort()) {
    if (entry !== 'node_modules') addToHash(hash, join(path, entry), `${name}/${entry}`);
  }
}

async function withLock(name, work) {
  const lock = join(cache, 'setup', `${name.replace(/\W+/g, '-')}.lock`);
  mkdirSync(dirname(lock), { recursive: true });
  let told = false;
  while (!tryLock(lock)) {
    if (!told) say(`${name}: waiting for another set-up that is at it`);
    told = true;
    await delay(500);
  }
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function tryLock(lock) {
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return true;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isAlive(Number(readStamp(lock)))) return false;
    // Its owner was ended in the middle of the step.
    rmSync(lock, { force: true });
  }
}

// An empty lock file is one that is being written this moment: its owner is taken for alive.
function isAlive(pid) {
  if (pid === 0 || Number.isNaN(pid)) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
