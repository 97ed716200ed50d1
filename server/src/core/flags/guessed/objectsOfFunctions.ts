/**
 * Objects that hold a function for each flag: `flags.multiDb(user)` where `flags` is `{ multiDb: isFlagEnabled('multi-db') }` and
 * `isFlagEnabled` gives a function that asks. Which functions ask with a key is `homegrown.ts`' and `questions/wrappers.ts`' business.
 */
import { type CallExpr, type Expr, isScript, type MemberExpr } from '../../languages/facts.ts';
import type { FileIndex } from '../linking/fileIndex.ts';
import { speaksOfFlags } from '../names/flagWords.ts';
import { lastNameCalled } from '../names/lastName.ts';
import { type LinkState, type Match, plainMatch, type Wrapper } from '../questions/linkState.ts';
import { argumentAt } from '../resolve/arguments.ts';

/** Calls of such functions in one file. */
export function objectFunctionMatches(state: LinkState, path: string): readonly Match[] {
  const calls = state.indexes.get(path)!.found(callsOfHolders);
  // Whatever is called `toggle` would be followed otherwise, and most repositories have no function that makes such functions.
  if (calls.length === 0 || ![...state.wrappers.values()].some(givesFunction)) return [];
  return calls.flatMap(call => matchesOf(state, path, call));
}

interface CallOfHolder extends CallExpr {
  readonly callee: MemberExpr;
}

/** Calls of what something holds whose name speaks of flags. */
function callsOfHolders({ facts: { language, calls } }: FileIndex): readonly CallOfHolder[] {
  return isScript(language) ? calls.filter(isOfHolder) : [];
}

function isOfHolder(call: CallExpr): call is CallOfHolder {
  const { callee, construct } = call;
  return callee.kind === 'member' && !construct && speaksOfFlags(lastNameCalled(callee.object));
}

/** Words by which other files call what a file's objects hold. */
export function objectFunctionWords(state: LinkState, path: string): readonly string[] {
  const { language, bindings } = state.files.get(path)!;
  if (!isScript(language)) return [];
  return bindings.flatMap(({ name, value }) => {
    const held = value?.kind === 'object' && speaksOfFlags(name) ? value.entries : [];
    return held.flatMap(entry => (makerOf(state, path, entry.value) === null ? [] : [`${name}.${entry.key}`]));
  });
}

function matchesOf(state: LinkState, path: string, { callee, nameSpan, span }: CallOfHolder): readonly Match[] {
  const holder = state.evaluator.evaluate(callee.object, path);
  if (holder.kind !== 'object') return [];
  const made = holder.expr.entries.find(({ key }) => key === callee.property)?.value;
  const maker = made === undefined ? null : makerOf(state, holder.path, made);
  const keyExpr = maker === null || made?.kind !== 'call' ? null : argumentAt(made, maker.key);
  if (maker === null || keyExpr === null) return [];
  state.givers.add(holder.path);
  const { confidence, type } = maker;
  const common = { path, nameSpan, end: span.end, keyExpr, system: 'inferred', method: callee.property } as const;
  const elsewhere = holder.path === path ? {} : { keyPath: holder.path };
  return [plainMatch({ ...common, ...elsewhere, type, confidence, via: 'flag-object' })];
}

/** The wrapper that a call calls, if it gives a function; else null. */
function makerOf(state: LinkState, path: string, made: Expr): Wrapper | null {
  if (made.kind !== 'call' || made.construct) return null;
  const maker = state.evaluator.evaluate(made.callee, path);
  const wrapper = maker.kind === 'function' ? state.wrappers.get(maker.fn) : undefined;
  return wrapper !== undefined && givesFunction(wrapper) ? wrapper : null;
}

function givesFunction({ fn }: Wrapper): boolean {
  return fn.returns.some(({ kind }) => kind === 'function');
}
