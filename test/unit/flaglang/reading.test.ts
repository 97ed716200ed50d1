// Hover, definition, references and outline inside flag files.
import assert from 'node:assert/strict';
import { hover } from '../../../server/src/core/features/hover.ts';
import { definitions, references } from '../../../server/src/core/features/navigation.ts';
import type { RichLine } from '../../../server/src/core/features/richText.ts';
import { type DocumentSymbol, documentSymbols } from '../../../server/src/core/features/symbols.ts';
import type { Place } from '../../../server/src/core/model.ts';
import { positionAt } from '../../../server/src/core/text.ts';
import { type World, worldOf } from '../../support/world.ts';
import { FLAGD, LAUNCHDARKLY, UNLEASH, YAML } from './fixtures.ts';

describe('reading flag files', () => {
  describe('hover', () => {
    it('says whom a rule concerns and what they get, and not only on keys', async () => {
      const text = await hoverText(FLAGD.replace('"fractional"', '"fract$0ional"'));
      assert.match(text, /^Rule 1 of 3 of new-checkout in production$/m);
      assert.match(text, /^Who: if country is SE or NO$/m);
      assert.match(text, /^Gets: on 25%, off 75%, by targeting key$/m);
      assert.match(text, /^fractional: Divides users/m);
    });

    it('says which rule is never asked, and because of which', async () => {
      const text = await hoverText(FLAGD.replace('{ "and": [', '{ "a$0nd": ['));
      assert.match(
        text,
        /^Never applies: rule 1 of 3 above takes all of them already \(if country is SE or NO\) \(line 10\)$/m,
      );
    });

    it('says what a shared rule means where it is used', async () => {
      const text = await hoverText(FLAGD.replace('{ "$ref": "staff" }', '{ "$ref": "sta$0ff" }'));
      assert.match(text, /^Segment staff, used in 1 place$/m);
      assert.match(text, /^Who: if email ends with @shop.example$/m);
    });

    it('says the value of a variation, and its part of the users', async () => {
      assert.match(
        await hoverText(FLAGD.replace('"blue": "#00f"', '"bl$0ue": "#00f"')),
        /^Variation blue = "#00f" of banner-colour$/m,
      );
      assert.match(
        await hoverText(FLAGD.replace('"defaultVariant": "blue"', '"defaultVariant": "b$0lue"')),
        /^Variation blue = "#00f"/m,
      );
    });

    it('names LaunchDarkly’s counted variations', async () => {
      const text = await hoverText(LAUNCHDARKLY.replace('"offVariation": 1', '"offVariation": 1$0'));
      assert.match(text, /^Variation off = false of carrier-rates$/m);
    });

    it('tells of the flag where it is a prerequisite', async () => {
      const text = await hoverText(LAUNCHDARKLY.replace('[{ "key": "carrier-rates"', '[{ "key": "carrier$0-rates"'));
      assert.match(text, /^carrier-rates/);
      assert.match(text, /^production: /m);
    });

    it('puts Unleash’s strategies into words', async () => {
      const text = await hoverText(UNLEASH.replace('"rollout": "100"', '"roll$0out": "100"'));
      assert.match(text, /^Strategy 1 of 2 of similar-by-fit in production$/m);
      assert.match(text, /^Gets: on$/m);
      assert.match(text, /^rollout: flexibleRollout: 0 to 100, as a text\.$/m);
    });

    it('says what a field means, in YAML too', async () => {
      assert.match(
        await hoverText(YAML.replace('state: ENABLED', 'sta$0te: ENABLED')),
        /^state: ENABLED, or DISABLED/m,
      );
    });

    it('reads rules in YAML, through anchors', async () => {
      assert.match(await hoverText(YAML.replace('- in: [', '- i$0n: [')), /^Who: if country is SE$/m);
      assert.match(
        await hoverText(YAML.replace(/defaultVariant: "on"/, 'defaultVariant: "o$0n"')),
        /^Variation on = true of old-search$/m,
      );
    });
  });

  describe('definition', () => {
    it('goes from a prerequisite to its flag', async () => {
      const fixture = LAUNCHDARKLY.replace('[{ "key": "carrier-rates"', '[{ "key": "carrier$0-rates"');
      assert.deepEqual(await targets(fixture), ['flags/shop.launchdarkly.json:3 carrier-rates']);
    });

    it('goes from a default to its variation, of this flag', async () => {
      assert.deepEqual(await targets(FLAGD.replace('"defaultVariant": "off"', '"defaultVariant": "o$0ff"')), [
        'flags/shop.flagd.json:6 off',
      ]);
      assert.deepEqual(await targets(FLAGD.replace('["on", 25]', '["o$0n", 25]')), ['flags/shop.flagd.json:6 on']);
    });

    it('goes from a counted variation to its value, of the prerequisite where it is meant', async () => {
      const fixture = LAUNCHDARKLY.replace('"variation": 0 }]', '"variation": 0$0 }]');
      assert.deepEqual(await targets(fixture), ['flags/shop.launchdarkly.json:6 true']);
    });

    it('goes from a segment to where it is', async () => {
      assert.deepEqual(await targets(UNLEASH.replace('[4]', '[4$0]')), ['flags/unleash.bootstrap.json:17 4']);
      assert.deepEqual(await targets(FLAGD.replace('{ "$ref": "staff" }', '{ "$ref": "sta$0ff" }')), [
        'flags/shop.flagd.json:23 staff',
      ]);
    });
  });

  describe('references', () => {
    const CODE = `
//- /src/rates.ts
import { init } from '@launchdarkly/node-server-sdk';
const client = init('sdk');
export const rates = client.boolVariation('carrier-rates', user, false);
`;
    it('go from code to flag files, their prerequisites included', async () => {
      const found = await uses(LAUNCHDARKLY + CODE.replace("'carrier-rates'", "'carrier$0-rates'"));
      assert.deepEqual(found, [
        'flags/shop.launchdarkly.json:3 carrier-rates',
        'flags/shop.launchdarkly.json:19 carrier-rates',
        'src/rates.ts:3 carrier-rates',
      ]);
    });

    it('are the same from a prerequisite', async () => {
      const fixture = LAUNCHDARKLY.replace('[{ "key": "carrier-rates"', '[{ "key": "carrier$0-rates"') + CODE;
      assert.equal((await uses(fixture)).length, 3);
    });

    it('find where a variation is served', async () => {
      const found = await uses(FLAGD.replace('{ "on": true', '{ "o$0n": true'));
      assert.deepEqual(found, [
        'flags/shop.flagd.json:6 on',
        'flags/shop.flagd.json:10 on',
        'flags/shop.flagd.json:11 on',
        'flags/shop.flagd.json:12 on',
      ]);
    });
  });

  describe('several documents, merge keys and comments', () => {
    const DOCUMENTS = `
//- /features.yaml
version: "1.2"
flags:
  - key: banner
    type: VARIANT_FLAG_TYPE
    enabled: true
    variants: &colours
      - key: red
      - key: blue
    rules:
      - segment: staff
        distributions: [{ variant: red, rollout: 100 }]
segments: [{ key: staff, name: Staff }]
---
namespace: shop
flags:
  - key: shop-banner
    type: VARIANT_FLAG_TYPE
    enabled: true
    variants: *colours2
    rules:
      - segment: traders
        distributions: [{ variant: green, rollout: 100 }]
`.replace('*colours2', '[{ key: green }]');

    it('each document has its own flags, and what stands in it belongs to them', async () => {
      assert.deepEqual(await targets(DOCUMENTS.replace('variant: green', 'variant: gr$0een')), [
        'features.yaml:19 green',
      ]);
      assert.deepEqual(await targets(DOCUMENTS.replace('segment: staff', 'segment: st$0aff')), [
        'features.yaml:12 staff',
      ]);
      assert.match(
        await hoverText(DOCUMENTS.replace('segment: traders', 'segment: trad$0ers')),
        /^Who: for segment traders$/m,
      );
    });

    it('merge keys bring variations along', async () => {
      const merged = `
//- /flags/a.flagd.yaml
base: &base
  state: ENABLED
  variants: { "on": true, "off": false }
flags:
  one:
    <<: *base
    defaultVariant: "o$0n"
  two:
    state: DISABLED
    variants: { "on": true }
    defaultVariant: "on"
`;
      assert.deepEqual(await targets(merged), ['flags/a.flagd.yaml:3 on']);
    });

    it('JSON with comments, in .json and in .jsonc', async () => {
      for (const path of ['a.flagd.json', 'a.flagd.jsonc']) {
        const commented = FLAGD.replace('/flags/shop.flagd.json', `/${path}`)
          .replace('"flags": {', '// all of them\n  "flags": { /* { */')
          .replace('"defaultVariant": "blue"', '"defaultVariant": "bl$0ue", // the usual one');
        assert.deepEqual(
          (await targets(commented)).map(each => each.split(' ')[1]),
          ['blue'],
          path,
        );
      }
    });
  });

  describe('outline', () => {
    it('shows flags with their variations and rules', async () => {
      const { snapshot } = await worldOf(FLAGD);
      assert.deepEqual(outline(documentSymbols(snapshot, 'flags/shop.flagd.json')), [
        'flag new-checkout (targeted)',
        '  variation on (true)',
        '  variation off (false)',
        '  rule if country is SE or NO (on 25%, off 75%, by targeting key)',
        '  rule if email ends with @shop.example (on)',
        '  rule if country is SE and plan is pro (on)',
        '  rule Everyone else (off)',
        'flag banner-colour (#00f)',
        '  variation red ("#f00")',
        '  variation blue ("#00f")',
        'segment staff ()',
      ]);
    });

    it('keeps names inside of what they name, in every format', async () => {
      for (const fixture of [FLAGD, LAUNCHDARKLY, UNLEASH, YAML]) {
        const {
          snapshot,
          fixture: { files },
        } = await worldOf(fixture);
        for (const path of files.keys()) assertInside(documentSymbols(snapshot, path));
      }
    });
  });
});

async function hoverText(source: string): Promise<string> {
  const { snapshot, fixture } = await worldOf(source);
  const found = hover(snapshot, fixture.cursor!.path, fixture.cursor!.offset);
  return (found?.lines ?? []).map(lineText).join('\n');
}

function lineText(line: RichLine): string {
  return line.map(part => part.text).join('');
}

async function targets(source: string): Promise<readonly string[]> {
  const world = await worldOf(source);
  const { path, offset } = world.fixture.cursor!;
  return definitions(world.snapshot, path, offset).map(({ target }) => placeText(world, target));
}

async function uses(source: string): Promise<readonly string[]> {
  const world = await worldOf(source);
  const { path, offset } = world.fixture.cursor!;
  return references(world.snapshot, path, offset, 'with-definitions').map(place => placeText(world, place));
}

function placeText({ snapshot }: World, { path, span }: Place): string {
  const { lines, text } = snapshot.files.get(path)!;
  return `${path}:${positionAt(lines, span.start).line + 1} ${text.slice(span.start, span.end)}`;
}

function outline(symbols: readonly DocumentSymbol[], indent = ''): readonly string[] {
  return symbols.flatMap(({ kind, name, detail, children }) => [
    `${indent}${kind} ${name} (${detail})`,
    ...outline(children, `${indent}  `),
  ]);
}

function assertInside(symbols: readonly DocumentSymbol[]): void {
  for (const { span, nameSpan, children, name } of symbols) {
    assert.ok(nameSpan.start >= span.start && nameSpan.end <= span.end, name);
    for (const child of children) assert.ok(child.span.start >= span.start && child.span.end <= span.end, child.name);
    assertInside(children);
  }
}
