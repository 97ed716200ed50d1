/** Tables that hold keys under the names by which callers ask (`KEYS[name]`). */
import type { Expr } from '../../languages/facts.ts';
import type { Value } from '../resolve/value.ts';
import type { LinkState } from './linkState.ts';

/** The table that names lead to, from anywhere in a file. */
export function tableOf(state: LinkState, names: readonly string[], path: string): (Value & { kind: 'object' }) | null {
  const span = { start: 0, end: 0 };
  const [first, ...rest] = names;
  const expr = rest.reduce<Expr>(
    (object, property) => ({ kind: 'member', object, property, propertySpan: span, span }),
    { kind: 'name', name: first!, span },
  );
  const value = state.evaluator.evaluate(expr, path);
  return value.kind === 'object' ? value : null;
}
