/**
 * What a construction was given, where it stands in a function that others call: `NewFlag("pay")` makes `Flag{Name: name}`, and the name is
 * what the caller gave; so is what an option among a maker's arguments sets (`NewGate(WithKey("pay"))`). Members are `members.ts`' business.
 */
import { speaksOfFlags } from '../names/flagWords.ts';
import { argumentAt, argumentOfParameter } from './arguments.ts';
import type { Interpreter } from './interpreter.ts';
import { type HandedOn, type InstanceValue, type Made, UNKNOWN, type Value } from './value.ts';

/** What a function gives, with the call that asked for it, if it was made there. */
export function handedOn(result: Value, by: HandedOn): Value {
  if (result.kind !== 'instance' || result.made === undefined) return result;
  if (namesFlag(result, by)) return { ...result, made: { call: by.call, path: by.path } };
  const through = [...(result.made.through ?? []), by];
  return through.length > MOST_HANDS ? result : { ...result, made: { ...result.made, through } };
}

/** Go: `var nav = MustFlagId("nav")`, where an id of a flag is a text by another name: whatever its maker looks up, it was made of that text. */
function namesFlag({ type }: InstanceValue, { call }: HandedOn): boolean {
  return (
    type.form === 'alias' && speaksOfFlags(type.name) && call.args.length === 1 && call.args[0]!.value.kind === 'string'
  );
}

/** Makers that call makers: nobody nests more. */
const MOST_HANDS = 4;

/** A parameter of a function that handed the object on is worth what its caller gave. */
export function asHandedOn(interpreter: Interpreter, value: Value, made: Made | undefined, steps: number): Value {
  let found = value;
  for (const { fn, call, path } of made?.through ?? []) {
    if (found.kind !== 'parameter') return found;
    const { parameter, fn: asked } = found;
    const taker = asked === fn ? call : optionIn(interpreter, call, path, asked, steps);
    if (taker === null) continue;
    const given = argumentAt(taker, argumentOfParameter(parameter));
    const { defaultValue } = parameter;
    if (given !== null) found = interpreter.evaluate(given, path, steps + 1);
    else found = defaultValue === null ? UNKNOWN : interpreter.evaluate(defaultValue, found.path, steps + 1);
  }
  return found;
}

/** The option among a call's arguments that this function made. */
function optionIn(
  interpreter: Interpreter,
  { args }: HandedOn['call'],
  path: string,
  fn: HandedOn['fn'],
  steps: number,
) {
  for (const { value } of args) {
    if (value.kind !== 'call') continue;
    const callee = interpreter.evaluate(value.callee, path, steps + 1);
    if (callee.kind === 'function' && callee.fn === fn) return value;
  }
  return null;
}
