// Questions whose key is one of few: loops and callbacks over constant lists, conditions, tables. Such a question refers to
// each of the keys; with only one it is a check of that.
import { describeRows, type Row } from './rows.ts';

const CLIENT = `import { OpenFeature } from '@openfeature/server-sdk';
const client = OpenFeature.getClient();
const isOn = (key: string) => client.getBooleanValue(key, false);
`;

const ROWS: readonly Row[] = [
  [
    'loops over lists, and lists made of others',
    `
//- /keys.ts
export const KEYS = ['one', 'two'] as const;
export enum Flag { A = 'enum-a', B = 'enum-b' }
//- /A.ts
${CLIENT}import { Flag, KEYS } from './keys';
const TABLE = { a: 'table-a', b: 'table-b' };
for (const key of KEYS) isOn(key);
for (const key of KEYS.filter(key => key !== 'two')) client.getBooleanValue(key, false);
for (const name in TABLE) isOn(name);
for (const key of Object.values(Flag)) isOn(key);
for (const [, key] of Object.entries(TABLE)) isOn(key);
for (const key of new Set(['in-set'])) isOn(key);
for (const key of [...KEYS, 'more']) isOn(key);
`,
    [
      'A.ts:3 dynamic -',
      'A.ts:6 one constant+wrapper reference',
      'A.ts:6 dynamic wrapper',
      'A.ts:6 two constant+wrapper reference',
      'A.ts:7 one constant reference',
      'A.ts:7 dynamic -',
      'A.ts:7 two constant reference',
      'A.ts:8 a constant+wrapper reference',
      'A.ts:8 dynamic wrapper',
      'A.ts:8 b constant+wrapper reference',
      'A.ts:9 enum-a constant+wrapper reference',
      'A.ts:9 dynamic wrapper',
      'A.ts:9 enum-b constant+wrapper reference',
      'A.ts:10 table-a constant+wrapper reference',
      'A.ts:10 dynamic wrapper',
      'A.ts:10 table-b constant+wrapper reference',
      'A.ts:11 in-set constant+wrapper',
      'A.ts:12 dynamic wrapper',
    ],
  ],
  [
    'callbacks over lists, and over lists of objects; an item without a flag is not asked about',
    `
//- /A.ts
${CLIENT}const ROUTES = [{ path: '/a', flag: 'route-a' }, { path: '/b' }, { path: '/c', flag: 'route-c' }];
['one', 'two'].map(key => isOn(key));
ROUTES.filter(route => !route.flag || isOn(route.flag));
ROUTES.some(({ flag }) => flag && isOn(flag));
ROUTES.reduce((all, { flag }) => all && isOn(flag), true);
load().map(key => isOn(key));
`,
    [
      'A.ts:3 dynamic -',
      'A.ts:5 one constant+wrapper reference',
      'A.ts:5 dynamic wrapper',
      'A.ts:5 two constant+wrapper reference',
      'A.ts:6 route-a constant+wrapper reference',
      'A.ts:6 dynamic wrapper',
      'A.ts:6 route-c constant+wrapper reference',
      'A.ts:7 route-a constant+wrapper reference',
      'A.ts:7 dynamic wrapper',
      'A.ts:7 route-c constant+wrapper reference',
      'A.ts:8 dynamic wrapper',
      'A.ts:9 dynamic wrapper',
    ],
  ],
  [
    'one of two, and what only one side is known of',
    `
//- /A.ts
${CLIENT}export function f(isNew: boolean, given?: string) {
  const key = isNew ? 'new' : 'old';
  return isOn(key) && isOn(isNew ? 'here' : 'there') && isOn(given ?? 'given');
}
`,
    [
      'A.ts:3 dynamic -',
      'A.ts:6 dynamic wrapper',
      'A.ts:6 dynamic wrapper',
      'A.ts:6 here literal+wrapper reference',
      'A.ts:6 dynamic wrapper',
      'A.ts:6 there literal+wrapper reference',
      'A.ts:6 new constant+wrapper reference',
      'A.ts:6 old constant+wrapper reference',
    ],
  ],
  [
    'tables by a name that callers give, by one that nobody knows, and items by their number',
    `
//- /A.ts
${CLIENT}const KEYS = { nav: 'new-nav', pay: 'new-pay' } satisfies Record<string, string>;
const LIST = ['first', 'second'] as const;
export function isNamedOn(name: keyof typeof KEYS) { return client.getBooleanValue(KEYS[name], false); }
isNamedOn('pay');
isNamedOn('other');
isOn(KEYS[location.hash]);
isOn(LIST[1]);
const [first] = LIST;
isOn(first);
`,
    [
      'A.ts:3 dynamic -',
      'A.ts:6 dynamic -',
      'A.ts:7 new-pay constant+wrapper',
      'A.ts:8 dynamic wrapper',
      'A.ts:9 new-nav constant+wrapper reference likely',
      'A.ts:9 dynamic wrapper',
      'A.ts:9 new-pay constant+wrapper reference likely',
      'A.ts:10 second constant+wrapper',
      'A.ts:12 first constant+wrapper',
    ],
  ],
  [
    'what a loop binds hides a constant of the same name',
    `
//- /A.ts
${CLIENT}const key = 'outer';
export function f(keys: string[]) { for (const key of keys) isOn(key); }
`,
    ['A.ts:3 dynamic -', 'A.ts:5 dynamic wrapper'],
  ],
  [
    'functions that are given a list of keys, or as many keys as there are',
    `
//- /A.ts
${CLIENT}export function anyOn(...keys: string[]) { return keys.some(key => isOn(key)); }
export function allOn(keys: string[]) { for (const key of keys) if (!isOn(key)) return false; return true; }
export const long = (items: string[]) => items.filter(item => item.length > 2);
const LIST = ['in-list'];
anyOn('one', 'two');
allOn(['three', 'four']);
allOn(LIST);
long(['no-flag']);
`,
    [
      'A.ts:3 dynamic -',
      'A.ts:4 dynamic wrapper',
      'A.ts:5 dynamic wrapper',
      'A.ts:8 one literal+wrapper',
      'A.ts:8 two literal+wrapper',
      'A.ts:9 four literal+wrapper',
      'A.ts:9 three literal+wrapper',
      'A.ts:10 in-list constant+wrapper',
    ],
  ],
  [
    'Go: a list of keys that a library of the repository is asked for',
    `
//- /go.mod
module example.com/app
//- /featuremgmt/models.go
package featuremgmt
const (
  FlagA = "flagA"
  FlagB = "flagB"
)
type FeatureToggles interface {
  IsEnabledGlobally(flag string) bool
}
func AnyEnabled(f FeatureToggles, flags ...string) bool {
  for _, flag := range flags { if f.IsEnabledGlobally(flag) { return true } }
  return false
}
//- /a/a.go
package a
import "example.com/app/featuremgmt"
func f(features featuremgmt.FeatureToggles) bool {
  return features.IsEnabledGlobally(featuremgmt.FlagA) ||
    featuremgmt.AnyEnabled(features, featuremgmt.FlagA, featuremgmt.FlagB)
}
`,
    [
      'a/a.go:4 flagA constant+wrapper likely',
      'a/a.go:5 flagA constant+wrapper likely',
      'a/a.go:5 flagB constant+wrapper likely',
      'featuremgmt/models.go:10 dynamic wrapper likely',
    ],
  ],
  [
    'Python, PHP and Java',
    `
//- /a.py
from UnleashClient import UnleashClient
client = UnleashClient("u", "a")
KEYS = ["one", "two"]
TABLE = {"by-name": 1}
for key in KEYS:
    client.is_enabled(key)
for key in TABLE:
    client.is_enabled(key)
//- /A.java
import io.getunleash.Unleash;
class A {
  static final List<String> KEYS = List.of("java-one", "java-two");
  void f(Unleash unleash) { for (String key : KEYS) unleash.isEnabled(key); }
}
`,
    [
      'A.java:4 java-one constant reference',
      'A.java:4 dynamic -',
      'A.java:4 java-two constant reference',
      'a.py:6 one constant reference',
      'a.py:6 dynamic -',
      'a.py:6 two constant reference',
      'a.py:8 by-name constant',
    ],
  ],
];

describeRows('keys that are one of few', ROWS, ['check', 'reference']);
