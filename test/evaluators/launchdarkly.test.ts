import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchdarklyFileDecoder } from '../../server/src/sources/flag-systems/launchdarklyFile.ts';
import type { Random } from '../support/random.ts';
import { COUNTRIES, PLANS, type Served, users } from './claims.ts';
import { requireEvaluator } from './evaluators.ts';
import { itSaysWhatIsServed } from './systems.ts';

interface Client {
  waitForInitialization(options: { timeout: number }): Promise<unknown>;
  variation(key: string, context: unknown, fallback: unknown): Promise<unknown>;
  close(): void;
}
interface Server {
  init(key: string, options: unknown): Client;
}
interface Integrations {
  FileDataSourceFactory: new (options: unknown) => { getFactory?(): unknown; create(...args: unknown[]): unknown };
}

const NOTHING = 'the fallback of the code';

describe('LaunchDarkly files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'flagbook-launchdarkly-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  let client: Client | null = null;

  itSaysWhatIsServed({
    decoder: launchdarklyFileDecoder,
    path: 'launchdarkly.json',
    seeds: 12,
    generate: random => {
      const flags: Record<string, unknown> = { parent: plainFlag('parent', random) };
      for (let i = 0; i < 5; i++) flags[`f${i}`] = flag(`f${i}`, random);
      return { flags, flagValues: { constant: random.pick([true, 'red', 3]) }, segments: SEGMENTS };
    },
    serve: async file => {
      const path = join(folder, 'flags.json');
      writeFileSync(path, JSON.stringify(file));
      const { init } = requireEvaluator<Server>('@launchdarkly/node-server-sdk');
      const { FileDataSourceFactory } = requireEvaluator<Integrations>('@launchdarkly/node-server-sdk/integrations');
      const source = new FileDataSourceFactory({ paths: [path] });
      const quiet = { error() {}, warn() {}, info() {}, debug() {} };
      const updateProcessor = source.getFactory?.() ?? ((...args: unknown[]) => source.create(...args));
      client = init('sdk-key', { updateProcessor, sendEvents: false, diagnosticOptOut: true, logger: quiet });
      await client.waitForInitialization({ timeout: 20 });
      return async key => {
        const served: Served[] = [];
        for (const user of users) {
          const value = await client!.variation(key, { kind: 'user', key: user.id, ...user }, NOTHING);
          served.push(value === NOTHING ? undefined : (value as Served));
        }
        return served;
      };
    },
    close: () => client?.close(),
  });
});

const SEGMENTS = {
  staff: { key: 'staff', version: 1, rules: [{ clauses: [{ attribute: 'plan', op: 'in', values: ['staff'] }] }] },
  nordic: {
    key: 'nordic',
    version: 1,
    rules: [{ clauses: [{ attribute: 'country', op: 'in', values: ['SE', 'NO'] }] }],
  },
};

function plainFlag(key: string, random: Random): unknown {
  return {
    key,
    version: 1,
    on: random.chance(0.7),
    variations: [true, false],
    offVariation: 1,
    fallthrough: { variation: 0 },
    salt: 's',
  };
}

function flag(key: string, random: Random): unknown {
  const variations = random.chance(0.6)
    ? [true, false]
    : random.pick([
        ['red', 'blue', 'off'],
        [10, 20],
        [{ a: 1 }, { a: 2 }],
      ]);
  const last = variations.length - 1;
  return {
    key,
    version: 1,
    salt: key,
    on: random.chance(0.85),
    variations,
    ...(random.chance(0.85) ? { offVariation: random.chance(0.8) ? last : 0 } : {}),
    fallthrough: serve(random, last),
    rules: Array.from({ length: random.between(0, 3) }, () => ({ ...serve(random, last), clauses: clauses(random) })),
    ...(random.chance(0.2)
      ? { targets: [{ variation: random.between(0, last), values: ['user-1', 'user-2', 'user-3'] }] }
      : {}),
    ...(random.chance(0.15) ? { prerequisites: [{ key: 'parent', variation: 0 }] } : {}),
  };
}

function serve(random: Random, last: number): object {
  if (random.chance(0.5)) return { variation: random.between(0, last) };
  const first = random.pick([1, 1000, 10_000, 25_000, 50_000, 99_000, 100_000]);
  const variations = [
    { variation: 0, weight: first },
    { variation: last, weight: 100_000 - first },
  ];
  const kind = random.chance(0.25) ? { kind: 'experiment', seed: random.between(1, 1000) } : {};
  const bucketBy = random.chance(0.2) && !('kind' in kind) ? { bucketBy: 'email' } : {};
  return { rollout: { ...kind, ...bucketBy, contextKind: 'user', variations } };
}

function clauses(random: Random): unknown {
  const clause = () => {
    const negate = random.chance(0.2);
    if (random.chance(0.4))
      return { attribute: '', op: 'segmentMatch', values: [random.pick(['staff', 'nordic'])], negate: false };
    if (random.chance(0.3))
      return { attribute: 'age', op: 'greaterThanOrEqual', values: [random.between(20, 70)], negate };
    if (random.chance(0.5)) return { attribute: 'plan', op: 'in', values: [random.pick(PLANS)], negate };
    return { attribute: 'country', op: 'in', values: random.some(COUNTRIES, 1).slice(0, 3), negate };
  };
  return random.chance(0.7) ? [clause()] : [clause(), clause()];
}
