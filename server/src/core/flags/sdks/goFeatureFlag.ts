/** GO Feature Flag's Go module; in other languages it is asked through OpenFeature. Read from go-feature-flag 1.55. */
import type { ValueType } from '../../model.ts';
import type { FlagSdk } from '../sdk.ts';
import { methods, surface } from './forms.ts';

const TYPES: Readonly<Record<string, ValueType>> = {
  BoolVariation: 'boolean',
  IntVariation: 'number',
  Float64Variation: 'number',
  StringVariation: 'string',
  JSONVariation: 'object',
  JSONArrayVariation: 'object',
};

export const goFeatureFlag: FlagSdk = {
  id: 'go-feature-flag',
  surfaces: [
    surface({
      languages: ['go'],
      packages: ['github.com/thomaspoignant/go-feature-flag/*'],
      packageName: 'ffclient',
      calls: [
        methods(
          {
            ...TYPES,
            ...Object.fromEntries(Object.entries(TYPES).map(([name, type]) => [`${name}Details`, type])),
            RawVariation: null,
          },
          0,
          2,
        ),
      ],
    }),
  ],
};
