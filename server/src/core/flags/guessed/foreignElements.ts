/**
 * Elements, decorators and components of higher order that say by their name alone that they ask for a flag, and that no data knows:
 * `<FeatureFlag name="new-nav">`, `<Feature features={['new-nav']}>`, `@RequireFeature('new-nav')`,
 * `withFeatureFlag('new-nav')(Page)`. What is found is *likely*.
 */
import { type CallExpr, type ElementFact, type Expr, isScript } from '../../languages/facts.ts';
import { isFlagNoun, OTHER_FLAGS, wordsOf } from '../names/flagWords.ts';
import { type LinkState, type Match, plainMatch } from '../questions/linkState.ts';
import { asKey } from '../resolve/value.ts';

/** Such elements and calls in one file. */
export function foreignElementMatches(state: LinkState, path: string): readonly Match[] {
  const { language, elements } = state.files.get(path)!;
  if (!isScript(language)) return [];
  return [...elements.flatMap(element => ofElement(state, path, element)), ...componentsMade(state, path)];
}

function ofElement(state: LinkState, path: string, { name, nameSpan, attributes }: ElementFact): readonly Match[] {
  const words = wordsOf(name);
  const isFlag = words.length < 4 && words.some(isFlagNoun) && words.every(word => isFlagNoun(word) || ASKS.has(word));
  if (!isFlag || !/^[A-Z]/.test(name)) return [];
  // `<Feature name="Fast">` praises a product.
  const isPlain = words.length === 1;
  const attribute = attributes.find(({ name: own }) => (isPlain ? NAMES_FLAG : NAMES_ANY).has(own));
  if (attribute === undefined || attribute.value === null) return [];
  const { value, span } = attribute;
  const keys = value.kind === 'array' ? value.items : [value];
  return keys.flatMap((key, item) => {
    if (!isKey(state, key, path)) return [];
    const placed = keys.length === 1 ? { nameSpan, end: span.end } : { nameSpan: key.span, end: key.span.end, item };
    return [matchOf(path, placed, key, name, 'component')];
  });
}

const ASKS: ReadonlySet<string> = new Set([
  'enabled',
  'gate',
  'gated',
  'guard',
  'if',
  'is',
  'require',
  'required',
  'when',
  'with',
]);
const NAMES_FLAG: ReadonlySet<string> = new Set(
  'feature featureFlag featureKey features flag flagKey flags'.split(' '),
);
const NAMES_ANY: ReadonlySet<string> = new Set([...NAMES_FLAG, ...'featureName flagName id name toggle'.split(' ')]);

/** `withFeature('new-nav')(Page)`, `withFeatureFlag(Page, 'new-nav')`. */
function componentsMade(state: LinkState, path: string): readonly Match[] {
  const matches: Match[] = [];
  for (const [name, calls] of state.indexes.get(path)!.calls) {
    const words = name.startsWith('with') ? wordsOf(name) : [];
    if (words.length < 2 || words.length > 3 || !words.every(word => word === 'with' || isFlagNoun(word))) continue;
    for (const call of calls) {
      const key = keyGiven(state, call, path);
      const isForeign = key !== null && state.evaluator.evaluate(call.callee, path).kind === 'external';
      if (isForeign) matches.push(matchOf(path, { nameSpan: call.nameSpan, end: call.span.end }, key, name, null));
    }
  }
  return matches;
}

function keyGiven(state: LinkState, { args }: CallExpr, path: string): Expr | null {
  return args.slice(0, 2).find(({ value, spread }) => !spread && isKey(state, value, path))?.value ?? null;
}

function isKey(state: LinkState, key: Expr, path: string): boolean {
  const value = asKey(state.evaluator.evaluate(key, path));
  return value.kind === 'text' && /^[A-Za-z][\w.:/-]{1,99}$/.test(value.text) && !OTHER_FLAGS.has(value.text);
}

function matchOf(
  path: string,
  placed: Pick<Match, 'nameSpan' | 'end' | 'item'>,
  keyExpr: Expr,
  method: string,
  via: Match['via'],
): Match {
  const common = { path, keyExpr, system: 'inferred', method, type: 'boolean', via, confidence: 'likely' } as const;
  return plainMatch({ ...common, ...placed });
}
