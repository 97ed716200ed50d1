import { posthogService } from '../../server/src/sources/flag-servers/posthog.ts';
import type { FlagFileDecoder } from '../../server/src/sources/flag-systems/decoder.ts';
import type { Random } from '../support/random.ts';
import { COUNTRIES, PLANS, type Served, users } from './claims.ts';
import { requireEvaluator } from './evaluators.ts';
import { itSaysWhatIsServed } from './systems.ts';

interface Client {
  reloadFeatureFlags(): Promise<void>;
  getFeatureFlag(key: string, user: string, options: unknown): Promise<Served>;
  shutdown(): Promise<void>;
}
interface Module {
  PostHog: new (key: string, options: unknown) => Client;
}

/** PostHog has no files: what its server lists stands for one. */
const asFile: FlagFileDecoder = {
  system: 'posthog',
  recognises: () => true,
  decode: (path, text, { environment, now }) => {
    const target = { url: 'https://eu.posthog.com', project: '7', environments: [environment] };
    const { flags } = posthogService.map(JSON.parse(text), { ...target, now });
    return { path, system: 'posthog', environment, flags: flags ?? [], problems: [] };
  },
};

describe("PostHog's flags", () => {
  let client: Client | null = null;

  itSaysWhatIsServed({
    decoder: asFile,
    path: 'flags.json',
    seeds: 5,
    generate: random => ({ flags: Array.from({ length: 6 }, (_, at) => flag(at + 1, random)) }),
    serve: async file => {
      const { PostHog } = requireEvaluator<Module>('posthog-node');
      const { flags } = file as { readonly flags: readonly unknown[] };
      const body = JSON.stringify({ flags, group_type_mapping: {}, cohorts: {} });
      client = new PostHog('phc_test', {
        host: 'http://127.0.0.1:9',
        personalApiKey: 'phx_test',
        featureFlagsPollingInterval: 3_600_000,
        fetch: async () => new Response(body, { status: 200, headers: { 'content-type': 'application/json' } }),
      });
      await client.reloadFeatureFlags();
      return async key => {
        const served: Served[] = [];
        for (const { id, email, country, plan, age } of users) {
          const personProperties = { email, country, plan, age: String(age) };
          const options = { personProperties, onlyEvaluateLocally: true, sendFeatureFlagEvents: false };
          served.push(await client!.getFeatureFlag(key, id, options));
        }
        return served;
      };
    },
    close: () => client?.shutdown(),
  });
});

function flag(id: number, random: Random): unknown {
  const variants = random.chance(0.4) ? shares(random) : null;
  const groups = Array.from({ length: random.pick([0, 1, 1, 2, 3]) }, (_, at) => group(random, variants, at === 2));
  return {
    id,
    key: `f${id}`,
    name: '',
    active: random.chance(0.85),
    deleted: false,
    created_at: '2025-11-03T08:00:00Z',
    filters: { groups, multivariate: variants === null ? null : { variants } },
  };
}

function shares(random: Random): readonly { key: string; rollout_percentage: number }[] {
  const red = random.pick([10, 30, 50, 100]);
  return [
    { key: 'red', rollout_percentage: red },
    { key: 'blue', rollout_percentage: 100 - red },
  ];
}

function group(random: Random, variants: ReturnType<typeof shares> | null, isLast: boolean): unknown {
  return {
    properties: isLast || random.chance(0.4) ? [] : [property(random)],
    rollout_percentage: random.pick([null, 0, 5, 25, 50, 75, 100]),
    variant: variants !== null && random.chance(0.3) ? 'red' : null,
  };
}

function property(random: Random): unknown {
  const of = (key: string, operator: string, value: unknown) => ({ key, type: 'person', operator, value });
  return random.pick([
    of('country', 'exact', [random.pick(COUNTRIES), random.pick(COUNTRIES)]),
    of('country', 'is_not', [random.pick(COUNTRIES)]),
    of('plan', 'exact', random.pick(PLANS)),
    of('email', 'icontains', 'shop'),
    of('plan', 'is_set', 'is_set'),
  ]);
}
