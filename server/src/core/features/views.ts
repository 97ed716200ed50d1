/** The rows of the two views: flags by verdict, and what whoever is on call wants at hand. */
import { countText, shortState } from '../flags/describe.ts';
import { allKeys, checksOfKey, environmentOrder, flagsOf, statesOf } from '../flags/flagIndex.ts';
import { verdictOf } from '../flags/staleness.ts';
import type { Place, VerdictKind } from '../model.ts';
import { brokenRunbookLinks } from '../runbooks/coverage.ts';
import type { Snapshot } from '../snapshot.ts';
import { positionAt } from '../text.ts';
import { flagLines } from './flagLines.ts';
import { runbookTarget } from './navigation.ts';
import type { RichLine } from './richText.ts';

export interface ViewRow {
  readonly id: string;
  readonly label: string;
  readonly description: string | null;
  readonly tooltip: readonly RichLine[];
  readonly icon: string | null;
  readonly kind: 'flag' | 'check' | 'runbook' | 'incident' | 'alert' | 'group' | 'message';
  readonly key: string | null;
  readonly place: Place | null;
  readonly expanded: boolean;
  readonly children: readonly ViewRow[];
}

export interface ViewContent {
  readonly rows: readonly ViewRow[];
  readonly badge: { readonly value: number; readonly tooltip: string } | null;
}

/** Groups in the order in which they want attention. */
const GROUPS: readonly { readonly title: string; readonly icon: string; readonly kinds: readonly VerdictKind[] }[] = [
  { title: 'Stale', icon: 'trash', kinds: ['expired', 'launched', 'off', 'idle', 'archived'] },
  { title: 'Unknown', icon: 'question', kinds: ['unknown'] },
  { title: 'Unused', icon: 'circle-slash', kinds: ['unused'] },
  { title: 'Rolling out', icon: 'graph-line', kinds: ['rolling-out'] },
  { title: 'Fresh', icon: 'sparkle', kinds: ['fresh'] },
  { title: 'Permanent', icon: 'lock', kinds: ['permanent'] },
];

/** Flags grouped by verdict; each with its definitions and checks. The badge counts the stale ones. */
export function flagsView(snapshot: Snapshot): ViewContent {
  const keys = allKeys(snapshot);
  const verdicts = new Map(keys.map(key => [key, verdictOf(snapshot, key)]));
  const rows: ViewRow[] = [];
  const settled = new Set<string>();
  for (const group of GROUPS) {
    const own = keys.filter(key => {
      const verdict = verdicts.get(key)!;
      const belongs = group.title === 'Stale' ? verdict.stale : group.kinds.includes(verdict.kind) && !settled.has(key);
      if (belongs) settled.add(key);
      return belongs;
    });
    if (own.length > 0)
      rows.push(
        groupRow(
          group.title,
          group.icon,
          own.map(key => flagRow(snapshot, key)),
        ),
      );
  }
  const rest = keys.filter(key => !settled.has(key));
  if (rest.length > 0)
    rows.push(
      groupRow(
        'In use',
        'check',
        rest.map(key => flagRow(snapshot, key)),
      ),
    );
  const stale = keys.filter(key => verdicts.get(key)!.stale).length;
  return { rows, badge: stale === 0 ? null : { value: stale, tooltip: countText(stale, 'stale flag') } };
}

function flagRow(snapshot: Snapshot, key: string): ViewRow {
  const declared = flagsOf(snapshot, key).flatMap(({ declaration, system }) =>
    declaration === null
      ? []
      : [
          leaf(`flag:${key}:${declaration.path}`, declaration.path, system, 'symbol-key', 'flag', key, {
            path: declaration.path,
            span: declaration.keySpan,
          }),
        ],
  );
  const used = checksOfKey(snapshot, key).map(check => {
    const line = lineOf(snapshot, { path: check.path, span: check.span });
    const place = { path: check.path, span: check.keySpan ?? check.nameSpan };
    const role = check.role === 'check' ? (check.test ? 'test' : (check.function ?? '')) : check.role;
    return leaf(
      `check:${key}:${check.path}:${check.span.start}`,
      `${check.path}:${line}`,
      role,
      'symbol-method',
      'check',
      key,
      place,
    );
  });
  const states = statesOf(snapshot, key);
  const state = states.length === 0 ? 'not defined' : shortState(states, environmentOrder(snapshot));
  const checks = checksOfKey(snapshot, key).filter(check => check.role === 'check').length;
  return {
    id: `flag:${key}`,
    label: key,
    description: `${state} · ${countText(checks, 'check')}`,
    tooltip: flagLines(snapshot, key, null),
    icon: 'symbol-boolean',
    kind: 'flag',
    key,
    place: declared[0]?.place ?? used[0]?.place ?? null,
    expanded: false,
    children: [...declared, ...used],
  };
}

/** Runbooks, incidents (latest first), alerts, and links that lead nowhere. The badge counts the broken links. */
export function onCallView(snapshot: Snapshot): ViewContent {
  const start = { start: 0, end: 0 };
  const incidents = [...snapshot.incidents].sort((a, b) => ((a.started ?? '') < (b.started ?? '') ? 1 : -1));
  const incidentRows = incidents.map(incident =>
    leaf(
      `incident:${incident.path}:${incident.id}`,
      `${incident.id} ${incident.title}`,
      [incident.severity, incident.started?.slice(0, 10)].filter(Boolean).join(' · '),
      'flame',
      'incident',
      null,
      { path: incident.path, span: incident.span },
    ),
  );
  const runbookRows = [...snapshot.runbooks]
    .sort((a, b) => (a.title < b.title ? -1 : 1))
    .map(runbook =>
      leaf(`runbook:${runbook.path}`, runbook.title, runbook.owner ?? '', 'book', 'runbook', null, {
        path: runbook.path,
        span: start,
      }),
    );
  const alertRows = snapshot.alerts.map(alert => {
    const place = alert.runbook === null ? null : runbookTarget(snapshot, alert.runbook.target, alert.path);
    const description =
      alert.runbook === null
        ? 'no runbook'
        : place === null
          ? 'runbook elsewhere or missing'
          : place.path.split('/').at(-1)!;
    return leaf(`alert:${alert.path}:${alert.name}`, alert.name, description, 'bell', 'alert', null, {
      path: alert.path,
      span: alert.span,
    });
  });
  const broken = brokenRunbookLinks(snapshot);
  const brokenRows = broken.map(link =>
    leaf(
      `broken:${link.place.path}:${link.place.span.start}`,
      link.target,
      `${link.place.path}:${lineOf(snapshot, link.place)}`,
      'warning',
      'message',
      null,
      link.place,
    ),
  );
  const rows = [
    groupRow('Incidents', 'flame', incidentRows),
    groupRow('Runbooks', 'book', runbookRows),
    groupRow('Alerts', 'bell', alertRows),
    groupRow('Broken links', 'warning', brokenRows),
  ].filter(row => row.children.length > 0);
  return {
    rows,
    badge:
      broken.length === 0 ? null : { value: broken.length, tooltip: countText(broken.length, 'broken runbook link') },
  };
}

function groupRow(title: string, icon: string, children: readonly ViewRow[]): ViewRow {
  const description = String(children.length);
  return {
    id: `group:${title}`,
    label: title,
    description,
    tooltip: [],
    icon,
    kind: 'group',
    key: null,
    place: null,
    expanded: true,
    children,
  };
}

function leaf(
  id: string,
  label: string,
  description: string,
  icon: string,
  kind: ViewRow['kind'],
  key: string | null,
  place: Place,
): ViewRow {
  return {
    id,
    label,
    description: description === '' ? null : description,
    tooltip: [],
    icon,
    kind,
    key,
    place,
    expanded: false,
    children: [],
  };
}

function lineOf(snapshot: Snapshot, place: Place): number {
  const lines = snapshot.files.get(place.path)?.lines;
  return lines === undefined ? 1 : positionAt(lines, place.span.start).line + 1;
}
