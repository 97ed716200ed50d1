/**
 * django-flags (CFPB): flags that are defined in Django's settings and in its database. Read from django-flags 5.0: `flags/state.py`,
 * `decorators.py`, `urls.py`, `templatetags/feature_flags.py`.
 */
import type { FlagSdk } from '../sdk.ts';
import { decorators, functions, returning, surface } from './forms.ts';

const FLAG_NAME = { position: 0, names: ['flag_name'] };

export const djangoFlags: FlagSdk = {
  id: 'django-flags',
  surfaces: [
    surface({
      languages: ['jinja'],
      packages: ['feature_flags'],
      calls: [],
      elements: ['flag_enabled', 'flag_disabled'].map(name => ({
        name: `%${name}`,
        key: '0',
        fallback: null,
        tag: 'by package' as const,
      })),
    }),
    surface({
      languages: ['python'],
      packages: ['flags.state', 'flags.decorators', 'flags.urls'],
      calls: [
        functions(returning('boolean', 'flag_enabled', 'flag_disabled', 'flag_state'), FLAG_NAME),
        decorators(returning('boolean', 'flag_required', 'flag_check'), FLAG_NAME),
        functions(returning('boolean', 'flag_required', 'flag_check'), FLAG_NAME),
        functions(returning('boolean', 'flagged_path', 'flagged_re_path'), FLAG_NAME),
        functions(returning(null, 'enable_flag', 'disable_flag'), FLAG_NAME, null, { role: 'stub' }),
      ],
    }),
  ],
};
