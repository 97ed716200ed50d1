/**
 * What an expression's value is, followed through constants, objects, enums, classes, imports and factory calls across
 * files: a small abstract interpreter over facts. It answers two questions: which text is this key, and which package does
 * this client come from. What it can't know it calls `unknown`; it never guesses.
 */
import type { CallExpr, Expr, FileFacts, FunctionFact, TypeFact } from '../../languages/facts.ts';
import { valueOfBindings } from './bindingValues.ts';
import { componentOf } from './components.ts';
import { bindingMeant, type PlacedBinding } from './definitions.ts';
import { exported, wholeModule } from './exports.ts';
import { textGivenBack } from './givenBack.ts';
import { handedOn } from './handedOn.ts';
import type { Interpreter } from './interpreter.ts';
import { loadedModule } from './loadedModules.ts';
import { createLookups, type Lookups } from './lookups.ts';
import { ancestors, member, methodBeside, type PlacedType } from './members.ts';
import { mockedClass } from './mocks.ts';
import type { ModuleResolver } from './modules.ts';
import { moduleNamed, pythonSubmodule } from './namedModules.ts';
import { createNominal, type Nominal } from './nominal.ts';
import type { PackageKnowledge } from './packageKnowledge.ts';
import { partialValue } from './partials.ts';
import { createProgram } from './program.ts';
import type { ProgramIndex } from './programNames.ts';
import { hookValue } from './reactHooks.ts';
import { enclosingType, type FileSymbols, type LocalDefinition, lookUp } from './symbols.ts';
import { concatenated, templateText } from './texts.ts';
import type { TypeIndex } from './typeIndex.ts';
import {
  anyOf,
  asKey,
  instanceOf,
  isBound,
  isConversion,
  isFilter,
  isFreeze,
  MAX_STEPS,
  requiredModule,
  UNKNOWN,
  type Value,
} from './value.ts';

export interface Evaluator {
  symbols(path: string): FileSymbols | null;
  /** The value of an expression that stands in `path`. */
  evaluate(expr: Expr, path: string): Value;
  /** The values of a name another module exports; for tests of identity, such as finding a wrapper behind its aliases. */
  member(object: Value, name: string): Value;
  /** A type and all types it extends or implements, as far as they stand in the repository. */
  ancestors(path: string, type: TypeFact): readonly PlacedType[];
  /** Scripts: where a name is bound. */
  bound(name: string, offset: number, path: string): PlacedBinding | null;
  /** To be told that the results of a function were looked at. */
  tell(path: string, fn: FunctionFact): void;
}

/** The same for one file, with what it would have needed. */
export interface FileEvaluator extends Evaluator, Pick<Lookups, 'missing' | 'sought' | 'reads'> {
  /** C#: types that no path leads to. Files that declare one would resolve more. */
  readonly undeclared: ReadonlySet<string>;
}

/** What evaluators of one repository have in common. */
export interface Surveyed {
  readonly files: ReadonlyMap<string, FileFacts>;
  readonly modules: ModuleResolver;
  /** The names of a file, by its facts. */
  readonly symbolsOf: (facts: FileFacts) => FileSymbols;
  /** What is known of packages outside the repository. */
  readonly packages: PackageKnowledge;
  /** Names of the whole repository, made when one is first asked for. */
  readonly types: (interpreter: Interpreter) => TypeIndex;
  readonly program: () => ProgramIndex;
}

/**
 * An evaluator for what one file asks. What it has found out it keeps, also what could not be known because the question led in a circle:
 * so that answers depend on the order in which this file asks, and on no other file's questions.
 * @param tell is told of functions whose results are looked at.
 */
export function createEvaluator(
  surveyed: Surveyed,
  asking: string,
  tell: (path: string, fn: FunctionFact) => void,
): FileEvaluator {
  const { files, modules, symbolsOf, packages, types, program: programNames } = surveyed;
  const { symbols, symbolsNaming, missing, sought, reads } = createLookups(files, symbolsOf, asking);
  const memo = new Map<Expr, Value>();
  /** Unknown when asked after so many steps: from there no less can be known, from nearer perhaps more. */
  const unknownFrom = new Map<Expr, number>();

  const evaluate = (expr: Expr, path: string, steps: number): Value => {
    if (steps > MAX_STEPS) return UNKNOWN;
    const known = memo.get(expr);
    if (known !== undefined) return known;
    if (steps >= (unknownFrom.get(expr) ?? Number.POSITIVE_INFINITY)) return UNKNOWN;
    memo.set(expr, UNKNOWN);
    const value = compute(expr, path, steps + 1);
    if (steps < MAX_STEPS / 2 || value.kind !== 'unknown') memo.set(expr, value);
    else {
      memo.delete(expr);
      unknownFrom.set(expr, steps);
    }
    return value;
  };

  const compute = (expr: Expr, path: string, steps: number): Value => {
    switch (expr.kind) {
      case 'string':
        return { kind: 'text', text: expr.value, place: { path, span: expr.span }, via: ['literal'] };
      case 'literal':
        return { kind: 'literal', value: expr.value };
      case 'name':
        return evaluateName(expr.name, expr.span.start, path, steps);
      case 'member': {
        const named = program.path(expr, path, steps);
        if (named !== null && named.kind !== 'unknown') return named;
        const whole = nominal.path(expr, path, steps);
        if (whole !== null) return whole;
        const value = member(interpreter, evaluate(expr.object, path, steps), expr.property, steps);
        const mayStandHere = value.kind === 'external' && (value.from === '' || isOfKotlinFile(value, path));
        return mayStandHere ? nominal.qualified(value, path, steps) : value;
      }
      case 'index': {
        const key = asKey(evaluate(expr.index, path, steps));
        const object = evaluate(expr.object, path, steps);
        // Ruby: what a gem's object gives in brackets is an object of the gem, whatever stands in them.
        if (object.kind === 'external' && program.familyOf(path) === 'ruby') {
          return member(interpreter, object, '[]', steps);
        }
        if (object.kind === 'array' && key.kind === 'literal')
          return member(interpreter, object, String(key.value), steps);
        return key.kind === 'text' ? member(interpreter, object, key.text, steps) : UNKNOWN;
      }
      case 'template':
        return templateText(interpreter, expr.parts, path, expr, steps);
      case 'object':
        return { kind: 'object', path, expr };
      case 'call':
        return concatenated(interpreter, expr, path, steps) ?? evaluateCall(expr, path, steps);
      case 'function': {
        const fn = symbols(path)?.functionAt(expr.span);
        return fn === undefined ? UNKNOWN : { kind: 'function', path, fn };
      }
      case 'choice': {
        const values = expr.options.map(option => evaluate(option, path, steps));
        const object = values.find(value => value.kind === 'external' || value.kind === 'instance');
        // `const useFlag = isServed ? useServed : useDefault`: who calls it doesn't know which.
        const asks = values.find(value => value.kind === 'function' && value.fn.parameters.length > 0);
        return anyOf(object ?? asks ?? UNKNOWN);
      }
      case 'array':
        return { kind: 'array', path, expr };
      case 'placed':
        return evaluate(expr.expr, expr.path, steps);
      case 'other':
        return UNKNOWN;
    }
  };

  /** Java: a member of a class that nothing here declares may stand in a Kotlin file. */
  const isOfKotlinFile = ({ from, names }: Value & { kind: 'external' }, path: string): boolean =>
    names.length === 2 && files.get(path)?.language === 'java' && !packages.isKnown(from, 'java');

  const evaluateName = (name: string, offset: number, path: string, steps: number): Value => {
    const own = symbols(path);
    if (own === null) return UNKNOWN;
    if (nominal.handles(path)) return nominal.name(name, offset, path, steps);
    if (program.familyOf(path) !== null) return program.name(name, offset, path, steps);
    if (name === 'this' || name === 'self' || name === 'cls') {
      const type = enclosingType(own, offset);
      if (type !== null) return { kind: 'instance', path, type };
      const component = componentOf(interpreter, path, own, offset);
      if (component !== null) return component;
    }
    const local = lookUp(own, name, offset);
    if (local !== null) return fromDefinition(local, path, steps);
    for (const sibling of modules.siblings(path, own.facts.language)) {
      if (sibling === path) continue;
      const other = symbolsNaming(sibling, name);
      const definition = other === null ? null : other.exported(name);
      if (definition !== null && definition.kind !== 'import') return fromDefinition(definition, sibling, steps);
    }
    const selfNamed = own.facts.imports.find(imported => packages.nameOf(imported.from) === name);
    if (selfNamed !== undefined) return moduleOf(selfNamed.from, path);
    for (const star of own.starImports) {
      const value = exported(interpreter, moduleOf(star.from, path), name, steps);
      if (value.kind !== 'unknown') return value;
    }
    return UNKNOWN;
  };

  const moduleOf = (specifier: string, path: string): Value => moduleNamed(surveyed, specifier, path);

  const fromDefinition = (definition: LocalDefinition, path: string, steps: number): Value => {
    switch (definition.kind) {
      case 'bindings':
        return valueOfBindings(interpreter, packages, definition.bindings, path, steps);
      case 'parameter':
        return loadedModule(interpreter, definition, path, steps) ?? { ...definition, path };
      case 'function':
        return { kind: 'function', path, fn: definition.fn };
      case 'type':
        return { kind: 'type', path, type: definition.type };
      case 'import': {
        if (nominal.handles(path)) return nominal.imported(definition.imported, path, steps);
        if (program.familyOf(path) !== null) return program.imported(definition.imported, path, steps);
        const module = moduleOf(definition.imported.from, path);
        if (definition.imported.imported === '*') return wholeModule(interpreter, module, steps);
        const submodule = pythonSubmodule(surveyed, module, definition.imported, path);
        if (submodule !== null) return submodule;
        return member(interpreter, module, definition.imported.imported, steps);
      }
    }
  };

  const evaluateCall = (call: CallExpr, path: string, steps: number): Value => {
    if (nominal.handles(path)) return nominal.call(call, path, steps);
    if (isFreeze(call)) return evaluate(call.args[0]!.value, path, steps);
    if (isFilter(call)) return evaluate(call.args[1]!.value, path, steps);
    const required = requiredModule(call);
    if (required !== null) return wholeModule(interpreter, moduleOf(required, path), steps);
    // `client.isOn.bind(client)` is `client.isOn`.
    if (isBound(call)) return evaluate(call.callee.object, path, steps);
    const mocked = program.familyOf(path) === 'php' ? mockedClass(call) : null;
    if (mocked !== null) return instanceOf(evaluate(mocked, path, steps));
    const callee = evaluate(call.callee, path, steps);
    switch (callee.kind) {
      case 'external': {
        const hooked = hookValue(interpreter, callee, call, path, steps);
        const given = hooked.kind === 'unknown' ? partialValue(interpreter, callee, call, path, steps) : hooked;
        return given.kind === 'unknown' ? { ...callee, made: { call, path } } : given;
      }
      case 'type': {
        const isConverted = call.args.length === 1 && !call.construct && !hasMaker(callee.path, callee.type);
        const only = isConverted ? evaluate(call.args[0]!.value, path, steps) : UNKNOWN;
        if (only.kind === 'text' || only.kind === 'prefix') return only;
        return { kind: 'instance', path: callee.path, type: callee.type, made: { call, path } };
      }
      case 'instance': {
        // PHP's `new self`, Ruby's `new` in a class method.
        if (call.construct) return { kind: 'instance', path: callee.path, type: callee.type };
        if (call.callee.kind !== 'member' || program.familyOf(path) !== 'php') return UNKNOWN;
        const method = methodBeside(interpreter, evaluate(call.callee.object, path, steps), call.callee.property);
        return method?.kind === 'function' ? evaluateResult(method.path, method.fn, steps) : UNKNOWN;
      }
      case 'function': {
        tell(callee.path, callee.fn);
        const text = textGivenBack(interpreter, callee, call, path, steps);
        if (text.kind === 'text') return text;
        return handedOn(evaluateResult(callee.path, callee.fn, steps), { fn: callee.fn, call, path });
      }
      default:
        if (call.construct && call.callee.kind === 'name' && isGlobal(call.callee.name, call.callee.span.start, path)) {
          return { kind: 'builtin' };
        }
        return isConversion(call) ? evaluate(call.args[0]!.value, path, steps) : UNKNOWN;
    }
  };

  /** Whether a class does something of its own with what it is constructed with. */
  const hasMaker = (path: string, { name }: TypeFact): boolean =>
    symbols(path)?.methods.has(`${name}.__init__`) === true;

  /** A name that nothing in its file declares or imports, in a language whose files declare what they use. */
  const isGlobal = (name: string, offset: number, path: string): boolean => {
    const own = symbols(path);
    return (
      own !== null && own.facts.language !== 'go' && own.starImports.length === 0 && lookUp(own, name, offset) === null
    );
  };

  /** What a function gives back, when that does not depend on its arguments: clients from factories, constants. */
  const evaluateResult = (path: string, fn: FunctionFact, steps: number): Value => {
    tell(path, fn);
    for (const result of fn.returns) {
      const value = evaluate(result, path, steps);
      if (value.kind === 'external' || value.kind === 'instance' || value.kind === 'object') return value;
      // A function that makes a function: what is asked is the one that was made.
      if (value.kind === 'function' && result.kind === 'function') return value;
    }
    // What one of several clients is: an object of the type that the function says it gives.
    const declared = fn.resultType === undefined ? UNKNOWN : instanceOf(evaluate(fn.resultType, path, steps + 1));
    return declared.kind === 'instance' ? declared : UNKNOWN;
  };

  const nominal: Nominal = createNominal(
    () => interpreter,
    packages,
    path => missing.add(path),
    () => types(interpreter),
  );
  const program = createProgram(
    () => interpreter,
    programNames,
    packages,
    path => missing.add(path),
  );
  const interpreter: Interpreter = {
    files,
    modules,
    symbols,
    symbolsNaming,
    evaluate,
    fromDefinition,
    fromBindings: (bindings, path, steps) => valueOfBindings(interpreter, packages, bindings, path, steps),
    moduleOf,
    nominal,
    program,
    lineages: new Map(),
    tell,
  };
  return {
    symbols,
    evaluate: (expr, path) => evaluate(expr, path, 0),
    member: (object, name) => member(interpreter, object, name, 0),
    ancestors: (path, type) => ancestors(interpreter, path, type),
    bound: (name, offset, path) => bindingMeant(interpreter, name, offset, path),
    tell,
    missing,
    sought,
    undeclared: nominal.undeclared,
    reads,
  };
}
