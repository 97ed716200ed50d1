/**
 * Eppo. `(flag, subject, attributes, default)` in every language here. Read from @eppo/js-client-sdk-common 4.14,
 * @eppo/node-server-sdk 3.10, @eppo/react-native-sdk 3.5, the Python SDK 3.7, the Go SDK 6.3 and the repositories of
 * the SDKs for the JVM, iOS, .NET, Ruby, PHP, Rust and C++ as of 2026.
 */
import type { ValueType } from '../../model.ts';
import { ECMASCRIPT, type FlagSdk, JVM, RUBY } from '../sdk.ts';
import { methods, returning, surface } from './forms.ts';

const ECMASCRIPT_TYPES: Readonly<Record<string, ValueType>> = {
  Bool: 'boolean',
  Boolean: 'boolean',
  Integer: 'number',
  Numeric: 'number',
  String: 'string',
  JSON: 'object',
};

const GO_TYPES: Readonly<Record<string, ValueType>> = {
  Bool: 'boolean',
  Integer: 'number',
  Numeric: 'number',
  String: 'string',
  JSON: 'object',
  JSONBytes: 'object',
};

function named(types: Readonly<Record<string, ValueType>>, spell: (type: string) => string) {
  return Object.fromEntries(Object.entries(types).map(([name, type]) => [spell(name), type]));
}

export const eppo: FlagSdk = {
  id: 'eppo',
  surfaces: [
    surface({
      languages: ECMASCRIPT,
      packages: ['@eppo/*'],
      calls: [
        methods(
          {
            ...named(ECMASCRIPT_TYPES, type => `get${type}Assignment`),
            ...named(ECMASCRIPT_TYPES, type => `get${type}AssignmentDetails`),
          },
          0,
          3,
          { distinctive: true },
        ),
        methods(returning('string', 'getBanditAction', 'getBanditActionDetails'), 0, 4, { distinctive: true }),
      ],
    }),
    surface({
      languages: ['python'],
      packages: ['eppo_client', 'eppo_client.*'],
      calls: [
        methods(
          {
            ...named(ECMASCRIPT_TYPES, type => `get_${type.toLowerCase()}_assignment`),
            ...named(ECMASCRIPT_TYPES, type => `get_${type.toLowerCase()}_assignment_details`),
          },
          { position: 0, names: ['flag_key'] },
          { position: 3, names: ['default'] },
          { distinctive: true },
        ),
        methods(
          returning('string', 'get_bandit_action', 'get_bandit_action_details'),
          { position: 0, names: ['flag_key'] },
          { position: 4, names: ['default'] },
          { distinctive: true },
        ),
      ],
    }),
    surface({
      languages: ['go'],
      packages: ['github.com/Eppo-exp/golang-sdk/*'],
      packageName: 'eppoclient',
      calls: [
        methods(
          named(GO_TYPES, type => `Get${type}Assignment`),
          0,
          3,
          { distinctive: true },
        ),
        methods(
          named(GO_TYPES, type => `Get${type}AssignmentContext`),
          1,
          4,
          { distinctive: true },
        ),
        methods(returning('string', 'GetBanditAction'), 0, 4, { distinctive: true }),
        methods(returning('string', 'GetBanditActionContext'), 1, 5, { distinctive: true }),
      ],
    }),
    surface({
      languages: JVM,
      packages: ['cloud.eppo', 'cloud.eppo.*', 'com.eppo.sdk', 'com.eppo.sdk.*'],
      types: ['EppoClient', 'BaseEppoClient'],
      calls: [
        methods(
          {
            ...returning('boolean', 'getBooleanAssignment', 'getBooleanAssignmentDetails'),
            ...returning('number', 'getIntegerAssignment', 'getDoubleAssignment'),
            ...returning('number', 'getIntegerAssignmentDetails', 'getDoubleAssignmentDetails'),
            ...returning('string', 'getStringAssignment', 'getStringAssignmentDetails'),
            ...returning('object', 'getJSONAssignment', 'getJSONAssignmentDetails'),
            ...returning('object', 'getJSONStringAssignment', 'getJSONStringAssignmentDetails'),
          },
          0,
          // The subject's attributes may be left out.
          { position: 2, last: true },
        ),
        methods(returning('string', 'getBanditAction', 'getBanditActionDetails'), 0, 4),
      ],
    }),
    surface({
      languages: ['swift'],
      packages: ['EppoFlagging'],
      types: ['EppoClient'],
      calls: [
        methods(
          {
            ...returning('boolean', 'getBooleanAssignment', 'getBooleanAssignmentDetails'),
            ...returning('number', 'getIntegerAssignment', 'getIntegerAssignmentDetails'),
            ...returning('number', 'getNumericAssignment', 'getNumericAssignmentDetails'),
            ...returning('string', 'getStringAssignment', 'getStringAssignmentDetails'),
            ...returning('object', 'getJSONStringAssignment', 'getJSONStringAssignmentDetails'),
          },
          { position: 0, names: ['flagKey'] },
          { position: 3, names: ['defaultValue'] },
        ),
      ],
    }),
    surface({
      languages: ['csharp'],
      packages: ['eppo_sdk', 'eppo_sdk.*'],
      types: ['EppoClient'],
      calls: [
        methods(
          {
            ...returning('boolean', 'GetBooleanAssignment'),
            ...returning('number', 'GetIntegerAssignment', 'GetNumericAssignment'),
            ...returning('string', 'GetStringAssignment'),
            ...returning('object', 'GetJsonAssignment', 'GetJsonStringAssignment'),
          },
          { position: 0, names: ['flagKey'] },
          { position: 3, names: ['defaultValue'] },
        ),
        methods({ GetBanditAction: 'string' }, { position: 0, names: ['flagKey'] }),
      ],
    }),
    surface({
      languages: RUBY,
      packages: ['eppo_client', 'eppo-server-sdk'],
      globals: ['EppoClient'],
      calls: [
        methods(
          {
            ...named(ECMASCRIPT_TYPES, type => `get_${type.toLowerCase()}_assignment`),
            ...named(ECMASCRIPT_TYPES, type => `get_${type.toLowerCase()}_assignment_details`),
          },
          0,
          3,
        ),
        // Before version 1 the subject came first, and there was no default.
        methods(returning('string', 'get_string_assignment', 'get_assignment'), 1),
        methods(returning('number', 'get_numeric_assignment'), 1),
        methods(returning('boolean', 'get_boolean_assignment'), 1),
        methods(returning('string', 'get_bandit_action', 'get_bandit_action_details'), 0, 4),
      ],
    }),
    surface({
      languages: ['php'],
      packages: ['Eppo', 'Eppo\\*'],
      calls: [
        methods(
          named(ECMASCRIPT_TYPES, type => `get${type}Assignment`),
          { position: 0, names: ['flagKey'] },
          { position: 3, names: ['defaultValue'] },
        ),
        methods(
          { getBanditAction: 'string' },
          { position: 0, names: ['flagKey'] },
          { position: 4, names: ['defaultValue'] },
        ),
      ],
    }),
    surface({
      languages: ['rust'],
      packages: ['eppo', 'eppo.*'],
      types: ['Client', 'ClientConfig'],
      // The default is what the caller makes of none.
      calls: [
        methods(
          {
            ...named(ECMASCRIPT_TYPES, type => `get_${type.toLowerCase()}_assignment`),
            ...named(ECMASCRIPT_TYPES, type => `get_${type.toLowerCase()}_assignment_details`),
            ...returning(null, 'get_assignment', 'get_assignment_details'),
          },
          0,
        ),
      ],
    }),
    surface({
      languages: ['cpp'],
      packages: ['eppoclient', 'eppoclient.*'],
      types: ['EppoClient'],
      calls: [
        methods(
          {
            ...returning('boolean', 'getBooleanAssignment', 'getBooleanAssignmentDetails'),
            ...returning('number', 'getIntegerAssignment', 'getIntegerAssignmentDetails'),
            ...returning('number', 'getNumericAssignment', 'getNumericAssignmentDetails'),
            ...returning('string', 'getStringAssignment', 'getStringAssignmentDetails'),
            ...returning('object', 'getJSONAssignment', 'getSerializedJSONAssignment'),
          },
          0,
          3,
        ),
        methods({ getBanditAction: 'string' }, 0, 4),
      ],
    }),
  ],
};
