/** Links that can be clicked: runbook and incident annotations in code, and the runbooks that alerts name. */
import type { Snapshot } from '../snapshot.ts';
import type { Span } from '../text.ts';
import { annotationTarget, runbookTarget } from './navigation.ts';
import type { LinkTarget } from './richText.ts';

export interface DocumentLink {
  readonly span: Span;
  readonly target: LinkTarget;
  readonly tooltip: string;
}

/** The links of one file. What leads nowhere is no link; the diagnostics say so. */
export function documentLinks(snapshot: Snapshot, path: string): readonly DocumentLink[] {
  const links: DocumentLink[] = [];
  for (const annotation of snapshot.files.get(path)?.annotations ?? []) {
    const place = annotationTarget(snapshot, annotation);
    const tooltip = annotation.kind === 'runbook' ? 'Open runbook' : 'Open incident';
    if (place !== null) links.push({ span: annotation.span, target: { kind: 'place', ...place }, tooltip });
    else if (/^https?:\/\//.test(annotation.target))
      links.push({ span: annotation.span, target: { kind: 'url', url: annotation.target }, tooltip });
  }
  for (const { path: own, runbook } of snapshot.alerts) {
    if (own !== path || runbook === null) continue;
    const place = runbookTarget(snapshot, runbook.target, path);
    if (place !== null)
      links.push({ span: runbook.span, target: { kind: 'place', ...place }, tooltip: 'Open runbook' });
  }
  return links;
}
