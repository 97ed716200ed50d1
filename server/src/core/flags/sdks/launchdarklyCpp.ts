/**
 * LaunchDarkly's SDKs for C++ and C, client and server: read from the headers of client-sdk 3.11 and server-sdk 3.9. The C bindings name
 * the SDK in their functions.
 */
import type { SdkCall, SdkSurface } from '../sdk.ts';
import { functions, methods, returning, surface } from './forms.ts';

const VARIATIONS = {
  ...returning('boolean', 'BoolVariation', 'BoolVariationDetail'),
  ...returning('string', 'StringVariation', 'StringVariationDetail'),
  ...returning('number', 'IntVariation', 'IntVariationDetail', 'DoubleVariation', 'DoubleVariationDetail'),
  ...returning('object', 'JsonVariation', 'JsonVariationDetail'),
};

export const launchdarklyCpp: readonly SdkSurface[] = [
  surface({
    languages: ['cpp'],
    packages: ['launchdarkly.client_side', 'launchdarkly.client_side.*', 'launchdarkly/client_side/*'],
    types: ['Client', 'IClient'],
    calls: [methods(VARIATIONS, 0, 1, { distinctive: true })],
  }),
  surface({
    languages: ['cpp'],
    packages: ['launchdarkly.server_side', 'launchdarkly.server_side.*', 'launchdarkly/server_side/*'],
    types: ['Client', 'IClient'],
    calls: [methods(VARIATIONS, 1, 2, { distinctive: true })],
  }),
  surface({
    languages: ['cpp'],
    packages: ['launchdarkly/client_side/bindings/c/sdk.h'],
    globals: Object.keys(inC('LDClientSDK_')),
    calls: [functions(inC('LDClientSDK_'), 1, 2)],
  }),
  surface({
    languages: ['cpp'],
    packages: ['launchdarkly/server_side/bindings/c/sdk.h'],
    globals: Object.keys(inC('LDServerSDK_')),
    calls: [functions(inC('LDServerSDK_'), 2, 3)],
  }),
];

function inC(prefix: string): SdkCall['names'] {
  return Object.fromEntries(Object.entries(VARIATIONS).map(([name, type]) => [prefix + name, type]));
}
