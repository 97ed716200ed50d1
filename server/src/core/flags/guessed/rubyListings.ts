/**
 * Ruby's types that list flags: records (`FeatureFlags = Data.define(:new_nav)`), classes with a reader for each flag, and modules or
 * classes with a question for each (`FeatureManagement.use_kms?`). Ruby says no types, so that only names which can mean nothing else are
 * believed. A method that asks an SDK is an accessor, and no flag of its own. Reading them is `typedToggles.ts`' business.
 */
import type { FileFacts, FunctionFact, MemberExpr, TypeFact } from '../../languages/facts.ts';
import { wordsOf } from '../names/flagWords.ts';
import { standingOf } from '../names/listNames.ts';
import type { LinkState } from '../questions/linkState.ts';
import { familyOf } from '../resolve/programNames.ts';
import type { ListingType } from './typedToggles.ts';

/** The types of one file that list flags. */
export function rubyListings(path: string, facts: FileFacts): readonly ListingType[] {
  return facts.types.flatMap((type): readonly ListingType[] => {
    if (!namesFlags(type, path) && !answersForAll(type, facts)) return [];
    const members = type.form === 'struct' || hasFields(type, facts) ? fieldsOf(type, facts) : methodsOf(type, facts);
    return members.length < LEAST_MEMBERS ? [] : [{ type, members, unmistakable: true }];
  });
}

/** The members of a listing whose methods ask nothing themselves. */
export function withoutAccessors(state: LinkState, path: string, { type, members }: ListingType): readonly string[] {
  const facts = state.files.get(path);
  if (facts === undefined || familyOf(facts.language) !== 'ruby') return members;
  const checks = (state.checks.get(path) ?? []).filter(({ role }) => role === 'check');
  if (checks.length === 0) return members;
  const asking = new Set(
    facts.functions
      .filter(fn => isOf(fn, type) && checks.some(({ nameSpan }) => isIn(nameSpan, fn.span)))
      .map(fn => fn.name),
  );
  return members.filter(name => !asking.has(name));
}

/** Questions without arguments, which Ruby's facts have as calls, as what reads the list. */
export function questionReads(state: LinkState, path: string): readonly MemberExpr[] {
  if (familyOf(state.files.get(path)?.language) !== 'ruby') return [];
  const reads: MemberExpr[] = [];
  for (const [name, calls] of state.indexes.get(path)!.calls) {
    if (!name.endsWith('?')) continue;
    for (const { callee, args } of calls) if (callee.kind === 'member' && args.length === 0) reads.push(callee);
  }
  return reads;
}

/** `FeatureFlags`, `Shop::Toggles`, `FeatureManagement`, `Features`: not the features of a plan. */
function namesFlags({ name }: TypeFact, path: string): boolean {
  const own = name.slice(name.lastIndexOf(':') + 1);
  const words = wordsOf(own);
  const isManaged = words.length === 2 && words[0] === 'feature' && MANAGES.has(words[1]!);
  return isManaged || own === 'Features' || standingOf(own, path) === 'unmistakable';
}

/** `FeatureToggle.new_nav_enabled?`: a class that is called as one flag, but has neither rows nor objects. */
function answersForAll(type: TypeFact, facts: FileFacts): boolean {
  if (!SINGLE.test(type.name) || type.bases.length > 0 || hasFields(type, facts)) return false;
  const own = facts.functions.filter(fn => isOf(fn, type));
  return own.every(fn => fn.name !== 'initialize' && fn.parameters.length === 0 && !isReader(fn));
}

const SINGLE = /(?:^|:)Feature(?:Flag|Gate|Switch|Toggle)$/;

const MANAGES: ReadonlySet<string> = new Set(['gates', 'management']);

function hasFields(type: TypeFact, facts: FileFacts): boolean {
  return facts.bindings.some(
    ({ owner, form, name, nameSpan }) => isField(owner, form, name, type) && isIn(nameSpan, type.span),
  );
}

function fieldsOf(type: TypeFact, facts: FileFacts): readonly string[] {
  const fields = facts.bindings.filter(
    ({ owner, form, name, nameSpan, value }) =>
      isField(owner, form, name, type) && value === null && isIn(nameSpan, type.span),
  );
  return [...new Set(fields.map(({ name }) => name))];
}

/** A record's field; `@x` is a variable, and a delegation has a value. */
function isField(owner: string | null, form: string, name: string, type: TypeFact): boolean {
  return owner === type.name && form === 'field' && /^[a-z]\w*$/.test(name);
}

/** Methods that take nothing: readers, or questions that say more than that something is on. */
function methodsOf(type: TypeFact, { functions }: FileFacts): readonly string[] {
  const own = functions.filter(fn => isOf(fn, type) && fn.parameters.length === 0 && fn.name !== null);
  const named = own.filter(fn => (fn.name!.endsWith('?') ? !PLAIN.has(fn.name!) : isReader(fn)));
  return [...new Set(named.map(({ name }) => name!))];
}

/** `attr_reader :new_nav`. */
function isReader({ name, nameSpan, span, returns }: FunctionFact): boolean {
  const [result] = returns;
  const isMacro = span.start === nameSpan.start && span.end === nameSpan.end;
  return isMacro && result?.kind === 'member' && result.property === `@${name}` && !SETTINGS.has(name!);
}

function isOf(fn: FunctionFact, type: TypeFact): boolean {
  return fn.owner === type.name && isIn(fn.span, type.span);
}

function isIn(inner: { start: number; end: number }, outer: { start: number; end: number }): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

const LEAST_MEMBERS = 2;
/** Questions of any collection or state. */
const PLAIN: ReadonlySet<string> = new Set([
  'active?',
  'any?',
  'blank?',
  'configured?',
  'empty?',
  'enabled?',
  'exist?',
  'exists?',
  'loaded?',
  'none?',
  'on?',
  'present?',
  'ready?',
  'valid?',
]);
/** What a list of flags is made with. */
const SETTINGS: ReadonlySet<string> = new Set([
  ...['account', 'actor', 'adapter', 'cache', 'client', 'config', 'context', 'current_user', 'env', 'environment'],
  ...['flags', 'features', 'id', 'logger', 'name', 'options', 'organization', 'params', 'project', 'redis', 'request'],
  ...['session', 'settings', 'store', 'tenant', 'user'],
]);
