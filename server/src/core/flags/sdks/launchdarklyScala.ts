/** Catapult, LaunchDarkly's SDK in the manner of Scala's libraries of effects, and launchcatsly, which it was before. */
import type { SdkSurface } from '../sdk.ts';
import { methods, returning, surface } from './forms.ts';

export const launchdarklyScala: readonly SdkSurface[] = [
  surface({
    languages: ['scala'],
    packages: ['org.typelevel.catapult', 'org.typelevel.catapult.*', 'io.github.bplommer.launchcatsly'],
    types: ['LaunchDarklyClient', 'LaunchDarklyMTLClient'],
    calls: [
      methods(
        {
          ...returning('boolean', 'boolVariation'),
          ...returning('string', 'stringVariation'),
          ...returning('number', 'intVariation', 'doubleVariation'),
          ...returning('object', 'jsonVariation', 'jsonValueVariation'),
        },
        { position: 0, names: ['featureKey'] },
        // The client that holds its context takes none.
        { position: 1, last: true, names: ['defaultValue'] },
        { distinctive: true },
      ),
    ],
  }),
];
