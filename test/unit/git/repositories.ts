/** Real git repositories in temporary directories, with fixed authors and times, for the tests of `sources/git`. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface TestRepository {
  readonly root: string;
  readonly git: (...args: string[]) => string;
  readonly write: (path: string, text: string | Uint8Array) => void;
  readonly remove: (path: string) => void;
  /** Commits everything at this day (UTC noon) and returns the commit. */
  readonly commit: (day: string, subject?: string, author?: string) => string;
}

const made: string[] = [];

/** A directory of its own, removed by `removeTemporaryDirectories`. */
export function temporaryDirectory(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'flagbook git ')));
  made.push(directory);
  return directory;
}

export function removeTemporaryDirectories(): void {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
}

export function createRepository(): TestRepository {
  const root = temporaryDirectory();
  const repository = openRepository(root);
  repository.git('init', '--quiet', '--initial-branch=main');
  return repository;
}

export function openRepository(root: string): TestRepository {
  const run = (args: readonly string[], more: NodeJS.ProcessEnv): string =>
    execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, HOME: root, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', ...more },
    }).trim();
  const git = (...args: string[]): string => run(args, person('2024-01-01', 'Ann'));
  return {
    root,
    git,
    write: (path, text) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    remove: path => rmSync(join(root, path)),
    commit: (day, subject = `Work of ${day}`, author = 'Ann') => {
      git('add', '--all');
      run(['commit', '--quiet', '--allow-empty', '--message', subject], person(day, author));
      return git('rev-parse', 'HEAD');
    },
  };
}

function person(day: string, name: string): NodeJS.ProcessEnv {
  const date = `${day}T12:00:00+00:00`;
  const email = `${name.toLowerCase()}@example.com`;
  return {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
    GIT_COMMITTER_DATE: date,
  };
}
