/**
 * Flags that a server asks for on behalf of a page: `push_frontend_feature_flag(:new_nav)`, `expose_feature_flags('new-nav', 'new-pay')`. The
 * name says that flags are handed out, and constant keys say which; each is a check, for its value is what is handed out. What is found is
 * *likely*. Where such a function stands in the repository and asks a known library, `questions/wrappers.ts` finds it by its data.
 */
import type { CallExpr, LanguageId } from '../../languages/facts.ts';
import { looksLikeKey } from '../names/keyShape.ts';
import { type LinkState, type Match, plainMatch } from '../questions/linkState.ts';
import { asKey } from '../resolve/value.ts';

/** Such calls in one file. */
export function pushedFlagMatches(state: LinkState, path: string): readonly Match[] {
  if (!PUSHES.has(state.files.get(path)!.language)) return [];
  return [...state.indexes.get(path)!.calls].flatMap(([name, calls]) =>
    PUSH.test(name) ? calls.flatMap(call => matchesOf(state, path, name, call)) : [],
  );
}

const PUSHES: ReadonlySet<LanguageId> = new Set(['erb', 'haml', 'php', 'python', 'ruby'] as const);
const PUSH = /^(?:push|expose|share|publish)_?(?:[a-z]{1,12}_?){0,2}feature_?(?:flag|toggle)s?$/i;

function matchesOf(state: LinkState, path: string, method: string, call: CallExpr): readonly Match[] {
  const keys = call.args.flatMap(({ name, value, spread }) => {
    const key = name === null && !spread ? asKey(state.evaluator.evaluate(value, path)) : null;
    return key?.kind === 'text' && looksLikeKey(key.text) ? [value] : [];
  });
  const common = { path, system: 'inferred', method, type: 'boolean', confidence: 'likely' } as const;
  if (keys.length === 1)
    return [plainMatch({ ...common, nameSpan: call.nameSpan, end: call.span.end, keyExpr: keys[0]! })];
  // Several are told apart by their places.
  return keys.map(key => plainMatch({ ...common, nameSpan: key.span, end: key.span.end, keyExpr: key }));
}
