/** What is known of one runbook and of one incident, in lines, for hovers and tooltips: facts first, the link last. */
import { daysText } from '../flags/rollout/describe.ts';
import type { Heading, Incident, Runbook } from '../model.ts';
import { showCodePattern } from '../runbooks/codePattern.ts';
import { daysOverdue } from '../runbooks/health.ts';
import { code, linkTo, plain, type RichLine, strong } from './richText.ts';

/** A runbook, or one section of it. The last line is the link. */
export function runbookLines(runbook: Runbook, heading: Heading | null, now: number): readonly RichLine[] {
  const overdue = daysOverdue(runbook, now);
  const facts = [
    runbook.owner === null ? null : `owner ${runbook.owner}`,
    runbook.reviewed === null ? null : `reviewed ${runbook.reviewed.slice(0, 10)}`,
    overdue === null ? null : `${daysText(overdue)} overdue`,
  ].filter(fact => fact !== null);
  const patterns = runbook.code.map(showCodePattern);
  return [
    [strong(heading === null ? runbook.title : `${runbook.title} › ${heading.text}`)],
    ...(facts.length === 0 ? [] : [[plain(facts.join(' · '))]]),
    ...(patterns.length === 0 ? [] : [[plain(`Covers ${shortList(patterns)}`)]]),
    ...(runbook.alerts.length === 0 ? [] : [[plain(`Alerts: ${shortList(runbook.alerts)}`)]]),
    [linkTo(`Open ${runbook.path}`, runbook.path, heading?.span ?? null)],
  ];
}

/** An incident with the start of its timeline. The last line is the link. */
export function incidentLines(incident: Incident): readonly RichLine[] {
  const facts = [
    incident.severity,
    incident.started === null ? null : `started ${timeText(incident.started)}`,
    incident.resolved === null ? null : `resolved ${timeText(incident.resolved)}`,
  ].filter(fact => fact !== null);
  const events = incident.events.slice(0, 6).map((event): RichLine => {
    const clock = event.local === null ? '' : event.local.slice(11, 16) || event.local;
    return [plain('· '), code(clock === '' ? '?' : clock), plain(` ${oneLine(event.text)}`)];
  });
  const rest = incident.events.length - events.length;
  return [
    [strong(`${incident.id}: ${incident.title}`)],
    ...(facts.length === 0 ? [] : [[plain(facts.join(' · '))]]),
    ...events,
    ...(rest > 0 ? [[plain(`and ${rest} more ${rest === 1 ? 'entry' : 'entries'}`)]] : []),
    [linkTo(`Open ${incident.path}`, incident.path, incident.span)],
  ];
}

function shortList(items: readonly string[]): string {
  const shown = items.slice(0, 4).join(', ');
  return items.length > 4 ? `${shown} …` : shown;
}

function timeText(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= 90 ? line : `${line.slice(0, 89)}…`;
}
