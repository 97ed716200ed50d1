// Flags that nothing but names tells of: of objects that are called flags, of those that are on, of elements and components of libraries
// that nobody knows.
import assert from 'node:assert/strict';
import { HOMEGROWN_TEXT } from '../../../server/src/core/flags/names/homegrownText.ts';
import { describeRows, type Row } from './rows.ts';

const ROWS: readonly Row[] = [
  [
    'properties of objects whose names can mean nothing but flags of features',
    `
//- /A.ts
import { config } from '@grafana/runtime';
if (config.featureToggles.newNav) {}
const { darkMode, ...others } = config.featureToggles;
if (window.gon?.features?.fromRails) {}
const { another } = gon.features;
if (this.$featureFlags.ofVue.enabled) {}
`,
    [
      'A.ts:2 newNav property likely',
      'A.ts:3 darkMode property likely',
      'A.ts:4 fromRails property likely',
      'A.ts:5 another property likely',
      'A.ts:6 ofVue property likely',
    ],
  ],
  [
    'no properties that any object has, no keys, nothing that is written, no settings that are written down',
    `
//- /A.ts
import { FeatureFlags, featureFlags as keys } from '@acme/flags';
import { useFlags } from 'launchdarkly-react-client-sdk';
if (store.featureFlags.isLoading || store.featureFlags.items.length || store.featureFlags.data) {}
isFeatureEnabled(keys.newNav);
go(FeatureFlags.newNav, store.FEATURE_FLAGS.newNav, config.features.newNav, product.flags.isNew);
store.featureFlags.written = true;
const featureFlags = { own: 1 };
go(featureFlags.own);
`,
    [],
  ],
  [
    'questions to what holds the flags that are on',
    `
//- /A.ts
if (organization.features.includes('new-nav') || props.project?.features.includes('profiling')) {}
if (enabledFeatures.includes('of-enabled') || this.featureFlags.has('of-set')) {}
features.has('organizations:new-nav');
features.has('with-actor', organization);
//- /a.py
from app import features
features.has("projects:new-nav", project)
`,
    [
      'A.ts:1 new-nav literal likely',
      'A.ts:1 profiling literal likely',
      'A.ts:2 of-enabled literal likely',
      'A.ts:2 of-set literal likely',
      'A.ts:3 organizations:new-nav literal likely',
      'A.ts:4 with-actor literal likely',
      'a.py:2 projects:new-nav literal likely',
    ],
  ],
  [
    'no sets of anything else',
    `
//- /A.ts
if (caniuse.features.has('css-grid') || product.features.includes('balcony') || map.features.includes(point)) {}
if (headers.has('x-flag') || flags.has('dry-run') || activeUsers.includes('someone')) {}
const enabledFeatures = ['written-down'];
if (enabledFeatures.includes('written-down')) {}
`,
    [],
  ],
  [
    'elements, and components of higher order',
    `
//- /A.tsx
import { Feature, FeatureFlag, IfFeature, withFeature, withFlag } from '@acme/flags';
const Page = withFeature('made')(Inner);
export default withFlag(Inner, 'made-too');
export const A = () => <><FeatureFlag name="named"><b/></FeatureFlag><IfFeature feature="if"/></>;
export const B = () => <Feature features={['one', 'two']}/>;
export const C = () => <><Feature name="Fast"/><FeatureList name="new-nav"/><Flag country="de"/></>;
const D = withFlag(render(), 'Not a key');
`,
    [
      'A.tsx:2 made literal likely',
      'A.tsx:3 made-too literal likely',
      'A.tsx:4 if literal+component likely',
      'A.tsx:4 named literal+component likely',
      'A.tsx:5 one literal+component likely',
      'A.tsx:5 two literal+component likely',
    ],
  ],
];

describeRows('flags that names alone tell of', ROWS);

describe('a file whose flags only names tell of', () => {
  for (const text of [
    'window.gon?.features?.newNav',
    "organization.features.includes('new-nav')",
    "features.has('orgs:new-nav', org)",
    "export default withFeature('made')(Inner);",
    '<FeatureFlag name="named">',
    "<Feature features={['one']}/>",
  ]) {
    it(`is worth parsing: ${text}`, () => assert.match(text, HOMEGROWN_TEXT));
  }
});
