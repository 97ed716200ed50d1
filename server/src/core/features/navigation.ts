/** Go to definition and find references: from code to flag files and back, and from annotations to runbooks and incidents. */

import { checksOfKey, flagsOf } from '../flags/verdicts/flagIndex.ts';
import { snapshotAt } from '../flags/verdicts/projects.ts';
import { incidentNamed } from '../incidents/coverage.ts';
import type { Annotation, Check, Place } from '../model.ts';
import { linkContextOf, resolveLink } from '../runbooks/links.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Span } from '../text.ts';
import { flagFileDefinitions, flagFileReferences, flagFileSubject, flagNamed, flagUses } from './flagFileNavigation.ts';
import { keysOf, type Subject, subjectAt } from './subject.ts';

export interface Definition {
  /** What was asked about. */
  readonly origin: Span;
  readonly target: Place;
}

/** Where the thing at an offset is defined: a flag in its flag files, a runbook or an incident at its heading. */
export function definitions(whole: Snapshot, path: string, offset: number): readonly Definition[] {
  const snapshot = snapshotAt(whole, path);
  const subject = subjectAt(snapshot, path, offset);
  const inFile = subject === null ? flagFileSubject(snapshot, path, offset) : null;
  if (inFile !== null) return flagFileDefinitions(snapshot, inFile);
  if (subject === null) return [];
  const origin = subject.span;
  if (subject.kind === 'annotation') {
    const target = annotationTarget(snapshot, subject.annotation);
    return target === null ? [] : [{ origin, target }];
  }
  const keys = subject.kind === 'flag' ? [subject.flag.key] : keysOf(snapshot, subject.check);
  return keys.flatMap(key =>
    flagsOf(snapshot, key).flatMap(({ declaration }) =>
      declaration === null ? [] : [{ origin, target: { path: declaration.path, span: declaration.keySpan } }],
    ),
  );
}

/** The place an annotation leads to, when it is a file of the repository. */
export function annotationTarget(snapshot: Snapshot, annotation: Annotation): Place | null {
  if (annotation.kind === 'incident') {
    const incident = incidentNamed(snapshot, annotation.target);
    return incident === null ? null : { path: incident.path, span: incident.span };
  }
  return runbookTarget(snapshot, annotation.target, annotation.path);
}

/** The place a runbook link leads to: its heading, or the top of its file. */
export function runbookTarget(snapshot: Snapshot, target: string, from: string): Place | null {
  const link = resolveLink(target, from, linkContextOf(snapshot));
  if (link.kind !== 'file') return null;
  const runbook = snapshot.runbooks.find(candidate => candidate.path === link.path);
  const heading = runbook?.headings.find(candidate => candidate.slug === link.heading);
  return { path: link.path, span: heading?.span ?? { start: 0, end: 0 } };
}

/** All places of the flag at an offset: checks, constants, accessors and, if asked for, its definitions. In order of place. */
export function references(
  whole: Snapshot,
  path: string,
  offset: number,
  definitionsToo: 'with-definitions' | 'uses-only',
): readonly Place[] {
  const snapshot = snapshotAt(whole, path);
  const subject = subjectAt(snapshot, path, offset);
  if (subject?.kind === 'annotation') return annotationReferences(snapshot, subject.annotation);
  const inFile = subject === null ? flagFileSubject(snapshot, path, offset) : null;
  const named = inFile === null ? null : flagNamed(inFile.place);
  if (inFile !== null && named === null) return inOrder(flagFileReferences(snapshot, inFile));
  const keys = named !== null ? [named] : subject === null ? [] : subjectKeys(snapshot, subject);
  const places: Place[] = keys.flatMap(key => {
    const checks = checksOfKey(snapshot, key).map(check => ({ path: check.path, span: namingSpan(snapshot, check) }));
    const uses = [...checks, ...flagUses(snapshot, key)];
    if (definitionsToo === 'uses-only') return uses;
    const declared = flagsOf(snapshot, key).flatMap(({ declaration }) =>
      declaration === null ? [] : [{ path: declaration.path, span: declaration.keySpan }],
    );
    return [...declared, ...uses];
  });
  return inOrder(places);
}

function subjectKeys(snapshot: Snapshot, subject: Exclude<Subject, { kind: 'annotation' }>): readonly string[] {
  return subject.kind === 'flag' ? [subject.flag.key] : keysOf(snapshot, subject.check);
}

/**
 * What of a check names the flag: the text between the quotes, or the last name of `FLAGS.retries`. The languages' own
 * references are placed like that, and the editor shows what has the same place only once.
 */
function namingSpan(snapshot: Snapshot, check: Check): Span {
  const span = check.keySpan ?? check.nameSpan;
  const text = snapshot.files.get(check.path)?.text.slice(span.start, span.end) ?? '';
  if (/^(['"`]).*\1$/s.test(text)) return { start: span.start + 1, end: span.end - 1 };
  const name = /^[\p{ID_Start}$_][\p{ID_Continue}$.]*\.([\p{ID_Start}$_][\p{ID_Continue}$]*)$/u.exec(text)?.[1];
  return name === undefined ? span : { start: span.end - name.length, end: span.end };
}

/** Other annotations that lead to the same place. */
function annotationReferences(snapshot: Snapshot, annotation: Annotation): readonly Place[] {
  const wanted = annotationTarget(snapshot, annotation)?.path ?? annotation.target;
  const places: Place[] = [];
  for (const file of snapshot.files.values()) {
    for (const other of file.annotations) {
      if (other.kind !== annotation.kind) continue;
      if ((annotationTarget(snapshot, other)?.path ?? other.target) === wanted)
        places.push({ path: other.path, span: other.span });
    }
  }
  return inOrder(places);
}

function inOrder(places: readonly Place[]): readonly Place[] {
  const unique = new Map(places.map(place => [`${place.path}\0${place.span.start}`, place]));
  return [...unique.values()].sort((a, b) =>
    a.path === b.path ? a.span.start - b.span.start : a.path < b.path ? -1 : 1,
  );
}
