/**
 * Flipt. The key is a field of the request; older clients took it as an argument. Read from @flipt-io/flipt 1.5, -flipt-client 0.14,
 * -flipt-client-js 0.5, -flipt-client-react 1.2 and the repositories of the clients for the other languages as of 2026.
 */
import { ECMASCRIPT, type FlagSdk, JVM, RUBY } from '../sdk.ts';
import { functions, hooks, methods, surface } from './forms.ts';

const IN_REQUEST = { position: 0, property: 'flagKey' };
const BATCH = { position: 0, several: { property: 'flagKey' } };

export const flipt: FlagSdk = {
  id: 'flipt',
  surfaces: [
    surface({
      languages: ECMASCRIPT,
      packages: ['@flipt-io/*'],
      calls: [
        methods({ evaluateBoolean: 'boolean', evaluateVariant: 'string' }, IN_REQUEST, null, { distinctive: true }),
        methods({ evaluateBoolean: 'boolean', evaluateVariant: 'string' }, 0, null, { distinctive: true }),
        methods({ evaluateBatch: null }, BATCH),
        methods({ boolean: 'boolean', variant: 'string' }, IN_REQUEST, null, { common: true }),
        methods({ batch: null }, { position: 0, property: 'requests', several: { property: 'flagKey' } }, null, {
          common: true,
        }),
        hooks({ useFliptBoolean: 'boolean', useFliptVariant: 'string' }, 0, 1),
      ],
    }),
    surface({
      languages: ['python'],
      packages: ['flipt', 'flipt.*', 'flipt_client', 'flipt_client.*'],
      calls: [
        methods(
          { evaluate_boolean: 'boolean', evaluate_variant: 'string' },
          { position: 0, names: ['flag_key'] },
          null,
          { distinctive: true },
        ),
        methods(
          { boolean: 'boolean', variant: 'string' },
          { position: 0, names: ['request'], property: 'flag_key' },
          null,
          { common: true },
        ),
        methods({ evaluate_batch: null }, { position: 0, several: { property: 'flag_key' } }),
      ],
    }),
    surface({
      languages: ['go'],
      packages: ['go.flipt.io/flipt-client/*', 'go.flipt.io/flipt/*'],
      packageName: 'flipt',
      calls: [
        methods({ EvaluateBoolean: 'boolean', EvaluateVariant: 'string' }, { position: 1, property: 'FlagKey' }),
        // Until version 1 the clients took the key itself.
        methods({ EvaluateBoolean: 'boolean', EvaluateVariant: 'string' }, 1),
        methods({ EvaluateBatch: null }, { position: 1, several: { property: 'FlagKey' } }),
        methods({ Boolean: 'boolean', Variant: 'string', Evaluate: null }, { position: 1, property: 'FlagKey' }, null, {
          common: true,
        }),
      ],
    }),
    surface({
      languages: JVM,
      packages: ['io.flipt.client', 'io.flipt.client.*'],
      types: ['FliptClient', 'FliptEvaluationClient'],
      calls: [methods({ evaluateBoolean: 'boolean', evaluateVariant: 'string' }, { position: 0, names: ['flagKey'] })],
    }),
    surface({
      languages: JVM,
      packages: ['io.flipt.api', 'io.flipt.api.*'],
      types: ['EvaluationRequest', 'FliptClient'],
      // The key stands in what builds the request.
      calls: [methods({ flagKey: null }, 0)],
    }),
    surface({
      languages: ['swift'],
      packages: ['FliptClient'],
      types: ['FliptClient'],
      calls: [methods({ evaluateBoolean: 'boolean', evaluateVariant: 'string' }, { position: 0, names: ['flagKey'] })],
    }),
    surface({
      languages: ['csharp'],
      packages: ['FliptClient', 'FliptClient.*'],
      types: ['FliptClient'],
      calls: [methods({ EvaluateBoolean: 'boolean', EvaluateVariant: 'string' }, { position: 0, names: ['flagKey'] })],
    }),
    surface({
      languages: RUBY,
      packages: ['flipt_client'],
      globals: ['Flipt'],
      calls: [
        methods({ evaluate_boolean: 'boolean', evaluate_variant: 'string' }, { position: 0, names: ['flag_key'] }),
        methods({ evaluate_batch: null }, { position: 0, names: ['requests'], several: { property: 'flag_key' } }),
      ],
    }),
    surface({
      languages: ['php'],
      packages: ['Flipt', 'Flipt\\*'],
      calls: [
        methods({ boolean: 'boolean', variant: 'string' }, { position: 0, names: ['name'] }, null, { common: true }),
        methods(
          { booleanValue: 'boolean', variantValue: 'string' },
          { position: 0, names: ['name'] },
          { position: 1, names: ['fallback'] },
          { common: true },
        ),
      ],
    }),
    surface({
      languages: ['rust'],
      packages: ['flipt', 'flipt.*'],
      types: ['FliptClient', 'EvaluationRequest'],
      calls: [
        methods({ boolean: 'boolean', variant: 'string' }, { position: 0, property: 'flag_key' }, null, {
          common: true,
        }),
      ],
    }),
    // The key stands in what makes the request, which .NET's server client and ff4s for Scala take.
    surface({
      languages: ['csharp'],
      packages: ['Flipt', 'Flipt.DTOs'],
      types: ['EvaluationRequest'],
      calls: [functions({ EvaluationRequest: null }, { position: 1, names: ['flagKey'] })],
    }),
    surface({
      languages: ['scala'],
      packages: ['io.cardell.flipt', 'io.cardell.flipt.*'],
      types: ['EvaluationRequest'],
      calls: [functions({ EvaluationRequest: null }, { position: 1, names: ['flagKey'] })],
    }),
  ],
};
