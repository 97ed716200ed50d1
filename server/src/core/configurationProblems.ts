/** What is wrong with the configuration: by itself, and where it names what the repository does not have. */
import { placeInConfig } from './config.ts';
import type { Entry } from './entries.ts';
import { mappingProblems } from './flags/verdicts/mappingProblems.ts';
import { createProjectProblems } from './flags/verdicts/projectProblems.ts';
import { CONFIG_PATH, type Setup } from './hostSetup.ts';
import type { Problem } from './model.ts';

/** The problems of a configuration that was set up from this text, among these files and paths. */
export type ConfigurationProblems = (
  setup: Setup,
  text: string,
  entries: readonly Entry[],
  paths: ReadonlySet<string>,
) => readonly Problem[];

/** Tells them again and again; what takes long is kept while it holds. */
export function createConfigurationProblems(): ConfigurationProblems {
  const projectProblems = createProjectProblems();
  return ({ config, problems }, text, entries, paths) => {
    const placeOf = (system: number, ...field: (string | number)[]) =>
      placeInConfig(text, CONFIG_PATH, ['flagSystems', system, ...field]);
    return [
      ...problems,
      ...mappingProblems(config, entries, paths, placeOf),
      ...projectProblems(config, paths, placeOf),
    ];
  };
}
