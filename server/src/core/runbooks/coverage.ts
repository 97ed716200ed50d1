/**
 * Which runbooks concern a place in the code, ranked and with reasons; and the runbook links that lead nowhere. Pure functions
 * of what a snapshot knows. Incidents have the like in `core/incidents/coverage.ts`; traces add error names in `core/traces`.
 */
import type { Annotation, Heading, Place, Runbook } from '../model.ts';
import type { Snapshot } from '../snapshot.ts';
import { type CodePlace, matchCodePattern, showCodePattern } from './codePattern.ts';
import { type LinkContext, linkContextOf, resolveLink } from './links.ts';

/** A place in the code and what is known of it. */
export interface CodeContext extends CodePlace {
  /** Flag keys checked there. */
  readonly keys: readonly string[];
  /** Annotations on the line or the function. */
  readonly annotations: readonly Annotation[];
}

export interface RunbookMatch {
  readonly runbook: Runbook;
  /** The section meant, when an annotation names one. */
  readonly heading: Heading | null;
  /** 0 to 1; several reasons add up. */
  readonly score: number;
  /** Strongest reason first: `annotation: …`, `code: services/shop/**`, `flag: new-checkout`. */
  readonly because: readonly string[];
}

/** Where a runbook link that leads nowhere stands. */
export interface BrokenLink {
  readonly source: 'alert' | 'annotation' | 'incident';
  readonly place: Place;
  readonly target: string;
  /** One sentence. */
  readonly reason: string;
  /** A target to write instead, or null. */
  readonly suggestion: string | null;
}

type Known = Pick<Snapshot, 'runbooks' | 'incidents' | 'paths'> & { readonly alerts?: Snapshot['alerts'] };

/** The runbooks that concern a place: named by an annotation there, by their `code` patterns, or by a flag. Best first. */
export function runbooksFor(
  snapshot: Known,
  place: CodeContext,
  links: LinkContext = linkContextOf(snapshot),
): readonly RunbookMatch[] {
  const annotated = place.annotations.flatMap(annotation => {
    if (annotation.kind !== 'runbook') return [];
    const link = resolveLink(annotation.target, annotation.path, links);
    if (link.kind === 'external') return [];
    return link.path === null ? [] : [{ path: link.path, target: annotation.target, link }];
  });
  const matches = snapshot.runbooks.flatMap(runbook => {
    const named = annotated.filter(({ path }) => path === runbook.path);
    const reasons: Reason[] = [
      ...named.map(({ target }) => ({ score: 0.98, because: `annotation: ${target}` })),
      ...codeReasons(runbook.code, place),
      ...flagReasons(runbook.flags, place),
    ];
    if (reasons.length === 0) return [];
    const slug = named.map(({ link }) => (link.kind === 'file' ? link.heading : null)).find(name => name !== null);
    const heading = runbook.headings.find(candidate => candidate.slug === slug) ?? null;
    return [{ runbook, heading, ...combineReasons(reasons) }];
  });
  return matches.sort((a, b) => b.score - a.score || compareText(a.runbook.path, b.runbook.path));
}

/** Every runbook link of alerts, code and incident records whose file or heading does not exist, in order of place. */
export function brokenRunbookLinks(
  snapshot: Known & Pick<Snapshot, 'alerts' | 'files'>,
  links: LinkContext = linkContextOf(snapshot),
): readonly BrokenLink[] {
  const written: Pick<BrokenLink, 'source' | 'place' | 'target'>[] = [];
  for (const { path, runbook } of snapshot.alerts) {
    // A target with `{{ … }}` in it is known only once the alert fires.
    if (runbook === null || runbook.target.includes('{{')) continue;
    written.push({ source: 'alert', place: { path, span: runbook.span }, target: runbook.target });
  }
  for (const file of snapshot.files.values()) {
    for (const { kind, path, span, target } of file.annotations) {
      if (kind === 'runbook') written.push({ source: 'annotation', place: { path, span }, target });
    }
  }
  for (const incident of snapshot.incidents) {
    for (const target of incident.runbooks) {
      const text = snapshot.files.get(incident.path)?.text ?? '';
      const start = text.indexOf(target);
      const span = start < 0 ? incident.span : { start, end: start + target.length };
      written.push({ source: 'incident', place: { path: incident.path, span }, target });
    }
  }
  return written
    .flatMap(link => {
      const resolution = resolveLink(link.target, link.place.path, links);
      if (resolution.kind !== 'broken') return [];
      return [{ ...link, reason: resolution.reason, suggestion: resolution.suggestion }];
    })
    .sort((a, b) => compareText(a.place.path, b.place.path) || a.place.span.start - b.place.span.start);
}

/** One reason why a document concerns a place, and how strong it is (0 to 1). */
export interface Reason {
  readonly score: number;
  readonly because: string;
}

/** Reasons by code patterns: the best pattern only, since several patterns of one document say the same thing. */
export function codeReasons(patterns: Runbook['code'], place: CodePlace): readonly Reason[] {
  let best: Reason | null = null;
  for (const pattern of patterns) {
    const match = matchCodePattern(pattern, place);
    const score = match * 0.9;
    if (match > 0 && score > (best?.score ?? 0)) best = { score, because: `code: ${showCodePattern(pattern)}` };
  }
  return best === null ? [] : [best];
}

/** Reasons by flags that are checked at the place. */
export function flagReasons(flags: readonly string[], place: CodeContext): readonly Reason[] {
  return flags.filter(key => place.keys.includes(key)).map(key => ({ score: 0.7, because: `flag: ${key}` }));
}

/** Adds reasons up as independent evidence; the result stays below 1. Reasons come out strongest first, without repeats. */
export function combineReasons(reasons: readonly Reason[]): {
  readonly score: number;
  readonly because: readonly string[];
} {
  const sorted = [...reasons].sort((a, b) => b.score - a.score);
  const doubt = sorted.reduce((product, reason) => product * (1 - reason.score), 1);
  return { score: Math.round((1 - doubt) * 100) / 100, because: [...new Set(sorted.map(reason => reason.because))] };
}

/** Orders texts by code unit, the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
