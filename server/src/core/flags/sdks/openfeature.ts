/**
 * OpenFeature: the vendor-neutral SDKs. Shapes read from the SDKs' own packages (server, web, React, Nest, Python, Go,
 * Java, .NET).
 */
import { ECMASCRIPT, type FlagSdk, JVM, RUBY, type SdkCall } from '../sdk.ts';
import { decorators, functions, hooks, methods, returning, surface } from './forms.ts';

/** A provider that a test, or a program without a flag system, fills with flags by their names. */
const IN_MEMORY = { role: 'stub' } as const;

const ecmaScriptClient: SdkCall = methods(
  {
    ...returning('boolean', 'getBooleanValue', 'getBooleanDetails'),
    ...returning('string', 'getStringValue', 'getStringDetails'),
    ...returning('number', 'getNumberValue', 'getNumberDetails'),
    ...returning('object', 'getObjectValue', 'getObjectDetails'),
  },
  0,
  1,
  { distinctive: true },
);

export const openfeature: FlagSdk = {
  id: 'openfeature',
  surfaces: [
    {
      languages: ECMASCRIPT,
      packages: ['@openfeature/*'],
      calls: [
        ecmaScriptClient,
        hooks(
          {
            ...returning(null, 'useFlag', 'useSuspenseFlag'),
            ...returning('boolean', 'useBooleanFlagValue', 'useBooleanFlagDetails'),
            ...returning('string', 'useStringFlagValue', 'useStringFlagDetails'),
            ...returning('number', 'useNumberFlagValue', 'useNumberFlagDetails'),
            ...returning('object', 'useObjectFlagValue', 'useObjectFlagDetails'),
          },
          0,
          1,
        ),
        decorators(
          {
            ...returning('boolean', 'BooleanFeatureFlag'),
            ...returning('string', 'StringFeatureFlag'),
            ...returning('number', 'NumberFeatureFlag'),
            ...returning('object', 'ObjectFeatureFlag'),
          },
          { position: 0, property: 'flagKey' },
          { position: 0, property: 'defaultValue' },
        ),
        decorators(
          { RequireFlagsEnabled: 'boolean' },
          { position: 0, property: 'flags', several: { property: 'flagKey', fallback: 'defaultValue' } },
        ),
        functions(
          returning(null, 'InMemoryProvider', 'TypedInMemoryProvider'),
          { position: 0, several: 'names' },
          null,
          IN_MEMORY,
        ),
        methods({ putConfiguration: null }, { position: 0, several: 'names' }, null, IN_MEMORY),
      ],
      toggles: [],
      elements: [
        { name: 'FeatureFlag', key: 'flagKey', fallback: 'defaultValue' },
        { name: 'OpenFeatureTestProvider', key: 'flagValueMap', fallback: null, several: 'names', role: 'stub' },
      ],
    },
    surface({
      languages: ['python'],
      packages: ['openfeature', 'openfeature.*'],
      calls: [
        methods(
          {
            ...returning('boolean', 'get_boolean_value', 'get_boolean_details', 'get_boolean_value_async'),
            ...returning('string', 'get_string_value', 'get_string_details', 'get_string_value_async'),
            ...returning(
              'number',
              'get_integer_value',
              'get_float_value',
              'get_integer_details',
              'get_float_details',
              'get_integer_value_async',
              'get_float_value_async',
            ),
            ...returning('object', 'get_object_value', 'get_object_details', 'get_object_value_async'),
          },
          { position: 0, names: ['flag_key'] },
          { position: 1, names: ['default_value'] },
          { distinctive: true },
        ),
        functions({ InMemoryProvider: null }, { position: 0, names: ['flags'], several: 'names' }, null, IN_MEMORY),
      ],
    }),
    surface({
      languages: ['go'],
      packages: [
        'github.com/open-feature/go-sdk*/openfeature',
        'github.com/open-feature/go-sdk/pkg/openfeature',
        'github.com/open-feature/go-sdk*/memprovider',
        'github.com/open-feature/go-sdk*/testing',
      ],
      calls: [
        methods(
          {
            ...returning('boolean', 'BooleanValue', 'BooleanValueDetails'),
            ...returning('string', 'StringValue', 'StringValueDetails'),
            ...returning('number', 'FloatValue', 'IntValue', 'FloatValueDetails', 'IntValueDetails'),
            ...returning('object', 'ObjectValue', 'ObjectValueDetails'),
          },
          1,
          2,
        ),
        methods(
          {
            ...returning('boolean', 'Boolean'),
            ...returning('string', 'String'),
            ...returning('number', 'Float', 'Int'),
            ...returning('object', 'Object'),
          },
          1,
          2,
          { common: true },
        ),
        methods({ NewInMemoryProvider: null }, { position: 0, several: 'names' }, null, IN_MEMORY),
        methods({ UsingFlags: null }, { position: 1, several: 'names' }, null, IN_MEMORY),
      ],
    }),
    surface({
      languages: JVM,
      packages: [
        'dev.openfeature.sdk',
        'dev.openfeature.sdk.*',
        'dev.openfeature.kotlin.sdk',
        'dev.openfeature.kotlin.sdk.*',
      ],
      types: ['Client', 'Features', 'OpenFeatureAPI', 'OpenFeatureClient'],
      calls: [
        methods(
          {
            ...returning('boolean', 'getBooleanValue', 'getBooleanDetails'),
            ...returning('string', 'getStringValue', 'getStringDetails'),
            ...returning(
              'number',
              'getIntegerValue',
              'getLongValue',
              'getDoubleValue',
              'getIntegerDetails',
              'getLongDetails',
              'getDoubleDetails',
            ),
            ...returning('object', 'getObjectValue', 'getObjectDetails'),
          },
          { position: 0, names: ['key'] },
          { position: 1, names: ['defaultValue'] },
          { distinctive: true },
        ),
      ],
    }),
    surface({
      languages: ['csharp'],
      packages: ['OpenFeature', 'OpenFeature.*'],
      types: ['Api', 'FeatureClient', 'IFeatureClient'],
      calls: [
        methods(
          dotnetMethods('Async'),
          { position: 0, names: ['flagKey'] },
          { position: 1, names: ['defaultValue'] },
          { distinctive: true },
        ),
        // Before version 2.
        methods(
          dotnetMethods(''),
          { position: 0, names: ['flagKey'] },
          { position: 1, names: ['defaultValue'] },
          { distinctive: true },
        ),
      ],
    }),
    surface({
      languages: RUBY,
      packages: ['open_feature/sdk', 'open_feature/*', 'openfeature/*', 'openfeature-sdk'],
      globals: ['OpenFeature'],
      calls: [
        methods(
          {
            ...returning('boolean', 'fetch_boolean_value', 'fetch_boolean_details'),
            ...returning('string', 'fetch_string_value', 'fetch_string_details'),
            ...returning(
              'number',
              'fetch_number_value',
              'fetch_integer_value',
              'fetch_float_value',
              'fetch_number_details',
              'fetch_integer_details',
              'fetch_float_details',
            ),
            ...returning('object', 'fetch_object_value', 'fetch_object_details'),
          },
          { position: 0, names: ['flag_key'] },
          { position: 1, names: ['default_value'] },
          { distinctive: true },
        ),
      ],
    }),
    surface({
      languages: ['php'],
      packages: ['OpenFeature', 'OpenFeature\\*'],
      calls: [
        methods(
          {
            ...returning('boolean', 'getBooleanValue', 'getBooleanDetails'),
            ...returning('string', 'getStringValue', 'getStringDetails'),
            ...returning('number', 'getIntegerValue', 'getFloatValue', 'getIntegerDetails', 'getFloatDetails'),
            ...returning('object', 'getObjectValue', 'getObjectDetails'),
          },
          { position: 0, names: ['flagKey'] },
          { position: 1, names: ['defaultValue'] },
          { distinctive: true },
        ),
      ],
    }),
    surface({
      languages: ['swift'],
      packages: ['OpenFeature'],
      types: ['Client', 'Features', 'OpenFeatureAPI', 'OpenFeatureClient'],
      calls: [
        methods(
          {
            ...returning('boolean', 'getBooleanValue', 'getBooleanDetails'),
            ...returning('string', 'getStringValue', 'getStringDetails'),
            ...returning('number', 'getIntegerValue', 'getIntegerDetails', 'getDoubleValue', 'getDoubleDetails'),
            ...returning('object', 'getObjectValue', 'getObjectDetails'),
          },
          { position: 0, names: ['key'] },
          { position: 1, names: ['defaultValue'] },
          { distinctive: true },
        ),
        methods(
          returning(null, 'getValue', 'getDetails'),
          { position: 0, names: ['key'] },
          { position: 1, names: ['defaultValue'] },
          { common: true },
        ),
      ],
    }),
    surface({
      languages: ['rust'],
      packages: ['open_feature', 'open_feature.*'],
      types: ['Client', 'OpenFeature'],
      calls: [
        methods(
          {
            ...returning('boolean', 'get_bool_value', 'get_bool_details', 'resolve_bool_value'),
            ...returning('string', 'get_string_value', 'get_string_details', 'resolve_string_value'),
            ...returning('number', 'get_int_value', 'get_int_details', 'resolve_int_value'),
            ...returning('number', 'get_float_value', 'get_float_details', 'resolve_float_value'),
            ...returning('object', 'get_struct_value', 'get_struct_details', 'resolve_struct_value'),
          },
          0,
          null,
          { distinctive: true },
        ),
      ],
    }),
    surface({
      languages: ['cpp'],
      packages: ['openfeature', 'openfeature.*', 'openfeature/*'],
      types: ['Client', 'ClientAPI', 'Features'],
      calls: [
        methods(
          {
            ...returning('boolean', 'GetBooleanValue', 'GetBooleanDetails'),
            ...returning('string', 'GetStringValue', 'GetStringDetails'),
            ...returning('number', 'GetIntegerValue', 'GetIntegerDetails', 'GetDoubleValue', 'GetDoubleDetails'),
            ...returning('object', 'GetObjectValue', 'GetObjectDetails'),
          },
          0,
          1,
        ),
      ],
    }),
    // ff4s: the evaluation's methods for libraries of effects.
    surface({
      languages: ['scala'],
      packages: ['io.cardell.openfeature', 'io.cardell.openfeature.*'],
      types: ['FeatureClient'],
      calls: [
        methods(
          {
            ...returning('boolean', 'getBooleanValue', 'getBooleanDetails'),
            ...returning('string', 'getStringValue', 'getStringDetails'),
            ...returning('number', 'getIntValue', 'getIntDetails', 'getDoubleValue', 'getDoubleDetails'),
            ...returning('object', 'getStructureValue', 'getStructureDetails'),
          },
          { position: 0, names: ['flagKey'] },
          { position: 1, names: ['default'] },
        ),
      ],
    }),
  ],
};

function dotnetMethods(ending: 'Async' | ''): SdkCall['names'] {
  const types = {
    Boolean: 'boolean',
    String: 'string',
    Integer: 'number',
    Double: 'number',
    Object: 'object',
  } as const;
  return Object.fromEntries(
    Object.entries(types).flatMap(([name, type]) => [
      [`Get${name}Value${ending}`, type],
      [`Get${name}Details${ending}`, type],
    ]),
  );
}
