/**
 * Configured check patterns (`patterns.ts`), compiled by the language's own grammar: a broken one is found when it is read, not when it
 * fails to match.
 */
import { parseText, releaseText } from '../../languages/extract.ts';
import type { CallExpr, Expr, FileFacts, MemberExpr } from '../../languages/facts.ts';
import type { Grammars } from '../../languages/grammars.ts';
import type { Language } from '../../languages/language.ts';
import { LANGUAGES } from '../../languages/registry.ts';
import type { Place, Problem } from '../../model.ts';
import { ANY_HOLE, type CheckPattern, KEY_HOLE, REST_HOLE } from './patterns.ts';

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
