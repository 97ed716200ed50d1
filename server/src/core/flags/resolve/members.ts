/** Members of values: of objects, modules, enums, classes and their bases, and of what comes from outside. */
import type { BindingFact, FunctionFact, TypeFact } from '../../languages/facts.ts';
import { defaultExport, exported } from './exports.ts';
import { asHandedOn } from './handedOn.ts';
import type { Interpreter } from './interpreter.ts';
import { asMember, instanceOf, MAX_STEPS, type Made, UNKNOWN, type Value } from './value.ts';

/** The value of `object.name`. */
export function member(interpreter: Interpreter, object: Value, name: string, steps: number): Value {
  if (steps > MAX_STEPS) return UNKNOWN;
  switch (object.kind) {
    case 'external':
      return memberOfExternal(object, name);
    case 'module':
      return name === 'default'
        ? defaultExport(interpreter, object, steps)
        : exported(interpreter, object, name, steps);
    case 'object': {
      const entry = object.expr.entries.find(candidate => candidate.key === name);
      if (entry !== undefined) return asMember(interpreter.evaluate(entry.value, object.path, steps), 'object');
      return spreadMember(interpreter, object, name, steps);
    }
    case 'type':
    case 'instance':
      if (interpreter.nominal.handles(object.path)) return interpreter.nominal.member(object, name, steps);
      return typeMember(interpreter, object, name, steps);
    case 'parameter':
      return object.parameter.type === null
        ? UNKNOWN
        : member(
            interpreter,
            instanceOf(interpreter.evaluate(object.parameter.type, object.path, steps)),
            name,
            steps + 1,
          );
    case 'function':
      return interpreter.program.resultMember(object, name, steps);
    case 'array': {
      const item = object.expr.items[Number(name)];
      const value = item === undefined ? UNKNOWN : interpreter.evaluate(item, object.path, steps + 1);
      return asMember(value, 'constant');
    }
    case 'text':
      return isCalledKey(name, object) ? object : UNKNOWN;
    default:
      return UNKNOWN;
  }
}

/** Python: an enum's constant that was made of a tuple stands for its first text, which is called a slug or an id by a base. */
function isCalledKey(name: string, { via }: Value & { kind: 'text' }): boolean {
  return name === 'value' || name === 'name' || name === 'key' || (via.at(-1) === 'enum' && IDS.has(name));
}

const IDS: ReadonlySet<string> = new Set(['flag', 'flag_name', 'id', 'slug']);

/** What stands outside has whatever it is asked for; `made` is no longer the last thing that happened. */
function memberOfExternal({ from, names, named }: Value & { kind: 'external' }, name: string): Value {
  return { kind: 'external', from, names: [...names, name], ...(named === undefined ? {} : { named }) };
}

/**
 * A name that an object takes over from others. A constant is the last one's, as when the code runs; of things from outside,
 * which can't be told to have the name or not, the first stands: what comes behind it are overrides.
 */
function spreadMember(
  interpreter: Interpreter,
  object: Value & { kind: 'object' },
  name: string,
  steps: number,
): Value {
  const values = object.expr.spreads
    .map(spread => member(interpreter, interpreter.evaluate(spread, object.path, steps), name, steps + 1))
    .filter(value => value.kind !== 'unknown');
  const last = values.at(-1) ?? UNKNOWN;
  return last.kind === 'external' ? values[0]! : last;
}

function typeMember(
  interpreter: Interpreter,
  object: Value & { kind: 'type' | 'instance' },
  name: string,
  steps: number,
): Value {
  const made = object.kind === 'instance' ? object.made : undefined;
  const given =
    made?.call.args.find(argument => argument.name === name)?.value ?? positional(interpreter, object, name);
  if (made !== undefined && given !== undefined) {
    return asMember(
      asHandedOn(interpreter, interpreter.evaluate(given, made.path, steps + 1), made, steps),
      'constant',
    );
  }
  for (const { path, type } of ancestors(interpreter, object.path, object.type)) {
    const own = interpreter.symbols(path);
    if (own === null) continue;
    const bindings = own.members.get(`${type.name}.${name}`);
    if (bindings !== undefined) {
      const held = interpreter.fromBindings(bindings, path, steps);
      const received = made === undefined ? held : givenTo(interpreter, held, made, steps);
      const value = asHandedOn(interpreter, received, made, steps);
      if (value.kind !== 'unknown')
        return asMember(value, type.form === 'enum' || bindings[0]!.form === 'enum-member' ? 'enum' : 'constant');
    }
    const method = methodOf(interpreter, path, type, name);
    if (method !== null) return method;
  }
  const part = embedded(interpreter, object, name, steps);
  if (part !== null) return part;
  const behind = object.kind === 'type' ? behindFacade(interpreter, object, steps) : null;
  if (behind !== null) return member(interpreter, behind, name, steps + 1);
  const outside = externalBase(interpreter, object, steps);
  return outside === null
    ? interpreter.program.foreignMember(object, name)
    : { ...outside, names: [...outside.names, name] };
}

/** Go: what a struct embeds is also a field of it, called as its type is. */
function embedded(
  interpreter: Interpreter,
  { path, type }: Value & { kind: 'type' | 'instance' },
  name: string,
  steps: number,
): Value | null {
  if (interpreter.files.get(path)?.language !== 'go') return null;
  const base = type.bases.find(
    candidate =>
      (candidate.kind === 'name' && candidate.name === name) ||
      (candidate.kind === 'member' && candidate.property === name),
  );
  return base === undefined ? null : instanceOf(interpreter.evaluate(base, path, steps + 1));
}

/** Go: a struct may be made of its fields' values in their order. */
function positional(interpreter: Interpreter, object: Value & { kind: 'type' | 'instance' }, name: string) {
  const made = object.kind === 'instance' ? object.made : undefined;
  if (made?.call.construct !== true || made.call.args.some(argument => argument.name !== null)) return undefined;
  const facts = interpreter.files.get(object.path);
  if (facts?.language !== 'go') return undefined;
  const { span } = object.type;
  const isField = ({ owner, nameSpan }: BindingFact): boolean =>
    owner === object.type.name && nameSpan.start >= span.start && nameSpan.end <= span.end;
  return made.call.args[facts.bindings.filter(isField).findIndex(field => field.name === name)]?.value;
}

/** What a constructor's parameter is worth in an object that was made by this call. */
function givenTo(interpreter: Interpreter, value: Value, { call, path }: Made, steps: number): Value {
  if (value.kind !== 'parameter' || !isMaker(value.fn) || call.args.some(({ spread }) => spread)) return value;
  const { position, name, defaultValue } = value.parameter;
  const own = name.replace(/^\$/, '');
  const named = call.args.find(argument => argument.name === own);
  const given = named ?? call.args.filter(argument => argument.name === null)[position];
  if (given !== undefined) return interpreter.evaluate(given.value, path, steps + 1);
  return defaultValue === null ? value : interpreter.evaluate(defaultValue, value.path, steps + 1);
}

/** Whether a function is what Python, Ruby, PHP or a script call to construct an object. */
export function isMaker({ name, owner }: FunctionFact): boolean {
  return owner !== null && name !== null && MAKERS.has(name);
}

const MAKERS: ReadonlySet<string> = new Set(['__construct', '__init__', 'constructor', 'initialize']);

/** Laravel: what a facade's static calls are handed on to, where it is named by its class. */
function behindFacade(interpreter: Interpreter, { path, type }: PlacedType, steps: number): Value | null {
  if (type.bases.length === 0 || interpreter.files.get(path)?.language !== 'php') return null;
  const accessor = methodOf(interpreter, path, type, 'getFacadeAccessor');
  const [result] = accessor?.kind === 'function' ? accessor.fn.returns : [];
  if (result?.kind !== 'member' || result.property !== 'class') return null;
  const value = instanceOf(interpreter.evaluate(result.object, path, steps + 1));
  return value.kind === 'instance' || value.kind === 'external' ? value : null;
}

/** A method of a type by name; in Go it may stand in any file of the package. */
function methodOf(interpreter: Interpreter, path: string, type: TypeFact, name: string): Value | null {
  const language = interpreter.files.get(path)?.language;
  const siblings = language === undefined ? [] : interpreter.modules.siblings(path, language);
  for (const place of [path, ...siblings]) {
    const fn = interpreter.symbolsNaming(place, name)?.methods.get(`${type.name}.${name}`)?.[0];
    if (fn !== undefined) return { kind: 'function', path: place, fn };
  }
  return null;
}

/** A method of a value's type that has the name of one of its properties, too: PHP's `$instance` and `instance()`. */
export function methodBeside(interpreter: Interpreter, object: Value, name: string): Value | null {
  if (object.kind !== 'type' && object.kind !== 'instance') return null;
  for (const { path, type } of ancestors(interpreter, object.path, object.type)) {
    const method = methodOf(interpreter, path, type, name);
    if (method !== null) return method;
  }
  return null;
}

/** What a type inherits from outside the repository, when one of its ancestors does. */
export function externalBase(
  interpreter: Interpreter,
  object: Value & { kind: 'type' | 'instance' },
  steps: number,
): (Value & { kind: 'external' }) | null {
  for (const { path, type } of ancestors(interpreter, object.path, object.type)) {
    for (const base of type.bases) {
      const value = interpreter.evaluate(base, path, steps + 1);
      if (value.kind === 'external') return value;
    }
  }
  return null;
}

/** A type and all types it extends or implements, as far as they stand in the repository; nearest first. */
export function ancestors(interpreter: Interpreter, path: string, type: TypeFact): readonly PlacedType[] {
  const known = interpreter.lineages.get(type);
  if (known?.[0]?.path === path) return known;
  const found: PlacedType[] = [{ path, type }];
  let isWhole = true;
  for (let index = 0; index < found.length && found.length < MAX_ANCESTORS; index++) {
    const current = found[index]!;
    for (const part of [...interpreter.nominal.otherParts(current), ...interpreter.program.otherParts(current)]) {
      if (!found.some(other => other.type === part.type)) found.push(part);
    }
    for (const base of current.type.bases) {
      const value = interpreter.evaluate(base, current.path, 4);
      // Perhaps this base is just being looked for, and will be known.
      if (value.kind === 'unknown') isWhole = false;
      if ((value.kind === 'type' || value.kind === 'instance') && !found.some(other => other.type === value.type)) {
        found.push({ path: value.path, type: value.type });
      }
    }
  }
  if (isWhole) interpreter.lineages.set(type, found);
  return found;
}

/** A type and the file it stands in. */
export interface PlacedType {
  readonly path: string;
  readonly type: TypeFact;
}

/** Hierarchies wider than this are cut: they are generated, or circular in a way that was not foreseen. */
const MAX_ANCESTORS = 32;
