/**
 * Rox, the SDK of CloudBees Feature Management, once Rollout. A flag is a field of a container, which is registered under a namespace: the
 * key is `namespace.field`, or the field where no namespace is given. The dynamic API asks by the key. Read from rox-browser 6.0, rox-node 6.0,
 * programs in Go, Java and PHP that use it, and CloudBees' manual as of 2026; the other languages by the manual alone.
 */
import type { LanguageId } from '../../languages/facts.ts';
import type { ValueType } from '../../model.ts';
import { ECMASCRIPT, type FlagSdk, JVM, RUBY, type SdkFlagObject, type SdkSurface } from '../sdk.ts';
import { methods, surface } from './forms.ts';

const NOWHERE = { position: Number.POSITIVE_INFINITY };
const FIRST = { position: 0, names: ['withDefault', 'defaultValue', 'default_value'] };

/** A flag that a field holds; the default comes first in all languages. */
function held(
  names: SdkFlagObject['names'],
  asked: readonly string[],
  register: string,
  more: Partial<SdkFlagObject> = {},
): SdkFlagObject {
  const heldBy = { registers: [register] };
  return { names, key: NOWHERE, fallback: FIRST, methods: asked, heldBy, common: true, ...more };
}

const TYPES: Readonly<Record<string, ValueType>> = {
  RoxFlag: 'boolean',
  RoxString: 'string',
  RoxInt: 'number',
  RoxDouble: 'number',
};

function container(
  languages: readonly LanguageId[],
  packages: readonly string[],
  objects: SdkSurface['flagObjects'],
  more: Partial<SdkSurface> = {},
): SdkSurface {
  return surface({ languages, packages, calls: [], flagObjects: objects, ...more });
}

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
      flagObjects: [
        held({ Flag: 'boolean' }, ['isEnabled'], 'register'),
        held(
          { RoxString: 'string', RoxNumber: 'number', Variant: 'string', Configuration: null },
          ['getValue'],
          'register',
        ),
      ],
    }),
    container(
      JVM,
      [
        'io.rollout.flags',
        'io.rollout.rox.server',
        'io.rollout.rox.server.*',
        'io.rollout.android',
        'io.rollout.configuration',
      ],
      [
        held(
          { ...TYPES, RoxEnumString: 'string', RoxVariant: 'string' },
          ['isEnabled', 'getValue', 'enabled', 'disabled'],
          'register',
          { properties: ['isEnabled', 'value'] },
        ),
      ],
      { types: ['RoxFlag', 'RoxString', 'RoxInt', 'RoxDouble', 'RoxEnumString', 'RoxVariant', 'Rox', 'RoxContainer'] },
    ),
    container(
      ['csharp'],
      ['Io.Rollout.Rox.Server', 'Io.Rollout.Rox.Server.*', 'Io.Rollout.Rox.Core', 'Io.Rollout.Rox.Core.*'],
      [held(TYPES, ['IsEnabled', 'GetValue'], 'Register')],
      { types: ['RoxFlag', 'RoxString', 'RoxInt', 'RoxDouble', 'Rox', 'IRoxContainer'] },
    ),
    container(
      ['python'],
      ['rox.server', 'rox.server.*', 'rox.core', 'rox.core.*'],
      [held(TYPES, ['is_enabled', 'get_value'], 'register')],
    ),
    container(
      ['go'],
      ['github.com/rollout/rox-go/*'],
      [
        held(
          { NewRoxFlag: 'boolean', NewRoxString: 'string', NewRoxInt: 'number', NewRoxDouble: 'number' },
          ['IsEnabled', 'GetValue', 'GetValueAsString'],
          'Register',
        ),
      ],
      { packageName: 'server' },
    ),
    container(
      ['php'],
      ['Rox\\Server', 'Rox\\Server\\*', 'Rox\\Core', 'Rox\\Core\\*'],
      [held(TYPES, ['isEnabled', 'getValue'], 'register')],
    ),
    container(
      RUBY,
      ['rox/server/rox_server', 'rox/*', 'rox-rollout'],
      [held(TYPES, ['enabled?'], 'register', { properties: ['value'] })],
      { globals: ['Rox'] },
    ),
    container(['swift'], ['ROX', 'ROXCore'], [held(TYPES, [], 'register', { properties: ['isEnabled', 'value'] })], {
      types: ['RoxFlag', 'RoxString', 'RoxInt', 'RoxDouble', 'ROX', 'RoxContainer'],
    }),
  ],
};
