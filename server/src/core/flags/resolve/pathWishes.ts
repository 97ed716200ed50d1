/**
 * Paths of names, and wishes for what a path of C++ names. The last name alone says little: `Shop::Get` is one of a hundred functions called `Get`. Which texts may define
 * such a name is the business of `linking/cppDefinitions.ts`.
 */
import type { Expr, MemberExpr } from '../../languages/facts.ts';

/** What members are read of, one after the other, the names of these, and whether the first is that of a path. */
export function pathIn(expr: MemberExpr): { readonly root: Expr; readonly names: string[]; readonly isPath: boolean } {
  const names: string[] = [];
  let root: Expr = expr;
  let isPath = false;
  for (; root.kind === 'member'; root = root.object) {
    names.unshift(root.property);
    isPath = root.ofPath === true;
  }
  return { root, names, isPath };
}

/** What is wished for by a path, as one text (`A::B`): files that define `B` count where they define `A` too, open its namespace, or say what `A::B` is. */
export function pathWish(names: readonly string[]): string {
  return names.slice(-2).join('::');
}

/** The name that a wish for a type looks for: itself, or the last of a path. */
export function nameWished(wish: string): string {
  return wish.slice(wish.lastIndexOf(':') + 1);
}
