/**
 * What would happen if the flag system went away tonight: every check would get its own fallback. Beside it stands what users
 * get now, in each environment, and the flag's off value. Whether a difference is a finding is decided in `agreement.ts`.
 */
import type { Check, EnvironmentState, Flag, JsonValue } from '../../model.ts';
import type { Snapshot } from '../../snapshot.ts';
import { shortStateOf, valueText } from '../rollout/describe.ts';
import { sameValue } from './agreement.ts';
import { environmentOrder, flagsOf, productionChecksOf } from './flagIndex.ts';

/**
 * `none`: everyone gets what they get now. `changed`: everyone gets something else. `withdrawn`: those who have it lose it.
 * `widened`: everyone gets it, although it is meant for some only. `unknown`: what users get now can't be told.
 */
export type OutageEffect = 'none' | 'changed' | 'withdrawn' | 'widened' | 'unknown';

/** What one fallback means for users. */
export interface Outage {
  readonly fallback: JsonValue;
  /** Checks outside tests that have this fallback, in order. */
  readonly checks: readonly Check[];
  readonly environments: readonly {
    readonly environment: string;
    readonly effect: OutageEffect;
    readonly what: string;
  }[];
}

/** One entry for each fallback that the key's checks outside tests have; checks without a constant one are left out. */
export function withoutSystem(snapshot: Snapshot, key: string): readonly Outage[] {
  const flags = flagsOf(snapshot, key).filter(flag => !flag.archived);
  const outages: { fallback: JsonValue; checks: Check[] }[] = [];
  for (const check of productionChecksOf(snapshot, key)) {
    const { fallback } = check;
    if (fallback === undefined) continue;
    const known = outages.find(outage => sameValue(outage.fallback, fallback));
    if (known === undefined) outages.push({ fallback, checks: [check] });
    else known.checks.push(check);
  }
  const order = environmentOrder(snapshot);
  const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return outages.map(({ fallback, checks }) => ({
    fallback,
    checks,
    environments: flags
      .flatMap(flag =>
        flag.environments.map(state => ({ environment: state.environment, ...effectOf(flag, state, fallback) })),
      )
      .sort((a, b) => rank(a.environment) - rank(b.environment)),
  }));
}

function effectOf(
  flag: Flag,
  state: EnvironmentState,
  fallback: JsonValue,
): { readonly effect: OutageEffect; readonly what: string } {
  const then = valueText(fallback);
  const now = shortStateOf(state);
  if (state.state === 'unknown')
    return { effect: 'unknown', what: `everyone gets ${then}; what they get now is not known` };
  if (state.state === 'on' || state.state === 'off') {
    if (state.serves === undefined) return { effect: 'none', what: `everyone gets ${then}, as now` };
    return sameValue(state.serves, fallback)
      ? { effect: 'none', what: `everyone gets ${then}, as now` }
      : { effect: 'changed', what: `everyone gets ${then} instead of ${valueText(state.serves)}` };
  }
  if (flag.offValue === undefined) return { effect: 'unknown', what: `everyone gets ${then}; now it is ${now}` };
  return sameValue(flag.offValue, fallback)
    ? { effect: 'withdrawn', what: `everyone gets ${then}, its off value; now it is ${now}` }
    : {
        effect: 'widened',
        what: `everyone gets ${then}, not its off value ${valueText(flag.offValue)}; now it is ${now}`,
      };
}
