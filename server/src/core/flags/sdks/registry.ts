/** All SDKs Flagbook knows. Adding one is its data file and one line here. */
import type { FlagSdk } from '../sdk.ts';
import { chromium } from './chromium.ts';
import { configcat } from './configcat.ts';
import { devcycle } from './devcycle.ts';
import { djangoFlags } from './djangoFlags.ts';
import { eppo } from './eppo.ts';
import { featureManagement } from './featureManagement.ts';
import { ff4j } from './ff4j.ts';
import { firebase } from './firebase.ts';
import { flagsmith } from './flagsmith.ts';
import { flipflop } from './flipflop.ts';
import { flipper } from './flipper.ts';
import { flipt } from './flipt.ts';
import { goFeatureFlag } from './goFeatureFlag.ts';
import { growthbook } from './growthbook.ts';
import { kubernetes } from './kubernetes.ts';
import { launchdarkly } from './launchdarkly.ts';
import { openfeature } from './openfeature.ts';
import { opentelemetryGates } from './opentelemetryGates.ts';
import { optimizely } from './optimizely.ts';
import { pennant } from './pennant.ts';
import { posthog } from './posthog.ts';
import { rollout } from './rollout.ts';
import { rox } from './rox.ts';
import { sentry } from './sentry.ts';
import { split } from './split.ts';
import { statsig } from './statsig.ts';
import { togglz } from './togglz.ts';
import { unleash } from './unleash.ts';
import { vercel } from './vercel.ts';
import { edxToggles, waffle } from './waffle.ts';

export const FLAG_SDKS: readonly FlagSdk[] = [
  openfeature,
  launchdarkly,
  unleash,
  kubernetes,
  opentelemetryGates,
  featureManagement,
  togglz,
  ff4j,
  flagsmith,
  growthbook,
  configcat,
  posthog,
  statsig,
  split,
  optimizely,
  eppo,
  devcycle,
  flipt,
  goFeatureFlag,
  vercel,
  waffle,
  edxToggles,
  djangoFlags,
  flipper,
  flipflop,
  rollout,
  rox,
  pennant,
  firebase,
  chromium,
  sentry,
];
