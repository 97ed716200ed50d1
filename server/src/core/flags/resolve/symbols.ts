/**
 * Which declaration a name means at a place in a file: lookups over one file's facts, built once per facts. Following a name
 * into other files is `values.ts`'s business.
 */
import type {
  BindingFact,
  CallExpr,
  ExportFact,
  Expr,
  FileFacts,
  FunctionFact,
  ImportFact,
  ParameterFact,
  TypeFact,
} from '../../languages/facts.ts';
import { FILE_SCOPE } from '../../languages/language.ts';
import { holding, type Nesting, nest } from '../../nesting.ts';
import type { Span } from '../../text.ts';
import { type ProgramName, programNamesOf } from './programNames.ts';

/** A name's declaration inside its own file. */
export type LocalDefinition =
  | { readonly kind: 'bindings'; readonly bindings: readonly BindingFact[] }
  | { readonly kind: 'parameter'; readonly fn: FunctionFact; readonly parameter: ParameterFact }
  | { readonly kind: 'function'; readonly fn: FunctionFact }
  | { readonly kind: 'type'; readonly type: TypeFact }
  | { readonly kind: 'import'; readonly imported: ImportFact };

export interface FileSymbols {
  readonly facts: FileFacts;
  /** What a name means where: bindings and parameters by their scopes. */
  scoped(name: string): Nesting<ScopedDefinition> | null;
  /** What a name means anywhere in the file when no scope says otherwise: a function, a type or an import. */
  fileLevel(name: string): LocalDefinition | null;
  /** A declaration that other files can see under this name. */
  exported(name: string): LocalDefinition | null;
  /** Bindings that the whole file sees. */
  readonly fileBindings: ReadonlyMap<string, readonly BindingFact[]>;
  readonly functions: ReadonlyMap<string, readonly FunctionFact[]>;
  readonly methods: ReadonlyMap<string, readonly FunctionFact[]>;
  readonly members: ReadonlyMap<string, readonly BindingFact[]>;
  readonly types: ReadonlyMap<string, TypeFact>;
  readonly imports: ReadonlyMap<string, ImportFact>;
  readonly starImports: readonly ImportFact[];
  readonly exports: ReadonlyMap<string, ExportFact>;
  readonly starExports: readonly ExportFact[];
  /** The function with this very span. */
  functionAt(span: Span): FunctionFact | undefined;
  /** The call whose first argument is the function that starts at this offset. */
  callWith(start: number): CallExpr | undefined;
  readonly nestedFunctions: Nesting<FunctionFact>;
  /** What the file gives to its program (Ruby, PHP). */
  readonly programNames: readonly ProgramName[];
}

interface ScopedDefinition {
  readonly name: string;
  readonly scope: Span;
  readonly definition: LocalDefinition;
}

/** Indexes a file's facts by name. Members and methods are keyed by `Owner.name`. */
export function indexSymbols(facts: FileFacts): FileSymbols {
  const types = new Set(facts.types.map(({ name }) => name));
  const free = facts.bindings.filter(
    ({ owner, name, value }) => owner === null && !(types.has(name) && isSymbol(value)),
  );
  const owned = facts.bindings.filter(binding => binding.owner !== null);
  let functions: Nesting<FunctionFact> | null = null;
  const nested = (): Nesting<FunctionFact> => {
    functions ??= nest(facts.functions, fn => fn.span);
    return functions;
  };
  let takers: ReadonlyMap<number, CallExpr> | null = null;
  const fileBindings = group(
    free.filter(binding => binding.scope.end === FILE_SCOPE.end),
    binding => binding.name,
  );
  const freeFunctions = group(
    facts.functions.filter(fn => fn.name !== null && fn.owner === null),
    fn => fn.name!,
  );
  const typesByName = new Map(facts.types.map(type => [type.name, type]));
  const imports = new Map(facts.imports.map(imported => [imported.local, imported]));
  const fileLevel = (name: string): LocalDefinition | null => {
    const fn = freeFunctions.get(name)?.[0];
    if (fn !== undefined) return { kind: 'function', fn };
    const type = typesByName.get(name);
    if (type !== undefined) return { kind: 'type', type };
    const imported = imports.get(name);
    return imported === undefined ? null : { kind: 'import', imported };
  };
  return {
    facts,
    scoped: scopedNames(facts.functions, free),
    fileLevel,
    exported: name => {
      const bindings = fileBindings.get(name);
      return bindings === undefined ? fileLevel(name) : { kind: 'bindings', bindings };
    },
    fileBindings,
    functions: freeFunctions,
    methods: group(
      facts.functions.filter(fn => fn.name !== null && fn.owner !== null),
      fn => `${fn.owner}.${fn.name}`,
    ),
    members: group(owned, binding => `${binding.owner}.${binding.name}`),
    types: typesByName,
    imports,
    starImports: facts.imports.filter(imported => imported.local === '*'),
    exports: new Map(
      facts.exports.filter(exported => exported.name !== '*').map(exported => [exported.name, exported]),
    ),
    starExports: facts.exports.filter(exported => exported.name === '*'),
    functionAt: span => holdingAt(nested(), span),
    callWith: start => {
      takers ??= callsByCallback(facts.calls);
      return takers.get(start);
    },
    get nestedFunctions() {
      return nested();
    },
    programNames: programNamesOf(facts),
  };
}

/** Of two calls with a callback that starts at the same place, the first. */
function callsByCallback(calls: readonly CallExpr[]): ReadonlyMap<number, CallExpr> {
  const byStart = new Map<number, CallExpr>();
  for (const call of calls) {
    const given = call.args[0]?.value;
    if (given?.kind === 'function' && !byStart.has(given.span.start)) byStart.set(given.span.start, call);
  }
  return byStart;
}

/** `export const Client = Symbol('Client')`: what a container knows the type of that name by. */
function isSymbol(value: Expr | null): boolean {
  return value?.kind === 'call' && value.callee.kind === 'name' && value.callee.name === 'Symbol';
}

/**
 * Where a function's body is a scope of its own, what it binds goes before its parameters, and the first parameter before the rest. The
 * definitions of a name are arranged when somebody asks for it: after a keystroke that is so for few names.
 */
function scopedNames(
  functions: readonly FunctionFact[],
  bindings: readonly BindingFact[],
): (name: string) => Nesting<ScopedDefinition> | null {
  const takers = new Map<string, FunctionFact[]>();
  for (const fn of functions) {
    for (const { name } of fn.parameters) {
      const known = takers.get(name);
      if (known === undefined) takers.set(name, [fn]);
      else if (known.at(-1) !== fn) known.push(fn);
    }
  }
  const bindingsByName = group(bindings, ({ name }) => name);
  const arranged = new Map<string, Nesting<ScopedDefinition> | null>();
  return name => {
    const known = arranged.get(name);
    if (known !== undefined) return known;
    const sameScope = group(bindingsByName.get(name) ?? [], ({ scope }) => spanKey(scope));
    const groups = [...sameScope.values()].map((own): ScopedDefinition => {
      return { name, scope: own[0]!.scope, definition: { kind: 'bindings', bindings: own } };
    });
    const parameters = (takers.get(name) ?? []).flatMap(fn =>
      fn.parameters
        .filter(parameter => parameter.name === name)
        .map(
          (parameter): ScopedDefinition => ({ name, scope: fn.span, definition: { kind: 'parameter', fn, parameter } }),
        ),
    );
    const all = [...parameters.reverse(), ...groups];
    const made = all.length === 0 ? null : nest(all, ({ scope }) => scope);
    arranged.set(name, made);
    return made;
  };
}

function spanKey(span: Span): string {
  return `${span.start}-${span.end}`;
}

/** Of functions with the same span the last one. */
function holdingAt(functions: Nesting<FunctionFact>, { start, end }: Span): FunctionFact | undefined {
  const at = holding(functions, start).find(index => {
    const { span } = functions.items[index]!;
    return span.start === start && span.end === end;
  });
  return at === undefined ? undefined : functions.items[at];
}

/** What `name` means at `offset`: the innermost declaration whose scope holds the offset; imports and types come last. */
export function lookUp(symbols: FileSymbols, name: string, offset: number): LocalDefinition | null {
  return lookUpScoped(symbols, name, offset) ?? symbols.fileLevel(name);
}

/** The same among bindings and parameters alone. */
export function lookUpScoped(symbols: FileSymbols, name: string, offset: number): LocalDefinition | null {
  const scoped = symbols.scoped(name);
  const [innermost] = scoped === null ? [] : holding(scoped, offset);
  return innermost === undefined ? null : scoped!.items[innermost]!.definition;
}

/** The innermost type whose declaration holds the offset; what `this` and `self` mean there. */
export function enclosingType(symbols: FileSymbols, offset: number): TypeFact | null {
  return innermost(symbols.facts.types, offset);
}

/** All types that hold the offset, innermost first. */
export function enclosingTypes(symbols: FileSymbols, offset: number): readonly TypeFact[] {
  return symbols.facts.types
    .filter(type => offset >= type.span.start && offset < type.span.end)
    .sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start));
}

/** The name of the innermost function that holds the offset and has one, or null. */
export function enclosingName({ nestedFunctions }: FileSymbols, offset: number): string | null {
  for (const at of holding(nestedFunctions, offset)) {
    const { name, span } = nestedFunctions.items[at]!;
    if (name !== null && offset < span.end) return name;
  }
  return null;
}

/** All functions that hold the offset, innermost first. For one question; who has many asks `enclosingName`. */
export function enclosingFunctions(facts: FileFacts, offset: number): readonly FunctionFact[] {
  return facts.functions
    .filter(fn => offset >= fn.span.start && offset < fn.span.end)
    .sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start));
}

function innermost<T extends { readonly span: Span }>(items: readonly T[], offset: number): T | null {
  let best: T | null = null;
  for (const item of items) {
    if (offset < item.span.start || offset >= item.span.end) continue;
    if (best === null || item.span.end - item.span.start < best.span.end - best.span.start) best = item;
  }
  return best;
}

function group<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const existing = groups.get(key);
    if (existing === undefined) groups.set(key, [item]);
    else existing.push(item);
  }
  return groups;
}
