/**
 * By which names a repository's code may reach an object of flags that an SDK hands out (`useFlags()`): those that something is given
 * under which holds the object, be it a binding, a function that gives it, a property or a context. Whatever else is read can be no flag,
 * and is not evaluated: that would wish for all modules that anything is imported from. Names are taken as they are written, wherever
 * they stand, so that too much is taken for such an object rather than too little; `toggles.ts` has it evaluated.
 */
import { type Expr, type FunctionFact, isScript, WHOLE_MODULE } from '../../languages/facts.ts';
import { FILE_SCOPE } from '../../languages/language.ts';
import type { FileIndex } from '../linking/fileIndex.ts';
import { speaksOfFlags } from '../names/flagWords.ts';
import { isConversion, isFreeze, requiredModule } from '../resolve/value.ts';
import type { SdkSurface } from '../sdk.ts';
import type { LinkState } from './linkState.ts';

/** What holds the object under a name, if one of the names that it is given holds it. */
interface Flow {
  readonly name: string;
  /** Other files may come upon the name. */
  readonly isSeen: boolean;
  readonly from: readonly string[];
}

/** The names in the whole repository, with those of the SDKs. */
export function toggleNames(
  indexes: Iterable<readonly [path: string, index: FileIndex]>,
  surfaces: readonly SdkSurface[],
): ReadonlySet<string> {
  const names = new Set(
    surfaces.flatMap(({ toggles }) =>
      toggles.flatMap(({ function: source, below }) => (below === undefined ? [source] : [source, below])),
    ),
  );
  if (names.size === 0) return names;
  const files = [...indexes].filter(([, { facts }]) => isScript(facts.language));
  for (let size = -1; size < names.size; ) {
    size = names.size;
    for (const [path, index] of files) for (const name of namesGiven(path, index, names)) names.add(name);
  }
  return names;
}

/** The names under which a file gives the object to others, where these names are known to hold it. */
export function namesGiven(path: string, index: FileIndex, names: ReadonlySet<string>): ReadonlySet<string> {
  const given = new Set<string>();
  if (names.size === 0 || !isScript(index.facts.language)) return given;
  const flows = index.found(flowsOf);
  const inner = innerNames(flows, names);
  for (const { name, isSeen, from } of flows)
    if (isSeen && from.some(source => names.has(source) || inner.has(source)))
      given.add(name === DEFAULT ? defaultOf(path) : name);
  return given;
}

/** Tells of expressions in one file whether they may be such an object. */
export function toggleHolder(
  path: string,
  index: FileIndex,
  names: ReadonlySet<string>,
  { files, modules }: Pick<LinkState, 'files' | 'modules'>,
): (expr: Expr) => boolean {
  const { language, imports } = index.facts;
  // What a module that is not here yet gives under a name that speaks of flags may be such an object.
  const unread = imports.filter(
    ({ local, imported, from }) =>
      (speaksOfFlags(local) || speaksOfFlags(imported)) &&
      modules.resolve(path, from, language).some(file => !files.has(file)),
  );
  const open = new Set([...names, ...unread.map(({ local }) => local)]);
  const inner = innerNames(index.found(flowsOf), open);
  return expr => namesIn(expr, index).some(name => open.has(name) || inner.has(name));
}

/** The names that hold the object inside of a file. */
function innerNames(flows: readonly Flow[], names: ReadonlySet<string>): ReadonlySet<string> {
  const inner = new Set<string>();
  for (let size = -1; size < inner.size; ) {
    size = inner.size;
    for (const { name, from } of flows)
      if (!inner.has(name) && from.some(source => names.has(source) || inner.has(source))) inner.add(name);
  }
  return inner;
}

/** What a module gives as a whole, in the module itself. */
const DEFAULT = 'default';
/** Under which that of some module is known to others: most import it under its name. */
const ANY_DEFAULT = 'default *';
/** What an object is constructed with, which its members may hold. */
const CONSTRUCTED = 'new *';

function defaultOf(path: string): string {
  const stem = stemOf(path);
  return stem === '' || stem === 'src' || stem === 'lib' ? ANY_DEFAULT : `default ${stem}`;
}

/** The last name of a path or a specifier: of an index, its folder's. */
function stemOf(path: string): string {
  const segments = path.split('/').map(segment => segment.replace(/\.(?:d\.)?[cm]?[jt]sx?$/, ''));
  if (segments.at(-1) === 'index' || segments.at(-1) === '') segments.pop();
  return segments.at(-1) ?? '';
}

function flowsOf(index: FileIndex): readonly Flow[] {
  const { bindings, functions, imports, exports, elements, calls } = index.facts;
  const flows: Flow[] = [];
  const add = (name: string, isSeen: boolean, from: readonly string[]): void => {
    if (from.length > 0 && !(from.length === 1 && from[0] === name))
      flows.push({ name: name === WHOLE_MODULE ? DEFAULT : name, isSeen, from });
  };
  const addEntries = (expr: Expr): void =>
    eachObject(expr, ({ entries }) => {
      for (const { key, value } of entries) add(key, true, namesIn(value, index));
    });
  for (const { local, imported, from } of imports)
    add(local, false, imported === 'default' || imported === '*' ? moduleNames(from) : [imported]);
  for (const { name, owner, scope, value } of bindings) {
    if (value === null) continue;
    const from = namesIn(value, index);
    add(name, owner !== null || scope.end === FILE_SCOPE.end, owner === null ? from : [...from, CONSTRUCTED]);
    addEntries(value);
  }
  for (const { name, returns, parameters } of functions) {
    if (name !== null) add(name, true, returnedBy(returns, index));
    for (const result of returns) addEntries(result);
    for (const { name: own, property } of parameters) if (property !== null) add(own, false, property.split('.'));
  }
  for (const { name, local, from } of exports) {
    if (name === '*') add(DEFAULT, true, [local]);
    else add(name, true, from !== null && local === 'default' ? moduleNames(from) : [local]);
  }
  for (const { name, attributes } of elements) {
    for (const { name: attribute, value } of attributes) {
      if (value === null) continue;
      if (attribute === 'value' && PROVIDER.test(name))
        add(name.replace(/\.Provider$/, ''), true, namesIn(value, index));
      addEntries(value);
    }
  }
  for (const { args, construct } of calls) {
    for (const { value } of args) {
      if (construct) add(CONSTRUCTED, true, namesIn(value, index));
      addEntries(value);
    }
  }
  return flows;
}

/** What hands a value on to whoever uses its context. */
const PROVIDER = /^\w+\.Provider$|^\w*Context$/;

function moduleNames(specifier: string): readonly string[] {
  return [`default ${stemOf(specifier)}`, ANY_DEFAULT];
}

function returnedBy(returns: FunctionFact['returns'], index: FileIndex): readonly string[] {
  return returns.flatMap(result => namesIn(result, index));
}

/** The names of which one holds the object if the expression is it, as the evaluator follows expressions. */
function namesIn(expr: Expr, index: FileIndex): readonly string[] {
  switch (expr.kind) {
    case 'name':
      return [expr.name];
    case 'member':
      // An item of a list, and what a bundler makes of a module, is what it is taken from.
      return /^(?:\d+|default)$/.test(expr.property) ? namesIn(expr.object, index) : [expr.property];
    case 'index':
      if (expr.index.kind === 'string') return [expr.index.value];
      return expr.index.kind === 'literal' ? namesIn(expr.object, index) : [];
    case 'call': {
      const { callee, args } = expr;
      const required = requiredModule(expr);
      if (required !== null) return moduleNames(required);
      const asked = calledFrom(callee, index);
      return handsOn(expr) ? [...asked, ...args.flatMap(({ value }) => namesIn(value, index))] : asked;
    }
    case 'function': {
      const fn = index.symbols.functionAt(expr.span);
      return fn === undefined ? [] : returnedBy(fn.returns, index);
    }
    case 'object':
      return expr.spreads.flatMap(spread => namesIn(spread, index));
    case 'array':
      return expr.items.flatMap(item => namesIn(item, index));
    case 'choice':
      return expr.options.flatMap(option => namesIn(option, index));
    default:
      return [];
  }
}

/** `f.bind(this)` is `f`. */
function calledFrom(callee: Expr, index: FileIndex): readonly string[] {
  return callee.kind === 'member' && callee.property === 'bind'
    ? namesIn(callee.object, index)
    : namesIn(callee, index);
}

/** Whether what a call gives may be what it is given. */
function handsOn(call: Expr & { readonly kind: 'call' }): boolean {
  const { callee } = call;
  if (isFreeze(call) || isConversion(call)) return true;
  const name = callee.kind === 'name' ? callee.name : callee.kind === 'member' ? callee.property : '';
  return HOOKS.has(name);
}

const HOOKS: ReadonlySet<string> = new Set(['createContext', 'use', 'useCallback', 'useContext', 'useMemo']);

/** The objects that are written in an expression. */
function eachObject(expr: Expr, take: (object: Expr & { readonly kind: 'object' }) => void): void {
  switch (expr.kind) {
    case 'object':
      take(expr);
      for (const { value } of expr.entries) eachObject(value, take);
      for (const spread of expr.spreads) eachObject(spread, take);
      return;
    case 'array':
      for (const item of expr.items) eachObject(item, take);
      return;
    case 'choice':
      for (const option of expr.options) eachObject(option, take);
      return;
    case 'call':
      for (const { value } of expr.args) eachObject(value, take);
      return;
    case 'member':
    case 'index':
      eachObject(expr.object, take);
      return;
    default:
  }
}
