/**
 * Go: names that lead into packages of the repository of which nothing has been read. Files that hold an SDK's package, a flag library or
 * its use are read by their text; a guess that goes through any other package would have all files of that read, for hardly ever anything.
 */
import type { Expr } from '../../languages/facts.ts';
import { lookUp } from '../resolve/symbols.ts';
import type { LinkState } from './linkState.ts';

/** Whether what an expression begins with is a package that nobody has read a file of (`sets.NewString("a")`). */
export function leadsToUnread(state: LinkState, path: string, expr: Expr): boolean {
  if (state.files.get(path)?.language !== 'go') return false;
  const root = rootOf(expr);
  const symbols = root === null ? null : state.evaluator.symbols(path);
  if (root === null || symbols === null) return false;
  if (lookUp(symbols, root.name, root.span.start)?.kind !== 'import') return false;
  const value = state.evaluator.evaluate(root, path);
  return value.kind === 'module' && value.paths.every(file => !state.files.has(file));
}

function rootOf(expr: Expr): (Expr & { readonly kind: 'name' }) | null {
  if (expr.kind === 'name') return expr;
  if (expr.kind === 'member' || expr.kind === 'index') return rootOf(expr.object);
  return expr.kind === 'call' ? rootOf(expr.callee) : null;
}
