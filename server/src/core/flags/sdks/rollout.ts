/** FetLife's rollout for Ruby: https://github.com/fetlife/rollout. */
import { type FlagSdk, RUBY } from '../sdk.ts';

export const rollout: FlagSdk = {
  id: 'rollout',
  surfaces: [
    {
      languages: RUBY,
      packages: ['rollout', 'rollout-*'],
      globals: ['Rollout'],
      calls: [
        {
          names: { 'active?': 'boolean', 'inactive?': 'boolean', 'user_in_active_users?': 'boolean' },
          form: 'method',
          key: { position: 0 },
          fallback: null,
          via: null,
          distinctive: false,
          common: true,
        },
      ],
      toggles: [],
      elements: [],
    },
  ],
};
