/**
 * All that is known of one flag, in sections of plain lines: states, ages, changes, checks, what its fallbacks would mean. How a
 * story is set is the business of `text.ts` and `markdown.ts`.
 */
import type { Absence, Check, EnvironmentState, Flag, Verdict } from '../../model.ts';
import type { Snapshot } from '../../snapshot.ts';
import { countText, dateText, daysText, listText, printable, ringsText, valueText } from '../rollout/describe.ts';
import { changesOf, daysSince, introducedOf, NOT_COMMITTED, readBackTo, UNREAD_CHANGES } from '../verdicts/ages.ts';
import { defaultDrift, typeMismatch } from '../verdicts/agreement.ts';
import { checksOf, dynamicChecksOf, flagsOf, lineOf, productionChecksOf } from '../verdicts/flagIndex.ts';
import { lifetimeOf } from '../verdicts/lifetimes.ts';
import { verdictOf } from '../verdicts/staleness.ts';
import { withoutSystem } from '../verdicts/withoutSystem.ts';
import { isUnjudged } from './flagTable.ts';

export interface FlagStory {
  /** Type, owner and name; empty for a flag that nothing defines. */
  readonly about: readonly string[];
  readonly descriptions: readonly string[];
  /** Word, evidence and rule. */
  readonly verdict: string;
  /** Those with something to say. */
  readonly sections: readonly { readonly title: string; readonly lines: readonly StoryLine[] }[];
}

/** `place` is a path with a line, in front of the text; `level` 1 belongs to the line of level 0 above it. */
export interface StoryLine {
  readonly level: 0 | 1;
  readonly place: string | null;
  readonly text: string;
}

export function flagStory(snapshot: Snapshot, key: string): FlagStory {
  const flags = flagsOf(snapshot, key);
  const verdict = verdictOf(snapshot, key);
  const { type, isAssumed } = lifetimeOf(snapshot, key);
  const kind = isAssumed ? (isUnjudged(verdict) ? null : `${type} (no type is named)`) : type;
  const about = [kind, ...flags.flatMap(flag => [flag.owner, flag.name])];
  const sections = [
    { title: 'State', lines: stateLines(snapshot, flags) },
    { title: 'Ages', lines: ageLines(snapshot, key, flags) },
    { title: 'Changes', lines: changeLines(snapshot, flags) },
    { title: 'Checks', lines: checkLines(snapshot, key) },
    { title: 'Without the flag system', lines: outageLines(snapshot, key) },
    { title: 'Disagreements', lines: disagreementLines(snapshot, key) },
  ];
  return {
    about: flags.length === 0 ? [] : [...new Set(about.filter(item => item !== null).map(printable))],
    descriptions: [...new Set(flags.flatMap(flag => flag.description ?? []))],
    verdict: `${verdictSentence(verdict)} (${verdict.rule})`,
    sections: sections.filter(({ lines }) => lines.length > 0),
  };
}

function line(text: string, place: string | null = null, level: 0 | 1 = 0): StoryLine {
  return { level, place, text };
}

function stateLines(snapshot: Snapshot, flags: readonly Flag[]): readonly StoryLine[] {
  return flags.flatMap(flag => {
    const place = flag.declaration;
    const where = place === null ? null : `${place.path}:${lineOf(snapshot, place.path, place.keySpan.start)}`;
    const head = line(`${flag.system}${flag.archived ? ', archived' : ''}`, where);
    const known = flag.listed === undefined ? 'this file only says' : 'this list in code only says';
    const none = flag.environments.length === 0 ? [line(`no state: ${known} that the flag exists`, null, 1)] : [];
    const states = flag.environments.map(state => {
      const asOf = state.asOf === null ? '' : ` (as of ${state.asOf})`;
      const rings = ringsText(state);
      const said = line(`${state.environment}: ${wholeSummary(state)}${asOf}`, null, 1);
      return rings === null ? [said] : [said, line(`rings: ${rings}`, null, 1)];
    });
    return [head, ...states.flat(), ...none];
  });
}

/** What a summary has no room for is told here; of what is to come only the summary tells. */
function wholeSummary({ summary, clauses, next }: EnvironmentState): string {
  if (clauses === undefined || next !== undefined) return summary;
  const more = clauses.length - MOST_CLAUSES;
  return [...clauses.slice(0, MOST_CLAUSES), ...(more > 0 ? [`+${more} more`] : [])].join('; ');
}

const MOST_CLAUSES = 20;

function ageLines(snapshot: Snapshot, key: string, flags: readonly Flag[]): readonly StoryLine[] {
  const introduced = introducedOf(snapshot, key);
  const lines: StoryLine[] = [];
  if (introduced.kind === 'unknown') lines.push(line(`introduced: ${introduced.reason}`));
  else {
    const { time, author, subject, commit } = introduced.moment;
    const ago = `${daysText(daysSince(time, snapshot.now))} ago, ${dateText(Date.parse(time))}`;
    lines.push(line(`introduced ${ago}, by ${author}: ${subject} (${commit.slice(0, 10)})`));
    for (const absence of introduced.absences.slice(-MOST_ABSENCES))
      lines.push(line(absenceText(absence, snapshot.now)));
  }
  for (const flag of flags) {
    if (flag.created !== null) {
      const days = daysText(daysSince(flag.created, snapshot.now));
      lines.push(line(`created in ${flag.system} ${days} ago, ${dateText(Date.parse(flag.created))}`));
    }
    if (flag.expires !== null) lines.push(line(`expires ${dateText(Date.parse(flag.expires))}`));
    else if (flag.expiresWords !== undefined) lines.push(line(`due to go: ${printable(flag.expiresWords)}`));
  }
  return withoutRepeats(lines);
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

function changeLines(snapshot: Snapshot, flags: readonly Flag[]): readonly StoryLine[] {
  const paths = new Set(flags.flatMap(flag => flag.declaration?.path ?? []));
  const changes = flags
    .flatMap(flag => changesOf(snapshot, flag).map(change => ({ ...change, path: flag.declaration?.path ?? null })))
    .sort((a, b) => Date.parse(b.moment.time) - Date.parse(a.moment.time));
  /** Who said it: a commit that says the same in every file says it once, and of no file. */
  const told = new Map<string, Set<string>>();
  for (const { moment, environment, what, path } of changes) {
    const when = dateText(Date.parse(moment.time));
    const text = `${when}  ${environment}: ${what}, by ${moment.author} (${moment.commit.slice(0, 10)})`;
    told.set(text, (told.get(text) ?? new Set()).add(path ?? ''));
  }
  const lines = [...told].slice(0, MOST_CHANGES).map(([text, where]) => {
    const place = where.size === paths.size ? null : [...where][0]!;
    return line(text, place === '' ? null : place);
  });
  const more = told.size - MOST_CHANGES;
  if (more > 0) return [...lines, line(`and ${countText(more, 'older change')}`)];
  return [...lines, ...unreadLines(snapshot, flags)];
}

/** Where older versions of a flag file were not read. */
function unreadLines(snapshot: Snapshot, flags: readonly Flag[]): readonly StoryLine[] {
  return flags.flatMap(flag => {
    const limit = readBackTo(snapshot, flag);
    if (limit === undefined) return [];
    const what =
      limit === null
        ? UNREAD_CHANGES
        : `older changes were not read: versions before ${dateText(Date.parse(limit))} are too many, or not in this clone`;
    return [line(what, flag.declaration?.path ?? null)];
  });
}

function checkLines(snapshot: Snapshot, key: string): readonly StoryLine[] {
  const lineFor = (check: Check, note: string) => {
    const inside = check.function === null ? '' : ` in ${check.function}`;
    const fallback = check.fallback === undefined ? '' : `, falls back to ${valueText(check.fallback)}`;
    return line(`${check.method}${inside}${fallback}${note}`, placeOf(snapshot, check));
  };
  return withoutRepeats([
    ...checksOf(snapshot, key).map(check => lineFor(check, check.test ? ' (test)' : '')),
    ...dynamicChecksOf(snapshot, key).map(check => lineFor(check, ` (key starts with "${check.keyPrefix}")`)),
  ]);
}

/** Lines that say the same once, with their number. */
function withoutRepeats(lines: readonly StoryLine[]): readonly StoryLine[] {
  const counts = new Map<string, { readonly line: StoryLine; count: number }>();
  for (const each of lines) {
    const name = `${each.place} ${each.text}`;
    const known = counts.get(name);
    if (known === undefined) counts.set(name, { line: each, count: 1 });
    else known.count++;
  }
  return [...counts.values()].map(({ line: { level, place, text }, count }) => ({
    level,
    place,
    text: count === 1 || place === null ? text : `${text} (${count} times)`,
  }));
}

/** What each fallback would mean for users, the environments that agree on one line. */
function outageLines(snapshot: Snapshot, key: string): readonly StoryLine[] {
  const outages = withoutSystem(snapshot, key);
  return outages.flatMap(({ checks, environments }) => {
    const who =
      outages.length === 1 ? '' : `${placeOf(snapshot, checks[0]!)}${checks.length > 1 ? ' and others' : ''}: `;
    return [...new Set(environments.map(({ what }) => what))].map(what => {
      const where = environments.filter(each => each.what === what).map(({ environment }) => environment);
      return line(`${listText([...new Set(where)])}: ${who}${what}`);
    });
  });
}

function disagreementLines(snapshot: Snapshot, key: string): readonly StoryLine[] {
  return productionChecksOf(snapshot, key).flatMap(check => {
    const found = [typeMismatch(snapshot, check), defaultDrift(snapshot, check)];
    return found.flatMap(each => (each === null ? [] : [line(each.message, placeOf(snapshot, check))]));
  });
}

function placeOf(snapshot: Snapshot, check: Check): string {
  return `${check.path}:${lineOf(snapshot, check.path, check.nameSpan.start)}`;
}

function verdictSentence(verdict: Verdict): string {
  // Its sentence says so itself, and "fresh" would say more than is known.
  if (isUnjudged(verdict)) return verdict.why;
  const word = verdict.kind.replace('-', ' ');
  return `${verdict.stale ? `${word}, stale` : word}: ${verdict.why}`;
}
