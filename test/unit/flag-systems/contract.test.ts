import assert from 'node:assert/strict';
import { flagdDecoder } from '../../../server/src/sources/flag-systems/flagd.ts';
import { launchdarklyFileDecoder } from '../../../server/src/sources/flag-systems/launchdarklyFile.ts';
import { openfeatureManifestDecoder } from '../../../server/src/sources/flag-systems/openfeatureManifest.ts';
import { flagFileDecoders } from '../../../server/src/sources/flag-systems/registry.ts';
import { unleashExportDecoder } from '../../../server/src/sources/flag-systems/unleashExport.ts';
import { itDecodesByContract } from './contract.ts';
import { flagdSample, flagdYamlSample, launchdarklySample, manifestSample, unleashSample } from './samples.ts';

const CONTRACTS = [
  { decoder: flagdDecoder, sample: flagdSample },
  { decoder: flagdDecoder, sample: flagdYamlSample },
  { decoder: launchdarklyFileDecoder, sample: launchdarklySample },
  { decoder: unleashExportDecoder, sample: unleashSample },
  { decoder: openfeatureManifestDecoder, sample: manifestSample },
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
