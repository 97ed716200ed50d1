/**
 * Rox, the SDK of CloudBees Feature Management, once Rollout: its dynamic API, which asks by the key. Flags that are fields of a
 * registered container have keys that no call holds. Read from rox-browser 6.0, rox-node 6.0 and CloudBees' manual as of 2026.
 */
import { ECMASCRIPT, type FlagSdk } from '../sdk.ts';
import { methods, surface } from './forms.ts';

export const rox: FlagSdk = {
  id: 'rox',
  surfaces: [
    surface({
      languages: ECMASCRIPT,
      packages: ['rox-browser', 'rox-node', 'rox-ssr', 'rox-react-native'],
      calls: [
        methods({ isEnabled: 'boolean' }, 0, 1, { brief: true, on: ['dynamicApi'] }),
        methods({ value: 'string', getNumber: 'number' }, 0, 1, { common: true, on: ['dynamicApi'] }),
      ],
    }),
  ],
};
