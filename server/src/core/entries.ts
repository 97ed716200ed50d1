/** What the host knows of one file, and a snapshot made of all files. Data in, data out; the host alone holds state. */

import { shiftFlagFile } from './flags/files/shiftFlagFile.ts';
import type { LinkResult } from './flags/linking/linkMemory.ts';
import { type Directive, readDirectives } from './flags/verdicts/directives.ts';
import type { FlagSource } from './flags/verdicts/flagSource.ts';
import { createNeededFlags } from './flags/verdicts/neededFlags.ts';
import { type CoverIndex, projectsOf } from './flags/verdicts/projects.ts';
import { CONFIG_PATH } from './hostSetup.ts';
import type { TextEdit } from './languages/chunks.ts';
import type { ParsedText } from './languages/extract.ts';
import type { FileFacts } from './languages/facts.ts';
import { type Layout, placeOf } from './languages/layout.ts';
import type { Alert, Annotation, Check, Flag, FlagFile, Incident, Runbook } from './model.ts';
import type { createAnnotationIndex } from './runbooks/annotations.ts';
import type { FileView, Snapshot } from './snapshot.ts';
import { indexLines, type LineIndex } from './text.ts';

/** Everything derived from one file's text. */
export interface Entry {
  readonly path: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly parsed: ParsedText | null;
  readonly facts: FileFacts | null;
  /** Of an open document: which parts its facts are made of. It tells what an edit left as it was, when the tree is long gone. */
  readonly layout: Layout | null;
  /** Of an edited document: its facts at their anchors, which is what linking reads. */
  readonly anchored: AnchoredFacts | null;
  readonly directives: readonly Directive[];
  readonly flagFile: FlagFile | null;
  readonly runbook: Runbook | null;
  readonly incidents: readonly Incident[];
  readonly alerts: readonly Alert[];
}

export interface AnchoredFacts {
  readonly facts: FileFacts;
  readonly layout: Layout;
}

/** What flag servers say, and how they do. */
export interface ServedNow {
  readonly flags: readonly Flag[];
  readonly sources: readonly FlagSource[];
}

export type AnnotationsOf = ReturnType<typeof createAnnotationIndex>;

/** What a snapshot has from the host itself, and from no file. */
type StateName =
  | 'revision'
  | 'completeness'
  | 'now'
  | 'config'
  | 'configProblems'
  | 'paths'
  | 'sources'
  | 'history'
  | 'notices';

/** The snapshot of all files, by what the linker found in them. */
export function assemble(
  entries: readonly Entry[],
  linked: LinkResult,
  annotationsOf: AnnotationsOf,
  state: Pick<Snapshot, StateName>,
  served: readonly Flag[],
  covers: CoverIndex,
): Snapshot {
  const files = new Map<string, FileView>();
  for (const entry of entries) files.set(entry.path, viewOf(entry, linked, annotationsOf));
  const allChecks = [...linked.checks.values()].flat();
  const defined = [...entries.flatMap(entry => entry.flagFile?.flags ?? []), ...served];
  // What a flag server defines needs no list to say that it exists.
  const keysServed = new Set(served.map(flag => flag.key));
  const listed = [...linked.listed.values()].flat().filter(flag => !keysServed.has(flag.key));
  const known = {
    ...state,
    files,
    flags: groupBy([...defined, ...listed], (flag: Flag) => flag.key),
    checks: groupBy(
      allChecks.filter(check => check.key !== null),
      (check: Check) => check.key ?? '',
    ),
    dynamicChecks: allChecks.filter(check => check.key === null && check.keyPrefix !== null),
  };
  return {
    ...known,
    needed: createNeededFlags(known.flags),
    projects: projectsOf(known, covers),
    runbooks: entries.flatMap(entry => entry.runbook ?? []),
    incidents: entries.flatMap(entry => entry.incidents),
    alerts: entries.flatMap(entry => entry.alerts),
  };
}

function viewOf(entry: Entry, linked: LinkResult, annotationsOf: AnnotationsOf): FileView {
  return {
    path: entry.path,
    lines: entry.lines,
    text: entry.text,
    facts: entry.facts,
    directives: entry.directives,
    checks: linked.checks.get(entry.path) ?? [],
    annotations: entry.facts === null ? [] : annotationsIn(entry.path, entry.facts, entry.anchored, annotationsOf),
    flagFile: entry.flagFile,
    listed: linked.listed.get(entry.path) ?? [],
  };
}

/** Comments of an edited document are looked at where they are anchored: those that were not touched are the same as before. */
function annotationsIn(
  path: string,
  facts: FileFacts,
  anchored: AnchoredFacts | null,
  annotationsOf: AnnotationsOf,
): readonly Annotation[] {
  if (anchored === null) return annotationsOf(path, facts);
  const { layout } = anchored;
  return annotationsOf(path, anchored.facts).map(annotation => {
    const { start, end } = annotation.span;
    return { ...annotation, span: { start: placeOf(layout, start), end: placeOf(layout, end) } };
  });
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [item]);
    else known.push(item);
  }
  return groups;
}

/** Whether two states of one file are the same to the linker. */
export function linksAlike(before: Entry | undefined, after: Entry): boolean {
  if (before === undefined || before.facts !== null || after.facts !== null) return false;
  return keysOf(before.flagFile?.flags ?? []) === keysOf(after.flagFile?.flags ?? []);
}

/** Most JSON and YAML of a repository is none of our business. */
export function isWorthKeeping(entry: Entry): boolean {
  return (
    entry.path === CONFIG_PATH ||
    entry.facts !== null ||
    entry.flagFile !== null ||
    entry.runbook !== null ||
    entry.incidents.length > 0 ||
    entry.alerts.length > 0
  );
}

/** The keys of flags as one text, to compare them by. */
export function keysOf(flags: readonly Flag[]): string {
  return flags.map(flag => flag.key).join('\0');
}

/** Flag files that take longer than a keystroke may are read when the typing pauses. YAML takes several times as long as JSON. */
export function isSlowlyRead({ path, text, facts, flagFile }: Entry): boolean {
  return flagFile !== null && facts === null && text.length > (/\.ya?ml$/i.test(path) ? 12 : 64) * 1024;
}

/** Such a file after edits, its places moved with the text and nothing of it read again. */
export function shiftedEntry(entry: Entry, edits: readonly TextEdit[]): Entry {
  const text = applyEdits(entry.text, edits);
  const lines = indexLines(text);
  const flagFile = entry.flagFile && shiftFlagFile(entry.flagFile, edits);
  return { ...entry, text, lines, directives: readDirectives(text, lines), flagFile };
}

/** A text after edits, each on the result of the one before. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return edits.reduce((at, edit) => at.slice(0, edit.start) + edit.inserted + at.slice(edit.oldEnd), text);
}
