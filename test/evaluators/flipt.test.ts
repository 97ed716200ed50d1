/**
 * Flipt's own engine (WebAssembly) reads what its server makes of `features.yaml`; `snapshotOf` does what the server does, after
 * flipt-io/flipt, `internal/server/evaluation/data/server.go`: segments stand in the rules that name them, ranks are positions.
 * Shares that don't add up to 100 are left out: the server leaves the rest without a variant, this engine divides by the sum.
 */
import { fliptDecoder } from '../../server/src/sources/flag-systems/flipt.ts';
import type { Random } from '../support/random.ts';
import { COUNTRIES, PLANS, type Served, users } from './claims.ts';
import { importEvaluator } from './evaluators.ts';
import { itSaysWhatIsServed } from './systems.ts';

interface Client {
  evaluateBoolean(request: unknown): { readonly enabled: boolean };
  evaluateVariant(request: unknown): { readonly match: boolean; readonly reason: string; readonly variantKey: string };
  close(): void;
}
interface Package {
  FliptClient: { init(options: unknown): Promise<Client> };
}

interface SegmentRef {
  readonly keys: readonly string[];
  readonly operator?: string;
  readonly value?: boolean;
}
interface FlagEntry {
  readonly key: string;
  readonly type: string;
  readonly enabled: boolean;
  readonly variants?: readonly { readonly key: string; readonly default?: boolean }[];
  readonly rules?: readonly {
    readonly segment: SegmentRef;
    readonly distributions: readonly { readonly variant: string; readonly rollout: number }[];
  }[];
  readonly rollouts?: readonly {
    readonly segment?: SegmentRef;
    readonly threshold?: { readonly percentage: number; readonly value: boolean };
  }[];
}
interface SegmentEntry {
  readonly key: string;
  readonly match_type: string;
  readonly constraints: readonly unknown[];
}
interface FeaturesFile {
  readonly flags: readonly FlagEntry[];
  readonly segments: readonly SegmentEntry[];
}

describe('Flipt features files', () => {
  let client: Client | null = null;
  itSaysWhatIsServed({
    decoder: fliptDecoder,
    // JSON is YAML.
    path: 'features.yaml',
    seeds: 12,
    generate: random => ({
      version: '1.4',
      namespace: 'default',
      flags: Array.from({ length: 5 }, (_, i) => (i % 2 === 0 ? booleanFlag(random, i) : variantFlag(random, i))),
      segments: [
        segment('staff', 'ALL_MATCH_TYPE', [constraint('plan', 'eq', 'staff')]),
        segment('nordic', 'ANY_MATCH_TYPE', [constraint('country', 'eq', 'SE'), constraint('country', 'eq', 'NO')]),
        segment('seniors', 'ALL_MATCH_TYPE', [
          { type: 'NUMBER_COMPARISON_TYPE', property: 'age', operator: 'gte', value: '60' },
        ]),
        segment('everybody', 'ALL_MATCH_TYPE', []),
        segment('anybody', 'ANY_MATCH_TYPE', []),
      ],
    }),
    serve: async file => {
      const { FliptClient } = await importEvaluator<Package>('@flipt-io/flipt-client-js');
      const features = file as FeaturesFile;
      const body = snapshotOf(features);
      const answer = { ok: true, status: 200, statusText: 'OK', headers: { get: () => null }, json: async () => body };
      client = await FliptClient.init({ namespace: 'default', updateInterval: 0, fetcher: async () => answer });
      return flagKey => {
        const flag = features.flags.find(({ key }) => key === flagKey)!;
        return users.map((user): Served => {
          const context = { plan: user.plan, country: user.country, age: String(user.age) };
          const request = { flagKey, entityId: user.id, context };
          if (flag.type === 'BOOLEAN_FLAG_TYPE') return client!.evaluateBoolean(request).enabled;
          // Nothing is an empty key: the code's fallback counts then.
          return client!.evaluateVariant(request).variantKey || undefined;
        });
      };
    },
    close: () => client?.close(),
  });
});

function snapshotOf({ flags, segments }: FeaturesFile): unknown {
  const full = (keys: readonly string[]) =>
    keys.map(key => {
      const { match_type, constraints } = segments.find(each => each.key === key)!;
      const typed = (constraints as readonly { readonly type: string }[]).map(each => ({
        ...each,
        type: each.type.replace('COMPARISON_TYPE', 'CONSTRAINT_COMPARISON_TYPE'),
      }));
      return { key, matchType: match_type.replace('MATCH_TYPE', 'SEGMENT_MATCH_TYPE'), constraints: typed };
    });
  return {
    namespace: { key: 'default', name: 'default' },
    flags: flags.map(flag => ({
      key: flag.key,
      name: flag.key,
      description: '',
      enabled: flag.enabled,
      type: flag.type,
      ...defaultVariant(flag),
      rules: (flag.rules ?? []).map((rule, at) => ({
        id: `${flag.key}-${at}`,
        rank: at + 1,
        segments: full(rule.segment.keys),
        segmentOperator: rule.segment.operator ?? 'OR_SEGMENT_OPERATOR',
        distributions: rule.distributions.map(({ variant, rollout }, i) => ({
          id: `${at}-${i}`,
          ruleId: `${flag.key}-${at}`,
          variantId: variant,
          variantKey: variant,
          variantAttachment: '',
          rollout,
        })),
      })),
      rollouts: (flag.rollouts ?? []).map(({ segment: ref, threshold }, at) => ({
        rank: at + 1,
        type: threshold === undefined ? 'SEGMENT_ROLLOUT_TYPE' : 'THRESHOLD_ROLLOUT_TYPE',
        ...(threshold === undefined ? {} : { threshold }),
        ...(ref === undefined
          ? {}
          : {
              segment: {
                value: ref.value ?? false,
                segmentOperator: ref.operator ?? 'OR_SEGMENT_OPERATOR',
                segments: full(ref.keys),
              },
            }),
      })),
    })),
  };
}

function defaultVariant(flag: FlagEntry): object {
  const usual = flag.variants?.find(variant => variant.default === true);
  return usual === undefined
    ? {}
    : { defaultVariant: { id: usual.key, key: usual.key, name: usual.key, attachment: '' } };
}

function booleanFlag(random: Random, i: number): FlagEntry {
  const rollouts = Array.from({ length: random.between(0, 3) }, () =>
    random.chance(0.5)
      ? { segment: { ...segmentRef(random), value: random.chance(0.6) } }
      : { threshold: { percentage: random.pick([0, 10, 25, 50, 80, 100]), value: random.chance(0.7) } },
  );
  return { key: `f${i}`, type: 'BOOLEAN_FLAG_TYPE', enabled: random.chance(0.4), rollouts };
}

function variantFlag(random: Random, i: number): FlagEntry {
  const names = ['red', 'blue', 'off'];
  const usual = random.chance(0.4) ? random.pick(names) : null;
  const rules = Array.from({ length: random.between(0, 3) }, () => {
    const first = random.between(0, 10) * 10;
    const distributions = random.pick([
      [{ variant: random.pick(names), rollout: 100 }],
      [
        { variant: 'red', rollout: first },
        { variant: 'blue', rollout: 100 - first },
      ],
      [],
    ]);
    return { segment: segmentRef(random), distributions };
  });
  return {
    key: `f${i}`,
    type: 'VARIANT_FLAG_TYPE',
    enabled: random.chance(0.85),
    variants: names.map(key => (key === usual ? { key, default: true } : { key })),
    rules,
  };
}

function segmentRef(random: Random): SegmentRef {
  const all = ['staff', 'nordic', 'seniors', 'everybody', 'anybody'];
  if (random.chance(0.6)) return { keys: [random.pick(all)] };
  return {
    keys: random.chance(0.5) ? all.slice(0, 2) : all.slice(2, 4),
    operator: random.pick(['AND_SEGMENT_OPERATOR', 'OR_SEGMENT_OPERATOR']),
  };
}

function segment(key: string, match_type: string, constraints: readonly unknown[]): SegmentEntry {
  return { key, match_type, constraints };
}

function constraint(property: (typeof KNOWN)[number], operator: string, value: (typeof VALUES)[number]): unknown {
  return { type: 'STRING_COMPARISON_TYPE', property, operator, value };
}

const KNOWN = ['plan', 'country'] as const;
const VALUES = [...COUNTRIES, ...PLANS] as const;
