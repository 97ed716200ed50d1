/**
 * Python's dictionaries of settings that list flags, as Django's projects have them: `settings.FEATURES['PAY']`,
 * `settings.FEATURES.get(features.PAY, False)`. What is found is *likely*. What other languages read by an index is `indexedFlags.ts`' business.
 */

import type { Expr } from '../../languages/facts.ts';
import { lastName } from '../names/lastName.ts';
import { isTestPath } from '../names/testPaths.ts';
import { type LinkState, type Match, plainMatch } from '../questions/linkState.ts';
import { indexReads } from '../questions/memberReads.ts';
import { asKey } from '../resolve/value.ts';

/** Such reads in one file. */
export function settingMatches(state: LinkState, path: string): readonly Match[] {
  const facts = state.files.get(path)!;
  if (facts.language !== 'python') return [];
  const isKey = (key: Expr) => asKey(state.evaluator.evaluate(key, path)).kind === 'text';
  const read = indexReads(facts).flatMap(({ object, index, span }) =>
    areFlagSettings(object) && isKey(index) ? [matchOf(path, index, index.span, span.end, null)] : [],
  );
  const got = (state.indexes.get(path)!.calls.get('get') ?? []).flatMap(({ callee, args, nameSpan, span }) => {
    const [key, fallback] = args;
    if (key === undefined || callee.kind !== 'member' || !areFlagSettings(callee.object) || !isKey(key.value))
      return [];
    return [matchOf(path, key.value, nameSpan, span.end, fallback?.value ?? null)];
  });
  return [...read, ...got, ...stubsOf(state, path)];
}

/** What tests set: `patch.dict(settings.FEATURES, {'PAY': True})`, `@override_settings(FEATURES={'PAY': True})`. */
function stubsOf(state: LinkState, path: string): readonly Match[] {
  if (!isTestPath(path)) return [];
  const { calls, decorators } = state.files.get(path)!;
  return [...calls, ...decorators].flatMap(({ callee, args }) => {
    const name = lastName(callee);
    const [target, values] = args;
    const isPatched = name === 'dict' && target !== undefined && areFlagSettings(target.value);
    const given =
      name === 'override_settings'
        ? args.filter(argument => argument.name !== null && SETTING.test(argument.name)).map(({ value }) => value)
        : isPatched && values !== undefined
          ? [values.value]
          : [];
    return given.flatMap(value =>
      value.kind !== 'object'
        ? []
        : value.entries.map(({ key, keySpan }): Match => {
            const keyExpr: Expr = { kind: 'string', value: key, span: keySpan };
            return { ...matchOf(path, keyExpr, keySpan, keySpan.end, null), role: 'stub' };
          }),
    );
  });
}

/** `settings.FEATURES`, `FEATURE_FLAGS`: columns of a table are features too, but no setting. */
function areFlagSettings(object: Expr): boolean {
  const name = lastName(object);
  if (/^(?:[A-Z]+_)?FEATURE_(?:FLAGS|TOGGLES)$/.test(name)) return true;
  return name === 'FEATURES' && object.kind === 'member' && SETTINGS.test(lastName(object.object));
}

const SETTING = /^(?:FEATURES|(?:[A-Z]+_)?FEATURE_(?:FLAGS|TOGGLES))$/;
const SETTINGS = /(?:^|_)(?:settings|config|conf)$/;

function matchOf(
  path: string,
  keyExpr: Expr,
  nameSpan: Match['nameSpan'],
  end: number,
  fallbackExpr: Expr | null,
): Match {
  const known = { path, nameSpan, end, keyExpr, fallbackExpr, system: 'inferred', method: 'flags' } as const;
  return plainMatch({ ...known, confidence: 'likely' });
}
