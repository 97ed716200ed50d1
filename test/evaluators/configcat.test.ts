import { configcatDecoder } from '../../server/src/sources/flag-systems/configcat.ts';
import type { Random } from '../support/random.ts';
import { COUNTRIES, PLANS, type Served, users } from './claims.ts';
import { requireEvaluator } from './evaluators.ts';
import { itSaysWhatIsServed } from './systems.ts';

interface Client {
  forceRefreshAsync(): Promise<unknown>;
  waitForReady(): Promise<unknown>;
  snapshot(): { getValue(key: string, fallback: unknown, user: unknown): unknown };
  dispose(): void;
}
interface Package {
  getClient(key: string, mode: number, options: unknown): Client;
  PollingMode: { ManualPoll: number };
  createConsoleLogger(level: number): unknown;
}

describe('ConfigCat config files', () => {
  let client: Client | null = null;
  let files = 0;
  itSaysWhatIsServed({
    decoder: configcatDecoder,
    path: 'configcat.json',
    seeds: 25,
    generate: random => ({
      p: { u: 'https://cdn.example.com', r: 0, s: 'c2FsdA==' },
      s: [
        { n: 'staff', r: [{ a: 'plan', c: 28, s: 'staff' }] },
        { n: 'nordic', r: [{ a: 'country', c: 0, l: ['SE', 'NO'] }] },
      ],
      f: Object.fromEntries([
        ['parent', { t: 0, v: { b: random.chance(0.5) }, i: 'p' }],
        ...Array.from({ length: 5 }, (_, i) => [`f${i}`, setting(random)]),
      ]),
    }),
    serve: async file => {
      const { getClient, PollingMode, createConsoleLogger } = requireEvaluator<Package>('configcat-node');
      const cached = `${Date.now()}\n"1"\n${JSON.stringify(file)}`;
      const cache = { set: () => {}, get: () => cached };
      const key = `configcat-sdk-1/${'a'.repeat(22)}/${String(files++).padStart(22, 'b')}`;
      client = getClient(key, PollingMode.ManualPoll, { cache, offline: true, logger: createConsoleLogger(-1) });
      await client.waitForReady();
      const snapshot = client.snapshot();
      return setting =>
        users.map(user => {
          const custom = { plan: user.plan, country: user.country, age: user.age };
          return (snapshot.getValue(setting, null, { identifier: user.id, email: user.email, custom }) ??
            undefined) as Served;
        });
    },
    close: () => client?.dispose(),
  });
});

type Value = Readonly<Record<string, boolean | string | number>>;

function setting(random: Random): unknown {
  const [t, values] = random.pick<readonly [number, readonly Value[]]>([
    [0, [{ b: true }, { b: false }]],
    [0, [{ b: true }, { b: false }]],
    [1, [{ s: 'red' }, { s: 'blue' }, { s: 'off' }]],
    [2, [{ i: 10 }, { i: 20 }]],
  ]);
  const served = () => ({ v: random.pick(values), i: 'x' });
  const options = () => {
    const first = random.between(0, 20) * 5;
    return [
      { p: first, v: values[0], i: 'a' },
      { p: 100 - first, v: values.at(-1), i: 'b' },
    ];
  };
  const rules = Array.from({ length: random.between(0, 3) }, () => ({
    c: Array.from({ length: random.between(1, 2) }, () => condition(random)),
    ...(random.chance(0.6) ? { s: served() } : { p: options() }),
  }));
  return {
    t,
    r: rules,
    ...(random.chance(0.5) ? { p: options() } : {}),
    ...(random.chance(0.2) ? { a: 'Email' } : {}),
    ...served(),
  };
}

function condition(random: Random): unknown {
  if (random.chance(0.3)) return { s: { s: random.between(0, 1), c: random.chance(0.8) ? 0 : 1 } };
  if (random.chance(0.15)) return { p: { f: 'parent', c: 0, v: { b: true } } };
  if (random.chance(0.4)) return { u: { a: 'plan', c: random.pick([28, 29]), s: random.pick(PLANS) } };
  if (random.chance(0.3)) return { u: { a: 'age', c: 15, d: random.between(20, 70) } };
  return { u: { a: 'country', c: random.pick([0, 1]), l: random.some(COUNTRIES, 1).slice(0, 3) } };
}
