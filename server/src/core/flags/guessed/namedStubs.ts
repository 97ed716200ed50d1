/**
 * Tests that set flags by a double that stands among the tests: `fakeFeatureFlags.setFlag("new-nav", true)`, `featureToggles.enable(Feature.PAY)`. What the
 * receiver is called tells, and that it is given a flag's key, and whether it is on. They are told by their names alone, which is enough for what is no check.
 * What belongs to the library itself is `homegrownStubs.ts`' business, Ruby's helpers `rubyStubs.ts`'.
 */
import { type CallExpr, isNominal } from '../../languages/facts.ts';
import { setsFlag, switchesFlag } from '../names/changingVerbs.ts';
import { isFlagNoun, wordsOf } from '../names/flagWords.ts';
import { looksLikeKey } from '../names/keyShape.ts';
import { lastNameCalled } from '../names/lastName.ts';
import { isTestPath } from '../names/testPaths.ts';
import { type LinkState, type Match, plainMatch } from '../questions/linkState.ts';
import { argumentAt } from '../resolve/arguments.ts';
import { orObjectKey } from '../resolve/objectKeys.ts';
import { asKey } from '../resolve/value.ts';

/** The flags that one test sets so. */
export function namedStubs(state: LinkState, path: string): readonly Match[] {
  const { language } = state.files.get(path)!;
  if (!isTestPath(path) || !(isNominal(language) || language === 'go')) return [];
  return [...state.indexes.get(path)!.calls].flatMap(([name, calls]) => {
    const givesState = stateOf(name);
    if (givesState === null) return [];
    return calls.filter(call => isOfFlags(call)).flatMap(call => matchOf(state, path, name, call, givesState));
  });
}

/** `setFlag`, `overrideFeature` are given the state, `enable`, `disableFeature` say it; null for what sets something else. */
function stateOf(name: string): 'given' | 'said' | null {
  const [first = '', ...more] = wordsOf(name);
  if (!more.every(word => isFlagNoun(word) || OF_FLAG.has(word))) return null;
  return setsFlag(first) ? 'given' : switchesFlag(first) ? 'said' : null;
}

const OF_FLAG: ReadonlySet<string> = new Set(['active', 'bool', 'boolean', 'enabled', 'for', 'state', 'test', 'value']);

/** Whether the receiver is called after flags of features; a plain flag may be anything's. */
function isOfFlags({ callee, construct }: CallExpr): boolean {
  if (construct || callee.kind !== 'member') return false;
  const words = wordsOf(lastNameCalled(callee.object));
  return words.some(word => FEATURES.has(word)) && words.every(word => isFlagNoun(word) || AROUND.has(word));
}

const FEATURES: ReadonlySet<string> = new Set(['experiments', 'feature', 'features', 'toggle', 'toggles']);
const AROUND: ReadonlySet<string> = new Set(
  'client fake in manager memory mock mocked override overrides provider repository service store stub test the'.split(
    ' ',
  ),
);

function matchOf(
  state: LinkState,
  path: string,
  method: string,
  call: CallExpr,
  givesState: 'given' | 'said',
): readonly Match[] {
  const { args, nameSpan, span } = call;
  const isWhole = givesState === 'given' ? args.length === 2 : args.length === 1;
  const keyExpr = isWhole ? argumentAt(call, { position: 0 }) : null;
  if (keyExpr === null) return [];
  const value = state.evaluator.evaluate(keyExpr, path);
  const key = orObjectKey(state.evaluator, value, asKey(value));
  if (key.kind !== 'text' || !looksLikeKey(key.text)) return [];
  const said = { system: 'inferred', method, via: null, confidence: 'likely', role: 'stub' } as const;
  return [plainMatch({ path, nameSpan, end: span.end, keyExpr, ...said })];
}
