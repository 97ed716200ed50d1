/**
 * Flags that an application's configuration lists, where scripts ask it by their names: `config.get('features.newNav')`,
 * `getSetting('featureFlags.newNav')`, `settings.getValue('feature_new_nav')`. A part of the name must say that what follows are features, and
 * what is asked must be called a configuration: texts of translations are named in the same way. What is found is *likely*. What other languages ask so is
 * `configuredFlags.ts`' and `propertyFlags.ts`' business.
 */
import { type CallExpr, type Expr, readsScripts } from '../../languages/facts.ts';
import { lastNameCalled } from '../names/lastName.ts';
import { listedName } from '../names/listedNames.ts';
import { type LinkState, type Match, plainMatch } from '../questions/linkState.ts';

/** A text that may ask so. */
export const CONFIGURED_TEXT =
  /(?:config|conf|settings?|meta)\w{0,14}(?:\(\)|\([^()'"]{0,20}\))?(?:(?:->|::|\??\.)\w{1,16})?(?:<\w{1,20}>)?\(\s{0,20}['"](?:[\w-]{1,20}[.:])?(?:features?|feature[-_]?(?:flags?|toggles?)|toggles)(?:[.:]|_[a-z])/i;

/** Such questions in one file. */
export function configuredScriptMatches(state: LinkState, path: string): readonly Match[] {
  const { language, calls } = state.files.get(path)!;
  if (!readsScripts(language)) return [];
  return calls.flatMap(call => {
    const [key, fallback] = call.args;
    if (key?.value.kind !== 'string' || !asksConfiguration(call)) return [];
    const name = /^feature_(?!flags?$|toggles?$)[a-z]\w+$/.test(key.value.value)
      ? key.value.value
      : listedName(key.value.value);
    if (name === null) return [];
    const keyExpr: Expr = { kind: 'string', value: name, span: key.value.span };
    const { nameSpan, span, callee } = call;
    const method = lastNameCalled(callee);
    const known = { path, nameSpan, end: span.end, keyExpr, system: 'inferred', method } as const;
    return [plainMatch({ ...known, fallbackExpr: fallback?.value ?? null, confidence: 'likely' })];
  });
}

/** `getSetting(…)`, `config.get(…)`, `getConfiguration().get(…)`. */
function asksConfiguration({ callee, construct }: CallExpr): boolean {
  if (construct) return false;
  if (callee.kind === 'name')
    return /^(?:config|setting|(?:get|read|use)\w{0,12}(?:Config|Setting|Meta))$/.test(callee.name);
  if (callee.kind !== 'member') return false;
  const { object, property } = callee;
  if (/^(?:get|read)\w{0,12}(?:Config|Setting|Meta)$/.test(property)) return true;
  return (
    ASKED.test(property) &&
    /(?:config(?:uration)?|conf|settings?)(?:_|Service|Store|Manager|Provider)?$/i.test(lastNameCalled(object))
  );
}

const ASKED = /^(?:get(?:Value|Boolean|Bool|OrThrow)?|value|boolean|bool|read|isEnabled)$/;
