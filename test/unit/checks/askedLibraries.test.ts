// Libraries of a repository's own, and clients of SDKs, that are reached in roundabout ways: through contexts, sentences and stand-ins.
import { describeRows, type Row } from './rows.ts';

const ROWS: readonly Row[] = [
  [
    'TypeScript: questions that are sentences, taken out of a context that a call provides',
    `
//- /context.ts
import { createContext, createElement, useContext } from 'react';
interface Held { doTeamsHaveFeatureFlagOn: (featureFlag: string) => boolean; load: (id: string) => Team }
export const AuthContext = createContext<Partial<Held>>({});
export const AuthProvider = ({ children }) => {
  const held: Held = {
    doTeamsHaveFeatureFlagOn: (featureFlag: string) => teams.some(team => team.featureFlags.find(flag => flag.name === featureFlag)?.active),
    load: (id: string) => teams[id],
  };
  return createElement(AuthContext.Provider, { value: held }, children);
};
//- /flags.ts
export enum FlagName { newNav = 'newNav', newCart = 'newCart' }
export const doAllTeamsHaveFeatureFlagSet = (teams: Team[], featureFlagName: FlagName) =>
  teams.every(team => team.featureFlags.some(flag => flag.name === featureFlagName && flag.active));
export const doTeamsHaveMembersSet = (teams: Team[], name: string) => teams.every(team => team.members.has(name));
//- /page.tsx
import { useContext } from 'react';
import { AuthContext } from './context';
import { doAllTeamsHaveFeatureFlagSet, doTeamsHaveMembersSet, FlagName } from './flags';
export const Page = () => {
  const { doTeamsHaveFeatureFlagOn, load } = useContext(AuthContext);
  load('first');
  doTeamsHaveMembersSet(teams, 'someone');
  return doTeamsHaveFeatureFlagOn(FlagName.newNav) && doAllTeamsHaveFeatureFlagSet(
    teams,
    FlagName.newCart,
  );
};
`,
    ['page.tsx:8 newCart enum+wrapper likely', 'page.tsx:8 newNav enum+wrapper likely'],
  ],
  [
    'Python: a client of an SDK, or what stands for it where there is none',
    `
//- /shop/flags.py
class OfflineClient:
    def is_enabled(self, feature_name, context=None):
        return False

if settings.OFFLINE:
    CLIENT = OfflineClient()
else:
    from UnleashClient import UnleashClient
    CLIENT = UnleashClient(url=settings.URL)
//- /shop/page.py
from shop.flags import CLIENT
PAY = "shop.pay"
def f(context):
    return CLIENT.is_enabled("shop.nav", context) and CLIENT.is_enabled(PAY)
`,
    ['shop/page.py:4 shop.nav literal', 'shop/page.py:4 shop.pay constant'],
  ],
  [
    'Vue: lists that a reference holds, in scripts and in templates',
    `
//- /composables/featureFlags.ts
export const useFeatureFlags = () => useState<AllFeatureFlags>('featureFlags', () => load());
//- /Page.vue
<template><p v-if="flags.newNav">new</p></template>
<script setup lang="ts">
const flags = useFeatureFlags();
const sizes = useSizes();
const shown = computed(() => !flags.value.oldNav && sizes.value.large);
flags.value.newCart = true;
</script>
`,
    ['Page.vue:1 newNav property likely', 'Page.vue:5 oldNav property likely'],
  ],
  [
    'TypeScript: lists that say how they were made; not a list beside another, nor what a table of flags is told',
    `
//- /a.ts
const flags = getFeatureFlagsWithDefaults();
const { setFlag, featureFlags, defaultFeatureFlags } = useFeatureFlags();
export const shown = flags?.newNav && featureFlagsForUser(user).newCart && featureFlagsOf.length;
//- /a.spec.ts
expect(db.featureFlags.findMany).toHaveBeenCalledWith({ where });
expect(db.featureFlags.create).not.toHaveBeenCalled();
`,
    ['a.ts:3 newCart property likely', 'a.ts:3 newNav property likely'],
  ],
  [
    'Python and PHP: what is given a value is not read, but for what it belongs to',
    `
//- /shop/page.py
from django.conf import settings
def f(config):
    settings.FEATURE_PAY = True
    config.feature_flags.new_nav = True
    return settings.FEATURE_CART or config.feature_flags.new_nav
//- /page.php
<?php
function f($config) {
  $config->featureFlags->newNav = true;
  return $config->featureFlags->oldNav;
}
`,
    [
      'page.php:4 oldNav property likely',
      'shop/page.py:5 FEATURE_CART property possible',
      'shop/page.py:5 new_nav property likely',
    ],
  ],
  [
    'TypeScript: selectors of a package that take the state and an application before the flag; not who has seen a tour',
    `
//- /selectors.ts
import { getIsFeatureEnabled, getFeature } from '@acme/kit';
import { ApplicationName, FeatureName } from './types';
export const getIsNavEnabled = (state: State) => {
  try {
    return getIsFeatureEnabled(state, ApplicationName.SHOP, FeatureName.NEW_NAV);
  } catch (e) {
    return false;
  }
};
export const getRecord = (state: State) => getFeature(state, ApplicationName.SHOP);
//- /types.ts
export enum ApplicationName { SHOP = 'shop-app' }
export enum FeatureName { NEW_NAV = 'new-nav' }
export enum SeenFlags { Tour = 'first-tour' }
export const getShowFeatureFlagLastSeen = (user: User, flag: SeenFlags) => user.flags[flag] ?? 0;
//- /page.ts
import { getShowFeatureFlagLastSeen, SeenFlags } from './types';
export const isNew = getShowFeatureFlagLastSeen(user, SeenFlags.Tour) > 0;
`,
    ['selectors.ts:5 new-nav enum likely'],
  ],
  [
    "Python: objects that a package's class makes for a flag each, also read as a value; not those of other classes",
    `
//- /shop/rollouts.py
from acme.rollouts import Feature, Door
NAV = Feature("new_nav")
FRONT = Door("front_door")
//- /shop/page.py
from shop.rollouts import FRONT, NAV
def f(shop_id):
    NAV.check_value(identifier=shop_id, default=False)
    FRONT.check_value(identifier=shop_id)
    return NAV.is_enabled() or FRONT.is_enabled()
`,
    ['shop/page.py:3 new_nav constant+flag-object likely', 'shop/page.py:5 new_nav constant+flag-object likely'],
  ],
  [
    "Python: a part of a package that is called as an SDK's package is not that package's namesake elsewhere",
    `
//- /api/__init__.py
VERSION = 1
//- /api/waffle/__init__.py
NAME = 'own'
//- /api/waffle/utils.py
import waffle
def flag_is_active(request, flag_name):
    request.user = current_user()
    return waffle.flag_is_active(request, flag_name)
//- /api/views.py
import waffle
from api.waffle.utils import flag_is_active
def view(request):
    return flag_is_active(request, 'new-nav') or waffle.switch_is_active('old-nav')
`,
    ['api/views.py:4 new-nav literal+wrapper', 'api/views.py:4 old-nav literal', 'api/waffle/utils.py:4 dynamic -'],
  ],
  [
    'Angular: services that give the state of a feature, by the type of what they are given',
    `
//- /switches.ts
export const ShopFlag = { NEW_NAV: 'NEW_NAV', RUM: 'RUM' } as const;
export type ShopFlag = (typeof ShopFlag)[keyof typeof ShopFlag];
export enum Door { FRONT = 'front-door' }
export class SwitchesService {
  getStateOf(featureName: ShopFlag): Observable<boolean> { return this.all().pipe(map(all => all[featureName])); }
  getStateOfDoor(name: Door): Observable<boolean> { return this.doors().pipe(map(all => all[name])); }
}
//- /page.ts
import { Door, ShopFlag, SwitchesService } from './switches';
export class Page {
  constructor(private switches: SwitchesService) {}
  ngOnInit() {
    this.switches.getStateOf(ShopFlag.NEW_NAV).subscribe(on => { this.on = on; });
    this.switches.getStateOfDoor(Door.FRONT).subscribe();
  }
}
`,
    ['page.ts:5 NEW_NAV object+wrapper likely'],
  ],
];

describeRows('flags that are reached in roundabout ways', ROWS);

describeRows(
  'what gives a flag that is asked elsewhere',
  [
    [
      'is a reference, also where it says no as long as it can not ask; not where it may say something else',
      `
//- /a.ts
import { OpenFeature } from '@openfeature/server-sdk';
const client = OpenFeature.getClient();
export const isNavOn = () => {
  if (!loaded) return false;
  return client.getBooleanValue('nav', false);
};
export const isCartOn = (user: User) => {
  if (user.isAdmin) return user.hasCart;
  return client.getBooleanValue('cart', false);
};
export const isDoorOn = (user: User) => {
  if (user.isAdmin) return true;
  return client.getBooleanValue('door', false);
};
//- /b.ts
import { isCartOn, isDoorOn, isNavOn } from './a';
if (isNavOn() && isCartOn(user) && isDoorOn(user)) go();
`,
      ['a.ts:5 nav literal', 'a.ts:9 cart literal', 'a.ts:13 door literal', 'b.ts:2 nav accessor reference'],
    ],
  ],
  ['check', 'reference'],
);
