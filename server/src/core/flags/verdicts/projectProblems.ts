/**
 * Paths of the configuration in which nothing stands: reported in flagbook.json, where they are written. Whatever is wrong with their
 * form is the schema's business.
 */
import type { Config } from '../../config.ts';
import { matchesGlob } from '../../glob.ts';
import type { Place, Problem } from '../../model.ts';
import { folderOf } from './projects.ts';

/** @param placeOf where a path of a flag system stands in flagbook.json. */
export type ProjectProblems = (
  config: Config,
  paths: ReadonlySet<string>,
  placeOf: (system: number, field: string, index: number) => Place | null,
) => readonly Problem[];

/** Remembers what it found while configuration and paths are the same: every path may have to be looked at. */
export function createProjectProblems(): ProjectProblems {
  let known: {
    readonly config: Config;
    readonly paths: ReadonlySet<string>;
    readonly found: readonly Problem[];
  } | null = null;
  return (config, paths, placeOf) => {
    if (known?.config !== config || known.paths !== paths)
      known = { config, paths, found: problemsOf(config, paths, placeOf) };
    return known.found;
  };
}

function problemsOf(config: Config, paths: ReadonlySet<string>, placeOf: Parameters<ProjectProblems>[2]): Problem[] {
  // While the repository is being listed nothing is missing.
  if (paths.size === 0) return [];
  return config.flagSystems.flatMap((system, at) =>
    (system.paths ?? []).flatMap((glob, index): readonly Problem[] => {
      for (const path of paths) if (matchesGlob(glob, path)) return [];
      const message = `No file of this repository is in "${glob}"${adviceFor(glob, paths)}.`;
      return [{ code: 'config/paths', severity: 'warning', message, place: placeOf(at, 'paths', index) }];
    }),
  );
}

/** What was probably meant: all that is in a folder, or the same with slashes. */
function adviceFor(glob: string, paths: ReadonlySet<string>): string {
  const folder = folderOf(glob.replaceAll('\\', '/')).replace(/^\.\//, '');
  const isFolder = folder !== '' && [...paths].some(path => path.startsWith(`${folder}/`));
  return isFolder && `${folder}/**` !== glob ? `: "${folder}/**" is all that is in the folder` : '';
}
