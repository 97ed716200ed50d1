/**
 * From an import to the files it means, by the repository's paths alone: relative paths, base directories such as `src`,
 * workspace packages, Python packages, Go import paths, files named after types. Nothing is read; what isn't in the repository
 * is external.
 */
import type { LanguageId } from '../../languages/facts.ts';
import { mappedPaths, type PathMapping } from './pathMappings.ts';

/** Finds the files of an import; an empty list means that the module is not part of the repository. */
export interface ModuleResolver {
  resolve(fromPath: string, specifier: string, language: LanguageId): readonly string[];
  /** Other files of the same package, for languages whose files share names (Go). */
  siblings(path: string, language: LanguageId): readonly string[];
  /**
   * Files that a type's name leads to, for languages whose types mostly have a file of their own (Java, Kotlin, C#): `Flags` or
   * `com/shop/Flags` means every `Flags.java` whose path ends so.
   */
  namedAfter(typePath: string, language: LanguageId): readonly string[];
  /** The directory of the C# project that a file belongs to: the nearest one above it with a project file. */
  projectOf(path: string): string;
}

/** Names of workspace packages (`@shop/flags`) and the directories they stand in, and what configurations call modules. */
export interface WorkspacePackages extends ReadonlyMap<string, string> {
  readonly mappings?: readonly PathMapping[];
  /** Go's modules by the paths that `go.mod` gives them, and the directories they stand in; empty for the root. */
  readonly goModules?: ReadonlyMap<string, string>;
}

const GO_TEST = '_test.go';

export function createModuleResolver(paths: ReadonlySet<string>, packages: WorkspacePackages): ModuleResolver {
  let ofGo: ReadonlyMap<string, readonly string[]> | null = null;
  const goFiles = (): ReadonlyMap<string, readonly string[]> => {
    ofGo ??= groupByDirectory(paths, '.go');
    return ofGo;
  };
  let built: ReadonlyMap<string, readonly string[]> | null = null;
  /** What a test declares is no part of the package that others are built from. */
  const builtGoFiles = (): ReadonlyMap<string, readonly string[]> => {
    built ??= new Map([...goFiles()].map(([folder, files]) => [folder, files.filter(path => !path.endsWith(GO_TEST))]));
    return built;
  };
  const byName = new Map<string, ReadonlyMap<string, readonly string[]>>();
  let projects: ReadonlySet<string> | null = null;
  const isProject = (directory: string): boolean => {
    projects ??= new Set([...paths].filter(path => path.endsWith('.csproj')).map(directoryOf));
    return projects.has(directory);
  };
  /** By language and folder, then by specifier: making one key of all three took longer than what is looked up. */
  const cache = new Map<LanguageId, Map<string, Map<string, readonly string[]>>>();
  const find = (fromPath: string, specifier: string, language: LanguageId): readonly string[] => {
    if (language === 'go') return resolveGo(goFiles(), packages.goModules ?? new Map(), specifier);
    if (language === 'python') return resolvePython(paths, fromPath, specifier);
    return resolveEcmaScript(paths, packages, fromPath, specifier);
  };
  return {
    resolve(fromPath, specifier, language) {
      const folder = language === 'go' ? '' : directoryOf(fromPath);
      const bySpecifier = entryOf(entryOf(cache, language), folder);
      const known = bySpecifier.get(specifier);
      if (known !== undefined) return known;
      const found = find(fromPath, specifier, language);
      bySpecifier.set(specifier, found);
      return found;
    },
    siblings(path, language) {
      if (language === 'angular') return [path.replace(/\.html$/, '.ts')].filter(script => paths.has(script));
      if (language !== 'go') return [];
      return (path.endsWith(GO_TEST) ? goFiles() : builtGoFiles()).get(directoryOf(path)) ?? [];
    },
    namedAfter(typePath, language) {
      return (TYPE_FILES[language] ?? []).flatMap(ending => {
        const named = byName.get(ending) ?? groupByFileName(paths, ending);
        byName.set(ending, named);
        const tail = typePath + ending;
        const files = named.get(tail.slice(tail.lastIndexOf('/') + 1)) ?? [];
        return files.filter(path => path === tail || path.endsWith(`/${tail}`));
      });
    },
    projectOf: path => ancestorsOf(directoryOf(path)).find(isProject) ?? '',
  };
}

/** The map under a key, made where there is none. */
function entryOf<K, L, V>(maps: Map<K, Map<L, V>>, key: K): Map<L, V> {
  const known = maps.get(key);
  if (known !== undefined) return known;
  const made = new Map<L, V>();
  maps.set(key, made);
  return made;
}

/** The directory of a path, without a trailing slash; empty for the root. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** Of what stands in several files, what stands in that which shares most folders with this one; the first of several. */
export function nearestTo<T extends { readonly path: string }>(path: string, all: readonly T[]): T | undefined {
  if (all.length < 2) return all[0];
  const shared = all.map(one => sharedFolders(one.path, path));
  return all[shared.indexOf(Math.max(...shared))];
}

/** How many folders two paths have in common, from the root on. */
export function sharedFolders(a: string, b: string): number {
  const [left, right] = [a.split('/').slice(0, -1), b.split('/').slice(0, -1)];
  const end = left.findIndex((folder, index) => folder !== right[index]);
  return end < 0 ? left.length : end;
}

/** Joins a directory and a relative path, resolving `.` and `..`; null when it leaves the repository. */
export function joinPath(directory: string, relative: string): string | null {
  const segments = directory === '' ? [] : directory.split('/');
  for (const segment of relative.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return null;
  }
  return segments.join('/');
}

function groupByDirectory(paths: ReadonlySet<string>, extension: string): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    if (!path.endsWith(extension)) continue;
    const directory = directoryOf(path);
    const group = groups.get(directory);
    if (group === undefined) groups.set(directory, [path]);
    else group.push(path);
  }
  return groups;
}

/** The endings of files that are named after the type they hold. */
const TYPE_FILES: Partial<Readonly<Record<LanguageId, readonly string[]>>> = {
  java: ['.java', '.kt', '.scala'],
  kotlin: ['.kt', '.java', '.scala'],
  scala: ['.scala', '.java', '.kt'],
  csharp: ['.cs'],
  swift: ['.swift'],
  rust: ['.rs'],
  ruby: ['.rb'],
  php: ['.php'],
};

function groupByFileName(paths: ReadonlySet<string>, ending: string): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    if (!path.endsWith(ending)) continue;
    const name = path.slice(path.lastIndexOf('/') + 1);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [path]);
    else group.push(path);
  }
  return groups;
}

const ECMASCRIPT_ENDINGS = ['.ts', '.tsx', '.d.ts', '.js', '.jsx', '.mts', '.mjs', '.cts', '.cjs'];

function resolveEcmaScript(
  paths: ReadonlySet<string>,
  packages: WorkspacePackages,
  fromPath: string,
  specifier: string,
): readonly string[] {
  const directory = directoryOf(fromPath);
  if (specifier.startsWith('.')) return ecmaScriptFile(paths, joinPath(directory, specifier));
  if (specifier.includes(':')) return [];
  for (const mapped of mappedPaths(packages.mappings ?? [], directory, specifier)) {
    const found = ecmaScriptFile(paths, mapped);
    if (found.length > 0) return found;
  }
  const workspace = workspaceTarget(packages, specifier);
  if (workspace !== null) {
    const { rest } = workspace;
    // What is built of `src/pay.ts` is imported as `lib/pay`.
    const inner = [rest, `src/${rest}`, ...(BUILT.test(rest) ? [rest.replace(BUILT, 'src/')] : [])];
    const candidates = inner.map(path => ecmaScriptFile(paths, joinPath(workspace.directory, path)));
    return candidates.find(found => found.length > 0) ?? [];
  }
  // SvelteKit's `$lib` is `src/lib`, Nuxt's `~~` the root.
  const bare = specifier.replace(/^(?:@{1,2}|~{1,2})\/|^\$(?=lib\/)/, '');
  if (bare === specifier && !specifier.includes('/')) return [];
  for (const base of ancestorsOf(directory)) {
    for (const candidate of [joinPath(base, bare), joinPath(base, `src/${bare}`)]) {
      const found = ecmaScriptFile(paths, candidate);
      if (found.length > 0) return found;
    }
  }
  return [];
}

/** Where a package's build puts its files. */
const BUILT = /^(?:build|cjs|dist|es|esm|lib|out)\//;

function workspaceTarget(packages: WorkspacePackages, specifier: string) {
  const segments = specifier.split('/');
  const count = specifier.startsWith('@') ? 2 : 1;
  const directory = packages.get(segments.slice(0, count).join('/'));
  if (directory === undefined) return null;
  return { directory, rest: segments.length > count ? segments.slice(count).join('/') : 'index' };
}

function ecmaScriptFile(paths: ReadonlySet<string>, candidate: string | null): readonly string[] {
  if (candidate === null) return [];
  if (paths.has(candidate)) return [candidate];
  const stem = candidate.replace(/\.(?:js|jsx|mjs|cjs)$/, '');
  for (const base of [stem, `${candidate}/index`]) {
    for (const ending of ECMASCRIPT_ENDINGS) if (paths.has(base + ending)) return [base + ending];
  }
  return [];
}

/** The directory and all above it, nearest first, the root last. */
function ancestorsOf(directory: string): readonly string[] {
  const result = [directory];
  for (let at = directory; at !== ''; ) {
    at = directoryOf(at);
    result.push(at);
  }
  return result;
}

function resolvePython(paths: ReadonlySet<string>, fromPath: string, specifier: string): readonly string[] {
  const dots = /^\.*/.exec(specifier)![0].length;
  const rest = specifier.slice(dots).replaceAll('.', '/');
  if (dots > 0) {
    const base = joinPath(directoryOf(fromPath), '../'.repeat(dots - 1));
    return base === null ? [] : pythonModule(paths, joinPath(base, rest));
  }
  for (const base of ancestorsOf(directoryOf(fromPath))) {
    for (const candidate of [joinPath(base, rest), joinPath(base, `src/${rest}`)]) {
      const found = pythonModule(paths, candidate);
      if (found.length > 0) return found;
    }
  }
  return [];
}

function pythonModule(paths: ReadonlySet<string>, candidate: string | null): readonly string[] {
  if (candidate === null) return [];
  for (const path of [`${candidate}.py`, `${candidate === '' ? '' : `${candidate}/`}__init__.py`]) {
    if (paths.has(path)) return [path];
  }
  return [];
}

/**
 * The package's directory in the repository's module that the import path begins with; else, where the root is no module, the one whose
 * path is its longest tail.
 * Standard packages have no dot in front.
 */
function resolveGo(
  goFiles: ReadonlyMap<string, readonly string[]>,
  modules: ReadonlyMap<string, string>,
  specifier: string,
): readonly string[] {
  const segments = specifier.split('/');
  for (let count = segments.length; count > 0 && modules.size > 0; count--) {
    const directory = modules.get(segments.slice(0, count).join('/'));
    const files =
      directory === undefined ? undefined : goFiles.get(joinPath(directory, segments.slice(count).join('/'))!);
    if (files !== undefined) return files.filter(path => !path.endsWith('_test.go'));
  }
  // Where the root is a module, whatever begins otherwise stands elsewhere: other modules have directories of the same names.
  for (const directory of modules.values()) if (directory === '') return [];
  for (let skip = 0; skip < segments.length; skip++) {
    const files = goFiles.get(segments.slice(skip).join('/'));
    if (files !== undefined && (skip > 0 || segments.length > 1)) return files.filter(path => !path.endsWith(GO_TEST));
  }
  return [];
}
