/**
 * What a flag does in one environment, derived honestly from neutral pieces: variations, rules in order, splits. Every flag
 * system's decoder says its own format in these pieces, and this module alone decides what may be claimed: on, off, a
 * percentage, or only words. It knows no format and no system.
 */
import type { EnvironmentState, JsonValue, Ring, RolloutState, Variation, VariationShare } from '../../model.ts';
import { dateText, percentText } from './describe.ts';
import { usableWeight } from './weights.ts';

/** Where a user ends up. */
export type Outcome =
  /** The variation of this name; a name that no variation has gives the code's fallback. */
  | { readonly kind: 'variation'; readonly name: string }
  /** What the code passes as its fallback. */
  | { readonly kind: 'fallback' }
  /** Users divided by weight; `by` says by what, such as `user id`. */
  | {
      readonly kind: 'split';
      readonly by: string | null;
      readonly parts: readonly SplitPart[];
      /** Name of the experiment that divides them, empty where it has none; left out for a plain rollout. */
      readonly experiment?: string;
    }
  /** The first rule that applies wins. */
  | { readonly kind: 'rules'; readonly rules: readonly Rule[]; readonly otherwise: Outcome }
  /** Something we can't read; `words` names it, and `divides` says that at least it is a split of the users. */
  | { readonly kind: 'custom'; readonly words: string; readonly divides?: boolean };

export interface SplitPart {
  readonly outcome: Outcome;
  /** Relative to the sum of all weights. */
  readonly weight: number;
}

export interface Rule {
  readonly condition: Condition;
  readonly outcome: Outcome;
  /** What people call it; the condition's own name counts where it has none. */
  readonly name?: string;
}

/** Whom a rule concerns. */
export interface Condition {
  readonly reach: 'everyone' | 'some' | 'nobody';
  /** With its preposition: `if country is SE`, `for segment staff`. */
  readonly words: string;
  /** The audience by its name, such as a segment's; left out where it has none. */
  readonly name?: string;
}

/** One flag in one environment, in neutral pieces. */
export interface RolloutParts {
  readonly environment: string;
  readonly variations: readonly Variation[];
  /** The variation that means off, where the system names one; boolean flags need none: false is off. */
  readonly offVariation: string | null;
  readonly enabled: boolean;
  /** What everyone gets while the flag is not enabled. */
  readonly whenDisabled: Outcome;
  /** What users get while it is. */
  readonly outcome: Outcome;
  readonly asOf: string | null;
}

/** The longest summary, in characters. */
export const SUMMARY_LIMIT = 80;

/**
 * The state, the percentage and the words for one environment. A percentage is given only when it is true of all users, or
 * of all users that no rule favours (`25% by user id; 100% for segment staff`); a rule that takes the flag away from some
 * makes it `atMost` instead.
 */
export function deriveState(parts: RolloutParts): EnvironmentState {
  const kind = kindOf(parts);
  const name = (share: Share) => shareName(share, kind);
  if (!parts.enabled) return disabledState(parts, kind);
  const branches = flatten(parts.outcome, parts.variations, []);
  const last = branches[branches.length - 1]!;
  if (last.shares === null && branches.length === 1) {
    const divides = parts.outcome.kind === 'custom' && parts.outcome.divides === true;
    const summary = [last.custom ?? 'custom rule'];
    return stateOf(parts, divides ? 'partial' : 'unknown', { percentage: null, summary });
  }
  const single = commonShare(branches);
  if (single !== null) return servedToEveryone(parts, kind, single);
  const clauses = branches.slice(0, -1).map(branch => `${branchWords(branch, kind, last)} ${branch.words}`);
  const ons = branches.map(branch => (branch.shares === null ? null : onPercentage(branch.shares, kind)));
  const more = { ...ringsOf(branches, ons, kind), ...experimentOf(branches) };
  if (last.shares !== null && last.shares.length > 1) {
    const main = onPercentage(last.shares, kind);
    return stateOf(parts, 'partial', {
      ...partialNumbers(main, ons.slice(0, -1), branches.length === 1 ? last.shares : null, kind),
      ...more,
      summary: [splitWords(last, kind), ...clauses],
    });
  }
  const otherwise = last.shares === null ? `else ${last.custom ?? 'custom rule'}` : `else ${name(last.shares[0]!)}`;
  const most = ons.includes(null) ? null : Math.max(...ons.map(on => on ?? 100));
  return stateOf(parts, 'targeted', {
    percentage: null,
    ...(most === null || most >= 100 || most <= 0 ? {} : { atMost: most }),
    ...more,
    summary: [...clauses, otherwise],
  });
}

/** A state that is known to become another one at a time to come, in milliseconds since 1970. */
export function withSchedule(current: EnvironmentState, next: EnvironmentState, time: number): EnvironmentState {
  if (isSaidAlike(current, next)) return current;
  const steady = current.state === 'on' || current.state === 'off';
  const to = next.state === 'off' || next.state === 'on' ? next.summary.replace(/ for everyone$/, '') : next.summary;
  return {
    ...current,
    state: steady ? 'scheduled' : current.state,
    next: { time: new Date(time).toISOString().replace('.000Z', 'Z'), summary: next.summary },
    summary: composeSummary([current.summary.replace(/ for everyone$/, ' now'), `${to} from ${dateText(time)}`]),
  };
}

/** Whether two states are told in the same words, also those that a summary has no room for. */
export function isSaidAlike(a: EnvironmentState, b: EnvironmentState): boolean {
  return a.summary === b.summary && (a.clauses ?? []).join('\n') === (b.clauses ?? []).join('\n');
}

/** Clauses joined to at most `SUMMARY_LIMIT` characters; clauses that don't fit are counted. */
export function composeSummary(clauses: readonly string[]): string {
  const whole = clauses.join('; ');
  if (whole.length <= SUMMARY_LIMIT) return whole;
  const kept: string[] = [];
  for (const [index, clause] of clauses.entries()) {
    const candidate = `${[...kept, clause].join('; ')}; +${clauses.length - index - 1} more`;
    if (candidate.length > SUMMARY_LIMIT) break;
    kept.push(clause);
  }
  if (kept.length > 0) return `${kept.join('; ')}; +${clauses.length - kept.length} more`;
  const more = clauses.length > 1 ? `; +${clauses.length - 1} more` : '';
  return `${clauses[0]!.slice(0, SUMMARY_LIMIT - 1 - more.length).trimEnd()}…${more}`;
}

/** Both conditions: `if country is SE and plan is pro`. */
export function bothConditions(first: Condition, second: Condition): Condition {
  if (first.reach === 'everyone') return second;
  if (second.reach === 'everyone') return first;
  const reach = first.reach === 'nobody' || second.reach === 'nobody' ? 'nobody' : 'some';
  // Two audiences at once have no name of their own.
  return { reach, words: joinWords(first.words, second.words) };
}

/** One variation, or the code's fallback, and its part of the users. */
interface Share {
  readonly name: string | null;
  readonly value: JsonValue | undefined;
  readonly percentage: number;
}

interface Branch {
  /** Null for the branch everyone else takes. */
  readonly words: string | null;
  /** The name of the one rule that leads here; null where it has none, or where several do. */
  readonly name: string | null;
  /** Null when nobody can tell; then `custom` says why. */
  readonly shares: readonly Share[] | null;
  readonly by: string | null;
  readonly custom: string | null;
  readonly experiment?: string;
}

interface FlagKind {
  readonly boolean: boolean;
  /** Whether any variation means off. */
  readonly hasOff: boolean;
  readonly isOff: (share: Share) => boolean;
}

const MOST_BRANCHES = 64;

/** Names that mean off where the system does not say which variation does. */
const OFF_NAMES = /^(off|false|disabled?|none|no)$/i;

function kindOf(parts: RolloutParts): FlagKind {
  const boolean = parts.variations.length > 0 && parts.variations.every(each => typeof each.value === 'boolean');
  const named = parts.variations.some(each => each.name === parts.offVariation) ? parts.offVariation : null;
  const isOff = (share: Share) => {
    if (share.name === null) return true;
    if (boolean) return share.value === false;
    return named === null ? OFF_NAMES.test(share.name) : share.name === named;
  };
  const hasOff = boolean || parts.variations.some(each => isOff({ ...each, percentage: 0 }));
  return { boolean, hasOff, isOff };
}

function flatten(
  outcome: Outcome,
  variations: readonly Variation[],
  words: readonly string[],
  name: string | null = null,
): readonly Branch[] {
  const phrase = words.length === 0 ? null : words.reduce(joinWords);
  if (outcome.kind !== 'rules') return [{ ...leafBranch(outcome, variations, phrase), name }];
  const branches: Branch[] = [];
  for (const rule of outcome.rules) {
    if (rule.condition.reach === 'nobody') continue;
    if (rule.condition.reach === 'everyone') return [...branches, ...flatten(rule.outcome, variations, words)];
    if (branches.length >= MOST_BRANCHES) return [...branches, { ...NOBODY_KNOWS, words: phrase }];
    const own = words.length === 0 ? (rule.name ?? rule.condition.name ?? null) : null;
    branches.push(...flatten(rule.outcome, variations, [...words, rule.condition.words], own));
  }
  return [...branches, ...flatten(outcome.otherwise, variations, words)];
}

const NOBODY_KNOWS: Branch = { words: null, name: null, shares: null, by: null, custom: 'further rules' };

function leafBranch(
  outcome: Exclude<Outcome, { kind: 'rules' }>,
  variations: readonly Variation[],
  words: string | null,
): Branch {
  const blank = { words, name: null, by: null, custom: null };
  if (outcome.kind === 'custom') return { ...blank, shares: null, custom: outcome.words };
  const shares = sharesOf(outcome, variations, 100);
  if (shares === null) return { ...NOBODY_KNOWS, words };
  if (outcome.kind !== 'split') return { ...blank, shares: mergeShares(shares) };
  return { ...blank, shares: mergeShares(shares), by: outcome.by, experiment: outcome.experiment };
}

function sharesOf(outcome: Outcome, variations: readonly Variation[], whole: number): readonly Share[] | null {
  switch (outcome.kind) {
    case 'fallback':
      return [{ name: null, value: undefined, percentage: whole }];
    case 'variation': {
      const variation = variations.find(candidate => candidate.name === outcome.name);
      if (variation === undefined) return [{ name: null, value: undefined, percentage: whole }];
      return [{ name: variation.name, value: variation.value, percentage: whole }];
    }
    case 'split': {
      const total = outcome.parts.reduce((sum, part) => sum + usableWeight(part), 0);
      if (!(total > 0)) return [{ name: null, value: undefined, percentage: whole }];
      const shares: Share[] = [];
      for (const part of outcome.parts.filter(each => usableWeight(each) > 0)) {
        const inner = sharesOf(part.outcome, variations, (whole * usableWeight(part)) / total);
        if (inner === null) return null;
        shares.push(...inner);
      }
      return shares;
    }
    default:
      return null;
  }
}

/** Shares of the same value added up, in order of appearance. */
function mergeShares(shares: readonly Share[]): readonly Share[] {
  const merged = new Map<string, Share>();
  for (const share of shares) {
    const key = sameness(share);
    const known = merged.get(key);
    merged.set(key, known === undefined ? share : { ...known, percentage: known.percentage + share.percentage });
  }
  return [...merged.values()];
}

function sameness(share: Share): string {
  return share.name === null ? 'fallback' : JSON.stringify(share.value);
}

/** The one thing all branches lead to, or null. */
function commonShare(branches: readonly Branch[]): Share | null {
  const first = branches[0]?.shares?.[0];
  if (first === undefined) return null;
  const same = branches.every(branch => branch.shares?.length === 1 && sameness(branch.shares[0]!) === sameness(first));
  return same ? first : null;
}

function onPercentage(shares: readonly Share[], kind: FlagKind): number {
  const off = shares.filter(kind.isOff).reduce((sum, share) => sum + share.percentage, 0);
  return tidy(100 - off);
}

/** Three decimals are enough, as long as they don't make 0 or 100 of something in between. */
function tidy(percentage: number): number {
  const rounded = Math.round(percentage * 1000) / 1000;
  if (Math.abs(rounded - percentage) < 1e-9) return rounded;
  return rounded <= 0 || rounded >= 100 ? percentage : rounded;
}

/** Audiences in order with the share of each; only where every rule but the last has a name and all shares are known. */
function ringsOf(
  branches: readonly Branch[],
  ons: readonly (number | null)[],
  kind: FlagKind,
): { readonly rings?: readonly Ring[] } {
  const named = branches.slice(0, -1).every(branch => branch.name !== null && !NO_AUDIENCE.test(branch.name));
  if (branches.length < 2 || !named || !kind.hasOff || ons.includes(null)) return {};
  const rings = branches.map((branch, at) => ({ audience: branch.name ?? 'everyone', percentage: ons[at] ?? 0 }));
  return { rings: [...rings.slice(0, -1), { audience: 'everyone', percentage: rings[rings.length - 1]!.percentage }] };
}

/** `rule_1`, `#3`, `2`: numbers that somebody counted, no name of anybody. */
const NO_AUDIENCE = /^(?:(?:rule|targeting|segment|step|strategy)?[\s_#-]*\d*|#.*)$/i;

/** The first experiment that divides users between several values. */
function experimentOf(branches: readonly Branch[]): { readonly experiment?: string } {
  const found = branches.find(branch => branch.experiment !== undefined && (branch.shares?.length ?? 0) > 1);
  return found?.experiment === undefined ? {} : { experiment: found.experiment };
}

function partialNumbers(
  main: number,
  others: readonly (number | null)[],
  exact: readonly Share[] | null,
  kind: FlagKind,
): { percentage: number | null; atMost?: number; shares?: readonly VariationShare[] } {
  const shares = exact?.map(share => ({ name: share.name, percentage: tidy(share.percentage) }));
  const split = shares === undefined ? {} : { shares };
  // Without an off variation everyone gets "something else": 100% would say nothing.
  if (!kind.hasOff && exact?.every(share => share.name !== null) !== false) return { percentage: null, ...split };
  if (others.every(other => other !== null && other >= main)) return { percentage: main, ...split };
  const most = others.includes(null) ? 100 : Math.max(main, ...others.map(other => other ?? 100));
  return most < 100 ? { percentage: null, atMost: most } : { percentage: null };
}

function disabledState(parts: RolloutParts, kind: FlagKind): EnvironmentState {
  const shares = sharesOf(parts.whenDisabled, parts.variations, 100) ?? [];
  const share = shares.length === 1 ? shares[0]! : null;
  const served = share === null || share.name === null ? "the code's fallback is served" : null;
  const quiet = kind.boolean && share?.value === false;
  const summary = served !== null ? `off: ${served}` : quiet ? 'off for everyone' : `off: everyone gets ${share!.name}`;
  return stateOf(parts, 'off', { percentage: 0, serves: share?.value, summary: [summary] });
}

function servedToEveryone(parts: RolloutParts, kind: FlagKind, share: Share): EnvironmentState {
  if (share.name === null) {
    const summary = ["nothing is served but the code's fallback"];
    return stateOf(parts, 'off', { percentage: 0, summary, fallback: true });
  }
  const off = kind.isOff(share);
  const summary = [`${shareName(share, kind)} for everyone`];
  return stateOf(parts, off ? 'off' : 'on', { percentage: off ? 0 : 100, serves: share.value, summary });
}

/** What a branch gives, in a word or two; in the company of a percentage, on and off are percentages too. */
function branchWords(branch: Branch, kind: FlagKind, last: Branch): string {
  if (branch.shares === null) return branch.custom ?? 'custom rule';
  if (branch.shares.length > 1) return splitWords(branch, kind);
  const share = branch.shares[0]!;
  const amongPercentages = kind.boolean && (last.shares?.length ?? 0) > 1 && share.name !== null;
  return amongPercentages ? (share.value === true ? '100%' : '0%') : shareName(share, kind);
}

function splitWords(branch: Branch, kind: FlagKind): string {
  const shares = branch.shares ?? [];
  const by = branch.by === null ? '' : ` by ${branch.by}`;
  const on = shares.filter(share => !kind.isOff(share));
  if (kind.boolean && on.length === 1) return `${percentText(on[0]!.percentage)}${by}`;
  const listed = shares.slice(0, 4).map(share => `${shareName(share, kind)} ${percentText(share.percentage)}`);
  const more = shares.length > 4 ? `, +${shares.length - 4} more` : '';
  return `${listed.join(', ')}${more}${by}`;
}

function shareName(share: Share, kind: FlagKind): string {
  if (share.name === null) return "the code's fallback";
  if (kind.boolean) return share.value === true ? 'on' : 'off';
  return share.name.length <= 24 ? share.name : `${share.name.slice(0, 23)}…`;
}

/** `for …` comes before `if …`, whichever was said first: `for segment staff if country is SE and plan is pro`. */
function joinWords(first: string, second: string): string {
  const audiences = [first, second].flatMap(words => /^for (.*?)(?= if |$)/.exec(words)?.[1] ?? []);
  const conditions = [first, second].flatMap(words => /(?:^| )if (.*)$/.exec(words)?.[1] ?? []);
  const parts = [
    ...(audiences.length === 0 ? [] : [`for ${audiences.join(' and ')}`]),
    ...(conditions.length === 0 ? [] : [`if ${conditions.join(' and ')}`]),
  ];
  return parts.join(' ');
}

function stateOf(
  parts: RolloutParts,
  state: RolloutState,
  rest: Pick<EnvironmentState, 'percentage' | 'shares' | 'atMost' | 'rings' | 'experiment' | 'fallback'> & {
    readonly summary: readonly string[];
    readonly serves?: JsonValue;
  },
): EnvironmentState {
  const { percentage, summary, serves, ...more } = rest;
  return {
    environment: parts.environment,
    state,
    percentage,
    serves,
    summary: composeSummary(summary),
    asOf: parts.asOf,
    ...more,
    ...(summary.length > 1 ? { clauses: summary } : {}),
  };
}
