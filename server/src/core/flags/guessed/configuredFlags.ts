/**
 * Flags that an application's own configuration lists, in Ruby and PHP: `Rails.configuration.x.features.new_nav`,
 * `Settings.features[:new_nav]`, `FEATURES.fetch(:new_nav)` of a hash that is written down, `config('features.new_nav')`; and variables of
 * the environment that are called a feature (`ENV['FEATURE_NEW_NAV']`), in Python too, where modules of settings have them (`settings.FEATURE_PAY`). A part of the name must say that what follows are
 * features, flags or toggles; all others are settings. What is found is *likely*, and *possible* where it is a variable's name alone. Python's
 * dictionaries are `flagSettings.ts`' business.
 */

import type { CallExpr, Expr, FileFacts, IndexExpr, MemberExpr } from '../../languages/facts.ts';
import type { Span } from '../../text.ts';
import { lastName } from '../names/lastName.ts';
import { listedName } from '../names/listedNames.ts';
import { type LinkState, type Match, plainMatch } from '../questions/linkState.ts';
import { indexReads, memberReads } from '../questions/memberReads.ts';
import { familyOf } from '../resolve/programNames.ts';

/** Such reads in one file. */
export function configuredFlagMatches(state: LinkState, path: string): readonly Match[] {
  const { language } = state.files.get(path)!;
  const family = familyOf(language);
  const variables = language === 'python' || family !== null ? environmentReads(state, path) : [];
  if (language === 'python') return [...variables, ...ofModule(state, path)];
  if (family === 'php') return [...variables, ...ofConfig(state, path)];
  return family === 'ruby' ? [...variables, ...ofSettings(state, path)] : variables;
}

/** Ruby: what is read below a list of flags, by name, in brackets or by `fetch` and `dig`. */
function ofSettings(state: LinkState, path: string): readonly Match[] {
  const facts = state.files.get(path)!;
  const matches: Match[] = [];
  for (const read of [...memberReads(facts), ...indexReads(facts), ...askedReads(facts)]) {
    for (let at: Expr = read; at.kind === 'member' || at.kind === 'index'; at = at.object) {
      const key = at.kind === 'member' ? nameOf(at) : at.index;
      if (!isList(state, at.object, key, path)) continue;
      const match = matchOf(path, key, at.kind === 'member' ? at.propertySpan : key.span, at.span.end);
      matches.push(at.kind === 'member' ? { ...match, via: 'property' } : match);
      break;
    }
  }
  for (const name of ['fetch', 'dig']) {
    for (const call of state.indexes.get(path)!.calls.get(name) ?? []) {
      const key = call.args[0]?.value;
      if (call.callee.kind !== 'member' || key === undefined || !isList(state, call.callee.object, key, path)) continue;
      const fallback = name === 'fetch' ? call.args[1]?.value : undefined;
      matches.push({ ...matchOf(path, key, call.nameSpan, call.span.end), fallbackExpr: fallback ?? null });
    }
  }
  return matches;
}

/** What is read in brackets and asked something: `ENV['FEATURE_NAV'].present?`. */
function askedReads({ calls }: FileFacts): readonly IndexExpr[] {
  return calls.flatMap(({ callee }) => {
    const read = callee.kind === 'member' && callee.object.kind === 'index' ? callee.object : null;
    // What is fetched is a call, which stands for the same value.
    return read !== null && read.index.span.start === read.object.span.end + 1 ? [read] : [];
  });
}

/** A method's name, read as a text. */
function nameOf({ property, propertySpan }: MemberExpr): Expr & { readonly kind: 'string' } {
  return { kind: 'string', value: property, span: propertySpan };
}

/** Whether what is read by this key is a list of flags: a part of the configuration, or a hash that is written down and has the key. */
function isList(state: LinkState, object: Expr, key: Expr, path: string): boolean {
  if (key.kind !== 'string' || !/^[A-Za-z]\w*$/.test(key.value)) return false;
  if (object.kind === 'member' && LIST.test(object.property) && isConfiguration(object.object))
    return !PLAIN.has(key.value);
  const name = lastName(object);
  if (
    !CONSTANT_LIST.test(name) &&
    !(name === 'FLAGS' && object.kind === 'member' && LIST_TYPE.test(lastName(object.object)))
  )
    return false;
  const value = state.evaluator.evaluate(object, path);
  const entry = value.kind === 'object' ? value.expr.entries.find(each => each.key === key.value) : undefined;
  return entry !== undefined && saysYesOrNo(entry.value);
}

/** `Rails.configuration`, `Rails.application.config.x`, `Settings`, `AppConfig`. */
function isConfiguration(object: Expr): boolean {
  if (object.kind === 'name') return /^(?:\w*Settings|\w*Config|config)$/.test(object.name);
  if (object.kind !== 'member') return false;
  if (object.property === 'x') return isConfiguration(object.object);
  const holder = object.object;
  if (object.property === 'configuration' || object.property === 'config')
    return lastName(holder) === 'Rails' || (lastName(holder) === 'application' && holder.kind === 'member');
  return object.property === 'Settings';
}

/** What an entry holds that says whether a flag is on; keys and names of other things are texts. */
function saysYesOrNo(value: Expr): boolean {
  if (value.kind === 'literal') return typeof value.value === 'boolean';
  return value.kind === 'call' || value.kind === 'choice' || value.kind === 'other' || value.kind === 'member';
}

/** Python: `settings.FEATURE_NEW_NAV`, `app.config["FEATURE_NEW_NAV"]`, `settings.feature_new_nav`. */
function ofModule(state: LinkState, path: string): readonly Match[] {
  if (SET_UP.test(path)) return [];
  const facts = state.files.get(path)!;
  return [...memberReads(facts), ...indexReads(facts)].flatMap(read => {
    const key = read.kind === 'index' ? read.index : nameOf(read);
    if (!/^(?:settings|config)$/.test(lastName(read.object))) return [];
    if (key.kind !== 'string' || !(isVariableOfFlag(key.value) || isFieldOfFlag(key.value))) return [];
    const match = { ...variableMatch(path, key, key.span, read.span.end), method: 'settings' };
    return [read.kind === 'index' ? match : { ...match, via: 'property' as const }];
  });
}

/**
 * PHP: `config('features.new_nav', false)`, `Config::get('features.new_nav')`, `config()->boolean('features.new_nav')`,
 * `$this->config->get('Feature.NewNav.Enabled')`.
 */
function ofConfig(state: LinkState, path: string): readonly Match[] {
  const { calls } = state.indexes.get(path)!;
  const asked = ['config', 'get', 'boolean', 'bool'].flatMap(name => (calls.get(name) ?? []).filter(isConfigCall));
  return asked.flatMap(({ args, nameSpan, span }) => {
    const [key, fallback] = args;
    if (key?.value.kind !== 'string' || key.name !== null) return [];
    const name = listedName(key.value.value);
    if (name === null) return [];
    const keyExpr: Expr = { kind: 'string', value: name, span: key.value.span };
    return [{ ...matchOf(path, keyExpr, nameSpan, span.end), method: 'config', fallbackExpr: fallback?.value ?? null }];
  });
}

function isConfigCall({ callee, construct }: CallExpr): boolean {
  if (construct) return false;
  if (callee.kind === 'name') return callee.name === 'config';
  if (callee.kind !== 'member') return false;
  const { object } = callee;
  // `App::config(…)`, not `config()->config(…)`.
  if (callee.property === 'config') return object.kind === 'name' && /^\\?[A-Z]/.test(object.name);
  if (object.kind === 'call')
    return object.callee.kind === 'name' && object.callee.name === 'config' && object.args.length === 0;
  return /(?:^|\\)[cC]onfig(?:uration)?$/.test(lastName(object));
}

/** Variables of the environment that are called a feature, outside of what sets the program up. */
function environmentReads(state: LinkState, path: string): readonly Match[] {
  if (SET_UP.test(path)) return [];
  const facts = state.files.get(path)!;
  const { calls } = state.indexes.get(path)!;
  const reads = [...indexReads(facts), ...memberReads(facts), ...askedReads(facts)].flatMap(read => {
    const key = variableRead(read);
    return key === null ? [] : [variableMatch(path, key, key.span, read.span.end)];
  });
  const asked = ['getenv', 'env', 'get', 'fetch'].flatMap(name =>
    (calls.get(name) ?? []).flatMap(({ callee, args, nameSpan, span }) => {
      const isBare = callee.kind === 'name' && (name === 'getenv' || name === 'env');
      const isOfSystem =
        callee.kind === 'member' &&
        (name === 'getenv' ? lastName(callee.object) === 'os' : isEnvironment(callee.object));
      const key = args[0]?.value;
      if (!(isBare || isOfSystem) || key?.kind !== 'string' || !isVariableOfFlag(key.value)) return [];
      const match = variableMatch(path, key, nameSpan, span.end);
      return [{ ...match, fallbackExpr: args[1]?.value ?? null }];
    }),
  );
  return [...reads, ...asked];
}

function variableRead(read: MemberExpr | IndexExpr): (Expr & { readonly kind: 'string' }) | null {
  if (!isEnvironment(read.object)) return null;
  const key = read.kind === 'index' ? read.index : nameOf(read);
  return key.kind === 'string' && isVariableOfFlag(key.value) ? key : null;
}

/** `ENV`, `os.environ`, `$_ENV`. */
function isEnvironment(object: Expr): boolean {
  if (object.kind === 'name') return /^(?:ENV|environ|\$_ENV|\$_SERVER)$/.test(object.name);
  return object.kind === 'member' && object.property === 'environ';
}

/** `FEATURE_NEW_NAV`, `SHOP_FEATURE_FLAG_NAV`; not where the service of flags is. */
function isVariableOfFlag(name: string): boolean {
  return /^(?:[A-Z0-9]+_)?FEATURE(?:_(?:FLAG|TOGGLE))?_[A-Z][A-Z0-9_]+$/.test(name) && !OF_SERVICE.test(name);
}

/** `feature_new_nav` of a class of settings; `feature_flags` are several. */
function isFieldOfFlag(name: string): boolean {
  return /^feature_(?!flags?$|toggles?$)[a-z][a-z0-9_]+$/.test(name) && isVariableOfFlag(name.toUpperCase());
}

const OF_SERVICE =
  /_FEATURES?$|FEATURE_(?:FLAGS|TOGGLES|SWITCHES)$|_(?:AGE|DAYS|LIMIT|MINUTES|SECONDS|SIZE|API|URL|URI|HOST|PORT|KEY|TOKEN|SECRET|PATH|FILE|DIR|TIMEOUT|TTL|NAME|VERSION|CLIENT|ID|POLICY|PREFIX|STORE|ENV|ENVIRONMENT|LIST|SET)$/;
/** Where programs are set up: what is read there is asked for under another name. */
const SET_UP = /(?:^|\/)(?:config|settings)(?:\/|\.\w+$)/;
const LIST = /^(?:features|feature_(?:flags|toggles)|toggles)$/;
const CONSTANT_LIST = /^(?:[A-Z]+_)?(?:FEATURES|FEATURE_(?:FLAGS|TOGGLES|SWITCHES))$/;
const LIST_TYPE = /^Feature(?:s|Flags?|Toggles?)$/;
/** What any object answers. */
const PLAIN: ReadonlySet<string> = new Set([
  ...['any', 'dig', 'each', 'empty', 'fetch', 'include', 'key', 'keys', 'map', 'merge', 'present', 'select', 'size'],
  ...['to_a', 'to_h', 'to_hash', 'to_json', 'values'],
]);

function matchOf(path: string, keyExpr: Expr, nameSpan: Span, end: number): Match {
  return plainMatch({ path, nameSpan, end, keyExpr, system: 'inferred', method: 'features', confidence: 'likely' });
}

function variableMatch(path: string, keyExpr: Expr, nameSpan: Span, end: number): Match {
  return plainMatch({ path, nameSpan, end, keyExpr, system: 'inferred', method: 'env', confidence: 'possible' });
}
