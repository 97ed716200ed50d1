/** All SDKs Flagbook knows. Adding one is its data file and one line here. */
import type { FlagSdk } from '../sdk.ts';
import { kubernetes } from './kubernetes.ts';
import { launchdarkly } from './launchdarkly.ts';
import { openfeature } from './openfeature.ts';
import { unleash } from './unleash.ts';

export const FLAG_SDKS: readonly FlagSdk[] = [openfeature, launchdarkly, unleash, kubernetes];
