/**
 * Functions and properties that return a check's value (`isNewPayOn()`, `get isNewPayOn()`, `val isNewPayOn get() = …`) make those who ask
 * them indirect checks: they are shown as references, never as checks, because it is the accessor that evaluates the flag.
 */
import {
  type CallExpr,
  type Expr,
  type FileFacts,
  type FunctionFact,
  isNominal,
  type MemberExpr,
} from '../../languages/facts.ts';
import type { Check } from '../../model.ts';
import type { Span } from '../../text.ts';
import { speaksOfFlags } from '../names/flagWords.ts';
import { addCheck, type LinkState, plainMatch } from './linkState.ts';
import { readsOfAny } from './memberReads.ts';
import { declarationsOf } from './methodDeclarations.ts';

/** Accessors, and their names. */
export interface Accessors {
  readonly checks: ReadonlyMap<FunctionFact, Check>;
  readonly names: ReadonlySet<string>;
}

/** The accessors of the whole repository. */
export function findAccessors(state: LinkState): Accessors {
  const found = new Map<FunctionFact, Check>();
  for (const path of state.files.keys()) {
    for (const [fn, check] of accessorsIn(state, path)) {
      state.givers.add(path);
      found.set(fn, check);
      if (!isNominal(check.language) && check.language !== 'go') continue;
      // Java and C# call by an interface what a class answers.
      state.evaluator.ask(path);
      for (const method of declarationsOf(state, path, fn)) {
        if (check.language === 'go' && !isOfSameFlags(path, method)) continue;
        state.givers.add(method.path);
        state.entangled.add(path).add(method.path);
        found.set(method.fn, check);
      }
    }
  }
  return { checks: found, names: new Set([...found.keys()].map(fn => fn.name!)) };
}

/** Go: an interface is met by shape, so that only one of the same package counts, if it speaks of flags. */
function isOfSameFlags(path: string, method: { readonly path: string; readonly fn: FunctionFact }): boolean {
  return folderOf(method.path) === folderOf(path) && speaksOfFlags(method.fn.owner ?? '');
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** The accessors of one file, with the check that each gives. */
export function accessorsIn(state: LinkState, path: string): readonly (readonly [FunctionFact, Check])[] {
  const checks = (state.checks.get(path) ?? []).filter(check => check.key !== null && check.role === 'check');
  if (checks.length === 0) return [];
  const byStart = new Map(checks.map(check => [check.nameSpan.start, check]));
  return state.files.get(path)!.functions.flatMap((fn): readonly (readonly [FunctionFact, Check])[] => {
    if (fn.name === null || fn.name === 'default' || state.wrappers.has(fn)) return [];
    const [given, ...others] = fn.returns.flatMap(answersOf).filter(value => !saysNo(value));
    if (given === undefined || others.length > 0) return [];
    const result = keptValue(state.files.get(path)!, fn, given);
    const place = result.kind === 'call' ? result.nameSpan : result.kind === 'member' ? result.propertySpan : undefined;
    const check = place === undefined ? undefined : byStart.get(place.start);
    return check === undefined ? [] : [[fn, check]];
  });
}

/** `isOn || false`, `isReady ? isOn : undefined`: whatever it may answer. */
function answersOf(value: Expr): readonly Expr[] {
  return value.kind === 'choice' ? value.options : [value];
}

/** What a constant of the function was given that it answers with: `const isOn = useFlag('pay'); return isOn;`. */
function keptValue({ bindings }: FileFacts, { span }: FunctionFact, value: Expr): Expr {
  if (value.kind !== 'name') return value;
  const kept = bindings.filter(
    ({ name, form, owner, nameSpan }) =>
      name === value.name &&
      form === 'constant' &&
      owner === null &&
      span.start <= nameSpan.start &&
      nameSpan.end <= span.end,
  );
  return kept.length === 1 && kept[0]!.value !== null ? kept[0]!.value : value;
}

/** `if (!loaded) return false`: what it says where it can't ask. One that may say yes as well does more than ask. */
function saysNo(value: Expr): boolean {
  if (value.kind === 'name') return value.name === 'undefined';
  return value.kind === 'literal' && (value.value === false || value.value === null);
}

/** Adds the references of one file. */
export function addReferences(state: LinkState, path: string, { checks, names }: Accessors): void {
  if (names.size === 0) return;
  const index = state.indexes.get(path)!;
  for (const name of names) {
    for (const call of index.calls.get(name) ?? []) addCall(state, path, name, call, checks);
  }
  for (const read of readsOfAny(index, names)) {
    if (names.has(read.property)) addRead(state, path, read, checks);
  }
}

function addCall(
  state: LinkState,
  path: string,
  name: string,
  call: CallExpr,
  accessors: ReadonlyMap<FunctionFact, Check>,
): void {
  const callee = state.evaluator.evaluate(call.callee, path);
  const check = callee.kind === 'function' ? accessors.get(callee.fn) : undefined;
  if (check !== undefined) addReference(state, { path, name, span: call.nameSpan, end: call.span.end }, check);
}

/** A property whose getter is an accessor. */
function addRead(
  state: LinkState,
  path: string,
  { object, property, propertySpan }: MemberExpr,
  accessors: ReadonlyMap<FunctionFact, Check>,
): void {
  const check = getterOf(state, path, object, property, accessors);
  if (check !== undefined)
    addReference(state, { path, name: property, span: propertySpan, end: propertySpan.end }, check);
}

function getterOf(
  state: LinkState,
  path: string,
  object: MemberExpr['object'],
  property: string,
  accessors: ReadonlyMap<FunctionFact, Check>,
): Check | undefined {
  const given = state.evaluator.evaluate(object, path);
  const type = given.kind === 'parameter' ? given.parameter.type : null;
  const holder = type === null || given.kind !== 'parameter' ? given : state.evaluator.evaluate(type, given.path);
  if (holder.kind === 'object') {
    const entry = holder.expr.entries.find(({ key }) => key === property);
    const value = entry?.value.kind === 'function' ? state.evaluator.evaluate(entry.value, holder.path) : undefined;
    return value?.kind === 'function' ? accessors.get(value.fn) : undefined;
  }
  if (holder.kind !== 'instance' && holder.kind !== 'type') return undefined;
  for (const { path: at, type } of state.evaluator.ancestors(holder.path, holder.type)) {
    for (const fn of state.evaluator.symbols(at)?.methods.get(`${type.name}.${property}`) ?? []) {
      const check = accessors.get(fn);
      if (check !== undefined) return check;
    }
  }
  return undefined;
}

interface ReferencePlace {
  readonly path: string;
  readonly name: string;
  readonly span: Span;
  readonly end: number;
}

function addReference(state: LinkState, { path, name, span, end }: ReferencePlace, check: Check): void {
  if (check.key === null) return;
  const match = plainMatch({
    path,
    nameSpan: span,
    end,
    keyExpr: null,
    system: check.system,
    method: name,
    type: check.type,
    confidence: check.confidence,
    role: 'reference',
  });
  addCheck(state, match, { kind: 'text', text: check.key, place: { path, span }, via: ['accessor'] }, undefined);
}
