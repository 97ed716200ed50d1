/**
 * Ruby's questions that only names speak for: classes that are a flag each in a module of flags (`Features::NewNav.enabled?`), and flags
 * that a declaration names for somebody else to ask (`data_consistency :delayed, feature_flag: :new_reads`). What is found is *likely*. Libraries
 * that are asked with a key are `homegrown.ts`' and `foreignCalls.ts`' business.
 */

import type { CallExpr, Expr } from '../../languages/facts.ts';
import { lastName } from '../names/lastName.ts';
import { isTestPath } from '../names/testPaths.ts';
import { type LinkState, type Match, plainMatch } from '../questions/linkState.ts';
import { familyOf } from '../resolve/programNames.ts';
import { asKey } from '../resolve/value.ts';

/** Such questions in one file. */
export function rubyQuestions(state: LinkState, path: string): readonly Match[] {
  const facts = state.files.get(path)!;
  if (familyOf(facts.language) !== 'ruby') return [];
  const { calls } = state.indexes.get(path)!;
  const asked = QUESTIONS.flatMap(name => (calls.get(name) ?? []).flatMap(call => ofClass(state, path, call)));
  return isTestPath(path) ? asked : [...asked, ...facts.calls.flatMap(call => ofKeyword(state, path, call))];
}

const QUESTIONS = ['active?', 'disabled?', 'enabled?', 'on?'];

/** `Features::NewNav.enabled?`: the class's name is all there is of the flag. */
function ofClass(state: LinkState, path: string, { callee, args, nameSpan, span }: CallExpr): readonly Match[] {
  if (callee.kind !== 'member' || args.length > 0 || callee.object.kind !== 'member') return [];
  const { object, property, propertySpan } = callee.object;
  if (!MODULES.test(lastName(object)) || !/^[A-Z][a-z]+[A-Z]\w*$/.test(property) || NO_FLAG.test(property)) return [];
  const { kind } = state.evaluator.evaluate(callee.object, path);
  if (kind !== 'type' && kind !== 'unknown' && kind !== 'external') return [];
  const keyExpr: Expr = { kind: 'string', value: property, span: propertySpan };
  return [matchOf(path, { nameSpan, end: span.end }, keyExpr, callee.property, 'flag-object')];
}

const MODULES = /^(?:Features|FeatureFlags|FeatureToggles|Toggles)$/;
const NO_FLAG = /(?:Checker|Client|Manager|Repository|Service|Store)$/;

/** `feature_flag: :new_reads` of a call that declares something. */
function ofKeyword(state: LinkState, path: string, { callee, args }: CallExpr): readonly Match[] {
  const given = args.find(({ name }) => name === 'feature_flag');
  if (given === undefined || (callee.kind === 'member' && RECORDS.test(callee.property))) return [];
  const value = asKey(state.evaluator.evaluate(given.value, path));
  if (value.kind !== 'text' || !/^[a-z]\w+$/.test(value.text) || !value.text.slice(1, -1).includes('_')) return [];
  const { span } = given.value;
  return [matchOf(path, { nameSpan: span, end: span.end }, given.value, 'feature_flag', null)];
}

/** What finds or makes rows of flags. */
const RECORDS = /^(?:build|create|delete|exists|find|insert|new|update|upsert|where)/;

function matchOf(
  path: string,
  placed: Pick<Match, 'nameSpan' | 'end'>,
  keyExpr: Expr,
  method: string,
  via: Match['via'],
): Match {
  const common = { path, keyExpr, system: 'inferred', method, type: 'boolean', confidence: 'likely' } as const;
  return plainMatch({ ...common, ...placed, via });
}
