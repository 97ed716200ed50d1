/**
 * Flags that are properties of an application's configuration: Spring's `@Value("${features.new-pay:false}")` and
 * `@ConditionalOnProperty`, `getProperty("features.new-pay")` of an environment, and what is read as yes or no elsewhere:
 * `config.get[Boolean]("features.new-pay")`, `configuration.GetValue<bool>("Features:NewPay")`, `viper.GetBool("features.new_pay")`. A property is a flag where a part of its name says
 * that what follows are features, flags or toggles; all others are settings. What is found is *likely*.
 */
import { type CallExpr, type Expr, type LanguageId, nominalFamilyOf } from '../../languages/facts.ts';
import type { JsonValue } from '../../model.ts';
import type { FileIndex } from '../linking/fileIndex.ts';
import { isFlagNoun, OTHER_FLAGS, wordsOf } from '../names/flagWords.ts';
import { type LinkState, type Match, plainMatch } from '../questions/linkState.ts';

/** A text that may read such a property. */
export const PROPERTY_TEXT =
  /@(?:Value|ConditionalOnProperty)\b[^;{}]{0,20}\([^;)]{0,200}(?:feature|flag|toggle)|\bget_?(?:Property|\w{0,6}Bool\w{0,12}|(?:Value|Optional)?(?:\[Boolean\]|<bool(?:ean)?\??>))\(\s*"[\w.:-]{0,80}(?:feature|flag|toggle)/i;

/** Such reads in one file. */
export function propertyFlagMatches(state: LinkState, path: string): readonly Match[] {
  const facts = state.files.get(path)!;
  if (!READ.has(facts.language)) return [];
  const index = state.indexes.get(path)!;
  const settings = index.found(settingCalls).flatMap(({ name, call }) => ofSetting(path, call, name));
  if (nominalFamilyOf(facts.language) !== 'jvm') return settings;
  const attributes = facts.decorators.flatMap(decorator => {
    const name = decorator.callee.kind === 'name' ? decorator.callee.name : null;
    if (name === 'Value') return ofPlaceholder(path, decorator);
    return name === 'ConditionalOnProperty' ? ofCondition(path, decorator) : [];
  });
  const properties = (index.calls.get('getProperty') ?? []).flatMap(call => ofQuestion(path, call));
  return [...attributes, ...properties, ...settings];
}

const READ: ReadonlySet<LanguageId> = new Set(['csharp', 'go', 'java', 'kotlin', 'rust', 'scala'] as const);

/** What configurations are asked by. Those that say nothing of yes and no are asked with a type. */
const SETTINGS = /^(?:get(?:Optional)?|get_?\w{0,4}Bool(?:ean)?(?:OrDefault)?|GetBool(?:ean)?|GetValue)$/i;

/** The calls by which configurations are asked. */
function settingCalls({ calls }: FileIndex): readonly { readonly name: string; readonly call: CallExpr }[] {
  return [...calls].flatMap(([name, asked]) => (SETTINGS.test(name) ? asked.map(call => ({ name, call })) : []));
}

/** `${name}` and `${name:default}`. */
function ofPlaceholder(path: string, decorator: CallExpr): readonly Match[] {
  const given = decorator.args[0]?.value;
  const [, name = '', written] = given?.kind === 'string' ? (PLACEHOLDER.exec(given.value) ?? []) : [];
  if (given === undefined || !isFlagProperty(name)) return [];
  const fallback = written === 'true' || written === 'false' ? written === 'true' : written;
  return [matchOf(path, decorator, given, name, 'attribute', fallback)];
}

const PLACEHOLDER = /^\$\{([\w.-]+)(?::([^{}]*))?\}$/;

/** `name` or `value`, one or several of them, below `prefix`. */
function ofCondition(path: string, decorator: CallExpr): readonly Match[] {
  const named = (wanted: string): Expr | undefined => decorator.args.find(({ name }) => name === wanted)?.value;
  const prefix = named('prefix');
  const start = prefix?.kind === 'string' ? `${prefix.value.replace(/\.$/, '')}.` : '';
  const given = named('name') ?? named('value') ?? decorator.args.find(({ name }) => name === null)?.value;
  const items = given?.kind === 'array' ? given.items : given === undefined ? [] : [given];
  return items.flatMap(item =>
    item.kind === 'string' && isFlagProperty(start + item.value)
      ? [matchOf(path, decorator, item, start + item.value, 'attribute', undefined)]
      : [],
  );
}

/** `environment.getProperty("features.new-pay", Boolean.class, false)`. */
function ofQuestion(path: string, call: CallExpr): readonly Match[] {
  const [key, ...rest] = call.args;
  if (call.callee.kind !== 'member' || key?.value.kind !== 'string' || !isFlagProperty(key.value.value)) return [];
  const last = rest.at(-1)?.value;
  const fallback = last?.kind === 'string' || last?.kind === 'literal' ? last.value : undefined;
  return [matchOf(path, call, key.value, key.value.value, null, fallback)];
}

/** `config.getBoolean("features.new-pay")`, `config.get[Boolean]("features.new-pay")`. */
function ofSetting(path: string, call: CallExpr, name: string): readonly Match[] {
  const [key, ...rest] = call.args;
  if (call.callee.kind !== 'member' || call.construct || key?.value.kind !== 'string') return [];
  const type = call.typeArgument?.kind === 'name' ? call.typeArgument.name : '';
  if (!/bool/i.test(name + type) || !isFlagProperty(key.value.value)) return [];
  const last = rest.at(-1)?.value;
  const fallback = last?.kind === 'literal' && typeof last.value === 'boolean' ? last.value : undefined;
  return [{ ...matchOf(path, call, key.value, key.value.value, null, fallback), type: 'boolean' }];
}

/** Whether a part of a name, and not its last, says that what follows are flags: `app.feature-flags.search`. */
function isFlagProperty(name: string): boolean {
  const parts = name.split(/[.:]/).slice(0, -1);
  return parts.some(part => {
    const words = wordsOf(part);
    return (
      words.some(isFlagNoun) &&
      words.every(word => isFlagNoun(word) || SWITCHES.has(word)) &&
      !words.some(word => OTHER_FLAGS.has(word))
    );
  });
}

const SWITCHES: ReadonlySet<string> = new Set(['switch', 'switches']);

function matchOf(
  path: string,
  { nameSpan, span, callee }: CallExpr,
  { span: written }: Expr,
  key: string,
  via: Match['via'],
  fallback: JsonValue | undefined,
): Match {
  return plainMatch({
    path,
    nameSpan,
    end: span.end,
    keyExpr: { kind: 'string', value: key, span: written },
    constantFallback: fallback,
    type: typeof fallback === 'boolean' ? 'boolean' : null,
    system: 'inferred',
    method: callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '',
    via,
    confidence: 'likely',
  });
}
