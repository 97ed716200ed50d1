/**
 * Eppo. `(flag, subject, attributes, default)` in every language here. Read from @eppo/js-client-sdk-common 4.14,
 * @eppo/node-server-sdk 3.10, @eppo/react-native-sdk 3.5, the Python SDK 3.7 and the Go SDK 6.3.
 */
import type { ValueType } from '../../model.ts';
import { ECMASCRIPT, type FlagSdk, JVM } from '../sdk.ts';
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
            ...returning('string', 'getStringAssignment', 'getStringAssignmentDetails', 'getBanditAction'),
            ...returning('object', 'getJSONAssignment', 'getJSONStringAssignment', 'getJSONAssignmentDetails'),
          },
          { position: 0, names: ['flagKey'] },
          { position: 3, names: ['defaultValue'] },
        ),
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
            ...returning('number', 'getIntegerAssignment', 'getNumericAssignment', 'getIntegerAssignmentDetails'),
            ...returning('string', 'getStringAssignment', 'getStringAssignmentDetails'),
            ...returning('object', 'getJSONStringAssignment'),
          },
          { position: 0, names: ['flagKey'] },
          { position: 3, names: ['defaultValue'] },
        ),
      ],
    }),
  ],
};
