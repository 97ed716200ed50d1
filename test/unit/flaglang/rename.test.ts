// Renaming a flag everywhere: every edit is written as `path:line old → new`, with the doubt behind it.
import assert from 'node:assert/strict';
import { renameEdits, renameTarget } from '../../../server/src/core/features/rename.ts';
import { positionAt } from '../../../server/src/core/text.ts';
import { worldOf } from '../../support/world.ts';
import { LAUNCHDARKLY, UNLEASH, YAML } from './fixtures.ts';

const CODE = `
//- /src/flags.ts
export const FLAGS = { rates: 'carrier-rates', label: "label-format" } as const;
export enum Keys { Rates = 'carrier-rates' }
//- /src/rates.ts
import { init } from '@launchdarkly/node-server-sdk';
import { FLAGS, Keys } from './flags.ts';
const client = init('sdk');
// carrier-rates is asked twice; carrier-rates-eu is another flag
export const first = client.boolVariation(FLAGS.rates, user, false);
export const second = client.boolVariation(\`carrier-rates\`, user, false);
export const third = client.boolVariation(Keys.Rates, user, false);
export const unrelated = 'carrier-rates';
//- /test/rates.test.ts
import { first } from '../src/rates.ts';
stub({ 'carrier-rates': true, "carrier-rates-eu": false });
//- /docs/runbooks/rates.md
---
flags: [carrier-rates, 'label-format']
---
# Rates
Turn carrier-rates off.
//- /docs/incidents/2026-01-01-rates.md
---
id: INC-1
flags:
  - "carrier-rates"
---
# Wrong rates
`;

const STAGING = LAUNCHDARKLY.replace('shop.launchdarkly.json', 'shop.staging.launchdarkly.json');

describe('renaming a flag', () => {
  it('edits every place in one go, and asks about those that only look like it', async () => {
    assert.deepEqual(await edits(LAUNCHDARKLY + STAGING + CODE, 'carrier-rates', 'live-rates'), [
      'docs/incidents/2026-01-01-rates.md:4 carrier-rates → live-rates',
      'docs/runbooks/rates.md:2 carrier-rates → live-rates',
      'docs/runbooks/rates.md:5 carrier-rates → live-rates (documentation)',
      'flags/shop.launchdarkly.json:3 carrier-rates → live-rates',
      'flags/shop.launchdarkly.json:4 carrier-rates → live-rates',
      'flags/shop.launchdarkly.json:19 carrier-rates → live-rates',
      'flags/shop.staging.launchdarkly.json:3 carrier-rates → live-rates',
      'flags/shop.staging.launchdarkly.json:4 carrier-rates → live-rates',
      'flags/shop.staging.launchdarkly.json:19 carrier-rates → live-rates',
      'src/flags.ts:1 carrier-rates → live-rates',
      'src/flags.ts:2 carrier-rates → live-rates',
      'src/rates.ts:4 carrier-rates → live-rates (comment)',
      'src/rates.ts:6 carrier-rates → live-rates',
      'src/rates.ts:8 carrier-rates → live-rates (text)',
      'test/rates.test.ts:2 carrier-rates → live-rates (test)',
    ]);
  });

  it('leaves a world in which the new key is everywhere, and nothing is left of the old one', async () => {
    const { host, fixture, snapshot } = await worldOf(LAUNCHDARKLY + CODE);
    const answer = renameEdits(snapshot, 'carrier-rates', 'live-rates', new Map());
    assert.equal(answer.kind, 'edits');
    for (const [path, text] of fixture.files) {
      const own = (answer.kind === 'edits' ? answer.edits : []).filter(edit => edit.path === path).toReversed();
      host.setText(
        path,
        own.reduce((all, { span, text: put }) => all.slice(0, span.start) + put + all.slice(span.end), text),
      );
    }
    const after = host.snapshot(0);
    assert.equal(after.checks.has('carrier-rates'), false);
    assert.equal(after.checks.get('live-rates')!.filter(({ role }) => role === 'check').length, 3);
    assert.deepEqual(after.flags.get('label-format')![0]!.prerequisites, ['live-rates']);
    assert.deepEqual(after.runbooks[0]!.flags, ['live-rates', 'label-format']);
    assert.deepEqual(after.incidents[0]!.flags, ['live-rates']);
    assert.ok(fixture.files.size > 5);
  });

  it('offers mentions in files that hold no flags', async () => {
    const { snapshot } = await worldOf(LAUNCHDARKLY);
    const texts = new Map([
      ['README.md', 'See `carrier-rates`.'],
      ['deploy.yaml', 'flag: carrier-rates\n'],
      ['x.go', 'var carrier = 1'],
    ]);
    const answer = renameEdits(snapshot, 'carrier-rates', 'live-rates', texts);
    const found = answer.kind === 'edits' ? answer.edits.filter(({ path }) => texts.has(path)) : [];
    assert.deepEqual(
      found.map(({ path, doubt }) => [path, doubt]),
      [
        ['README.md', 'documentation'],
        ['deploy.yaml', 'text'],
      ],
    );
  });

  it('asks about the same key in another flag system', async () => {
    const other = `
//- /flags/shop.flagd.json
{"flags": {"carrier-rates": {"state": "ENABLED", "variants": {"on": true}, "defaultVariant": "on"}}}
`;
    const { snapshot } = await worldOf(LAUNCHDARKLY + other);
    const doubts = (system: string | null) => {
      const answer = renameEdits(snapshot, 'carrier-rates', 'live-rates', new Map(), system);
      const found = answer.kind === 'edits' ? answer.edits : [];
      return found.filter(({ path }) => path.includes('flagd')).map(({ doubt }) => doubt);
    };
    assert.deepEqual(doubts('launchdarkly'), ['system']);
    assert.deepEqual(doubts('flagd'), [null]);
    assert.deepEqual(doubts(null), [null], 'from code all definitions follow');
  });

  it('writes keys as their place needs them', async () => {
    assert.deepEqual(await edits(YAML, 'old-search', 'on'), ['flags/shop.flagd.yaml:12 old-search → "on"']);
    const json =
      '//- /a.flagd.json\n{"flags": {"a": {"state": "ENABLED", "variants": {"on": true}, "defaultVariant": "on"}}}\n';
    assert.deepEqual(await edits(json, 'a', 'say "hi"'), ['a.flagd.json:1 a → say \\"hi\\"']);
  });

  it('renames an Unleash flag and what depends on it', async () => {
    assert.deepEqual(await edits(UNLEASH, 'similar-by-fit', 'similar'), [
      'flags/unleash.bootstrap.json:5 similar-by-fit → similar',
      'flags/unleash.bootstrap.json:14 similar-by-fit → similar',
    ]);
  });

  it('follows properties named after the flag, and asks about them', async () => {
    const code = `
//- /src/app.tsx
import { useFlags } from 'launchdarkly-react-client-sdk';
export function App() { const flags = useFlags(); return flags.carrierRates ? 1 : 2; }
`;
    assert.deepEqual(
      (await edits(LAUNCHDARKLY + code, 'carrier-rates', 'live-rates')).at(-1),
      'src/app.tsx:2 carrierRates → liveRates (property)',
    );
    assert.match(await refusal(LAUNCHDARKLY + code, 'carrier-rates', '2026'), /read as a property at src\/app\.tsx:2/);
  });

  it('writes Ruby symbols and Python prefixes', async () => {
    const code = `
//- /app/models/cart.rb
class Cart
  def rates?
    Flipper.enabled?(:label_format, user)
  end
end
//- /Gemfile
gem 'flipper'
//- /flags/a.flagd.json
{"flags": {"label_format": {"state": "ENABLED", "variants": {"on": true}, "defaultVariant": "on"}}}
`;
    assert.deepEqual(await edits(code, 'label_format', 'labels'), [
      'app/models/cart.rb:3 label_format → labels',
      'flags/a.flagd.json:1 label_format → labels',
    ]);
  });

  describe('refuses, and says why', () => {
    it('a key that exists', async () => {
      assert.equal(
        await refusal(LAUNCHDARKLY, 'carrier-rates', 'label-format'),
        'A flag “label-format” exists already (flags/shop.launchdarkly.json:14); renaming would make two flags one.',
      );
    });

    it('an empty key, blanks around it, and what the format can not hold', async () => {
      assert.match(await refusal(LAUNCHDARKLY, 'carrier-rates', ' '), /at least one character/);
      assert.match(await refusal(LAUNCHDARKLY, 'carrier-rates', 'a '), /begins or ends with a blank/);
      assert.match(await refusal(LAUNCHDARKLY, 'carrier-rates', 'a\nb'), /one line/);
      assert.match(
        await refusal(LAUNCHDARKLY, 'carrier-rates', 'a b'),
        /shop\.launchdarkly\.json \(launchdarkly\): its keys are made of letters/,
      );
    });

    it('keys that code puts together, and says which', async () => {
      const code = `
//- /src/dynamic.ts
import { init } from '@launchdarkly/node-server-sdk';
const client = init('sdk');
export const rates = (kind: string) => client.boolVariation(\`carrier-\${kind}\`, user, false);
`;
      assert.match(
        await refusal(LAUNCHDARKLY + code, 'carrier-rates', 'rates'),
        /start with “carrier-” .*src\/dynamic\.ts:3/,
      );
      const world = await worldOf(LAUNCHDARKLY + code.replace('`carrier-', '`car$0rier-'));
      assert.equal(renameTarget(world.snapshot, 'src/dynamic.ts', world.fixture.cursor!.offset)?.kind, 'refused');
    });

    it('a key whose text is put together', async () => {
      const code = `
//- /src/put.ts
import { init } from '@launchdarkly/node-server-sdk';
const client = init('sdk');
const PREFIX = 'carrier';
export const rates = client.boolVariation(PREFIX + '-rates', user, false);
`;
      assert.match(
        await refusal(LAUNCHDARKLY + code, 'carrier-rates', 'rates'),
        /not written as one text at src\/put\.ts:\d/,
      );
    });

    it('while the workspace is being read', async () => {
      const { host } = await worldOf(LAUNCHDARKLY);
      host.setCompleteness('reading');
      const answer = renameEdits(host.snapshot(0), 'carrier-rates', 'x', new Map());
      assert.equal(answer.kind, 'refused');
    });
  });

  it('starts on texts of the key alone: names in code are renamed by their language', async () => {
    const at = async (source: string) => {
      const { snapshot, fixture } = await worldOf(source);
      const target = renameTarget(snapshot, fixture.cursor!.path, fixture.cursor!.offset);
      const text = fixture.files.get(fixture.cursor!.path)!;
      return target?.kind === 'key' ? text.slice(target.span.start, target.span.end) : target;
    };
    assert.equal(await at(LAUNCHDARKLY + CODE.replace('(`carrier-rates`', '(`carrier$0-rates`')), 'carrier-rates');
    assert.equal(
      await at(LAUNCHDARKLY + CODE.replace("rates: 'carrier-rates'", "rates: 'carrier$0-rates'")),
      'carrier-rates',
    );
    assert.equal(await at(LAUNCHDARKLY + CODE.replace('(FLAGS.rates', '(FLAGS.ra$0tes')), null);
    assert.equal(await at(LAUNCHDARKLY + CODE.replace('[carrier-rates', '[carrier$0-rates')), 'carrier-rates');
    assert.equal(await at(LAUNCHDARKLY.replace('"fallthrough"', '"fall$0through"')), null);
  });
});

async function edits(source: string, key: string, newKey: string): Promise<readonly string[]> {
  const { snapshot } = await worldOf(source);
  const answer = renameEdits(snapshot, key, newKey, new Map());
  if (answer.kind === 'refused') return [answer.reason];
  return answer.edits.map(({ path, span, text, doubt }) => {
    const file = snapshot.files.get(path)!;
    const old = file.text.slice(span.start, span.end);
    return `${path}:${positionAt(file.lines, span.start).line + 1} ${old} → ${text}${doubt === null ? '' : ` (${doubt})`}`;
  });
}

async function refusal(source: string, key: string, newKey: string): Promise<string> {
  const { snapshot } = await worldOf(source);
  const answer = renameEdits(snapshot, key, newKey, new Map());
  return answer.kind === 'refused' ? answer.reason : `not refused: ${answer.edits.length} edits`;
}
