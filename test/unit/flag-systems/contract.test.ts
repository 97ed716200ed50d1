import assert from 'node:assert/strict';
import { chromiumDecoder } from '../../../server/src/sources/flag-systems/chromium.ts';
import { configcatDecoder } from '../../../server/src/sources/flag-systems/configcat.ts';
import { dotnetDecoder } from '../../../server/src/sources/flag-systems/dotnet.ts';
import { edxTogglesDecoder } from '../../../server/src/sources/flag-systems/edxToggles.ts';
import { flagdDecoder } from '../../../server/src/sources/flag-systems/flagd.ts';
import { flagsmithDecoder } from '../../../server/src/sources/flag-systems/flagsmith.ts';
import { flipperDecoder } from '../../../server/src/sources/flag-systems/flipper.ts';
import { fliptDecoder } from '../../../server/src/sources/flag-systems/flipt.ts';
import { gitlabDecoder } from '../../../server/src/sources/flag-systems/gitlab.ts';
import { goFeatureFlagDecoder } from '../../../server/src/sources/flag-systems/goFeatureFlag.ts';
import { growthbookDecoder } from '../../../server/src/sources/flag-systems/growthbook.ts';
import { kubernetesDecoder } from '../../../server/src/sources/flag-systems/kubernetes.ts';
import { launchdarklyFileDecoder } from '../../../server/src/sources/flag-systems/launchdarklyFile.ts';
import { openfeatureManifestDecoder } from '../../../server/src/sources/flag-systems/openfeatureManifest.ts';
import { optimizelyDecoder } from '../../../server/src/sources/flag-systems/optimizely.ts';
import { flagFileDecoders } from '../../../server/src/sources/flag-systems/registry.ts';
import { splitDecoder } from '../../../server/src/sources/flag-systems/split.ts';
import { statsigDecoder } from '../../../server/src/sources/flag-systems/statsig.ts';
import { unleashExportDecoder } from '../../../server/src/sources/flag-systems/unleashExport.ts';
import { itDecodesByContract } from './contract.ts';
import {
  appsettingsSample,
  chromiumSample,
  edxSample,
  flipperSample,
  gitlabSample,
  kubernetesSample,
  microsoftSample,
  optimizelySample,
  statsigByNameSample,
  statsigSample,
} from './registrySamples.ts';
import {
  flagdResourceSample,
  flagdSample,
  flagdYamlSample,
  launchdarklySample,
  manifestSample,
  unleashSample,
} from './samples.ts';
import {
  configcatSample,
  flagsmithSample,
  fliptSample,
  goFeatureFlagJsonSample,
  goFeatureFlagSample,
  growthbookSample,
  splitLinesSample,
  splitSample,
} from './vendorSamples.ts';

const CONTRACTS = [
  { decoder: flagdDecoder, sample: flagdSample },
  { decoder: flagdDecoder, sample: flagdYamlSample },
  { decoder: flagdDecoder, sample: flagdResourceSample },
  { decoder: launchdarklyFileDecoder, sample: launchdarklySample },
  { decoder: unleashExportDecoder, sample: unleashSample },
  { decoder: openfeatureManifestDecoder, sample: manifestSample },
  { decoder: goFeatureFlagDecoder, sample: goFeatureFlagSample },
  { decoder: goFeatureFlagDecoder, sample: goFeatureFlagJsonSample },
  { decoder: fliptDecoder, sample: fliptSample },
  { decoder: configcatDecoder, sample: configcatSample },
  { decoder: splitDecoder, sample: splitSample },
  { decoder: splitDecoder, sample: splitLinesSample },
  { decoder: growthbookDecoder, sample: growthbookSample },
  { decoder: flagsmithDecoder, sample: flagsmithSample },
  { decoder: statsigDecoder, sample: statsigSample },
  { decoder: statsigDecoder, sample: statsigByNameSample },
  { decoder: optimizelyDecoder, sample: optimizelySample },
  { decoder: gitlabDecoder, sample: gitlabSample },
  { decoder: chromiumDecoder, sample: chromiumSample },
  { decoder: kubernetesDecoder, sample: kubernetesSample },
  { decoder: flipperDecoder, sample: flipperSample },
  { decoder: dotnetDecoder, sample: appsettingsSample },
  { decoder: dotnetDecoder, sample: microsoftSample },
  { decoder: edxTogglesDecoder, sample: edxSample },
];

describe('every flag file decoder', () => {
  for (const { decoder, sample } of CONTRACTS) {
    describe(`${decoder.system} (${sample.path})`, () => itDecodesByContract(decoder, sample));
  }

  it('is held to the contract', () => {
    const held = new Set(CONTRACTS.map(({ decoder }) => decoder));
    assert.deepEqual(
      flagFileDecoders.filter(decoder => !held.has(decoder)),
      [],
    );
  });
});
