/**
 * What mappings of services share: flags that begin empty, times that can't lie in the future, lists checked item by item against a
 * schema. Pure.
 */
import type * as z from 'zod';
import { flagWithoutPlace } from '../../core/flags/lists/bareFlag.ts';
import type { Flag, FlagMoment, Notice } from '../../core/model.ts';
import { dateOf } from '../flag-systems/decoder.ts';
import { MOST_ITEMS } from './paging.ts';
import type { MapContext, Reading } from './service.ts';

/** A flag of which nothing is known but its key: what mappings start from. */
export function servedFlag(key: string, system: string, context: MapContext): Flag {
  return { ...flagWithoutPlace(key, system), server: serverName(context) };
}

/** What tells the flags of two servers, or of two projects on one, apart. */
export function serverName({ url, project }: { readonly url: string; readonly project: string | null }): string {
  return project === null ? url : `${url} ${project}`;
}

/** RFC 3339, UTC, of an answer's date (text, or milliseconds since 1970). One in the future is now: their clock is ahead of ours. */
export function timeOf(value: unknown, context: MapContext): string | null {
  const time = dateOf(value);
  return time !== null && Date.parse(time) > context.now ? instant(context.now) : time;
}

/** A moment that the service tells of a flag; null where it does not. */
export function momentOf(value: unknown, system: string, context: MapContext): FlagMoment | null {
  const time = timeOf(value, context);
  return time === null ? null : { time, source: system, asOf: instant(context.now) };
}

/** Milliseconds since 1970 as RFC 3339, UTC, in whole seconds. */
export function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}

/**
 * The items of a list that fit a schema. Others are counted, so that one odd flag never costs the rest; a list that begins with a thousand
 * odd ones is another list, and not read on.
 */
export function fitting<T>(
  schema: z.ZodType<T>,
  list: unknown,
): { readonly items: readonly T[]; readonly odd: number } {
  if (!Array.isArray(list)) return { items: [], odd: 0 };
  const items: T[] = [];
  for (const [at, item] of list.slice(0, MOST_ITEMS).entries()) {
    if (at >= MOST_ODD && items.length === 0) break;
    const result = schema.safeParse(item);
    if (result.success) items.push(result.data);
  }
  return { items, odd: list.length - items.length };
}

const MOST_ODD = 1000;

/** Answers of another shape than the service's. `problem` names the part: `no list of features`. */
export function unreadable(problem: string): Reading {
  return { flags: null, problem, notices: [] };
}

/** Says that some of what was listed could not be read; none when all could. */
export function oddNotices(title: string, what: string, odd: number): readonly Notice[] {
  if (odd === 0) return [];
  const message = `${title}: ${odd} ${what} could not be read and ${odd === 1 ? 'is' : 'are'} left out.`;
  return [{ code: 'server/odd', severity: 'warning', message }];
}

/** Does something with each item, a few at a time; rejects with the first failure, after which nothing new is begun. */
export async function inTurns<T>(
  items: readonly T[],
  atATime: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  let isFailed = false;
  const worker = async (): Promise<void> => {
    while (next < items.length && !isFailed) {
      const item = items[next++]!;
      try {
        await work(item);
      } catch (error) {
        isFailed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atATime, items.length) }, worker));
}
