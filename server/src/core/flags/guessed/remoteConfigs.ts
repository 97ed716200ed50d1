/**
 * Remote configuration that a function of the repository hands out as an object: `const { new_nav_enabled } = useRemoteConfig()`,
 * `getRemoteConfig().new_nav_enabled`. That its properties are the parameters of an SDK is told by the function's name and by its file, which
 * imports one. What is found is *likely*. Objects that are called flags are `namedLists.ts`' business.
 */
import { type CallExpr, type Expr, isScript, type MemberExpr } from '../../languages/facts.ts';
import { wordsOf } from '../names/flagWords.ts';
import { flagProperty, type LinkState, type Match } from '../questions/linkState.ts';
import { memberReads } from '../questions/memberReads.ts';
import { lookUp } from '../resolve/symbols.ts';

/** Reads of such objects in one file. */
export function remoteConfigMatches(state: LinkState, path: string): readonly Match[] {
  const facts = state.files.get(path)!;
  if (!isScript(facts.language) || !facts.calls.some(isNamedSo)) return [];
  return memberReads(facts).flatMap(read => {
    for (let at: Expr = read; at.kind === 'member'; at = at.object)
      if (isParameter(at) && isConfig(state, path, at.object, 0)) return [flagProperty(path, at)];
    return [];
  });
}

/** The words of a parameter's name; what stores and queries have beside their values says how they are. */
function isParameter({ property }: MemberExpr): boolean {
  const words = wordsOf(property);
  return words.length > 1 && !words.some(word => HOW_IT_IS.has(word)) && !DOES.has(words[0]!);
}

const HOW_IT_IS: ReadonlySet<string> = new Set(
  'config configs error failed fetch fetched fetching last load loaded loading pending ready settings state status value'.split(
    ' ',
  ),
);
const DOES: ReadonlySet<string> = new Set(
  'add ensure fetch get load on refresh reset set subscribe sync to update use'.split(' '),
);

/** Whether an expression is what such a function gives, or a name for it. */
function isConfig(state: LinkState, path: string, expr: Expr, steps: number): boolean {
  if (expr.kind === 'call') return isNamedSo(expr) && isOfSdk(state, path, expr);
  if (expr.kind !== 'name' || steps > 2) return false;
  const symbols = state.evaluator.symbols(path);
  const found = symbols === null ? null : lookUp(symbols, expr.name, expr.span.start);
  const [binding, ...others] = found?.kind === 'bindings' ? found.bindings : [];
  return others.length === 0 && binding?.value != null && isConfig(state, path, binding.value, steps + 1);
}

/** `useRemoteConfig()`, `getRemoteConfig('a', 'b')`, `remoteConfig()`. */
function isNamedSo({ callee, construct }: CallExpr): boolean {
  const name = callee.kind === 'name' ? callee.name : callee.kind === 'member' ? callee.property : '';
  return !construct && NAME.test(name);
}

const NAME = /^(?:(?:get|use)Remote|remote)Configs?(?:Values)?$/;

/** Whether the called function stands here, in a file that imports an SDK. */
function isOfSdk(state: LinkState, path: string, { callee }: CallExpr): boolean {
  const value = state.evaluator.evaluate(callee, path);
  return value.kind === 'function' && (state.indexes.get(value.path)?.imported.length ?? 0) > 0;
}
