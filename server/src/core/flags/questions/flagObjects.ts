/**
 * Flag objects: what an SDK makes of a key, to be asked later and elsewhere (`flag({ key })`, then `await newCheckout()`;
 * `WaffleFlag("k")`, then `.is_enabled()`). A value remembers the call that made it; here such calls are recognised, in classes that
 * extend the SDK's too, and their keys read.
 */
import type { BindingFact, CallExpr, Expr, FileFacts } from '../../languages/facts.ts';
import { FILE_SCOPE } from '../../languages/language.ts';
import { argumentAt, constantOf } from '../resolve/arguments.ts';
import { asKey, instanceOf, type Made, UNKNOWN, type Value, withVia } from '../resolve/value.ts';
import { type FlagSdk, isPackageOf, type SdkFlagObject, type SdkSurface } from '../sdk.ts';
import { type KeyAt, keysAt } from './keys.ts';
import type { LinkState, Match } from './linkState.ts';
import { memberReads } from './memberReads.ts';
import { heldKey } from './registeredFlags.ts';

/** One kind of flag object of one SDK. */
export interface FlagObjectForm {
  readonly sdk: FlagSdk;
  readonly surface: SdkSurface;
  readonly object: SdkFlagObject;
}

/** All kinds by the names of what makes them. */
export type FlagObjectForms = ReadonlyMap<string, readonly FlagObjectForm[]>;

/** Arranges the SDKs' data for look-up. */
export function arrangeFlagObjects(sdks: readonly FlagSdk[]): FlagObjectForms {
  const forms = new Map<string, FlagObjectForm[]>();
  for (const sdk of sdks) {
    for (const surface of sdk.surfaces) {
      for (const object of surface.flagObjects ?? []) {
        for (const name of Object.keys(object.names))
          forms.set(name, [...(forms.get(name) ?? []), { sdk, surface, object }]);
      }
    }
  }
  return forms;
}

/** The key of the flag object that a value is; null when it is none. */
export function asFlagObject(state: LinkState, asked: Value): Value | null {
  const value = readResult(state, asked);
  if ((value.kind !== 'external' && value.kind !== 'instance') || value.made === undefined) return null;
  const form = formOf(state, value);
  const key = form === null ? null : keyOf(state, value.made, form);
  if (key === null) return null;
  const text = asKey(state.evaluator.evaluate(key.expr, key.path ?? value.made.path));
  return text.kind === 'text' || text.kind === 'prefix' ? withVia(text, 'flag-object') : UNKNOWN;
}

/** What makes flag objects here: the SDKs' own makers that some file imports, and classes that extend them. */
export interface FlagObjectWords {
  readonly makers: ReadonlySet<string>;
  readonly methods: ReadonlySet<string>;
  /** Members that ask without a call. */
  readonly properties: ReadonlySet<string>;
}

/** The names to look for; null where no file imports a package with flag objects. */
export function flagObjectWords(state: LinkState, used: ReadonlySet<SdkSurface>): FlagObjectWords | null {
  const objects = [...used].flatMap(surface => surface.flagObjects ?? []);
  if (objects.length === 0) return null;
  const makers = new Set(objects.flatMap(object => Object.keys(object.names)));
  for (const path of state.files.keys()) for (const name of makersIn(state, path, used)) makers.add(name);
  return {
    makers,
    methods: new Set(objects.flatMap(object => object.methods)),
    properties: new Set(objects.flatMap(object => object.properties ?? [])),
  };
}

/** The classes of one file that extend an SDK's makers. */
export function makersIn(state: LinkState, path: string, used: ReadonlySet<SdkSurface>): readonly string[] {
  const { language, types } = state.files.get(path)!;
  if (![...used].some(surface => surface.languages.includes(language) && surface.flagObjects?.some(isExtended)))
    return [];
  state.evaluator.ask(path);
  return types
    .filter(type => type.bases.length > 0 && formOf(state, { kind: 'instance', path, type }) !== null)
    .map(type => type.name);
}

/** To tell whether a class extends one, all that it extends is followed: nobody does so for what no class can extend. */
function isExtended({ final }: SdkFlagObject): boolean {
  return final !== true;
}

/** Where one file makes flag objects: declarations, and the names that hold the objects. */
export function flagObjectsMade(state: LinkState, path: string, { makers }: FlagObjectWords) {
  const matches: Match[] = [];
  const names = new Set<string>();
  const facts = state.files.get(path)!;
  for (const call of callsOf(state, path, makers)) {
    const value = state.evaluator.evaluate(call, path);
    if ((value.kind !== 'external' && value.kind !== 'instance') || value.made?.call !== call) continue;
    const form = formOf(state, value);
    const key = form === null ? null : keyOf(state, value.made, form);
    if (form === null || key === null) continue;
    if (key.path === undefined)
      matches.push({ ...matchOf(state, path, key.expr, form, value.made), role: 'declaration' });
    for (const name of holdersOf(facts, call)) names.add(name);
  }
  return { matches, names };
}

/** The names by which a file gives on what others hold: `var AllowNone = metadata.AllowNoneGate`. */
export function namesGivenOn({ bindings }: FileFacts, holders: ReadonlySet<string>): readonly string[] {
  if (holders.size === 0) return [];
  const isHeld = ({ owner, scope, value }: BindingFact): boolean =>
    owner === null && scope.end === FILE_SCOPE.end && holders.has(lastName(value));
  return bindings.filter(isHeld).map(({ name }) => name);
}

function lastName(expr: Expr | null): string {
  if (expr?.kind === 'name') return expr.name;
  return expr?.kind === 'member' ? expr.property : '';
}

/** Where one file asks flag objects that `names` hold, or by the methods that flag objects have. */
export function flagObjectsAsked(
  state: LinkState,
  path: string,
  { methods, properties }: FlagObjectWords,
  names: ReadonlySet<string>,
): readonly Match[] {
  const matches: Match[] = [];
  const add = (
    { nameSpan, span }: Pick<CallExpr, 'nameSpan' | 'span'>,
    asked: Expr,
    isAsked: (form: FlagObjectForm) => boolean,
  ): void => {
    const value = readResult(state, state.evaluator.evaluate(asked, path));
    const form = formOf(state, typed(state, value));
    if (form === null || !isAsked(form)) return;
    const made = value.kind === 'external' || value.kind === 'instance' ? value.made : undefined;
    // What a class of flag objects asks itself is a question about each of them, and asked where they are.
    if (value.kind === 'instance' && made === undefined) return;
    matches.push({ ...matchOf(state, path, asked, form, made), nameSpan, end: span.end });
  };
  for (const call of callsOf(state, path, methods)) {
    const { callee } = call;
    if (callee.kind === 'member') add(call, callee.object, form => form.object.methods.includes(callee.property));
  }
  for (const call of callsOf(state, path, names)) add(call, call.callee, form => form.object.called === true);
  if (properties.size === 0) return matches;
  for (const { object, property, propertySpan, span } of memberReads(state.files.get(path)!)) {
    const isRead = (form: FlagObjectForm) => form.object.properties?.includes(property) === true;
    if (properties.has(property)) add({ nameSpan: propertySpan, span }, object, isRead);
  }
  return matches;
}

function* callsOf(state: LinkState, path: string, names: ReadonlySet<string>): Iterable<CallExpr> {
  const { calls } = state.indexes.get(path)!;
  for (const name of names) yield* calls.get(name) ?? [];
  for (const call of state.files.get(path)!.language === 'ruby' ? (calls.get('new') ?? []) : [])
    if (names.has(makerOf(call.callee))) yield call;
}

/** The kind of flag object that a value is: made by the SDK, or of a class that extends the SDK's. */
function formOf(state: LinkState, value: Value): FlagObjectForm | null {
  if (value.kind === 'external') {
    // Ruby's classes make their objects by a method of theirs.
    const isNew = value.names.at(-1) === 'new';
    const forms = state.flagObjects.get(value.names.at(isNew ? -2 : -1) ?? '') ?? [];
    return forms.find(form => isPackageOf(form.surface, value.from)) ?? null;
  }
  if (value.kind !== 'instance') return null;
  for (const { path, type } of state.evaluator.ancestors(value.path, value.type)) {
    for (const base of type.bases) {
      const form = formOf(state, withoutInstance(state.evaluator.evaluate(base, path)));
      if (form !== null) return form;
    }
  }
  return null;
}

/** Of the bases only those from outside are asked: `ancestors` has followed the others. */
function withoutInstance(value: Value): Value {
  return value.kind === 'external' ? value : UNKNOWN;
}

/** Ruby: a method without arguments is read like a field (`attr_reader :new_checkout`). */
function readResult(state: LinkState, value: Value): Value {
  if (value.kind !== 'function' || state.files.get(value.path)?.language !== 'ruby') return value;
  const [result, ...more] = value.fn.returns;
  return result === undefined || more.length > 0 ? value : state.evaluator.evaluate(result, value.path);
}

/** A parameter is worth what its type says. */
function typed(state: LinkState, value: Value): Value {
  if (value.kind !== 'parameter') return value;
  const { type } = value.parameter;
  return type === null ? UNKNOWN : instanceOf(state.evaluator.evaluate(type, value.path));
}

function keyOf(state: LinkState, { call, path }: Made, { object }: FlagObjectForm): KeyAt | null {
  if (object.heldBy !== undefined) return heldKey(state, call, path);
  const found = keysAt(call, path, object.key, state.evaluator)[0] ?? null;
  if (object.namedBy === undefined) return found;
  const { position, prefix } = object.namedBy;
  if (found !== null && state.evaluator.evaluate(found.expr, found.path ?? path).kind === 'text') return found;
  const name = argumentAt(call, { position });
  // A construction's first argument is a text, and what it makes is named by its own name.
  if (name?.kind !== 'name') return name === null || name.kind !== 'string' ? null : { expr: name };
  const { name: text, span } = name;
  const isPrefixed = text.startsWith(prefix) && text.length > prefix.length;
  const start = isPrefixed ? span.start + prefix.length : span.start;
  return {
    expr: { kind: 'string', value: text.slice(isPrefixed ? prefix.length : 0), span: { start, end: span.end } },
  };
}

function matchOf(state: LinkState, path: string, keyExpr: Expr, form: FlagObjectForm, made: Made | undefined): Match {
  const { names, fallback } = form.object;
  const name = made === undefined ? '' : makerOf(made.call.callee);
  const fallbackExpr = made === undefined || fallback === null ? null : argumentAt(made.call, fallback);
  return {
    path,
    nameSpan: keyExpr.span,
    end: keyExpr.span.end,
    keyExpr,
    fallbackExpr: null,
    constantFallback: fallbackExpr === null ? undefined : constantOf(fallbackExpr, made!.path, state.evaluator),
    system: form.sdk.id,
    method: name,
    type: names[name] ?? Object.values(names)[0] ?? null,
    via: null,
    confidence: 'certain',
    role: 'check',
  };
}

/** The name of what is called; of Ruby's `Flag.new`, that of the class. */
function makerOf(callee: Expr): string {
  if (callee.kind === 'name') return callee.name;
  if (callee.kind !== 'member') return '';
  return callee.property === 'new' ? makerOf(callee.object) : callee.property;
}

/** The names by which a file holds what a call makes: a variable's, or that of an object's entry. */
function holdersOf(facts: FileFacts, { span }: CallExpr): readonly string[] {
  const holds = (value: Expr | null): boolean => value?.span.start === span.start && value.span.end === span.end;
  const bindings = facts.bindings.filter(({ value }) => holds(value)).map(({ name }) => name);
  const entries = facts.bindings.flatMap(({ value }) =>
    value?.kind === 'object' ? value.entries.filter(entry => holds(entry.value)).map(entry => entry.key) : [],
  );
  return [...bindings, ...entries];
}
