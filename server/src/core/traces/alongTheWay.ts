/**
 * What is known of the place that a frame stands at: the flags whose checks lead there, its runbooks and incidents, who changed it
 * last and who owns it. Where frames stand is `locate.ts`'s business.
 */
import { codeContextAt } from '../features/subject.ts';
import { flagsOfWay } from '../flags/verdicts/flagsOnTheWay.ts';
import { incidentsFor } from '../incidents/coverage.ts';
import type { Annotation, CommitMoment } from '../model.ts';
import { findAnnotations } from '../runbooks/annotations.ts';
import { type CodeContext, runbooksFor } from '../runbooks/coverage.ts';
import { type LinkContext, linkContextOf } from '../runbooks/links.ts';
import type { FileView, Snapshot } from '../snapshot.ts';
import { indexLines, offsetAt } from '../text.ts';
import type { FrameSpot, TraceKnowledge } from './analyse.ts';
import type { LocatedFrame } from './locate.ts';
import type { FrameMatches } from './rank.ts';

export interface AlongTheWay extends FrameMatches {
  /** Who changed the line last; null where nobody looked or git can't say. */
  readonly lastChange: CommitMoment | null;
  /** As CODEOWNERS names them. */
  readonly owners: readonly string[];
}

/** Names a place in the collections of `TraceKnowledge`. */
export function placeKey(path: string, line: number | null, column: number | null): string {
  return `${path}\n${line}\n${column}`;
}

/** Where a frame stands now; its column counts only on a line that is as it was. */
export function spotOf({ place, column: printed }: LocatedFrame): FrameSpot | null {
  if (place.kind !== 'resolved' || place.line === null) return null;
  const column = place.original === null ? printed : place.original.column;
  const holds = place.match === 'exact' || place.match === 'shifted' || place.match === 'moved';
  return { path: place.path, line: place.line, column: holds ? column : null };
}

/** Traces of many threads stand on the same lines again and again. */
export function createMatcher(snapshot: Snapshot, knowledge: TraceKnowledge): (frame: LocatedFrame) => AlongTheWay {
  const nothing: AlongTheWay = { flags: [], runbooks: [], incidents: [], lastChange: null, owners: [] };
  const known = new Map<string, AlongTheWay>();
  const links = linkContextOf(snapshot);
  return frame => {
    const { inApp, place } = frame;
    if (!inApp || place.kind !== 'resolved') return nothing;
    const { path, line } = place;
    const column = spotOf(frame)?.column ?? null;
    const name = placeKey(path, line, column);
    const matches = known.get(name) ?? matchPlace(snapshot, knowledge, links, path, line, column);
    known.set(name, matches);
    return matches;
  };
}

function matchPlace(
  snapshot: Snapshot,
  knowledge: TraceKnowledge,
  links: LinkContext,
  path: string,
  line: number | null,
  column: number | null,
): AlongTheWay {
  const file = snapshot.files.get(path);
  const way = knowledge.ways.get(placeKey(path, line, column));
  const flags = way === undefined || file === undefined ? [] : flagsOfWay(snapshot, file, way);
  const keys = flags.map(flag => flag.key);
  const context: CodeContext = file?.facts
    ? codeContextAt(file, codeStart(file, line ?? 1), keys)
    : { path, functionNames: [], keys, annotations: annotationsAbove(snapshot, knowledge, path, line) };
  return {
    flags,
    runbooks: runbooksFor(snapshot, context, links),
    incidents: incidentsFor(snapshot, context),
    lastChange: knowledge.changes.get(placeKey(path, line, null)) ?? null,
    owners: knowledge.ownersOf?.(path) ?? [],
  };
}

function codeStart(file: FileView, line: number): number {
  const start = offsetAt(file.lines, { line: line - 1, column: 0 });
  return start + /^[ \t]*/.exec(file.text.slice(start, start + 1000))![0].length;
}

/** In a language whose functions aren't known, an annotation is taken to be about everything below it. */
function annotationsAbove(
  snapshot: Snapshot,
  knowledge: TraceKnowledge,
  path: string,
  line: number | null,
): readonly Annotation[] {
  const text = knowledge.texts.get(path);
  if (text === undefined) return [];
  const lines = indexLines(text);
  const end = line === null ? text.length : (lines.starts[line] ?? text.length);
  const comments = [...text.slice(0, end).matchAll(COMMENT)].map(match => ({
    text: match[0],
    span: { start: match.index, end: match.index + match[0].length },
  }));
  return findAnnotations(path, comments, snapshot.paths);
}

/** Lines that are comments in one of the languages whose grammar we don't have. */
const COMMENT = /^[ \t]*(?:\/\/|\/?\*|#|--|;|%|<!--|"""|=begin)[^\r\n]{0,2000}/gm;
