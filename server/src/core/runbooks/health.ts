/**
 * What is wrong with runbooks and incident records: links that lead nowhere, patterns that match no file, alerts that no rule
 * defines, reviews that are overdue, annotations of incidents nobody wrote down. Editors show most of it line by line
 * (`features/diagnostics.ts`); this is the list for `flagbook runbooks check` and `flagbook incidents check`.
 */

import { daysText } from '../flags/rollout/describe.ts';
import { daysSince } from '../flags/verdicts/ages.ts';
import { lineOf } from '../flags/verdicts/flagIndex.ts';
import { incidentNamed } from '../incidents/coverage.ts';
import type { CodePattern, Incident, Problem, Runbook } from '../model.ts';
import type { Snapshot } from '../snapshot.ts';
import { matchesPath, showCodePattern } from './codePattern.ts';
import { brokenRunbookLinks, compareText } from './coverage.ts';

export interface HealthFinding {
  readonly rule: 'broken-link' | 'orphaned' | 'outdated' | 'unknown-alert' | 'unknown-incident' | 'record';
  readonly severity: 'error' | 'warning' | 'note';
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** One sentence or two, with advice where there is any. */
  readonly message: string;
}

/** Findings about runbooks, by path and line. */
export function runbookFindings(snapshot: Snapshot): readonly HealthFinding[] {
  const findings: HealthFinding[] = brokenRunbookLinks(snapshot).map(({ place, reason, suggestion }) => ({
    rule: 'broken-link',
    severity: 'error',
    path: place.path,
    line: lineOf(snapshot, place.path, place.span.start),
    message: `${reason}${suggestion === null ? '' : ` Did you mean ${suggestion}?`}`,
  }));
  for (const runbook of snapshot.runbooks) {
    findings.push(...orphanedPatterns(snapshot, runbook.path, runbook.code));
    findings.push(...unknownAlerts(snapshot, runbook));
    findings.push(...overdue(snapshot, runbook));
    findings.push(...runbook.problems.map(problem => problemFinding(snapshot, runbook.path, problem)));
  }
  return inOrder(findings);
}

/** Findings about incident records and the annotations that name them, by path and line. */
export function incidentFindings(snapshot: Snapshot): readonly HealthFinding[] {
  const findings: HealthFinding[] = [];
  for (const incident of snapshot.incidents) {
    findings.push(...orphanedPatterns(snapshot, incident.path, incident.code));
    findings.push(...sameId(snapshot, incident));
    findings.push(...incident.problems.map(problem => problemFinding(snapshot, incident.path, problem)));
  }
  for (const file of snapshot.files.values()) {
    for (const { kind, target, span, path } of file.annotations) {
      if (kind !== 'incident' || incidentNamed(snapshot, target) !== null) continue;
      const message = `${target} has no record in this repository: write one, or correct the id.`;
      const line = lineOf(snapshot, path, span.start);
      findings.push({ rule: 'unknown-incident', severity: 'warning', path, line, message });
    }
  }
  return inOrder(findings);
}

/** Whether a runbook is due for a review: by how many days, or null when it is not or never is. */
export function daysOverdue(runbook: Runbook, now: number): number | null {
  if (runbook.reviewed === null || runbook.reviewEvery === null) return null;
  const days = daysSince(runbook.reviewed, now) - runbook.reviewEvery;
  return days > 0 ? Math.floor(days) : null;
}

/** How many files of the repository a document's patterns cover. */
export function coveredFiles(snapshot: Snapshot, patterns: readonly CodePattern[]): number {
  if (patterns.length === 0) return 0;
  return [...snapshot.paths].filter(path => patterns.some(pattern => matchesPath(pattern.glob, path))).length;
}

function orphanedPatterns(
  snapshot: Snapshot,
  path: string,
  patterns: readonly CodePattern[],
): readonly HealthFinding[] {
  const paths = [...snapshot.paths];
  return patterns
    .filter(pattern => !paths.some(candidate => matchesPath(pattern.glob, candidate)))
    .map(pattern => ({
      rule: 'orphaned',
      severity: 'warning',
      path,
      line: lineOf(snapshot, path, pattern.span?.start ?? 0),
      message: `${showCodePattern(pattern)} matches no file: it was moved or removed.`,
    }));
}

function unknownAlerts(snapshot: Snapshot, runbook: Runbook): readonly HealthFinding[] {
  // Without rule files here, the alerts are defined elsewhere.
  if (snapshot.alerts.length === 0) return [];
  const known = new Set(snapshot.alerts.map(alert => alert.name));
  return runbook.alerts
    .filter(alert => !known.has(alert))
    .map(alert => {
      const at = snapshot.files.get(runbook.path)?.text.indexOf(alert) ?? -1;
      return {
        rule: 'unknown-alert',
        severity: 'warning',
        path: runbook.path,
        line: lineOf(snapshot, runbook.path, Math.max(0, at)),
        message: `No alert rule of this repository is named ${alert}.`,
      };
    });
}

function overdue(snapshot: Snapshot, runbook: Runbook): readonly HealthFinding[] {
  const days = daysOverdue(runbook, snapshot.now);
  if (days === null) return [];
  const at = snapshot.files.get(runbook.path)?.text.indexOf(runbook.reviewed!) ?? -1;
  const since = `last reviewed ${runbook.reviewed!.slice(0, 10)}, due every ${daysText(runbook.reviewEvery!)}`;
  return [
    {
      rule: 'outdated',
      severity: 'warning',
      path: runbook.path,
      line: lineOf(snapshot, runbook.path, Math.max(0, at)),
      message: `Its review is ${daysText(days)} overdue (${since}).`,
    },
  ];
}

function sameId(snapshot: Snapshot, incident: Incident): readonly HealthFinding[] {
  const first = snapshot.incidents.find(candidate => candidate.id === incident.id)!;
  if (first === incident) return [];
  const line = lineOf(snapshot, incident.path, incident.span.start);
  const message = `${incident.id} is the id of ${first.path} too: give one of them another.`;
  return [{ rule: 'record', severity: 'error', path: incident.path, line, message }];
}

function problemFinding(snapshot: Snapshot, path: string, problem: Problem): HealthFinding {
  const line = lineOf(snapshot, path, problem.place?.span.start ?? 0);
  return { rule: 'record', severity: problem.severity, path, line, message: problem.message };
}

function inOrder(findings: readonly HealthFinding[]): readonly HealthFinding[] {
  return [...findings].sort((a, b) => compareText(a.path, b.path) || a.line - b.line || compareText(a.rule, b.rule));
}
