/**
 * Rules that let some users through to the next: "30 % of Sweden get it, whoever is left is asked again". A cascade is turned
 * into `rollout.ts`' outcomes with exact shares, told by which hash each step divides the users: steps of one hash overlap, steps
 * of different hashes are independent. No format is known here.
 */
import type { Condition, Outcome, Rule, SplitPart } from './rollout.ts';

/** From and to, parts of 1, the end excluded. */
export type Range = readonly [number, number];

/** One step: whom it concerns, and which part of them gets what. Whoever is in no part goes on to the next step. */
export interface CascadeStep {
  readonly condition: Condition;
  readonly name?: string;
  /** What divides the users: steps of the same hash divide them in the same way. */
  readonly hash: string;
  /** By what, in words, such as `user id`; null for nothing worth saying. */
  readonly by: string | null;
  readonly parts: readonly { readonly outcome: Outcome; readonly ranges: readonly Range[] }[];
  /** Only users in these ranges of another hash are looked at, such as a namespace's. */
  readonly within?: { readonly hash: string; readonly ranges: readonly Range[] };
  readonly experiment?: string;
}

/** Everyone of whom a step is true. */
export const WHOLE: readonly Range[] = [[0, 1]];

/** Who ends up where: the first step in whose parts a user is, else `otherwise`. */
export function cascadeOutcome(steps: readonly CascadeStep[], otherwise: Outcome): Outcome {
  const active = steps.filter(step => step.condition.reach !== 'nobody').slice(0, MOST_STEPS);
  const last = steps.length > MOST_STEPS ? FURTHER : otherwise;
  return outcomeFrom(active, 0, START, last, { leaves: MOST_LEAVES });
}

const MOST_STEPS = 100;
const MOST_LEAVES = 64;
const FURTHER: Outcome = { kind: 'custom', words: 'further rules' };
/** Shares smaller than this are rounding. */
const TINY = 1e-9;

/** Where the users of one branch are so far. */
interface Standing {
  /** What is left of each hash's line; a hash that is missing is untouched, null can't be told any more. */
  readonly lines: ReadonlyMap<string, readonly Range[] | null>;
  readonly taken: readonly SplitPart[];
  /** The part of all users, 0 to 1, that no step took. */
  readonly left: number;
  readonly by: string | null;
  readonly experiment: string | undefined;
}

const START: Standing = { lines: new Map(), taken: [], left: 1, by: null, experiment: undefined };

function outcomeFrom(
  steps: readonly CascadeStep[],
  at: number,
  standing: Standing,
  otherwise: Outcome,
  budget: { leaves: number },
): Outcome {
  const rules: Rule[] = [];
  let current = standing;
  for (let i = at; i < steps.length; i++) {
    const step = steps[i]!;
    const after = applied(step, current);
    if (step.condition.reach === 'everyone') {
      if (after === null) return withRules(rules, { kind: 'custom', words: 'rules that overlap', divides: true });
      current = after;
      if (current.left <= TINY) break;
      continue;
    }
    if (after === null || budget.leaves <= 0) {
      rules.push({ condition: step.condition, outcome: spoken(step), name: step.name });
      continue;
    }
    budget.leaves--;
    const outcome = after.left <= TINY ? leaf(after, otherwise) : outcomeFrom(steps, i + 1, after, otherwise, budget);
    rules.push({ condition: step.condition, outcome, name: step.name });
  }
  return withRules(rules, leaf(current, otherwise));
}

/** Rules at the end that give what everyone else gets anyway say nothing. */
function withRules(rules: readonly Rule[], otherwise: Outcome): Outcome {
  const same = JSON.stringify(otherwise);
  let count = rules.length;
  while (count > 0 && JSON.stringify(rules[count - 1]!.outcome) === same) count--;
  return count === 0 ? otherwise : { kind: 'rules', rules: rules.slice(0, count), otherwise };
}

/** The standing of those of whom the step is true, behind it; null when shares can't be told. */
function applied(step: CascadeStep, standing: Standing): Standing | null {
  const line = standing.lines.has(step.hash) ? standing.lines.get(step.hash)! : WHOLE;
  const filterLine = step.within === undefined ? WHOLE : standing.lines.get(step.within.hash);
  if (line === null || filterLine === null) return null;
  const whole = measure(line);
  const within = step.within === undefined ? 1 : share(step.within.ranges, filterLine ?? WHOLE);
  const lines = new Map(standing.lines);
  const taken = [...standing.taken];
  let rest = line;
  let left = standing.left;
  for (const { outcome, ranges } of step.parts) {
    const part = whole <= TINY ? 0 : (common(rest, ranges) / whole) * within * standing.left;
    rest = without(rest, ranges);
    if (part <= TINY) continue;
    taken.push({ outcome, weight: part * 100 });
    left -= part;
  }
  const took = taken.length > standing.taken.length;
  if (within < 1) {
    lines.set(step.hash, null);
    if (step.within !== undefined) lines.set(step.within.hash, null);
  } else lines.set(step.hash, rest);
  const divides = took && left > TINY;
  return {
    lines,
    taken,
    left: Math.max(0, left),
    by: took && (divides || step.parts.length > 1) ? (standing.by ?? step.by) : standing.by,
    experiment: standing.experiment ?? (took ? step.experiment : undefined),
  };
}

function leaf(standing: Standing, otherwise: Outcome): Outcome {
  const all =
    standing.left <= TINY ? standing.taken : [...standing.taken, { outcome: otherwise, weight: standing.left * 100 }];
  const parts = merged(all);
  if (parts.length === 1 && standing.experiment === undefined) return parts[0]!.outcome;
  return { kind: 'split', by: standing.by, parts, experiment: standing.experiment };
}

/** Parts of one outcome together, so that the same shares look the same however they came about. */
function merged(parts: readonly SplitPart[]): readonly SplitPart[] {
  const weights = new Map<string, SplitPart>();
  for (const { outcome, weight } of parts) {
    const identity = JSON.stringify(outcome);
    const sum = (weights.get(identity)?.weight ?? 0) + weight;
    weights.set(identity, { outcome, weight: Math.round(sum * 1e7) / 1e7 });
  }
  return [...weights.values()];
}

/** What is said of a step whose shares can't be told, since it overlaps with others. */
function spoken(step: CascadeStep): Outcome {
  return { kind: 'custom', words: `a share${step.by === null ? '' : ` by ${step.by}`}` };
}

function measure(ranges: readonly Range[]): number {
  return ranges.reduce((sum, [from, to]) => sum + Math.max(0, to - from), 0);
}

function share(ranges: readonly Range[], line: readonly Range[]): number {
  const whole = measure(line);
  return whole <= TINY ? 0 : common(line, ranges) / whole;
}

/** How much of `line` lies in `ranges`, which may overlap. */
function common(line: readonly Range[], ranges: readonly Range[]): number {
  return measure(line) - measure(without(line, ranges));
}

function without(line: readonly Range[], ranges: readonly Range[]): readonly Range[] {
  let rest = line;
  for (const [from, to] of ranges) {
    rest = rest.flatMap(([start, end]): Range[] => {
      if (to <= start || from >= end) return [[start, end]];
      const pieces: Range[] = [
        [start, Math.max(start, from)],
        [Math.min(end, to), end],
      ];
      return pieces.filter(piece => piece[1] - piece[0] > 0);
    });
  }
  return rest;
}
