import { unleashExportDecoder } from '../../server/src/sources/flag-systems/unleashExport.ts';
import type { Random } from '../support/random.ts';
import { COUNTRIES, PLANS, users } from './claims.ts';
import { requireEvaluator } from './evaluators.ts';
import { itSaysWhatIsServed } from './systems.ts';

interface Unleash {
  isEnabled(name: string, context: unknown): boolean;
  on(event: string, listener: () => void): void;
  once(event: string, listener: () => void): void;
  destroy(): void;
}
interface Package {
  Unleash: new (options: unknown) => Unleash;
  InMemStorageProvider: new () => unknown;
}

describe('Unleash bootstrap files', () => {
  let client: Unleash | null = null;
  itSaysWhatIsServed({
    decoder: unleashExportDecoder,
    path: 'unleash.json',
    seeds: 20,
    generate: random => ({
      version: 2,
      features: [
        {
          name: 'parent',
          type: 'release',
          enabled: random.chance(0.7),
          strategies: [{ name: 'default', parameters: {} }],
        },
        ...Array.from({ length: 5 }, (_, i) => feature(`f${i}`, random)),
      ],
      segments: [
        { id: 1, name: 'staff', constraints: [{ contextName: 'plan', operator: 'IN', values: ['staff'] }] },
        { id: 2, name: 'nordic', constraints: [{ contextName: 'country', operator: 'IN', values: ['SE', 'NO'] }] },
      ],
    }),
    serve: async file => {
      const { features, segments } = file as { features: unknown; segments: unknown };
      const { Unleash, InMemStorageProvider } = requireEvaluator<Package>('unleash-client');
      const unleash = new Unleash({
        appName: 'shop',
        url: 'http://127.0.0.1:9/api',
        customHeaders: { Authorization: 'none' },
        bootstrap: { data: features, segments },
        storageProvider: new InMemStorageProvider(),
        disableMetrics: true,
        refreshInterval: 0,
        skipInstanceCountWarning: true,
      });
      client = unleash;
      // There is no server: what it starts with is all there is.
      unleash.on('error', () => {});
      unleash.on('warn', () => {});
      await new Promise<void>(resolve => unleash.once('ready', resolve));
      return key =>
        users.map(user =>
          unleash.isEnabled(key, {
            userId: user.id,
            sessionId: `s-${user.id}`,
            properties: { ...user, age: String(user.age) },
          }),
        );
    },
    close: () => client?.destroy(),
  });
});

function feature(name: string, random: Random): unknown {
  return {
    name,
    type: random.pick(['release', 'experiment', 'kill-switch']),
    enabled: random.chance(0.9),
    strategies: Array.from({ length: random.between(0, 3) }, () => strategy(name, random)),
    ...(random.chance(0.15) ? { dependencies: [{ feature: 'parent', enabled: random.chance(0.7) }] } : {}),
  };
}

function strategy(name: string, random: Random): unknown {
  const where = {
    ...(random.chance(0.4)
      ? { constraints: Array.from({ length: random.between(0, 2) }, () => constraint(random)) }
      : {}),
    ...(random.chance(0.3) ? { segments: [random.between(1, 2)] } : {}),
  };
  if (random.chance(0.3)) return { name: 'default', parameters: {}, ...where };
  if (random.chance(0.1)) return { name: 'userWithId', parameters: { userIds: 'user-1,user-2' }, ...where };
  if (random.chance(0.15)) {
    return {
      name: 'gradualRolloutUserId',
      parameters: { percentage: String(random.between(0, 20) * 5), groupId: name },
      ...where,
    };
  }
  const parameters = {
    rollout: String(random.between(0, 20) * 5),
    stickiness: random.pick(['default', 'default', 'userId', 'random', 'sessionId', 'email']),
    groupId: random.pick([name, name, 'other']),
  };
  return { name: 'flexibleRollout', parameters, ...where };
}

function constraint(random: Random): unknown {
  const inverted = random.chance(0.2);
  if (random.chance(0.4)) return { contextName: 'plan', operator: 'IN', values: [random.pick(PLANS)], inverted };
  if (random.chance(0.3))
    return { contextName: 'age', operator: 'NUM_GTE', value: String(random.between(20, 70)), inverted };
  return {
    contextName: 'country',
    operator: random.pick(['IN', 'NOT_IN']),
    values: random.some(COUNTRIES, 1).slice(0, 3),
    inverted,
  };
}
