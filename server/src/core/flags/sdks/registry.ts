/** All SDKs Flagbook knows. Adding one is its data file and one line here. */
import type { FlagSdk } from '../sdk.ts';
import { featureManagement } from './featureManagement.ts';
import { ff4j } from './ff4j.ts';
import { kubernetes } from './kubernetes.ts';
import { launchdarkly } from './launchdarkly.ts';
import { openfeature } from './openfeature.ts';
import { togglz } from './togglz.ts';
import { unleash } from './unleash.ts';

export const FLAG_SDKS: readonly FlagSdk[] = [
  openfeature,
  launchdarkly,
  unleash,
  kubernetes,
  featureManagement,
  togglz,
  ff4j,
];
