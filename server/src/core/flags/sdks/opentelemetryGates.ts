/**
 * The feature gates of OpenTelemetry's Collector: `featuregate.GlobalRegistry().MustRegister("id", stage)` makes an object that is
 * asked with `IsEnabled()`. Read from go.opentelemetry.io/collector/featuregate 1.45.
 */
import type { FlagSdk } from '../sdk.ts';
import { methods, surface } from './forms.ts';

export const opentelemetryGates: FlagSdk = {
  id: 'otel-featuregate',
  surfaces: [
    surface({
      languages: ['go'],
      packages: ['go.opentelemetry.io/collector/featuregate'],
      calls: [methods({ Set: null }, 0, null, { common: true, role: 'stub' })],
      flagObjects: [
        {
          names: { MustRegister: 'boolean', Register: 'boolean' },
          key: { position: 0 },
          fallback: null,
          methods: ['IsEnabled'],
          common: true,
        },
      ],
    }),
  ],
};
