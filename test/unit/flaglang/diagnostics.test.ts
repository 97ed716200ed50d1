// What is wrong with flag files: `^^^ code: a part of the message` under the text that is marked.
import assert from 'node:assert/strict';
import { codeActions } from '../../../server/src/core/features/codeActions.ts';
import { diagnostics } from '../../../server/src/core/features/diagnostics.ts';
import { circularGroups } from '../../../server/src/core/flags/rollout/prerequisiteGraph.ts';
import { shadowedRules } from '../../../server/src/core/flags/rollout/ruleOrder.ts';
import { worldOf } from '../../support/world.ts';
import { FLAGD, LAUNCHDARKLY, UNLEASH } from './fixtures.ts';

describe('problems in flag files', () => {
  it('tells of a variation that is not there, and offers the nearest', async () => {
    await check(`
//- /a.flagd.json
{ "flags": { "banner": {
  "state": "ENABLED", "variants": { "red": "#f00", "blue": "#00f" },
  "defaultVariant": "bleu"
                     ^^^^ unknown-variation: "bleu"
} } }
`);
    const fixed = await fix(FLAGD.replace('"defaultVariant": "blue"', '"defaultVariant": "bl$0ua"'), 'Change to blue');
    assert.match(fixed, /"defaultVariant": "blue"/);
  });

  it('tells of weights that do not add up', async () => {
    await check(`
//- /a.flagd.json
{ "flags": { "banner": {
  "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "off",
  "targeting": { "fractional": [["on", 25], ["off", 70]] }
                  ^^^^^^^^^^ weights: 95
} } }
`);
  });

  it('tells of prerequisites that are in no file of the system, and offers the nearest', async () => {
    const wrong = LAUNCHDARKLY.replace('[{ "key": "carrier-rates"', '[{ "key": "carrier-$0rate"');
    assert.deepEqual(await codes(wrong.replace('$0', '')), ['unreachable-rule', 'unknown-prerequisite']);
    assert.match(await fix(wrong, 'Change to carrier-rates'), /\[\{ "key": "carrier-rates"/);
    const added = await fix(wrong, 'Add the flag “carrier-rate”, off for everyone');
    assert.match(added, /^ {4}"carrier-rate": \{ "on": false, .*\},\n {4}"label-format": \{/m);
    assert.deepEqual(await codes(`//- /flags/a.json\n${added}`), ['unreachable-rule']);
    const other = `
//- /flags/more.launchdarkly.json
{ "flags": { "carrier-rate": { "on": true, "variations": [true, false], "offVariation": 1, "fallthrough": { "variation": 0 } } } }
`;
    assert.deepEqual(
      await codes(wrong.replace('$0', '') + other),
      ['unreachable-rule'],
      'another file of the system has it',
    );
  });

  it('tells of prerequisites in a circle, with the way round', async () => {
    await check(`
//- /flags/circle.json
{ "flags": {
  "a": { "on": true, "variations": [true, false], "offVariation": 1, "fallthrough": { "variation": 0 },
         "prerequisites": [{ "key": "b", "variation": 0 }] },
                                     ^ cyclic-prerequisite: “a” needs “b” needs “a”
  "b": { "on": true, "variations": [true, false], "offVariation": 1, "fallthrough": { "variation": 0 },
         "prerequisites": [{ "key": "a", "variation": 0 }, { "key": "c", "variation": 0 }] },
                                     ^ cyclic-prerequisite: “b” needs “a” needs “b”
  "c": { "on": true, "variations": [true, false], "offVariation": 1, "fallthrough": { "variation": 0 },
         "prerequisites": [{ "key": "c", "variation": 0 }] }
                                     ^ cyclic-prerequisite: its own prerequisite
} }
`);
  });

  it('tells of rules that never apply, and of no others', async () => {
    assert.deepEqual(await codes(LAUNCHDARKLY), ['unreachable-rule']);
    assert.deepEqual(await codes(FLAGD), ['unreachable-rule']);
    assert.deepEqual(await codes(UNLEASH), ['unreachable-rule'], 'everyone has it from the first strategy');
    assert.deepEqual(await codes(UNLEASH.replace('"rollout": "100"', '"rollout": "99"')), []);
    const wider = LAUNCHDARKLY.replace('"values": ["pro"]', '"values": ["pro", "free"]');
    assert.deepEqual(await codes(wider), []);
    const negated = LAUNCHDARKLY.replace('"values": ["pro"]', '"values": ["pro"], "negate": true');
    assert.deepEqual(await codes(negated), []);
    const timed = FLAGD.replace(
      '{ "in": [{ "var": "country" }, ["SE", "NO"]] }',
      '{ ">": [{ "var": "$flagd.timestamp" }, 1] }',
    );
    assert.deepEqual(await codes(timed), [], 'the clock may go back on it');
  });

  it('tells of a flag that nobody checks, once all has been read, and where code checks flags at all', async () => {
    const code = `
//- /src/app.ts
import { OpenFeature } from '@openfeature/server-sdk';
export const c = await OpenFeature.getClient().getBooleanValue('new-checkout', false);
`;
    const world = await worldOf(FLAGD + code);
    const found = () =>
      diagnostics(world.host.snapshot(0), 'flags/shop.flagd.json').filter(({ code }) => code === 'unused-flag');
    assert.deepEqual(
      found().map(({ message, severity }) => [message, severity]),
      [['No code in this repository checks “banner-colour”.', 'hint']],
    );
    world.host.setCompleteness('reading');
    assert.deepEqual(found(), []);
    assert.deepEqual(
      (await codes(FLAGD)).filter(each => each === 'unused-flag'),
      [],
      'no code at all',
    );
    const needed = LAUNCHDARKLY + code.replace('new-checkout', 'label-format');
    assert.deepEqual(
      (await codes(needed)).filter(each => each === 'unused-flag'),
      [],
      'a prerequisite is used',
    );
    const dynamic = code.replace("'new-checkout'", '`banner-' + '$' + '{x}`');
    assert.deepEqual(
      (await codes(FLAGD + dynamic)).filter(each => each === 'unused-flag').length,
      1,
      'a prefix counts as use',
    );
  });

  it('tells on both sides of a flag that is checked with the wrong type', async () => {
    const world = await worldOf(`${FLAGD}
//- /src/app.ts
import { OpenFeature } from '@openfeature/server-sdk';
export const c = await OpenFeature.getClient().getStringValue('new-checkout', 'x');
`);
    const of = (path: string) => diagnostics(world.snapshot, path).filter(({ code }) => code === 'type-mismatch');
    assert.match(
      of('flags/shop.flagd.json')[0]!.message,
      /“new-checkout” is a boolean, but code asks for a string \(src\/app\.ts:2\)/,
    );
    assert.equal(of('src/app.ts').length, 1);
  });

  it('removes a duplicate only where both say the same', async () => {
    const twice = `
//- /a.flagd.json
{
  "flags": {
    "banner$0": { "state": "ENABLED", "variants": { "on": true }, "defaultVariant": "on" },
    "other": { "state": "ENABLED", "variants": { "on": true }, "defaultVariant": "on" },
    "banner": { "state": "ENABLED", "variants": { "on": true }, "defaultVariant": "on" }
  }
}
`;
    assert.deepEqual(await codes(twice.replace('$0', '')), ['duplicate-key']);
    assert.equal(
      await fix(twice, 'Remove this entry, which is there once more'),
      twice.replace(/^.*banner\$0.*\n/m, '').replace('\n//- /a.flagd.json\n', ''),
    );
    const different = twice.replace('"banner$0": { "state": "ENABLED"', '"banner$0": { "state": "DISABLED"');
    assert.equal(await fix(different, 'Remove this entry, which is there once more'), 'no such action');
    const yaml = `
//- /a.flagd.yaml
flags:
  a$0:
    state: ENABLED
    variants: { "on": true }
  a:
    state: ENABLED
    variants: { "on": true }
`;
    assert.equal(
      await fix(yaml, 'Remove this entry, which is there once more'),
      'flags:\n  a:\n    state: ENABLED\n    variants: { "on": true }\n',
    );
  });

  it('is silenced on its line where the format has comments, by its code or as flag-file', async () => {
    const broken = (comment: string) => `
//- /flags/a.yaml
flags:
  a:
    state: ENABLED
    variants: { red: 1 }
    ${comment}
    defaultVariant: rad
`;
    assert.deepEqual(await codes(broken('# nothing')), ['unknown-variation']);
    assert.deepEqual(await codes(broken('# flagbook-ignore unknown-variation')), []);
    assert.deepEqual(await codes(broken('# flagbook-ignore flag-file')), []);
    const text = await fix(broken('# nothing').replace('rad', 'r$0ad'), 'Silence unknown-variation on this line');
    assert.match(text, / {4}# flagbook-ignore unknown-variation\n {4}defaultVariant/);
  });

  it('proves by sets of values, by equal tests, and by nothing else', () => {
    const is = (...values: string[]) => ({ subject: 'is country', anyOf: new Set(values) });
    const opaque = { subject: 'custom', anyOf: null };
    const rule = (...tests: (typeof opaque | ReturnType<typeof is>)[]) => ({ tests, complete: true });
    assert.deepEqual(shadowedRules([rule(is('SE', 'NO')), rule(is('SE')), rule(is('SE', 'DK'))]), [null, 0, null]);
    assert.deepEqual(shadowedRules([rule(opaque), rule(is('SE'), opaque), rule(is('SE'))]), [null, 0, null]);
    assert.deepEqual(shadowedRules([rule(), rule(is('SE')), rule()]), [null, 0, 0]);
    assert.deepEqual(shadowedRules([{ tests: [is('SE')], complete: false }, rule(is('SE'))]), [null, null]);
  });

  it('finds circles in chains of any length', () => {
    const keys = Array.from({ length: 20_000 }, (_, at) => `k${at}`);
    const graph = new Map(keys.map((key, at) => [key, [keys[(at + 1) % keys.length]!]]));
    assert.equal(new Set(circularGroups(graph).values()).size, 1);
    graph.set('k19999', []);
    assert.equal(new Set(circularGroups(graph).values()).size, 20_000);
  });
});

async function check(source: string): Promise<void> {
  const { snapshot, fixture } = await worldOf(source);
  for (const path of fixture.files.keys()) {
    const found = diagnostics(snapshot, path);
    const marks = fixture.marks.filter(mark => mark.path === path);
    assert.deepEqual(
      found.map(({ code, span }) => [code, span.start, span.end]),
      marks.map(({ label, start, end }) => [label.split(':')[0], start, end]),
    );
    for (const [at, { message }] of found.entries()) {
      const part = marks[at]!.label.replace(/^[^:]*: /, '');
      assert.ok(message.includes(part), `${part} in ${message}`);
    }
  }
}

async function codes(source: string): Promise<readonly string[]> {
  const { snapshot, fixture } = await worldOf(source);
  return diagnostics(snapshot, [...fixture.files.keys()][0]!).map(({ code }) => code);
}

async function fix(source: string, title: string): Promise<string> {
  const { snapshot, fixture } = await worldOf(source);
  const { path, offset } = fixture.cursor!;
  const action = codeActions(snapshot, path, { start: offset, end: offset }).find(each => each.title === title);
  const text = fixture.files.get(path)!;
  return action === undefined
    ? 'no such action'
    : text.slice(0, action.edit.span.start) + action.edit.text + text.slice(action.edit.span.end);
}
