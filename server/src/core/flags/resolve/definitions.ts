/**
 * Where a name of a script is bound, through what modules import and give on: for who asks what was written, not what it is worth. That is
 * `values.ts`' business.
 */
import type { BindingFact } from '../../languages/facts.ts';
import type { Interpreter } from './interpreter.ts';
import { type FileSymbols, type LocalDefinition, lookUp } from './symbols.ts';
import type { Value } from './value.ts';

/** A binding, and the file in which it stands. */
export interface PlacedBinding {
  readonly path: string;
  readonly binding: BindingFact;
}

/** The binding that a name means at an offset (UTF-16) of a file; null where it means anything else, or one of several. */
export function bindingMeant(
  interpreter: Interpreter,
  name: string,
  offset: number,
  path: string,
): PlacedBinding | null {
  const own = interpreter.symbols(path);
  return own === null ? null : ofDefinition(interpreter, lookUp(own, name, offset), path, MOST_STEPS);
}

/** Longer chains of modules that give a name on are not followed. */
const MOST_STEPS = 6;

function ofDefinition(
  interpreter: Interpreter,
  definition: LocalDefinition | null,
  path: string,
  steps: number,
): PlacedBinding | null {
  if (definition?.kind === 'bindings') {
    const [binding, ...others] = definition.bindings;
    return binding === undefined || others.length > 0 ? null : { path, binding };
  }
  if (definition?.kind !== 'import' || steps === 0) return null;
  const { from, imported } = definition.imported;
  return exportedAs(interpreter, interpreter.moduleOf(from, path), imported, steps - 1);
}

function exportedAs(interpreter: Interpreter, module: Value, name: string, steps: number): PlacedBinding | null {
  if (module.kind !== 'module' || steps === 0) return null;
  for (const path of module.paths) {
    const own = interpreter.symbols(path);
    const found = own === null ? null : exportedHere(interpreter, own, path, name, steps);
    if (found !== null) return found;
  }
  return null;
}

function exportedHere(
  interpreter: Interpreter,
  own: FileSymbols,
  path: string,
  name: string,
  steps: number,
): PlacedBinding | null {
  const renamed = own.exports.get(name);
  if (renamed?.from != null)
    return exportedAs(interpreter, interpreter.moduleOf(renamed.from, path), renamed.local, steps - 1);
  const definition = own.exported(renamed?.local ?? name);
  if (definition !== null) return ofDefinition(interpreter, definition, path, steps - 1);
  for (const { from } of own.starExports) {
    const found = from === null ? null : exportedAs(interpreter, interpreter.moduleOf(from, path), name, steps - 1);
    if (found !== null) return found;
  }
  return null;
}
