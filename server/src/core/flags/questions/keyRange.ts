/**
 * Keys of which it is known that they are one of few: what a loop or a callback over a constant list asks for, either side of a
 * condition, what stands in a constant table. Such a question stays one check whose key is not known, and refers to each of them. Where one of
 * the values can't be told, none is.
 */
import type { BindingFact, CallExpr, Expr, LanguageId } from '../../languages/facts.ts';
import { fieldOf } from '../resolve/arguments.ts';
import { lookUp } from '../resolve/symbols.ts';
import { asKey, type Value } from '../resolve/value.ts';
import type { LinkState } from './linkState.ts';

/** An expression, and the file in which it stands. */
export interface Placed {
  readonly expr: Expr;
  readonly path: string;
  /** Which of the values of a table it is, nothing here tells: it may be one that nobody asks for. */
  readonly open?: true;
}

/** The texts that an expression, which no single value is known of, is one of; null where that can't be told. */
export function keyRange(state: LinkState, expr: Expr, path: string): readonly Placed[] | null {
  const values = possible(state, { expr, path }, 0);
  if (values === null || values.length < 1 || values.length > MOST_KEYS) return null;
  const texts = new Map<string, Placed>();
  for (const value of values) {
    const key = asKey(state.evaluator.evaluate(value.expr, value.path));
    if (key.kind !== 'text' || key.text === '') return null;
    if (!texts.has(key.text)) texts.set(key.text, value);
  }
  return [...texts.values()];
}

/** A parameter of a function with a name, of whose value, a list of keys, an expression is an item: `keys.some(key => isOn(key))`. */
export function listParameter(state: LinkState, expr: Expr, path: string): (Value & { kind: 'parameter' }) | null {
  const symbols = expr.kind === 'name' ? state.evaluator.symbols(path) : null;
  const found = symbols === null || expr.kind !== 'name' ? null : lookUp(symbols, expr.name, expr.span.start);
  const isOfCallback = found?.kind === 'parameter' && found.fn.name === null && found.parameter.property === null;
  const item = found?.kind === 'bindings' ? givenTo(found.bindings, expr.span.start) : null;
  const list =
    isOfCallback && found.parameter.position === 0
      ? callOf(state, path, found.fn.span.start)
      : item?.kind === 'index' && item.index.kind === 'other'
        ? item.object
        : null;
  const value = list?.kind === 'name' ? state.evaluator.evaluate(list, path) : null;
  const isList = value?.kind === 'parameter' && value.fn.name !== null && value.parameter.property === null;
  return isList ? value : null;
}

/** A list of more than this is data, whose items are not read one by one. */
const MOST_KEYS = 64;
const MOST_STEPS = 6;

/** What an expression may be: itself where nothing more is known. */
function possible(state: LinkState, at: Placed, steps: number): readonly Placed[] | null {
  const { expr, path } = at;
  if (steps > MOST_STEPS) return null;
  switch (expr.kind) {
    case 'choice':
      return all(expr.options, option => possible(state, { expr: option, path }, steps + 1));
    case 'name':
      return ofName(state, expr, path, steps + 1);
    case 'index': {
      if (expr.index.kind === 'other') return items(state, { expr: expr.object, path }, steps + 1);
      if (!isOpen(state, expr.index, path)) return [at];
      return ofTable(state, { expr: expr.object, path }, steps + 1)?.map(item => ({ ...item, open: true })) ?? null;
    }
    case 'member': {
      const { object, property } = expr;
      if (object.kind !== 'name' && object.kind !== 'index' && object.kind !== 'member') return [at];
      if (state.evaluator.evaluate(expr, path).kind === 'text') return [at];
      const objects = possible(state, { expr: object, path }, steps + 1);
      // An item that lacks the property is not asked about.
      return objects === null ? null : fieldsOf(state, objects, property);
    }
    default:
      return [at];
  }
}

/** Whether nothing is known of an index. */
function isOpen(state: LinkState, index: Expr, path: string): boolean {
  const { kind } = asKey(state.evaluator.evaluate(index, path));
  return kind === 'unknown' || kind === 'external';
}

function ofName(
  state: LinkState,
  expr: Expr & { readonly kind: 'name' },
  path: string,
  steps: number,
): readonly Placed[] | null {
  const symbols = state.evaluator.symbols(path);
  const found = symbols === null ? null : lookUp(symbols, expr.name, expr.span.start);
  if (found?.kind === 'bindings') {
    const value = givenTo(found.bindings, expr.span.start);
    return value === null || !RANGES.has(value.kind) ? [{ expr, path }] : possible(state, { expr: value, path }, steps);
  }
  if (found?.kind !== 'parameter') return [{ expr, path }];
  const { fn, parameter } = found;
  // A function with a name has other callers.
  const over = fn.name === null && parameter.position === 0 ? callOf(state, path, fn.span.start) : null;
  const list = over === null ? null : items(state, { expr: over, path }, steps);
  if (list === null || parameter.property === null) return list;
  return parameter.property
    .split('.')
    .reduce<readonly Placed[] | null>((held, name) => held && fieldsOf(state, held, name), list);
}

/** The one value that a name is given; of several loops that bind it, in languages whose loops are no scope, that of the last one before. */
function givenTo(bindings: readonly BindingFact[], offset: number): Expr | null {
  const [only, ...others] = bindings;
  if (only?.owner !== null || only.form === 'enum-member') return null;
  if (others.length === 0) return only.value;
  if (!bindings.every(({ value }) => value !== null && isItem(value))) return null;
  return bindings.findLast(({ nameSpan }) => nameSpan.start < offset)?.value ?? null;
}

/** Whether a value is an item of a list, as a loop gives it. */
function isItem(value: Expr): boolean {
  if (value.kind === 'member') return isItem(value.object);
  return value.kind === 'index' && value.index.kind === 'other';
}

const RANGES: ReadonlySet<Expr['kind']> = new Set(['choice', 'index', 'member', 'name']);

/** What a callback that starts here is called with, item by item: `keys.map(key => …)`. */
function callOf(state: LinkState, path: string, start: number): Expr | null {
  const call = state.evaluator.symbols(path)?.callWith(start);
  return call?.callee.kind === 'member' && EACH.has(call.callee.property) ? call.callee.object : null;
}

/** Methods of lists that hand each item to their first argument. */
const EACH: ReadonlySet<string> = new Set(
  'map forEach filter some every find findIndex flatMap findLast each any all none select reject'.split(' '),
);

/** What a table holds, by whatever names. */
function ofTable(state: LinkState, at: Placed, steps: number): readonly Placed[] | null {
  const value = state.evaluator.evaluate(at.expr, at.path);
  return value.kind === 'object' ? (entriesOf(state, value)?.map(([, held]) => held) ?? null) : items(state, at, steps);
}

/** The items of a list; null where it is none that is known. */
function items(state: LinkState, at: Placed, steps: number): readonly Placed[] | null {
  if (steps > MOST_STEPS) return null;
  const { expr, path } = at;
  const value = state.evaluator.evaluate(expr, path);
  if (value.kind === 'array') return all(value.expr.items, item => [{ expr: item, path: value.path }]);
  if (value.kind === 'object') {
    // What a loop over an object goes through differs from language to language.
    const part = LOOPS_OVER.get(state.files.get(path)!.language);
    return part === undefined ? null : partsOf(state, value, part);
  }
  const call = expr.kind === 'call' ? { call: expr, path } : (madeBy(value) ?? boundCall(state, expr, path));
  return call === null ? null : madeItems(state, call.call, call.path, steps + 1);
}

function madeBy(value: Value): { readonly call: CallExpr; readonly path: string } | null {
  return value.kind === 'external' || value.kind === 'instance' ? (value.made ?? null) : null;
}

/** The call whose result a name holds: `const KEYS = Object.values(FLAGS)`. */
function boundCall(state: LinkState, expr: Expr, path: string): { call: CallExpr; path: string } | null {
  if (expr.kind !== 'name') return null;
  const symbols = state.evaluator.symbols(path);
  const found = symbols === null ? null : lookUp(symbols, expr.name, expr.span.start);
  const [only, ...others] = found?.kind === 'bindings' ? found.bindings : [];
  return others.length === 0 && only?.value?.kind === 'call' ? { call: only.value, path } : null;
}

/** The items of a list that a call makes: of an object's entries, or of another list. */
function madeItems(state: LinkState, call: CallExpr, path: string, steps: number): readonly Placed[] | null {
  const { callee, args } = call;
  const given = args[0]?.value;
  if (callee.kind === 'name') {
    const isSet = (call.construct && callee.name === 'Set') || COPIES.has(callee.name);
    return isSet && args.length === 1 ? items(state, { expr: given!, path }, steps) : null;
  }
  if (callee.kind !== 'member') return null;
  const { object, property } = callee;
  if (object.kind === 'name' && object.name === 'Array' && property === 'from' && args.length === 1)
    return items(state, { expr: given!, path }, steps);
  const part = PARTS.get(property);
  const isOfObject = object.kind === 'name' && object.name === 'Object' && args.length === 1;
  const held = part === undefined ? null : state.evaluator.evaluate(isOfObject ? given! : object, path);
  if (held !== null && part !== undefined && (isOfObject || held.kind === 'object')) return partsOf(state, held, part);
  return SAME_ITEMS.has(property) ? items(state, { expr: object, path }, steps) : null;
}

/** Functions that give the items of a list. */
const COPIES: ReadonlySet<string> = new Set(['frozenset', 'list', 'set', 'sorted', 'tuple']);
/** Methods of lists whose result holds nothing else. */
const SAME_ITEMS: ReadonlySet<string> = new Set('filter slice sort reverse toSorted toReversed values'.split(' '));

type Part = 'names' | 'values' | 'pairs';

/** `Object.keys(o)`, Python's `o.items()`. */
const PARTS: ReadonlyMap<string, Part> = new Map([
  ['keys', 'names'],
  ['values', 'values'],
  ['entries', 'pairs'],
  ['items', 'pairs'],
]);
const LOOPS_OVER: ReadonlyMap<LanguageId, Part> = new Map([
  ['python', 'names'],
  ['php', 'values'],
  ['go', 'values'],
]);

/** Names, values or both of an object's entries, or of an enum's members. */
function partsOf(state: LinkState, value: Value, part: Part): readonly Placed[] | null {
  const entries = entriesOf(state, value);
  if (entries === null) return null;
  if (part !== 'pairs') return entries.map(([name, held]) => (part === 'names' ? name : held));
  return entries.map(([name, held]) => {
    const { expr, path } = name;
    return { expr: { kind: 'array', items: [expr, held.expr], span: expr.span }, path };
  });
}

/** The entries of an object, or the members of an enum that have values; null where there are others, or none. */
function entriesOf(state: LinkState, value: Value): readonly (readonly [Placed, Placed])[] | null {
  if (value.kind === 'object') {
    const { path } = value;
    if (value.expr.spreads.length > 0 || value.expr.entries.length === 0) return null;
    return value.expr.entries.map(({ key, keySpan: span, value: expr }) => [
      { expr: { kind: 'string', value: key, span }, path },
      { expr, path },
    ]);
  }
  if (value.kind !== 'type' || value.type.form !== 'enum') return null;
  const { path, type } = value;
  const bindings = state.evaluator.symbols(path)?.facts.bindings ?? [];
  const members = bindings.filter(({ owner, value: held }) => owner === type.name && held !== null);
  return members.length === 0
    ? null
    : members.map(({ name, nameSpan: span, value: expr }) => [
        { expr: { kind: 'string', value: name, span }, path },
        { expr: expr!, path },
      ]);
}

/** A property of each of some objects, of those that have it; null where one of them is unknown. */
function fieldsOf(state: LinkState, objects: readonly Placed[], property: string): readonly Placed[] | null {
  const found: Placed[] = [];
  for (const { expr, path } of objects) {
    const value = state.evaluator.evaluate(expr, path);
    if (value.kind !== 'object' && value.kind !== 'array') return null;
    if (value.kind === 'object' && value.expr.spreads.length > 0) return null;
    const held = value.kind === 'array' ? value.expr.items[Number(property)] : fieldOf(value.expr, property);
    if (held != null) found.push({ expr: held, path: value.path });
  }
  return found;
}

function all<T>(things: readonly T[], of: (thing: T) => readonly Placed[] | null): readonly Placed[] | null {
  const found: Placed[] = [];
  for (const thing of things) {
    const some = of(thing);
    if (some === null || found.length > MOST_KEYS) return null;
    found.push(...some);
  }
  return found;
}
