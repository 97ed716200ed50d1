/** FetLife's rollout for Ruby: https://github.com/fetlife/rollout. */
import { type FlagSdk, RUBY } from '../sdk.ts';
import { methods, returning, surface } from './forms.ts';

export const rollout: FlagSdk = {
  id: 'rollout',
  surfaces: [
    surface({
      languages: RUBY,
      packages: ['rollout', 'rollout-*'],
      globals: ['Rollout'],
      calls: [
        methods(returning('boolean', 'active?', 'inactive?', 'user_in_active_users?'), 0, null, { common: true }),
        methods(
          returning(
            null,
            ...['activate', 'activate_user', 'activate_users', 'activate_group', 'activate_percentage'],
            ...['deactivate', 'deactivate_user', 'deactivate_users', 'deactivate_group', 'deactivate_percentage'],
          ),
          0,
          null,
          { common: true, role: 'stub' },
        ),
      ],
    }),
  ],
};
