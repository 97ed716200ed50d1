/**
 * Components that get an object of flags as one of their properties from a function of an SDK (`withLDConsumer()(Component)`): which
 * reads in them are reads of flags. Class components read `this.props`, functions their first parameter.
 */

import type { Expr, FunctionFact, MemberExpr, TypeFact } from '../../languages/facts.ts';
import type { Confidence } from '../../model.ts';
import type { FileIndex } from '../linking/fileIndex.ts';
import { lookUp } from '../resolve/symbols.ts';
import { UNKNOWN, type Value } from '../resolve/value.ts';
import { type FlagSdk, isPackageOf, type SdkInjection, type SdkSurface } from '../sdk.ts';
import type { LinkState } from './linkState.ts';

/** A component, and what it is given. */
export interface Injected {
  readonly sdk: FlagSdk;
  readonly injection: SdkInjection;
  readonly component: FunctionFact | TypeFact;
  /** The file that it stands in. */
  readonly path: string;
  /** A function's argument, and no property, holds the flags. */
  readonly position?: number;
  /** Others may be given something else: an SDK's result that is handed on proves less than an SDK that gives it. */
  readonly confidence: Confidence;
}

/** The components that SDKs give flags to, in the whole repository. */
export function injectedComponents(
  state: LinkState,
  sdks: readonly FlagSdk[],
  used: ReadonlySet<SdkSurface>,
): readonly Injected[] {
  const forms = sdks.flatMap(sdk =>
    sdk.surfaces
      .filter(surface => used.has(surface))
      .flatMap(surface => (surface.injections ?? []).map(injection => ({ sdk, surface, injection }))),
  );
  return forms.flatMap(({ sdk, surface, injection }) =>
    [...state.indexes].flatMap(([path, { calls }]) =>
      (calls.get(injection.function) ?? []).flatMap(made => {
        state.evaluator.ask(path);
        state.givers.add(path);
        const maker = state.evaluator.evaluate(made.callee, path);
        if (maker.kind !== 'external' || !isPackageOf(surface, maker.from)) return [];
        const applied = state.files
          .get(path)!
          .calls.filter(
            ({ callee }) =>
              callee.kind === 'call' && callee.span.start === made.span.start && callee.span.end === made.span.end,
          );
        return applied.flatMap(({ args }) => {
          const value = args[0] === undefined ? UNKNOWN : state.evaluator.evaluate(args[0].value, path);
          const component = componentOf(value);
          if (component === null) return [];
          state.givers.add(component.path);
          return [{ sdk, injection, component: component.fact, path: component.path, confidence: 'certain' as const }];
        });
      }),
    ),
  );
}

/** Whether a file calls what an SDK that is used gives components flags by. */
export function injects({ calls }: FileIndex, used: ReadonlySet<SdkSurface>): boolean {
  return [...used].some(({ injections = [] }) => injections.some(injection => calls.has(injection.function)));
}

/** What gives a component the flag that a member access reads; null when it reads none. */
export function injectionOf(
  state: LinkState,
  path: string,
  { object }: MemberExpr,
  components: readonly Injected[],
): Injected | null {
  return components.find(injected => isGiven(state, path, object, injected, 0)) ?? null;
}

/** What the value of a component means, and where it stands. */
export function componentOf(value: Value): { readonly path: string; readonly fact: FunctionFact | TypeFact } | null {
  if (value.kind === 'function') return { path: value.path, fact: value.fn };
  return value.kind === 'type' ? { path: value.path, fact: value.type } : null;
}

/** Whether an expression is the object of flags that the component was given. */
export function isGiven(state: LinkState, path: string, expr: Expr, injected: Injected, steps = 0): boolean {
  if (steps > 4) return false;
  const { injection, position } = injected;
  if (position !== undefined) {
    const value = expr.kind === 'name' ? state.evaluator.evaluate(expr, path) : UNKNOWN;
    if (value.kind !== 'parameter' || value.fn !== injected.component) return false;
    return value.parameter.position === position && value.parameter.property === null;
  }
  if (expr.kind === 'member')
    return expr.property === injection.property && areProperties(state, path, expr.object, injected);
  if (expr.kind !== 'name') return false;
  const value = state.evaluator.evaluate(expr, path);
  if (value.kind === 'parameter')
    return value.fn === injected.component && value.parameter.property === injection.property;
  const symbols = state.evaluator.symbols(path);
  const found = symbols === null ? null : lookUp(symbols, expr.name, expr.span.start);
  const bound = found?.kind === 'bindings' && found.bindings.length === 1 ? found.bindings[0]!.value : null;
  return bound !== null && isGiven(state, path, bound, injected, steps + 1);
}

/** Whether an expression is the component's own properties. */
function areProperties(state: LinkState, path: string, expr: Expr, { component }: Injected): boolean {
  if (expr.kind === 'member') {
    const owner = expr.property === 'props' ? state.evaluator.evaluate(expr.object, path) : null;
    return owner?.kind === 'instance' && owner.type === component;
  }
  const value = state.evaluator.evaluate(expr, path);
  return value.kind === 'parameter' && value.fn === component && value.parameter.property === null;
}
