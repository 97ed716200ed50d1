/**
 * django-waffle, and the flag objects that edx-toggles builds on it. Flags, switches and samples are one namespace each in waffle;
 * here the name is the key. Read from django-waffle 5.0 and edx-toggles 6.0.
 */
import type { FlagSdk } from '../sdk.ts';
import { decorators, functions, methods, returning, surface } from './forms.ts';

const FLAG_NAME = { position: 0, names: ['flag_name', 'switch_name', 'sample_name'] };

const GUARDS = returning('boolean', 'waffle_flag', 'waffle_switch', 'waffle_sample');

const OVERRIDES = returning(null, 'override_flag', 'override_switch', 'override_sample');
const EDX_OVERRIDES = returning(null, 'override_waffle_flag', 'override_waffle_switch');

/** Rows of the models that tests and migrations make; there is no position for it. */
const MADE = { position: Number.POSITIVE_INFINITY, names: ['name'] };

/** `{% flag "name" %}` of the library `waffle_tags`, and Jinja's `waffle.flag("name")`. */
const TAGS = surface({
  languages: ['jinja'],
  packages: ['waffle_tags'],
  calls: [],
  elements: ['flag', 'switch', 'sample'].map(name => ({
    name: `%${name}`,
    key: '0',
    fallback: null,
    tag: 'by package' as const,
  })),
});

export const waffle: FlagSdk = {
  id: 'waffle',
  surfaces: [
    TAGS,
    surface({
      languages: ['python'],
      packages: ['waffle', 'waffle.*'],
      calls: [
        functions({ flag_is_active: 'boolean' }, { position: 1, names: ['flag_name'] }, null, { distinctive: true }),
        functions(returning('boolean', 'switch_is_active', 'sample_is_active'), FLAG_NAME, null, { distinctive: true }),
        decorators(GUARDS, FLAG_NAME, null, { negation: '!' }),
        functions(GUARDS, FLAG_NAME, null, { negation: '!' }),
        functions(OVERRIDES, { position: 0, names: ['name'] }, null, { role: 'stub' }),
        decorators(OVERRIDES, { position: 0, names: ['name'] }, null, { role: 'stub' }),
        // `get_waffle_flag_model().get("k").is_active(request)`: what a model gives by name is asked itself.
        methods(returning('boolean', 'is_active', 'is_active_for_user'), { position: 0, receiver: 'asked' }, null, {
          on: ['get'],
          common: true,
          proven: true,
        }),
        methods(returning(null, 'create', 'get_or_create', 'update_or_create'), MADE, null, {
          on: ['objects'],
          common: true,
          proven: true,
          role: 'stub',
        }),
      ],
      fields: [
        { name: 'waffle_flag', base: 'WaffleFlagMixin', negation: '!' },
        { name: 'waffle_switch', base: 'WaffleSwitchMixin', negation: '!' },
        { name: 'waffle_sample', base: 'WaffleSampleMixin', negation: '!' },
      ],
    }),
    surface({
      languages: ['python'],
      packages: [
        'edx_toggles',
        'edx_toggles.*',
        'openedx.core.djangoapps.waffle_utils',
        'openedx.core.djangoapps.waffle_utils.*',
        'lms.djangoapps.experiments.flags',
      ],
      calls: [
        functions(EDX_OVERRIDES, { position: 0, names: ['flag', 'switch'] }, null, { role: 'stub' }),
        decorators(EDX_OVERRIDES, { position: 0, names: ['flag', 'switch'] }, null, { role: 'stub' }),
      ],
      flagObjects: [
        {
          names: returning(
            'boolean',
            'WaffleFlag',
            'WaffleSwitch',
            'NonNamespacedWaffleFlag',
            'NonNamespacedWaffleSwitch',
            'CourseWaffleFlag',
            'ExperimentWaffleFlag',
          ),
          key: { position: 0, names: ['name'] },
          fallback: null,
          methods: ['is_enabled'],
        },
      ],
    }),
  ],
};

/** Toggles of edx-toggles that are no waffle flags but settings. */
export const edxToggles: FlagSdk = {
  id: 'edx-toggles',
  surfaces: [
    surface({
      languages: ['python'],
      packages: ['edx_toggles', 'edx_toggles.*'],
      calls: [],
      flagObjects: [
        {
          names: { SettingToggle: 'boolean' },
          key: { position: 0, names: ['name'] },
          fallback: { position: 1, names: ['default'] },
          methods: ['is_enabled'],
        },
        {
          names: { SettingDictToggle: 'boolean' },
          key: { position: 1, names: ['key'] },
          fallback: { position: 2, names: ['default'] },
          methods: ['is_enabled'],
        },
      ],
    }),
  ],
};
