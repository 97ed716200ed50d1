/** The modules that imports name: here, or a package from elsewhere. */
import type { FileFacts, ImportFact } from '../../languages/facts.ts';
import type { ModuleResolver } from './modules.ts';
import type { PackageKnowledge } from './packageKnowledge.ts';
import type { Value } from './value.ts';

/** What must be known to find them. */
export interface Modules {
  readonly files: ReadonlyMap<string, FileFacts>;
  readonly modules: ModuleResolver;
  readonly packages: PackageKnowledge;
}

/** The module that an import in `path` names. */
export function moduleNamed(asked: Modules, specifier: string, path: string): Value {
  const { files, modules, packages } = asked;
  const language = files.get(path)?.language;
  // Go's import paths name a host, so that a folder of the repository can be no SDK by chance.
  if (language === 'go' && packages.isKnown(specifier, language)) {
    return { kind: 'external', from: specifier, names: [] };
  }
  const found = language === undefined ? [] : modules.resolve(path, specifier, language);
  const paths = language === 'python' && isNamesake(asked, found[0], specifier) ? [] : found;
  return paths.length === 0 ? { kind: 'external', from: specifier, names: [] } : { kind: 'module', paths, specifier };
}

/** Python: a part of a package here that is called as an SDK's is reached through that package alone (`api.waffle`). */
function isNamesake({ modules, packages }: Modules, found: string | undefined, specifier: string): boolean {
  if (found === undefined || specifier.startsWith('.') || !packages.isKnown(specifier, 'python')) return false;
  return modules.resolve(found, found.endsWith('/__init__.py') ? '..' : '.', 'python').length > 0;
}

/** Python: a folder without `__init__.py` is a package too, and what is imported from it is a module. */
export function pythonSubmodule(
  asked: Modules,
  module: Value,
  { from, imported }: ImportFact,
  path: string,
): Value | null {
  if (module.kind !== 'external' || asked.files.get(path)?.language !== 'python') return null;
  const found = moduleNamed(asked, from.endsWith('.') ? `${from}${imported}` : `${from}.${imported}`, path);
  return found.kind === 'module' ? found : null;
}
