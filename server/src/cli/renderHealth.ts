/** Findings about runbooks and incidents, and the lists of both, for a terminal. */
import { countText, printable } from '../core/flags/rollout/describe.ts';
import type { Incident } from '../core/model.ts';
import { coveredFiles, daysOverdue, type HealthFinding } from '../core/runbooks/health.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { Output } from './output.ts';

/** What all findings have, whatever they are about. */
type Finding = Omit<HealthFinding, 'rule'> & { readonly rule: string };

export function renderFindings(findings: readonly Finding[], what: string, { paint }: Pick<Output, 'paint'>) {
  if (findings.length === 0) return `Nothing to mend in ${what}.\n`;
  const lines: string[] = [];
  let path = '';
  for (const finding of findings) {
    if (finding.path !== path) lines.push(...(path === '' ? [] : ['']), paint('heading', printable(finding.path)));
    path = finding.path;
    const severity = paint(finding.severity === 'note' ? 'faint' : 'warning', finding.severity);
    lines.push(`  ${String(finding.line).padStart(4)}  ${severity}: ${printable(finding.message)} [${finding.rule}]`);
  }
  const counts = (['error', 'warning', 'note'] as const).flatMap(severity => {
    const count = findings.filter(finding => finding.severity === severity).length;
    return count === 0 ? [] : [countText(count, severity)];
  });
  return `${lines.join('\n')}\n\n${counts.join(', ')}\n`;
}

export function renderRunbooks(snapshot: Snapshot, { paint }: Pick<Output, 'paint'>): string {
  const runbooks = [...snapshot.runbooks].sort((a, b) => (a.path < b.path ? -1 : 1));
  if (runbooks.length === 0) {
    return 'No runbooks here. Flagbook looks in docs/runbooks/ and runbooks/; flagbook.json names other places.\n';
  }
  const blocks = runbooks.map(runbook => {
    const files = coveredFiles(snapshot, runbook.code);
    const overdue = daysOverdue(runbook, snapshot.now);
    const facts = [
      ...(runbook.owner === null ? [] : [runbook.owner]),
      files === 0 ? 'covers no files' : `covers ${countText(files, 'file')}`,
      ...(runbook.flags.length === 0 ? [] : [`flags ${runbook.flags.join(', ')}`]),
      ...(runbook.alerts.length === 0 ? [] : [`alerts ${runbook.alerts.join(', ')}`]),
      ...(runbook.reviewed === null ? [] : [`reviewed ${runbook.reviewed.slice(0, 10)}`]),
    ].map(printable);
    const due = overdue === null ? '' : paint('warning', `, ${overdue} days overdue`);
    return `${paint('heading', printable(runbook.title))}\n  ${paint('key', printable(runbook.path))}\n  ${facts.join(' · ')}${due}\n`;
  });
  return blocks.join('\n');
}

export function renderIncidents(incidents: readonly Incident[], { paint }: Pick<Output, 'paint'>): string {
  if (incidents.length === 0) {
    return 'No incidents here. Flagbook looks in docs/incidents/, docs/postmortems/ and the like; flagbook.json names other places.\n';
  }
  const idWidth = Math.max(...incidents.map(incident => incident.id.length));
  const severityWidth = Math.max(...incidents.map(incident => incident.severity?.length ?? 1));
  return incidents
    .map(incident => {
      const started = incident.started?.slice(0, 10) ?? '-';
      const cells = [
        paint('key', printable(incident.id).padEnd(idWidth)),
        printable(incident.severity ?? '-').padEnd(severityWidth),
        started.padEnd(10),
        printable(incident.title),
      ];
      return `${cells.join('  ')}\n${' '.repeat(idWidth + 2)}${paint('faint', printable(incident.path))}\n`;
    })
    .join('');
}

/** The timeline of one incident. */
export function renderIncident(incident: Incident, { paint }: Pick<Output, 'paint'>): string {
  const times = (['started', 'detected', 'resolved'] as const).flatMap(name => {
    const time = incident[name];
    return time === null ? [] : [`${name} ${time.slice(0, 16).replace('T', ' ')} UTC`];
  });
  const facts = [...(incident.severity === null ? [] : [printable(incident.severity)]), ...times].join(' · ');
  const events = incident.events.map(event => {
    const when = event.local === null ? '-' : event.local.replace('T', ' ');
    return `  ${paint('key', when.padEnd(16))}  ${printable(event.text.replace(/\s+/g, ' ').trim())}`;
  });
  const problems = incident.problems.map(
    problem => `  ${paint('warning', problem.severity)}: ${printable(problem.message)}`,
  );
  const head = paint('heading', printable(`${incident.id} ${incident.title}`));
  return `${[head, ...(facts === '' ? [] : [facts]), ...events, ...problems].join('\n')}\n`;
}
