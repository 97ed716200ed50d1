/**
 * Laravel Pennant: https://laravel.com/docs/pennant. A feature may be named by its class. Read from laravel/pennant 1.x:
 * `PendingScopedFeatureInteraction`, `Drivers\\Decorator`, `Middleware\\EnsureFeaturesAreActive`.
 */
import type { FlagSdk } from '../sdk.ts';
import { methods, returning, surface } from './forms.ts';

const FEATURE = { position: 0, names: ['feature'] };
const FEATURES = { position: 0, names: ['features'], several: 'items' } as const;

export const pennant: FlagSdk = {
  id: 'pennant',
  keyedClasses: { field: 'name', attribute: 'Name' },
  surfaces: [
    surface({
      languages: ['php'],
      packages: ['Laravel\\Pennant', 'Laravel\\Pennant\\*'],
      // The alias that the package's `composer.json` gives to the whole program.
      globals: ['Feature'],
      prefixedTexts: { of: ['middleware'], prefix: 'features:' },
      elements: [
        { name: '@feature', key: '0', fallback: null, tag: 'by name' },
        { name: '@featureany', key: '0', fallback: null, several: 'items', tag: 'by name' },
      ],
      calls: [
        methods(
          { ...returning('boolean', 'active', 'inactive'), ...returning(null, 'value', 'when', 'unless') },
          FEATURE,
          null,
          {
            common: true,
          },
        ),
        methods(
          {
            ...returning('boolean', 'allAreActive', 'someAreActive', 'allAreInactive', 'someAreInactive'),
            ...returning(null, 'values'),
          },
          FEATURES,
          null,
          { common: true },
        ),
        // `$user->features()` of whoever has features.
        methods(
          { ...returning('boolean', 'active', 'inactive'), ...returning(null, 'value', 'when', 'unless') },
          FEATURE,
          null,
          { common: true, on: ['features'] },
        ),
        methods({ define: null }, FEATURE, null, { common: true, role: 'declaration' }),
        methods(
          returning(null, 'activate', 'deactivate', 'activateForEveryone', 'deactivateForEveryone', 'forget'),
          FEATURE,
          null,
          {
            common: true,
            role: 'stub',
          },
        ),
      ],
    }),
    surface({
      languages: ['php'],
      packages: ['Laravel\\Pennant\\Middleware'],
      calls: [methods({ using: 'boolean' }, { position: 0, several: 'rest' }, null, { common: true })],
    }),
  ],
};
