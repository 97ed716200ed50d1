// A small Unleash that remembers what it is told: the admin API as far as it is asked here, with tokens that may read or write. What
// the real one does is tested in test/servers; this one is there where a real one is too slow to start.
import type { Answered, Asked, Handler } from './localServer.ts';

export const READER = 'user:reader-0123456789abcdef';
export const WRITER = 'user:writer-0123456789abcdef';

interface Rollout {
  enabled: boolean;
  /** Of its one gradual rollout; null for none. */
  percentage: number | null;
}

export interface EmulatedFlag {
  readonly name: string;
  stale: boolean;
  archived: boolean;
  readonly environments: Record<'development' | 'production', Rollout>;
}

export interface UnleashEmulator {
  readonly handler: Handler;
  readonly flags: Map<string, EmulatedFlag>;
  /** Somebody has changed `flags`: its log has one more event. */
  readonly touch: () => void;
}

/** @param names of its first flags: off in production, 25% in development. */
export function createUnleash(names: readonly string[]): UnleashEmulator {
  const flags = new Map<string, EmulatedFlag>();
  const events: object[] = [{ id: 1, type: 'project-created', createdAt: '2026-01-01T00:00:00.000Z' }];
  const add = (name: string, percentage: number | null) =>
    flags.set(name, {
      name,
      stale: false,
      archived: false,
      environments: {
        development: { enabled: percentage !== null, percentage },
        production: { enabled: false, percentage },
      },
    });
  for (const name of names) add(name, 25);

  const change = (asked: Asked): Answered => {
    const [, , , , , what, name, , environment, verb, strategy] = asked.path.split('/').map(decodeURIComponent);
    const body = asked.body as never;
    const createdAt = new Date().toISOString();
    events.unshift({ id: events.length + 1, type: 'feature-strategy-update', featureName: name ?? null, createdAt });
    if (what === 'features' && asked.method === 'POST' && name === undefined) {
      add((body as { name: string }).name, null);
      return { status: 201, body: {} };
    }
    if (what === 'stale' || what === 'revive') {
      for (const each of (body as { features: string[] }).features) {
        const flag = flags.get(each);
        if (flag === undefined) return { status: 404, body: {} };
        if (what === 'revive') flag.archived = false;
        else flag.stale = (body as { stale: boolean }).stale;
      }
      return { body: {} };
    }
    const flag = flags.get(name ?? '');
    const rollout = flag?.environments[environment as 'production'];
    if (what !== 'features' || flag === undefined) return { status: 404, body: {} };
    if (asked.method === 'DELETE') {
      flag.archived = true;
      return { status: 202 };
    }
    if (rollout === undefined) return { status: 404, body: {} };
    if (verb === 'on' || verb === 'off') {
      rollout.enabled = verb === 'on';
      if (rollout.enabled) rollout.percentage ??= 100;
      return { body: {} };
    }
    if (verb === 'strategies' && strategy !== undefined && asked.method === 'PATCH') {
      rollout.percentage = Number((body as readonly { value: string }[])[0]!.value);
      return { body: {} };
    }
    return { status: 404, body: {} };
  };

  const handler: Handler = asked => {
    const token = asked.headers.authorization;
    if (token !== READER && token !== WRITER) return { status: 401, body: { message: 'no such token' } };
    const { path, method, query } = asked;
    if (path === '/api/admin/environments') return { body: { environments: ENVIRONMENTS } };
    if (path === '/api/admin/search/events') return { body: { events, total: events.length } };
    if (path === '/api/admin/search/features') {
      const isArchived = query.get('archived') === 'IS:true';
      const found = [...flags.values()].filter(flag => flag.archived === isArchived).map(featureOf);
      const offset = Number(query.get('offset') ?? 0);
      return { body: { features: found.slice(offset), total: found.length } };
    }
    if (path === '/api/admin/segments') return { body: { segments: [] } };
    const one = /^\/api\/admin\/projects\/default\/features\/([^/]+)$/.exec(path);
    if (one !== null && method === 'GET') {
      const flag = flags.get(decodeURIComponent(one[1]!));
      return flag === undefined || flag.archived ? { status: 404, body: {} } : { body: detailOf(flag) };
    }
    const strategies = /^\/api\/admin\/projects\/default\/features\/([^/]+)\/environments\/([^/]+)\/strategies$/.exec(
      path,
    );
    if (strategies !== null && method === 'GET') {
      const flag = flags.get(decodeURIComponent(strategies[1]!));
      const own = flag && strategiesOf(flag, strategies[2] as 'production');
      return own === undefined ? { status: 404, body: {} } : { body: own };
    }
    if (method === 'GET') return { status: 404, body: {} };
    return token === WRITER ? change(asked) : { status: 403, body: { message: 'You need UPDATE_FEATURE' } };
  };
  const touch = () => {
    const createdAt = new Date().toISOString();
    events.unshift({ id: events.length + 1, type: 'feature-strategy-update', featureName: null, createdAt });
  };
  return { handler, flags, touch };
}

const ENVIRONMENTS = [
  { name: 'development', type: 'development', sortOrder: 1 },
  { name: 'production', type: 'production', sortOrder: 2 },
];

function featureOf(flag: EmulatedFlag) {
  return {
    name: flag.name,
    type: 'release',
    project: 'default',
    stale: flag.stale,
    createdAt: '2026-01-02T00:00:00.000Z',
    archivedAt: flag.archived ? '2026-02-02T00:00:00.000Z' : null,
    environments: ENVIRONMENTS.map(({ name, type }) => ({
      name,
      type,
      enabled: flag.environments[name as 'production'].enabled,
      hasStrategies: flag.environments[name as 'production'].percentage !== null,
      lastSeenAt: null,
    })),
  };
}

function strategiesOf(flag: EmulatedFlag, environment: 'production') {
  const { percentage } = flag.environments[environment];
  if (percentage === null) return [];
  const parameters = { groupId: flag.name, rollout: String(percentage), stickiness: 'default' };
  return [{ id: `${flag.name}-${environment}`, name: 'flexibleRollout', parameters, constraints: [] }];
}

function detailOf(flag: EmulatedFlag) {
  const entry = featureOf(flag);
  return {
    ...entry,
    environments: entry.environments.map(each => ({
      ...each,
      strategies: strategiesOf(flag, each.name as 'production'),
    })),
    dependencies: [],
  };
}
