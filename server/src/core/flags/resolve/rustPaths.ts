/**
 * What a path of names means in Rust, followed through modules, what they re-export, and the other crates of the repository. Which
 * names a path may stand for is `rustModules.ts`' business.
 */
import type { ImportFact } from '../../languages/facts.ts';
import type { Interpreter } from './interpreter.ts';
import { member } from './members.ts';
import { rustModuleOf, rustNames } from './rustModules.ts';
import type { Value } from './value.ts';

/** The module that holds an offset of a file. */
export function rustModuleAt({ nominal, files }: Interpreter, path: string, offset: number): string {
  const spaces = (files.get(path)?.types ?? []).filter(
    ({ form, span }) => form === 'namespace' && span.start <= offset && offset < span.end,
  );
  const named = [rustModuleOf(path), ...spaces.map(space => space.name)].join('.');
  return nominal.types.modulesNamed(named).length > 0 ? named : rustModuleOf(path);
}

/** What a path means in a module; null when nothing here tells. `asked` are the modules that are asked already, and take it over. */
export function rustPath(
  interpreter: Interpreter,
  names: readonly string[],
  module: string,
  steps: number,
  asked: readonly string[] = [],
): Value | null {
  for (const full of rustNames(names, module, interpreter.nominal.types.crates)) {
    const found = absolute(interpreter, full.split('.'), steps, asked);
    if (found !== null) return found;
  }
  return null;
}

/** The full name of the module that a path means; null when it means none. */
export function rustModuleNamed(interpreter: Interpreter, names: readonly string[], module: string): string | null {
  const { types } = interpreter.nominal;
  return rustNames(names, module, types.crates).find(full => types.modulesNamed(full).length > 0) ?? null;
}

function absolute(
  interpreter: Interpreter,
  names: readonly string[],
  steps: number,
  asked: readonly string[],
): Value | null {
  const { types } = interpreter.nominal;
  const full = names.join('.');
  const free = types.free(full, 'rust');
  if (free !== null) return interpreter.fromDefinition(free.definition, free.path, steps + 1);
  for (let count = names.length; count > 0; count--) {
    const type = types.qualified(names.slice(0, count).join('.'), 'rust');
    if (type === null) continue;
    return names
      .slice(count)
      .reduce<Value>((value, part) => member(interpreter, value, part, steps + 1), { kind: 'type', ...type });
  }
  return steps > MAX_REEXPORTS ? null : reexported(interpreter, names, steps, asked);
}

/** What the innermost module that is here takes over from others under the next name. */
function reexported(
  interpreter: Interpreter,
  names: readonly string[],
  steps: number,
  asked: readonly string[],
): Value | null {
  const { types } = interpreter.nominal;
  for (let count = names.length - 1; count > 0; count--) {
    const module = names.slice(0, count).join('.');
    const places = types.modulesNamed(module);
    if (places.length === 0) continue;
    // `use super::*` leads back to where the name was asked for.
    if (asked.includes(module)) return null;
    for (const { path, span } of places) {
      const imports = (interpreter.files.get(path)?.imports ?? []).filter(
        imported => span === null || (imported.span.start >= span.start && imported.span.end <= span.end),
      );
      for (const taken of imports) {
        const { local, imported, from } = taken;
        const isMeant = local === names[count] || local === '*';
        if (!isMeant || from === '') continue;
        const next = [...from.split('.'), local === '*' ? names[count]! : imported, ...names.slice(count + 1)];
        const found = rustPath(interpreter, next, module, steps + 4, [...asked, module]);
        if (found !== null && found.kind !== 'unknown') return found;
        const outside = local === '*' ? null : fromOutside(interpreter, taken, path, steps);
        if (outside !== null) return { ...outside, names: [...outside.names, ...names.slice(count + 1)] };
      }
    }
    return null;
  }
  return null;
}

/** What is taken over from a crate that is not here. */
function fromOutside(interpreter: Interpreter, taken: ImportFact, path: string, steps: number) {
  const value = interpreter.nominal.imported(taken, path, steps + 4);
  return value.kind === 'external' && value.from !== '' ? value : null;
}

/** Re-exports cost four steps each: deeper ones are left unknown. */
const MAX_REEXPORTS = 20;
