import assert from 'node:assert/strict';
import { decodeConfig, defaultConfig } from '../../../server/src/core/config.ts';
import { decodeFlagFile, mayBeFlagFile } from '../../../server/src/sources/flag-systems/registry.ts';
import { flagdSample, flagdYamlSample, launchdarklySample, manifestSample, unleashSample } from './samples.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');

describe('choosing a decoder', () => {
  it('goes by the shape of the text where nothing is configured', () => {
    const samples = [flagdSample, flagdYamlSample, launchdarklySample, unleashSample, manifestSample];
    assert.deepEqual(
      samples.map(sample => decodeFlagFile(sample.path, sample.text, defaultConfig(), NOW)?.system),
      ['flagd', 'flagd', 'launchdarkly', 'unleash', 'openfeature-manifest'],
    );
  });

  it('leaves other files alone', () => {
    const texts = [
      '',
      '{}',
      '{"name": "x", "version": "1"}',
      '{"flags": ["a", "b"]}',
      'groups:\n  - name: x\n',
      '{"features": {}}',
    ];
    for (const text of texts) {
      assert.equal(decodeFlagFile('a.json', text, defaultConfig(), NOW), null, text);
      assert.equal(decodeFlagFile('a.yaml', text, defaultConfig(), NOW), null, text);
    }
  });

  it('does not take a flag file quoted inside another document for one', () => {
    const text = JSON.stringify({ example: JSON.parse(flagdSample.text) });
    assert.equal(decodeFlagFile('docs/api.json', text, defaultConfig(), NOW), null);
  });

  it('leaves the fixtures of tests alone, unless the configuration names them', () => {
    const path = 'src/test/examples/flags.json';
    assert.equal(decodeFlagFile(path, flagdSample.text, defaultConfig(), NOW), null);
    const { config } = decodeConfig(`{"flagSystems": [{"kind": "flagd", "files": ["${path}"]}]}`, 'flagbook.json');
    assert.equal(decodeFlagFile(path, flagdSample.text, config, NOW)?.system, 'flagd');
  });

  it('goes by the configuration first', () => {
    const { config, problems } = decodeConfig(
      '{"flagSystems": [{"kind": "flagd", "files": ["conf/*.json"], "environment": "staging"}]}',
      'flagbook.json',
    );
    assert.deepEqual(problems, []);
    const file = decodeFlagFile('conf/switches.json', '{"flags": {}}', config, NOW);
    assert.equal(file?.system, 'flagd');
    assert.equal(file?.environment, 'staging');
    assert.equal(
      decodeFlagFile('conf/shop.json', flagdSample.text, config, NOW)?.flags[0]?.environments[0]?.environment,
      'staging',
    );
  });

  const ENVIRONMENTS: readonly (readonly [string, string])[] = [
    ['flags/shop.flagd.json', 'production'],
    ['flags/shop.staging.flagd.json', 'staging'],
    ['flags/dev/shop.json', 'development'],
    ['flags/shop-prod.json', 'production'],
    ['device/shop.json', 'production'],
  ];
  for (const [path, environment] of ENVIRONMENTS) {
    it(`takes ${path} for ${environment}`, () => {
      assert.equal(decodeFlagFile(path, flagdSample.text, defaultConfig(), NOW)?.environment, environment);
    });
  }

  it('asks for no file that can not be one', () => {
    const asked = [
      'flags/a.json',
      'a.flagd.yaml',
      'package-lock.json',
      'src/app.ts',
      'node_modules/x/flags.json',
      'tsconfig.build.json',
    ];
    assert.deepEqual(
      asked.filter(path => mayBeFlagFile(path, defaultConfig())),
      ['flags/a.json', 'a.flagd.yaml'],
    );
  });
});
