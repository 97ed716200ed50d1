import assert from 'node:assert/strict';
import { diagnostics } from '../../../server/src/core/features/diagnostics.ts';
import { flagsView } from '../../../server/src/core/features/flagsView.ts';
import { standingOf } from '../../../server/src/core/flags/lists/codeLists.ts';
import { flagTable } from '../../../server/src/core/flags/telling/flagTable.ts';
import { allKeys, flagsOf } from '../../../server/src/core/flags/verdicts/flagIndex.ts';
import { verdictOf } from '../../../server/src/core/flags/verdicts/staleness.ts';
import { worldOf } from '../../support/world.ts';

/** Two questions of an SDK by way of a name, in TypeScript. */
const asks = (from: string, ...expressions: string[]): string => `//- /src/ask.ts
import { OpenFeature } from '@openfeature/server-sdk';
import { ${from} } from './list';
const client = OpenFeature.getClient();
${expressions.map((each, i) => `export const f${i} = () => client.getBooleanValue(${each}, false);`).join('\n')}
`;

/** Keys that only lists name, each with `path:text of its key`, and `!` where how they are asked for is not known. */
async function listed(source: string): Promise<readonly string[]> {
  const { snapshot, fixture } = await worldOf(source);
  return allKeys(snapshot).flatMap(key =>
    flagsOf(snapshot, key).flatMap(flag => {
      if (flag.listed === undefined) return [];
      const { path, keySpan } = flag.declaration!;
      assert.equal(fixture.files.get(path)!.slice(keySpan.start, keySpan.end), key);
      return [`${path} ${key}${flag.listed === 'unasked' ? '!' : ''}`];
    }),
  );
}

describe('flags that only a list in code names', () => {
  const LISTS: readonly (readonly [string, string, string])[] = [
    ['an enum', "export enum Flag { A = 'new-a', B = 'new-b', C = 'new-c' }", 'Flag'],
    ['an object', "export const FLAGS = { A: 'new-a', B: 'new-b', C: 'new-c' } as const;", 'FLAGS'],
    ['a frozen object', "export const Flags = Object.freeze({ A: 'new-a', B: 'new-b', C: 'new-c' });", 'Flags'],
    [
      'static members',
      "export class FeatureFlags { static A = 'new-a'; static readonly B = 'new-b'; static C = 'new-c' }",
      'FeatureFlags',
    ],
  ];
  for (const [what, code, name] of LISTS) {
    it(`are all members of ${what} of which some are asked for`, async () => {
      const found = await listed(`//- /src/list.ts\n${code}\n${asks(name, `${name}.A`, `${name}.B`)}`);
      assert.deepEqual(found, ['src/list.ts new-a', 'src/list.ts new-b', 'src/list.ts new-c']);
    });
  }

  it('are constants of a file that is named for them', async () => {
    const found = await listed(`//- /src/list.ts
export * from './featureFlags';
//- /src/featureFlags.ts
export const A = 'new-a';
export const B = 'new-b';
export const HOME = 'https://shop.example';
${asks('A', 'A')}`);
    assert.deepEqual(found, ['src/featureFlags.ts new-a', 'src/featureFlags.ts new-b']);
  });

  it('are found in C#, Java, Python, PHP and Swift', async () => {
    const found = await listed(`//- /Flags.cs
public static class FeatureFlagKeys { public const string New = "new-cs"; public const string Old = "old-cs"; }
//- /FeatureToggle.java
enum FeatureToggle { NEW_JAVA("new-java"), OLD_JAVA("old-java"); FeatureToggle(String key) {} boolean isFeatureEnabled() { return false; } }
//- /flags.py
class FeatureFlag(str, Enum):
    NEW = "new-py"
    OLD = "old-py"
def is_feature_enabled(flag): return flag
//- /Flags.php
<?php enum FeatureFlag: string { case New = "new-php"; case Old = "old-php"; public function isFeatureEnabled() {} }
//- /Flags.swift
enum FeatureFlag: String { case newSwift = "new-swift"; case oldSwift = "old-swift"; func isFeatureEnabled() -> Bool { true } }
`);
    for (const key of ['cs', 'java', 'py', 'php', 'swift'])
      assert.equal(found.filter(each => each.endsWith(`-${key}!`)).length, 2, `${key} in ${found.join(', ')}`);
  });

  it('are none of a list that is something else', async () => {
    for (const code of [
      // Nothing but the name of a class speaks for it, and one of three is asked for.
      "export const Keys = { A: 'new-a', B: 'session-id', C: 'tenant' };",
      // A store of flags lists columns.
      "export class Flags { static A = 'new-a' }\nexport class FeatureToggleStore { static TABLE = 'features'; static B = 'feature_environments' }",
      "export enum CompilerFlags { A = 'strict', B = 'target' }\nexport const Keys = { A: 'new-a' };",
      "export const Keys = { A: 'new-a' };\nexport const featureFlags = { wide: 1, tall: 2 };",
    ]) {
      const name = /export (?:const|class) (Keys|Flags)/.exec(code)![1]!;
      assert.deepEqual(await listed(`//- /src/list.ts\n${code}\n${asks(name, `${name}.A`)}`), [], code);
    }
    const inTest = "//- /src/flags.test.ts\nexport enum FeatureFlag { A = 'new-a', B = 'new-b' }\n// isFeatureEnabled";
    assert.deepEqual(await listed(inTest), []);
  });

  it('are what a type or an object lists by names, where those are asked for', async () => {
    const found = await listed(`//- /src/list.ts
export const flags = { newA: false, newB: read(1), newC: true };
${asks('flags', "'newA'", "'newB'")}`);
    assert.deepEqual(found, ['src/list.ts newA', 'src/list.ts newB', 'src/list.ts newC']);
  });

  it('are where code writes them, and no second definition, if a flag file defines them', async () => {
    const source = `//- /src/list.ts
export enum FeatureFlag { A = 'new-a', B = 'new-b' }
//- /flags.json
{ "flags": { "new-a": { "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "on" } } }
${asks('FeatureFlag', 'FeatureFlag.A', 'FeatureFlag.B')}`;
    assert.deepEqual(await listed(source), ['src/list.ts new-b']);
    // The flag files are there to define what is asked for.
    const { snapshot } = await worldOf(source);
    assert.equal(verdictOf(snapshot, 'new-b').kind, 'unknown');
  });

  it('are not unknown for a flag file that has none of their list', async () => {
    const flagFile = (key: string): string => `//- /import/data.json
{ "flags": { "${key}": { "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "on" } } }`;
    const source = `//- /src/list.ts
export enum FeatureFlag { A = 'new-a', B = 'new-b' }
${asks('FeatureFlag', 'FeatureFlag.A', 'FeatureFlag.B')}`;
    for (const [key, kind] of [
      ['an-example', 'fresh'],
      ['new-a', 'unknown'],
    ] as const) {
      const { snapshot } = await worldOf(`${source}${flagFile(key)}\n`);
      assert.equal(verdictOf(snapshot, 'new-b').kind, kind, key);
      const told = diagnostics(snapshot, 'src/ask.ts').filter(({ message }) => message.includes('new-b'));
      assert.equal(told.length, kind === 'unknown' ? 1 : 0, key);
    }
  });

  it('are not judged, and never stale', async () => {
    const { snapshot } = await worldOf(
      `//- /src/list.ts\nexport enum FeatureFlag { A = 'new-a', B = 'new-b' }\n${asks('FeatureFlag', 'FeatureFlag.A')}`,
    );
    assert.deepEqual(verdictOf(snapshot, 'new-a'), {
      kind: 'fresh',
      stale: false,
      why: 'not judged: listed in src/list.ts; where its state is kept is not known',
      rule: 'listed',
    });
    assert.deepEqual(verdictOf(snapshot, 'new-b'), {
      kind: 'unused',
      stale: false,
      why: 'listed in src/list.ts, but no code here checks it',
      rule: 'listed',
    });
    assert.deepEqual(
      flagTable(snapshot, allKeys(snapshot)).map(({ title, rows }) => `${title}: ${rows.map(row => row.key).join()}`),
      ['Not judged: new-a', 'Listed in code: new-b'],
    );
  });

  it('are told by names in which every word counts', () => {
    const told = (standing: string, ...names: string[]) => {
      for (const name of names) assert.equal(standingOf(name), standing, name);
    };
    told('unmistakable', 'FeatureFlags', 'FEATURE_TOGGLES', 'FlagKey', 'Constants.FeatureFlagKeys', 'ExperimentNames');
    told('possible', 'Flags', 'Feature', 'featureKeys', 'kube_features', 'Experiments');
    told('none', 'FeatureFlagService', 'Keys', 'CliFlags', 'FeatureRow', 'flagStore', '');
  });
});

describe('keys that only tests ask for', () => {
  it('stand by themselves, and count as no mistake', async () => {
    const { snapshot } = await worldOf(`//- /flags.json
{ "flags": { "new-a": { "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "on" } } }
//- /src/ask.ts
import { OpenFeature } from '@openfeature/server-sdk';
export const f = () => OpenFeature.getClient().getBooleanValue('mistyped', false);
//- /src/ask.test.ts
import { OpenFeature } from '@openfeature/server-sdk';
OpenFeature.getClient().getBooleanValue('made-up', false);
OpenFeature.getClient().getStringValue('new-a', '');
`);
    assert.deepEqual(
      flagTable(snapshot, allKeys(snapshot)).map(({ title, rows }) => `${title}: ${rows.map(row => row.key).join()}`),
      ['Unused: new-a', 'Unknown: mistyped', 'In tests only: made-up'],
    );
    const { rows, badge } = flagsView(snapshot);
    assert.deepEqual(
      rows.map(row => row.label),
      ['Stale', 'Unknown', 'In tests only'],
    );
    assert.equal(badge?.value, 1);
    // And a test may ask for another type on purpose.
    assert.deepEqual(
      diagnostics(snapshot, 'flags.json').map(({ code }) => code),
      ['unused-flag'],
    );
  });
});
