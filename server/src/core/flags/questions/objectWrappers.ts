/**
 * Wrappers that code in nominal languages and in Go makes of objects: a flag object that holds its key and is asked without one (`PAY.isOn()`), a
 * method that is given such an object or an enum's constant and takes the key out of it (`isOn(Flag.PAY)`), an attribute whose
 * constructor is given the key; and which of a method's overloads a call means. What else is a wrapper is `wrappers.ts`'
 * business.
 */
import { type CallExpr, type Expr, type FunctionFact, isNominal, isScript } from '../../languages/facts.ts';
import type { JsonValue } from '../../model.ts';
import { CALL_OPERATORS } from '../names/questionWords.ts';
import { argumentAt, argumentOfFunction, argumentOfParameter } from '../resolve/arguments.ts';
import { sharedFolders } from '../resolve/modules.ts';
import { isConstructor } from '../resolve/nominalMembers.ts';
import { enclosingFunctions } from '../resolve/symbols.ts';
import type { Value } from '../resolve/value.ts';
import type { ArgumentAt } from '../sdk.ts';
import type { KeyStep, LinkState, Match, Wrapper } from './linkState.ts';

/** The wrappers that a check makes of the methods and the type around it. */
export function objectWrappers(
  state: LinkState,
  match: Match,
  key: Value,
  fallback: JsonValue | undefined,
): readonly Wrapper[] {
  const { keyExpr, path } = match;
  const facts = state.files.get(path)!;
  if (keyExpr === null || match.role !== 'check') return [];
  if (!isNominal(facts.language) && facts.language !== 'go' && !isScript(facts.language)) return [];
  const common = {
    fallback: null,
    constantFallback: fallback,
    type: match.type,
    confidence: match.confidence,
    prefix: null,
  };
  const { root, steps } = rootOf(keyExpr);
  const method = enclosingFunctions(facts, match.nameSpan.start).find(fn => fn.owner !== null && !isConstructor(fn));
  if (root.kind === 'name' && root.name === 'this' && method !== undefined) {
    return [{ ...common, path, fn: method, key: RECEIVER, through: steps }];
  }
  const value = steps.length === 0 ? null : state.evaluator.evaluate(root, path);
  // Kotlin, Scala, C#: `flag.key` is what the constructor of `flag` was given, and `flag` what the method was.
  const isOfParameter = value?.kind === 'parameter' && !isConstructor(value.fn);
  if (key.kind === 'parameter' && isConstructor(key.fn) && !isOfParameter) {
    const attribute: Wrapper = { ...common, path: key.path, fn: key.fn, key: argumentOfParameter(key.parameter) };
    if (method === undefined || method.owner !== key.fn.owner || root.kind !== 'name') return [attribute];
    const field: KeyStep = { property: root.name, call: keyExpr.kind === 'call' && steps.length === 0 };
    return [attribute, { ...common, path, fn: method, key: RECEIVER, through: [field, ...steps] }];
  }
  if (value?.kind !== 'parameter' || value.fn.name === null || isConstructor(value.fn)) return [];
  const element = annotationElement(state, value, steps);
  if (element !== null) return [{ ...common, ...element, element: true }];
  const given = match.fallbackExpr === null ? null : state.evaluator.evaluate(match.fallbackExpr, path);
  const isPassed = given?.kind === 'parameter' && given.fn === value.fn;
  return [
    {
      ...common,
      path: value.path,
      fn: value.fn,
      // Go: of a method, the receiver is a parameter too.
      key:
        value.parameter.position < 0 && facts.language === 'go'
          ? RECEIVER
          : argumentOfFunction(value.path, value.parameter),
      fallback: isPassed ? argumentOfParameter(given.parameter) : null,
      through: steps,
    },
  ];
}

/** Java: the element of an annotation that an aspect or a filter reads (`requires.value()`), if the repository declares it. */
function annotationElement(
  state: LinkState,
  { path, parameter: { type } }: Value & { kind: 'parameter' },
  [step, ...more]: readonly KeyStep[],
): Pick<Wrapper, 'path' | 'fn' | 'key'> | null {
  if (step === undefined || !step.call || more.length > 0 || type === null) return null;
  const declared = state.evaluator.evaluate(type, path);
  if (declared.kind !== 'type' || declared.type.form !== 'annotation') return null;
  const facts = state.files.get(declared.path);
  const fn = facts?.functions.find(({ owner, name }) => owner === declared.type.name && name === step.property);
  // Only `value` may be given without its name.
  const key = { position: step.property === 'value' ? 0 : Number.MAX_SAFE_INTEGER, names: [step.property] };
  return fn === undefined ? null : { path: declared.path, fn, key };
}

/** Uses of attributes whose constructor is one of these wrappers. */
export function attributeMatches(state: LinkState, path: string, wrappers: readonly Wrapper[]): readonly Match[] {
  const facts = state.files.get(path)!;
  const constructors = wrappers.filter(wrapper => isConstructor(wrapper.fn) || wrapper.element === true);
  if (constructors.length === 0 || !isNominal(facts.language)) return [];
  const names = new Set(constructors.flatMap(({ fn }) => [fn.owner, attributeName(fn)]));
  return facts.decorators.flatMap(decorator => {
    const { callee: used } = decorator;
    if (!names.has(used.kind === 'member' ? used.property : used.kind === 'name' ? used.name : null)) return [];
    const callee = state.evaluator.evaluate(decorator.callee, path);
    const meant = callee.kind === 'type' ? callee : null;
    const wrapper = constructors.find(({ path: at, fn }) => meant?.path === at && meant.type.name === fn.owner);
    const keyExpr = wrapper === undefined ? null : argumentAt(decorator, wrapper.key);
    return wrapper === undefined || keyExpr === null ? [] : [attributeMatch(path, decorator, wrapper, keyExpr)];
  });
}

/** The name by which attributes are used in C#, where the end of the type's name may be left out. */
export function attributeName(fn: FunctionFact): string | null {
  return isConstructor(fn) && fn.name!.endsWith('Attribute') ? fn.name!.slice(0, -'Attribute'.length) : null;
}

/** The key taken out of an object: `PAY.getKey()` of `PAY`. */
export function keyThrough(object: Expr, steps: readonly KeyStep[]): Expr {
  return steps.reduce<Expr>((expr, { property, call }) => {
    const { span } = object;
    const member: Expr = { kind: 'member', object: expr, property, propertySpan: span, span };
    return call ? { kind: 'call', callee: member, args: [], construct: false, nameSpan: span, span } : member;
  }, object);
}

/** What a call's callee is: of an object that can be called, the method that is meant. */
export function calledValue(state: LinkState, call: CallExpr, path: string): Value {
  const callee = state.evaluator.evaluate(call.callee, path);
  const operator = CALL_OPERATORS.get(state.files.get(path)!.language);
  if ((callee.kind !== 'instance' && callee.kind !== 'parameter') || operator === undefined) return callee;
  const method = state.evaluator.member(callee, operator);
  return method.kind === 'function' ? method : callee;
}

/** The overload that a call in the file `from` means, by its arguments; a wrapper if several fit. */
export function overloadMeant(
  state: LinkState,
  path: string,
  fn: FunctionFact,
  call: CallExpr,
  from: string,
): FunctionFact {
  const fitting = fittingOverloads(state, path, fn, call, from);
  return fitting.find(overload => state.wrappers.has(overload)) ?? fitting[0] ?? fn;
}

/** The overloads that fit a call's arguments, nearest to it first; the function alone where the language has none. */
export function fittingOverloads(
  state: LinkState,
  path: string,
  fn: FunctionFact,
  call: CallExpr,
  from: string,
): readonly FunctionFact[] {
  const facts = state.files.get(path);
  if (facts === undefined || !isNominal(facts.language) || fn.owner === null || fn.name === null) return [fn];
  const overloads = state.evaluator.symbols(path)?.methods.get(`${fn.owner}.${fn.name}`) ?? [];
  if (facts.language !== 'swift') return overloads.filter(overload => fits(overload, call));
  // Swift: a protocol's extensions, in whatever file, have more of them, which the labels of their arguments tell apart.
  const owner = facts.types.find(type => type.name === fn.owner);
  const parts = owner === undefined ? [] : [...state.evaluator.ancestors(path, owner)];
  const near = parts.sort((a, b) => sharedFolders(b.path, from) - sharedFolders(a.path, from));
  const found = near.flatMap(
    part => state.evaluator.symbols(part.path)?.methods.get(`${part.type.name}.${fn.name}`) ?? [],
  );
  const all = new Set([...overloads, ...found]);
  return [...all].filter(overload => isLabelledFor(overload, call));
}

/** Whether a call's arguments carry the labels by which a function is given them. */
export function isLabelledFor({ parameters }: FunctionFact, { args }: CallExpr): boolean {
  const given = args.filter(({ value }, index) => value.kind !== 'function' || index < args.length - 1);
  const bare = given.filter(({ name }) => name === null).length;
  const labels = new Set(parameters.map(({ label }) => label));
  return (
    given.every(({ name }) => name === null || labels.has(name)) &&
    bare <= parameters.filter(({ label }) => label === null).length &&
    args.length >= parameters.filter(({ defaultValue }) => defaultValue === null).length
  );
}

function fits(fn: FunctionFact, { args }: CallExpr): boolean {
  const parameters = fn.parameters.filter(parameter => parameter.position >= 0);
  const last = parameters.at(-1);
  const required = parameters.filter(parameter => parameter.defaultValue === null).length;
  const isOpen = last?.type?.kind === 'array';
  return args.length >= (isOpen ? required - 1 : required) && (isOpen || args.length <= parameters.length);
}

/** What an expression starts from, and the members without arguments that lead from there. */
function rootOf(expr: Expr): { readonly root: Expr; readonly steps: readonly KeyStep[] } {
  const steps: KeyStep[] = [];
  let root = expr;
  while (steps.length < MAX_KEY_STEPS) {
    const call = root.kind === 'call' && !root.construct && root.args.length === 0;
    const callee: Expr = call ? (root as CallExpr).callee : root;
    if (callee.kind === 'member') steps.unshift({ property: callee.property, call });
    else if (call) return { root: callee, steps };
    if (callee.kind !== 'member') break;
    root = callee.object;
  }
  return { root, steps };
}

const MAX_KEY_STEPS = 3;
const RECEIVER: ArgumentAt = { position: 0, receiver: true };

function attributeMatch(path: string, decorator: CallExpr, wrapper: Wrapper, keyExpr: Expr): Match {
  return {
    path,
    nameSpan: decorator.nameSpan,
    end: decorator.span.end,
    keyExpr,
    fallbackExpr: null,
    constantFallback: wrapper.constantFallback,
    system: 'inferred',
    method: attributeName(wrapper.fn) ?? wrapper.fn.owner ?? wrapper.fn.name!,
    type: wrapper.type,
    via: 'attribute',
    confidence: wrapper.confidence,
    role: 'check',
  };
}
