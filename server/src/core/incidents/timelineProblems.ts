/**
 * What is wrong with a timeline as a whole: entries out of order, entries outside the incident, no zone. Each message says what
 * to do; none of it changes the events.
 */
import type { Problem, TimelineEvent } from '../model.ts';

/** Entries that stand behind a later one. Of each slip only the entry that went back is reported. */
export function orderProblems(events: readonly TimelineEvent[], path: string): readonly Problem[] {
  const problems: Problem[] = [];
  let latest: TimelineEvent | null = null;
  for (const [index, event] of events.entries()) {
    if (event.local === null || event.precision === 'unknown') continue;
    if (latest !== null && isBefore(event, latest)) {
      const next = events.slice(index + 1).find(later => later.local !== null) ?? null;
      problems.push(outOfOrder(event, latest, next, path));
    } else latest = event;
  }
  return problems;
}

/** Entries before the declared start (to be looked at), and entries more than 30 days away from the incident (slips). */
export function outsideProblems(
  events: readonly TimelineEvent[],
  declared: { readonly started: string | null; readonly resolved: string | null },
  path: string,
): readonly Problem[] {
  const month = 30 * 86_400_000;
  return events.flatMap((event): readonly Problem[] => {
    if (event.time === null || event.precision === 'month' || event.precision === 'unknown') return [];
    const time = Date.parse(event.time);
    const started = declared.started === null ? null : Date.parse(declared.started);
    const end = declared.resolved ?? declared.started;
    const place = { path, span: event.span };
    if ((started !== null && started - time > month) || (end !== null && time - Date.parse(end) > month)) {
      const message = `${event.local} is more than 30 days away from the incident; check the date.`;
      return [{ code: 'timeline/outside-incident', severity: 'warning', message, place }];
    }
    const dayOnly = event.precision === 'day' || event.precision === 'hour' || event.approximate;
    if (started === null || dayOnly || time >= started) return [];
    const message = `This stands at ${event.local}, before the incident's declared start (${declared.started}); correct one of the two if it is not what led to it.`;
    return [{ code: 'timeline/outside-incident', severity: 'note', message, place }];
  });
}

/** One note when times of day stand there and nobody says in which zone. */
export function zoneProblems(events: readonly TimelineEvent[], path: string): readonly Problem[] {
  const first = events.find(event => event.zone === null && event.local?.includes('T'));
  if (first === undefined) return [];
  const message =
    'No time zone is stated, so these times cannot be compared with anything; write "All times in UTC." above them.';
  return [{ code: 'timeline/no-zone', severity: 'note', message, place: { path, span: first.span } }];
}

/** Compares in UTC where both have it (a timeline may change zones), else wall clocks, to the coarser precision. */
function isBefore(event: TimelineEvent, other: TimelineEvent): boolean {
  const coarse = [event, other].some(
    ({ precision }) => precision === 'day' || precision === 'month' || precision === 'hour',
  );
  const useUtc = event.time !== null && other.time !== null && event.zone !== other.zone && !coarse;
  const [a, b] = useUtc ? [event.time!, other.time!] : [event.local!, other.local!];
  const length = Math.min(a.length, b.length);
  if (a.slice(0, length) >= b.slice(0, length)) return false;
  const minutes = (Date.parse(utcText(other.local!)) - Date.parse(utcText(event.local!))) / 60_000;
  return !((event.approximate || other.approximate) && minutes <= 60);
}

function utcText(local: string): string {
  return /T\d{2}$/.test(local) ? `${local}:00Z` : local.includes('T') ? `${local}Z` : local;
}

function outOfOrder(event: TimelineEvent, latest: TimelineEvent, next: TimelineEvent | null, path: string): Problem {
  const local = event.local!;
  const year = Number(local.slice(0, 4));
  // A year that would bring the entry between its neighbours is most likely the one that was meant.
  const meant = [year + 1, year - 1]
    .map(candidate => `${candidate}${local.slice(4)}`)
    .find(candidate => candidate >= latest.local! && (next === null || candidate <= next.local!));
  const advice = meant === undefined ? 'move it, or correct its time' : `was ${meant} meant?`;
  const message = `${local} stands behind ${latest.local}: ${advice}`;
  return {
    code: 'timeline/out-of-order',
    severity: 'warning',
    message: message.endsWith('?') ? message : `${message}.`,
    place: { path, span: event.span },
  };
}
