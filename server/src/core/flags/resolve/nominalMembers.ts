/**
 * Members of nominal languages' types, and what calls give: fields that a constructor fills, enum constants with what they were
 * constructed with, inherited members, nested types, extension methods, and what a container hands out by type.
 */
import {
  type BindingFact,
  type CallExpr,
  type Expr,
  type FunctionFact,
  hasFreeMembers,
  type TypeFact,
} from '../../languages/facts.ts';
import { speaksOfFlags } from '../names/flagWords.ts';
import { lastName } from '../names/lastName.ts';
import { argumentAt, argumentOfParameter } from './arguments.ts';
import { asHandedOn, handedOn } from './handedOn.ts';
import type { Interpreter } from './interpreter.ts';
import { ancestors, externalBase, member, type PlacedType } from './members.ts';
import { isMockAsked } from './mocks.ts';
import { asKey, asMember, type InstanceValue, instanceOf, MAX_STEPS, UNKNOWN, type Value } from './value.ts';

type TypeOrInstance = (Value & { kind: 'type' }) | InstanceValue;

/** The value of `object.name`. */
export function typeMember(interpreter: Interpreter, object: TypeOrInstance, name: string, steps: number): Value {
  const declared = declaredMember(interpreter, object, name, steps);
  if (declared !== null) return declared;
  // Swift: an enum's case keeps its raw value, which no declaration names.
  const raw = name === 'rawValue' && object.kind === 'instance' ? initializer(object, name) : null;
  if (raw !== null) return asMember(interpreter.evaluate(raw.value, raw.path, steps + 1), 'enum');
  // Kotlin: every constant has its name.
  if (name === 'name' && object.kind === 'instance' && object.constant !== undefined) return asKey(object);
  const extension = extensionMethod(interpreter, object, name, steps);
  if (extension !== null) return extension;
  if (name === 'class' || (name === 'this' && object.kind === 'type')) return instanceOf(object);
  // Kotlin's companions and objects, as Java calls them.
  if (object.kind === 'type' && (name === 'Companion' || name === 'INSTANCE')) return object;
  const outside = externalBase(interpreter, object, steps);
  return outside === null ? UNKNOWN : { ...outside, names: [...outside.names, name] };
}

/** A member that the type or one of its ancestors in the repository declares; null when none does. */
export function declaredMember(
  interpreter: Interpreter,
  object: TypeOrInstance,
  name: string,
  steps: number,
): Value | null {
  if (steps > MAX_STEPS) return null;
  for (const place of ancestors(interpreter, object.path, object.type)) {
    const own = interpreter.symbols(place.path);
    if (own === null) continue;
    const bindings = (own.members.get(`${place.type.name}.${name}`) ?? []).filter(({ scope }) =>
      sameSpan(scope, place.type.span),
    );
    if (bindings.length > 0) {
      const outside = own.facts.language === 'cpp' ? definedOutside(interpreter, object, bindings) : null;
      return fieldValue(interpreter, object, outside?.place ?? place, outside?.bindings ?? bindings, name, steps);
    }
    const method = ownMethods(interpreter, place, name)[0];
    if (method !== undefined && !isConstructor(method)) {
      const isKnown = object.kind === 'instance' && (object.made !== undefined || object.constant !== undefined);
      const self = isKnown ? { self: object } : {};
      return { kind: 'function', path: place.path, fn: method, ...self };
    }
    const nested = interpreter.nominal.types.nested(place, name);
    if (nested !== null) return { kind: 'type', ...nested };
  }
  return object.kind === 'instance' ? constructorArgument(interpreter, object, name, steps) : null;
}

/**
 * C++: a class declares its members, and a source file says what they are: `const Flag Flags::Pay("pay")`, `Flag::Flag(string key) : key(key) {}`.
 * For constants that speak of flags, it is wished for.
 */
function definedOutside(
  interpreter: Interpreter,
  { path, type }: TypeOrInstance,
  [declared, ...others]: readonly BindingFact[],
): { readonly place: PlacedType; readonly bindings: readonly BindingFact[] } | null {
  if (declared === undefined || declared.value !== null || others.length > 0) return null;
  for (const place of ancestors(interpreter, path, type)) {
    const named = interpreter.symbols(place.path)?.members.get(`${place.type.name}.${declared.name}`) ?? [];
    const bindings = named.filter(({ value }) => value !== null);
    if (bindings.length > 0) return { place, bindings };
  }
  const isFlag = declared.form === 'constant' && declared.type !== null && speaksOfFlags(lastName(declared.type));
  if (isFlag) interpreter.nominal.wishForDefinition(declared.name);
  return null;
}

/** All methods of a type by this name: its overloads. */
export function ownMethods(
  interpreter: Interpreter,
  { path, type }: PlacedType,
  name: string,
): readonly FunctionFact[] {
  const named = interpreter.symbols(path)?.methods.get(`${type.name}.${name}`) ?? [];
  return named.filter(fn => fn.span.start >= type.span.start && fn.span.end <= type.span.end);
}

/** Whether a function is a constructor: it has the name of its type. */
export function isConstructor(fn: FunctionFact): boolean {
  return fn.name !== null && fn.name === fn.owner;
}

/** What a call gives. */
export function evaluateCall(interpreter: Interpreter, call: CallExpr, path: string, steps: number): Value {
  const callee = interpreter.evaluate(call.callee, path, steps);
  switch (callee.kind) {
    case 'type':
      return call.construct || hasFreeMembers(interpreter.files.get(path)?.language)
        ? { kind: 'instance', path: callee.path, type: callee.type, made: { call, path } }
        : UNKNOWN;
    case 'function': {
      const result = resultOf(interpreter, callee.path, callee.fn, callee.self ?? null, steps);
      if (result.kind === 'unknown') return handedOut(interpreter, call, path, steps);
      if (call.typeArgument !== undefined && result.kind === 'instance' && result.made === undefined) {
        const asked = handedOut(interpreter, call, path, steps);
        if (asked.kind === 'instance' && extendsType(interpreter, asked, result.type)) return asked;
      }
      return handedOn(result, { fn: callee.fn, call, path });
    }
    case 'external': {
      const found = handedOut(interpreter, call, path, steps);
      const mocked = isMockAsked(callee) ? call.args[0] : undefined;
      if (mocked !== undefined) return interpreter.evaluate(mocked.value, path, steps);
      // What a library hands out by a type of the repository's own is of that type: `mockk<Toggles>()`.
      if (callee.from !== '') return found.kind === 'instance' ? found : { ...callee, made: { call, path } };
      return found.kind === 'unknown' ? callee : found;
    }
    default: {
      const found = handedOut(interpreter, call, path, steps);
      return found.kind === 'unknown' ? ofReceiver(interpreter, call, path, steps) : found;
    }
  }
}

function fieldValue(
  interpreter: Interpreter,
  object: TypeOrInstance,
  { path, type }: PlacedType,
  bindings: readonly BindingFact[],
  name: string,
  steps: number,
): Value {
  const [first] = bindings;
  if (first?.form === 'enum-member') {
    const made = first.value?.kind === 'call' ? { made: { call: first.value, path } } : {};
    return { kind: 'instance', path, type, ...made, constant: { name, place: { path, span: first.nameSpan } } };
  }
  const given = object.kind === 'instance' ? initializer(object, name) : null;
  if (given !== null) {
    const made = object.kind === 'instance' ? object.made : undefined;
    const value = interpreter.evaluate(given.value, given.path, steps + 1);
    return asMember(asHandedOn(interpreter, value, made, steps), 'constant');
  }
  const chosen = bindings.length === 1 ? ofConstant(interpreter, object, first!.value, path, steps) : null;
  const value = chosen ?? substituted(interpreter, object, interpreter.fromBindings(bindings, path, steps), steps);
  return asMember(value, type.form === 'enum' ? 'enum' : 'constant');
}

/** What a type's member gives for the constant, or the object of a sealed type, that it is asked of: `when (this) { PAY -> "pay" }`. */
function ofConstant(
  interpreter: Interpreter,
  object: TypeOrInstance,
  given: Expr | null,
  path: string,
  steps: number,
): Value | null {
  if (given?.kind === 'template') return ofTemplate(interpreter, object, given, steps);
  if (given?.kind !== 'index' || given.object.kind !== 'object' || given.index.kind !== 'name') return null;
  if (!SELVES.has(given.index.name)) return null;
  const name = object.kind === 'instance' && object.constant !== undefined ? object.constant.name : object.type.name;
  const chosen = given.object.entries.find(entry => entry.key === name);
  return chosen === undefined ? null : interpreter.evaluate(chosen.value, path, steps + 1);
}

/** `"flag-" + name`, of the constant that it is asked of. */
function ofTemplate(
  interpreter: Interpreter,
  object: TypeOrInstance,
  { parts }: Expr & { readonly kind: 'template' },
  steps: number,
): Value | null {
  if (object.kind !== 'instance' || object.constant === undefined || steps > MAX_STEPS) return null;
  let text = '';
  for (const part of parts) {
    const name = typeof part === 'string' ? null : ownMember(part);
    const value = name === null ? null : asKey(typeMember(interpreter, object, name, steps + 1));
    if (typeof part === 'string') text += part;
    else if (value?.kind === 'text') text += value.text;
    else return null;
  }
  return { kind: 'text', text, place: object.constant.place, via: ['template'] };
}

/** The name of a member that is read, or called without arguments, of the object itself. */
function ownMember(expr: Expr): string | null {
  if (expr.kind === 'call') return expr.args.length === 0 && !expr.construct ? ownMember(expr.callee) : null;
  if (expr.kind === 'name') return expr.name;
  const isOwn = expr.kind === 'member' && expr.object.kind === 'name' && SELVES.has(expr.object.name);
  return isOwn ? expr.property : null;
}

const SELVES: ReadonlySet<string> = new Set(['this', 'self']);

/** `new Flag { Key = "k" }` */
function initializer({ made }: InstanceValue, name: string) {
  const value = made?.call.args.find(argument => argument.name === name)?.value;
  return value === undefined || made === undefined ? null : { value, path: made.path };
}

/** What a constructor's parameter was given, in an object whose construction is known. */
function substituted(interpreter: Interpreter, object: TypeOrInstance, value: Value, steps: number): Value {
  if (value.kind !== 'parameter' || !isConstructor(value.fn)) return value;
  if (value.fn.owner !== object.type.name) return handedToBase(interpreter, object, value, steps);
  if (object.kind !== 'instance' || object.made === undefined) return value;
  const { defaultValue } = value.parameter;
  const given = argumentAt(object.made.call, argumentOfParameter(value.parameter));
  const via = object.constant === undefined ? 'constant' : 'enum';
  if (given !== null) {
    const handed = asHandedOn(
      interpreter,
      interpreter.evaluate(given, object.made.path, steps + 1),
      object.made,
      steps,
    );
    return asMember(handed, via);
  }
  return defaultValue === null ? UNKNOWN : interpreter.evaluate(defaultValue, value.path, steps + 1);
}

/** What a type, or one between it and its base, gives the base's constructor: `object Pay : Flag("pay")`, `super("pay")`. */
function handedToBase(
  interpreter: Interpreter,
  object: TypeOrInstance,
  value: Value & { kind: 'parameter' },
  steps: number,
): Value {
  const giver = steps > MAX_STEPS ? null : extenderOf(interpreter, object, value.fn.owner);
  if (giver === null) return value;
  const { path, type } = giver;
  const call = (interpreter.files.get(path)?.calls ?? []).find(
    ({ callee, span }) =>
      span.start >= type.span.start &&
      span.end <= type.span.end &&
      (type.bases.some(base => sameSpan(base.span, callee.span)) ||
        (callee.kind === 'name' && SUPERS.has(callee.name))),
  );
  const given = call === undefined ? null : argumentAt(call, argumentOfParameter(value.parameter));
  if (given === null) return value;
  return asMember(
    substituted(interpreter, object, interpreter.evaluate(given, path, steps + 1), steps + 1),
    'constant',
  );
}

/** The type itself, or the ancestor, that extends the one of this name. */
function extenderOf(interpreter: Interpreter, object: TypeOrInstance, base: string | null): PlacedType | null {
  const extending = (type: TypeFact): boolean => type.bases.some(each => lastName(each) === base);
  if (extending(object.type)) return object;
  return ancestors(interpreter, object.path, object.type).find(({ type }) => extending(type)) ?? null;
}

const SUPERS: ReadonlySet<string> = new Set(['base', 'super']);

/** The parameters of a primary constructor are seen in all of the type. */
function constructorArgument(
  interpreter: Interpreter,
  object: InstanceValue,
  name: string,
  steps: number,
): Value | null {
  if (object.made === undefined) return null;
  for (const fn of ownMethods(interpreter, object, object.type.name)) {
    const parameter = sameSpan(fn.span, object.type.span) && fn.parameters.find(candidate => candidate.name === name);
    if (parameter) {
      return substituted(interpreter, object, { kind: 'parameter', path: object.path, fn, parameter }, steps);
    }
  }
  return null;
}

/** C#: a static method that takes the object as `this`. Kotlin: an extension; a property is what its getter gives, as far as that is known. */
function extensionMethod(interpreter: Interpreter, object: TypeOrInstance, name: string, steps: number): Value | null {
  if (object.kind !== 'instance') return null;
  const found = interpreter.nominal.types.extensions.get(name) ?? [];
  for (const { path, fn } of found) {
    const receiver = fn.parameters[0]?.type ?? null;
    const type = receiver === null ? UNKNOWN : interpreter.evaluate(receiver, path, steps + 1);
    if (type.kind !== 'type' || !isA(interpreter, object, type.type)) continue;
    const self = object.constant === undefined ? null : object;
    const result = self !== null && isGetter(fn) ? resultOf(interpreter, path, fn, self, steps + 1) : UNKNOWN;
    if (result.kind === 'text') return asMember(result, 'enum');
    return { kind: 'function', path, fn, ...(self === null ? {} : { self }) };
  }
  return null;
}

/** Whether a function is a property's getter, which stands behind the property's name. */
function isGetter({ nameSpan, span }: FunctionFact): boolean {
  return nameSpan.end <= span.start && nameSpan.end > nameSpan.start;
}

function isA(interpreter: Interpreter, object: InstanceValue, type: TypeFact): boolean {
  return ancestors(interpreter, object.path, object.type).some(ancestor => ancestor.type === type);
}

/** What a function gives back: what it returns, else an object of the type that it declares to. */
function resultOf(
  interpreter: Interpreter,
  path: string,
  fn: FunctionFact,
  self: InstanceValue | null,
  steps: number,
): Value {
  let outside: Value = UNKNOWN;
  interpreter.tell(path, fn);
  for (const result of fn.returns) {
    const chosen = self === null ? null : ofConstant(interpreter, self, result, path, steps);
    const returned = chosen ?? interpreter.evaluate(result, path, steps);
    const value = self === null ? returned : substituted(interpreter, self, returned, steps);
    if (value.kind === 'external' && value.from === '') outside = value;
    else if (value.kind === 'external' || value.kind === 'object') return value;
    else if (fn.returns.length === 1 && (value.kind === 'text' || value.kind === 'instance')) return value;
  }
  if (fn.resultType === undefined) return outside;
  const declared = instanceOf(interpreter.evaluate(fn.resultType, path, steps + 1));
  return declared.kind === 'instance' || declared.kind === 'external' ? declared : outside;
}

/**
 * What a container, a locator or a factory hands out by type: `provider.GetRequiredService<T>()`, `context.getBean(T.class)`.
 * Hardly any method takes a type as its only word and gives something else.
 */
function handedOut(interpreter: Interpreter, call: CallExpr, path: string, steps: number): Value {
  if (call.typeArgument !== undefined) return instanceOf(interpreter.evaluate(call.typeArgument, path, steps + 1));
  for (const { value } of call.args) {
    if (value.kind !== 'member' || value.property !== 'class') continue;
    return instanceOf(interpreter.evaluate(value.object, path, steps + 1));
  }
  return UNKNOWN;
}

/** `T GetService<T>() where T : IService`: what is asked for is more than what all that can be asked for must be. */
function extendsType(interpreter: Interpreter, { path, type }: InstanceValue, base: TypeFact): boolean {
  return ancestors(interpreter, path, type).some(ancestor => ancestor.type === base);
}

/** Methods that nobody declares in the repository, on values that are known: of strings, of enums, of holders, getters. */
function ofReceiver(interpreter: Interpreter, call: CallExpr, path: string, steps: number): Value {
  const { callee } = call;
  if (callee.kind !== 'member') return UNKNOWN;
  const { property } = callee;
  const receiver = interpreter.evaluate(callee.object, path, steps);
  if (receiver.kind === 'text')
    return SAME_TEXT.has(property) || (call.args.length === 0 && makesKey(interpreter, property)) ? receiver : UNKNOWN;
  if (receiver.kind !== 'instance' || call.args.length > 0) return UNKNOWN;
  if (receiver.constant !== undefined && CONSTANT_NAME.has(property)) return asKey(receiver);
  if (UNWRAPPING.has(property)) return receiver;
  // Getters that a compiler plug-in writes (Lombok).
  const getter = /^get(\p{Lu})(\w*)$/u.exec(property);
  return getter === null
    ? UNKNOWN
    : member(interpreter, receiver, `${getter[1]!.toLowerCase()}${getter[2]!}`, steps + 1);
}

/** Whether an extension makes a flag's key of the text that it is called on: `"pay".toFlagKey()`. */
function makesKey(interpreter: Interpreter, name: string): boolean {
  const extensions = interpreter.nominal.types.extensions.get(name) ?? [];
  return (
    extensions.length > 0 &&
    extensions.every(({ fn: { resultType } }) => resultType?.kind === 'name' && speaksOfFlags(resultType.name))
  );
}

const SAME_TEXT: ReadonlySet<string> = new Set(['toString', 'ToString', 'trim', 'Trim', 'strip', 'intern']);
const CONSTANT_NAME: ReadonlySet<string> = new Set(['name', 'toString', 'ToString']);
/** Methods of holders whose type stands for what they hold; see the languages' types. */
const UNWRAPPING: ReadonlySet<string> = new Set([
  'ConfigureAwait',
  'GetAwaiter',
  'GetResult',
  'block',
  'get',
  'getIfAvailable',
  'getObject',
  'join',
  'orElseThrow',
]);

function sameSpan(a: TypeFact['span'], b: TypeFact['span']): boolean {
  return a.start === b.start && a.end === b.end;
}
