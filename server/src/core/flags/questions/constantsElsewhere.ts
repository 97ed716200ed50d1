/**
 * Constants of flags whose type nobody declares here, since a build writes it or another package has it: `isFeatureEnabled(Feature.NEW_NAV)`. Where the
 * question's own parameter is of that very type, the constant can be nothing but one of its flags, and is called as it is.
 */
import { type Expr, type LanguageId, nominalFamilyOf, type ParameterFact } from '../../languages/facts.ts';
import { speaksOfFlags } from '../names/flagWords.ts';
import { lastName } from '../names/lastName.ts';
import type { Value } from '../resolve/value.ts';
import type { LinkState, Match } from './linkState.ts';

/** Whether an expression is a constant of the type that a parameter has, by its name: a type of flags that stands elsewhere. */
export function isConstantElsewhere(key: Expr, value: Value, { type }: ParameterFact, language: LanguageId): boolean {
  const isOpen = value.kind === 'unknown' || (value.kind === 'external' && value.made === undefined);
  const family = nominalFamilyOf(language);
  if (!isOpen || type === null || (family !== 'jvm' && family !== 'csharp' && family !== 'swift')) return false;
  if (key.kind !== 'member' || !CONSTANT.test(key.property)) return false;
  const name = lastName(type);
  return speaksOfFlags(name) && lastName(key.object) === name;
}

/**
 * Go: whether an expression is a constant of another module's package that speaks of flags, asked for by a parameter whose type is of another's, too
 * (`handler.Enabled(features.FeatureGateNav)`). What its text is nobody knows.
 */
export function isGoConstantElsewhere(key: Expr, value: Value, { type }: ParameterFact): boolean {
  if (value.kind !== 'external' || value.made !== undefined || type?.kind !== 'member' || key.kind !== 'member')
    return false;
  return (
    speaksOfFlags(type.property) &&
    CONSTANT.test(key.property) &&
    (speaksOfFlags(key.property) || speaksOfFlags(lastName(key.object)))
  );
}

/** The key of a question of the repository's own that is asked with such a constant: the constant's name; else null. */
export function keyElsewhere(state: LinkState, { keyExpr, keyPath, path, method, system }: Match, value: Value) {
  if (keyExpr?.kind !== 'member' || system !== 'inferred') return null;
  const at = keyPath ?? path;
  const { language } = state.files.get(at)!;
  for (const { fn, key } of state.wrappers.values()) {
    const parameter = fn.name === method ? fn.parameters.find(({ position }) => position === key.position) : undefined;
    if (parameter !== undefined && isConstantElsewhere(keyExpr, value, parameter, language))
      return { kind: 'text', text: keyExpr.property, place: { path: at, span: keyExpr.span }, via: ['enum'] } as const;
  }
  return null;
}

const CONSTANT = /^[A-Z]\w/;
