/**
 * DevCycle. A client asks `(key, default)`, a server `(user, key, default)`: the same names, told apart by the package alone. Read from
 * @devcycle/js-client-sdk 1.47, -react-client-sdk 1.45, -nextjs-sdk 3.0, -nestjs-server-sdk 0.32 and -nodejs-server-sdk 1.55, the Python SDK 3.13, the Go
 * SDK 2.24 and the repositories of the server SDKs for Java, .NET, Ruby and PHP as of 2026.
 */
import { ECMASCRIPT, type FlagSdk, JVM, RUBY } from '../sdk.ts';
import { decorators, functions, hooks, methods, returning, surface } from './forms.ts';

export const devcycle: FlagSdk = {
  id: 'devcycle',
  surfaces: [
    surface({
      languages: ECMASCRIPT,
      packages: [
        '@devcycle/js-client-sdk',
        '@devcycle/react-client-sdk',
        '@devcycle/react-native-client-sdk',
        '@devcycle/nextjs-sdk/*',
        '@devcycle/vue-client-sdk',
      ],
      calls: [
        methods(returning(null, 'variable'), 0, 1, { brief: true }),
        methods(returning(null, 'variableValue'), 0, 1),
        hooks(returning(null, 'useVariable', 'useVariableValue', 'useDVCVariable'), 0, 1),
        functions({ getVariableValue: null }, 0, 1),
        functions({ renderIfEnabled: 'boolean' }, 0),
        functions({ SwapComponents: 'boolean', swapComponents: 'boolean' }, 2),
      ],
      elements: [{ name: 'RenderIfEnabled', key: 'variableKey', fallback: null }],
    }),
    surface({
      languages: ECMASCRIPT,
      packages: ['@devcycle/nodejs-server-sdk/*', '@devcycle/edge-worker-server-sdk'],
      calls: [
        methods(returning(null, 'variable'), 1, 2, { brief: true }),
        methods(returning(null, 'variableValue'), 1, 2),
      ],
    }),
    // Its service asks for the user of the request; its decorators stand before routes and their parameters.
    surface({
      languages: ECMASCRIPT,
      packages: ['@devcycle/nestjs-server-sdk'],
      calls: [
        methods({ isEnabled: 'boolean' }, 0, null, { brief: true }),
        methods({ variableValue: null }, 0, 1),
        methods(returning(null, 'variable'), 1, 2, { brief: true }),
        methods({ variableValue: null }, 1, 2),
        decorators({ VariableValue: null }, { position: 0, property: 'key' }, { position: 0, property: 'default' }),
        decorators({ RequireVariableValue: null }, { position: 0, several: 'names' }),
      ],
    }),
    surface({
      languages: ['python'],
      packages: ['devcycle_python_sdk', 'devcycle_python_sdk.*'],
      calls: [
        methods(
          returning(null, 'variable'),
          { position: 1, names: ['key'] },
          { position: 2, names: ['default_value'] },
          { brief: true },
        ),
        methods(
          returning(null, 'variable_value'),
          { position: 1, names: ['key'] },
          { position: 2, names: ['default_value'] },
        ),
      ],
    }),
    surface({
      languages: ['go'],
      packages: ['github.com/devcyclehq/go-server-sdk/*'],
      packageName: 'devcycle',
      calls: [
        methods(returning(null, 'Variable'), 1, 2, { common: true }),
        methods(returning(null, 'VariableValue'), 1, 2),
      ],
    }),
    surface({
      languages: JVM,
      packages: ['com.devcycle.sdk.android', 'com.devcycle.sdk.android.*'],
      types: ['DevCycleClient', 'DVCClient'],
      calls: [
        methods({ variableValue: null }, { position: 0, names: ['key'] }, { position: 1, names: ['defaultValue'] }),
        methods(
          { variable: null },
          { position: 0, names: ['key'] },
          { position: 1, names: ['defaultValue'] },
          { common: true },
        ),
      ],
    }),
    surface({
      languages: JVM,
      packages: ['com.devcycle.sdk.server', 'com.devcycle.sdk.server.*'],
      types: ['DevCycleLocalClient', 'DevCycleCloudClient', 'DVCLocalClient', 'DVCCloudClient'],
      calls: [methods({ variableValue: null }, 1, 2), methods({ variable: null }, 1, 2, { common: true })],
    }),
    surface({
      languages: ['swift'],
      packages: ['DevCycle'],
      types: ['DevCycleClient', 'DVCClient'],
      calls: [
        methods({ variableValue: null }, { position: 0, names: ['key'] }, { position: 1, names: ['defaultValue'] }),
        methods(
          { variable: null },
          { position: 0, names: ['key'] },
          { position: 1, names: ['defaultValue'] },
          { common: true },
        ),
      ],
    }),
    surface({
      languages: ['csharp'],
      packages: ['DevCycle.SDK.Server', 'DevCycle.SDK.Server.*'],
      types: ['DevCycleLocalClient', 'DevCycleCloudClient', 'IDevCycleClient', 'DevCycleBaseClient'],
      calls: [
        methods(
          returning(null, 'VariableValue', 'VariableAsync'),
          { position: 1, names: ['key'] },
          { position: 2, names: ['defaultValue'] },
        ),
        methods(
          { Variable: null },
          { position: 1, names: ['key'] },
          { position: 2, names: ['defaultValue'] },
          { common: true },
        ),
      ],
    }),
    surface({
      languages: RUBY,
      packages: ['devcycle-ruby-server-sdk'],
      globals: ['DevCycle'],
      calls: [methods({ variable_value: null }, 1, 2), methods({ variable: null }, 1, 2, { common: true })],
    }),
    surface({
      languages: ['php'],
      packages: ['DevCycle', 'DevCycle\\*'],
      calls: [
        methods(
          returning(null, 'variableValue', 'variableAsync'),
          { position: 1, names: ['key'] },
          { position: 2, names: ['default'] },
        ),
        methods(
          { variable: null },
          { position: 1, names: ['key'] },
          { position: 2, names: ['default'] },
          { common: true },
        ),
      ],
    }),
  ],
};
