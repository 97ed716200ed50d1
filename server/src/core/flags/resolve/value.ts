/** What an expression can be worth to the linker, and small questions about such values. How they come about is `values.ts`. */
import type { CallExpr, Expr, FunctionFact, MemberExpr, ParameterFact, TypeFact } from '../../languages/facts.ts';
import type { Place, Via } from '../../model.ts';

export type Value =
  /** A constant text; `place` is where it is written, `via` how it was reached. */
  | { readonly kind: 'text'; readonly text: string; readonly place: Place; readonly via: readonly Via[] }
  /** A text that starts with `prefix` and goes on unknown. */
  | { readonly kind: 'prefix'; readonly prefix: string; readonly via: readonly Via[] }
  | { readonly kind: 'literal'; readonly value: number | boolean | null }
  | { readonly kind: 'object'; readonly path: string; readonly expr: Expr & { readonly kind: 'object' } }
  | { readonly kind: 'array'; readonly path: string; readonly expr: Expr & { readonly kind: 'array' } }
  | { readonly kind: 'parameter'; readonly path: string; readonly fn: FunctionFact; readonly parameter: ParameterFact }
  /**
   * Comes from a package outside the repository: `from` is the import, `names` what was taken from it, outermost first. `from` is
   * empty where a type is known to stand elsewhere, but not where (Java, C#). `made` is the call it came from, when that was the
   * last thing that happened.
   */
  | {
      readonly kind: 'external';
      readonly from: string;
      readonly names: readonly string[];
      readonly made?: Made;
      /**
       * Ruby: no import says so, but the name of a constant that the package gives to the whole program; `shared` when the
       * repository declares a constant of that name too.
       */
      readonly named?: 'alone' | 'shared';
    }
  | { readonly kind: 'type'; readonly path: string; readonly type: TypeFact }
  | InstanceValue
  | { readonly kind: 'module'; readonly paths: readonly string[]; readonly specifier: string }
  | { readonly kind: 'function'; readonly path: string; readonly fn: FunctionFact; readonly self?: InstanceValue }
  /** Something made by a global of the language (`new Map()`): no client, whatever its methods are called. */
  | { readonly kind: 'builtin' }
  | { readonly kind: 'unknown' };

/** An object of a type of the repository. */
export interface InstanceValue {
  readonly kind: 'instance';
  readonly path: string;
  readonly type: TypeFact;
  /** The construction that made it, where there is only one. */
  readonly made?: Made;
  /** Java, C#: the enum's constant that it is. */
  readonly constant?: { readonly name: string; readonly place: Place };
}

/** A call, and the file it stands in. */
export interface Made {
  readonly call: CallExpr;
  readonly path: string;
  /** The functions that handed it on, innermost first, with the calls of them: what the construction was given may be their parameters. */
  readonly through?: readonly HandedOn[];
}

/** A call of a function that gave what it had made, and the file in which the call stands. */
export interface HandedOn {
  readonly fn: FunctionFact;
  readonly call: CallExpr;
  readonly path: string;
}

export const UNKNOWN: Value = { kind: 'unknown' };

/** Longer chains of constants, factories and re-exports than this are left unknown. */
export const MAX_STEPS = 24;

export function instanceOf(value: Value): Value {
  return value.kind === 'type' ? { kind: 'instance', path: value.path, type: value.type } : value;
}

/** What a value is worth as a flag's key: an enum's constant stands for its name. */
export function asKey(value: Value): Value {
  if (value.kind !== 'instance' || value.constant === undefined) return value;
  return { kind: 'text', text: value.constant.name, place: value.constant.place, via: ['enum'] };
}

/** One of several objects of a type: which one, nobody knows. */
export function anyOf(value: Value): Value {
  if (value.kind === 'external') return { kind: 'external', from: value.from, names: value.names };
  return value.kind === 'instance' ? { kind: 'instance', path: value.path, type: value.type } : value;
}

export function isNull(expr: Expr): boolean {
  return expr.kind === 'literal' && expr.value === null;
}

export function sameValue(a: Value, b: Value): boolean {
  if (a.kind === 'text' && b.kind === 'text') return a.text === b.text;
  if (a.kind === 'external' && b.kind === 'external') return a.from === b.from;
  if (a.kind === 'instance' && b.kind === 'instance') return a.type === b.type;
  return false;
}

export function withVia<T extends Value & { kind: 'text' | 'prefix' }>(value: T, step: Via): T {
  const kept: readonly Via[] = value.via.filter(known => known !== 'literal');
  return { ...value, via: kept.includes(step) ? kept : [step, ...kept] };
}

/** Reaching a text through a member is what counts, not that the member is a constant in itself. */
export function asMember(value: Value, step: Via): Value {
  if (value.kind !== 'text' && value.kind !== 'prefix') return value;
  return withVia({ ...value, via: value.via.filter(known => known !== 'constant') }, step);
}

/** `Object.freeze({…})`, `Object.seal`. */
export function isFreeze(call: CallExpr): boolean {
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
export function isConversion(call: CallExpr): boolean {
  return call.callee.kind === 'name' && CONVERSIONS.has(call.callee.name) && call.args.length === 1;
}

const CONVERSIONS = new Set(['String', 'str', 'string']);

/** WordPress: `apply_filters('shop_plugin', Plugin::instance())`, which gives what it is given unless somebody changes that. */
export function isFilter({ callee, args }: CallExpr): boolean {
  return callee.kind === 'name' && callee.name === 'apply_filters' && args.length > 1;
}

/** `f.bind(object)`, which is `f`; with further arguments it is not. */
export function isBound(call: CallExpr): call is CallExpr & { readonly callee: MemberExpr } {
  return call.callee.kind === 'member' && call.callee.property === 'bind' && call.args.length < 2 && !call.construct;
}

/** The module that `require('…')` or `import('…')` gives where it is written, or null. */
export function requiredModule({ callee, args, construct }: CallExpr): string | null {
  if (construct || callee.kind !== 'name' || (callee.name !== 'require' && callee.name !== 'import')) return null;
  const given = args[0]?.value;
  return given?.kind === 'string' ? given.value : null;
}
