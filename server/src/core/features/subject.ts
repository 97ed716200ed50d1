/** What stands under a cursor: a check, a flag's definition, an annotation. Shared by all features that start from a place. */
import { enclosingFunctions } from '../flags/resolve/symbols.ts';
import type { Annotation, Check, Flag } from '../model.ts';
import { naturalOrder } from '../naturalOrder.ts';
import type { CodeContext } from '../runbooks/coverage.ts';
import type { FileView, Snapshot } from '../snapshot.ts';
import { encloses, positionAt, type Span, touches } from '../text.ts';

export type Subject =
  | { readonly kind: 'check'; readonly check: Check; readonly span: Span }
  | { readonly kind: 'flag'; readonly flag: Flag; readonly span: Span }
  | { readonly kind: 'annotation'; readonly annotation: Annotation; readonly span: Span };

/** The subject at an offset; the innermost where checks are nested. */
export function subjectAt(snapshot: Snapshot, path: string, offset: number): Subject | null {
  const file = snapshot.files.get(path);
  if (file === undefined) return null;
  const annotation = file.annotations.find(candidate => touches(candidate.span, offset));
  if (annotation !== undefined) return { kind: 'annotation', annotation, span: annotation.span };
  const flag = flagsDeclaredIn(file).find(
    ({ declaration }) => declaration !== null && touches(declaration.keySpan, offset),
  );
  if (flag?.declaration) return { kind: 'flag', flag, span: flag.declaration.keySpan };
  let best: Subject | null = null;
  for (const check of file.checks) {
    const span = [check.keySpan, check.nameSpan].find(candidate => candidate !== null && touches(candidate, offset));
    if (!span) continue;
    if (best === null || span.end - span.start < best.span.end - best.span.start) best = { kind: 'check', check, span };
  }
  return best;
}

/** The flags that a file declares: a flag file's, and those of lists in code. */
export function flagsDeclaredIn({ flagFile, listed }: FileView): readonly Flag[] {
  return [...(flagFile?.flags ?? []), ...(listed ?? [])];
}

/** The flag keys a check can mean: its key, or every known flag that starts with its prefix. */
export function keysOf(snapshot: Snapshot, check: Check): readonly string[] {
  if (check.key !== null) return [check.key];
  if (check.keyPrefix === null) return [];
  return [...snapshot.flags.keys()].filter(key => key.startsWith(check.keyPrefix!)).sort(naturalOrder);
}

/** The place an offset is in, as runbooks and incidents are matched against it: functions, annotations, flags. */
export function codeContextAt(file: FileView, offset: number, keys: readonly string[]): CodeContext {
  const functions = file.facts === null ? [] : enclosingFunctions(file.facts, offset);
  const types = (file.facts?.types ?? []).filter(({ span }) => offset >= span.start && offset < span.end);
  const functionNames = functions.flatMap(fn => {
    if (fn.name === null) return [];
    return fn.owner === null ? [fn.name] : [fn.name, `${fn.owner}.${fn.name}`];
  });
  const place: PlaceInCode = {
    line: positionAt(file.lines, offset).line,
    outermost: functions.at(-1)?.span ?? null,
    around: [...functions, ...types].map(({ span }) => positionAt(file.lines, span.start).line),
  };
  const annotations = file.annotations.filter(annotation => isAbout(file, annotation, place));
  return { path: file.path, functionNames, keys, annotations };
}

interface PlaceInCode {
  readonly line: number;
  /** The outermost function around it. */
  readonly outermost: Span | null;
  /** First lines of the functions and types around it. */
  readonly around: readonly number[];
}

/**
 * An annotation is about its own line, the statement below it, the function it stands in, the function or class it stands
 * above, and the whole file when it stands in the comment at its head.
 */
function isAbout(file: FileView, annotation: Annotation, { line, outermost, around }: PlaceInCode): boolean {
  const own = positionAt(file.lines, annotation.span.start).line;
  if (own === line) return true;
  if (outermost !== null && encloses(outermost, annotation.span)) return true;
  const below = firstCodeLineBelow(file, own);
  // A declaration may begin a line before its name: `export`, a decorator, a type.
  return (
    below === line || around.some(first => own < first && (below === first || below === first - 1)) || isHead(file, own)
  );
}

/** Whether a line belongs to the comment at the head of its file, set off from the code by a blank line. */
function isHead(file: FileView, line: number): boolean {
  if (line > 0 && firstCodeLineBelow(file, -1) <= line) return false;
  const lines = file.text
    .slice(0, file.lines.starts[firstCodeLineBelow(file, line)] ?? file.text.length)
    .split(/\r\n|\n|\r/);
  return lines.slice(line + 1, -1).some(text => text.trim() === '');
}

/** The first line behind `line` that is not a comment or blank, as far as facts tell. */
function firstCodeLineBelow(file: FileView, line: number): number {
  const commented = new Set<number>();
  for (const comment of file.facts?.comments ?? []) {
    const start = positionAt(file.lines, comment.span.start).line;
    const end = positionAt(file.lines, comment.span.end).line;
    for (let at = start; at <= end; at++) commented.add(at);
  }
  let below = line + 1;
  while (below < file.lines.starts.length && (commented.has(below) || isBlankOrDecorator(file, below))) below++;
  return below;
}

function isBlankOrDecorator(file: FileView, line: number): boolean {
  const text = file.text.slice(file.lines.starts[line], file.lines.starts[line + 1] ?? file.text.length).trim();
  return text === '' || text.startsWith('@');
}
