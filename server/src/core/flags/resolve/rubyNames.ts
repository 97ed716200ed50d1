/**
 * What a name means in Ruby. Constants are looked for in the types around, in their ancestors and in the whole program; where
 * Rails would load one from a file of its name, that file is wished for. Other names are locals, members of the type around,
 * or global variables. A constant that nothing in the repository defines may be one that a flag SDK's gem gives.
 */
import type { Expr, FunctionFact, TypeFact } from '../../languages/facts.ts';
import type { Interpreter } from './interpreter.ts';
import { member, type PlacedType } from './members.ts';
import type { PackageKnowledge } from './packageKnowledge.ts';
import { configurationName, type ProgramIndex, rubyNameOf, typesAround } from './programNames.ts';
import { type FileSymbols, lookUpScoped } from './symbols.ts';
import { MAX_STEPS, UNKNOWN, type Value } from './value.ts';

/** What looking a name up needs. `wish` takes files that would tell more. */
export interface ProgramLookUp {
  readonly interpreter: Interpreter;
  readonly index: ProgramIndex;
  readonly packages: PackageKnowledge;
  wish(path: string): void;
}

/** The value of a name that stands alone. */
export function rubyName(look: ProgramLookUp, name: string, offset: number, path: string, steps: number): Value {
  const { interpreter } = look;
  const own = interpreter.symbols(path);
  if (own === null || steps > MAX_STEPS) return UNKNOWN;
  const around = typesAround(own.facts, offset);
  const innermost = around.at(-1);
  if (name === 'self') return innermost === undefined ? UNKNOWN : { kind: 'instance', path, type: innermost };
  if (isConstant(name)) return constant(look, [name], own, around, path, steps);
  const scoped = lookUpScoped(own, name, offset);
  if (scoped !== null) return interpreter.fromDefinition(scoped, path, steps);
  if (name.startsWith('$')) return ofProgram(look, name, steps);
  if (innermost !== undefined) {
    const value = member(interpreter, { kind: 'instance', path, type: innermost }, name, steps + 1);
    if (value.kind !== 'unknown') return value;
  }
  const fn = own.functions.get(name)?.[0];
  return fn === undefined ? UNKNOWN : { kind: 'function', path, fn };
}

/** The value of `A::B`, or of a path such as `Rails.configuration.flags`; null when it is neither. */
export function rubyPath(
  look: ProgramLookUp,
  expr: Expr & { kind: 'member' },
  path: string,
  steps: number,
): Value | null {
  const names = namesOf(expr);
  const [first] = names ?? [];
  const own = look.interpreter.symbols(path);
  if (names === null || first === undefined || !isConstant(first) || own === null || steps > MAX_STEPS) return null;
  if (names.every(isConstant)) {
    return constant(look, names, own, typesAround(own.facts, expr.span.start), path, steps);
  }
  const value = ofProgram(look, configurationName(names.join('.')), steps);
  return value.kind === 'unknown' ? null : value;
}

/** The same type where other files open it again. */
export function rubyReopenings(look: ProgramLookUp, { path, type }: PlacedType): readonly PlacedType[] {
  const facts = look.interpreter.files.get(path);
  if (facts === undefined) return [];
  return look.index
    .find(rubyNameOf(facts, type), 'ruby')
    .flatMap(({ path: at, definition }) =>
      definition.kind === 'type' && definition.type !== type ? [{ path: at, type: definition.type }] : [],
    );
}

/** A member that no file of the repository gives its type, when the type is a gem's that the repository adds to. */
export function rubyForeignMember(look: ProgramLookUp, { path, type }: PlacedType, name: string): Value {
  const facts = look.interpreter.files.get(path);
  const names = facts === undefined ? [] : rubyNameOf(facts, type).split('::');
  const from = look.packages.ofGlobal(names[0] ?? '', 'ruby');
  return from === null ? UNKNOWN : { kind: 'external', from, names: [...names, name], named: 'shared' };
}

/** What a method gives that is called by name alone, as in `client.enabled?` with `def client`. */
export function rubyResult(look: ProgramLookUp, path: string, fn: FunctionFact, steps: number): Value {
  look.interpreter.tell(path, fn);
  for (const result of fn.returns) {
    const value = look.interpreter.evaluate(result, path, steps + 1);
    if (value.kind === 'external' || value.kind === 'instance' || value.kind === 'type') return value;
  }
  return UNKNOWN;
}

/** `a.b.c` as names; null when something else is in it. */
function namesOf(expr: Expr): readonly string[] | null {
  if (expr.kind === 'name') return [expr.name];
  const before = expr.kind === 'member' ? namesOf(expr.object) : null;
  return before === null || expr.kind !== 'member' ? null : [...before, expr.property];
}

function isConstant(name: string): boolean {
  return /^\p{Lu}/u.test(name);
}

/** `A::B::C` as it is meant inside these types. */
function constant(
  look: ProgramLookUp,
  names: readonly string[],
  own: FileSymbols,
  around: readonly TypeFact[],
  path: string,
  steps: number,
): Value {
  const prefixes = around.map((_, index) =>
    around
      .slice(0, around.length - index)
      .map(type => type.name)
      .join('::'),
  );
  for (const prefix of [...prefixes, '']) {
    const value = descend(look, prefix, names, steps);
    if (value !== null) return value;
  }
  const innermost = around.at(-1);
  if (innermost !== undefined) {
    const inherited = names.reduce<Value>((value, name) => member(look.interpreter, value, name, steps + 1), {
      kind: 'type',
      path,
      type: innermost,
    });
    if (inherited.kind !== 'unknown' && inherited.kind !== 'external') return inherited;
  }
  for (const prefix of [...prefixes, '']) wishFor(look, prefix, names);
  const from = look.packages.ofGlobal(names[0]!, own.facts.language);
  return from === null ? UNKNOWN : { kind: 'external', from, names, named: 'alone' };
}

/** Follows names from the longest part that the program defines. Null when it does not even define the first. */
function descend(look: ProgramLookUp, prefix: string, names: readonly string[], steps: number): Value | null {
  for (let count = names.length; count > 0; count--) {
    const full = [...(prefix === '' ? [] : [prefix]), ...names.slice(0, count)].join('::');
    const start = ofProgram(look, full, steps);
    if (start.kind === 'unknown') continue;
    return names.slice(count).reduce<Value>((value, name) => member(look.interpreter, value, name, steps + 1), start);
  }
  return null;
}

/** Something that the program defines under a full name. */
function ofProgram(look: ProgramLookUp, name: string, steps: number): Value {
  for (const { path, definition } of look.index.find(name, 'ruby')) {
    const value = look.interpreter.fromDefinition(definition, path, steps + 1);
    if (value.kind === 'text' || value.kind === 'prefix') {
      return { ...value, via: value.via.length === 0 ? ['constant'] : value.via };
    }
    if (value.kind !== 'unknown') return value;
  }
  return UNKNOWN;
}

/** Rails loads `Shop::PayFlags` from `shop/pay_flags.rb` in any of its directories. */
function wishFor(look: ProgramLookUp, prefix: string, names: readonly string[]): void {
  for (let count = names.length; count > 0; count--) {
    const full = [...(prefix === '' ? [] : [prefix]), ...names.slice(0, count)].join('::');
    const files = look.interpreter.modules.namedAfter(full.split('::').map(fileName).join('/'), 'ruby');
    if (files.length <= MAX_NAMESAKES) for (const file of files) if (!look.interpreter.files.has(file)) look.wish(file);
  }
}

/** ActiveSupport's `underscore`. */
function fileName(name: string): string {
  return name
    .replace(/(?<=[A-Z\d])(?=[A-Z][a-z])/g, '_')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

/** Files of one name that are read to find a constant: more than this, and the name says too little. */
const MAX_NAMESAKES = 8;
