/** The name that an expression ends with, by which people call what it stands for. What it means is the business of `resolve`. */
import type { Expr } from '../../languages/facts.ts';

/** `flags` of `this.store.flags` and of `flags`; empty for what is neither a name nor a member. */
export function lastName(expr: Expr): string {
  if (expr.kind === 'name') return expr.name;
  if (expr.kind === 'placed') return lastName(expr.expr);
  return expr.kind === 'member' ? expr.property : '';
}

/** The same through calls: `flags` of `store.flags()`. Of what is constructed there is none. */
export function lastNameCalled(expr: Expr): string {
  if (expr.kind !== 'call') return lastName(expr);
  return expr.construct ? '' : lastNameCalled(expr.callee);
}
