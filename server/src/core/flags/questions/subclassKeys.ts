/**
 * Keys that subclasses hold for a question of their base: `if is_enabled(self.flag)` in a class, and `flag = "new-nav"` in those that extend
 * it. The method that asks becomes a wrapper with a `field`, and what gives the field its key is a check. Fields that an SDK's own base
 * reads are `flagFields.ts`' business.
 */
import { type Expr, type FunctionFact, isNominal } from '../../languages/facts.ts';
import { wordsOf } from '../names/flagWords.ts';
import { familyOf } from '../resolve/programNames.ts';
import { enclosingFunctions } from '../resolve/symbols.ts';
import { asKey, type Value } from '../resolve/value.ts';
import { type LinkState, type Match, plainMatch, type Wrapper } from './linkState.ts';

/** The wrapper that a check makes of the method around it, whose class leaves its key to those that extend it; else null. */
export function subclassWrapper(state: LinkState, match: Match, key: Value): Wrapper | null {
  const { keyExpr, path, type, confidence } = match;
  if (keyExpr === null || match.role !== 'check' || match.keyPath !== undefined || IS_KNOWN.has(key.kind)) return null;
  const facts = state.files.get(path)!;
  const field = fieldOf(keyExpr, isNominal(facts.language) || familyOf(facts.language) === 'ruby');
  if (field === null) return null;
  const fn = enclosingFunctions(facts, match.nameSpan.start).find(({ owner }) => owner !== null);
  if (fn?.owner == null || fn.name === null || !facts.types.some(({ name }) => name === fn.owner)) return null;
  const common = { path, fn, field, type, confidence, fallback: null, constantFallback: undefined, prefix: null };
  return { ...common, key: { position: NO_ARGUMENT } };
}

/** What is given to the fields of such wrappers in one file. */
export function subclassMatches(state: LinkState, path: string, wrappers: readonly Wrapper[]): readonly Match[] {
  const asking = wrappers.filter(({ field }) => field !== undefined);
  if (asking.length === 0) return [];
  return givenFields(state, path, new Set(asking.map(({ field }) => field!))).flatMap(given => {
    const type = state.files.get(path)!.types.find(({ name }) => name === given.owner);
    if (type === undefined) return [];
    const named = asking.filter(({ field }) => field === given.name);
    const bases = named.length === 0 ? [] : state.evaluator.ancestors(path, type).slice(1);
    const wrapper = named.find(each => bases.some(base => base.path === each.path && base.type.name === each.fn.owner));
    if (wrapper === undefined || asKey(state.evaluator.evaluate(given.value, path)).kind !== 'text') return [];
    const { nameSpan, value, name } = given;
    const common = {
      path,
      nameSpan,
      end: Math.max(nameSpan.end, value.span.end),
      keyExpr: value,
      method: name,
    } as const;
    const { type: asked, confidence } = wrapper;
    return [plainMatch({ ...common, system: 'inferred', type: asked, via: 'attribute', confidence })];
  });
}

/** Whether a guess may be handed on by such a field: it is called after a flag. */
export function isFlagField(field: string): boolean {
  return wordsOf(field).some(word => NOUNS.has(word));
}

const NOUNS: ReadonlySet<string> = new Set(['experiment', 'feature', 'flag', 'toggle']);

/** Whether nothing but the fields of subclasses gives such a wrapper its key: no call of the method does. */
export function isOfFieldAlone({ field, key }: Wrapper): boolean {
  return field !== undefined && key.position === NO_ARGUMENT;
}

/** No call has as many arguments, so that none of them is taken for the key. */
const NO_ARGUMENT = 1000;
const IS_KNOWN: ReadonlySet<Value['kind']> = new Set(['text', 'prefix', 'parameter', 'literal']);

interface GivenField {
  readonly owner: string;
  readonly name: string;
  readonly nameSpan: Match['nameSpan'];
  readonly value: Expr;
}

/** The fields, and methods without parameters that give one value, of these names. */
function givenFields(state: LinkState, path: string, names: ReadonlySet<string>): readonly GivenField[] {
  const { bindings, functions } = state.files.get(path)!;
  const fields = bindings.flatMap(({ owner, name, nameSpan, value }): GivenField[] =>
    owner !== null && value !== null && names.has(bare(name)) ? [{ owner, name: bare(name), nameSpan, value }] : [],
  );
  const methods = functions.flatMap((fn): GivenField[] => {
    const value = fn.owner !== null && fn.name !== null && names.has(fn.name) ? onlyResult(fn) : null;
    return value === null ? [] : [{ owner: fn.owner!, name: fn.name!, nameSpan: fn.nameSpan, value }];
  });
  return [...fields, ...methods];
}

function onlyResult({ parameters, returns }: FunctionFact): Expr | null {
  const takesNothing = parameters.every(({ position }) => position < 0);
  return takesNothing && returns.length === 1 ? returns[0]! : null;
}

/** The field, or the method, of the object itself that an expression reads. */
function fieldOf(expr: Expr, isBareRead: boolean): string | null {
  const read = expr.kind === 'call' && expr.args.length === 0 && !expr.construct ? expr.callee : expr;
  if (read.kind === 'name') return isBareRead || read !== expr ? bare(read.name) : null;
  if (read.kind !== 'member') return null;
  return isSelf(read.object) ? bare(read.property) : null;
}

function isSelf(expr: Expr): boolean {
  if (expr.kind === 'name') return SELF.has(expr.name);
  // `self.class::FLAG`, `this.constructor.flag`, `type(self).flag`.
  if (expr.kind === 'member') return /^(?:class|constructor|__class__)$/.test(expr.property) && isSelf(expr.object);
  const [given] = expr.kind === 'call' && expr.callee.kind === 'name' && expr.callee.name === 'type' ? expr.args : [];
  return given !== undefined && isSelf(given.value);
}

const SELF: ReadonlySet<string> = new Set(['$this', 'cls', 'self', 'static', 'this']);

function bare(name: string): string {
  return name.replace(/^[$@]+/, '');
}
