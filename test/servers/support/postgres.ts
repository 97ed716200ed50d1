// A real PostgreSQL of the tests' own: Debian's program, a cluster in a temporary folder, gone with the tests.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { makeTemporaryFolder } from '../../support/temporaryFolder.ts';
import { endProcess, endWithThisProcess, hasEnded, within } from './within.ts';

export interface Postgres {
  /** The address of a fresh database. */
  createDatabase(name: string): string;
  /** Runs statements in a database, as its administrator. */
  sql(database: string, statements: string): void;
  close(): Promise<void>;
}

export async function startPostgres(): Promise<Postgres> {
  const programs = programFolder();
  const user: { readonly uid?: number; readonly gid?: number } = process.getuid?.() === 0 ? databaseUser() : {};
  const folder = makeTemporaryFolder('pg');
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const quiet = { ...user, cwd: folder, stdio: 'ignore' as const };
  execFileSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'unleash', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'],
    { ...quiet, timeout: 60_000 },
  );
  const port = await freePort();
  // What is lost with the machine may be lost.
  const settings = [
    'fsync=off',
    'full_page_writes=off',
    `unix_socket_directories=${folder}`,
    'listen_addresses=127.0.0.1',
  ];
  const flags = settings.flatMap(setting => ['-c', setting]);
  const server = spawn(join(programs, 'postgres'), ['-D', data, '-p', String(port), ...flags], quiet);
  endWithThisProcess(server, 'SIGQUIT');
  const psql = (database: string, statements: string): void => {
    const args = [
      '-h',
      '127.0.0.1',
      '-p',
      String(port),
      '-U',
      'unleash',
      '-d',
      database,
      '-v',
      'ON_ERROR_STOP=1',
      '-q',
    ];
    // While this waits no timer runs, mocha's neither: without a limit of its own it would wait for ever.
    const limits = { timeout: 20_000, killSignal: 'SIGKILL' as const, env: { ...process.env, PGCONNECT_TIMEOUT: '5' } };
    execFileSync(join(programs, 'psql'), [...args, '-c', statements], {
      stdio: ['ignore', 'ignore', 'pipe'],
      ...limits,
    });
  };
  await until(() => isThere(() => psql('postgres', 'select 1')), server, 'PostgreSQL');
  return {
    createDatabase(name) {
      psql('postgres', `create database ${name}`);
      return `postgres://unleash@127.0.0.1:${port}/${name}`;
    },
    sql: psql,
    // At once, without waiting for anybody.
    close: () => endProcess(server, 'PostgreSQL', 'SIGQUIT'),
  };
}

/** Resolves when it is so. Rejects, and ends the process, when it ends before, or after a minute. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  process: ChildProcess,
  what: string,
): Promise<void> {
  const deadline = Date.now() + 60_000;
  let failed: Error | null = null;
  process.once('error', error => {
    failed = error;
  });
  const failure = (): string | null => {
    if (failed !== null) return `${what} could not be started: ${failed.message}`;
    if (hasEnded(process)) return `${what} ended with ${process.exitCode ?? process.signalCode}.`;
    return Date.now() > deadline ? `${what} was not there after a minute.` : null;
  };
  while (!(await within(70_000, `${what} did not answer`, Promise.resolve(isSo())))) {
    const reason = failure();
    if (reason !== null) {
      process.kill('SIGKILL');
      throw new Error(reason);
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('There is no port.');
  return address.port;
}

function isThere(attempt: () => void): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

/** The newest of Debian's. */
function programFolder(): string {
  const base = '/usr/lib/postgresql';
  const versions = existsSync(base) ? readdirSync(base).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map(version => join(base, version, 'bin')).find(folder => existsSync(join(folder, 'initdb')));
  if (found === undefined) throw new Error('PostgreSQL is not installed: node test/setup/setup.mjs does it.');
  return found;
}

/** PostgreSQL refuses to run as root. */
function databaseUser(): { readonly uid: number; readonly gid: number } {
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', timeout: 10_000 }));
  return { uid: id('-u'), gid: id('-g') };
}
