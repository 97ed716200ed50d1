/**
 * Runs git so that a repository cannot make it do anything but read: no shell, no hooks, pagers, external diffs, text
 * conversions, file monitors, signature checks or network, whatever its configuration says. Results are values; nothing
 * here throws. What git's answers mean is the business of the other files of this folder.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { environmentWithoutTokens } from '../flag-servers/heldTokens.ts';
import { createPauses } from '../project/pauses.ts';

export type GitFailureCode =
  | 'git-missing'
  | 'not-a-repository'
  | 'dubious-ownership'
  | 'unborn-branch'
  | 'missing-objects'
  | 'unknown-revision'
  | 'too-large'
  | 'too-slow'
  | 'aborted'
  | 'other';

export interface GitFailure {
  readonly kind: 'failed';
  readonly code: GitFailureCode;
  /** One sentence for people: what happened and what to do. */
  readonly reason: string;
}

export type GitResult = { readonly kind: 'ok' } | GitFailure;

export interface GitCall {
  /** The directory git runs for; it need not be the root. */
  readonly directory: string;
  readonly args: readonly string[];
  /** Written to git's standard input, piece by piece as git takes it; the input is empty without it. */
  readonly input?: Iterable<Uint8Array | string>;
  readonly signal?: AbortSignal;
  /** Gets every piece of output; git waits while the returned promise is pending. */
  readonly onOutput?: (chunk: Uint8Array) => void | Promise<void>;
  /** Exit codes that are an answer and no failure. Default: 0 alone. */
  readonly acceptedExitCodes?: readonly number[];
  /** Milliseconds after which `readGit` gives up. Default: a minute. A pipe in the place of a `.gitignore` blocks git for ever. */
  readonly timeLimit?: number;
  /** More configuration for this one call, on top of what makes git harmless. */
  readonly configuration?: readonly (readonly [string, string])[];
}

/** Runs git and streams its output. Never throws. */
export async function runGit(call: GitCall): Promise<GitResult> {
  if (call.signal?.aborted) return aborted;
  // Node throws for what no program can be given.
  if ([call.directory, ...call.args].some(argument => argument.includes('\0'))) {
    return failure('other', 'A name with a NUL character can be no file, branch or commit.');
  }
  const child = spawn('git', ['--no-pager', '-C', call.directory, ...call.args], {
    // Not the repository: Windows would look for `git.exe` in the current directory first.
    cwd: dirname(process.execPath),
    env: harmlessEnvironment(call.configuration ?? []),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    shell: false,
  });
  const failedToStart = new Promise<Error>(resolve => child.once('error', resolve));
  const closed = once(child, 'close').then(
    () => null,
    (error: Error) => error,
  );
  const stop = (): void => void child.kill('SIGKILL');
  call.signal?.addEventListener('abort', stop, { once: true });
  const complaints = collectComplaints(child);
  try {
    await Promise.all([writeInput(child, call.input ?? []), readOutput(child, call.onOutput ?? (() => {}))]);
  } catch {
    // A closed pipe, whose reason the exit code and the complaints below tell; or a reader that failed, and wants no more.
    child.kill('SIGKILL');
    child.stdout?.destroy();
  }
  const error = await Promise.race([closed, failedToStart]);
  call.signal?.removeEventListener('abort', stop);
  if (call.signal?.aborted) return aborted;
  if (error !== null) return startFailure(error);
  if ((call.acceptedExitCodes ?? [0]).includes(child.exitCode ?? -1)) return { kind: 'ok' };
  return explainFailure(complaints(), call.directory);
}

/**
 * Runs git and returns its whole output. More than `limit` bytes (64 MiB unless told) is the failure `too-large`, so that no
 * repository can fill the memory; no end within the call's `timeLimit` is `too-slow`.
 */
export async function readGit(
  call: GitCall,
  limit = 64 * 1024 * 1024,
): Promise<{ readonly kind: 'ok'; readonly output: Buffer } | GitFailure> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const full = new AbortController();
  const timeLimit = call.timeLimit ?? 60_000;
  let isLate = false;
  const alarm = setTimeout(() => {
    isLate = true;
    full.abort();
  }, timeLimit);
  const signal = call.signal === undefined ? full.signal : AbortSignal.any([call.signal, full.signal]);
  const result = await runGit({
    ...call,
    signal,
    onOutput: chunk => {
      size += chunk.length;
      if (size > limit) full.abort();
      else chunks.push(chunk);
    },
  });
  clearTimeout(alarm);
  if (size > limit) return tooLarge(call.args[0] ?? 'git', limit);
  if (isLate) return failure('too-slow', `git ${call.args[0]} had no answer within ${timeLimit / 1000} seconds.`);
  return result.kind === 'ok' ? { kind: 'ok', output: Buffer.concat(chunks) } : result;
}

/** Like `readGit`, decoded as UTF-8. */
export async function readGitText(
  call: GitCall,
  limit?: number,
): Promise<{ readonly kind: 'ok'; readonly text: string } | GitFailure> {
  const result = await readGit(call, limit);
  return result.kind === 'ok' ? { kind: 'ok', text: result.output.toString('utf8') } : result;
}

/** Options of every command that compares contents: nothing but git itself looks at them. */
export const harmlessDiffOptions: readonly string[] = [
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--no-relative',
  // A dirty submodule would be asked by a git of its own, which obeys the submodule's configuration.
  '--ignore-submodules=all',
  '-O/dev/null',
];

const aborted: GitFailure = { kind: 'failed', code: 'aborted', reason: 'Stopped before git had finished.' };

/** Configuration that wins over the repository's own. Every line stands for a way to run a program or reach the network. */
const harmlessConfiguration: readonly (readonly [string, string])[] = [
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', '/dev/null'],
  ['core.untrackedCache', 'false'],
  ['core.pager', 'cat'],
  ['core.sshCommand', 'false'],
  ['core.gitProxy', ''],
  ['core.askPass', ''],
  ['credential.helper', ''],
  ['protocol.allow', 'never'],
  ['log.showSignature', 'false'],
  ['log.showRoot', 'true'],
  // Names are shown as they were written; a mailmap could be any file, or a pipe.
  ['log.mailmap', 'false'],
  ['i18n.logOutputEncoding', 'UTF-8'],
  ['diff.autoRefreshIndex', 'false'],
  ['diff.submodule', 'short'],
  ['diff.noprefix', 'false'],
  ['diff.mnemonicPrefix', 'false'],
  ['diff.interHunkContext', '0'],
  ['diff.suppressBlankEmpty', 'false'],
  ['color.ui', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['submodule.recurse', 'false'],
];

/** Variables that say where git or its trusted configuration lives, or make it stricter; all other `GIT_*` are dropped. */
const keptVariables = new Set([
  'GIT_EXEC_PATH',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_CEILING_DIRECTORIES',
  'GIT_DISCOVERY_ACROSS_FILESYSTEM',
  'GIT_TEST_ASSUME_DIFFERENT_OWNER',
]);

function harmlessEnvironment(more: readonly (readonly [string, string])[]): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(environmentWithoutTokens(process.env))) {
    if (!name.toUpperCase().startsWith('GIT_') || keptVariables.has(name.toUpperCase())) environment[name] = value;
  }
  delete environment.SSH_ASKPASS;
  // Through the environment rather than `-c`, which cannot carry a name with `=` in it.
  const configuration = [...harmlessConfiguration, ...more];
  environment.GIT_CONFIG_COUNT = String(configuration.length);
  configuration.forEach(([name, value], index) => {
    environment[`GIT_CONFIG_KEY_${index}`] = name;
    environment[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  return {
    ...environment,
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    // Older gits know no GIT_NO_LAZY_FETCH; this stops their fetch before it reaches for a transport.
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_PAGER: 'cat',
    GIT_ASKPASS: 'false',
    LC_ALL: 'C',
    LANGUAGE: 'C',
  };
}

/**
 * Hands over every piece of output as it comes; git waits while a promise is pending. Pieces never overtake each other, although
 * Node lets a paused pipe flow again when its process ends: what comes then waits in line. Node hands over all that has come before
 * anybody else has a turn, which may be two megabytes: whoever takes long over them lets others run in between.
 */
function readOutput(child: ChildProcess, onOutput: NonNullable<GitCall['onOutput']>): Promise<void> {
  const pipe = child.stdout!;
  const pause = createPauses();
  return new Promise((resolve, reject) => {
    let line: Promise<void> | null = null;
    let waiting = 0;
    // Not `for await`: a promise for every piece costs more than what most pieces are good for.
    pipe.on('data', (chunk: Uint8Array) => {
      try {
        const pending = line === null ? (onOutput(chunk) ?? pause()) : line.then(() => onOutput(chunk)).then(pause);
        if (pending === undefined) return;
        pipe.pause();
        waiting++;
        line = pending.then(() => {
          waiting--;
          if (waiting > 0) return;
          line = null;
          pipe.resume();
        });
        line.catch(reject);
      } catch (error) {
        reject(error);
      }
    });
    pipe.once('close', () => (line ?? Promise.resolve()).then(resolve, reject));
    pipe.once('error', reject);
  });
}

async function writeInput(child: ChildProcess, input: Iterable<Uint8Array | string>): Promise<void> {
  const pipe = child.stdin!;
  let broken = false;
  const breakage = new Promise<void>(resolve => {
    const stop = (): void => {
      broken = true;
      resolve();
    };
    pipe.once('error', stop);
    pipe.once('close', stop);
  });
  for (const piece of input) {
    if (broken) return;
    if (!pipe.write(piece)) await Promise.race([new Promise<void>(resolve => pipe.once('drain', resolve)), breakage]);
  }
  if (!broken) pipe.end();
}

/** Keeps the first 8 KiB git writes to its standard error. */
function collectComplaints(child: ChildProcess): () => string {
  let text = '';
  child.stderr!.setEncoding('utf8');
  child.stderr!.on('data', (piece: string) => {
    if (text.length < 8192) text = (text + piece).slice(0, 8192);
  });
  return () => text;
}

function startFailure(error: Error): GitFailure {
  const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
  return missing
    ? failure('git-missing', 'git is not on the PATH: install git to see ages and changes.')
    : failure('other', `git could not be started (${error.message}).`);
}

function tooLarge(command: string, limit: number): GitFailure {
  return failure(
    'too-large',
    `git ${command} answered with more than ${Math.round(limit / 1048576)} MiB; left unread.`,
  );
}

function failure(code: GitFailureCode, reason: string): GitFailure {
  return { kind: 'failed', code, reason };
}

/** Git's own messages, which `LC_ALL=C` keeps in English, and what each means for people. */
function explainFailure(complaints: string, directory: string): GitFailure {
  if (/dubious ownership|unsafe repository/.test(complaints)) {
    return failure(
      'dubious-ownership',
      `git refuses to read ${directory}, which belongs to another user: if you trust it, run \`git config --global --add safe.directory ${directory}\`.`,
    );
  }
  if (/not a git repository|cannot change to|must be run in a work tree/.test(complaints)) {
    return failure(
      'not-a-repository',
      `${directory} is in no git repository: ages and changes need one (\`git init\`).`,
    );
  }
  if (/unable to read|missing blob|bad object|could not fetch|promisor remote|not our ref|bad tree/.test(complaints)) {
    return failure(
      'missing-objects',
      'Parts of the history are missing from this clone: run `git fetch --refetch --no-filter` (or clone again without --filter).',
    );
  }
  if (/does not have any commits yet|ambiguous argument 'HEAD'|bad default revision 'HEAD'/.test(complaints)) {
    return failure('unborn-branch', 'The current branch has no commits yet: ages begin with the first one.');
  }
  if (/unknown revision|Needed a single revision|bad revision|Not a valid (object name|commit name)/.test(complaints)) {
    return failure(
      'unknown-revision',
      'git knows no such commit: name a branch, a tag or a commit of this repository.',
    );
  }
  const first = complaints.split('\n').find(line => line.trim() !== '') ?? 'no message';
  return failure('other', `git failed: ${first.trim()}`);
}
