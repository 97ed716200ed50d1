/**
 * Go: flags that are variables of a package called features: `features.EnableNav`, where `var EnableNav = env.Register("NAV", false, "…").Get()`.
 * A variable is a flag where what it was given says yes or no: sizes, durations and names that stand beside are settings. The key is the text
 * that the variable was registered with, and its own name where there is none. What is found is *likely*.
 */

import type { BindingFact, CallExpr, Expr, FileFacts, MemberExpr } from '../../languages/facts.ts';
import type { FileIndex } from '../linking/fileIndex.ts';
import { setsFlag } from '../names/changingVerbs.ts';
import { wordsOf } from '../names/flagWords.ts';
import { looksLikeKey } from '../names/keyShape.ts';
import { lastName } from '../names/lastName.ts';
import { isTestPath } from '../names/testPaths.ts';
import { type LinkState, type Match, plainMatch } from '../questions/linkState.ts';

/** A text that may read such a variable: it imports the package. */
export const PACKAGE_FLAG_TEXT =
  /^[ \t]*(?:import )?(?:\w{1,40} )?"[\w./-]{0,200}\/(?:features?|feature_?flags?|feature_?toggles?|toggles)"\r?$/m;

/** Such reads in one file. */
export function packageFlagMatches(state: LinkState, path: string): readonly Match[] {
  const facts = state.files.get(path)!;
  if (facts.language !== 'go') return [];
  const index = state.indexes.get(path)!;
  if (index.found(flagPackages).size === 0) return [];
  const stubs = isTestPath(path) ? index.found(startsOfSet) : null;
  return index.found(stubs === null ? readsOfCode : readsOfTest).flatMap(({ read, call }) => {
    const flag = flagOf(state, path, read);
    if (flag === null) return [];
    const match = plainMatch({
      path,
      nameSpan: read.propertySpan,
      end: call?.span.end ?? read.propertySpan.end,
      keyExpr: flag.key ?? { kind: 'string', value: read.property, span: read.propertySpan },
      ...(flag.key === null ? {} : { keyPath: flag.path }),
      constantFallback: flag.value ?? undefined,
      type: 'boolean',
      system: 'inferred',
      method: call === null ? 'features' : lastName(call.callee),
      via: flag.key === null ? 'property' : 'flag-object',
      confidence: 'likely',
      role: stubs?.has(read.span.start) === true ? 'stub' : 'check',
    });
    return [match];
  });
}

/** The names of packages that are called features. */
function flagPackages({ facts }: FileIndex): ReadonlySet<string> {
  return new Set(facts.imports.flatMap(({ local, from }) => (FLAG_PACKAGE.test(from) ? [local] : [])));
}

const FLAG_PACKAGE = /(?:^|\/)(?:features?|feature_?flags?|feature_?toggles?|toggles)$/;

interface PackageRead {
  readonly read: MemberExpr;
  /** The question that the variable is asked, or null where it is read as it stands. */
  readonly call: CallExpr | null;
}

function readsOfCode(index: FileIndex): readonly PackageRead[] {
  return reads(index.facts, [], index.found(flagPackages));
}

/** Of a test, what it sets as well. */
function readsOfTest(index: FileIndex): readonly PackageRead[] {
  return reads(index.facts, index.found(setByCalls), index.found(flagPackages));
}

function reads(
  { members, bindings, calls }: FileFacts,
  set: readonly Expr[],
  packages: ReadonlySet<string>,
): readonly PackageRead[] {
  const found = new Map<number, PackageRead>();
  const add = (read: Expr | null, call: CallExpr | null): void => {
    if (read?.kind !== 'member' || read.object.kind !== 'name' || !packages.has(read.object.name)) return;
    if (/^[A-Z]/.test(read.property) && !found.has(read.span.start)) found.set(read.span.start, { read, call });
  };
  for (const call of calls)
    if (call.callee.kind === 'member' && ASKS.has(call.callee.property)) add(call.callee.object, call);
  for (const member of [...members, ...set]) add(member, null);
  for (const { value } of bindings) add(value, null);
  return [...found.values()];
}

/** What variables that many threads read are asked by. */
const ASKS: ReadonlySet<string> = new Set(['Enabled', 'Get', 'IsEnabled', 'Load', 'Value']);

interface PackageFlag {
  readonly path: string;
  readonly key: Expr | null;
  /** What it is as long as nobody sets it. */
  readonly value: boolean | null;
}

function flagOf(state: LinkState, path: string, { object, property }: MemberExpr): PackageFlag | null {
  const module = state.evaluator.evaluate(object, path);
  if (module.kind !== 'module') return null;
  for (const place of module.paths) {
    const binding = state.evaluator.symbols(place)?.fileBindings.get(property)?.[0];
    if (binding === undefined) continue;
    state.givers.add(place);
    return switchOf(state, place, binding);
  }
  return null;
}

/** A variable that says yes or no; a constant never changes. */
function switchOf(state: LinkState, path: string, { value, type, form }: BindingFact): PackageFlag | null {
  if (form === 'constant') return null;
  if (value === null) return type?.kind === 'name' && type.name === 'bool' ? { path, key: null, value: null } : null;
  if (value.kind === 'literal')
    return typeof value.value === 'boolean' ? { path, key: null, value: value.value } : null;
  return registeredIn(state, path, value, MOST_CALLS);
}

/** `env.Register("NAV", false, "…").Get()`, `atomic.NewBool(…)` of it. */
function registeredIn(state: LinkState, path: string, expr: Expr, depth: number): PackageFlag | null {
  if (expr.kind !== 'call' || depth === 0) return null;
  const [first, second] = expr.args;
  const key = first === undefined ? null : state.evaluator.evaluate(first.value, path);
  if (key?.kind === 'text' && looksLikeKey(key.text)) {
    const isSwitch = second?.value.kind === 'literal' && typeof second.value.value === 'boolean';
    if (isSwitch) return { path, key: first!.value, value: second.value.value as boolean };
    if (wordsOf(lastName(expr.callee)).includes('bool')) return { path, key: first!.value, value: null };
  }
  const inner = [
    ...(expr.callee.kind === 'member' ? [expr.callee.object] : []),
    ...expr.args.map(({ value }) => value),
  ];
  for (const each of inner) {
    const found = registeredIn(state, path, each, depth - 1);
    if (found !== null) return found;
  }
  return null;
}

const MOST_CALLS = 4;

/** What a test hands to what sets it (`test.SetForTest(t, &features.X, true)`). */
function setByCalls({ facts }: FileIndex): readonly Expr[] {
  const setters = facts.calls.filter(({ callee }) => setsFlag(wordsOf(lastName(callee))[0] ?? ''));
  return setters.flatMap(({ args }) => args.map(({ value }) => value));
}

function startsOfSet(index: FileIndex): ReadonlySet<number> {
  return new Set(index.found(setByCalls).map(({ span }) => span.start));
}
