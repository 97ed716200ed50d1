/**
 * A file's calls by the name they mean: an import's alias counts as the name it was imported under, a constant that holds a function as
 * that function's. `f.call(…)`, `f.bind(…)` and `partial(f, …)` count as calls of `f` with what they hand on.
 */
import { type Argument, type CallExpr, type Expr, type FileFacts, isScript } from '../../languages/facts.ts';
import { FILE_SCOPE } from '../../languages/language.ts';
import { speaksOfFlags } from '../names/flagWords.ts';
import { CALL_OPERATORS } from '../names/questionWords.ts';

export type CallIndex = ReadonlyMap<string, readonly CallExpr[]>;

/** Indexes calls (or decorators) by called name. */
export function indexCalls(facts: FileFacts, calls: readonly CallExpr[]): CallIndex {
  const aliases = new Map(facts.imports.map(imported => [imported.local, imported.imported]));
  const held = isScript(facts.language) || facts.language === 'go' ? heldFunctions(facts) : null;
  const operator = CALL_OPERATORS.get(facts.language);
  const objects = operator === undefined ? NO_NAMES : flagObjectsOf(facts);
  const index = new Map<string, CallExpr[]>();
  const add = (name: string, call: CallExpr): void => {
    const known = index.get(name);
    if (known === undefined) index.set(name, [call]);
    else known.push(call);
  };
  for (const call of calls) {
    const name = calledName(call, aliases);
    if (name !== null) add(name, call);
    if (operator !== undefined && name !== null && objects.has(name)) add(operator, call);
    if (held === null) continue;
    const meant = call.callee.kind === 'name' ? held.get(call.callee.name) : undefined;
    for (const other of meant ?? []) if (other !== name) add(other, call);
    const handed = handedOn(call);
    const through = handed === null ? null : calledName(handed, aliases);
    if (handed !== null && through !== null) add(through, handed);
  }
  return index;
}

const NO_NAMES: ReadonlySet<string> = new Set();

/** The names of what a file declares to be of a type that speaks of flags. */
function flagObjectsOf({ bindings, functions }: FileFacts): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { name, type } of [...bindings, ...functions.flatMap(({ parameters }) => parameters)])
    if (type?.kind === 'name' && speaksOfFlags(type.name)) names.add(name);
  return names;
}

function calledName(call: CallExpr, aliases: ReadonlyMap<string, string>): string | null {
  if (call.callee.kind === 'call' && !call.construct) return calledName(call.callee, aliases);
  if (call.callee.kind === 'member') return call.callee.property;
  if (call.callee.kind !== 'name') return null;
  const imported = aliases.get(call.callee.name);
  return imported === undefined || imported === '*' || imported === 'default' ? call.callee.name : imported;
}

/** `const ask = client.isOn`, `client.isOn.bind(client)`, `useAsking()`: by the constant, what it may hold. */
function heldFunctions({ bindings }: FileFacts): ReadonlyMap<string, ReadonlySet<string>> {
  const held = new Map<string, Set<string>>();
  for (const { name, owner, value } of bindings) {
    const meant = owner === null && value !== null ? functionNamed(value) : null;
    if (meant === null || meant === name || /^\d+$/.test(meant)) continue;
    held.set(name, (held.get(name) ?? new Set()).add(meant));
  }
  return held;
}

function functionNamed(value: Expr): string | null {
  if (value.kind === 'member') return value.property;
  if (value.kind === 'name') return value.name;
  if (value.kind !== 'call') return null;
  // What a function makes goes by its name.
  const { callee, args } = value;
  const isBound = callee.kind === 'member' && callee.property === 'bind' && args.length < 2;
  return isBound ? functionNamed(callee.object) : functionNamed(callee);
}

/** The call of the function that a call hands arguments on to; null where it does not, or hands on none. */
function handedOn({ callee, args, construct, span }: CallExpr): CallExpr | null {
  if (construct) return null;
  const isPartial =
    (callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '') === 'partial';
  if (isPartial) return callOf(args[0]?.value, args.slice(1), span);
  if (callee.kind !== 'member') return null;
  if (callee.property === 'call' || callee.property === 'bind') return callOf(callee.object, args.slice(1), span);
  const list = callee.property === 'apply' ? args[1]?.value : undefined;
  if (list?.kind !== 'array') return null;
  const given = list.items.map(value => ({ name: null, value, spread: false }));
  return callOf(callee.object, given, span);
}

function callOf(callee: Expr | undefined, args: readonly Argument[], { start, end }: Expr['span']): CallExpr | null {
  if (args.length === 0 || (callee?.kind !== 'member' && callee?.kind !== 'name')) return null;
  const nameSpan = callee.kind === 'member' ? callee.propertySpan : callee.span;
  return { kind: 'call', callee, args, construct: false, nameSpan, span: { start, end } };
}

/** A function that a file imports and calls by its name alone. */
export interface ImportedCall {
  /** Its name in this file, and in the module that it comes from. */
  readonly local: string;
  readonly imported: string;
  readonly callee: Expr;
}

/** Such functions of one file, if it is a script. */
export function importedCalls({ language, imports, calls }: FileFacts): readonly ImportedCall[] {
  if (!isScript(language)) return [];
  const names = new Map(imports.map(({ local, imported }) => [local, imported]));
  const found = new Map<string, ImportedCall>();
  for (const { callee } of calls) {
    const imported = callee.kind === 'name' ? names.get(callee.name) : undefined;
    if (callee.kind !== 'name' || imported === undefined || found.has(callee.name)) continue;
    found.set(callee.name, { local: callee.name, imported, callee });
  }
  return [...found.values()];
}

/**
 * The names under which a file's modules give things on that have another name where they are made: those of exports, and a script's
 * constants that hold a function of another name, or one of several.
 */
export function renamedExports({
  language,
  bindings,
  exports,
}: FileFacts): readonly (readonly [name: string, local: string])[] {
  const held = isScript(language)
    ? bindings.flatMap(({ name, owner, scope, value }) =>
        owner === null && scope.end === FILE_SCOPE.end ? namesHeld(value).map(local => [name, local] as const) : [],
      )
    : [];
  const given = exports.map(({ name, local }) => [name, local] as const);
  return [...given, ...held].filter(([name, local]) => name !== local && name !== '*' && local !== '*');
}

function namesHeld(value: Expr | null): readonly string[] {
  if (value?.kind === 'name') return [value.name];
  return value?.kind === 'choice' ? value.options.flatMap(option => (option.kind === 'name' ? [option.name] : [])) : [];
}
