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
  [
    'entries of a configuration that are asked by their names',
    `
//- /A.ts
config.get('features.newNav', false) && getSetting('featureFlags.cart') && Setting.value('featureFlag.pay');
settings.getValue('feature_new_pay') && vscode.workspace.getConfiguration('shop').get<boolean>('features.lamp');
config.get('Feature.Search.Enabled') && translations.get('features.title') && t('featureFlags.title') && config.get('feature.color');
config.set('features.newNav', true) || window.app.getMeta('featureFlags.lamp.Enabled');
//- /a.php
<?php
if (Shop::config("Feature.Search.Enabled") && $this->config->get('features.nav', false) && $this->text->get('features.title')) {}
`,
    [
      'A.ts:1 cart literal likely',
      'A.ts:1 newNav literal likely',
      'A.ts:1 pay literal likely',
      'A.ts:2 feature_new_pay literal likely',
      'A.ts:2 lamp literal likely',
      'A.ts:3 Search literal likely',
      'A.ts:4 lamp literal likely',
      'a.php:2 Search literal likely',
      'a.php:2 nav literal likely',
    ],
  ],
  [
    'Python: names of a module of features, which the configuration fills or which say yes or no',
    `
//- /shop/features/__init__.py
_ALL = {}
LIMIT = 5
KEY = "new-nav"
DARK_MODE = False
def load(config):
    for name, value in config.items():
        globals()[name] = value
//- /shop/lamps.py
SOME = {}
//- /shop/views.py
from shop import features
from shop import lamps
from django.conf import settings
if settings.FEATURE_PAY and settings.SHOP_FEATURE_FLAGS and settings.FEATURE_PAY_MAX_AGE_SECONDS: pass
if features.NEW_NAV and not features.DARK_MODE and getattr(features, "CART", False):
    show(features.LIMIT, features.KEY, features.load, lamps.NEW_NAV)
@show_if(features.BILLING)
def f(): pass
//- /shop/tests/test_views.py
from unittest.mock import patch
from shop import features
@patch("shop.features.NEW_NAV", True)
@patch("shop.lamps.NEW_NAV", True)
def test_it():
    with patch.object(features, "CART", True):
        pass
`,
    [
      'shop/views.py:4 FEATURE_PAY property possible',
      'shop/views.py:5 CART property likely',
      'shop/views.py:5 DARK_MODE property likely',
      'shop/views.py:5 NEW_NAV property likely',
      'shop/views.py:7 BILLING property likely',
    ],
  ],
  [
    'lists in which one looks for a flag by its name',
    `
//- /keys.ts
export enum FeatureKeys { NAV = 'nav', CART = 'cart' }
//- /A.ts
import { FeatureKeys } from './keys';
const isNav = featureFlags?.find((flag) => flag.name === FeatureKeys.NAV)?.active || false;
const isCart = app.featureFlags.some(({ key }) => FeatureKeys.CART === key);
const isPay = featureFlags.some(flag => flag.key === 'pay' && flag.enabled);
const lamp = lamps.find(lamp => lamp.name === FeatureKeys.NAV) ?? featureFlags.find(flag => flag.color === 'red');
const other = featureFlags.find(flag => lamp.name === 'no-flag');
`,
    ['A.ts:2 nav enum likely', 'A.ts:3 cart enum likely', 'A.ts:4 pay literal likely'],
  ],
  [
    'functions of a module of feature flags that say yes or no',
    `
//- /lib/feature-flag.ts
function enableBeta(): boolean { return process.env.BETA === '1'; }
export function enableNewNav(): boolean { return true; }
export const enableCart = () => enableBeta();
export const enablePay = enableBeta;
export const useSearch = () => false;
export function enableAll() { for (const flag of flags) flag.enable(); }
export const showFlags = () => ({ nav: true });
export function isLoaded(): boolean { return true; }
//- /lib/lamps.ts
export function enableLamp(): boolean { return true; }
//- /A.ts
import { enableAll, enableCart, enableNewNav, enablePay, isLoaded, showFlags, useSearch } from './lib/feature-flag';
import { enableLamp } from './lib/lamps';
enableNewNav() && enableCart() && enablePay() && useSearch();
enableAll() || showFlags() || enableLamp() || isLoaded();
//- /shop/feature_flags.py
def enable_new_nav() -> bool:
    return True
//- /shop/views.py
from shop.feature_flags import enable_new_nav
if enable_new_nav(): pass
`,
    [
      'A.ts:3 enableCart property likely',
      'A.ts:3 enableNewNav property likely',
      'A.ts:3 enablePay property likely',
      'A.ts:3 useSearch property likely',
      'shop/views.py:2 enable_new_nav property likely',
    ],
  ],
  [
    'getters of a store that give a function',
    `
//- /features.js
const definitions = {};
export const create = function(name, fallback) { definitions[name] = fallback; return name; };
export const NAV = create('new-nav', true);
export const CART = 'cart';
//- /A.vue
<script>
import { CART, NAV } from './features';
export default {
  computed: {
    isOn() { return this.$store.getters['features/get'](CART) && this.$store.getters['features/get'](NAV); },
    other() { return this.$store.getters['lamps/get']('no-flag') || this.$store.getters['features/all']('no-flag'); },
  },
};
</script>
//- /model.js
export const isPay = rootGetters => rootGetters['featureFlags/isEnabled']('pay');
`,
    ['A.vue:5 cart constant likely', 'A.vue:5 new-nav constant likely', 'model.js:1 pay literal likely'],
  ],
  [
    'functions that are fields of a class, and entries that Ruby is given',
    `
//- /store.ts
export class RootStore {
  hasFeature = (feature: string) => this.features?.[feature];
}
//- /A.tsx
export const A = ({ store }) => store.hasFeature('new-nav') && <Nav />;
//- /spec/a_spec.rb
Settings.features[:new_nav] = true
Settings.features[:new_nav] if Settings.features[:cart]
`,
    [
      'A.tsx:1 new-nav literal+wrapper likely',
      'spec/a_spec.rb:2 cart literal likely',
      'spec/a_spec.rb:2 new_nav literal likely',
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
