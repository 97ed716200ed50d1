/**
 * Renaming a flag everywhere at once: in flag files, in code, in the front matter of runbooks and incidents. What is certain is
 * edited; what only looks like the flag is edited when somebody confirms it; and where part of the flag's uses can't be
 * edited, nothing is, with the reason.
 */
import { checksOf, dynamicChecksOf, flagFilesOf, flagsOf, lineOf } from '../flags/verdicts/flagIndex.ts';
import type { Check, Place } from '../model.ts';
import type { Snapshot } from '../snapshot.ts';
import { type Span, touches } from '../text.ts';
import { flagFileSubject, flagNamed } from './flagFileNavigation.ts';
import { codePlaces, writtenKey } from './renameCode.ts';
import { documentPlaces, flagFilePlaces } from './renameDocuments.ts';
import { mentionsOf } from './renameMentions.ts';

/** Why a place is not edited without somebody's consent. */
export type Doubt = 'system' | 'likely' | 'property' | 'test' | 'comment' | 'documentation' | 'text';

export interface RenameEdit {
  readonly path: string;
  readonly span: Span;
  readonly text: string;
  /** Null for a place that is certain. */
  readonly doubt: Doubt | null;
}

export interface Refusal {
  readonly kind: 'refused';
  /** One or two sentences for people: what stands in the way, and where. */
  readonly reason: string;
}

export interface RenameTarget {
  readonly kind: 'key';
  readonly key: string;
  /** The key's own text. */
  readonly span: Span;
  /** The system of the flag file it stands in; null in code and documents. */
  readonly system: string | null;
}

/** The flag whose key can be renamed from an offset, and the key's own text there; null where there is nothing of ours. */
export function renameTarget(snapshot: Snapshot, path: string, offset: number): RenameTarget | Refusal | null {
  const subject = flagFileSubject(snapshot, path, offset);
  const named = subject === null ? null : flagNamed(subject.place);
  if (subject !== null && named !== null) {
    return { kind: 'key', key: named, span: subject.place.span, system: subject.file.system };
  }
  const listed = documentPlaces(snapshot, path).find(({ span }) => touches(span, offset));
  if (listed !== undefined) return { kind: 'key', key: listed.key, span: listed.span, system: null };
  const file = snapshot.files.get(path);
  for (const check of file?.checks ?? []) {
    if (check.keySpan === null || !touches(check.keySpan, offset)) continue;
    if (check.key === null) return check.keyPrefix === null ? null : refused(dynamicWords(snapshot, [check]));
    // A name that stands for the key is renamed by its own language.
    const written = check.keyPlace === null ? writtenKey(file!.text, check.keySpan, check.key) : null;
    if (written !== null && touches(written.span, offset))
      return { kind: 'key', key: check.key, span: written.span, system: null };
  }
  return null;
}

/**
 * All edits that rename a flag, in order of place; or why there are none.
 * @param system of the flag file in which the renaming began: the same key in another system may be another flag.
 * @param texts of files that the snapshot doesn't hold and in which the key is mentioned, by path.
 */
export function renameEdits(
  snapshot: Snapshot,
  key: string,
  newKey: string,
  texts: ReadonlyMap<string, string>,
  system: string | null = null,
): { readonly kind: 'edits'; readonly edits: readonly RenameEdit[] } | Refusal {
  const reason = whyNot(snapshot, key, newKey);
  if (reason !== null) return refused(reason);
  if (key === newKey) return { kind: 'edits', edits: [] };
  const code = codePlaces(snapshot, key, newKey);
  if (code.kind === 'blocked') return refused(code.reason(place => placeWords(snapshot, place)));
  const certain = [
    ...flagFilePlaces(snapshot, key, newKey, system),
    ...listedEdits(snapshot, key, newKey),
    ...code.edits,
  ];
  const unique = new Map<string, RenameEdit>();
  for (const edit of certain) {
    const place = `${edit.path}\0${edit.span.start}`;
    // A place that is certain for one reason is certain.
    if (!unique.has(place) || edit.doubt === null) unique.set(place, edit);
  }
  const taken = [...unique.values()];
  const edits = [...taken, ...mentionsOf(snapshot, key, newKey, taken, texts)];
  return { kind: 'edits', edits: edits.toSorted(byPlace) };
}

function listedEdits(snapshot: Snapshot, key: string, newKey: string): readonly RenameEdit[] {
  const paths = new Set([...snapshot.runbooks, ...snapshot.incidents].map(({ path }) => path));
  return [...paths].flatMap(path =>
    documentPlaces(snapshot, path)
      .filter(place => place.key === key)
      .map(({ span, write }): RenameEdit => ({ path, span, text: write(newKey), doubt: null })),
  );
}

function whyNot(snapshot: Snapshot, key: string, newKey: string): string | null {
  if (snapshot.completeness === 'reading') {
    return 'The workspace is still being read, so not every use of this flag is known yet. Try again in a moment.';
  }
  if (snapshot.completeness === 'failed') {
    return 'The workspace could not be read as a whole, so not every use of this flag is known. The language status item says why.';
  }
  if (newKey.trim() === '') return 'A flag needs a key: write at least one character.';
  if (newKey !== newKey.trim()) return `“${newKey}” begins or ends with a blank; a key can't.`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about.
  if (/[\u0000-\u001f\u007f\u2028\u2029]/.test(newKey)) return 'A key is one line of printable characters.';
  if (key === newKey) return null;
  return shapeProblem(snapshot, key, newKey) ?? existing(snapshot, key, newKey) ?? dynamicProblem(snapshot, key);
}

/** Every format that defines the flag must be able to hold the new key. */
function shapeProblem(snapshot: Snapshot, key: string, newKey: string): string | null {
  for (const file of flagFilesOf(snapshot)) {
    const shape = file.language?.key;
    if (shape === undefined || !file.flags.some(flag => flag.key === key)) continue;
    if (new RegExp(`^(?:${shape.pattern})$`).test(newKey)) continue;
    return `“${newKey}” can't be a key in ${file.path} (${file.system}): its keys are made of ${shape.words}.`;
  }
  return null;
}

function existing(snapshot: Snapshot, key: string, newKey: string): string | null {
  const defined = flagsOf(snapshot, newKey).find(flag => flag.declaration !== null)?.declaration;
  if (defined) {
    const place = placeWords(snapshot, { path: defined.path, span: defined.keySpan });
    return `A flag “${newKey}” exists already (${place}); renaming would make two flags one.`;
  }
  const [check] = checksOf(snapshot, newKey);
  // Where only the flag files lag behind the code, renaming in them is what is wanted.
  if (check === undefined || checksOf(snapshot, key).length === 0) return null;
  const place = placeWords(snapshot, { path: check.path, span: check.span });
  return `Code asks for a flag “${newKey}” already (${place}); renaming would make two flags one.`;
}

function dynamicProblem(snapshot: Snapshot, key: string): string | null {
  const checks = dynamicChecksOf(snapshot, key);
  return checks.length === 0 ? null : dynamicWords(snapshot, checks);
}

function dynamicWords(snapshot: Snapshot, checks: readonly Check[]): string {
  const [first] = checks;
  const place = placeWords(snapshot, { path: first!.path, span: first!.span });
  const more = checks.length > 1 ? ` and ${checks.length - 1} more` : '';
  return (
    `The code puts keys that start with “${first!.keyPrefix}” together as it runs (${place}${more}), ` +
    'so it can not be told which uses are this flag. Rename it by hand there first.'
  );
}

function placeWords(snapshot: Snapshot, { path, span }: Place): string {
  return `${path}:${lineOf(snapshot, path, span.start)}`;
}

function refused(reason: string): Refusal {
  return { kind: 'refused', reason };
}

function byPlace(a: RenameEdit, b: RenameEdit): number {
  return a.path === b.path ? a.span.start - b.span.start : a.path < b.path ? -1 : 1;
}
