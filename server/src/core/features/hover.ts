/** Hover over a check, a flag's key in a flag file, or an annotation: facts first, links last, twelve lines at most. */

import { incidentNamed } from '../incidents/coverage.ts';
import type { Annotation } from '../model.ts';
import { linkContextOf, resolveLink } from '../runbooks/links.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Span } from '../text.ts';
import { flagLines, MAX_LINES } from './flagLines.ts';
import { code, linkTo, plain, type RichLine, strong } from './richText.ts';
import { keysOf, subjectAt } from './subject.ts';

export interface Hover {
  readonly span: Span;
  readonly lines: readonly RichLine[];
}

/** The hover at an offset, or null where there is nothing of ours. */
export function hover(snapshot: Snapshot, path: string, offset: number): Hover | null {
  const subject = subjectAt(snapshot, path, offset);
  if (subject === null) return null;
  switch (subject.kind) {
    case 'flag':
      return { span: subject.span, lines: flagLines(snapshot, subject.flag.key, null) };
    case 'annotation':
      return { span: subject.span, lines: annotationLines(snapshot, subject.annotation) };
    case 'check': {
      const { check, span } = subject;
      if (check.key !== null) return { span, lines: flagLines(snapshot, check.key, check) };
      const keys = keysOf(snapshot, check);
      if (check.keyPrefix === null)
        return { span, lines: [[strong('Dynamic flag key'), plain(': it is only known when the code runs.')]] };
      return { span, lines: prefixLines(check.keyPrefix, keys) };
    }
  }
}

function prefixLines(prefix: string, keys: readonly string[]): readonly RichLine[] {
  const title: RichLine = [strong('Dynamic flag key'), plain(' that starts with '), code(prefix)];
  if (keys.length === 0) return [title, [plain('No known flag starts like this.')]];
  const shown = keys.slice(0, MAX_LINES - 2).map((key): RichLine => [plain('· '), code(key)]);
  const rest = keys.length - shown.length;
  return [title, ...shown, ...(rest > 0 ? [[plain(`and ${rest} more`)]] : [])];
}

function annotationLines(snapshot: Snapshot, annotation: Annotation): readonly RichLine[] {
  if (annotation.kind === 'incident') return incidentLines(snapshot, annotation.target);
  const link = resolveLink(annotation.target, annotation.path, linkContextOf(snapshot));
  if (link.kind === 'external') return [[strong('Runbook'), plain(` at ${link.url}`)]];
  if (link.kind === 'broken') {
    const hint = link.suggestion === null ? '' : ` Did you mean ${link.suggestion}?`;
    return [[strong('Broken runbook link'), plain(`: ${link.reason}${hint}`)]];
  }
  const runbook = snapshot.runbooks.find(candidate => candidate.path === link.path);
  if (runbook === undefined) return [[strong('Runbook'), plain(' '), linkTo(link.path, link.path, null)]];
  const heading = runbook.headings.find(candidate => candidate.slug === link.heading);
  const title = heading === undefined ? runbook.title : `${runbook.title} › ${heading.text}`;
  const facts = [
    runbook.owner === null ? null : `owner ${runbook.owner}`,
    runbook.reviewed === null ? null : `reviewed ${runbook.reviewed.slice(0, 10)}`,
  ].filter(fact => fact !== null);
  const lines: RichLine[] = [[strong(title)]];
  if (facts.length > 0) lines.push([plain(facts.join(' · '))]);
  if (runbook.alerts.length > 0) lines.push([plain(`Alerts: ${runbook.alerts.slice(0, 4).join(', ')}`)]);
  lines.push([linkTo(`Open ${link.path}`, link.path, heading?.span ?? null)]);
  return lines;
}

function incidentLines(snapshot: Snapshot, id: string): readonly RichLine[] {
  const incident = incidentNamed(snapshot, id);
  if (incident === null) return [[strong(id), plain(': no record of this incident in the repository.')]];
  const facts = [
    incident.severity,
    incident.started === null ? null : `started ${timeText(incident.started)}`,
    incident.resolved === null ? null : `resolved ${timeText(incident.resolved)}`,
  ].filter(fact => fact !== null);
  const events = incident.events.slice(0, 6).map((event): RichLine => {
    const when = event.local === null ? '' : `${event.local.slice(11, 16) || event.local} `;
    return [plain('· '), code(when.trim() === '' ? '—' : when.trim()), plain(` ${oneLine(event.text)}`)];
  });
  const rest = incident.events.length - events.length;
  return [
    [strong(`${incident.id}: ${incident.title}`)],
    ...(facts.length === 0 ? [] : [[plain(facts.join(' · '))]]),
    ...events,
    ...(rest > 0 ? [[plain(`and ${rest} more timeline entries`)]] : []),
    [linkTo(`Open ${incident.path}`, incident.path, incident.span)],
  ];
}

function timeText(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= 90 ? line : `${line.slice(0, 89)}…`;
}
