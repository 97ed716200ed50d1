/**
 * Configured check patterns: code with holes, matched on syntax. `$KEY` is the key, `$_` (or any other `$NAME`) one value,
 * `$$$` any arguments. A pattern is compiled by the language's own grammar, so a broken one is found when it is read, not
 * when it fails to match.
 */
import { parseText, releaseText } from '../../languages/extract.ts';
import type { Argument, CallExpr, Expr, FileFacts, LanguageId, MemberExpr } from '../../languages/facts.ts';
import type { Grammars } from '../../languages/grammars.ts';
import type { Language } from '../../languages/language.ts';
import { LANGUAGES } from '../../languages/registry.ts';
import type { Place, Problem } from '../../model.ts';
import { lookUp } from '../resolve/symbols.ts';
import { type LinkState, type Match, plainMatch } from './linkState.ts';
import { memberReads } from './memberReads.ts';

/** A compiled pattern. */
export interface CheckPattern {
  readonly language: LanguageId;
  readonly shape: CallExpr | MemberExpr;
}

/** A pattern as the configuration writes it. */
export interface PatternConfig {
  readonly pattern: string;
  readonly languages?: readonly string[] | undefined;
}

/**
 * Compiles patterns for every language they name, or every one that can parse them. A grammar that isn't loaded yet compiles
 * nothing: the caller compiles again when it is. A pattern that no loaded language can parse is a problem.
 */
export function compilePatterns(
  grammars: Grammars,
  configs: readonly PatternConfig[],
  placeOf: (index: number) => Place | null,
) {
  const patterns: CheckPattern[] = [];
  const problems: Problem[] = [];
  // What a template holds is compiled once: for the language itself, where that is here too.
  const loaded = LANGUAGES.filter(
    ({ id, holds }) => grammars.isLoaded(id) && (holds === undefined || !grammars.isLoaded(holds)),
  );
  for (const [index, { pattern, languages }] of configs.entries()) {
    const source = patternSource(pattern);
    const wanted = loaded.filter(
      language => languages === undefined || languages.includes(language.id) || languages.includes(familyOf(language)),
    );
    const before = patterns.length;
    for (const language of source === null ? [] : wanted) {
      const parsed = parseText(grammars, language, language.snippet?.(source!) ?? source!);
      if (parsed === null) continue;
      const shape = parsed.facts.broken ? null : patternShape(parsed.facts);
      if (shape !== null) patterns.push({ language: language.holds ?? language.id, shape });
      releaseText(parsed);
    }
    if (patterns.length > before || (source !== null && wanted.length === 0)) continue;
    const reason = source === null ? 'it has no $KEY' : 'it is neither a call nor a member access';
    const message = `checks: the pattern "${pattern}" can't be used, because ${reason}. Write it as code, such as features.isOn($KEY).`;
    problems.push({ code: 'config/pattern', severity: 'error', message, place: placeOf(index) });
  }
  return { patterns, problems };
}

/** `typescript` in a configuration means TSX too, `ruby` templates. */
function familyOf({ id: language, holds }: Language): string {
  if (holds !== undefined) return holds;
  if (language === 'erb' || language === 'haml') return 'ruby';
  return language === 'tsx' ? 'typescript' : language;
}

/** Holes as identifiers that every language can parse. */
export const KEY_HOLE = '__flagbook_key__';
const ANY_HOLE = '__flagbook_any__';
const REST_HOLE = '__flagbook_rest__';

/** The pattern's text with its holes written as identifiers; null when it has no `$KEY`. */
export function patternSource(pattern: string): string | null {
  const source = pattern
    .replaceAll('$$$', REST_HOLE)
    .replace(/\$KEY\b/g, KEY_HOLE)
    .replace(/\$[A-Z_][A-Z0-9_]*/g, ANY_HOLE);
  return source.includes(KEY_HOLE) ? source : null;
}

/** The shape a pattern's facts hold: its outermost call, or the member access it is. Null when it is neither. */
export function patternShape(facts: FileFacts): CallExpr | MemberExpr | null {
  const calls = facts.calls.filter(call => mentionsKey(call));
  const outermost = calls.sort((a, b) => b.span.end - b.span.start - (a.span.end - a.span.start))[0];
  if (outermost !== undefined) return outermost;
  return facts.members.filter(read => read.kind === 'member').find(mentionsKey) ?? null;
}

function mentionsKey(expr: Expr): boolean {
  switch (expr.kind) {
    case 'name':
      return expr.name === KEY_HOLE;
    case 'member':
      return expr.property === KEY_HOLE || mentionsKey(expr.object);
    case 'call':
      return mentionsKey(expr.callee) || expr.args.some(argument => mentionsKey(argument.value));
    case 'object':
      return expr.entries.some(entry => mentionsKey(entry.value));
    case 'index':
      return mentionsKey(expr.object) || mentionsKey(expr.index);
    default:
      return false;
  }
}

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
