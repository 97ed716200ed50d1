/** What a callback is handed of a module that is loaded when it is needed: `import('./flags').then(({ isOn }) => …)`. */
import type { FunctionFact, ParameterFact } from '../../languages/facts.ts';
import { isScript } from '../../languages/facts.ts';
import { wholeModule } from './exports.ts';
import type { Interpreter } from './interpreter.ts';
import { member } from './members.ts';
import { requiredModule, type Value } from './value.ts';

/** The value of a parameter of such a callback, or null. */
export function loadedModule(
  interpreter: Interpreter,
  { fn, parameter: { position, property } }: { readonly fn: FunctionFact; readonly parameter: ParameterFact },
  path: string,
  steps: number,
): Value | null {
  if (fn.name !== null || position !== 0) return null;
  const symbols = interpreter.symbols(path);
  const callee =
    symbols !== null && isScript(symbols.facts.language) ? symbols.callWith(fn.span.start)?.callee : undefined;
  if (callee?.kind !== 'member' || callee.property !== 'then' || callee.object.kind !== 'call') return null;
  const from = requiredModule(callee.object);
  if (from === null || property?.includes('.')) return null;
  const module = wholeModule(interpreter, interpreter.moduleOf(from, path), steps + 1);
  return property === null ? module : member(interpreter, module, property, steps + 1);
}
