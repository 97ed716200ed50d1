/**
 * The declarations that a method stands for: methods of interfaces and base classes, and what the type of an object literal declares. What is
 * asked through them is a wrapper as the method is, which is `wrappers.ts`' business.
 */
import { type FunctionFact, isNominal, isScript } from '../../languages/facts.ts';
import type { FileIndex } from '../linking/fileIndex.ts';
import { lastName } from '../names/lastName.ts';
import { UNKNOWN } from '../resolve/value.ts';
import type { LinkState } from './linkState.ts';

/** Methods of interfaces and base classes that a method stands for. */
export function declarationsOf(
  state: LinkState,
  path: string,
  fn: FunctionFact,
): readonly { path: string; fn: FunctionFact }[] {
  const owner = fn.owner === null ? undefined : state.files.get(path)?.types.find(type => type.name === fn.owner);
  if (state.files.get(path)?.language === 'go') return fn.owner === null ? [] : goInterfaceMethods(state, fn);
  if (fn.owner === null && isScript(state.files.get(path)?.language)) return declaredForObject(state, path, fn);
  if (owner === undefined) return [];
  return state.evaluator.ancestors(path, owner).flatMap(({ path: at, type }) =>
    (state.files.get(at)?.functions ?? [])
      .filter(method => method.owner === type.name && method.name === fn.name && method !== fn)
      .filter(method => !isNominal(state.files.get(path)!.language) || takesAsMuch(method, fn))
      .map(method => ({ path: at, fn: method })),
  );
}

/**
 * TypeScript: the methods that a function of an object stands for, `{ ask: key => … }`, by the type that the variable around it is of or that
 * the function around it gives.
 */
function declaredForObject(
  state: LinkState,
  path: string,
  fn: FunctionFact,
): readonly { path: string; fn: FunctionFact }[] {
  const { bindings, functions } = state.files.get(path)!;
  const around = [
    ...bindings.map(({ type, value }) => ({ type, span: value?.span ?? null })),
    ...functions.map(({ resultType, span }) => ({ type: resultType ?? null, span })),
  ];
  return around.flatMap(({ type, span }) => {
    const isAround = span !== null && span.start < fn.nameSpan.start && span.end > fn.span.end;
    const declared = isAround && type !== null ? state.evaluator.evaluate(type, path) : UNKNOWN;
    if (declared.kind !== 'type' || declared.type.form === 'class') return [];
    return state.evaluator
      .ancestors(declared.path, declared.type)
      .flatMap(({ path: at, type: { name } }) =>
        (state.files.get(at)?.functions ?? [])
          .filter(method => method.owner === name && method.name === fn.name && method !== fn)
          .map(method => ({ path: at, fn: method })),
      );
  });
}

/** Java and C# tell methods of one name apart by their parameters. */
function takesAsMuch(method: FunctionFact, fn: FunctionFact): boolean {
  return method.parameters.length === fn.parameters.length;
}

/** Go's interfaces are met by shape: the same name and as many parameters, of types that are called the same. */
function goInterfaceMethods(state: LinkState, fn: FunctionFact): readonly { path: string; fn: FunctionFact }[] {
  const count = parameterCount(fn);
  const found: { path: string; fn: FunctionFact }[] = [];
  for (const [path, facts] of state.files) {
    if (facts.language !== 'go') continue;
    for (const method of state.indexFile(facts).found(interfaceMethods).get(fn.name!) ?? [])
      if (parameterCount(method) === count && takesTheSame(method, fn)) found.push({ path, fn: method });
  }
  return found;
}

/** Whether no parameter of one is of a type that has another name than that at its place in the other, as far as both have one. */
function takesTheSame(a: FunctionFact, b: FunctionFact): boolean {
  return a.parameters.every(({ position, type }) => {
    const other = b.parameters.find(parameter => parameter.position === position)?.type ?? null;
    const [own, others] = [type, other].map(each => (each === null ? '' : lastName(each)));
    return own === '' || others === '' || own === others;
  });
}

function parameterCount({ parameters }: FunctionFact): number {
  return parameters.filter(({ position }) => position >= 0).length;
}

/** The methods that a file's interfaces declare, by name. */
export function interfaceMethods({ facts }: FileIndex): ReadonlyMap<string, readonly FunctionFact[]> {
  const interfaces = new Set(facts.types.filter(type => type.form === 'interface').map(type => type.name));
  const methods = new Map<string, FunctionFact[]>();
  for (const fn of interfaces.size === 0 ? [] : facts.functions) {
    if (fn.name === null || fn.owner === null || !interfaces.has(fn.owner)) continue;
    const known = methods.get(fn.name);
    if (known === undefined) methods.set(fn.name, [fn]);
    else known.push(fn);
  }
  return methods;
}
