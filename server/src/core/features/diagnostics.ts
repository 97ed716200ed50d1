/**
 * Findings on the lines of a file: unknown and stale flags, code and flag file that disagree, runbook links that lead nowhere,
 * and what decoders found wrong with flag files, runbooks, incidents and the configuration. Every finding has a code; a line
 * can silence it.
 */

import { listText } from '../flags/rollout/describe.ts';
import { defaultDrift, typeMismatch } from '../flags/verdicts/agreement.ts';
import { flagFilesOf, flagsOf, isDefined } from '../flags/verdicts/flagIndex.ts';
import { projectName, snapshotAt } from '../flags/verdicts/projects.ts';
import { verdictOf } from '../flags/verdicts/staleness.ts';
import type { Check, Problem } from '../model.ts';
import { closest } from '../runbooks/closest.ts';
import { brokenRunbookLinks } from '../runbooks/coverage.ts';
import type { FileView, Snapshot } from '../snapshot.ts';
import type { Span } from '../text.ts';
import { flagFileFindings, isSaidHere, problemCode, problemFix } from './flagFileDiagnostics.ts';
import { isSilenced } from './silence.ts';
import { isUnknownFlag } from './unknownFlag.ts';

export type DiagnosticCode =
  | 'unknown-flag'
  | 'stale-flag'
  | 'type-mismatch'
  | 'default-drift'
  | 'broken-runbook'
  | 'flag-file'
  | 'duplicate-key'
  | 'unknown-variation'
  | 'weights'
  | 'unknown-prerequisite'
  | 'cyclic-prerequisite'
  | 'unreachable-rule'
  | 'unused-flag'
  | 'runbook'
  | 'incident'
  | 'configuration';

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly span: Span;
  readonly message: string;
  /** Replacing `span` with this text would mend it; null when there is no safe fix. */
  readonly replacement: string | null;
  /** Another edit of the same file that mends it safely; null when there is none. */
  readonly fix: { readonly title: string; readonly span: Span; readonly text: string } | null;
  readonly related: readonly { readonly path: string; readonly span: Span; readonly message: string }[];
}

/** The findings of one file, in order, without the silenced ones. */
export function diagnostics(whole: Snapshot, path: string): readonly Diagnostic[] {
  const snapshot = snapshotAt(whole, path);
  const file = snapshot.files.get(path);
  if (file === undefined) return [];
  // While the repository is read another file may still define a flag as the code says, or hold what a link leads to.
  const isKnown = snapshot.completeness !== 'reading';
  const found = [
    ...(isKnown ? [...checkFindings(snapshot, whole, file), ...linkFindings(snapshot, path)] : []),
    ...problemFindings(snapshot, file),
  ];
  return found
    .filter(finding => !isQuiet(file, finding))
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** What is silenced by its code; whatever is wrong with a flag file also by `flag-file`. */
function isQuiet(file: FileView, { span, code }: Diagnostic): boolean {
  if (isSilenced(file, span.start, code)) return true;
  return file.flagFile !== null && isSilenced(file, span.start, 'flag-file');
}

function checkFindings(snapshot: Snapshot, whole: Snapshot, file: FileView): readonly Diagnostic[] {
  return file.checks.flatMap(check => {
    if (check.role !== 'check' || check.key === null) return [];
    return [unknownFlag(snapshot, whole, check), staleFlag(snapshot, check), ...disagreements(snapshot, check)].filter(
      finding => finding !== null,
    );
  });
}

function unknownFlag(snapshot: Snapshot, whole: Snapshot, check: Check): Diagnostic | null {
  if (check.key === null || !isUnknownFlag(snapshot, check)) return null;
  const defined = [...snapshot.flags.keys()].filter(key => isDefined(snapshot, key));
  const near = closest(check.key, defined, key => key);
  const span = check.keySpan ?? check.nameSpan;
  const isLiteral = check.keyPlace === null && check.keySpan !== null;
  return {
    code: 'unknown-flag',
    severity: check.test ? 'hint' : 'warning',
    span,
    message: `No flag file defines “${check.key}”${filesText(snapshot)}.${elsewhere(whole, check.key)}${near === null ? '' : ` Did you mean “${near}”?`}`,
    replacement: near !== null && isLiteral ? near : null,
    fix: null,
    related: [],
  };
}

/** The projects that do have a flag of this key: it is not theirs that is asked for here. */
function elsewhere(whole: Snapshot, key: string): string {
  const names = flagsOf(whole, key).flatMap(({ paths }) => (paths === undefined ? [] : [projectName(paths)]));
  return names.length === 0 ? '' : ` Only ${listText([...new Set(names)])} has it.`;
}

/** Where it was looked for; flag systems without files have nothing to name. */
function filesText(snapshot: Snapshot): string {
  const paths = flagFilesOf(snapshot).map(file => file.path);
  return paths.length === 0 ? '' : ` (${listText(paths, 2)})`;
}

function staleFlag(snapshot: Snapshot, check: Check): Diagnostic | null {
  if (check.key === null || check.test) return null;
  const verdict = verdictOf(snapshot, check.key);
  if (!verdict.stale) return null;
  return {
    code: 'stale-flag',
    severity: 'hint',
    span: check.keySpan ?? check.nameSpan,
    message: `“${check.key}” is stale: ${verdict.why}`,
    replacement: null,
    fix: null,
    related: flagPlaces(snapshot, check.key),
  };
}

function disagreements(snapshot: Snapshot, check: Check): readonly Diagnostic[] {
  const findings: Diagnostic[] = [];
  const common = { replacement: null, fix: null, related: check.key === null ? [] : flagPlaces(snapshot, check.key) };
  const mismatch = typeMismatch(snapshot, check);
  if (mismatch !== null) {
    findings.push({
      ...common,
      code: 'type-mismatch',
      severity: 'warning',
      span: check.nameSpan,
      message: mismatch.message,
    });
  }
  const drift = check.test ? null : defaultDrift(snapshot, check);
  if (drift !== null) {
    const span = check.fallbackSpan ?? check.nameSpan;
    findings.push({ ...common, code: 'default-drift', severity: 'information', span, message: drift.message });
  }
  return findings;
}

function flagPlaces(snapshot: Snapshot, key: string) {
  return flagsOf(snapshot, key).flatMap(({ declaration, environments }) =>
    declaration === null
      ? []
      : [
          {
            path: declaration.path,
            span: declaration.keySpan,
            message: environments.map(state => `${state.environment}: ${state.summary}`).join('; '),
          },
        ],
  );
}

function linkFindings(snapshot: Snapshot, path: string): readonly Diagnostic[] {
  return brokenRunbookLinks(snapshot)
    .filter(link => link.place.path === path)
    .map(link => ({
      code: 'broken-runbook',
      severity: 'warning',
      span: link.place.span,
      message: `Broken runbook link: ${link.reason}${link.suggestion === null ? '' : ` Did you mean ${link.suggestion}?`}`,
      replacement: link.suggestion,
      fix: null,
      related: [],
    }));
}

function problemFindings(snapshot: Snapshot, file: FileView): readonly Diagnostic[] {
  const runbook = snapshot.runbooks.find(candidate => candidate.path === file.path);
  const incidents = snapshot.incidents.filter(candidate => candidate.path === file.path);
  const own = snapshot.configProblems.filter(problem => problem.place?.path === file.path);
  return [
    ...(file.flagFile?.problems ?? [])
      .filter(problem => !isSaidHere(file.flagFile!, problem))
      .map(problem => ({ ...findingOf(problemCode(problem), problem, file), ...problemFix(file, problem) })),
    ...flagFileFindings(snapshot, file),
    ...(runbook?.problems ?? []).map(problem => findingOf('runbook', problem, file)),
    ...incidents.flatMap(incident => incident.problems.map(problem => findingOf('incident', problem, file))),
    ...own.map(problem => findingOf('configuration', problem, file)),
  ];
}

function findingOf(code: DiagnosticCode, problem: Problem, { text }: FileView): Diagnostic {
  const { start, end } = problem.place?.span ?? { start: 0, end: 0 };
  return {
    code,
    severity: problem.severity === 'note' ? 'information' : problem.severity,
    // What is missing at the end stands behind the text: its last character is marked, since nothing else could be.
    span: { start: Math.max(0, Math.min(start, text.length - 1)), end: Math.min(end, text.length) },
    message: problem.message,
    replacement: null,
    fix: null,
    related: [],
  };
}
