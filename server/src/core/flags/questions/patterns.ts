/**
 * Configured check patterns: code with holes, matched on syntax. `$KEY` is the key, `$_` (or any other `$NAME`) one value,
 * `$$$` any arguments. How they are compiled stands in `compilePatterns.ts`: who links by what was compiled before needs no grammars.
 */
import type { Argument, CallExpr, Expr, LanguageId, MemberExpr } from '../../languages/facts.ts';
import { lookUp } from '../resolve/symbols.ts';
import { type LinkState, type Match, plainMatch } from './linkState.ts';
import { memberReads } from './memberReads.ts';

/** A compiled pattern. */
export interface CheckPattern {
  readonly language: LanguageId;
  readonly shape: CallExpr | MemberExpr;
}

/** Holes as identifiers that every language can parse. */
export const KEY_HOLE = '__flagbook_key__';
export const ANY_HOLE = '__flagbook_any__';
export const REST_HOLE = '__flagbook_rest__';

/** Matches of the configured patterns in one file. */
export function patternMatches(state: LinkState, path: string, patterns: readonly CheckPattern[]): readonly Match[] {
  const facts = state.files.get(path)!;
  const applicable = patterns.filter(pattern => pattern.language === facts.language);
  if (applicable.length === 0) return [];
  const matches: Match[] = [];
  for (const { shape } of applicable) {
    const candidates: readonly (CallExpr | MemberExpr)[] = shape.kind === 'call' ? facts.calls : memberReads(facts);
    for (const candidate of candidates) {
      const search: Search = { state, path, key: null };
      const member =
        shape.kind === 'member'
          ? innermostMatch(shape, candidate, search)
          : matchesShape(shape, candidate, search)
            ? candidate
            : null;
      if (member !== null && search.key !== null) matches.push(matchOf(path, member, search.key));
    }
  }
  return matches;
}

/** One attempt to match: where it looks, and the key it found. */
interface Search {
  readonly state: LinkState;
  readonly path: string;
  key: Expr | null;
}

/** `config.featureToggles.$KEY` also stands inside `config.featureToggles.x.toString`. */
function innermostMatch(shape: MemberExpr, candidate: Expr, search: Search): MemberExpr | null {
  for (let at: Expr = candidate; at.kind === 'member'; at = at.object) if (matchesShape(shape, at, search)) return at;
  return null;
}

function matchOf(path: string, expr: CallExpr | MemberExpr, keyExpr: Expr): Match {
  const nameSpan = expr.kind === 'call' ? expr.nameSpan : expr.propertySpan;
  return plainMatch({
    path,
    nameSpan,
    end: expr.span.end,
    keyExpr,
    system: 'custom',
    method: methodOf(expr),
    via: expr.kind === 'member' ? 'property' : null,
    confidence: 'certain',
  });
}

function methodOf(expr: CallExpr | MemberExpr): string {
  const named = expr.kind === 'call' ? expr.callee : expr.object;
  return named.kind === 'member' ? named.property : named.kind === 'name' ? named.name : '';
}

function matchesShape(shape: Expr, expr: Expr, search: Search): boolean {
  if (shape.kind === 'name') {
    if (shape.name === KEY_HOLE) {
      search.key = expr;
      return true;
    }
    if (shape.name === ANY_HOLE) return true;
    // A pattern's first name also stands for a member of that name: `features.isOn` matches `this.features.isOn`.
    const name = expr.kind === 'name' ? expr.name : expr.kind === 'member' ? expr.property : null;
    return name !== null && withoutSigil(name) === withoutSigil(shape.name);
  }
  if (shape.kind === 'member') {
    const bound = expr.kind === 'name' ? memberBoundTo(expr, search) : null;
    if (bound !== null) return matchesShape(shape, bound, search);
    if (expr.kind !== 'member' || !matchesShape(shape.object, expr.object, search)) return false;
    if (shape.property === KEY_HOLE) {
      search.key = { kind: 'string', value: expr.property, span: expr.propertySpan };
      return true;
    }
    return shape.property === ANY_HOLE || shape.property === expr.property;
  }
  if (shape.kind === 'call')
    return (
      expr.kind === 'call' &&
      matchesShape(shape.callee, expr.callee, search) &&
      matchesArguments(shape.args, expr.args, search)
    );
  if (shape.kind === 'string') return expr.kind === 'string' && expr.value === shape.value;
  if (shape.kind === 'literal') return expr.kind === 'literal' && expr.value === shape.value;
  if (shape.kind === 'object') {
    if (expr.kind !== 'object') return false;
    return shape.entries.every(entry => {
      const own = expr.entries.find(candidate => candidate.key === entry.key);
      return own !== undefined && matchesShape(entry.value, own.value, search);
    });
  }
  return false;
}

/** Ruby's `@features` and PHP's `$features` are that language's `features`. */
function withoutSigil(name: string): string {
  return name.replace(/^(?:@@?|\$)/, '');
}

/** The member a local name stands for: `flags` behind `const { flags } = config`. */
function memberBoundTo(name: Expr & { kind: 'name' }, { state, path }: Search): MemberExpr | null {
  const symbols = state.evaluator.symbols(path);
  const found = symbols === null ? null : lookUp(symbols, name.name, name.span.start);
  const value = found?.kind === 'bindings' && found.bindings.length === 1 ? found.bindings[0]!.value : null;
  return value?.kind === 'member' ? value : null;
}

/** Arguments match in order; those behind the pattern's last are allowed, since most libraries grew optional ones. */
function matchesArguments(shapes: readonly Argument[], args: readonly Argument[], search: Search): boolean {
  for (const [index, shape] of shapes.entries()) {
    if (shape.value.kind === 'name' && shape.value.name === REST_HOLE) return true;
    const own = shape.name === null ? args[index] : args.find(argument => argument.name === shape.name);
    if (own === undefined || own.spread || !matchesShape(shape.value, own.value, search)) return false;
  }
  return true;
}
