/**
 * OpenFeature: the vendor-neutral SDKs. Shapes read from the SDKs' own packages (server, web, React, Nest, Python, Go,
 * Java, .NET).
 */
import { ECMASCRIPT, type FlagSdk, JVM, RUBY, type SdkCall } from '../sdk.ts';
import { decorators, functions, methods, returning, surface } from './forms.ts';

/** A provider that a test, or a program without a flag system, fills with flags by their names. */
const IN_MEMORY = { role: 'stub' } as const;

const ecmaScriptClient: SdkCall = {
  names: {
    getBooleanValue: 'boolean',
    getStringValue: 'string',
    getNumberValue: 'number',
    getObjectValue: 'object',
    getBooleanDetails: 'boolean',
    getStringDetails: 'string',
    getNumberDetails: 'number',
    getObjectDetails: 'object',
  },
  form: 'method',
  key: { position: 0 },
  fallback: { position: 1 },
  via: null,
  distinctive: true,
};

export const openfeature: FlagSdk = {
  id: 'openfeature',
  surfaces: [
    {
      languages: ECMASCRIPT,
      packages: ['@openfeature/*'],
      calls: [
        ecmaScriptClient,
        {
          names: {
            useFlag: null,
            useSuspenseFlag: null,
            useBooleanFlagValue: 'boolean',
            useStringFlagValue: 'string',
            useNumberFlagValue: 'number',
            useObjectFlagValue: 'object',
            useBooleanFlagDetails: 'boolean',
            useStringFlagDetails: 'string',
            useNumberFlagDetails: 'number',
            useObjectFlagDetails: 'object',
          },
          form: 'function',
          key: { position: 0 },
          fallback: { position: 1 },
          via: 'hook',
          distinctive: false,
        },
        {
          names: {
            BooleanFeatureFlag: 'boolean',
            StringFeatureFlag: 'string',
            NumberFeatureFlag: 'number',
            ObjectFeatureFlag: 'object',
          },
          form: 'decorator',
          key: { position: 0, property: 'flagKey' },
          fallback: { position: 0, property: 'defaultValue' },
          via: 'attribute',
          distinctive: false,
        },
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
    {
      languages: ['python'],
      packages: ['openfeature', 'openfeature.*'],
      calls: [
        {
          names: {
            get_boolean_value: 'boolean',
            get_string_value: 'string',
            get_integer_value: 'number',
            get_float_value: 'number',
            get_object_value: 'object',
            get_boolean_details: 'boolean',
            get_string_details: 'string',
            get_integer_details: 'number',
            get_float_details: 'number',
            get_object_details: 'object',
            get_boolean_value_async: 'boolean',
            get_string_value_async: 'string',
            get_integer_value_async: 'number',
            get_float_value_async: 'number',
            get_object_value_async: 'object',
          },
          form: 'method',
          key: { position: 0, names: ['flag_key'] },
          fallback: { position: 1, names: ['default_value'] },
          via: null,
          distinctive: true,
        },
        functions({ InMemoryProvider: null }, { position: 0, names: ['flags'], several: 'names' }, null, IN_MEMORY),
      ],
      toggles: [],
      elements: [],
    },
    {
      languages: ['go'],
      packages: [
        'github.com/open-feature/go-sdk*/openfeature',
        'github.com/open-feature/go-sdk/pkg/openfeature',
        'github.com/open-feature/go-sdk*/memprovider',
        'github.com/open-feature/go-sdk*/testing',
      ],
      calls: [
        {
          names: {
            BooleanValue: 'boolean',
            StringValue: 'string',
            FloatValue: 'number',
            IntValue: 'number',
            ObjectValue: 'object',
            BooleanValueDetails: 'boolean',
            StringValueDetails: 'string',
            FloatValueDetails: 'number',
            IntValueDetails: 'number',
            ObjectValueDetails: 'object',
          },
          form: 'method',
          key: { position: 1 },
          fallback: { position: 2 },
          via: null,
          distinctive: false,
        },
        {
          names: { Boolean: 'boolean', String: 'string', Float: 'number', Int: 'number', Object: 'object' },
          form: 'method',
          key: { position: 1 },
          fallback: { position: 2 },
          via: null,
          distinctive: false,
          common: true,
        },
        methods({ NewInMemoryProvider: null }, { position: 0, several: 'names' }, null, IN_MEMORY),
        methods({ UsingFlags: null }, { position: 1, several: 'names' }, null, IN_MEMORY),
      ],
      toggles: [],
      elements: [],
    },
    {
      languages: JVM,
      packages: [
        'dev.openfeature.sdk',
        'dev.openfeature.sdk.*',
        'dev.openfeature.kotlin.sdk',
        'dev.openfeature.kotlin.sdk.*',
      ],
      types: ['Client', 'Features', 'OpenFeatureAPI', 'OpenFeatureClient'],
      calls: [
        {
          names: {
            getBooleanValue: 'boolean',
            getStringValue: 'string',
            getIntegerValue: 'number',
            getLongValue: 'number',
            getDoubleValue: 'number',
            getObjectValue: 'object',
            getBooleanDetails: 'boolean',
            getStringDetails: 'string',
            getIntegerDetails: 'number',
            getLongDetails: 'number',
            getDoubleDetails: 'number',
            getObjectDetails: 'object',
          },
          form: 'method',
          key: { position: 0, names: ['key'] },
          fallback: { position: 1, names: ['defaultValue'] },
          via: null,
          distinctive: true,
        },
      ],
      toggles: [],
      elements: [],
    },
    {
      languages: ['csharp'],
      packages: ['OpenFeature', 'OpenFeature.*'],
      types: ['Api', 'FeatureClient', 'IFeatureClient'],
      calls: [
        {
          names: dotnetMethods('Async'),
          form: 'method',
          key: { position: 0, names: ['flagKey'] },
          fallback: { position: 1, names: ['defaultValue'] },
          via: null,
          distinctive: true,
        },
        // Before version 2.
        {
          names: dotnetMethods(''),
          form: 'method',
          key: { position: 0, names: ['flagKey'] },
          fallback: { position: 1, names: ['defaultValue'] },
          via: null,
          distinctive: true,
        },
      ],
      toggles: [],
      elements: [],
    },
    {
      languages: RUBY,
      packages: ['open_feature/sdk', 'open_feature/*', 'openfeature/*', 'openfeature-sdk'],
      globals: ['OpenFeature'],
      calls: [
        {
          names: {
            fetch_boolean_value: 'boolean',
            fetch_string_value: 'string',
            fetch_number_value: 'number',
            fetch_integer_value: 'number',
            fetch_float_value: 'number',
            fetch_object_value: 'object',
            fetch_boolean_details: 'boolean',
            fetch_string_details: 'string',
            fetch_number_details: 'number',
            fetch_integer_details: 'number',
            fetch_float_details: 'number',
            fetch_object_details: 'object',
          },
          form: 'method',
          key: { position: 0, names: ['flag_key'] },
          fallback: { position: 1, names: ['default_value'] },
          via: null,
          distinctive: true,
        },
      ],
      toggles: [],
      elements: [],
    },
    {
      languages: ['php'],
      packages: ['OpenFeature', 'OpenFeature\\*'],
      calls: [
        {
          names: {
            getBooleanValue: 'boolean',
            getStringValue: 'string',
            getIntegerValue: 'number',
            getFloatValue: 'number',
            getObjectValue: 'object',
            getBooleanDetails: 'boolean',
            getStringDetails: 'string',
            getIntegerDetails: 'number',
            getFloatDetails: 'number',
            getObjectDetails: 'object',
          },
          form: 'method',
          key: { position: 0, names: ['flagKey'] },
          fallback: { position: 1, names: ['defaultValue'] },
          via: null,
          distinctive: true,
        },
      ],
      toggles: [],
      elements: [],
    },
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
