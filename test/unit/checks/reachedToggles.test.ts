// The ways by which an SDK's object of flags reaches a file that names the SDK nowhere.
import { describeRows, type Row } from './rows.ts';

const ROWS: readonly Row[] = [
  [
    'by a function of another name, renamed again, and through a module that gives on all',
    `
//- /hooks/useLd.ts
import { useFlags as useLaunchDarkly } from 'launchdarkly-react-client-sdk';
export const useSwitches = () => { const { ...mine } = useLaunchDarkly(); return useLaunchDarkly(); };
//- /hooks/index.ts
export * from './useLd';
export { useSwitches as useLights } from './useLd';
//- /a.tsx
import { useLights, useSwitches as useThem } from './hooks';
const { newNav } = useThem();
const dark = useLights().darkMode.colour;
`,
    ['a.tsx:2 newNav property', 'a.tsx:3 darkMode property'],
  ],
  [
    'as what a module gives by default, a list, a choice, a memo, and what is taken over',
    `
//- /lights.ts
import { initialize } from 'launchdarkly-js-client-sdk';
const client = initialize('id', {});
export default client.allFlags();
//- /deep/index.ts
export { default } from '../lights';
//- /a.ts
import { useMemo } from 'react';
import switches from './deep';
import * as whole from './lights';
const [first] = [switches];
const memo = useMemo(() => first, []);
const mine = { ...memo, own: 1 };
const either = mine || {};
if (first.inList || memo.inMemo || mine.inSpread || whole.default.inWhole) console.log(either);
`,
    ['a.ts:8 inList property', 'a.ts:8 inMemo property', 'a.ts:8 inSpread property', 'a.ts:8 inWhole property'],
  ],
  [
    'as a field, a getter, what an object is constructed with, and an entry of an object',
    `
//- /holder.ts
import { initialize } from 'launchdarkly-js-client-sdk';
const client = initialize('id', {});
export class Holder {
  lights;
  constructor(given) { this.lights = given; }
}
export class Own {
  dimmed = client.allFlags();
  get bright() { return client.allFlags(); }
}
export const held = new Holder(client.allFlags());
export const entry = { inner: { lit: client.allFlags() } };
//- /a.ts
import { entry, held, Own } from './holder';
const own = new Own();
if (held.lights.constructed || own.dimmed.field || entry.inner.lit.inEntry) console.log(1);
`,
    ['a.ts:3 constructed property', 'a.ts:3 field property', 'a.ts:3 inEntry property'],
  ],
  [
    'by require, under an index, bound, and as what a module of CommonJS is',
    `
//- /lights.js
const { initialize } = require('launchdarkly-js-client-sdk');
const client = initialize('id', {});
module.exports = client.allFlags();
//- /read.js
const { initialize } = require('launchdarkly-js-client-sdk');
const client = initialize('id', {});
exports.read = client.allFlags.bind(client);
//- /a.js
const lights = require('./lights');
const { read } = require('./read');
const NAV = 'new-nav';
if (lights[NAV] || lights.darkMode || read().bound) console.log(1);
`,
    ['a.js:4 new-nav constant', 'a.js:4 darkMode property', 'a.js:4 bound property'],
  ],
];

describeRows('objects of flags that SDKs hand out', ROWS);
