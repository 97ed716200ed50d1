// What modules of scripts give on without a name, and modules whose functions or values are flags.
import { describeRows, type Row } from './rows.ts';

const CLIENT = `import { OpenFeature } from '@openfeature/server-sdk';
const client = OpenFeature.getClient();
`;

const ROWS: readonly Row[] = [
  [
    "functions without a name that are a module's default",
    `
//- /useFlag.ts
${CLIENT}export default (key: string) => client.getBooleanValue(key, false);
//- /lib/isOn/index.js
${CLIENT}export default function (key) { return client.getBooleanValue(key, false); }
//- /lamp.js
export default key => lamps[key];
//- /A.ts
import useFlag from './useFlag';
import ask from './useFlag';
import isOn from './lib/isOn';
import lamp from './lamp';
useFlag('new-nav') && ask('other-name') && isOn('folder') && lamp('no-flag');
`,
    [
      'A.ts:5 folder literal+wrapper',
      'A.ts:5 new-nav literal+wrapper',
      'A.ts:5 other-name literal+wrapper',
      'lib/isOn/index.js:3 dynamic -',
      'useFlag.ts:3 dynamic -',
    ],
  ],
];

const REFERENCES: readonly Row[] = [
  [
    'functions that keep what they asked in a constant and answer with it, or no',
    `
//- /useFlag.ts
${CLIENT}export const useNav = () => {
  const isOn = client.getBooleanValue('new-nav', false);
  return isOn || false;
};
export function useCart(isReady) {
  const isOn = client.getBooleanValue('cart', false);
  return isReady ? isOn : undefined;
}
export function useOther(isReady) {
  const isOn = client.getBooleanValue('other', false);
  return isReady ? isOn : lamp;
}
//- /A.ts
import { useCart, useNav, useOther } from './useFlag';
useNav() && useCart(true) && useOther(true);
`,
    ['A.ts:2 cart accessor reference', 'A.ts:2 new-nav accessor reference'],
  ],
];

describeRows('modules of scripts', ROWS);
describeRows('who asks modules of scripts', REFERENCES, ['reference']);
