/**
 * What an expression's value is, followed through constants, objects, enums, classes, imports and factory calls across
 * files: a small abstract interpreter over facts. It answers two questions: which text is this key, and which package does
 * this client come from. What it can't know it calls `unknown`; it never guesses.
 */
import type { CallExpr, Expr, FileFacts, FunctionFact, ParameterFact, TypeFact } from '../../languages/facts.ts';
import type { Place, Via } from '../../model.ts';
import type { ModuleResolver } from './modules.ts';
import {
  enclosingType,
  type FileSymbols,
  indexSymbols,
  type LocalDefinition,
  lookUp,
  lookUpExported,
  spanKey,
} from './symbols.ts';

export type Value =
  /** A constant text; `place` is where it is written, `via` how it was reached. */
  | { readonly kind: 'text'; readonly text: string; readonly place: Place; readonly via: readonly Via[] }
  /** A text that starts with `prefix` and goes on unknown. */
  | { readonly kind: 'prefix'; readonly prefix: string; readonly via: readonly Via[] }
  | { readonly kind: 'literal'; readonly value: number | boolean | null }
  | { readonly kind: 'object'; readonly path: string; readonly expr: Expr & { readonly kind: 'object' } }
  | { readonly kind: 'parameter'; readonly path: string; readonly fn: FunctionFact; readonly parameter: ParameterFact }
  /** Comes from a package outside the repository: `from` is the import, `names` what was taken from it, outermost first. */
  | { readonly kind: 'external'; readonly from: string; readonly names: readonly string[] }
  | { readonly kind: 'type'; readonly path: string; readonly type: TypeFact }
  | { readonly kind: 'instance'; readonly path: string; readonly type: TypeFact }
  | { readonly kind: 'module'; readonly paths: readonly string[]; readonly specifier: string }
  | { readonly kind: 'function'; readonly path: string; readonly fn: FunctionFact }
  | { readonly kind: 'unknown' };

const UNKNOWN: Value = { kind: 'unknown' };

/** Longer chains of constants, factories and re-exports than this are left unknown. */
const MAX_STEPS = 24;

export interface Evaluator {
  symbols(path: string): FileSymbols | null;
  /** The value of an expression that stands in `path`. */
  evaluate(expr: Expr, path: string): Value;
  /** The values of a name another module exports; for tests of identity, such as finding a wrapper behind its aliases. */
  member(object: Value, name: string): Value;
  /** A type and all types it extends or implements, as far as they stand in the repository. */
  ancestors(path: string, type: TypeFact): readonly { readonly path: string; readonly type: TypeFact }[];
  /** Modules that a lookup led to but whose facts are not here yet. */
  readonly missing: ReadonlySet<string>;
}

export function createEvaluator(files: ReadonlyMap<string, FileFacts>, modules: ModuleResolver): Evaluator {
  const symbolsByPath = new Map<string, FileSymbols>();
  const missing = new Set<string>();
  const memo = new Map<Expr, Value>();

  const symbols = (path: string): FileSymbols | null => {
    const known = symbolsByPath.get(path);
    if (known !== undefined) return known;
    const facts = files.get(path);
    if (facts === undefined) {
      missing.add(path);
      return null;
    }
    const made = indexSymbols(facts);
    symbolsByPath.set(path, made);
    return made;
  };

  const evaluate = (expr: Expr, path: string, steps: number): Value => {
    if (steps > MAX_STEPS) return UNKNOWN;
    const known = memo.get(expr);
    if (known !== undefined) return known;
    memo.set(expr, UNKNOWN);
    const value = compute(expr, path, steps + 1);
    if (steps < MAX_STEPS / 2 || value.kind !== 'unknown') memo.set(expr, value);
    else memo.delete(expr);
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
      case 'member':
        return member(evaluate(expr.object, path, steps), expr.property, steps);
      case 'index': {
        const key = evaluate(expr.index, path, steps);
        return key.kind === 'text' ? member(evaluate(expr.object, path, steps), key.text, steps) : UNKNOWN;
      }
      case 'template':
        return evaluateTemplate(expr.parts, path, expr, steps);
      case 'object':
        return { kind: 'object', path, expr };
      case 'call':
        return evaluateCall(expr, path, steps);
      case 'function': {
        const fn = symbols(path)?.functionsBySpan.get(spanKey(expr.span));
        return fn === undefined ? UNKNOWN : { kind: 'function', path, fn };
      }
      case 'choice': {
        const values = expr.options.map(option => evaluate(option, path, steps));
        return values.find(value => value.kind === 'external' || value.kind === 'instance') ?? UNKNOWN;
      }
      case 'array':
      case 'other':
        return UNKNOWN;
    }
  };

  const evaluateName = (name: string, offset: number, path: string, steps: number): Value => {
    const own = symbols(path);
    if (own === null) return UNKNOWN;
    if (name === 'this' || name === 'self' || name === 'cls') {
      const type = enclosingType(own, offset);
      if (type !== null) return { kind: 'instance', path, type };
    }
    const local = lookUp(own, name, offset);
    if (local !== null) return fromDefinition(local, path, steps);
    for (const sibling of modules.siblings(path, own.facts.language)) {
      if (sibling === path) continue;
      const other = symbols(sibling);
      const definition = other === null ? null : lookUpExported(other, name);
      if (definition !== null && definition.kind !== 'import') return fromDefinition(definition, sibling, steps);
    }
    for (const star of own.starImports) {
      const value = exported(moduleOf(star.from, path), name, steps);
      if (value.kind !== 'unknown') return value;
    }
    return UNKNOWN;
  };

  const moduleOf = (specifier: string, path: string): Value => {
    const language = files.get(path)?.language;
    const paths = language === undefined ? [] : modules.resolve(path, specifier, language);
    return paths.length === 0 ? { kind: 'external', from: specifier, names: [] } : { kind: 'module', paths, specifier };
  };

  const fromDefinition = (definition: LocalDefinition, path: string, steps: number): Value => {
    switch (definition.kind) {
      case 'bindings':
        return fromBindings(definition, path, steps);
      case 'parameter':
        return { kind: 'parameter', path, fn: definition.fn, parameter: definition.parameter };
      case 'function':
        return { kind: 'function', path, fn: definition.fn };
      case 'type':
        return { kind: 'type', path, type: definition.type };
      case 'import': {
        const module = moduleOf(definition.imported.from, path);
        if (definition.imported.imported === '*') return module;
        return member(module, definition.imported.imported, steps);
      }
    }
  };

  const fromBindings = (definition: LocalDefinition & { kind: 'bindings' }, path: string, steps: number): Value => {
    const given = definition.bindings.filter(binding => binding.value !== null && !isNull(binding.value));
    const values = given
      .map(binding => evaluate(binding.value!, path, steps))
      .filter(value => value.kind !== 'unknown');
    const first = values[0];
    if (first !== undefined && (values.length === 1 || values.every(value => sameValue(value, first)))) {
      if (given.length > 1 && first.kind === 'text' && values.length !== given.length) return UNKNOWN;
      return first.kind === 'text' || first.kind === 'prefix' ? withVia(first, 'constant') : first;
    }
    const typed = definition.bindings.find(binding => binding.type !== null);
    return typed === undefined ? UNKNOWN : instanceOf(evaluate(typed.type!, path, steps));
  };

  const exported = (module: Value, name: string, steps: number): Value => {
    if (module.kind !== 'module' || steps > MAX_STEPS) return UNKNOWN;
    for (const path of module.paths) {
      const own = symbols(path);
      if (own === null) continue;
      const renamed = own.exports.get(name);
      if (renamed !== undefined) {
        if (renamed.from !== null) {
          const source = moduleOf(renamed.from, path);
          return renamed.local === '*' ? source : member(source, renamed.local, steps + 1);
        }
        const definition = lookUpExported(own, renamed.local);
        if (definition !== null) return fromDefinition(definition, path, steps + 1);
      }
      const definition = lookUpExported(own, name);
      if (definition !== null) return fromDefinition(definition, path, steps + 1);
      for (const star of own.starExports) {
        const value =
          star.from === null
            ? localStar(own, star.local, name, path, steps)
            : exported(moduleOf(star.from, path), name, steps + 1);
        if (value.kind !== 'unknown') return value;
      }
      for (const star of own.starImports) {
        const value = exported(moduleOf(star.from, path), name, steps + 1);
        if (value.kind !== 'unknown') return value;
      }
      if (own.facts.language === 'python') {
        const submodule = moduleOf(`.${name}`, path);
        if (submodule.kind === 'module' && path.endsWith('__init__.py')) return submodule;
      }
    }
    const [first] = module.paths;
    if (first !== undefined && files.get(first)?.language === 'python') {
      const submodule = moduleOf(`${module.specifier}.${name}`, first);
      if (submodule.kind === 'module') return submodule;
    }
    return UNKNOWN;
  };

  /** `module.exports = local`: the members of a local object are the module's. */
  const localStar = (own: FileSymbols, local: string, name: string, path: string, steps: number): Value => {
    const definition = lookUpExported(own, local);
    return definition === null ? UNKNOWN : member(fromDefinition(definition, path, steps + 1), name, steps + 1);
  };

  const member = (object: Value, name: string, steps: number): Value => {
    if (steps > MAX_STEPS) return UNKNOWN;
    switch (object.kind) {
      case 'external':
        return { kind: 'external', from: object.from, names: [...object.names, name] };
      case 'module':
        return name === 'default' ? defaultExport(object, steps) : exported(object, name, steps);
      case 'object': {
        const entry = object.expr.entries.find(candidate => candidate.key === name);
        return entry === undefined ? UNKNOWN : asMember(evaluate(entry.value, object.path, steps), 'object');
      }
      case 'type':
      case 'instance':
        return typeMember(object, name, steps);
      case 'parameter':
        return object.parameter.type === null
          ? UNKNOWN
          : member(instanceOf(evaluate(object.parameter.type, object.path, steps)), name, steps + 1);
      case 'text':
        return name === 'value' || name === 'name' || name === 'key' ? object : UNKNOWN;
      default:
        return UNKNOWN;
    }
  };

  const defaultExport = (module: Value & { kind: 'module' }, steps: number): Value => {
    const value = exported(module, 'default', steps);
    return value.kind === 'unknown' ? module : value;
  };

  const typeMember = (object: Value & { kind: 'type' | 'instance' }, name: string, steps: number): Value => {
    for (const { path, type } of ancestors(object.path, object.type)) {
      const own = symbols(path);
      if (own === null) continue;
      const bindings = own.members.get(`${type.name}.${name}`);
      if (bindings !== undefined) {
        const value = fromBindings({ kind: 'bindings', bindings }, path, steps);
        if (value.kind !== 'unknown')
          return asMember(value, type.form === 'enum' || bindings[0]!.form === 'enum-member' ? 'enum' : 'constant');
      }
      const method = methodsOf(path, type).find(fn => fn.name === name);
      if (method !== undefined) return { kind: 'function', path: method.path, fn: method.fn };
    }
    const outside = externalBase(object, steps);
    return outside === null ? UNKNOWN : { ...outside, names: [...outside.names, name] };
  };

  /** Methods of a type; in Go they may stand in any file of the package. */
  const methodsOf = (path: string, type: TypeFact) => {
    const language = files.get(path)?.language;
    const paths =
      language === undefined ? [path] : [path, ...modules.siblings(path, language).filter(other => other !== path)];
    return paths.flatMap(at => {
      const facts = files.get(at);
      return (facts?.functions ?? [])
        .filter(fn => fn.owner === type.name && fn.name !== null)
        .map(fn => ({ path: at, fn, name: fn.name! }));
    });
  };

  const externalBase = (
    object: Value & { kind: 'type' | 'instance' },
    steps: number,
  ): (Value & { kind: 'external' }) | null => {
    for (const { path, type } of ancestors(object.path, object.type)) {
      for (const base of type.bases) {
        const value = evaluate(base, path, steps + 1);
        if (value.kind === 'external') return value;
      }
    }
    return null;
  };

  const ancestors = (path: string, type: TypeFact) => {
    const found: { path: string; type: TypeFact }[] = [{ path, type }];
    for (let at = 0; at < found.length && found.length < 32; at++) {
      const current = found[at]!;
      for (const base of current.type.bases) {
        const value = evaluate(base, current.path, 4);
        if ((value.kind === 'type' || value.kind === 'instance') && !found.some(other => other.type === value.type)) {
          found.push({ path: value.path, type: value.type });
        }
      }
    }
    return found;
  };

  const evaluateTemplate = (parts: readonly (string | Expr)[], path: string, expr: Expr, steps: number): Value => {
    let text = '';
    for (const part of parts) {
      if (typeof part === 'string') {
        text += part;
        continue;
      }
      const value = evaluate(part, path, steps);
      if (value.kind === 'text') text += value.text;
      else if (value.kind === 'literal') text += String(value.value);
      else {
        const more = value.kind === 'prefix' ? value.prefix : '';
        return text + more === '' ? UNKNOWN : { kind: 'prefix', prefix: text + more, via: ['template'] };
      }
    }
    return { kind: 'text', text, place: { path, span: expr.span }, via: ['template'] };
  };

  const evaluateCall = (call: CallExpr, path: string, steps: number): Value => {
    if (isFreeze(call)) return evaluate(call.args[0]!.value, path, steps);
    const callee = evaluate(call.callee, path, steps);
    switch (callee.kind) {
      case 'external':
        return callee;
      case 'type': {
        const only = call.args.length === 1 && !call.construct ? evaluate(call.args[0]!.value, path, steps) : UNKNOWN;
        if (only.kind === 'text' || only.kind === 'prefix') return only;
        return { kind: 'instance', path: callee.path, type: callee.type };
      }
      case 'function':
        return evaluateResult(callee.path, callee.fn, steps);
      default:
        return isConversion(call) ? evaluate(call.args[0]!.value, path, steps) : UNKNOWN;
    }
  };

  /** What a function gives back, when that does not depend on its arguments: clients from factories, constants. */
  const evaluateResult = (path: string, fn: FunctionFact, steps: number): Value => {
    for (const result of fn.returns) {
      const value = evaluate(result, path, steps);
      if (value.kind === 'external' || value.kind === 'instance' || value.kind === 'object') return value;
    }
    return UNKNOWN;
  };

  return {
    symbols,
    evaluate: (expr, path) => evaluate(expr, path, 0),
    member: (object, name) => member(object, name, 0),
    ancestors,
    missing,
  };
}

function instanceOf(value: Value): Value {
  return value.kind === 'type' ? { kind: 'instance', path: value.path, type: value.type } : value;
}

function isNull(expr: Expr): boolean {
  return expr.kind === 'literal' && expr.value === null;
}

function sameValue(a: Value, b: Value): boolean {
  if (a.kind === 'text' && b.kind === 'text') return a.text === b.text;
  if (a.kind === 'external' && b.kind === 'external') return a.from === b.from;
  if (a.kind === 'instance' && b.kind === 'instance') return a.type === b.type;
  return false;
}

function withVia<T extends Value & { kind: 'text' | 'prefix' }>(value: T, step: Via): T {
  const kept: readonly Via[] = value.via.filter(known => known !== 'literal');
  return { ...value, via: kept.includes(step) ? kept : [step, ...kept] };
}

/** Reaching a text through a member is what counts, not that the member is a constant in itself. */
function asMember(value: Value, step: Via): Value {
  if (value.kind !== 'text' && value.kind !== 'prefix') return value;
  return withVia({ ...value, via: value.via.filter(known => known !== 'constant') }, step);
}

/** `Object.freeze({…})`, `Object.seal`. */
function isFreeze(call: CallExpr): boolean {
  const { callee } = call;
  return (
    callee.kind === 'member' &&
    callee.object.kind === 'name' &&
    callee.object.name === 'Object' &&
    FREEZES.has(callee.property) &&
    call.args.length === 1
  );
}

const FREEZES = new Set(['freeze', 'seal']);

/** `String(KEY)`, `str(KEY)`, `string(FlagKey)`. */
function isConversion(call: CallExpr): boolean {
  return call.callee.kind === 'name' && CONVERSIONS.has(call.callee.name) && call.args.length === 1;
}

const CONVERSIONS = new Set(['String', 'str', 'string']);
