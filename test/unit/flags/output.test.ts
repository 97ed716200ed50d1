import assert from 'node:assert/strict';
import { defaultConfig } from '../../../server/src/core/config.ts';
import { toFlagsDocument } from '../../../server/src/core/flags/telling/document.ts';
import { flagStoryMarkdown, flagsMarkdown } from '../../../server/src/core/flags/telling/markdown.ts';
import {
  type Paint,
  plainPaint,
  renderFlagStory,
  renderFlagsTable,
} from '../../../server/src/core/flags/telling/text.ts';
import {
  allKeys,
  dynamicChecksOf,
  environmentOrder,
  lineOf,
  statesOf,
} from '../../../server/src/core/flags/verdicts/flagIndex.ts';
import { columnsOf } from '../../../server/src/core/textWidth.ts';
import { decodeFlagFile } from '../../../server/src/sources/flag-systems/registry.ts';
import { checkOf, environmentOf, flagOf, historyOf, momentOf, snapshotOf, TEST_NOW } from '../../support/snapshot.ts';

const FLAG_FILE = 'flags/shop.flagd.json';
const TEXT = `{
  "flags": {
    "new-checkout": {
      "state": "ENABLED",
      "variants": { "on": true, "off": false },
      "defaultVariant": "off",
      "targeting": { "fractional": [["on", 25], ["off", 75]] },
      "metadata": { "owner": "team-payments" }
    },
    "old-search": { "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "on" },
    "beta-map": { "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "on" },
    "stop-payments": {
      "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "off", "metadata": { "type": "kill-switch" }
    }
  }
}
`;

function shop() {
  const flagFile = decodeFlagFile(FLAG_FILE, TEXT, defaultConfig(), Date.parse(TEST_NOW))!;
  const newCheckout = flagFile.flags[0]!;
  return snapshotOf({
    files: { [FLAG_FILE]: TEXT, 'src/app.ts': 'one\ntwo\nthree\n' },
    flagFiles: [flagFile],
    checks: [
      checkOf('new-checkout', { function: 'charge', nameSpan: { start: 4, end: 7 } }),
      checkOf('new-checkout', { path: 'src/app.test.ts', test: true, fallback: true }),
      checkOf('new-checkout', { role: 'declaration' }),
      checkOf('old-search'),
      checkOf('old-search', { path: 'src/b.ts' }),
      checkOf('stop-payments'),
      checkOf('gift-wrap', { path: 'src/gift.ts' }),
      checkOf('only-mentioned', { role: 'reference' }),
      checkOf(null, { keyPrefix: 'beta-', path: 'src/beta.ts' }),
    ],
    history: historyOf({
      introduced: {
        'new-checkout': '2025-01-02T00:00:00Z',
        'old-search': '2025-06-01T12:00:00Z',
        'gift-wrap': '2026-05-30T12:00:00Z',
      },
      changes: [{ flag: newCheckout, time: '2026-05-20T12:00:00Z', what: '10% → 25%' }],
    }),
  });
}

describe('the document of flags', () => {
  it('holds everything the contract names', () => {
    const [flag] = toFlagsDocument(shop(), ['new-checkout']).flags;
    const commit = momentOf('').commit;
    const changed = {
      time: '2026-05-20T12:00:00Z',
      days: 12,
      source: 'git',
      commit,
      author: 'Ann Example',
      what: '10% → 25%',
    };
    assert.deepEqual(flag, {
      key: 'new-checkout',
      name: null,
      description: null,
      kind: 'boolean',
      type: null,
      owner: 'team-payments',
      tags: [],
      expires: null,
      prerequisites: [],
      environments: [
        {
          system: 'flagd',
          environment: 'production',
          state: 'partial',
          percentage: 25,
          serves: null,
          summary: '25% by targeting key',
          asOf: null,
          changed,
        },
      ],
      ages: {
        introduced: { time: '2025-01-02T00:00:00Z', commit, days: 515 },
        absences: [],
        created: null,
        changed,
        evaluated: null,
        reason: 'created: its flag files do not say; evaluated: no flag server was asked',
      },
      verdict: {
        kind: 'rolling-out',
        stale: false,
        why: '25% in production for 12 days; release flags live 40 days',
        rule: 'lifetimes.release',
      },
      declarations: [{ path: FLAG_FILE, line: 3 }],
      checks: 1,
      testChecks: 1,
      dynamicChecks: 0,
      fallbacks: [false],
      withoutSystem: [
        { fallback: false, environment: 'production', effect: 'unknown', what: 'everyone gets false; now it is 25%' },
      ],
    });
  });

  it('holds every key once, in order, and survives JSON', () => {
    const document = toFlagsDocument(shop());
    assert.equal(document.version, 1);
    assert.deepEqual(
      document.flags.map(flag => flag.key),
      ['beta-map', 'gift-wrap', 'new-checkout', 'old-search', 'stop-payments'],
    );
    assert.deepEqual(JSON.parse(JSON.stringify(document)), document);
  });

  it('gives the reason for every age it does not know', () => {
    const snapshot = snapshotOf({ checks: [checkOf('f')], history: { kind: 'unavailable', reason: 'no git here' } });
    assert.deepEqual(toFlagsDocument(snapshot).flags[0]!.ages, {
      introduced: null,
      absences: [],
      created: null,
      changed: null,
      evaluated: null,
      reason:
        'introduced: no git here; created: no flag file defines it; changed: no flag file defines it; evaluated: no flag server was asked',
    });
  });
});

describe('the table of flags', () => {
  const table = renderFlagsTable(shop(), { width: 80, paint: plainPaint });

  it('reads well', () => {
    assert.equal(
      table,
      [
        '  flag           state   age  checks       owner',
        '',
        'Launched (1), on for longer than their lifetime',
        '  old-search     on     365d  2 checks',
        '',
        'Unknown (1), checked but defined in no flag file',
        '  gift-wrap      -        2d  1 check',
        '',
        'Rolling out (1)',
        '  new-checkout   25%    515d  1 check      team-payments',
        '',
        'Fresh (1)',
        '  beta-map       on        -  1 by prefix',
        '',
        'Permanent (1)',
        '  stop-payments  off       -  1 check',
        '',
        '5 flags, 1 stale, 1 unknown. Ages count from the first commit with the key.',
        "One flag's whole story: flagbook flags KEY",
        '',
      ].join('\n'),
    );
  });

  it('fits the terminal, whatever the names', () => {
    const long = 'a-very-long-flag-key-that-somebody-made-up-one-day-'.repeat(3);
    const flags = [
      flagOf(long, { owner: 'team-with-a-long-name-too', environments: [environmentOf({ serves: 'x'.repeat(60) })] }),
    ];
    const snapshot = snapshotOf({
      flags,
      checks: [checkOf(long)],
      history: { kind: 'unavailable', reason: 'y '.repeat(100) },
    });
    for (const width of [40, 60, 80, 120]) {
      for (const text of [
        renderFlagsTable(snapshot, { width, paint: plainPaint }),
        renderFlagStory(snapshot, long, { width, paint: plainPaint }),
      ]) {
        for (const line of text.split('\n')) assert.ok(line.length <= width, `${line.length} > ${width}: ${line}`);
      }
    }
  });

  it('counts columns, not characters', () => {
    const keys = ['新しい支払い画面の設定と確認', '🚀🚀🚀🚀🚀🚀', 'plain'];
    const owner = '決済チーム・東京・第二開発部';
    const snapshot = snapshotOf({
      flags: keys.map(key => flagOf(key, { owner })),
      checks: keys.map(key => checkOf(key)),
    });
    for (const width of [40, 60, 80]) {
      const lines = renderFlagsTable(snapshot, { width, paint: plainPaint }).split('\n');
      assert.deepEqual(
        lines.filter(line => columnsOf(line) > width),
        [],
      );
      const rows = lines.filter(line => /^ {2}(新|🚀|plain)/u.test(line));
      const states = new Set(rows.map(row => columnsOf(row.slice(0, row.indexOf('  on  ')))));
      assert.deepEqual([rows.length, states.size], [3, 1]);
    }
  });

  it('keeps flags that never get stale apart from those that are new', () => {
    const flags = [flagOf('stop', { type: 'kill-switch' }), flagOf('young')];
    const history = historyOf({ introduced: { stop: '2020-01-01T00:00:00Z', young: '2026-05-30T12:00:00Z' } });
    const text = renderFlagsTable(snapshotOf({ flags, checks: [checkOf('another')], history }), {
      width: 80,
      paint: plainPaint,
    });
    assert.match(text, /Not used yet \(1\)\n {2}young/);
    assert.match(text, /Unused, never stale \(1\), no code outside tests checks them\n {2}stop/);
  });

  it('holds every flag exactly once', () => {
    for (const key of allKeys(shop()))
      assert.equal(table.split('\n').filter(line => line.startsWith(`  ${key} `)).length, 1, key);
  });

  it('leaves colour to who asks for it, and its columns alone', () => {
    const marks: Paint = (style, text) => `<${style}>${text}</${style}>`;
    const painted = renderFlagsTable(shop(), { width: 80, paint: marks });
    assert.match(painted, /<stale>on {3}<\/stale>/);
    assert.equal(painted.replace(/<\/?[a-z]+>/g, ''), table);
  });

  it('never lets a key steer the terminal', () => {
    const snapshot = snapshotOf({ checks: [checkOf('\u001b]0;owned\u0007\u001b[2J')] });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
    assert.doesNotMatch(renderFlagsTable(snapshot, { width: 80, paint: plainPaint }), /[\u0000-\u0009\u000b-\u001f]/);
  });

  it('says so when there is nothing', () => {
    assert.match(renderFlagsTable(snapshotOf(), { width: 80, paint: plainPaint }), /^No flags here/);
  });
});

describe('the story of a flag', () => {
  it('tells state, ages, changes, checks and disagreements with their lines', () => {
    assert.equal(
      renderFlagStory(shop(), 'new-checkout', { width: 80, paint: plainPaint }),
      [
        'new-checkout',
        'release (no type is named) · team-payments',
        'rolling out: 25% in production for 12 days; release flags live 40 days',
        '  (lifetimes.release)',
        '',
        'State',
        '  flagd  flags/shop.flagd.json:3',
        '    production: 25% by targeting key',
        '',
        'Ages',
        '  introduced 515 days ago, 2 Jan 2025, by Ann Example: Add the flag (4f1c2d3e5a)',
        '',
        'Changes',
        '  20 May 2026  production: 10% → 25%, by Ann Example (4f1c2d3e5a)',
        '',
        'Checks',
        '  src/app.ts:2  getBooleanValue in charge, falls back to false',
        '  src/app.test.ts:1  getBooleanValue, falls back to true (test)',
        '',
        'Without the flag system',
        '  production: everyone gets false; now it is 25%',
        '',
      ].join('\n'),
    );
  });

  it('tells of checks by prefix, and of what code and flag disagree on', () => {
    assert.match(
      renderFlagStory(shop(), 'beta-map', { width: 80, paint: plainPaint }),
      /src\/beta\.ts:1 {2}getBooleanValue, falls back to false \(key starts with\n? *"beta-"\)/,
    );
    assert.match(
      renderFlagStory(shop(), 'old-search', { width: 200, paint: plainPaint }),
      /Disagreements\n {2}src\/app.ts:1 {2}Falls back to false/,
    );
    assert.match(
      renderFlagStory(shop(), 'gift-wrap', { width: 80, paint: plainPaint }),
      /^gift-wrap\nunknown: checked in 1 place/,
    );
  });
});

describe('the story of a flag with much to say', () => {
  const clauses = Array.from({ length: 25 }, (_, at) => `on if country is land-${at}`);
  const environments = [
    environmentOf({
      state: 'targeted',
      summary: 'on if country is land-0; +24 more',
      clauses: [...clauses, 'else off'],
    }),
  ];

  it('tells the rules that a summary has no room for', () => {
    const snapshot = snapshotOf({ flags: [flagOf('f', { environments })] });
    const text = renderFlagStory(snapshot, 'f', { width: 80, paint: plainPaint }).replace(/\s+/g, ' ');
    assert.match(text, /land-0; on if country is land-1;.*land-19; \+6 more/);
  });

  it('tells a description of several lines without marks for them', () => {
    const snapshot = snapshotOf({ flags: [flagOf('f', { description: 'One.\n\nTwo.\r\n\tThree.' })] });
    assert.match(renderFlagStory(snapshot, 'f', { width: 80, paint: plainPaint }), /^One\. Two\. Three\.$/m);
    assert.match(flagStoryMarkdown(snapshot, 'f'), /^One\. Two\. Three\.$/m);
  });
});

describe('looking up flags', () => {
  it('finds lines, states and dynamic checks', () => {
    const snapshot = shop();
    assert.equal(lineOf(snapshot, 'src/app.ts', 4), 2);
    assert.equal(lineOf(snapshot, 'gone.ts', 4), 1);
    assert.equal(dynamicChecksOf(snapshot, 'beta-map').length, 1);
    assert.equal(dynamicChecksOf(snapshot, 'old-search').length, 0);
    assert.deepEqual(
      statesOf(snapshot, 'new-checkout').map(state => state.percentage),
      [25],
    );
  });

  it('takes the order of environments from the configuration', () => {
    const config =
      '{"flagSystems": [{"kind": "unleash", "environments": ["live", "test"]}, {"kind": "flagd", "environment": "staging"}]}';
    assert.deepEqual(environmentOrder(snapshotOf({ config })), ['live', 'test', 'staging']);
    assert.deepEqual(
      environmentOrder(snapshotOf({ config: '{"flagSystems": [{"kind": "flagd", "environment": "staging"}]}' })),
      [],
    );
  });
});

describe('flags as Markdown', () => {
  it('has a table for each group, and a story with links to lines', () => {
    const table = flagsMarkdown(shop());
    assert.match(table, /^# Flags\n\n5 flags, 1 stale, 1 unknown\.\n\n## /);
    assert.match(table, /^\| `new-checkout` \| 25% \| 515d \| 1 check \| team\\?-payments \| 25% in production/m);
    const story = flagStoryMarkdown(shop(), 'new-checkout');
    assert.match(story, /^# `new-checkout`\n\nrelease \\\(no type is named\\\) · team-payments\n/);
    assert.match(story, /^- \[src\/app\.ts:2\]\(\/src\/app\.ts#L2\) getBooleanValue in charge, falls back to false$/m);
  });

  it('keeps a hostile key inside its cell', () => {
    const key = 'a|b`[c](https://example.com)\n| x |';
    const [row] = flagsMarkdown(snapshotOf({ checks: [checkOf(key)] }))
      .split('\n')
      .filter(line => line.includes('example.com'));
    assert.ok(row !== undefined);
    assert.equal(row.split(/(?<!\\)\|/).length, 8);
    assert.doesNotMatch(row.replace(/``.*``/, ''), /example\.com/);
  });
});
