/**
 * From one place in a flag file to others: a prerequisite to its flag, a variation's use to the variation, a segment's use to
 * the segment, and back. Between flag files and code it is `navigation.ts` that goes.
 */

import type { FlagPlace } from '../flags/files/flagLanguage.ts';
import { isDefinition, placeAt, thingOf } from '../flags/files/flagPlaces.ts';
import { flagFilesOf, flagsOf } from '../flags/verdicts/flagIndex.ts';
import type { FlagFile, Place } from '../model.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Span } from '../text.ts';

/** The named thing under a cursor in a flag file. */
export interface FlagFileSubject {
  readonly file: FlagFile;
  readonly place: FlagPlace;
}

/** What stands at an offset of a flag file; null elsewhere. */
export function flagFileSubject(snapshot: Snapshot, path: string, offset: number): FlagFileSubject | null {
  const file = snapshot.files.get(path)?.flagFile ?? null;
  const place = file === null ? null : placeAt(file, offset);
  return file === null || place === null ? null : { file, place };
}

/** The flag that a place speaks of, where it is one. */
export function flagNamed({ role, id }: FlagPlace): string | null {
  return role === 'flag' || role === 'prerequisite' || role === 'flag-mention' ? id : null;
}

/** Where the thing at an offset is defined. Flags are looked for in this file first, then in files of its system, then anywhere. */
export function flagFileDefinitions(
  snapshot: Snapshot,
  { file, place }: FlagFileSubject,
): readonly { readonly origin: Span; readonly target: Place }[] {
  const key = flagNamed(place);
  const targets = key === null ? definitionsIn(snapshot, file, place) : flagDefinitions(snapshot, file, key, place);
  return targets.map(target => ({ origin: place.span, target }));
}

/** All places of a variation or a segment, in order; the definition is the first of them. */
export function flagFileReferences(snapshot: Snapshot, { file, place }: FlagFileSubject): readonly Place[] {
  const wanted = thingOf(place);
  const files = isOfWholeSystem(place) ? sameSystem(snapshot, file) : [file];
  return files.flatMap(({ path, places }) =>
    (places ?? []).filter(each => thingOf(each) === wanted).map(({ span }) => ({ path, span })),
  );
}

/**
 * Where flag files name a flag that they don't define there: as a prerequisite, or as the owner of an entry. A definition that
 * repeats its own key (`"new-pay": { "key": "new-pay" }`) uses nothing.
 */
export function flagUses(snapshot: Snapshot, key: string): readonly Place[] {
  const own = flagsOf(snapshot, key).flatMap(({ declaration }) => (declaration === null ? [] : [declaration]));
  return flagFilesOf(snapshot).flatMap(({ path, places }) =>
    (places ?? [])
      .filter(({ role, id }) => id === key && (role === 'prerequisite' || role === 'flag-mention'))
      .filter(
        ({ role, span }) => role === 'prerequisite' || !own.some(each => each.path === path && holds(each.span, span)),
      )
      .map(({ span }) => ({ path, span })),
  );
}

function holds(outer: Span, { start, end }: Span): boolean {
  return outer.start <= start && end <= outer.end;
}

function flagDefinitions(snapshot: Snapshot, file: FlagFile, key: string, place: FlagPlace): readonly Place[] {
  const all = flagsOf(snapshot, key).filter(flag => flag.declaration !== null);
  const here = all.filter(flag => flag.declaration?.path === file.path);
  const near = here.length > 0 ? here : all.filter(flag => flag.system === file.system);
  // From a definition one goes to all others.
  const chosen = place.role === 'flag' ? all : near.length > 0 ? near : all;
  return chosen.map(({ declaration }) => ({ path: declaration!.path, span: declaration!.keySpan }));
}

function definitionsIn(snapshot: Snapshot, file: FlagFile, place: FlagPlace): readonly Place[] {
  const wanted = thingOf(place);
  const files = isOfWholeSystem(place) ? [file, ...sameSystem(snapshot, file)] : [file];
  for (const { path, places } of files) {
    const found = (places ?? []).filter(each => isDefinition(each) && thingOf(each) === wanted);
    if (found.length > 0) return found.map(({ span }) => ({ path, span }));
  }
  return [];
}

/** Segments are shared by the files of a system; variations belong to their flag. */
function isOfWholeSystem({ role }: FlagPlace): boolean {
  return role === 'segment' || role === 'segment-reference';
}

function sameSystem(snapshot: Snapshot, { system, environment }: FlagFile): readonly FlagFile[] {
  return flagFilesOf(snapshot).filter(file => file.system === system && file.environment === environment);
}
