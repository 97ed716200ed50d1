/**
 * What is known of one flag, in lines: state in each environment, ages, verdict, agreement with the code, checks elsewhere,
 * runbooks, incidents, links. Hover, tooltips and `explain` show the same lines, so that they never disagree.
 */

import {
  countText,
  daysText,
  mainEnvironment,
  nextText,
  printable,
  ringsText,
  statesByEnvironment,
} from '../flags/rollout/describe.ts';
import { daysSince, introducedOf, lastChangeOf } from '../flags/verdicts/ages.ts';
import { defaultDrift, typeMismatch } from '../flags/verdicts/agreement.ts';
import { checksOfKey, environmentOrder, flagsOf } from '../flags/verdicts/flagIndex.ts';
import { projectName } from '../flags/verdicts/projects.ts';
import { verdictOf } from '../flags/verdicts/staleness.ts';
import { incidentsFor } from '../incidents/coverage.ts';
import type { Absence, Check, EnvironmentState, Flag, FlagChange } from '../model.ts';
import { type CodeContext, runbooksFor } from '../runbooks/coverage.ts';
import type { Snapshot } from '../snapshot.ts';
import { positionAt } from '../text.ts';
import { code, column, joinLines, linkTo, linkToUrl, plain, type RichLine, strong } from './richText.ts';
import { codeContextAt } from './subject.ts';

/** No hover is longer than this. */
export const MAX_LINES = 12;

/** Lines about a flag, facts first and links last. `check` is the place that asks, or null in a flag file. */
export function flagLines(snapshot: Snapshot, key: string, check: Check | null): readonly RichLine[] {
  const flags = flagsOf(snapshot, key);
  const lines: RichLine[] = [titleLine(flags, key), ...stateLines(snapshot, flags)];
  const age = ageLine(snapshot, key, flags);
  if (age !== null) lines.push(age);
  lines.push(verdictLine(snapshot, key));
  if (check !== null) lines.push(...agreementLines(snapshot, check));
  const elsewhere = elsewhereLine(snapshot, key, check);
  if (elsewhere !== null) lines.push(elsewhere);
  const links = linksLine(snapshot, flags);
  // The head of the table of environments is a line too.
  const most = MAX_LINES - (isTable(lines) ? 1 : 0);
  const room = most - lines.length - (links === null ? 0 : 1);
  lines.push(...onCallLines(snapshot, key, check).slice(0, Math.max(0, room)));
  if (links !== null && lines.length < most) lines.push(links);
  // What the flag is for is welcome, but the first to make room.
  const description = descriptionLine(flags);
  if (description !== null && lines.length < most) lines.splice(1, 0, description);
  return lines.slice(0, most);
}

function isTable(lines: readonly RichLine[]): boolean {
  return lines.filter(line => line.some(part => part.kind === 'column')).length > 1;
}

function titleLine(flags: readonly Flag[], key: string): RichLine {
  const [first] = flags;
  const details = [first?.type, first?.owner].filter(detail => detail);
  return [strong(key), ...(details.length === 0 ? [] : [plain(` · ${details.join(' · ')}`)])];
}

/** The words of whoever made the flag, unless they are the key once more. */
function descriptionLine(flags: readonly Flag[]): RichLine | null {
  const text = flags.map(flag => flag.description ?? flag.name).find(words => words);
  return text === undefined || text === null || text === flags[0]?.key ? null : [plain(shorten(text, 90))];
}

/** One line an environment; the system is named only where there are several. At most four, the rest counted. */
function stateLines(snapshot: Snapshot, flags: readonly Flag[]): readonly RichLine[] {
  const owners = {
    systems: new Set(flags.map(flag => flag.system)).size > 1,
    projects: new Set(flags.map(flag => flag.paths?.join())).size > 1,
  };
  const all = flags.flatMap(flag => flag.environments.map(state => ({ flag, state })));
  const rank = importance(
    snapshot,
    all.map(({ state }) => state),
  );
  const states = all.toSorted((a, b) => rank(a.state) - rank(b.state));
  const shown = states
    .slice(0, states.length > 4 ? 3 : 4)
    .map(({ flag, state }) => stateLine(snapshot, flag, state, owners));
  if (states.length <= 4) return shown;
  const rest = states.slice(3).map(({ state }) => state);
  // An environment's name alone does not say which system's it is.
  const words = owners.systems || owners.projects ? `${rest.length} more environments` : statesByEnvironment(rest);
  return [...shown, [plain(`and ${shorten(words, 120)}`)]];
}

/** How early an environment is told, 0 first: the order that the configuration gives, else where real users are, as hints do. */
function importance(snapshot: Snapshot, states: readonly EnvironmentState[]): (state: EnvironmentState) => number {
  const order = environmentOrder(snapshot);
  const main = mainEnvironment(states, order)?.environment;
  return ({ environment, production }) => {
    if (order.length > 0) return order.includes(environment) ? order.indexOf(environment) : order.length;
    return production === true ? 0 : environment === main ? 1 : 2;
  };
}

/** What several definitions in one hover have to be told apart by. */
interface Owners {
  readonly systems: boolean;
  readonly projects: boolean;
}

function stateLine(snapshot: Snapshot, flag: Flag, state: EnvironmentState, owners: Owners): RichLine {
  const project = owners.projects && flag.paths !== undefined ? `${projectName(flag.paths)} ` : '';
  const where = `${project}${owners.systems ? `${flag.system} ` : ''}${state.environment}`;
  const change = lastChangeOf(snapshot, flag, state.environment);
  const when = change === null ? [] : [column('Changed', ' · '), plain(changeText(change, snapshot.now))];
  const time = state.asOf?.slice(0, 16).replace('T', ' ');
  const asOf = time === undefined ? [] : [column('As of', ' (as of '), plain(`${time} UTC`), column('', ')')];
  return [strong(where), column('State', ': '), plain(stateWords(state)), ...when, ...asOf];
}

/** The summary, or the rings in the order in which a rollout widens: they say the same, and all of it where a summary is cut. */
function stateWords(state: EnvironmentState): string {
  const { summary } = state;
  const rings = ringsText(state);
  const isCut = /; \+\d+ more$/.test(summary);
  const isNamed = (state.rings ?? []).slice(0, -1).every(({ audience }) => summary.includes(`segment ${audience}`));
  const next = nextText(state);
  if (rings !== null && (isCut || isNamed))
    return next === null ? shorten(rings, 120) : `${shorten(rings, 100)}; ${next}`;
  // What is to come stands last in a summary, and is what a cut one lacks.
  if (next !== null) return isCut ? `${shorten(summary, 100)}; ${next}` : shorten(summary, 120);
  return shorten(rings === null ? summary : `${summary} (${rings})`, 120);
}

/** `10% → 25%, 20 days ago`; a state that never changed is as old as its entry in the file: `added 20 days ago`. */
function changeText({ what, moment }: FlagChange, now: number): string {
  const ago = agoText(moment.time, now);
  return what.startsWith('added ') ? `added ${ago}` : `${shorten(what, 40)}, ${ago}`;
}

function ageLine(snapshot: Snapshot, key: string, flags: readonly Flag[]): RichLine | null {
  const introduced = introducedOf(snapshot, key);
  const parts: RichLine[] = [];
  if (introduced.kind === 'known') {
    const { time, author, commit } = introduced.moment;
    parts.push([
      plain(`Introduced ${agoText(time, snapshot.now)} (${time.slice(0, 10)}, ${author}, `),
      code(commit.slice(0, 8)),
      plain(')'),
    ]);
    const last = introduced.absences.at(-1);
    if (last !== undefined) parts.push([plain(absenceText(last, snapshot.now))]);
  } else parts.push([plain(`Age unknown: ${introduced.reason}`)]);
  const expires = flags.find(flag => flag.expires !== null)?.expires;
  const expiresWords = flags.find(flag => flag.expiresWords !== undefined)?.expiresWords;
  if (expires) parts.push([plain(`expires ${expires.slice(0, 10)}`)]);
  else if (expiresWords !== undefined) parts.push([plain(`due to go: ${printable(expiresWords)}`)]);
  return joinLines(parts, ' · ');
}

function absenceText({ removed, returned }: Absence, now: number): string {
  const back = returned === null ? 'back but not committed yet' : `back ${agoText(returned.time, now)}`;
  return `removed ${removed.time.slice(0, 10)}, ${back}`;
}

function verdictLine(snapshot: Snapshot, key: string): RichLine {
  const verdict = verdictOf(snapshot, key);
  const introduced = introducedOf(snapshot, key);
  // The line of ages has said why there are none.
  const why = introduced.kind === 'unknown' ? verdict.why.replace(`: ${introduced.reason}`, '') : verdict.why;
  const unjudged = /^not judged: (.*)$/s.exec(why);
  if (unjudged !== null) return [strong('Not judged'), plain(`: ${unjudged[1]}`)];
  return [strong(verdict.stale ? 'Stale' : VERDICT_WORDS[verdict.kind]), plain(`: ${why}`)];
}

const VERDICT_WORDS = {
  fresh: 'Fresh',
  'rolling-out': 'Rolling out',
  launched: 'Launched',
  off: 'Off',
  expired: 'Expired',
  unused: 'Unused',
  unknown: 'Unknown',
  archived: 'Archived',
  idle: 'Idle',
  permanent: 'Permanent',
} as const;

function agreementLines(snapshot: Snapshot, check: Check): readonly RichLine[] {
  const disagreements = [typeMismatch(snapshot, check), defaultDrift(snapshot, check)];
  return disagreements.flatMap(disagreement =>
    disagreement === null ? [] : [[strong(DISAGREEMENT_WORDS[disagreement.kind]), plain(`: ${disagreement.message}`)]],
  );
}

const DISAGREEMENT_WORDS = { 'type-mismatch': 'Type mismatch', 'default-drift': 'Default drift' } as const;

function elsewhereLine(snapshot: Snapshot, key: string, check: Check | null): RichLine | null {
  const others = checksOfKey(snapshot, key).filter(other => other !== check && other.role === 'check');
  if (others.length === 0) return null;
  const inTests = others.filter(other => other.test).length;
  const suffix = inTests === 0 ? '' : `, ${inTests} of them in tests`;
  const count =
    check === null
      ? countText(others.length, 'check')
      : `${others.length} other ${others.length === 1 ? 'check' : 'checks'}`;
  // Two checks in one line are one place to go to.
  const places = new Map(others.map(other => placeLink(snapshot, other)).map(link => [link.text, link]));
  const links = [...places.values()].slice(0, 3).map(link => [link]);
  return [plain(`${count}${suffix}: `), ...joinLines(links, ', '), ...(places.size > 3 ? [plain(' …')] : [])];
}

function placeLink(snapshot: Snapshot, check: Check) {
  const lines = snapshot.files.get(check.path)?.lines;
  const line = lines === undefined ? 1 : positionAt(lines, check.span.start).line + 1;
  return linkTo(`${check.path.split('/').at(-1)}:${line}`, check.path, check.span);
}

function onCallLines(snapshot: Snapshot, key: string, check: Check | null): readonly RichLine[] {
  const file = check === null ? undefined : snapshot.files.get(check.path);
  const context: CodeContext =
    check === null || file === undefined
      ? { path: '', functionNames: [], keys: [key], annotations: [] }
      : codeContextAt(file, check.span.start, [key]);
  return coverageLines(snapshot, context);
}

/** Runbooks and incidents of a place, one line each kind, best first. */
export function coverageLines(snapshot: Snapshot, context: CodeContext): readonly RichLine[] {
  const lines: RichLine[] = [];
  const runbooks = runbooksFor(snapshot, context).slice(0, 2);
  if (runbooks.length > 0) {
    const links = runbooks.map(({ runbook, heading }) => {
      const label = heading === null ? runbook.title : `${runbook.title} › ${heading.text}`;
      return [linkTo(label, runbook.path, heading?.span ?? null)];
    });
    lines.push([plain(runbooks.length === 1 ? 'Runbook: ' : 'Runbooks: '), ...joinLines(links, ', ')]);
  }
  const incidents = incidentsFor(snapshot, context).slice(0, 3);
  if (incidents.length > 0) {
    const links = incidents.map(({ incident }) => [
      linkTo(incident.id, incident.path, incident.span),
      plain(` ${shorten(incident.title, 48)}${incident.started === null ? '' : ` (${incident.started.slice(0, 10)})`}`),
    ]);
    lines.push([plain(incidents.length === 1 ? 'Incident: ' : 'Incidents: '), ...joinLines(links, ', ')]);
  }
  return lines;
}

function linksLine(snapshot: Snapshot, flags: readonly Flag[]): RichLine | null {
  const rank = importance(
    snapshot,
    flags.flatMap(flag => flag.environments),
  );
  const rankOf = ({ environments }: Flag) => Math.min(...environments.map(rank), Number.MAX_SAFE_INTEGER);
  const links: RichLine[] = [];
  for (const flag of flags.toSorted((a, b) => rankOf(a) - rankOf(b))) {
    if (flag.declaration !== null)
      links.push([linkTo(flag.declaration.path, flag.declaration.path, flag.declaration.keySpan)]);
    if (flag.url !== null) {
      links.push([linkToUrl(flag.server === undefined ? `open in ${flag.system}` : flag.system, flag.url)]);
    }
  }
  const isListed = flags.every(flag => flag.listed !== undefined);
  return links.length === 0
    ? null
    : [
        plain(isListed ? 'Listed in ' : 'Defined in '),
        ...joinLines(links.slice(0, 3), ', '),
        ...(links.length > 3 ? [plain(' …')] : []),
      ];
}

/** `today`, `1 day ago`, `412 days ago`. */
export function agoText(time: string, now: number): string {
  const days = daysSince(time, now);
  return days === 0 ? 'today' : `${daysText(days)} ago`;
}

function shorten(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}
