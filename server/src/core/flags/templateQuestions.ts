/**
 * Questions in templates of engines whose functions and objects come from elsewhere (Jinja, Twig): `feature("x")`,
 * `is_feature_enabled("x")`, `features.enabled("x")`, `waffle.flag("x")`. Nothing in a template tells what they are, so that only names
 * which speak of flags and ask with a constant key are believed, as *likely*.
 */
import type { CallExpr, Expr } from '../languages/facts.ts';
import { isFlagNoun, speaksOfFlags, wordsOf } from './flagWords.ts';
import type { LinkState, Match } from './linkState.ts';

/** Such questions in one file. */
export function templateQuestions(state: LinkState, path: string): readonly Match[] {
  const facts = state.files.get(path)!;
  if (facts.language !== 'jinja' && facts.language !== 'twig') return [];
  return facts.calls.flatMap(call => {
    const key = call.args[0]?.value;
    if (key?.kind !== 'string' || !/^[A-Za-z][\w.:/-]{1,99}$/.test(key.value) || !asks(call.callee)) return [];
    const { nameSpan, span } = call;
    return [
      {
        path,
        nameSpan,
        end: span.end,
        keyExpr: key,
        fallbackExpr: null,
        constantFallback: undefined,
        system: 'inferred',
        method: lastName(call),
        type: 'boolean' as const,
        via: null,
        confidence: 'likely' as const,
        role: 'check' as const,
      },
    ];
  });
}

function asks(callee: Expr): boolean {
  if (callee.kind === 'name') return isQuestion(callee.name) && speaksOfFlags(callee.name);
  if (callee.kind !== 'member' || !isQuestion(callee.property)) return false;
  const { object } = callee;
  const owner = object.kind === 'name' ? object.name : object.kind === 'member' ? object.property : '';
  return speaksOfFlags(callee.property) || speaksOfFlags(owner);
}

/** Names of nothing but words for flags and for asking. */
function isQuestion(name: string): boolean {
  return wordsOf(name).every(word => QUESTION.has(word) || isFlagNoun(word));
}

const QUESTION: ReadonlySet<string> = new Set(['is', 'has', 'enabled', 'active', 'on', 'check', 'waffle', 'flipper']);

function lastName({ callee }: CallExpr): string {
  if (callee.kind === 'member') return callee.property;
  return callee.kind === 'name' ? callee.name : '';
}
