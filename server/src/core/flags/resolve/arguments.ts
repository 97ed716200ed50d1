/** Finding an argument of a call by position, keyword or object property, and reading constants out of it. */
import type { CallExpr, Expr, ParameterFact } from '../../languages/facts.ts';
import type { JsonValue, ValueType } from '../../model.ts';
import type { ArgumentAt } from '../sdk.ts';
import type { Evaluator } from './values.ts';

/** The expression at the described place, or null when the call has none there or a spread hides it. */
export function argumentAt(call: CallExpr, at: ArgumentAt): Expr | null {
  if (at.receiver === true) return call.callee.kind === 'member' ? call.callee.object : null;
  if (at.receiver === 'asked') return keyOfReceiver(call);
  if (at.option !== undefined) return ofOption(call, at.option);
  const named = call.args.find(argument => argument.name !== null && isNamed(at, argument.name));
  const position = at.last === true ? Math.max(at.position, lastPosition(call)) : at.position;
  const value = ofImplied(expected(named?.value ?? positional(call, position)), at);
  return value === null || at.property === undefined ? value : fieldOf(value, at.property);
}

/** `when(features.isOn(eq(PAY)))`, `Arg.Is(PAY)`, `gomock.Eq(PAY)`: what a mock is told to expect is what it is asked for. */
export function expected<E extends Expr | null>(value: E): Expr | E {
  if (value?.kind !== 'call' || value.construct || value.args.length !== 1) return value;
  const { callee } = value;
  const isMatcher =
    callee.kind === 'name'
      ? MATCHERS.has(callee.name)
      : callee.kind === 'member' &&
        callee.object.kind === 'name' &&
        (MATCHERS_OF.get(callee.object.name)?.has(callee.property) ?? false);
  return isMatcher ? value.args[0]!.value : value;
}

/** Mockito's, MockK's and gMock's. */
const MATCHERS: ReadonlySet<string> = new Set(['Eq', 'eq', 'eqTo', 'refEq', 'same']);
/** By the type or package that they belong to: Mockito's, NSubstitute's and gomock's. */
const MATCHERS_OF: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...['ArgumentMatchers', 'Matchers', 'Mockito', 'gomock'].map(owner => [owner, MATCHERS] as const),
  ['Arg', new Set(['Is'])],
]);

/** Where callers of a function give this parameter. */
export function argumentOfParameter({ position, name, label, property }: ParameterFact): ArgumentAt {
  if (property !== null) return { position, property };
  return { position, names: label === undefined ? [name] : label === null ? [] : [label] };
}

/** The same for a function in the file `path`, where the type that is implied is looked up: in callers' files its name may mean another one. */
export function argumentOfFunction(path: string, parameter: ParameterFact): ArgumentAt {
  const { type, label, property } = parameter;
  const argument = argumentOfParameter(parameter);
  if (type === null || label === undefined || property !== null) return argument;
  return { ...argument, implied: { kind: 'placed', path, expr: type, span: type.span } };
}

/** `.pay` with the type that it is of. */
function ofImplied(value: Expr | null, { implied }: ArgumentAt): Expr | null {
  const isImplied = value?.kind === 'member' && value.object.kind === 'name' && value.object.name === '.';
  return isImplied && implied !== undefined ? { ...value, object: implied } : value;
}

/** A property of an object, or a named field of a construction; null when it is not written there. */
export function fieldOf(expr: Expr, name: string): Expr | null {
  if (expr.kind === 'object') return expr.entries.find(entry => entry.key === name)?.value ?? null;
  return expr.kind === 'call' ? (expr.args.find(argument => argument.name === name)?.value ?? null) : null;
}

/** PHP's parameters have a `$` that the names of arguments lack. */
function isNamed({ names = [] }: ArgumentAt, name: string): boolean {
  return names.includes(name) || names.includes(`$${name}`);
}

/** What an option among the arguments is made of. */
function ofOption({ args }: CallExpr, name: string): Expr | null {
  for (const { value } of args) {
    if (value.kind !== 'call') continue;
    const { callee } = value;
    const called = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : null;
    if (called === name) return value.args[0]?.value ?? null;
  }
  return null;
}

/** The key in `flags[key].isOn`, or in `flags.feature(key).isOn`. */
function keyOfReceiver(call: CallExpr): Expr | null {
  const receiver = call.callee.kind === 'member' ? call.callee.object : null;
  if (receiver?.kind === 'index') return receiver.index;
  return receiver?.kind === 'call' && !receiver.construct ? positional(receiver, 0) : null;
}

function lastPosition(call: CallExpr): number {
  return call.args.filter(argument => argument.name === null).length - 1;
}

function positional(call: CallExpr, position: number): Expr | null {
  let index = 0;
  for (const argument of call.args) {
    if (argument.name !== null) continue;
    if (argument.spread) return null;
    if (index === position) return argument.value;
    index++;
  }
  return null;
}

/** The constant an expression stands for, or undefined. */
export function constantOf(expr: Expr, path: string, evaluator: Evaluator): JsonValue | undefined {
  if (expr.kind === 'array') {
    const items = expr.items.map(item => constantOf(item, path, evaluator));
    return items.every(item => item !== undefined) ? items : undefined;
  }
  const value = evaluator.evaluate(expr, path);
  if (value.kind === 'text') return value.text;
  if (value.kind === 'literal') return value.value;
  if (value.kind !== 'object') return undefined;
  const entries = value.expr.entries.map(entry => [entry.key, constantOf(entry.value, value.path, evaluator)] as const);
  return entries.every(([, item]) => item !== undefined) ? (Object.fromEntries(entries) as JsonValue) : undefined;
}

/** The flag type a constant belongs to; null for null. */
export function valueTypeOf(value: JsonValue): ValueType | null {
  if (value === null) return null;
  const type = typeof value;
  return type === 'boolean' || type === 'string' || type === 'number' ? type : 'object';
}
