/**
 * Flags read by a constant that is called a flag, from an object that is called flags, whatever type both are of: `flags[FLAGS.PAY]`,
 * `props.featureFlags[FLAG_PAY]`. What is found is *likely*. Objects whose type lists flags are `typedToggles.ts`' business.
 */
import { type Expr, isScript } from '../languages/facts.ts';
import { OTHER_FLAGS, wordsOf } from './flagWords.ts';
import { type LinkState, type Match, plainMatch } from './linkState.ts';
import { indexReads } from './memberReads.ts';
import { asKey } from './resolve/value.ts';

/** Such reads in one file. */
export function indexedFlagMatches(state: LinkState, path: string): readonly Match[] {
  const facts = state.files.get(path)!;
  if (!isScript(facts.language)) return [];
  return indexReads(facts).flatMap(({ object, index, span }) => {
    if (!isCalledFlags(lastName(object)) || !isCalledFlag(index)) return [];
    if (asKey(state.evaluator.evaluate(index, path)).kind !== 'text') return [];
    const match = plainMatch({
      path,
      nameSpan: index.span,
      end: span.end,
      keyExpr: index,
      system: 'inferred',
      method: 'flags',
      confidence: 'likely',
    });
    return [match];
  });
}

/** `FLAGS.PAY`, `Feature.Pay`, `FLAG_PAY`. */
function isCalledFlag(index: Expr): boolean {
  if (index.kind === 'member') return isCalledFlags(lastName(index.object));
  return index.kind === 'name' && /^[A-Z]/.test(index.name) && isCalledFlags(index.name.replace(/_.*$/, ''));
}

/** Whether a name means flags of features, as far as a name can tell. */
function isCalledFlags(name: string | null): boolean {
  const words = wordsOf(name ?? '');
  return NOUNS.has(words.at(-1) ?? '') && !words.some(word => OTHER_FLAGS.has(word));
}

const NOUNS: ReadonlySet<string> = new Set(['feature', 'features', 'flag', 'flags', 'toggle', 'toggles']);

function lastName(expr: Expr): string | null {
  if (expr.kind === 'name') return expr.name;
  return expr.kind === 'member' ? expr.property : null;
}
