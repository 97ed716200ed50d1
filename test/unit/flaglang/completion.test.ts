// Completion inside flag files: `$0` is the cursor; what is offered is written as the text it would insert.
import assert from 'node:assert/strict';
import { type Completion, completions } from '../../../server/src/core/features/completion.ts';
import { worldOf } from '../../support/world.ts';
import { FLAGD, LAUNCHDARKLY, UNLEASH, YAML } from './fixtures.ts';

describe('completion in flag files', () => {
  it('offers the variations of the flag around', async () => {
    assert.deepEqual(await texts(FLAGD.replace('"defaultVariant": "blue"', '"defaultVariant": "$0"')), ['red', 'blue']);
    assert.deepEqual(await texts(FLAGD.replace('"defaultVariant": "blue"', '"defaultVariant": $0')), [
      '"red"',
      '"blue"',
    ]);
    assert.deepEqual(await texts(FLAGD.replace('["off", 75]', '["$0", 75]')), ['on', 'off']);
  });

  it('offers them where the file is broken', async () => {
    const open = FLAGD.replace('"defaultVariant": "off",', '"defaultVariant": "$0');
    assert.deepEqual(await texts(open), ['on"', 'off"']);
    const nothing = FLAGD.replace('"defaultVariant": "blue"\n    }\n  },', '"defaultVariant": $0');
    assert.deepEqual(await texts(nothing), ['"red"', '"blue"']);
  });

  it('offers counted variations as numbers that say their value', async () => {
    const offered = await offers(LAUNCHDARKLY.replace('"offVariation": 1', '"offVariation": $0'));
    assert.deepEqual(
      offered.map(({ label, text, detail }) => [label, text, detail]),
      [
        ['0 on', '0', 'true'],
        ['1 off', '1', 'false'],
      ],
    );
    const beside = await offers(LAUNCHDARKLY.replace('"variation": 0 }]', '"variation": $0 }]'));
    assert.deepEqual(
      beside.map(({ label }) => label),
      ['0 on', '1 off'],
      'those of the prerequisite',
    );
  });

  it('offers other flags as prerequisites, never the flag itself', async () => {
    assert.deepEqual(await texts(LAUNCHDARKLY.replace('[{ "key": "carrier-rates"', '[{ "key": "$0"')), [
      'carrier-rates',
    ]);
    assert.deepEqual(await texts(UNLEASH.replace('"feature": "similar-by-fit"', '"feature": "$0"')), [
      'similar-by-fit',
    ]);
  });

  it('offers fields that are not there yet, with what they say', async () => {
    const offered = await offers(FLAGD.replace('"defaultVariant": "blue"', '"$0"'));
    assert.deepEqual(
      offered.map(({ text }) => text),
      ['defaultVariant": ', 'targeting": ', 'metadata": '],
    );
    assert.match(offered[0]!.documentation ?? '', /no rule gives one/);
    assert.deepEqual((await texts(FLAGD.replace('{\n  "$schema"', '{\n  $0\n  "$schema"'))).slice(0, 2), [
      '"flags": ',
      '"$evaluators": ',
    ]);
  });

  it('offers states, operators, strategies and segments', async () => {
    assert.deepEqual(await texts(FLAGD.replace('"state": "ENABLED"', '"state": "$0"')), ['ENABLED', 'DISABLED']);
    const operators = await offers(FLAGD.replace('{ "fractional":', '{ "$0":'));
    assert.ok(operators.some(({ key, kind }) => key === 'sem_ver' && kind === 'operator'));
    assert.ok((await texts(LAUNCHDARKLY.replace('"op": "in"', '"op": "$0"'))).includes('segmentMatch'));
    assert.ok(
      (await texts(UNLEASH.replace('"name": "flexibleRollout"', '"name": "$0"'))).includes('gradualRolloutUserId'),
    );
    assert.deepEqual(await texts(UNLEASH.replace('"type": "release"', '"type": "kill$0"')), [
      'release',
      'experiment',
      'operational',
      'kill-switch',
      'permission',
    ]);
    assert.deepEqual(
      (await offers(UNLEASH.replace('[4]', '[$0]'))).map(({ label, text }) => [label, text]),
      [['4 staff', '4']],
    );
    assert.deepEqual(await texts(FLAGD.replace('{ "$ref": "staff" }', '{ "$ref": "$0" }')), ['staff']);
    assert.deepEqual(await texts(LAUNCHDARKLY.replace('"on": true', '"on": $0')), ['true', 'false']);
  });

  it('offers keys that code checks and no file defines, where a flag is about to be written', async () => {
    const code = `
//- /src/app.ts
import { OpenFeature } from '@openfeature/server-sdk';
export const beta = await OpenFeature.getClient().getBooleanValue('beta-search', false);
`;
    const fixture = FLAGD.replace('"banner-colour": {', '"$0",\n "banner-colour": {') + code;
    assert.deepEqual(await texts(fixture), ['beta-search": ']);
  });

  it('works in YAML: blocks, flow style, what must stand in quotes', async () => {
    assert.deepEqual(await texts(YAML.replace('defaultVariant: "off"', 'defaultVariant: $0')), ['"on"', '"off"']);
    assert.deepEqual(await texts(YAML.replace('defaultVariant: "on"', 'defaultVariant: "o$0"')), ['on', 'off']);
    assert.deepEqual(await texts(YAML.replace('state: DISABLED', 'state: $0')), ['ENABLED', 'DISABLED']);
    assert.ok((await texts(YAML.replace('    state: DISABLED', '    m$0'))).includes('metadata: '));
    assert.deepEqual((await texts(YAML.replace('{ var: country }', '{ var: $0 }'))).slice(0, 1), ['targetingKey']);
  });

  it('replaces the word under the cursor and nothing else', async () => {
    const { snapshot, fixture } = await worldOf(
      FLAGD.replace('"defaultVariant": "blue"', '"defaultVariant": "bl$0ue"'),
    );
    const [first] = completions(snapshot, fixture.cursor!.path, fixture.cursor!.offset);
    assert.equal(fixture.files.get(fixture.cursor!.path)!.slice(first!.span.start, first!.span.end), 'blue');
  });

  it('says nothing in comments, and where nothing of the format belongs', async () => {
    assert.deepEqual(await texts(FLAGD.replace('"defaultVariant": "blue"', '"defaultVariant": "blue" // "$0"')), []);
    assert.deepEqual(await texts(FLAGD.replace('"red": "#f00"', '"red": "$0"')), []);
    assert.deepEqual(await texts('//- /package.json\n{"na$0me": "x"}\n'), []);
  });

  it('answers at every offset of a file cut anywhere', async () => {
    for (const source of [FLAGD, LAUNCHDARKLY, UNLEASH, YAML]) {
      const { host, fixture } = await worldOf(source);
      const [path, text] = [...fixture.files][0]!;
      host.openDocument(path, text);
      for (let offset = text.length; offset > 0; offset -= 17) {
        host.editDocument(path, [{ start: offset, oldEnd: host.documentText(path)!.length, inserted: '' }]);
        for (const { span } of completions(host.snapshot(0), path, offset))
          assert.ok(span.start <= offset && offset <= span.end + 1);
      }
    }
  });
});

async function offers(source: string): Promise<readonly Completion[]> {
  const { snapshot, fixture } = await worldOf(source);
  return completions(snapshot, fixture.cursor!.path, fixture.cursor!.offset);
}

async function texts(source: string): Promise<readonly string[]> {
  return (await offers(source)).map(({ text }) => text);
}
