/**
 * Flags read by a constant that is called a flag, from an object that is called flags, whatever type both are of: `flags[FLAGS.PAY]`,
 * `props.featureFlags[FLAG_PAY]`; or by a text, where the object's name can mean nothing else: `featureFlags["new-pay"]`. What is found is *likely*. Objects whose type lists flags are `typedToggles.ts`' business.
 */
import { type Expr, isScript, type LanguageId } from '../../languages/facts.ts';
import type { Span } from '../../text.ts';
import { OTHER_FLAGS, wordsOf } from '../names/flagWords.ts';
import { type LinkState, type Match, plainMatch } from '../questions/linkState.ts';
import { indexReads, memberReads } from '../questions/memberReads.ts';
import { asKey } from '../resolve/value.ts';

/** Such reads in one file. */
export function indexedFlagMatches(state: LinkState, path: string): readonly Match[] {
  const facts = state.files.get(path)!;
  if (!isScript(facts.language) && !SUBSCRIPTS.has(facts.language)) return [];
  const matches: Match[] = [];
  for (const { object, index, span } of indexReads(facts)) {
    const implied = impliedKey(index);
    if (implied !== null) {
      const isFlag = isUnmistakable(lastName(object)) && isStore(state, object, path);
      if (isFlag) matches.push({ ...readOf(path, implied, span), via: 'property' });
      continue;
    }
    const isText = index.kind === 'string';
    if (isText ? !isUnmistakable(lastName(object)) : !isCalledFlags(lastName(object)) || !isCalledFlag(index)) continue;
    if (asKey(state.evaluator.evaluate(index, path)).kind !== 'text') continue;
    if (!isText || isStore(state, object, path)) matches.push(readOf(path, index, span));
  }
  for (const { object, property, propertySpan, span } of memberReads(facts)) {
    // In brackets and quotes: what is written as a name may as well be a method of the store.
    const isQuoted = propertySpan.end - propertySpan.start === property.length + 2;
    if (isQuoted && isUnmistakable(lastName(object)) && isStore(state, object, path))
      matches.push(readOf(path, { kind: 'string', value: property, span: propertySpan }, span));
  }
  return matches;
}

/** Swift: `featureFlags[.newNav]`, where nothing here tells what the name is worth. */
function impliedKey(index: Expr): Expr | null {
  const isImplied = index.kind === 'member' && index.object.kind === 'name' && index.object.name === '.';
  return isImplied ? { kind: 'string', value: index.property, span: index.propertySpan } : null;
}

/** Languages whose facts hold reads by an index. */
const SUBSCRIPTS: ReadonlySet<LanguageId> = new Set(['kotlin', 'swift']);

function readOf(path: string, index: Expr, span: Span): Match {
  return plainMatch({
    path,
    nameSpan: index.span,
    end: span.end,
    keyExpr: index,
    system: 'inferred',
    method: 'flags',
    confidence: 'likely',
  });
}

/** Nothing that an SDK hands out, and no object that is written down here: what that holds are settings. */
function isStore(state: LinkState, object: Expr, path: string): boolean {
  const value = state.evaluator.evaluate(object, path);
  return value.kind !== 'object' && (value.kind !== 'external' || value.from === '');
}

/** `featureFlags`, `toggles`: a name that can mean nothing but flags of features. */
function isUnmistakable(name: string | null): boolean {
  const words = wordsOf(name ?? '');
  const last = words.at(-1);
  return last === 'toggles' || (words.at(-2) === 'feature' && (last === 'flags' || last === 'switches'));
}

/** `FLAGS.PAY`, `Feature.Pay`, `FLAG_PAY`. */
function isCalledFlag(index: Expr): boolean {
  if (index.kind === 'member' && KEYS.has(index.property)) return isCalledFlag(index.object);
  if (index.kind === 'member') return isCalledFlags(lastName(index.object));
  return index.kind === 'name' && /^[A-Z]/.test(index.name) && isCalledFlags(index.name.replace(/_.*$/, ''));
}

/** What gives the key of an enum's constant. */
const KEYS: ReadonlySet<string> = new Set(['key', 'name', 'rawValue', 'value']);

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
