/** Hover over a check, a flag file or an annotation: facts first, links last, twelve lines at most. */

import { snapshotAt } from '../flags/verdicts/projects.ts';
import { incidentNamed } from '../incidents/coverage.ts';
import type { Annotation } from '../model.ts';
import { linkContextOf, resolveLink } from '../runbooks/links.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Span } from '../text.ts';
import { flagFileHover } from './flagFileHover.ts';
import { flagLines, MAX_LINES } from './flagLines.ts';
import { incidentLines, runbookLines } from './onCallLines.ts';
import { code, linkTo, linkToUrl, plain, type RichLine, strong } from './richText.ts';
import { keysOf, subjectAt } from './subject.ts';

export interface Hover {
  readonly span: Span;
  readonly lines: readonly RichLine[];
  /** The flag that it is about, if it is about one. */
  readonly key?: string;
}

/** The hover at an offset, or null where there is nothing of ours. */
export function hover(whole: Snapshot, path: string, offset: number): Hover | null {
  const snapshot = snapshotAt(whole, path);
  const subject = subjectAt(snapshot, path, offset);
  if (subject === null) {
    const file = snapshot.files.get(path);
    return file === undefined ? null : flagFileHover(snapshot, file, offset);
  }
  switch (subject.kind) {
    case 'flag':
      return { span: subject.span, lines: flagLines(snapshot, subject.flag.key, null), key: subject.flag.key };
    case 'annotation':
      return { span: subject.span, lines: annotationLines(snapshot, subject.annotation) };
    case 'check': {
      const { check, span } = subject;
      if (check.key !== null) return { span, lines: flagLines(snapshot, check.key, check), key: check.key };
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
  if (annotation.kind === 'incident') {
    const incident = incidentNamed(snapshot, annotation.target);
    if (incident !== null) return incidentLines(incident);
    return [[strong(annotation.target), plain(': no record of this incident in the repository.')]];
  }
  const link = resolveLink(annotation.target, annotation.path, linkContextOf(snapshot));
  if (link.kind === 'external') {
    // Any other scheme could be a command of the editor's.
    const isWeb = /^https?:\/\//i.test(link.url);
    return [[strong('Runbook'), plain(' at '), isWeb ? linkToUrl(link.url, link.url) : plain(link.url)]];
  }
  if (link.kind === 'broken') {
    const hint = link.suggestion === null ? '' : ` Did you mean ${link.suggestion}?`;
    return [[strong('Broken runbook link'), plain(`: ${link.reason}${hint}`)]];
  }
  const runbook = snapshot.runbooks.find(candidate => candidate.path === link.path);
  if (runbook === undefined) return [[strong('Runbook'), plain(' '), linkTo(link.path, link.path, null)]];
  const heading = runbook.headings.find(candidate => candidate.slug === link.heading) ?? null;
  return runbookLines(runbook, heading, snapshot.now);
}
