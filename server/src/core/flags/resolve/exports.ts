/** What a module of the repository exports under a name. */
import { type ExportFact, readsScripts, WHOLE_MODULE } from '../../languages/facts.ts';
import type { Interpreter } from './interpreter.ts';
import { member } from './members.ts';
import type { FileSymbols } from './symbols.ts';
import { MAX_STEPS, UNKNOWN, type Value } from './value.ts';

/** A name that a module exports, through renamings and re-exports. */
export function exported(interpreter: Interpreter, module: Value, name: string, steps: number): Value {
  if (module.kind !== 'module' || steps > MAX_STEPS) return UNKNOWN;
  for (const path of module.paths) {
    const own = interpreter.symbolsNaming(path, name);
    if (own === null) continue;
    const renamed = own.exports.get(name);
    if (renamed !== undefined) {
      if (renamed.from !== null) {
        const source = interpreter.moduleOf(renamed.from, path);
        return renamed.local === '*' ? source : member(interpreter, source, renamed.local, steps + 1);
      }
      const definition = own.exported(renamed.local);
      if (definition !== null) return interpreter.fromDefinition(definition, path, steps + 1);
    }
    const definition = own.exported(name);
    if (definition !== null) return interpreter.fromDefinition(definition, path, steps + 1);
    for (const star of whatIsHereFirst(interpreter, own, path)) {
      const value =
        star.from === null
          ? localStar(interpreter, own, star.local, name, path, steps)
          : exported(interpreter, interpreter.moduleOf(star.from, path), name, steps + 1);
      if (value.kind !== 'unknown') return value;
    }
    for (const star of own.starImports) {
      const value = exported(interpreter, interpreter.moduleOf(star.from, path), name, steps + 1);
      if (value.kind !== 'unknown') return value;
    }
    const whole = wholeOf(interpreter, own, path, steps);
    if (whole.kind !== 'unknown' && whole.kind !== 'function') return member(interpreter, whole, name, steps + 1);
  }
  return submodule(interpreter, module, name);
}

/** What a module gives on as a whole: one that is not here is not asked for a name that another gives, of which there can be but one. */
function whatIsHereFirst(interpreter: Interpreter, { starExports }: FileSymbols, path: string): readonly ExportFact[] {
  if (starExports.length < 2) return starExports;
  const isHere = ({ from }: ExportFact): boolean => {
    const module = from === null ? UNKNOWN : interpreter.moduleOf(from, path);
    return module.kind !== 'module' || module.paths.every(file => interpreter.files.has(file));
  };
  return [...starExports.filter(isHere), ...starExports.filter(star => !isHere(star))];
}

/** Python: a name that a package does not define may be a module of it. */
function submodule(interpreter: Interpreter, module: Value & { kind: 'module' }, name: string): Value {
  const [first] = module.paths;
  if (first === undefined || interpreter.files.get(first)?.language !== 'python') return UNKNOWN;
  const relative = first.endsWith('__init__.py') ? interpreter.moduleOf(`.${name}`, first) : UNKNOWN;
  if (relative.kind === 'module') return relative;
  const absolute = interpreter.moduleOf(`${module.specifier}.${name}`, first);
  return absolute.kind === 'module' ? absolute : UNKNOWN;
}

/** `module.exports = local`: the members of a local object are the module's. */
function localStar(
  interpreter: Interpreter,
  own: FileSymbols,
  local: string,
  name: string,
  path: string,
  steps: number,
): Value {
  const definition = own.exported(local);
  return definition === null
    ? UNKNOWN
    : member(interpreter, interpreter.fromDefinition(definition, path, steps + 1), name, steps + 1);
}

/** What `import x from` gives: the default export, or the whole module where CommonJS has none. */
export function defaultExport(interpreter: Interpreter, module: Value & { kind: 'module' }, steps: number): Value {
  const value = exported(interpreter, module, 'default', steps);
  return value.kind === 'unknown' ? wholeModule(interpreter, module, steps) : value;
}

/** What `require` and `import *` give: what stands for the module, if that is no plain object, else the module. */
export function wholeModule(interpreter: Interpreter, module: Value, steps: number): Value {
  if (module.kind !== 'module' || steps > MAX_STEPS || module.paths.every(isOfNames)) return module;
  for (const path of module.paths) {
    const own = interpreter.symbols(path);
    const whole = own === null ? UNKNOWN : wholeOf(interpreter, own, path, steps);
    if (whole.kind !== 'unknown' && whole.kind !== 'object') return whole;
  }
  return module;
}

/** Go, Python: a module is its names, and need not be read for being mentioned. */
function isOfNames(path: string): boolean {
  return /\.(?:go|pyi?)$/.test(path);
}

/** `module.exports = createClient()`, `export = isOn`: only scripts say so, while packages of Go have many files to look for it in. */
function wholeOf(interpreter: Interpreter, own: FileSymbols, path: string, steps: number): Value {
  if (!readsScripts(own.facts.language)) return UNKNOWN;
  const local = own.exports.get(WHOLE_MODULE)?.local ?? WHOLE_MODULE;
  const definition = own.exported(local);
  return definition === null ? UNKNOWN : interpreter.fromDefinition(definition, path, steps + 1);
}
