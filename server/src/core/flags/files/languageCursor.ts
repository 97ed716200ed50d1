/**
 * A path in a document against a format's description: what the format says of that very place, for the document and for the
 * flag around it. Shared by completion and hover.
 */
import { type DocumentPath, isComplete, type LivePattern, startPattern, startsAtFlag, step } from './documentPath.ts';
import type { FieldsAt, FlagLanguage, NamesAt, ValuesAt } from './flagLanguage.ts';

/** The rules of a description that start at one root: the document, or a flag. */
export interface LanguageRules {
  readonly names: readonly NamesAt[];
  readonly fields: readonly FieldsAt[];
  readonly values: readonly ValuesAt[];
}

/** One way to read a path: from the document's root, or from the flag that it leads through. */
export interface PathReading {
  readonly path: DocumentPath;
  readonly rules: LanguageRules;
  /** The flag's key, where the path itself says it. */
  readonly flag: string | null;
}

/** All ways to read a path, the flag's first. */
export function pathsFromFlag(language: FlagLanguage, path: DocumentPath): readonly PathReading[] {
  const readings: PathReading[] = [];
  let live: readonly LivePattern<FlagLanguage['flags'][number]>[] = language.flags.map(startPattern);
  // A file that is one flag as a whole.
  if (live.some(isComplete)) readings.push({ path, rules: rulesOf(language, startsAtFlag), flag: null });
  for (const [depth, key] of path.entries()) {
    live = step(live, key);
    if (!live.some(isComplete)) continue;
    const flag = typeof key === 'string' ? key : null;
    readings.push({ path: path.slice(depth + 1), rules: rulesOf(language, startsAtFlag), flag });
  }
  return [...readings, { path, rules: rulesOf(language, rule => !startsAtFlag(rule)), flag: null }];
}

/** Whether the keys of a map at this path are keys of flags. */
export function holdsFlags(language: FlagLanguage, path: DocumentPath): boolean {
  const inMaps = language.flags.filter(rule => rule.key === undefined).map(startPattern);
  let live: readonly LivePattern<FlagLanguage['flags'][number]>[] = inMaps;
  for (const key of path) live = step(live, key);
  return step(live, 'any key').some(isComplete);
}

function rulesOf(language: FlagLanguage, isMine: (rule: { readonly at: string }) => boolean): LanguageRules {
  return {
    names: [...language.names, ...(language.offers ?? [])].filter(isMine),
    fields: language.fields.filter(isMine),
    values: language.values.filter(isMine),
  };
}
