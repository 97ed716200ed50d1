/**
 * Completes the stamps of a timeline: the date an entry belongs to (its own, that of the lines before, the record's), the day after
 * midnight, the year that a slip of the pen meant, the zone; and from these the time in UTC. A time whose zone nobody stated
 * keeps its wall clock and has no UTC time: a guess would look like a fact.
 */
import type { Problem, TimelineEvent } from '../model.ts';
import type { Span } from '../text.ts';
import { eventKind } from './eventKind.ts';
import { type ClockPart, minutesOf, type Stamp } from './stamp.ts';
import type { DatePart } from './stampDate.ts';
import type { TimelinePart } from './timelineEntries.ts';
import { toUtc, type WallClock, wallClockOf, type Zone } from './zones.ts';

/** What a record says about its timeline as a whole. */
export interface TimelineFrame {
  readonly path: string;
  /** The day the record is about, or null. */
  readonly date: DatePart | null;
  /** The zone its times are in unless they say otherwise, or null. */
  readonly zone: Zone | null;
  /** RFC 3339, UTC: what `T+12m` counts from. */
  readonly started: string | null;
}

/**
 * The events of a timeline, in its own order, and what was wrong with single entries.
 *
 * A time of day without a date belongs to the day of the entry before; when it is more than eight hours earlier than that, to the
 * next day (a smaller step back is a slip, and is kept as written).
 */
export function completeTimeline(
  parts: readonly TimelinePart[],
  frame: TimelineFrame,
): { readonly events: readonly TimelineEvent[]; readonly problems: readonly Problem[] } {
  const events: TimelineEvent[] = [];
  const problems: Problem[] = [];
  let day: Day | null = completeDay(frame.date, null);
  let lastMinutes: number | null = null;
  let zone = frame.zone;
  let marker: string | null = null;
  for (const part of parts) {
    if (part.kind === 'marker') marker = part.text;
    else if (part.kind === 'zone') zone = part.zone;
    else if (part.kind === 'date') {
      day = completeDay(part.date, day) ?? day;
      lastMinutes = null;
    } else {
      const { stamp, span } = part;
      const own = stamp?.date == null ? null : completeDay(stamp.date, day);
      if (own !== null && own.day !== null) {
        day = own;
        lastMinutes = null;
      }
      const minutes = stamp?.clock == null ? null : minutesOf(stamp.clock);
      if (minutes !== null && lastMinutes !== null && lastMinutes - minutes > 8 * 60) day = nextDay(day);
      if (minutes !== null) lastMinutes = minutes;
      events.push(eventOf(part, { day: stamp?.date == null || own?.day != null ? day : own, zone, marker, frame }));
      problems.push(...stampProblems(stamp, own, frame.path, span));
    }
  }
  return { events, problems };
}

interface Day {
  readonly year: number;
  readonly month: number | null;
  readonly day: number | null;
}

interface Context {
  readonly day: Day | null;
  readonly zone: Zone | null;
  readonly marker: string | null;
  readonly frame: TimelineFrame;
}

function eventOf(part: TimelinePart & { kind: 'entry' }, context: Context): TimelineEvent {
  const { stamp, text, span } = part;
  const zone = stamp?.zone ?? context.zone;
  const base = { text, kind: eventKind(text, context.marker), span, approximate: stamp?.approximate ?? false };
  if (stamp?.relative != null) return { ...base, ...relativeTime(stamp.relative, zone, context.frame.started) };
  const hasDate = stamp?.date?.year != null || stamp?.date?.month != null;
  const day = stamp === null || (stamp.clock === null && !hasDate) ? null : context.day;
  if (stamp === null || day === null) {
    return { ...base, time: null, local: null, end: null, precision: 'unknown', zone: null };
  }
  const precision = precisionOf(day, stamp.clock);
  const time = utcOf(day, stamp.clock, zone);
  return {
    ...base,
    time,
    local: localOf(day, stamp.clock),
    end: stamp.end === null || time === null ? null : endOf(stamp.end, day, stamp.clock!, zone),
    precision,
    zone: zone?.written ?? null,
  };
}

function relativeTime(seconds: number, zone: Zone | null, started: string | null) {
  const unknown = { time: null, local: null, end: null, precision: 'unknown' as const, zone: null };
  if (started === null) return unknown;
  const time = new Date(Date.parse(started) + seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
  const clock = wallClockOf(time, zone?.name ?? 'UTC');
  if (clock === null) return unknown;
  const local = localOf(clock, { ...clock, second: seconds % 60 === 0 ? null : clock.second });
  return { time, local, end: null, precision: 'minute' as const, zone: zone?.name == null ? 'UTC' : zone.written };
}

function precisionOf(day: Day, clock: ClockPart | null): TimelineEvent['precision'] {
  if (day.month === null) return 'unknown';
  if (day.day === null) return 'month';
  if (clock === null) return 'day';
  if (clock.minute === null) return 'hour';
  return clock.second === null ? 'minute' : 'second';
}

function localOf(day: Day, clock: ClockPart | null): string {
  const year = String(day.year).padStart(4, '0');
  if (day.month === null) return year;
  if (day.day === null) return `${year}-${two(day.month)}`;
  const date = `${year}-${two(day.month)}-${two(day.day)}`;
  if (clock === null) return date;
  const parts = [clock.hour, clock.minute, clock.second].filter(part => part !== null);
  return `${date}T${parts.map(two).join(':')}`;
}

function utcOf(day: Day, clock: ClockPart | null, zone: Zone | null): string | null {
  if (zone?.name == null || day.month === null) return null;
  const wall: WallClock = {
    year: day.year,
    month: day.month,
    day: day.day ?? 1,
    hour: clock?.hour ?? 0,
    minute: clock?.minute ?? 0,
    second: clock?.second ?? 0,
  };
  return toUtc(wall, zone.name);
}

function endOf(end: NonNullable<Stamp['end']>, day: Day, start: ClockPart, zone: Zone | null): string | null {
  if (end.clock.minute === null) return null;
  const own = end.date === null ? null : completeDay(end.date, day);
  const pastMidnight = own === null && minutesOf(end.clock) < minutesOf(start);
  return utcOf(own ?? (pastMidnight ? nextDay(day)! : day), end.clock, zone);
}

/** A date with its year: its own, of several guesses the nearest to the day before it, or the one that brings it nearest. */
function completeDay(date: DatePart | null, near: Day | null): Day | null {
  if (date === null || (date.year === null && date.month === null)) return null;
  const { month, day } = date;
  const target = near?.year ?? null;
  if (date.yearGuesses.length > 0 && target !== null) {
    return { year: nearest(date.yearGuesses, target), month, day };
  }
  if (date.year !== null) return { year: date.year, month, day };
  if (target === null) return null;
  const distance = (year: number) => Math.abs(daysOf({ year, month, day }) - daysOf(near!));
  const years = [target, target + 1, target - 1];
  return { year: years.reduce((best, year) => (distance(year) < distance(best) ? year : best)), month, day };
}

function nearest(numbers: readonly number[], target: number): number {
  return numbers.reduce((best, number) => (Math.abs(number - target) < Math.abs(best - target) ? number : best));
}

function daysOf(day: Day): number {
  return Date.UTC(day.year, (day.month ?? 1) - 1, day.day ?? 1) / 86_400_000;
}

function nextDay(day: Day | null): Day | null {
  if (day === null) return null;
  const date = new Date((daysOf(day) + 1) * 86_400_000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function two(part: number): string {
  return String(part).padStart(2, '0');
}

function stampProblems(stamp: Stamp | null, day: Day | null, path: string, span: Span): readonly Problem[] {
  const problem = (code: string, message: string): Problem => ({
    code,
    severity: 'warning',
    message,
    place: { path, span },
  });
  if (stamp?.template) {
    return [problem('timeline/template', "A row of the record's template was left in; fill it in or take it out.")];
  }
  const problems: Problem[] = [];
  if (stamp?.date != null && stamp.date.yearGuesses.length > 0 && day !== null) {
    problems.push(problem('timeline/bad-date', `The year has a digit too many; it was read as ${day.year}.`));
  }
  if (stamp?.date?.day != null && day?.day != null && !exists(day)) {
    problems.push(problem('timeline/bad-date', `There is no ${localOf(day, null)}; correct the date.`));
  }
  if (stamp?.zone != null && stamp.zone.name === null) problems.push(unknownZone(stamp.zone, path, span));
  return problems;
}

/** The problem of a zone that does not exist. */
export function unknownZone(zone: Zone, path: string, span: Span | null): Problem {
  const message = `There is no time zone "${zone.written}"; write UTC, an offset such as UTC+1, or a name such as Europe/London.`;
  return { code: 'timeline/unknown-zone', severity: 'warning', message, place: span === null ? null : { path, span } };
}

function exists(day: Day): boolean {
  if (day.month === null || day.day === null) return true;
  const date = new Date(Date.UTC(day.year, day.month - 1, day.day));
  return date.getUTCMonth() === day.month - 1 && date.getUTCDate() === day.day;
}
