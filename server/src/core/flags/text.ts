/**
 * Flags as text for a terminal: the table of all of them, and the story of one. Layout and wording only; the facts come from
 * the other modules of this folder. Colour is the front's business: it hands in `paint`.
 */
import type { Absence, Check, Flag, Verdict } from '../model.ts';
import type { Snapshot } from '../snapshot.ts';
import { changesOf, daysSince, introducedOf, NOT_COMMITTED } from './ages.ts';
import { defaultDrift, typeMismatch } from './agreement.ts';
import { countText, dateText, daysText, printable, shortState, valueText } from './describe.ts';
import {
  allKeys,
  checksOf,
  dynamicChecksOf,
  environmentOrder,
  flagsOf,
  lineOf,
  productionChecksOf,
  statesOf,
} from './flagIndex.ts';
import { flagTypeOfKey, verdictOf } from './staleness.ts';

/** How a piece of text is meant; the front turns it into colour, or into nothing. */
export type TextStyle = 'heading' | 'key' | 'faint' | 'stale' | 'warning' | 'good';
export type Paint = (style: TextStyle, text: string) => string;

/** Paints nothing. */
export const plainPaint: Paint = (_style, text) => text;

export interface TableOptions {
  /** Columns of the terminal; lines are never longer. At least 40. */
  readonly width: number;
  readonly paint: Paint;
}

/**
 * All flags (or the given keys), one line each, grouped by verdict with the stale ones first: key, state of the main
 * environment, age since the key was introduced, checks, owner. Ends in a line with the sums.
 */
export function renderFlagsTable(
  snapshot: Snapshot,
  options: TableOptions,
  keys: readonly string[] = allKeys(snapshot),
): string {
  if (keys.length === 0) {
    return 'No flags here: no flag file was found, and no code checks one.\n';
  }
  const { paint } = options;
  const rows = keys.map(key => tableRow(snapshot, key));
  const layout = columnsFor(rows, Math.max(40, options.width));
  const lines: string[] = [paint('faint', headLine(layout)), ''];
  for (const group of GROUPS) {
    const own = rows.filter(row => group.holds(row.verdict)).sort((a, b) => (b.days ?? -1) - (a.days ?? -1));
    if (own.length === 0) continue;
    lines.push(paint('heading', cut(`${group.title} (${own.length})${group.note}`, layout.width)));
    for (const row of own) lines.push(tableLine(row, layout, paint));
    lines.push('');
  }
  return `${[...lines, ...footer(snapshot, rows, layout.width, paint)].join('\n')}\n`;
}

/** All that is known of one flag: states, ages, verdict, history, checks with their lines. No line is longer than `width`. */
export function renderFlagStory(snapshot: Snapshot, key: string, options: TableOptions): string {
  const { paint } = options;
  const width = Math.max(40, options.width);
  const flags = flagsOf(snapshot, key);
  const verdict = verdictOf(snapshot, key);
  const lines = [paint('key', cut(printable(key), width))];
  const about = [flagTypeOfKey(snapshot, key), ...flags.flatMap(flag => [flag.owner, flag.name])];
  if (flags.length > 0) lines.push(paint('faint', cut(distinctText(about), width)));
  for (const text of new Set(flags.flatMap(flag => flag.description ?? []))) lines.push(...wrap(text, '', width));
  lines.push(...wrap(`${verdictWord(verdict)}: ${verdict.why} (${verdict.rule})`, '', width), '');
  lines.push(...section('State', stateLines(snapshot, flags, width), paint));
  lines.push(...section('Ages', ageLines(snapshot, key, flags, width), paint));
  lines.push(...section('Changes', changeLines(snapshot, flags, width), paint));
  lines.push(...section('Checks', checkLines(snapshot, key, width), paint));
  lines.push(...section('Disagreements', disagreementLines(snapshot, key, width), paint));
  return `${lines.join('\n').trimEnd()}\n`;
}

interface Row {
  readonly key: string;
  readonly state: string;
  readonly days: number | null;
  readonly age: string;
  readonly checks: string;
  readonly owner: string;
  readonly verdict: Verdict;
}

interface Group {
  readonly title: string;
  readonly note: string;
  readonly holds: (verdict: Verdict) => boolean;
}

const GROUPS: readonly Group[] = [
  group('Expired', ', past their own date', verdict => verdict.kind === 'expired'),
  group('Launched', ', on for longer than their lifetime', verdict => verdict.kind === 'launched' && verdict.stale),
  group('Off', ', off for longer than their lifetime', verdict => verdict.kind === 'off' && verdict.stale),
  group('Unused', ', no code checks them', verdict => verdict.kind === 'unused' && verdict.stale),
  group('Archived, still checked', '', verdict => verdict.kind === 'archived' && verdict.stale),
  group('Unknown', ', checked but defined in no flag file', verdict => verdict.kind === 'unknown'),
  group('Rolling out', '', verdict => verdict.kind === 'rolling-out'),
  group('Fresh', '', verdict => verdict.kind === 'fresh'),
  group('Settled, age not known', '', verdict => ['launched', 'off'].includes(verdict.kind) && !verdict.stale),
  group('Not used yet', '', verdict => verdict.kind === 'unused' && !verdict.stale),
  group('Permanent', '', verdict => verdict.kind === 'permanent'),
  group('Idle', '', verdict => verdict.kind === 'idle'),
  group('Archived', '', verdict => verdict.kind === 'archived' && !verdict.stale),
];

function group(title: string, note: string, holds: (verdict: Verdict) => boolean): Group {
  return { title, note, holds };
}

function tableRow(snapshot: Snapshot, key: string): Row {
  const flags = flagsOf(snapshot, key);
  const introduced = introducedOf(snapshot, key);
  const days = introduced.kind === 'known' ? daysSince(introduced.moment.time, snapshot.now) : null;
  const production = productionChecksOf(snapshot, key).length;
  const inTests = checksOf(snapshot, key).length - production;
  return {
    key: printable(key),
    state: shortState(statesOf(snapshot, key), environmentOrder(snapshot)) || '-',
    days,
    age: days === null ? '-' : `${days}d`,
    checks: checksText(production, inTests, dynamicChecksOf(snapshot, key).length),
    owner: printable(flags.find(flag => flag.owner !== null)?.owner ?? ''),
    verdict: verdictOf(snapshot, key),
  };
}

/** Checks in a few characters; the story has them one by one. */
function checksText(production: number, inTests: number, dynamic: number): string {
  if (production === 0 && dynamic > 0) return `${dynamic} by prefix`;
  if (production === 0 && inTests > 0) return 'only tests';
  return dynamic > 0 ? `${countText(production, 'check')} +${dynamic}` : countText(production, 'check');
}

interface Layout {
  readonly width: number;
  readonly key: number;
  readonly state: number;
  readonly age: number;
  readonly checks: number;
  readonly owner: number;
}

/** Columns as wide as their texts; when that is too much the owner gives way first, then the checks, then the key. */
function columnsFor(rows: readonly Row[], width: number): Layout {
  // Never narrower than the column's own title.
  const widest = (least: number, texts: readonly string[]) => Math.max(least, ...texts.map(text => text.length));
  const states = rows.map(row => row.state);
  const ages = rows.map(row => row.age);
  const keys = rows.map(row => row.key);
  const owners = rows.map(row => row.owner);
  const state = Math.min(12, widest(5, states));
  const age = widest(4, ages);
  const fixed = 2 + 2 + state + 2 + age + 2;
  const counts = rows.map(row => row.checks);
  const wanted = { key: widest(4, keys), checks: widest(6, counts), owner: widest(0, owners) };
  let room = width - fixed;
  const key = Math.min(wanted.key, Math.max(12, room - Math.min(wanted.checks, 9)));
  room -= key;
  const checks = Math.max(0, Math.min(wanted.checks, room));
  room -= checks;
  return { width, key, state, age, checks, owner: room >= 8 ? Math.min(wanted.owner, room - 2) : 0 };
}

function headLine(layout: Layout): string {
  const cells = ['flag'.padEnd(layout.key), 'state'.padEnd(layout.state), 'age'.padStart(layout.age)];
  const rest = ['checks'.padEnd(layout.checks), ...(layout.owner > 0 ? ['owner'] : [])];
  return cut(`  ${[...cells, ...rest].join('  ')}`, layout.width).trimEnd();
}

function tableLine(row: Row, layout: Layout, paint: Paint): string {
  const style = row.verdict.stale ? 'stale' : row.verdict.kind === 'unknown' ? 'warning' : 'good';
  const state = paint(style, cut(row.state, layout.state).padEnd(layout.state));
  const cells = [
    `  ${paint('key', cut(row.key, layout.key).padEnd(layout.key))}`,
    state,
    row.age.padStart(layout.age),
    cut(row.checks, layout.checks).padEnd(layout.owner > 0 && row.owner !== '' ? layout.checks : 0),
    ...(layout.owner > 0 && row.owner !== '' ? [paint('faint', cut(row.owner, layout.owner))] : []),
  ];
  return cells.join('  ');
}

function footer(snapshot: Snapshot, rows: readonly Row[], width: number, paint: Paint): readonly string[] {
  const stale = rows.filter(row => row.verdict.stale).length;
  const unknown = rows.filter(row => row.verdict.kind === 'unknown').length;
  const sums = [countText(rows.length, 'flag'), `${stale} stale`, `${unknown} unknown`].join(', ');
  const lines = wrap(`${sums}. Ages count from the first commit with the key.`, '', width);
  const { history } = snapshot;
  const limit = history.kind === 'unavailable' ? history.reason : history.kind === 'known' ? history.limit : null;
  if (limit !== null) lines.push(...wrap(`Ages: ${limit}`, '', width));
  lines.push(...wrap("One flag's whole story: flagbook flags KEY", '', width));
  return lines.map(line => paint('faint', line));
}

function stateLines(snapshot: Snapshot, flags: readonly Flag[], width: number): readonly string[] {
  return flags.flatMap(flag => {
    const place = flag.declaration;
    const where = place === null ? '' : `  ${place.path}:${lineOf(snapshot, place.path, place.keySpan.start)}`;
    const head = cut(`  ${flag.system}${flag.archived ? ', archived' : ''}${where}`, width);
    const none = flag.environments.length === 0 ? ['    no state: this file only says that the flag exists'] : [];
    const states = flag.environments.flatMap(state => {
      const asOf = state.asOf === null ? '' : ` (as of ${state.asOf})`;
      return wrap(`${state.environment}: ${state.summary}${asOf}`, '    ', width);
    });
    return [head, ...states, ...none];
  });
}

function ageLines(snapshot: Snapshot, key: string, flags: readonly Flag[], width: number): readonly string[] {
  const introduced = introducedOf(snapshot, key);
  const lines =
    introduced.kind === 'known'
      ? wrap(
          `introduced ${daysText(daysSince(introduced.moment.time, snapshot.now))} ago, ` +
            `${dateText(Date.parse(introduced.moment.time))}, by ${introduced.moment.author}: ` +
            `${introduced.moment.subject} (${introduced.moment.commit.slice(0, 10)})`,
          '  ',
          width,
        )
      : wrap(`introduced: ${introduced.reason}`, '  ', width);
  for (const absence of introduced.kind === 'known' ? introduced.absences.slice(-MOST_ABSENCES) : []) {
    lines.push(...wrap(`${absenceText(absence, snapshot.now)}`, '  ', width));
  }
  for (const flag of flags) {
    if (flag.created !== null) {
      const days = daysText(daysSince(flag.created, snapshot.now));
      lines.push(...wrap(`created in ${flag.system} ${days} ago, ${dateText(Date.parse(flag.created))}`, '  ', width));
    }
    if (flag.expires !== null) lines.push(...wrap(`expires ${dateText(Date.parse(flag.expires))}`, '  ', width));
  }
  return lines;
}

/** `removed 3 Mar 2026 by Ann (c0ffee…), back 30 days ago, 9 Apr 2026, by Ben (decaf…)`. */
function absenceText({ removed, returned }: Absence, now: number): string {
  const gone = `removed ${dateText(Date.parse(removed.time))} by ${removed.author} (${removed.commit.slice(0, 10)})`;
  if (returned === null) return `${gone}, back but ${NOT_COMMITTED}`;
  const ago = `${daysText(daysSince(returned.time, now))} ago`;
  const back = `${dateText(Date.parse(returned.time))}, by ${returned.author} (${returned.commit.slice(0, 10)})`;
  return `${gone}, back ${ago}, ${back}`;
}

const MOST_ABSENCES = 3;

const MOST_CHANGES = 12;

function changeLines(snapshot: Snapshot, flags: readonly Flag[], width: number): readonly string[] {
  const changes = flags
    .flatMap(flag => changesOf(snapshot, flag))
    .sort((a, b) => Date.parse(b.moment.time) - Date.parse(a.moment.time));
  const lines = changes.slice(0, MOST_CHANGES).flatMap(({ moment, environment, what }) => {
    const when = dateText(Date.parse(moment.time));
    return wrap(`${when}  ${environment}: ${what}, by ${moment.author} (${moment.commit.slice(0, 10)})`, '  ', width);
  });
  const more = changes.length - MOST_CHANGES;
  return more > 0 ? [...lines, `  and ${countText(more, 'older change')}`] : lines;
}

function checkLines(snapshot: Snapshot, key: string, width: number): readonly string[] {
  const line = (check: Check, note: string) => {
    const inside = check.function === null ? '' : ` in ${check.function}`;
    const fallback = check.fallback === undefined ? '' : `, falls back to ${valueText(check.fallback)}`;
    const place = `${check.path}:${lineOf(snapshot, check.path, check.nameSpan.start)}`;
    return wrap(`${place}  ${check.method}${inside}${fallback}${note}`, '  ', width);
  };
  return [
    ...checksOf(snapshot, key).flatMap(check => line(check, check.test ? ' (test)' : '')),
    ...dynamicChecksOf(snapshot, key).flatMap(check => line(check, ` (key starts with "${check.keyPrefix}")`)),
  ];
}

function disagreementLines(snapshot: Snapshot, key: string, width: number): readonly string[] {
  return productionChecksOf(snapshot, key).flatMap(check => {
    const place = `${check.path}:${lineOf(snapshot, check.path, check.nameSpan.start)}`;
    const found = [typeMismatch(snapshot, check), defaultDrift(snapshot, check)];
    return found.flatMap(each => (each === null ? [] : wrap(`${place}  ${each.message}`, '  ', width)));
  });
}

function section(title: string, lines: readonly string[], paint: Paint): readonly string[] {
  return lines.length === 0 ? [] : [paint('heading', title), ...lines, ''];
}

function verdictWord(verdict: Verdict): string {
  const word = verdict.kind.replace('-', ' ');
  return verdict.stale ? `${word}, stale` : word;
}

function distinctText(items: readonly (string | null)[]): string {
  return [...new Set(items.filter(item => item !== null).map(printable))].join(' · ');
}

function cut(text: string, width: number): string {
  if (text.length <= width) return text;
  return width <= 1 ? text.slice(0, Math.max(0, width)) : `${text.slice(0, width - 1)}…`;
}

/** Breaks a text at spaces; following lines are indented by two more, and a word longer than a line is cut. */
function wrap(text: string, indent: string, width: number): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of printable(text).split(' ')) {
    const candidate = line.trim() === '' ? `${line}${word}` : `${line} ${word}`;
    if (candidate.length <= width || line.trim() === '') {
      line = cut(candidate, width);
      continue;
    }
    lines.push(line);
    line = cut(`${indent}  ${word}`, width);
  }
  lines.push(line);
  return lines;
}
