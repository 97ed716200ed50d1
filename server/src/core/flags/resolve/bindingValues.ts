/** What a name is worth that is bound once or several times: to a value, to a type, or to a client and what stands in for it. */
import type { BindingFact } from '../../languages/facts.ts';
import type { Interpreter } from './interpreter.ts';
import type { PackageKnowledge } from './packageKnowledge.ts';
import { anyOf, instanceOf, isNull, sameValue, UNKNOWN, type Value, withVia } from './value.ts';

/** The value of a name that is bound by these, where they agree; else what it is declared to be. */
export function valueOfBindings(
  interpreter: Interpreter,
  packages: PackageKnowledge,
  bindings: readonly BindingFact[],
  path: string,
  steps: number,
): Value {
  const { evaluate, files, nominal } = interpreter;
  const { language } = files.get(path)!;
  const isKnown = (value: Value & { kind: 'external' }): boolean => packages.isKnown(value.from, language);
  const given = bindings.filter(binding => binding.value !== null && !isNull(binding.value));
  const values = given.map(binding => evaluate(binding.value!, path, steps)).filter(value => value.kind !== 'unknown');
  const first = values[0];
  if (first !== undefined && (values.length === 1 || values.every(value => sameValue(value, first)))) {
    if (given.length > 1 && first.kind === 'text' && values.length !== given.length) return UNKNOWN;
    if (first.kind === 'text' || first.kind === 'prefix') return withVia(first, 'constant');
    // What is made by something that stands nobody knows where is worth what it is declared to be; and so is what a library makes to
    // stand for a type: `val toggles: Toggles = mockk()`. An SDK's type is believed before a package that no data knows.
    const isOpen = first.kind === 'external' && first.from === '';
    const isMade = first.kind === 'external' && nominal.handles(path);
    // C++ says of everything of what type it is, also of what a macro makes.
    const isOther = first.kind === 'external' && language !== 'cpp' && !isKnown(first);
    const declared = isOpen || isMade || isOther ? declaredType(interpreter, bindings, path, steps) : UNKNOWN;
    if (declared.kind === 'external' && declared.from !== '' && (isOpen || (isOther && isKnown(declared))))
      return declared;
    if (declared.kind === 'instance' && (isOpen || isMade)) return declared;
    return given.length > 1 ? anyOf(first) : first;
  }
  const declared = declaredType(interpreter, bindings, path, steps);
  return declared.kind === 'unknown' ? servedOrNot(interpreter, packages, values, path) : declared;
}

/** A client of an SDK, or what stands for it where there is none (`if OFFLINE: client = Stub() else: client = Client()`). */
function servedOrNot(
  { files }: Interpreter,
  packages: PackageKnowledge,
  values: readonly Value[],
  path: string,
): Value {
  const { language } = files.get(path)!;
  const isObject = ({ kind }: Value): boolean => kind === 'external' || kind === 'instance';
  const served = values.find(value => value.kind === 'external' && packages.isKnown(value.from, language));
  return served !== undefined && values.every(isObject) ? anyOf(served) : UNKNOWN;
}

function declaredType({ evaluate }: Interpreter, bindings: readonly BindingFact[], path: string, steps: number): Value {
  const typed = bindings.find(binding => binding.type !== null);
  return typed === undefined ? UNKNOWN : instanceOf(evaluate(typed.type!, path, steps));
}
