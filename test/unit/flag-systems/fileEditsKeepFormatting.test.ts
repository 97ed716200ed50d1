// Every edit that is offered in any format leaves comments, line ends, indentation and a byte order mark as they are.
import assert from 'node:assert/strict';
import { defaultConfig } from '../../../server/src/core/config.ts';
import { type FileChange, flagFileEdits, replaced } from '../../../server/src/sources/flag-systems/fileEdits.ts';
import { decodeFlagFile } from '../../../server/src/sources/flag-systems/registry.ts';
import * as registrySamples from './registrySamples.ts';
import * as samples from './samples.ts';
import * as vendorSamples from './vendorSamples.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const CHANGES: readonly FileChange[] = [
  { kind: 'turn', to: 'on' },
  { kind: 'turn', to: 'off' },
  { kind: 'percentage', percentage: 37 },
];

interface Sample {
  readonly path: string;
  readonly text: string;
}

/** What people's files look like: each way to vary a text, and to take that back. */
const VARIATIONS: Readonly<
  Record<string, { readonly vary: (sample: Sample) => string; readonly back: (text: string) => string }>
> = {
  'a comment on every line': {
    vary: ({ path, text }) => {
      const mark = /\.ya?ml$/.test(path) ? '#' : '//';
      return text
        .split('\n')
        .map((line, at) => (line.trim() === '' ? line : `${line} ${mark} note ${at}`))
        .join('\n');
    },
    back: text => text.replace(/ (?:\/\/|#) note \d+/g, ''),
  },
  'line ends of Windows': {
    vary: ({ text }) => text.replaceAll('\n', '\r\n'),
    back: text => {
      assert.doesNotMatch(text, /[^\r]\n/, 'a line end of another kind was put in');
      return text.replaceAll('\r\n', '\n');
    },
  },
  'a byte order mark': { vary: ({ text }) => `\ufeff${text}`, back: text => text.replace(/^\ufeff/, '') },
  'wide gaps and a trailing space': {
    vary: ({ text }) => text.replace(/: (?=\S)/g, ':    ').replace(/,\n/g, ', \n'),
    back: text => text.replace(/: {4}(?=\S)/g, ': ').replace(/, \n/g, ',\n'),
  },
};

/** The sample of all formats has no flag that one value decides. */
const growthbookDefaults: Sample = {
  path: 'config/growthbook.json',
  text: `{
  "status": 200,
  "features": {
    "new-checkout": { "defaultValue": false },
    "old-search": {
      "defaultValue": true
    }
  }
}
`,
};

describe('an edit of a flag file', () => {
  const all = [
    ['growthbookDefaults', growthbookDefaults] as const,
    ...Object.entries(samples),
    ...Object.entries(vendorSamples),
    ...Object.entries(registrySamples),
  ];
  const offered = new Map<string, number>();
  for (const [name, sample] of all.flatMap(([name, value]) => (isSample(value) ? [[name, value] as const] : []))) {
    const editsOf = (text: string, key: string, environment: string, change: FileChange) =>
      flagFileEdits({ path: sample.path, text, config: defaultConfig(), now: NOW }, key, environment, change);
    const file = decodeFlagFile(sample.path, sample.text, defaultConfig(), NOW);
    const cases = (file?.flags ?? []).flatMap(flag =>
      flag.environments.flatMap(({ environment }) =>
        CHANGES.flatMap(change => {
          const edits = editsOf(sample.text, flag.key, environment, change);
          return edits === null || edits.length === 0 ? [] : [{ key: flag.key, environment, change, edits }];
        }),
      ),
    );
    if (cases.length === 0) continue;
    offered.set(file!.system, (offered.get(file!.system) ?? 0) + cases.length);
    for (const [words, { vary, back }] of Object.entries(VARIATIONS)) {
      it(`of ${name} keeps ${words} (${cases.length} edits)`, () => {
        const varied = vary(sample);
        assert.equal(back(varied), sample.text, 'the variation can be taken back');
        for (const { key, environment, change, edits } of cases) {
          const what = `${key} in ${environment}: ${JSON.stringify(change)}`;
          const found = editsOf(varied, key, environment, change);
          assert.ok(found !== null, `${what} is not offered`);
          assert.equal(back(replaced(varied, found)), replaced(sample.text, edits), what);
        }
      });
    }
  }

  it('is offered in these formats', () => {
    assert.deepEqual([...offered.keys()].sort(), [
      'dotnet',
      'flagd',
      'flagsmith',
      'flipt',
      'gitlab',
      'go-feature-flag',
      'growthbook',
      'launchdarkly',
      'statsig',
      'unleash',
    ]);
  });
});

function isSample(value: unknown): value is Sample {
  return typeof value === 'object' && value !== null && 'path' in value && 'text' in value;
}
