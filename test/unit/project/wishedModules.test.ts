/**
 * Modules that are wished for: whatever a file imports would be read if each property that it reads were followed. They are read where flags
 * may come from them, and where no module that is here already tells.
 */
import assert from 'node:assert/strict';
import { wishedPaths } from '../../support/wishes.ts';
import { worldOf } from '../../support/world.ts';

/** Paths in the repository whose files were not read. */
const UNREAD = ['/unread.ts', '/other.ts', '/flags.ts', '/Text.cs', '/Names.cs'].map(path => path.slice(1));

const ROWS: readonly (readonly [name: string, source: string, paths: readonly string[]])[] = [
  [
    'none for properties of what no object of flags is given to',
    `
//- /a.tsx
import { useFlags } from 'launchdarkly-react-client-sdk';
import { config } from './unread';
export function A({ size }) {
  const flags = useFlags();
  return flags.newNav && config.colours.dark && size.width;
}
//- /b.ts
import settings from './unread';
import { made } from './other';
if (settings.deep.dark) console.log(made().value.other, settings[made]);
`,
    [],
  ],
  [
    'what a name that speaks of flags is imported from',
    `
//- /a.tsx
import { useFlags } from 'launchdarkly-react-client-sdk';
import { myFlags } from './flags';
export const A = () => useFlags().newNav && myFlags.dark;
`,
    ['flags.ts'],
  ],
  [
    'what hands on a function that gives such an object',
    `
//- /hook.ts
import { useFlags } from 'launchdarkly-react-client-sdk';
export const useLights = () => useFlags();
//- /a.tsx
import { useLights } from './unread';
export const A = () => useLights().newNav;
`,
    ['unread.ts'],
  ],
  [
    'none that a module gives on, where another that it gives on has the name',
    `
//- /a.ts
import { OpenFeature } from '@openfeature/server-sdk';
import { NEW_NAV } from './all';
OpenFeature.getClient().getBooleanValue(NEW_NAV, false);
//- /all.ts
export * from './unread';
export * from './keys';
//- /keys.ts
export const NEW_NAV = 'new-nav';
`,
    [],
  ],
  [
    'those that a module gives on, where no other has the name',
    `
//- /a.ts
import { OpenFeature } from '@openfeature/server-sdk';
import { OLD_NAV } from './all';
OpenFeature.getClient().getBooleanValue(OLD_NAV, false);
//- /all.ts
export * from './unread';
export * from './keys';
//- /keys.ts
export const NEW_NAV = 'new-nav';
`,
    ['unread.ts'],
  ],
  [
    'none for calls of what is called a toggle, where no function makes functions that ask',
    `
//- /a.ts
import { OpenFeature } from '@openfeature/server-sdk';
import { ui } from './unread';
export const isOn = (key: string) => OpenFeature.getClient().getBooleanValue(key, false);
ui.toggle.find();
`,
    [],
  ],
  [
    'what holds such functions, where one makes them',
    `
//- /a.ts
import { OpenFeature } from '@openfeature/server-sdk';
import { flags } from './unread';
export const asker = (key: string) => () => OpenFeature.getClient().getBooleanValue(key, false);
flags.newNav();
`,
    ['unread.ts'],
  ],
  [
    'C#: the file of a type whose members are used as they are, and none that is called as a namespace ends',
    `
//- /a.cs
using Shop.Text;
using static Shop.Names;
class FeatureService { public bool IsFeatureEnabled(string key) => all.Contains(key); }
class A { bool B(FeatureService features) => features.IsFeatureEnabled(NewNav); }
`,
    ['Names.cs'],
  ],
];

describe('modules that are wished for', () => {
  for (const [name, source, paths] of ROWS)
    it(name, async () => {
      const { host, fixture } = await worldOf(source);
      host.setPaths([...fixture.files.keys(), ...UNREAD], new Map());
      assert.deepEqual(wishedPaths(host.wishes()), paths);
    });
});
