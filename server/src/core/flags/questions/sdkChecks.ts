/**
 * Calls of known SDKs. What a call belongs to is told by where its client comes from: an import that can be followed makes it
 * certain, an import in the same file and a name that fits make it likely. A name alone never makes a check.
 */
import type { CallExpr, Expr, FileFacts, LanguageId } from '../../languages/facts.ts';
import type { Confidence } from '../../model.ts';
import type { FileIndex } from '../linking/fileIndex.ts';
import { speaksOfFlags } from '../names/flagWords.ts';
import { argumentAt } from '../resolve/arguments.ts';
import { lookUp } from '../resolve/symbols.ts';
import { asKey, type Value } from '../resolve/value.ts';
import { type FlagSdk, isPackageOf, type SdkCall, type SdkSurface } from '../sdk.ts';
import type { CallIndex } from './callIndex.ts';
import { keysAt, placeOf } from './keys.ts';
import type { LinkState, Match } from './linkState.ts';

/**
 * Whether nothing in a file is an SDK's unless some file of the repository names its package in an import. Where nobody does, its calls need not be
 * followed to where their receivers come from: every `String()` of a large repository in Go, every `isEnabled()` in Java would lead into what
 * it imports.
 */
function provesByImports(facts: FileFacts): boolean {
  if (facts.language === 'go' || facts.language === 'python') return true;
  return BY_IMPORTS.has(facts.language) && !writesPackages(facts);
}

const BY_IMPORTS: ReadonlySet<LanguageId> = new Set(['java', 'kotlin', 'scala', 'csharp', 'swift']);

/** Whether a file says of what package something is where it says of what type: `com.acme.sdk.Client client`. */
function writesPackages({ bindings, functions, calls }: FileFacts): boolean {
  return (
    bindings.some(({ type }) => isWhole(type)) ||
    functions.some(
      ({ parameters, resultType }) => isWhole(resultType) || parameters.some(({ type }) => isWhole(type)),
    ) ||
    calls.some(({ construct, callee }) => (construct || callee.kind === 'member') && isWhole(callee))
  );
}

/**
 * C++: whether a file that includes nothing of an SDK says by a whole path that something is the SDK's (`configcat::Client`), or calls what has
 * the vendor's name. Any other call would lead into the bases of whatever it is made on.
 */
function isWritten({ packages, globals }: SdkSurface, name: string, roots: ReadonlySet<string>): boolean {
  return globals?.includes(name) === true || packages.some(pattern => roots.has(/^\w*/.exec(pattern)![0]));
}

/** The names with which the paths begin that a file writes for types, for what it calls and for what it reads. */
function rootsOf({ bindings, functions, calls, members }: FileFacts): ReadonlySet<string> {
  const roots = new Set<string>();
  const add = (expr: Expr | null | undefined): void => {
    let at = expr;
    while (at?.kind === 'member') at = at.object;
    if (at?.kind === 'name') roots.add(at.name);
  };
  for (const { type } of bindings) add(type);
  for (const { parameters, resultType } of functions)
    for (const type of [resultType, ...parameters.map(({ type }) => type)]) add(type);
  for (const { callee } of calls) add(callee);
  for (const read of members) add(read);
  return roots;
}

/** Whether this may be a path from a package to a type, or to what stands in one: of names in small letters, or of C#'s three or more. */
function isWhole(expr: Expr | null | undefined): boolean {
  let hasType = false;
  let depth = 0;
  let at = expr;
  for (; at?.kind === 'member'; at = at.object) {
    hasType ||= isCapital(at.property);
    depth++;
  }
  return hasType && at?.kind === 'name' && (!isCapital(at.name) || depth > 1);
}

function isCapital(name: string): boolean {
  return /^\p{Lu}/u.test(name);
}

/** One call form of one SDK, ready to be looked up by name. */
interface Form {
  readonly sdk: FlagSdk;
  readonly surface: SdkSurface;
  readonly call: SdkCall;
}

/** All call forms of a language by called name. */
export type SdkForms = ReadonlyMap<LanguageId, ReadonlyMap<string, readonly Form[]>>;

/** Arranges the SDKs' data for look-up. */
export function arrangeForms(sdks: readonly FlagSdk[]): SdkForms {
  const forms = new Map<LanguageId, Map<string, Form[]>>();
  for (const sdk of sdks) {
    for (const surface of sdk.surfaces) {
      for (const language of surface.languages) {
        const byName = forms.get(language) ?? new Map<string, Form[]>();
        forms.set(language, byName);
        for (const call of surface.calls) {
          for (const name of Object.keys(call.names))
            byName.set(name, [...(byName.get(name) ?? []), { sdk, surface, call }]);
        }
      }
    }
  }
  return forms;
}

/** Languages' SDKs that some file of the repository imports; distinctive names count as likely only for these. */
export function usedSurfaces(state: LinkState): ReadonlySet<SdkSurface> {
  const used = new Set<SdkSurface>();
  for (const { imported } of state.indexes.values()) for (const surface of imported) used.add(surface);
  return used;
}

/** The SDK calls of one file. */
export function sdkMatches(
  state: LinkState,
  path: string,
  forms: SdkForms,
  used: ReadonlySet<SdkSurface>,
): readonly Match[] {
  const index = state.indexes.get(path)!;
  const facts = state.files.get(path)!;
  const byName = forms.get(facts.language);
  if (byName === undefined) return [];
  const matches: Match[] = [];
  let byImports: boolean | null = null;
  let roots: ReadonlySet<string> | null = null;
  const mayBeProven = (form: Form, name: string): boolean => {
    if (used.has(form.surface)) return true;
    if (facts.language === 'cpp') {
      roots ??= rootsOf(facts);
      return isWritten(form.surface, name, roots);
    }
    byImports ??= provesByImports(facts);
    return !byImports;
  };
  const collect = (named: CallIndex, decorator: 'decorator' | 'call'): void => {
    for (const [name, calls] of named) {
      const candidates = (byName.get(name) ?? []).filter(
        form => (form.call.form === 'decorator') === (decorator === 'decorator') && mayBeProven(form, name),
      );
      if (candidates.length === 0) continue;
      for (const call of calls) {
        if (!isOfWhatWasMade(call, calls))
          matches.push(...matchCall({ state, path, index, name, call }, candidates, used));
      }
    }
  };
  collect(index.sdkCalls, 'call');
  collect(index.sdkDecorators, 'decorator');
  return matches;
}

/** `waffle_switch('new-nav')(view)`: who asks was given the key, and is called with something else. */
function isOfWhatWasMade({ callee, nameSpan }: CallExpr, calls: readonly CallExpr[]): boolean {
  if (callee.kind !== 'call' || callee.args.length === 0) return false;
  return calls.some(
    ({ nameSpan: own, span }) => own.start === nameSpan.start && span.end === callee.span.end && span.end > own.end,
  );
}

/** A call that may be an SDK's. */
interface Candidate {
  readonly state: LinkState;
  readonly path: string;
  readonly index: FileIndex;
  readonly name: string;
  readonly call: CallExpr;
}

function matchCall(candidate: Candidate, forms: readonly Form[], used: ReadonlySet<SdkSurface>): readonly Match[] {
  const { state, path, index, call } = candidate;
  const callee = state.evaluator.evaluate(call.callee, path);
  if (callee.kind === 'external') {
    const proven = formsOf(callee, forms);
    const confidence = confidenceOf(callee.named, proven, used);
    if (confidence === null) return [];
    const isHandedOut = proven.some(form => form.call.on !== undefined);
    const asked = isHandedOut ? { ...candidate, call: withReceiver(state, path, call) } : candidate;
    const matches = likeliest(asked, proven, confidence);
    if (matches.length > 0) return matches;
  }
  // A type that stands elsewhere, nobody knows where, may be the SDK's; only a name that no other library has tells.
  const isElsewhere = callee.kind === 'external' && callee.from === '';
  if ((callee.kind !== 'unknown' && !isElsewhere) || call.callee.kind !== 'member') return [];
  const { object } = call.callee;
  const methods = forms.filter(
    form =>
      form.call.form === 'method' &&
      form.call.proven !== true &&
      (form.call.on === undefined ? form.call.distinctive || !isElsewhere : isHandedOutBy(form, object)) &&
      isAskable(form, object),
  );
  // A method that is only referred to (`lamps::isEnabled`) is believed where its client is known.
  if (methods.length === 0 || call.span.end === call.nameSpan.end) return [];
  if (!isElsewhere && isKnownOtherwise(state.evaluator.evaluate(object, path))) return [];
  const imported = methods.filter(form => index.imported.includes(form.surface));
  const likely = likeliest(candidate, imported, 'likely');
  if (likely.length > 0) return likely;
  const plausible = methods.filter(
    form => (form.call.distinctive || form.call.on !== undefined) && used.has(form.surface),
  );
  const matches = likeliest(candidate, plausible, 'possible');
  return matches.every(match => isConstant(state, match)) ? matches : [];
}

/** Whether a call, of whatever, has the name of one by which a client hands out what is asked: `user.features()`. */
function isHandedOutBy({ call }: Form, receiver: Expr): boolean {
  if (receiver.kind !== 'call') return false;
  const { callee } = receiver;
  return call.on?.includes(callee.kind === 'member' ? callee.property : '') === true;
}

/** A name that many libraries have is only believed of a receiver that is called as a client of flags would be. */
function isAskable({ sdk, call }: Form, receiver: Expr): boolean {
  if (call.common !== true || call.on !== undefined) return true;
  const name = receiver.kind === 'member' ? receiver.property : receiver.kind === 'name' ? receiver.name : '';
  return speaksOfFlags(name) || /client|sdk|gate/i.test(name) || name.toLowerCase().includes(sdk.id);
}

/** The forms of a package's calls: those on an object that the client handed out, if it did, else those on the client. */
function formsOf({ from, names }: Value & { kind: 'external' }, candidates: readonly Form[]): readonly Form[] {
  const ofPackage = candidates.filter(form => isPackageOf(form.surface, from));
  const handedOut = ofPackage.filter(form => form.call.on?.includes(names.at(-2) ?? '') === true);
  return handedOut.length > 0 ? handedOut : ofPackage.filter(form => form.call.on === undefined);
}

/** The call with its receiver written out: `flag.isOn()` after `flag = flags[key]` is `flags[key].isOn()`. */
function withReceiver(state: LinkState, path: string, call: CallExpr): CallExpr {
  const { callee } = call;
  if (callee.kind !== 'member' || callee.object.kind !== 'name') return call;
  const symbols = state.evaluator.symbols(path);
  const found = symbols === null ? null : lookUp(symbols, callee.object.name, callee.object.span.start);
  const value = found?.kind === 'bindings' && found.bindings.length === 1 ? found.bindings[0]!.value : null;
  return value === null ? call : { ...call, callee: { ...callee, object: value } };
}

/**
 * A constant's name proves an SDK when the repository uses the SDK and declares no such constant itself. Without the one it is
 * likely all the same; without both the constant is the repository's own.
 */
function confidenceOf(
  named: 'alone' | 'shared' | undefined,
  proven: readonly Form[],
  used: ReadonlySet<SdkSurface>,
): Confidence | null {
  const isUsed = proven.some(form => used.has(form.surface));
  if (named === undefined || (named === 'alone' && isUsed)) return 'certain';
  return named === 'alone' || isUsed ? 'likely' : null;
}

/** A receiver whose value is known is no client: a client's value comes from its SDK. */
function isKnownOtherwise(receiver: Value): boolean {
  // What a class inherits from outside can't be seen; one without bases has no methods but its own.
  if (receiver.kind === 'instance') return receiver.type.bases.length === 0;
  return receiver.kind !== 'unknown' && receiver.kind !== 'parameter';
}

/**
 * The matches of the form that fits a call best. A package may have several, such as one for a browser and one for a server: the
 * one whose keys are constants is meant, else the first.
 */
function likeliest(candidate: Candidate, forms: readonly Form[], confidence: Confidence): readonly Match[] {
  let first: readonly Match[] | null = null;
  for (const form of forms) {
    const matches = matchesOf(candidate, form, confidence);
    if (matches.length === 0) continue;
    if (forms.length === 1 || matches.every(match => isConstant(candidate.state, match))) return matches;
    first ??= matches;
  }
  return first ?? [];
}

function isConstant(state: LinkState, { keyExpr, keyPath, path }: Match): boolean {
  return keyExpr !== null && asKey(state.evaluator.evaluate(keyExpr, keyPath ?? path)).kind === 'text';
}

function matchesOf({ state, path, name, call }: Candidate, form: Form, confidence: Confidence): readonly Match[] {
  const { key, fallback, names, via, role, negation } = form.call;
  const fallbackExpr = fallback === null ? null : argumentAt(call, fallback);
  const base = {
    path,
    constantFallback: undefined,
    system: form.sdk.id,
    method: name,
    type: names[name] ?? null,
    via,
    confidence,
    role: role ?? 'check',
    ...(negation === undefined ? {} : { negation }),
  } as const;
  const whole = { nameSpan: call.nameSpan, end: call.span.end };
  return keysAt(call, path, key, state.evaluator).map(found => ({ ...base, ...placeOf(whole, found, fallbackExpr) }));
}
