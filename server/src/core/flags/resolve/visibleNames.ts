/** What a file of a nominal language sees without declaring it: the packages that it is in or uses as a whole, and C#'s names for a whole project. */
import type { ImportFact } from '../../languages/facts.ts';
import type { Interpreter } from './interpreter.ts';
import { enclosingNamespaces } from './namespaces.ts';
import { razorImports } from './razorImports.ts';
import { rustModuleOf, rustNames } from './rustModules.ts';
import { rustModuleAt } from './rustPaths.ts';
import type { FileSymbols } from './symbols.ts';

/** Packages whose types a file sees without naming them: its own, and those it uses as a whole. */
export function visiblePackages(interpreter: Interpreter, own: FileSymbols, path: string): readonly string[] {
  const namespace = own.facts.packageName ?? '';
  const used = own.starImports.map(imported => imported.from);
  if (own.facts.language === 'rust') {
    const stars = own.starImports.flatMap(({ from, span }) => {
      const module = rustModuleAt(interpreter, path, span.start);
      return [from, ...rustNames(from.split('.'), module, interpreter.nominal.types.crates)];
    });
    return [...interpreter.nominal.types.namespacesOf(path), rustModuleOf(path), ...stars];
  }
  if (own.facts.language === 'cpp') return [...interpreter.nominal.types.namespacesOf(path), '', ...used];
  if (own.facts.language !== 'csharp') return [namespace, ...used];
  for (const { exports } of projectFiles(interpreter, path)) {
    for (const { name, from } of exports) if (name === '*' && from !== null) used.push(from);
  }
  return [...enclosingNamespaces(namespace), ...used, ...razorImports(interpreter.files, path)];
}

/** C#: `global using F = A.Flags` in another file of the project. */
export function globalAlias(interpreter: Interpreter, name: string, path: string): ImportFact | undefined {
  if (interpreter.files.get(path)?.language !== 'csharp') return undefined;
  for (const { exports } of projectFiles(interpreter, path)) {
    const found = exports.find(exported => exported.name === name);
    if (found !== undefined) {
      return { local: name, imported: found.local, from: found.from ?? '', span: { start: 0, end: 0 } };
    }
  }
  return undefined;
}

function* projectFiles({ files, modules, nominal }: Interpreter, path: string) {
  const project = modules.projectOf(path);
  for (const other of nominal.types.filesWithGlobals) {
    const facts = files.get(other);
    if (facts !== undefined && modules.projectOf(other) === project) yield facts;
  }
}
