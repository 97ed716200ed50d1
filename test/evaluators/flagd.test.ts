import { flagdDecoder } from '../../server/src/sources/flag-systems/flagd.ts';
import type { Random } from '../support/random.ts';
import { COUNTRIES, PLANS, type Served, users } from './claims.ts';
import { requireEvaluator } from './evaluators.ts';
import { itSaysWhatIsServed } from './systems.ts';

interface Package {
  FlagdCore: new (
    storage: undefined,
    logger: unknown,
  ) => {
    setConfigurations(text: string): void;
    getFlag(key: string): { state: string; evaluate(context: unknown, logger: unknown): { value?: unknown } };
  };
}

describe('flagd files', () =>
  itSaysWhatIsServed({
    decoder: flagdDecoder,
    path: 'flags.flagd.json',
    seeds: 25,
    generate: random => ({
      flags: Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`f${i}`, flag(random)])),
      $evaluators: { staff: { '==': [{ var: 'plan' }, 'staff'] } },
    }),
    serve: async file => {
      const { FlagdCore } = requireEvaluator<Package>('@openfeature/flagd-core');
      const quiet = { error() {}, warn() {}, info() {}, debug() {} };
      const core = new FlagdCore(undefined, quiet);
      core.setConfigurations(JSON.stringify(file));
      return key => {
        const flag = core.getFlag(key);
        if (flag.state === 'DISABLED') return users.map(() => undefined);
        return users.map(user => flag.evaluate({ ...user, targetingKey: user.id }, quiet).value as Served);
      };
    },
  }));

function flag(random: Random): unknown {
  const variants: Record<string, unknown> = random.chance(0.6)
    ? { on: true, off: false }
    : random.pick<Record<string, unknown>>([
        { red: '#f00', blue: '#00f', off: '' },
        { a: 1, b: 2 },
      ]);
  const names = Object.keys(variants);
  return {
    state: random.chance(0.9) ? 'ENABLED' : 'DISABLED',
    variants,
    defaultVariant: random.chance(0.9) ? random.pick(names) : null,
    ...(random.chance(0.8) ? { targeting: rule(random, names, 2) } : {}),
  };
}

function rule(random: Random, names: readonly string[], depth: number): unknown {
  if (depth > 0 && random.chance(0.6)) {
    const branches = Array.from({ length: random.between(1, 2) }, () => [
      condition(random),
      outcome(random, names, depth - 1),
    ]);
    return { if: [...branches.flat(), ...(random.chance(0.8) ? [outcome(random, names, depth - 1)] : [])] };
  }
  return split(random, names);
}

function outcome(random: Random, names: readonly string[], depth: number): unknown {
  return random.chance(0.5) ? random.pick(names) : rule(random, names, depth);
}

function split(random: Random, names: readonly string[]): unknown {
  const by = random.pick<unknown[]>([
    [],
    [],
    [{ var: 'email' }],
    [{ cat: [{ var: '$flagd.flagKey' }, { var: 'email' }] }],
  ]);
  const weights = names.map(name => (random.chance(0.1) ? [name] : [name, random.between(0, 100)]));
  return { fractional: [...by, ...weights] };
}

function condition(random: Random): unknown {
  if (random.chance(0.2)) return { $ref: 'staff' };
  if (random.chance(0.4)) return { '==': [{ var: 'plan' }, random.pick(PLANS)] };
  if (random.chance(0.4)) return { in: [{ var: 'country' }, random.some(COUNTRIES, 1).slice(0, 3)] };
  if (random.chance(0.5)) return { '>=': [{ var: 'age' }, random.between(20, 70)] };
  return {
    and: [{ '==': [{ var: 'plan' }, random.pick(PLANS)] }, { '==': [{ var: 'country' }, random.pick(COUNTRIES)] }],
  };
}
