/**
 * The feature filters of Microsoft.FeatureManagement as the core's outcomes: `Any` turns a feature on where one of them does, `All`
 * where all do. Filters that come with the library are read, those of one's own are named.
 */
import * as z from 'zod';
import { type CascadeStep, cascadeOutcome, type Range, WHOLE } from '../../core/flags/rollout/cascade.ts';
import { dateText, printable } from '../../core/flags/rollout/describe.ts';
import { bothConditions, type Condition, type Outcome } from '../../core/flags/rollout/rollout.ts';
import {
  condition,
  EVERYONE,
  listedCondition,
  NOBODY,
  segmentCondition,
} from '../../core/flags/rollout/targetingWords.ts';
import { anyJson, numberOf, OFF, ON, textOf } from './decoder.ts';

const parametersSchema = z.record(z.string(), anyJson).nullish();

/** Written `Name` in one schema and `name` in the other. */
export const filterSchema = z.object({
  Name: z.string().optional(),
  name: z.string().optional(),
  Parameters: parametersSchema,
  parameters: parametersSchema,
});

export type Filter = z.output<typeof filterSchema>;

/** @param onMoment told the times (milliseconds since 1970) at which a time window opens or closes. */
export function filtersOutcome(
  filters: readonly Filter[],
  requirement: 'Any' | 'All',
  now: number,
  onMoment: (time: number) => void,
): Outcome {
  const read = filters.map((filter, at) => filterSteps(filter, at, now, onMoment));
  if (requirement === 'Any' || filters.length === 1) return cascadeOutcome(read.flat(), OFF);
  return allOutcome(read);
}

/** All filters at once: their conditions together, their shares multiplied, as far as each is a single step. */
function allOutcome(read: readonly (readonly CascadeStep[])[]): Outcome {
  if (read.some(steps => steps.length !== 1)) return { kind: 'custom', words: 'several filters together' };
  const steps = read.map(each => each[0]!);
  const all = steps.map(step => step.condition).reduce(bothConditions, EVERYONE);
  const share = steps.reduce((product, step) => product * (step.parts[0]?.ranges[0]?.[1] ?? 0), 1);
  const by = steps.find(step => (step.parts[0]?.ranges[0]?.[1] ?? 0) < 1)?.by ?? null;
  return cascadeOutcome([{ condition: all, hash: 'all', by, parts: [{ outcome: ON, ranges: [[0, share]] }] }], OFF);
}

/** The filter's name without `Microsoft.` and `Filter`. */
export function filterName(filter: Filter): string {
  return (filter.Name ?? filter.name ?? '').replace(/^Microsoft\./, '').replace(/Filter$/, '');
}

/** When a time window is open, in words; null for any other filter. */
export function windowWords(filter: Filter): string | null {
  if (filterName(filter) !== 'TimeWindow') return null;
  const parameters = filter.Parameters ?? filter.parameters ?? {};
  const [start, end] = ['Start', 'End'].map(name => Date.parse(textOf(fieldOf(parameters, name) ?? '')));
  const from = Number.isNaN(start!) ? '' : ` from ${dateText(start!)}`;
  const until = Number.isNaN(end!) ? '' : ` until ${dateText(end!)}`;
  const again = fieldOf(parameters, 'Recurrence') ? ', again and again' : '';
  return from + until === '' ? 'nobody: the window has neither start nor end' : `everyone${from}${until}${again}`;
}

/** A filter as steps of a cascade. `onMoment` is told the times at which a window opens or closes. */
export function filterSteps(
  filter: Filter,
  at: number,
  now: number,
  onMoment: (time: number) => void,
): readonly CascadeStep[] {
  const name = filter.Name ?? filter.name ?? '';
  const parameters = filter.Parameters ?? filter.parameters ?? {};
  const step = (
    condition: Condition,
    ranges: readonly Range[] = WHOLE,
    by: string | null = null,
    hash = `${at}`,
  ): CascadeStep => ({
    condition,
    hash,
    by,
    parts: [{ outcome: ON, ranges }],
  });
  switch (filterName(filter)) {
    case 'AlwaysOn':
      return [step(EVERYONE)];
    case 'Percentage':
      return [step(EVERYONE, shareOf(fieldOf(parameters, 'Value')), 'chance')];
    case 'TimeWindow':
      return [step(windowCondition(parameters, now, onMoment))];
    case 'Targeting':
      return targetingSteps(parameters, step);
    default:
      return [step(condition(`${printable(name) || 'a filter without a name'} allows it`))];
  }
}

/** The library reads names whatever their case. */
function fieldOf(record: unknown, name: string): unknown {
  if (typeof record !== 'object' || record === null) return undefined;
  const key = Object.keys(record).find(each => each.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : (record as Record<string, unknown>)[key];
}

function shareOf(value: unknown): readonly Range[] {
  const number = numberOf(value ?? 0);
  return [[0, Number.isNaN(number) ? 0 : Math.max(0, Math.min(100, number)) / 100]];
}

/** Open from `Start` on and before `End`; one that comes again and again is only named. */
function windowCondition(parameters: unknown, now: number, onMoment: (time: number) => void): Condition {
  if (fieldOf(parameters, 'Recurrence')) return condition('a recurring time window is open');
  const start = Date.parse(textOf(fieldOf(parameters, 'Start') ?? ''));
  const end = Date.parse(textOf(fieldOf(parameters, 'End') ?? ''));
  if (Number.isNaN(start) && Number.isNaN(end)) return NOBODY;
  for (const time of [start, end]) if (!Number.isNaN(time)) onMoment(time);
  return now < start || now >= end ? NOBODY : EVERYONE;
}

/** Named users, groups with a share each, then a share of everyone; users who are excluded come first. */
function targetingSteps(
  parameters: unknown,
  step: (condition: Condition, ranges?: readonly Range[], by?: string | null, hash?: string) => CascadeStep,
): readonly CascadeStep[] {
  const audience = fieldOf(parameters, 'Audience');
  const listOf = (record: unknown, name: string): readonly unknown[] => {
    const list = fieldOf(record, name);
    return Array.isArray(list) ? list : [];
  };
  const exclusion = fieldOf(audience, 'Exclusion');
  const steps: CascadeStep[] = [];
  const out = [{ outcome: OFF, ranges: WHOLE }];
  const excluded = listOf(exclusion, 'Users').length;
  if (excluded > 0) steps.push({ ...step(listedCondition(excluded, 'user')), parts: out });
  const groupsOut = listOf(exclusion, 'Groups').map(textOf);
  if (groupsOut.length > 0) steps.push({ ...step(segmentCondition(groupsOut)), parts: out });
  const users = listOf(audience, 'Users').length;
  if (users > 0) steps.push(step(listedCondition(users, 'user')));
  for (const group of listOf(audience, 'Groups')) {
    const name = textOf(fieldOf(group, 'Name') ?? '');
    const ranges = shareOf(fieldOf(group, 'RolloutPercentage'));
    steps.push(step(segmentCondition([name]), ranges, 'user id', `group ${name}`));
  }
  return [...steps, step(EVERYONE, shareOf(fieldOf(audience, 'DefaultRolloutPercentage')), 'user id', 'default')];
}
