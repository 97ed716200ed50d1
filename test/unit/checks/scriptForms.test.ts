// Ways in which scripts hand functions and modules on: bound and partly applied functions, hooks that give functions, CommonJS,
// dynamic imports, exports under other names.
import { describeRows, type Row } from './rows.ts';

const CLIENT = `import { OpenFeature } from '@openfeature/server-sdk';
const client = OpenFeature.getClient();
`;

const ROWS: readonly Row[] = [
  [
    'bound and partly applied functions, and call and apply',
    `
//- /A.ts
${CLIENT}import { partial } from 'lodash';
const ask = client.getBooleanValue.bind(client);
const bound = client.getBooleanValue.bind(client, 'bound', false);
const isOn = (key: string) => client.getBooleanValue(key, false);
const alias = isOn;
const isPartOn = partial(isOn, 'part');
ask('asked', true) && alias('aliased');
client.getBooleanValue.call(client, 'called', false);
client.getBooleanValue.apply(client, ['applied', false]);
lamp.isOn.call(lamp, 'no-flag');
`,
    [
      'A.ts:5 bound literal',
      'A.ts:6 dynamic -',
      'A.ts:8 part literal+wrapper',
      'A.ts:9 aliased literal+wrapper',
      'A.ts:9 asked literal',
      'A.ts:10 called literal',
      'A.ts:11 applied literal',
    ],
  ],
  [
    'constants that other files know, which hold a function of another name, or one of several',
    `
//- /flags.ts
${CLIENT}const ask = (key: string) => client.getBooleanValue(key, false);
const askTwice = (key: string) => ask(key);
export const isOn = ask;
export const isReady = process.env.TEST ? () => true : askTwice;
export const isOpen = process.env.DEV ? askTwice : ask;
export const isLit = lamp;
//- /all.ts
export * from './flags';
//- /use.ts
import { isLit, isOn, isOpen, isReady } from './all';
isOn('on') && isReady('ready') && isOpen('open') && isLit('no-flag');
`,
    [
      'flags.ts:3 dynamic -',
      'flags.ts:4 dynamic wrapper',
      'use.ts:2 on literal+wrapper',
      'use.ts:2 open literal+wrapper',
      'use.ts:2 ready literal+wrapper',
    ],
  ],
  [
    'functions that give functions, by currying and from hooks',
    `
//- /use.ts
${CLIENT}import { useCallback } from 'react';
export const askWith = (fallback: boolean) => (key: string) => client.getBooleanValue(key, fallback);
export function useFlag() { return (key: string) => client.getBooleanValue(key, false); }
export function useFlags() {
  const isOn = useCallback((key: string) => client.getBooleanValue(key, false), []);
  return { isOn, isOff: (key: string) => client.getBooleanValue(key, true) };
}
//- /A.ts
import { askWith, useFlag, useFlags } from './use';
const isSet = askWith(false);
isSet('curried') && askWith(true)('at-once');
const ask = useFlag();
ask('hooked') && useFlag()('hooked-at-once');
const { isOn, isOff } = useFlags();
isOn('callback') && isOff('entry') && useFlags().isOn('member');
`,
    [
      'A.ts:3 at-once literal+wrapper',
      'A.ts:3 curried literal+wrapper',
      'A.ts:5 hooked literal+wrapper',
      'A.ts:5 hooked-at-once literal+wrapper',
      'A.ts:7 callback literal+wrapper',
      'A.ts:7 entry literal+wrapper',
      'A.ts:7 member literal+wrapper',
      'use.ts:4 dynamic -',
      'use.ts:5 dynamic -',
      'use.ts:7 dynamic -',
      'use.ts:8 dynamic -',
    ],
  ],
  [
    'exports under other names, and of a module as a whole',
    `
//- /lib/client.ts
${CLIENT}export function isOn(key: string) { return client.getBooleanValue(key, false); }
export default isOn;
//- /lib/index.ts
export { isOn as isFeatureOn, default as ask } from './client';
//- /A.ts
import { ask, isFeatureOn } from './lib';
import whatever from './lib/client';
isFeatureOn('renamed') && ask('default-renamed') && whatever('default');
isFeatureOnElsewhere('no-flag');
//- /fn.js
const { OpenFeature } = require('@openfeature/server-sdk');
module.exports = function (key) { return OpenFeature.getClient().getBooleanValue(key, false); };
//- /more.js
const isOn = require('./fn');
exports.isOnToo = function (key) { return isOn(key); };
module.exports.nested = key => isOn(key);
//- /made.js
const { OpenFeature } = require('@openfeature/server-sdk');
module.exports = OpenFeature.getClient();
//- /all.js
module.exports = { ...require('./more'), other: 1 };
//- /B.js
const isOn = require('./fn');
const { isOnToo } = require('./all');
isOn('whole') && isOnToo('spread') && require('./more').nested('at-once');
require('./made').getBooleanValue('made', false);
//- /eq.ts
import { OpenFeature } from '@openfeature/server-sdk';
function isOn(key: string) { return OpenFeature.getClient().getBooleanValue(key, false); }
export = isOn;
//- /C.ts
import asked = require('./eq');
asked('equals');
`,
    [
      'A.ts:3 default literal+wrapper',
      'A.ts:3 default-renamed literal+wrapper',
      'A.ts:3 renamed literal+wrapper',
      'B.js:3 at-once literal+wrapper',
      'B.js:3 spread literal+wrapper',
      'B.js:3 whole literal+wrapper',
      'B.js:4 made literal',
      'C.ts:2 equals literal+wrapper',
      'eq.ts:2 dynamic -',
      'fn.js:2 dynamic -',
      'lib/client.ts:3 dynamic -',
      'more.js:2 dynamic wrapper',
      'more.js:3 dynamic wrapper',
    ],
  ],
  [
    'dynamic imports',
    `
//- /flags.ts
${CLIENT}export function isOn(key: string) { return client.getBooleanValue(key, false); }
export const NAV = 'new-nav';
//- /A.ts
export async function f() {
  const { isOn, NAV } = await import('./flags');
  const flags = await import('./flags');
  isOn(NAV) && flags.isOn('module') && (await import('./flags')).isOn('at-once');
}
`,
    [
      'A.ts:4 at-once literal+wrapper',
      'A.ts:4 module literal+wrapper',
      'A.ts:4 new-nav constant+wrapper',
      'flags.ts:3 dynamic -',
    ],
  ],
];

describeRows('functions and modules of scripts', ROWS);
