/**
 * Mappings of the configuration (`keys` and `state` of a home-grown registry) that lead nowhere: reported in flagbook.json, where
 * they stand, once for all files they are for. Reading the files is the decoders' business.
 */
import type { Config } from '../../config.ts';
import { matchesGlob } from '../../glob.ts';
import type { FlagFile, Place, Problem } from '../../model.ts';

/**
 * @param entries files, flag files or not.
 * @param paths every path of the repository; empty while it is being listed.
 * @param placeOf where a field of a flag system stands in flagbook.json.
 */
export function mappingProblems(
  config: Config,
  entries: readonly { readonly flagFile: FlagFile | null }[],
  paths: ReadonlySet<string>,
  placeOf: (system: number, field: string) => Place | null,
): readonly Problem[] {
  if (!config.flagSystems.some(system => system.keys !== undefined)) return [];
  const files = entries.flatMap(entry => entry.flagFile ?? []);
  return config.flagSystems.flatMap((system, index) => {
    if (system.keys === undefined || paths.size === 0) return [];
    const globs = system.files ?? [];
    const isMine = (path: string) =>
      config.flagSystems.findIndex(each => (each.files ?? []).some(glob => matchesGlob(glob, path))) === index;
    const problem = (field: string, message: string): Problem => ({
      code: 'config/mapping',
      severity: 'warning',
      message,
      place: placeOf(index, field),
    });
    if (globs.length === 0)
      return [problem('keys', 'A registry of your own needs "files": globs of the files to read.')];
    const mine = files.filter(file => isMine(file.path));
    if (mine.length === 0 && ![...paths].some(isMine)) {
      return [problem('files', `No file of this repository matches ${globs.map(glob => `"${glob}"`).join(' or ')}.`)];
    }
    // A file in which nothing stands yet is no mistake, as long as the mapping finds something in another.
    return (['keys', 'state'] as const).flatMap(field => {
      const gaps = mine.flatMap(file => file.gaps?.find(gap => gap.field === field) ?? []);
      return gaps.length > 0 && gaps.length === mine.length ? [problem(field, gaps[0]!.message)] : [];
    });
  });
}
