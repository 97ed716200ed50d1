/** What is handed out by its own type, so that only the type's name says what it is: `FeatureFlags.getInstance().isNavNew()`, `FeatureFlags::Get().GetFlags().new_nav`. */
import type { Expr } from '../../languages/facts.ts';
import { lastName } from '../names/lastName.ts';

/** What hands itself out, where an expression is what it gives; else the expression. */
export function behindSingleton(expr: Expr): Expr {
  for (let at = expr, steps = 0; steps < MOST_STEPS; steps++) {
    const handed = at.kind === 'call' ? (at.args.length === 0 && !at.construct ? at.callee : null) : at;
    if (handed?.kind !== 'member' || !HANDS_OUT.test(handed.property)) return isType(at) ? at : expr;
    at = handed.object;
  }
  return expr;
}

/** A type hands out itself; what a variable gives is something else (`featureFlags.get()`). */
function isType(expr: Expr): boolean {
  return /^[A-Z]/.test(lastName(expr));
}

const HANDS_OUT = /^(?:get_?)?(?:instance|shared|singleton|flags)$|^get$/i;
/** The one object, and the list that it holds. */
const MOST_STEPS = 3;
