import assert from 'node:assert/strict';
import { defaultConfig } from '../../../server/src/core/config.ts';
import type { Flag } from '../../../server/src/core/model.ts';
import { decodeFlagFile, versionsDecoder } from '../../../server/src/sources/flag-systems/registry.ts';
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
import { flagdSample } from './samples.ts';
import {
  configcatSample,
  flagsmithSample,
  fliptSample,
  goFeatureFlagJsonSample,
  goFeatureFlagSample,
  growthbookSample,
  splitSample,
} from './vendorSamples.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');

/** What is said of each flag of a sample: environment, state, words. */
const SAID: readonly (readonly [{ readonly path: string; readonly text: string }, readonly string[]])[] = [
  [
    flagdSample,
    [
      'production partial: 25% by user id',
      'production targeted: red if email ends with @shop.example; else blue',
      "production off: off: the code's fallback is served",
    ],
  ],
  [
    goFeatureFlagSample,
    [
      'production partial: 25% by targeting key; 100% if email ends with @shop.example',
      'production on: blue for everyone',
      "production off: off: the code's fallback is served",
    ],
  ],
  [
    goFeatureFlagJsonSample,
    [
      'production partial: 51.6% by targeting key; on from 1 Jul 2026',
      'production scheduled: off now; on from 1 Sep 2026',
    ],
  ],
  [
    fliptSample,
    [
      'production partial: 25% by entity id; 100% for segment Staff',
      "production targeted: red 50%, blue 50% by entity id for segment Staff; else the code's fallback",
    ],
  ],
  [
    configcatSample,
    [
      'production partial: 25% by identifier; 100% for segment staff',
      'production on: 25 for everyone',
      'production targeted: Hi if newCheckout is on; else Hello',
    ],
  ],
  [
    splitSample,
    [
      'production targeted: on for 2 users; else off',
      'production on: blue for everyone',
      "production targeted: off for 1 user; else the code's fallback",
    ],
  ],
  [
    growthbookSample,
    [
      'production partial: 25% by id; 100% if email matches @shop.example$',
      "production partial: Buy 50%, Order 50% by id; the code's fallback if new-checkout does not allow it",
      'production on: 25 for everyone',
    ],
  ],
  [
    flagsmithSample,
    ['production targeted: on for segment staff; else off', 'production on: on for everyone; values "blue" 30%'],
  ],
  [statsigByNameSample, ['production partial: 25% by user id', 'production targeted: on if plan is pro; else off']],
  [
    statsigSample,
    [
      'production partial: 25% by user id',
      'production off: off for everyone',
      'production targeted: variation 1 if email contains @shop.example; else variation 0',
    ],
  ],
  [
    optimizelySample,
    ['production partial: 25% by user id; 100% for segment staff', 'production off: off for everyone'],
  ],
  [
    flipperSample,
    ['production partial: 25% by actor; 100% for segment staff; 100% for 1 actor', 'production on: on for everyone'],
  ],
  [
    appsettingsSample,
    ['production partial: 25% by chance', 'production off: off for everyone', 'production partial: 50% by chance'],
  ],
  [
    microsoftSample,
    ['staging partial: 25% by user id; 100% for 1 user; 100% for segment staff', 'staging off: off for everyone'],
  ],
  [gitlabSample, ['default off: off by default']],
  [
    kubernetesSample,
    ['default on: on by default; GA since 1.33, locked', 'default on: on by default; Beta since 1.31'],
  ],
  [chromiumSample, ['', '']],
  [edxSample, ['default off: off by default', 'default on: on by default']],
];

describe('what is said of each format', () => {
  for (const [{ path, text }, expected] of SAID) {
    it(path, () => {
      const file = decodeFlagFile(path, text, defaultConfig(), NOW)!;
      assert.deepEqual(file.flags.map(said), expected);
    });
  }

  it('names rings where rules name them, narrowest first', () => {
    const file = decodeFlagFile(flagdSample.path.replace('flagd', 'x'), optimizelySample.text, defaultConfig(), NOW)!;
    assert.deepEqual(file.flags[0]!.environments[0]!.rings, [
      { audience: 'staff', percentage: 100 },
      { audience: 'everyone', percentage: 25 },
    ]);
  });

  it('sees a step to come whose words have no room in the summary', () => {
    const rule = (name: string, query: string) =>
      `    - name: ${name}\n      query: ${query}\n      percentage: { on: 50, off: 50 }\n`;
    const rules =
      rule('staff', 'email ew "@a-long-name.example"') +
      rule('beta', 'beta eq true') +
      rule('partners', 'partner eq true');
    const text = `k:\n  variations: { on: true, off: false }\n  targeting:\n${rules}  defaultRule: { variation: off }\n  scheduledRollout:\n    - date: 2026-12-01T09:00:00Z\n      defaultRule: { variation: on }\n`;
    const state = decodeFlagFile('flags.yaml', text, defaultConfig(), NOW)!.flags[0]!.environments[0]!;
    assert.match(state.summary, /; \+\d+ more$/);
    assert.equal(state.next?.time, '2026-12-01T09:00:00Z');
  });

  it('takes no number of a rule for the name of a ring, and no field without a value for a mistake', () => {
    const file = (name: string) =>
      decodeFlagFile(
        'flags.yaml',
        `new-pay:\n  variations: { on: true, off: false }\n  targeting:\n    - name: ${name}\n      query: beta eq true\n      variation: on\n  defaultRule: { variation: off }\nold-pay:\n  variations: { on: true, off: false }\n  targeting:\n  defaultRule: { variation: on }\n`,
        defaultConfig(),
        NOW,
      )!;
    assert.deepEqual(file('testers').problems, []);
    assert.equal(file('testers').flags[0]!.environments[0]!.rings?.[0]?.audience, 'testers');
    assert.equal(file('rule_1').flags[0]!.environments[0]!.rings, undefined);
  });

  it('is the same of an older version, whether it is decoded as a whole or part by part', () => {
    for (const sample of [kubernetesSample, gitlabSample, flagdSample]) {
      const file = decodeFlagFile(sample.path, sample.text, defaultConfig(), NOW)!;
      const decode = versionsDecoder(file, defaultConfig(), NOW);
      for (const text of [sample.text, `# a comment\n${sample.text}`, sample.text]) {
        if (text.startsWith('#') && sample === flagdSample) continue;
        assert.deepEqual(
          decode(text)!.map(flag => [flag.key, flag.environments]),
          file.flags.map(flag => [flag.key, flag.environments]),
        );
      }
      if (sample !== kubernetesSample) assert.equal(decode('{'), null);
    }
  });

  it('tells what is known to follow', () => {
    const file = decodeFlagFile(goFeatureFlagJsonSample.path, goFeatureFlagJsonSample.text, defaultConfig(), NOW)!;
    assert.deepEqual(file.flags[1]!.environments[0]!.next, {
      time: '2026-09-01T00:00:00Z',
      summary: 'on for everyone',
    });
    assert.equal(file.flags[0]!.environments[0]!.asOf, '2026-06-01T12:00:00Z', 'a ramp is true as of now');
  });

  it('keeps what registries know: owners, types, links and when a flag is due to go', () => {
    const flagsOf = (sample: { path: string; text: string }) =>
      decodeFlagFile(sample.path, sample.text, defaultConfig(), NOW)!.flags;
    const [gitlab] = flagsOf(gitlabSample);
    assert.equal(gitlab!.owner, 'group::payments');
    assert.equal(gitlab!.url, 'https://gitlab.example.com/shop/-/issues/3');
    assert.deepEqual(
      flagsOf(chromiumSample).map(flag => [flag.owner, flag.expiresWords]),
      [
        ['ann@chromium.org and team-payments@google.com', 'milestone 140'],
        ['bob', 'never'],
      ],
    );
    assert.equal(flagsOf(kubernetesSample)[0]!.expiresWords, 'version 1.36');
    const [edx, old] = flagsOf(edxSample);
    assert.deepEqual(
      [edx!.type, edx!.created, edx!.expires],
      ['release', '2025-11-04T00:00:00Z', '2026-02-01T00:00:00Z'],
    );
    assert.equal(edx!.description, 'Shows the new checkout to everyone who asks for it.');
    assert.equal(old!.type, 'kill-switch');
  });

  it('marks defaults as what they are', () => {
    for (const sample of [gitlabSample, kubernetesSample, edxSample]) {
      const file = decodeFlagFile(sample.path, sample.text, defaultConfig(), NOW)!;
      assert.ok(
        file.flags.every(flag => flag.environments.every(state => state.byDefault === true)),
        sample.path,
      );
    }
  });
});

function said(flag: Flag): string {
  return flag.environments.map(state => `${state.environment} ${state.state}: ${state.summary}`).join(' | ');
}
