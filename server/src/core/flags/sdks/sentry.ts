/**
 * Sentry's own flags, as code that builds on Sentry asks for them: `features.has("organizations:k", organization, actor=user)` and
 * `options.get("k")`. In Sentry itself both are modules of the repository and told by their shape. Written from descriptions and
 * excerpts of its code, which was too large to be read here as a whole.
 */
import type { FlagSdk } from '../sdk.ts';
import { decorators, functions, methods, returning, surface } from './forms.ts';

const NAME = { position: 0, names: ['name'] };

export const sentry: FlagSdk = {
  id: 'sentry',
  surfaces: [
    surface({
      languages: ['python'],
      packages: ['sentry', 'sentry.*'],
      // `sentry_sdk`, which reports errors, is in far more repositories than Sentry itself.
      mentions: ['from sentry ', 'from sentry.', 'import sentry.', 'import sentry ', '"sentry.', "'sentry."],
      calls: [
        methods({ has: 'boolean' }, NAME, null, { on: ['features'], common: true, proven: true }),
        methods(returning('boolean', 'batch_has'), { position: 0, names: ['feature_names'], several: 'items' }, null, {
          on: ['features'],
          common: true,
          proven: true,
        }),
        methods({ add: null }, NAME, null, { on: ['features'], common: true, proven: true, role: 'declaration' }),
        methods({ get: null }, { position: 0, names: ['key'] }, null, { on: ['options'], common: true, proven: true }),
        methods({ register: null }, { position: 0, names: ['key'] }, null, {
          on: ['options'],
          common: true,
          proven: true,
          role: 'declaration',
        }),
        decorators({ with_feature: null }, 0, null, { role: 'stub', common: true, proven: true }),
        functions({ with_feature: null }, 0, null, { role: 'stub', common: true, proven: true }),
      ],
    }),
  ],
};
