/**
 * Links of one line of a terminal: the frames of `lineFrames.ts` that mean a file of the repository, and only those that the
 * editor does not link by itself, because their paths are of another machine, of a container or of a build. Reads nothing.
 */
import type { Span } from '../text.ts';
import { asTrace, framesInLine, type LineFrame } from './lineFrames.ts';
import { type LocateOptions, locateTrace } from './locate.ts';

/** A place of the repository: 1-based line and column. */
export interface LineTarget {
  readonly path: string;
  readonly line: number;
  readonly column: number | null;
}

export interface LineLink {
  readonly span: Span;
  /** Best first, at least one. */
  readonly targets: readonly LineTarget[];
}

/** Most candidates that are offered where several files fit. */
const MOST_TARGETS = 8;

/**
 * The links of a line. `cwd` is the folder that the shell is in, relative to the repository's root ('' for the root itself);
 * null when it is elsewhere. Lines stay as printed: what a terminal shows was most often run just now.
 */
export function linksInLine(line: string, options: LocateOptions, cwd: string | null): readonly LineLink[] {
  return framesInLine(line).flatMap(found => {
    if (isLinkedByEditor(found, options, cwd)) return [];
    const targets = targetsOf(found, options);
    return targets.length === 0 ? [] : [{ span: found.span, targets }];
  });
}

function targetsOf(found: LineFrame, options: LocateOptions): readonly LineTarget[] {
  const { column } = found.frame;
  const line = found.frame.line ?? 1;
  const asPrinted: LocateOptions = {
    ...options,
    placeLine: path => ({ path, line, match: 'exact', confidence: 1, why: 'as printed', against: 'printed' }),
  };
  const place = locateTrace(asTrace(found), asPrinted).threads[0]?.errors[0]?.frames[0]?.place;
  if (place?.kind === 'resolved') return [{ path: place.path, line, column }];
  // A bare name with a number may be anything; a frame says so itself.
  if (place?.kind !== 'ambiguous' || found.language === 'generic') return [];
  return place.candidates.slice(0, MOST_TARGETS).map(({ path }) => ({ path, line, column }));
}

/** The editor links paths that are on this disk, absolute ones and those that start in the shell's folder. */
function isLinkedByEditor({ frame }: LineFrame, { index, roots }: LocateOptions, cwd: string | null): boolean {
  const file = (frame.file ?? '').replaceAll('\\', '/').replace(/^file:\/\/(?=\/)/, '');
  for (const root of roots ?? []) {
    if (file.startsWith(`${root}/`)) return index.paths.has(file.slice(root.length + 1));
  }
  if (cwd === null || file.startsWith('/') || /^[A-Za-z]:/.test(file)) return false;
  const path = resolvePath(cwd, file);
  return path !== null && index.paths.has(path);
}

/** Null for what climbs out of the repository. */
function resolvePath(folder: string, file: string): string | null {
  const segments = folder === '' ? [] : folder.split('/');
  for (const segment of file.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return null;
  }
  return segments.join('/');
}
