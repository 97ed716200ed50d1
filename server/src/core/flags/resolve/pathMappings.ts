/**
 * Path mappings: the names that `paths` and `baseUrl` of a TypeScript configuration give to modules. Which files are such
 * configurations and what they say is here; finding a module's file is `modules.ts`' business. `extends` is not followed: what a
 * configuration says holds for the files below its own folder and, where that is a hidden one that others extend (`.config`), for those beside it.
 */
import { parse } from 'jsonc-parser';
import { directoryOf, joinPath } from './modules.ts';

export interface PathMapping {
  /** The folder of the configuration; empty for the root. */
  readonly within: string;
  /** The name, with at most one `*`. */
  readonly pattern: string;
  /** Paths in the repository, with a `*` where the pattern has one. */
  readonly targets: readonly string[];
}

/** Whether a file may hold path mappings. */
export function isPathConfiguration(path: string): boolean {
  return /(?:^|\/)(?:tsconfig(?:\.[\w-]+)*|jsconfig)\.json$/.test(path);
}

/** The mappings of a configuration, the most specific first; none where it has no or is broken. */
export function pathMappingsOf(path: string, text: string): readonly PathMapping[] {
  const folder = directoryOf(path);
  const within = folder.slice(folder.lastIndexOf('/') + 1).startsWith('.') ? directoryOf(folder) : folder;
  const { compilerOptions } = record(parse(text, [], { allowTrailingComma: true }));
  const { baseUrl, paths } = record(compilerOptions);
  const base = typeof baseUrl === 'string' ? joinPath(folder, baseUrl) : folder;
  if (base === null) return [];
  // Whatever has a file of its own there.
  const ofBase =
    typeof baseUrl === 'string' ? [{ within, pattern: '*', targets: [base === '' ? '*' : `${base}/*`] }] : [];
  const mappings = Object.entries(record(paths)).flatMap(([pattern, listed]): PathMapping[] => {
    const targets = (Array.isArray(listed) ? listed : [])
      .filter(target => typeof target === 'string')
      .flatMap(target => joinPath(base, target) ?? []);
    return pattern === '*' || targets.length === 0 ? [] : [{ within, pattern, targets }];
  });
  return [...mappings.sort((a, b) => b.pattern.length - a.pattern.length), ...ofBase];
}

/** The paths that a name stands for in a file of `directory`, the nearest configuration's first. */
export function mappedPaths(mappings: readonly PathMapping[], directory: string, specifier: string): readonly string[] {
  const near = mappings.filter(
    ({ within }) => within === '' || directory === within || directory.startsWith(`${within}/`),
  );
  const sorted = [...near].sort((a, b) => b.within.length - a.within.length);
  return sorted.flatMap(({ pattern, targets }) => {
    const [head = '', tail] = pattern.split('*', 2);
    if (tail === undefined) return specifier === pattern ? targets : [];
    const fits =
      specifier.length >= head.length + tail.length && specifier.startsWith(head) && specifier.endsWith(tail);
    const middle = specifier.slice(head.length, specifier.length - tail.length);
    return fits ? targets.map(target => target.replace('*', () => middle)) : [];
  });
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
