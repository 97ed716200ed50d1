/** The rows of the On-call view: what whoever is on call wants at hand, and which of it is broken. */
import { countText, daysText } from '../flags/rollout/describe.ts';
import { lineOf } from '../flags/verdicts/flagIndex.ts';
import type { Alert, Incident, Runbook } from '../model.ts';
import { brokenRunbookLinks } from '../runbooks/coverage.ts';
import { daysOverdue } from '../runbooks/health.ts';
import { linkContextOf, resolveLink } from '../runbooks/links.ts';
import type { Snapshot } from '../snapshot.ts';
import { incidentLines, runbookLines } from './onCallLines.ts';
import { plain } from './richText.ts';
import { groupRow, leafRow, type ViewContent, type ViewRow } from './viewRows.ts';

/** Incidents (latest first), runbooks, alerts, and links that lead nowhere. The badge counts the broken links. */
export function onCallView(snapshot: Snapshot): ViewContent {
  const incidents = [...snapshot.incidents].sort((a, b) => compareText(startOf(b) ?? '', startOf(a) ?? ''));
  const runbooks = [...snapshot.runbooks].sort((a, b) => compareText(a.title.toLowerCase(), b.title.toLowerCase()));
  const broken = brokenRows(snapshot);
  const rows = [
    groupRow('Incidents', 'flame', incidents.map(incidentRow)),
    groupRow(
      'Runbooks',
      'book',
      runbooks.map(runbook => runbookRow(snapshot, runbook)),
    ),
    groupRow(
      'Alerts',
      'bell',
      snapshot.alerts.map(alert => alertRow(snapshot, alert)),
    ),
    groupRow('Broken links', 'warning', broken),
  ].filter(row => row.children.length > 0);
  const { length } = broken;
  return { rows, badge: length === 0 ? null : { value: length, tooltip: countText(length, 'broken runbook link') } };
}

function incidentRow(incident: Incident): ViewRow {
  return leafRow({
    id: `incident:${incident.path}:${incident.id}`,
    label: `${incident.id} ${incident.title}`,
    facts: [incident.severity, startOf(incident)?.slice(0, 10)],
    tooltip: incidentLines(incident).slice(0, -1),
    icon: 'flame',
    kind: 'incident',
    place: { path: incident.path, span: incident.span },
  });
}

/** A record that does not say when it began began with its first entry. */
function startOf({ started, events }: Incident): string | null {
  return started ?? events.find(event => event.time !== null)?.time ?? null;
}

function runbookRow(snapshot: Snapshot, runbook: Runbook): ViewRow {
  const overdue = daysOverdue(runbook, snapshot.now);
  return leafRow({
    id: `runbook:${runbook.path}`,
    label: runbook.title,
    facts: [overdue === null ? null : `review ${daysText(overdue)} overdue`, runbook.owner],
    tooltip: runbookLines(runbook, null, snapshot.now).slice(0, -1),
    icon: 'book',
    kind: 'runbook',
    place: { path: runbook.path, span: { start: 0, end: 0 } },
  });
}

function alertRow(snapshot: Snapshot, alert: Alert): ViewRow {
  return leafRow({
    id: `alert:${alert.path}:${alert.name}`,
    label: alert.name,
    facts: [runbookWords(snapshot, alert)],
    tooltip: alert.summary === null ? [] : [[plain(alert.summary)]],
    icon: 'bell',
    kind: 'alert',
    place: { path: alert.path, span: alert.span },
  });
}

function runbookWords(snapshot: Snapshot, { runbook, path }: Alert): string {
  if (runbook === null) return 'no runbook';
  const link = resolveLink(runbook.target, path, linkContextOf(snapshot));
  if (link.kind === 'broken') return 'its runbook is missing';
  return link.kind === 'external' ? 'runbook elsewhere' : link.path.slice(link.path.lastIndexOf('/') + 1);
}

function brokenRows(snapshot: Snapshot): readonly ViewRow[] {
  return brokenRunbookLinks(snapshot).map(({ place, target, reason }) =>
    leafRow({
      id: `broken:${place.path}:${place.span.start}`,
      label: target,
      facts: [`${place.path}:${lineOf(snapshot, place.path, place.span.start)}`],
      tooltip: [[plain(reason)]],
      icon: 'warning',
      kind: 'message',
      place,
    }),
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
