/** Runs the built command line as a process of its own, the way a person or a pipeline does. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { makeTemporaryFolder } from '../../support/temporaryFolder.ts';

export const PROGRAM = join(import.meta.dirname, '..', '..', '..', 'dist', 'cli', 'flagbook.js');

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
}

const cache = makeTemporaryFolder('cli-cache');

/** What a shell would hand over, without what the developer's own shell says of colours and caches. */
export function environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
  return { ...inherited, FLAGBOOK_CACHE: cache, COLUMNS: '80', ...more };
}

/** Runs `flagbook` to its end. */
export async function flagbook(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  if (!existsSync(PROGRAM)) throw new Error('There is no dist/cli/flagbook.js: run `npm run build` first.');
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: options.cwd,
    env: environment(options.env),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  const [stdout, stderr, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    }),
  ]);
  return { status, stdout, stderr };
}

/** The records of `jsonl`. */
export function records<T>(stdout: string): readonly T[] {
  return stdout
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as T);
}
