/**
 * What the declarations of TypeScript say an expression is: the type or the object literal that a name, a property or a call is
 * declared to have, followed across files. Unlike `values.ts` it believes an annotation before the value behind it: where a value
 * comes from is one question, what is written of its shape another.
 */
import type { BindingFact, CallExpr, Expr } from '../../languages/facts.ts';
import { type Kept, keptBy } from '../resolve/frameworkValues.ts';
import type { PlacedType } from '../resolve/members.ts';
import { type LocalDefinition, lookUp } from '../resolve/symbols.ts';
import type { Value } from '../resolve/value.ts';
import type { LinkState } from './linkState.ts';

/** The declared shape of a value. */
export type Shape =
  | ({ readonly kind: 'type' } & PlacedType)
  | { readonly kind: 'object'; readonly path: string; readonly expr: Expr & { readonly kind: 'object' } };

/** The shape of an expression that stands in `path`; null when nothing declares it. */
export function shapeOf(state: LinkState, expr: Expr, path: string, steps = 0): Shape | null {
  if (steps > MOST_STEPS) return null;
  switch (expr.kind) {
    case 'name': {
      const symbols = state.evaluator.symbols(path);
      const definition = symbols === null ? null : lookUp(symbols, expr.name, expr.span.start);
      if (definition === null && isStoreRead(expr, path))
        return shapeOf(state, { ...expr, name: expr.name.slice(1) }, path, steps + 1);
      return definition === null || definition.kind === 'import'
        ? ofValue(state, state.evaluator.evaluate(expr, path), steps)
        : ofDefinition(state, definition, path, steps + 1);
    }
    case 'member': {
      const object = shapeOf(state, expr.object, path, steps + 1);
      if (object === null) return ofValue(state, state.evaluator.evaluate(expr, path), steps);
      // What a framework keeps a value in is taken for the value: `flags.value.dark` is `flags.dark`.
      const held = memberShape(state, object, expr.property, steps + 1);
      return held ?? (CONTENTS.has(expr.property) ? object : null);
    }
    case 'call':
      return resultShape(state, expr, path, steps + 1);
    case 'object':
      return { kind: 'object', path, expr };
    case 'choice':
      return first(expr.options, option => shapeOf(state, option, path, steps + 1));
    default:
      return null;
  }
}

/** Where containers hold what they are of. */
const CONTENTS: ReadonlySet<string> = new Set(['current', 'value']);

/** Svelte: `$flags` reads what the store `flags` holds. */
function isStoreRead({ name }: Expr & { readonly kind: 'name' }, path: string): boolean {
  return path.endsWith('.svelte') && /^\$[A-Za-z_]/.test(name);
}

/** The shape that a property of a shape is declared to have. */
export function memberShape(state: LinkState, object: Shape, name: string, steps: number): Shape | null {
  if (steps > MOST_STEPS) return null;
  if (object.kind === 'object') {
    const { entries, spreads } = object.expr;
    const entry = entries.find(({ key }) => key === name);
    if (entry !== undefined) return shapeOf(state, entry.value, object.path, steps + 1);
    return first(spreads, spread => {
      const taken = shapeOf(state, spread, object.path, steps + 1);
      return taken === null ? null : memberShape(state, taken, name, steps + 1);
    });
  }
  return first(state.evaluator.ancestors(object.path, object.type), ({ path, type }) => {
    const members = state.evaluator.symbols(path)?.members.get(`${type.name}.${name}`) ?? [];
    return ofDefinition(state, { kind: 'bindings', bindings: members }, path, steps + 1);
  });
}

/** Longer ways from a read to a declaration than this are not followed. */
const MOST_STEPS = 12;

function ofDefinition(state: LinkState, definition: LocalDefinition, path: string, steps: number): Shape | null {
  switch (definition.kind) {
    case 'bindings':
      return (
        first(definition.bindings, ({ type }) => (type === null ? null : declared(state, type, path))) ??
        first(definition.bindings, binding => ofPattern(state, binding, path, steps)) ??
        first(definition.bindings, ({ value }) => (value === null ? null : shapeOf(state, value, path, steps)))
      );
    case 'parameter': {
      const { type, patternType, property } = definition.parameter;
      if (type !== null) return declared(state, type, path);
      if (patternType === undefined || property === null) return null;
      const whole = declared(state, patternType, path);
      return property
        .split('.')
        .reduce<Shape | null>((shape, name) => shape && memberShape(state, shape, name, steps), whole);
    }
    case 'type':
      return { kind: 'type', path, type: definition.type };
    default:
      return null;
  }
}

/** What a name is that is taken out of something with a type: `let { flags }: Props = $props()`. */
function ofPattern(state: LinkState, { patternType, value }: BindingFact, path: string, steps: number): Shape | null {
  if (patternType === undefined || value?.kind !== 'member' || value.object.kind === 'member') return null;
  const whole = declared(state, patternType, path);
  return whole === null ? null : memberShape(state, whole, value.property, steps);
}

/** What a call gives: as its function declares, else as it returns. */
function resultShape(state: LinkState, call: CallExpr, path: string, steps: number): Shape | null {
  const callee = state.evaluator.evaluate(call.callee, path);
  if (callee.kind !== 'function') {
    const kept = keptBy(call, callee);
    return (
      (kept === null ? null : keptShape(state, kept, path, steps)) ??
      ofValue(state, state.evaluator.evaluate(call, path), steps)
    );
  }
  const { fn, path: at } = callee;
  state.evaluator.tell(at, fn);
  const said = fn.resultType === undefined ? null : declared(state, fn.resultType, at);
  return said ?? first(fn.returns, result => shapeOf(state, result, at, steps));
}

/** What is known of what a framework's function keeps or hands on: a type, a value, a function that makes it. */
function keptShape(state: LinkState, kept: Kept, asked: string, steps: number): Shape | null {
  const { types, values, makers, path = asked } = kept;
  return (
    first(types, type => declared(state, type, path)) ??
    first(values, value => shapeOf(state, value, path, steps)) ??
    first(makers, maker => {
      const made = state.evaluator.evaluate(maker, path);
      if (made.kind !== 'function') return null;
      const { fn, path: at } = made;
      state.evaluator.tell(at, fn);
      const said = fn.resultType === undefined ? null : declared(state, fn.resultType, at);
      return said ?? first(fn.returns, result => shapeOf(state, result, at, steps));
    })
  );
}

function declared(state: LinkState, type: Expr, path: string): Shape | null {
  return ofValue(state, state.evaluator.evaluate(type, path), MOST_STEPS);
}

function ofValue(state: LinkState, value: Value, steps: number): Shape | null {
  if (value.kind === 'type' || value.kind === 'instance') return { kind: 'type', path: value.path, type: value.type };
  if (value.kind === 'object') return { kind: 'object', path: value.path, expr: value.expr };
  if (value.kind !== 'external' || value.made === undefined || steps >= MOST_STEPS) return null;
  const { call, path } = value.made;
  // What another file makes is what the name that holds it there is declared to be.
  const holder = state.evaluator.symbols(path)?.facts.bindings.find(binding => binding.value === call && binding.type);
  if (holder?.type != null) return declared(state, holder.type, path);
  const kept = keptBy(call, state.evaluator.evaluate(call.callee, path));
  return kept === null ? null : keptShape(state, kept, path, steps + 1);
}

function first<T, R>(items: readonly T[], find: (item: T) => R | null): R | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}
