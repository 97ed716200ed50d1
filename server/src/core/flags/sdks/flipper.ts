/** Flipper for Ruby: https://www.flippercloud.io/docs. Its constant is there without an import in a Rails application. */
import { type FlagSdk, RUBY } from '../sdk.ts';
import { methods, returning, surface } from './forms.ts';

/** What tests, consoles and administration do to a flag. */
const CHANGES = returning(
  null,
  ...['add', 'enable', 'enable_actor', 'enable_group', 'enable_percentage_of_actors', 'enable_percentage_of_time'],
  ...[
    'remove',
    'disable',
    'disable_actor',
    'disable_group',
    'disable_percentage_of_actors',
    'disable_percentage_of_time',
  ],
);

export const flipper: FlagSdk = {
  id: 'flipper',
  surfaces: [
    surface({
      languages: RUBY,
      packages: ['flipper', 'flipper-*', 'flipper/*'],
      globals: ['Flipper'],
      calls: [
        methods({ 'enabled?': 'boolean' }, { position: 0, receiver: 'asked' }, null, {
          on: ['[]', 'feature'],
          common: true,
        }),
        methods({ 'enabled?': 'boolean' }, 0, null, { common: true }),
        methods(CHANGES, { position: 0, receiver: 'asked' }, null, {
          on: ['[]', 'feature'],
          common: true,
          role: 'stub',
        }),
        methods(CHANGES, 0, null, { common: true, role: 'stub' }),
      ],
    }),
  ],
};
