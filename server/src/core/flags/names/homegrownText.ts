/**
 * By which texts a file is told that may hold flag libraries that no SDK's data knows, or their use, before it is parsed. What asks in them is
 * `homegrown.ts`' and `foreignCalls.ts`' business.
 */

/** A text that makes a source file worth parsing although it names no SDK: names that `homegrown.ts` would accept. */
export const HOMEGROWN_TEXT = new RegExp(
  [
    String.raw`(?:feature|flag|toggle|experiment)s?_?(?:is_?)?(?:enabled|active|variant|on)\b`,
    // Ways to ask a class or an object, and to define such a question.
    String.raw`(?:feature|flag|toggle|experiment)\w{0,40}(?:\.(?:enabled|active|on)\?|[!?]?\.(?:is_?)?(?:enabled|active)\(|(?:::|->)(?:is)?(?:enabled|active|on)\b)`,
    // A constant of a class of features that is one itself.
    String.raw`(?:features?|flags?|toggles?|experiments?)::\w{1,60}\.(?:is_?)?(?:enabled|active|on)\(`,
    // What a list of features that a method gives says of one.
    String.raw`features?\(\)(?:\.|->|\?\.)\w{1,60}(?:\.|->)(?:is_?)?(?:enabled|active|on)\b`,
    // A question that a class of features has for each of them.
    String.raw`features::(?:is|are|has|should)_\w{1,40}_(?:enabled|active|on|allowed)\b`,
    // A plain question whose key says by its type, or by where it stands, what is asked for.
    String.raw`(?:enabled|active)\([^()\n]{0,60}(?:feature|flag|toggle|experiment)`,
    // Experiments in which somebody is enrolled, and values of flags by their types.
    String.raw`experiment\w{0,30}\.is_?enrolled\(|\bis_?enrolled\([^()\n]{0,80}experiment`,
    String.raw`feature\w{0,12}\.(?:get|evaluate)_?(?:bool|double|enum|float|int|json|long|multivariate|number|string)\w{0,4}[(<]`,
    // A constant that says what is asked for, by whatever question.
    String.raw`\(\s{0,40}(?:features?|experiment(?:al)?)(?:flag|toggle|switch|gate|config|option|setting)\w{0,12}\.[A-Z]`,
    String.raw`\b(?:function|def) (?:self\.)?(?:is_?)?(?:enabled|active|on)\??\((?!self\))[^)\s]`,
    // What a list of experiments is asked by, and what asks for flags that are switched while a program runs.
    String.raw`(?:experiment|feature)\w{0,8}(?:\.|\) )evaluate\(|\bis_?runtime_?flag_?set\(`,
    // An object that is a flag, where it is made.
    String.raw`=\s?(?:new |&)?(?:\w{1,30}(?:\.|::))?(?:new_?)?(?:feature|experiment)\w{0,20}(?:::new)?[({]|=\s?&?(?:\w{1,30}\.)?\w{0,20}(?:flag|toggle)\{`,
    // A method that gives a toggle.
    String.raw`\(\): \w{0,20}(?:toggle|flag)\b|(?:toggle|flag) \w{1,60}\(\);`,
    // A parameter that can only be a flag, by its name and by its type.
    String.raw`feature\w{0,12}\??: \w{0,20}(?:flag|toggle)\b`,
    // A switch is told from a statement by what is asked of it, and from an order (`switchOn`); a provider of flags by what it is called.
    String.raw`(?:switch(?:(?:ed)?_?(?:is_?)?(?:enabled|active)|ed_?(?:is_?)?on|_?is_?on)|[a-z0-9]_?switch_?on)\b`,
    '(?:flag|toggle)s?_?(?:provider|manager|service|resolver|client|evaluator|checker)',
    // What `flagHolders.ts` and `foreignElements.ts` believe by its name.
    String.raw`\b(?:gon[!?]?\.features|glFeatures)\b`,
    // Remote configuration as an object; Ruby's classes of flags, and flags named by a keyword.
    String.raw`remoteConfig\w{0,7}\(`,
    String.raw`(?:Features|Feature(?:Flags|Toggles)|Toggles)::\w+\.(?:active|(?:dis|en)abled|on)\?`,
    String.raw`\bfeature_flag: `,
    String.raw`(?:features|flags|toggles)[!?]?\.(?:has|includes)\(`,
    // Swift: a set of those that are on.
    String.raw`(?:(?:enabled|experimental)features|feature(?:flags|toggles))[!?]?\.contains\(\.`,
    String.raw`\bwith(?:feature|flag|experiment)\w{0,8}\(`,
    String.raw`<\w{0,12}(?:feature|flag|experiment)\w{0,12}\s[^<>]{0,60}(?:feature|flag|name|id|toggle)\w{0,4}=`,
    // React, Vue, Svelte: a context or a store of them. A server's helper that hands them to a page.
    String.raw`(?:usecontext|storetorefs|inject|getcontext|map(?:writable)?(?:state|getters))\(\s?['"]?\w{0,20}feature_?(?:flag|toggle|switche)s`,
    String.raw`\b(?:push|expose|share|publish)\w{0,24}feature_?(?:flag|toggle)s?\b`,
    // Angular: directives, inputs and pipes.
    String.raw`[*[]\w{0,20}(?:feature|flag|toggle|experiment)\w{0,20}\]?=["']`,
    String.raw`'\s?\|\s?\w{0,10}(?:feature|flag|toggle|experiment)`,
    // Ruby and PHP: a part of the configuration, a variable of the environment.
    String.raw`(?:settings|config(?:uration)?(?:\.x)?)\.(?:features|feature_(?:flags|toggles)|toggles)[.&[]`,
    String.raw`\b(?:settings|config)(?:\.|\[['"])\w{0,20}FEATURE_`,
    String.raw`\benv\w{0,8}['"\]]?[.[(]\w{0,6}[[(]?['"]\w{0,20}FEATURE_`,
    // Templates: a function that an engine provides.
    String.raw`\b(?:feature|flag)\(["']`,
    String.raw`\bfeature_?(?:flags|toggles|switches)[.[]|\{%-?\s*(?:el)?if\b[^%]{0,80}\b(?:flags|features)[.[]|\{%-?\s*(?:if_)?feature`,
  ].join('|'),
  'i',
);

/**
 * What only its letters' case tells from other things: a question that says what it asks for (`isNewFeature`, but not `isolationFlags`), a
 * constant that holds flags, as Python's and Ruby's settings do, from packages and namespaces called features (`Features.Orders`); a hook
 * that uses one from what users have.
 */
export const CASED_TEXT = new RegExp(
  [
    ...asking(['is', 'has', 'are'], ['feature', 'flag', 'toggle', 'experiment']),
    ...asking(['in'], ['experiment']),
    ...asking(['get', 'check', 'read', 'evaluate', 'select'], ['flag', 'experiment', 'feature_value', 'feature_flag']),
    String.raw`\b[Uu]se(?:_[a-z]{0,12}_?|[A-Z][A-Za-z]{0,11}_?)?(?:[Ff]eature|[Ff]lag|[Ee]xperiment)`,
    // A getter of a configuration of features.
    String.raw`[Ff]eatures?(?:[A-Z][a-z]{1,12}){0,2}(?:\(\))?\.is[A-Z]\w{1,50}(?:Enabled|Disabled|Active|Allowed|On)\(\)`,
    String.raw`FEATURE(?:S|_FLAGS|_TOGGLES)(?:\.get\(|\[)`,
    String.raw`(?:FEATURES|FEATURE_(?:FLAGS|TOGGLES|SWITCHES)|Feature\w{0,8}::FLAGS)\.[a-z]`,
  ].join('|'),
);

/** A verb and what is asked for, of which one other word may stand between, in names of words in capitals, small letters or both. */
function asking(verbs: readonly string[], nouns: readonly string[]): readonly string[] {
  const small = (word: string) =>
    word
      .split('_')
      .map(part => `[${part.charAt(0).toUpperCase()}${part.charAt(0)}]${part.slice(1)}`)
      .join('_?');
  const large = (word: string) => word.toUpperCase();
  return [
    String.raw`\b(?:${verbs.map(small).join('|')})(?:_[A-Za-z]{0,12}_?|[A-Z][A-Za-z]{0,11}_?)?(?:${nouns.map(small).join('|')})`,
    String.raw`\b(?:${verbs.map(large).join('|')})_[A-Z]{0,12}_?(?:${nouns.map(large).join('|')})`,
  ];
}

/**
 * In lower case: a text that holds none of these, in whatever case, is not matched by these, nor by what tells lists
 * of flags (`typedToggles.ts`).
 */
export const HOMEGROWN_STEMS: readonly string[] = [
  ...['feature', 'flag', 'toggle', 'experiment', 'remoteconfig', 'switches.', 'switches?'],
  ...['switch', 'switched'].flatMap(start =>
    ['', '_'].flatMap(link => ['on', 'enabled', 'active', 'is'].map(word => start + link + word)),
  ),
  ...['function ', 'def '].flatMap(start =>
    ['', 'self.'].flatMap(owner =>
      ['', 'is', 'is_'].flatMap(prefix => ['enabled', 'active', 'on'].map(word => start + owner + prefix + word)),
    ),
  ),
];
