// As much of Unleash's admin API as one flag needs, for tests of what stands on top; Unleash itself is in test/servers.
import { type Handler, type LocalServer, startLocalServer } from './localServer.ts';

export interface SmallUnleash extends LocalServer {
  /** Sets a flag's share in production, 0 to 100, as somebody in its page would. */
  set(key: string, percentage: number): void;
  /** Answers everything from now on; null for as it should be. */
  answer(handler: Handler | null): void;
  /** Answers as it should, with a clock so many milliseconds ahead. */
  setClock(ahead: number): void;
}

export async function startSmallUnleash(flags: Readonly<Record<string, number>>): Promise<SmallUnleash> {
  const shares = new Map(Object.entries(flags));
  const events: object[] = [];
  let instead: Handler | null = null;
  const environmentsOf = (name: string) => {
    const strategy = {
      id: `s-${name}`,
      name: 'flexibleRollout',
      parameters: { rollout: String(shares.get(name)), stickiness: 'default', groupId: name },
    };
    const environment = {
      name: 'production',
      type: 'production',
      enabled: true,
      hasStrategies: true,
      lastSeenAt: null,
    };
    return { environment, strategies: [strategy] };
  };
  const entryOf = (name: string) => ({
    name,
    type: 'release',
    project: 'default',
    createdAt: '2026-01-01T00:00:00.000Z',
    environments: [environmentsOf(name).environment],
  });
  let ahead: number | null = null;
  const answerTo: Handler = (asked, response) => {
    if (instead !== null) return instead(asked, response);
    const { path, query } = asked;
    if (path === '/api/admin/environments')
      return { body: { environments: [{ name: 'production', type: 'production' }] } };
    if (path === '/api/admin/segments') return { body: { segments: [] } };
    if (path === '/api/admin/search/events') return { body: { events: events.toReversed(), total: events.length } };
    if (path === '/api/admin/search/features') {
      const features = query.has('archived') ? [] : [...shares.keys()].map(entryOf);
      return { body: { features, total: features.length } };
    }
    const name = path.split('/').at(-1) ?? '';
    if (!shares.has(name)) return { status: 404, body: {} };
    const { environment, strategies } = environmentsOf(name);
    return { body: { name, environments: [{ ...environment, strategies }] } };
  };
  const server = await startLocalServer((asked, response) => {
    const answer = answerTo(asked, response);
    if (answer === null || ahead === null) return answer;
    return { ...answer, headers: { ...answer.headers, date: new Date(Date.now() + ahead).toUTCString() } };
  });
  return {
    ...server,
    set(key, percentage) {
      const before = environmentsOf(key).strategies[0];
      shares.set(key, percentage);
      events.push({
        id: events.length + 1,
        type: 'feature-strategy-update',
        featureName: key,
        environment: 'production',
        createdAt: new Date().toISOString(),
        preData: before,
        data: environmentsOf(key).strategies[0],
      });
    },
    answer(handler) {
      instead = handler;
    },
    setClock(by) {
      ahead = by;
    },
  };
}
