// Flags changed where they stand: what is replaced, and that nothing else is. `[now→then]` marks a replacement in its line.
import assert from 'node:assert/strict';
import { defaultConfig } from '../../../server/src/core/config.ts';
import {
  type FileChange,
  type FileToChange,
  flagFileEdits,
  replaced,
} from '../../../server/src/sources/flag-systems/fileEdits.ts';
import { appsettingsSample, gitlabSample, microsoftSample, statsigByNameSample } from './registrySamples.ts';
import { flagdSample, flagdYamlSample, launchdarklySample, unleashSample } from './samples.ts';
import { fliptSample, goFeatureFlagJsonSample, goFeatureFlagSample, growthbookSample } from './vendorSamples.ts';

type Sample = Pick<FileToChange, 'path' | 'text'>;

const on: FileChange = { kind: 'turn', to: 'on' };
const off: FileChange = { kind: 'turn', to: 'off' };
const to = (percentage: number): FileChange => ({ kind: 'percentage', percentage });

describe('A flag in a file', () => {
  const table: readonly (readonly [string, Sample, string, FileChange, readonly string[]])[] = [
    ['flagd', flagdSample, 'new-checkout', off, ['"state": "[ENABLED→DISABLED]",']],
    [
      'flagd, per cent',
      flagdSample,
      'new-checkout',
      to(40),
      ['"targeting": { "fractional": [{ "var": "userId" }, ["on", [25→40]], ["off", [75→60]]] },'],
    ],
    ['flagd in YAML', flagdYamlSample, 'old-search', on, ['state: [DISABLED→ENABLED]']],
    ['flagd in YAML, per cent', flagdYamlSample, 'new-checkout', to(12), ['- [on, [25→12]]', '- [off, [75→88]]']],
    ['LaunchDarkly', launchdarklySample, 'carrier-rates', off, ['"on": [true→false],']],
    [
      "LaunchDarkly's plain values",
      launchdarklySample,
      'weekend-dispatch',
      off,
      ['"flagValues": { "weekend-dispatch": [true→false] },'],
    ],
    [
      'LaunchDarkly, in its 1/100000',
      launchdarklySample,
      'carrier-rates',
      to(50),
      [
        '"rollout": { "variations": [{ "variation": 0, "weight": [20000→50000] }, { "variation": 1, "weight": [80000→50000] }] }',
      ],
    ],
    ['Flipt', fliptSample, 'new-checkout', to(50), ['percentage: [25→50]']],
    [
      'GO Feature Flag, a field put in',
      goFeatureFlagSample,
      'new-checkout',
      off,
      ['[→disable: true⏎  ]variations: &switch'],
    ],
    [
      'GO Feature Flag in JSON',
      goFeatureFlagJsonSample,
      'new-checkout',
      off,
      ['[→"disable": true,⏎    ]"variations": { "on": true, "off": false },'],
    ],
    ['GO Feature Flag, per cent', goFeatureFlagSample, 'new-checkout', to(5), ['"on": [25→5]', '"off": [75→95]']],
    ['GitLab', gitlabSample, 'new_checkout', on, ['default_enabled: [false→true]']],
    ['Microsoft', microsoftSample, 'OldSearch', on, []],
    ['Statsig', statsigByNameSample, 'new_checkout', off, []],
    ['appsettings', appsettingsSample, 'OldSearch', on, []],
    ['Unleash', unleashSample, 'recommendations-off', on, []],
  ];
  for (const [name, sample, key, change, lines] of table) {
    it(`of ${name} becomes what was asked, and nothing else changes`, () => {
      const edits = editsOf(sample, key, change);
      assert.ok(edits !== null && edits.length > 0);
      if (lines.length > 0) assert.deepEqual(marked(sample.text, edits), lines);
      // An edit of a few characters keeps every comment and every space.
      const others = edits.reduce((rest, { span }) => rest - (span.end - span.start), sample.text.length);
      const length = edits.reduce((sum, { text }) => sum + text.length, others);
      assert.equal(replaced(sample.text, edits).length, length);
    });
  }

  it('goes back to where it was by the opposite change', () => {
    const there = replaced(flagdSample.text, editsOf(flagdSample, 'old-search', on)!);
    const back = replaced(there, editsOf({ ...flagdSample, text: there }, 'old-search', off)!);
    assert.equal(back, flagdSample.text);
  });

  it('is turned on by switch and default at once where both are off', () => {
    const text = `{ "flags": { "a": { "state": "DISABLED", "variants": { "yes": true, "no": false }, "defaultVariant": "no" } } }`;
    const sample = { path: 'a.flagd.json', text };
    const edits = editsOf(sample, 'a', on);
    assert.match(replaced(text, edits!), /"state": "ENABLED".*"defaultVariant": "yes"/);
  });

  it("keeps comments, and quotes YAML's own words", () => {
    const text = [
      'flags:',
      '  a: # the first',
      '    state: ENABLED',
      '    variants: { "on": true, "off": false }',
      '    defaultVariant: off # for now',
      '',
    ].join('\n');
    const edits = editsOf({ path: 'a.flagd.yaml', text }, 'a', on);
    assert.equal(replaced(text, edits!), text.replace('defaultVariant: off', 'defaultVariant: "on"'));
  });

  it('is left alone where the change would reach another flag, as through an anchor', () => {
    const text = `flags:
  a: &it
    state: ENABLED
    variants: { "on": true, "off": false }
    defaultVariant: "on"
  b: *it
`;
    assert.equal(editsOf({ path: 'a.flagd.yaml', text }, 'a', off), null);
  });

  it('is left alone where a switch would not say on or off', () => {
    assert.equal(editsOf(growthbookSample, 'page-size', off), null);
    assert.equal(editsOf(flagdSample, 'old-search', to(20)), null, 'a disabled flag has no share');
    assert.equal(editsOf(flagdSample, 'no-such-flag', on), null);
    assert.equal(editsOf({ path: 'x.flagd.json', text: '{ broken' }, 'a', on), null);
  });
});

function editsOf(sample: Sample, key: string, change: FileChange) {
  const file = { ...sample, config: defaultConfig(), now: Date.parse('2026-06-01T12:00:00Z') };
  return (
    flagFileEdits(file, key, 'production', change) ??
    flagFileEdits(file, key, 'staging', change) ??
    flagFileEdits(file, key, 'default', change)
  );
}

/** The lines that change, with what is replaced in them. */
function marked(text: string, edits: NonNullable<ReturnType<typeof editsOf>>): readonly string[] {
  const marks = edits.map(({ span, text: inserted }) => ({
    span,
    text: `[${text.slice(span.start, span.end)}→${inserted.replaceAll('\n', '⏎')}]`,
  }));
  return replaced(text, marks)
    .split('\n')
    .filter(line => /\[[^[\]]*→/.test(line))
    .map(line => line.trim());
}
