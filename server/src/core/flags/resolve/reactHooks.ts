/**
 * What React's hooks give back, as values: `useCallback(f)` is `f`, `useMemo(() => v)` is `v`, and `useContext(C)` is what a provider
 * of `C` in the file that makes `C` hands on, else what `C` was made with; of a package's own context, whatever that package gives. State is
 * not followed: nobody knows what it is.
 */
import type { CallExpr, Expr, FileFacts } from '../../languages/facts.ts';
import { lastName } from '../names/lastName.ts';
import type { Interpreter } from './interpreter.ts';
import { UNKNOWN, type Value } from './value.ts';

/** The value of a hook's call; unknown where it is none of these. `hook` is what the callee is worth. */
export function hookValue(
  interpreter: Interpreter,
  hook: Value & { kind: 'external' },
  call: CallExpr,
  path: string,
  steps: number,
): Value {
  const given = call.args[0]?.value;
  if (given === undefined || !PACKAGES.has(hook.from)) return UNKNOWN;
  switch (hook.names.at(-1)) {
    case 'useCallback':
      return interpreter.evaluate(given, path, steps + 1);
    case 'useMemo':
      return madeBy(interpreter, given, path, steps + 1);
    case 'use':
    case 'useContext':
      return contextValue(interpreter, given, path, steps + 1);
    default:
      return UNKNOWN;
  }
}

const PACKAGES: ReadonlySet<string> = new Set(['react', 'preact', 'preact/hooks', 'preact/compat']);

function madeBy(interpreter: Interpreter, maker: Expr, path: string, steps: number): Value {
  const value = interpreter.evaluate(maker, path, steps);
  const [result] = value.kind === 'function' ? value.fn.returns : [];
  return value.kind !== 'function' || result === undefined ? UNKNOWN : interpreter.evaluate(result, value.path, steps);
}

function contextValue(interpreter: Interpreter, context: Expr, path: string, steps: number): Value {
  const value = interpreter.evaluate(context, path, steps);
  if (value.kind !== 'external') return UNKNOWN;
  // What a package's own context hands on is the package's.
  if (value.made === undefined) return PACKAGES.has(value.from) || value.from === '' ? UNKNOWN : value;
  if (value.names.at(-1) !== 'createContext') return UNKNOWN;
  const { call, path: at } = value.made;
  const facts = interpreter.files.get(at);
  const name = facts?.bindings.find(binding => binding.value?.span.start === call.span.start)?.name;
  for (const handed of facts === undefined || name === undefined ? [] : handedOnBy(name, facts)) {
    const found = interpreter.evaluate(handed, at, steps);
    if (found.kind !== 'unknown') return found;
  }
  const [initial] = call.args;
  return initial === undefined ? UNKNOWN : interpreter.evaluate(initial.value, at, steps);
}

/** What the providers of a context in one file hand on: `<C.Provider value={v}>`, `createElement(C.Provider, { value: v })`. */
function handedOnBy(name: string, { elements, calls }: FileFacts): readonly Expr[] {
  const provider = `${name}.Provider`;
  const written = elements
    .filter(element => element.name === name || element.name === provider)
    .map(({ attributes }) => attributes.find(attribute => attribute.name === 'value')?.value ?? null);
  const made = calls.map(({ callee, args: [type, properties] }) => {
    const isMaker = CREATES.has(lastName(callee)) && type?.value.kind === 'member';
    if (!isMaker || `${lastName(type.value.object)}.${type.value.property}` !== provider) return null;
    const given = properties?.value.kind === 'object' ? properties.value.entries : [];
    return given.find(({ key }) => key === 'value')?.value ?? null;
  });
  return [...written, ...made].filter(value => value !== null);
}

const CREATES: ReadonlySet<string> = new Set(['createElement', 'h', 'jsx', 'jsxs']);
