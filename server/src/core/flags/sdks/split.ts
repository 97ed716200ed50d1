/**
 * Split, now Harness FME. A server asks `(key of the user, flag)`, a browser's client is bound to its user and asks `(flag)`. One
 * package, @splitsoftware/splitio, is both: there the call itself tells. Read from @splitsoftware/splitio 11.11, -browserjs 1.7,
 * -react 2.6, -redux 1.13 and -react-native 0.1, the Python SDK 10.5, the Go SDK 6.8 and the repositories of the SDKs for Java,
 * .NET, Ruby and PHP as of 2026.
 */
import { ECMASCRIPT, type FlagSdk, JVM, RUBY, type SdkCall } from '../sdk.ts';
import { functions, hooks, methods, returning, surface } from './forms.ts';

const ONE = returning('string', 'getTreatment', 'getTreatmentWithConfig');
const SEVERAL = returning('string', 'getTreatments', 'getTreatmentsWithConfig');

const DOTNET_SEVERAL = returning(
  'string',
  'GetTreatments',
  'GetTreatmentsWithConfig',
  'GetTreatmentsAsync',
  'GetTreatmentsWithConfigAsync',
);

const SERVER: readonly SdkCall[] = [
  methods(ONE, 1, null, { distinctive: true }),
  methods(SEVERAL, { position: 1, several: 'items' }, null, { distinctive: true }),
];

const BROWSER: readonly SdkCall[] = [
  methods(ONE, 0, null, { distinctive: true }),
  methods(SEVERAL, { position: 0, several: 'items' }, null, { distinctive: true }),
];

/** Flags that a configuration sets when there is no server: `features` of the settings. */
const LOCALHOST = functions({ SplitFactory: null }, { position: 0, property: 'features', several: 'names' }, null, {
  role: 'stub',
});

export const split: FlagSdk = {
  id: 'split',
  surfaces: [
    surface({
      languages: ECMASCRIPT,
      packages: ['@splitsoftware/splitio'],
      calls: [...SERVER, ...BROWSER, LOCALHOST],
    }),
    surface({
      languages: ECMASCRIPT,
      packages: ['@splitsoftware/splitio/server'],
      calls: [...SERVER, LOCALHOST],
    }),
    surface({
      languages: ECMASCRIPT,
      packages: [
        '@splitsoftware/splitio/client',
        '@splitsoftware/splitio-browserjs/*',
        '@splitsoftware/browser-suite',
        '@splitsoftware/splitio-react',
        '@splitsoftware/splitio-react-native',
        '@splitsoftware/splitio-angular',
      ],
      calls: [
        ...BROWSER,
        hooks(returning('string', 'useTreatment', 'useTreatmentWithConfig'), { position: 0, property: 'name' }),
        hooks(returning('string', 'useSplitTreatments', 'useTreatments', 'useTreatmentsWithConfig'), {
          position: 0,
          property: 'names',
          several: 'items',
        }),
        // Until version 2 the hook took the list itself.
        hooks({ useTreatments: 'string' }, { position: 0, several: 'items' }),
        functions({ withSplitTreatments: 'string' }, { position: 0, several: 'items' }),
        LOCALHOST,
      ],
      toggles: [
        { function: 'useSplitTreatments', below: 'treatments', camelCase: false, role: 'reference' },
        { function: 'useTreatments', below: 'treatments', camelCase: false, role: 'reference' },
        { function: 'useTreatmentsWithConfig', below: 'treatments', camelCase: false, role: 'reference' },
      ],
      elements: [{ name: 'SplitTreatments', key: 'names', fallback: null, several: 'items' }],
    }),
    surface({
      languages: ECMASCRIPT,
      packages: ['@splitsoftware/splitio-redux'],
      calls: [
        functions(
          returning(
            'string',
            'selectTreatmentValue',
            'selectTreatmentWithConfig',
            'selectTreatmentAndStatus',
            'selectTreatmentWithConfigAndStatus',
          ),
          1,
          3,
        ),
        functions(returning('string', 'connectToggler', 'mapTreatmentToProps', 'mapIsFeatureOnToProps'), 0),
        functions({ getTreatments: 'string' }, { position: 0, property: 'splitNames', several: 'items' }),
      ],
    }),
    surface({
      languages: ['python'],
      packages: ['splitio', 'splitio.*'],
      calls: [
        methods(
          returning('string', 'get_treatment', 'get_treatment_with_config'),
          { position: 1, names: ['feature_flag_name', 'feature'] },
          null,
          { distinctive: true },
        ),
        methods(
          returning('string', 'get_treatments', 'get_treatments_with_config'),
          { position: 1, names: ['feature_flag_names', 'features'], several: 'items' },
          null,
          { distinctive: true },
        ),
      ],
    }),
    surface({
      languages: ['go'],
      packages: ['github.com/splitio/go-client/*'],
      calls: [
        methods(returning('string', 'Treatment', 'TreatmentWithConfig'), 1, null, { brief: true }),
        methods(returning('string', 'Treatments', 'TreatmentsWithConfig'), { position: 1, several: 'items' }, null, {
          brief: true,
        }),
      ],
    }),
    surface({
      languages: JVM,
      packages: ['io.split.client', 'io.split.client.*'],
      types: ['SplitClient', 'SplitFactory', 'SplitFactoryBuilder'],
      calls: SERVER,
    }),
    surface({
      languages: JVM,
      packages: ['io.split.android.client', 'io.split.android.client.*'],
      types: ['SplitClient', 'SplitFactory', 'SplitFactoryBuilder'],
      calls: BROWSER,
    }),
    surface({
      languages: ['swift'],
      packages: ['Split'],
      types: ['SplitClient', 'SplitFactory', 'DefaultSplitFactoryBuilder'],
      calls: [methods(ONE, 0), methods(SEVERAL, { position: 0, names: ['splits'], several: 'items' })],
    }),
    surface({
      languages: ['csharp'],
      packages: ['Splitio.Services.Client', 'Splitio.Services.Client.*'],
      types: ['ISplitClient', 'ISplitClientAsync', 'SplitClient', 'ISplitFactory', 'SplitFactory'],
      calls: [
        methods(
          {
            ...returning('string', 'GetTreatment', 'GetTreatmentWithConfig'),
            ...returning('string', 'GetTreatmentAsync', 'GetTreatmentWithConfigAsync'),
          },
          { position: 1, names: ['feature'] },
        ),
        methods(DOTNET_SEVERAL, {
          position: 1,
          names: ['features'],
          several: 'items',
        }),
      ],
    }),
    surface({
      languages: RUBY,
      packages: ['splitclient-rb'],
      globals: ['SplitIoClient'],
      calls: [
        methods(returning('string', 'get_treatment', 'get_treatment_with_config'), 1),
        methods(returning('string', 'get_treatments', 'get_treatments_with_config'), { position: 1, several: 'items' }),
      ],
    }),
    surface({
      languages: ['php'],
      packages: ['SplitIO', 'SplitIO\\*'],
      calls: [
        methods({ ...ONE, isTreatment: 'boolean' }, 1, null, { distinctive: true }),
        methods(SEVERAL, { position: 1, several: 'items' }, null, { distinctive: true }),
      ],
    }),
  ],
};
