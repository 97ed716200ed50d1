/**
 * Documents that are typed in: whatever they went through, a snapshot says what that of a host says which never saw them otherwise.
 * Edited documents keep the facts of what was not touched, at anchors of their own, so that this is also about places.
 */
import assert from 'node:assert/strict';
import { createHost } from '../../../server/src/core/host.ts';
import type { Host } from '../../../server/src/core/hostInterface.ts';
import type { TextEdit } from '../../../server/src/core/languages/chunks.ts';
import type { Grammars } from '../../../server/src/core/languages/grammars.ts';
import { languagesOf } from '../../../server/src/core/languages/registry.ts';
import { decodeFlagFile } from '../../../server/src/sources/flag-systems/registry.ts';
import { loadGrammars } from '../../support/facts.ts';
import { parseFixture } from '../../support/fixture.ts';
import { editedAt, fixturesOfChecks, randomNumbers, SHOP } from './editedFixtures.ts';

/** How often each fixture is edited. */
const EDITS = Number(process.env.TYPED_EDITS ?? 8);

describe('a document that is typed in', () => {
  for (const [name, fixtures] of fixturesOfChecks()) {
    it(`says what it says when it is opened: ${fixtures.length} fixtures of ${name}`, async function () {
      this.timeout(120_000);
      const random = randomNumbers(name.length * 5 + fixtures.length);
      for (const source of fixtures) await typeIn(parseFixture(source).files, random, EDITS);
    });
  }

  it('does so in long texts, of which a part is parsed', async function () {
    this.timeout(120_000);
    const random = randomNumbers(3);
    const filling = Array.from(
      { length: 600 },
      (_, at) => `export function f${at}(a: string) { return g(a, ${at}, 'text ${at}'); }`,
    );
    const { files } = parseFixture(SHOP);
    const long = [...files].map(
      ([path, text]) =>
        [path, `${text}${filling.join('\n')}\n${text.includes('page(') ? "isOn('last');\n" : ''}`] as const,
    );
    await typeIn(new Map(long), random, 24);
  });

  it('keeps what stands between two edits that nobody asked between', async () => {
    const grammars = await loadGrammars('typescript');
    const [path, user] = ['src/keys.ts', 'src/page.ts'];
    const lines = [
      "import { OpenFeature } from '@openfeature/server-sdk';",
      'const client = OpenFeature.getClient();',
      "export const PAY = 'pay';",
      "client.getBooleanValue('own', false);",
      'export const last = 1;\n',
    ];
    const asks = `import { PAY } from './keys';\n${lines[0]}\nOpenFeature.getClient().getBooleanValue(PAY, false);\n`;
    const texts = new Map([
      [path, lines.join('\n')],
      [user, asks],
    ]);
    const host = hostOf(grammars, texts);
    const insert = (start: number, inserted: string): void => {
      const text = texts.get(path)!;
      host.editDocument(path, [{ start, oldEnd: start, inserted }]);
      texts.set(path, text.slice(0, start) + inserted + text.slice(start));
    };
    // From the first edit on, the parts of the text are apart from one another.
    insert(0, '\n');
    sayings(host);
    insert(lines[0]!.length + 1, '\n');
    insert(texts.get(path)!.indexOf('\nexport const last'), '\n');
    assert.deepEqual(sayings(host), sayings(hostOf(grammars, texts)));
  });

  /** What random edits have found once; each edit is of one of the files, from an offset to another, and asked for at once or not. */
  const FOUND: readonly (readonly [
    name: string,
    files: string,
    edits: readonly (readonly [path: string, was: string, is: string, asked?: 'asked'])[],
  ])[] = [
    [
      'the same letters on both ends of what two edits made of a text',
      `
//- /feature/gates.go
package feature
import "k8s.io/component-base/featuregate"
var (
  Gates featuregate.FeatureGate = MutableGates
const To pology featuregate.Feature = "Topology"
)
const Topology featuregate.Feature = "Topology"
//- /core/main.go
package core
import "example.com/shop/feature"
func main() {
  if feature.Gates.Enabled(feature.Topology) { run() }
}
`,
      [
        ['core/main.go', 'run()', 'walk()', 'asked'],
        ['feature/gates.go', 'Feature = "Topology"\n', 'Feature = "Topology"\n\n'],
        ['feature/gates.go', 'To pology f', 'To pology '],
      ],
    ],
    [
      'a class behind an error that has it read in another way',
      `
//- /shop/pay.py
from . import client as module
class Pay:
    def __init__(self, ld: LDClient):
        self.own = features()
    def charge(self, user):
        return self.ld.variation("typed", user, 1)
`,
      [['shop/pay.py', 'from', 'f"rom']],
    ],
    [
      'a registration that was none before',
      `
//- /a.ts
export const other = 1;
//- /b.ts
import Rox from 'rox-node';
const search = new Rox.Flag(true);
Rregister('shop', { search });
if (search.isEnabled()) show();
`,
      [
        ['a.ts', '1', '2', 'asked'],
        ['b.ts', 'Rregister', 'Rox.register'],
      ],
    ],
  ];
  for (const [name, source, edits] of FOUND) {
    it(`says what it says when it is opened: ${name}`, async () => {
      const { files } = parseFixture(source);
      const grammars = await loadGrammars(...languagesOf(files.keys()).map(({ id }) => id));
      const texts = new Map(files);
      const host = hostOf(grammars, texts);
      for (const [path, was, is, asked] of edits) {
        const text = texts.get(path)!;
        const start = text.lastIndexOf(was);
        assert.ok(start >= 0, was);
        const after = text.slice(0, start) + is + text.slice(start + was.length);
        host.editDocument(path, [editBetween(text, after)]);
        texts.set(path, after);
        if (asked !== undefined) sayings(host);
      }
      assert.deepEqual(sayings(host), sayings(hostOf(grammars, texts)));
    });
  }

  it('is linked in parts as at once, and again where something changed in between', async () => {
    const { files } = parseFixture(SHOP);
    const grammars = await loadGrammars('typescript');
    const path = 'src/page.ts';
    const more = `${files.get(path)!}\nisOn('added');\nexport const more = isNewPayOn();\n`;
    const fresh = sayings(hostOf(grammars, new Map([...files, [path, more]])));
    for (const at of [0, 1, 7, 20, Number.POSITIVE_INFINITY]) {
      const host = hostOf(grammars, files);
      let pauses = 0;
      await host.prepareLinks(async () => {
        if (pauses++ === at) host.openDocument(path, more);
      });
      assert.ok(pauses > Math.min(at, 20));
      if (at > pauses) host.openDocument(path, more);
      assert.deepEqual(sayings(host), fresh, `changed at pause ${at}`);
    }
  });

  it('is linked once for all who wait for it', async () => {
    const { files } = parseFixture(SHOP);
    const grammars = await loadGrammars('typescript');
    const path = 'src/page.ts';
    const host = hostOf(grammars, files);
    host.openDocument(path, `${files.get(path)!}\nisOn('added');\nexport const more = isNewPayOn();\n`);
    const turns = ['', ''];
    await Promise.all(
      turns.map((_, at) =>
        host.prepareLinks(async () => {
          turns[at] += '.';
        }),
      ),
    );
    assert.ok(turns[0]!.length > 20);
    assert.equal(turns[1], '');
  });
});

async function typeIn(
  files: ReadonlyMap<string, string>,
  random: (limit: number) => number,
  edits: number,
): Promise<void> {
  const grammars = await loadGrammars(...languagesOf(files.keys()).map(({ id }) => id));
  const paths = [...files.keys()];
  const texts = new Map(files);
  const host = hostOf(grammars, texts);
  const type = (path: string, after: string): void => {
    host.editDocument(path, [editBetween(texts.get(path)!, after)]);
    texts.set(path, after);
    assert.equal(host.documentText(path), after);
  };
  for (let count = 0; count < edits; count++) {
    // Now and then nobody asks between two edits, of one document or of two.
    for (let left = random(4) === 0 ? 2 : 1; left > 0; left--) {
      const path = paths[random(paths.length)]!;
      const other = texts.get(paths[random(paths.length)]!)!;
      type(path, editedAt(random, texts.get(path)!, other, files.get(path)!));
    }
    // An error in a long text stays where it was typed, so that what is said until it is mended depends on how it came about.
    for (const [path, { facts }] of host.snapshot(0).files)
      if (facts?.broken === true && texts.get(path)!.length > LONG) type(path, files.get(path)!);
    const fresh = hostOf(grammars, texts);
    assert.deepEqual(sayings(host), sayings(fresh));
    for (const path of paths) fresh.closeDocument(path);
  }
  for (const path of paths) host.closeDocument(path);
}

/** What is longer is parsed in parts, in UTF-16 units. */
const LONG = 32 * 1024;

function hostOf(grammars: Grammars, texts: ReadonlyMap<string, string>): Host {
  const host = createHost({ grammars, decodeFlagFile, now: () => 0 });
  host.setPaths(texts.keys(), new Map());
  for (const [path, text] of texts) host.openDocument(path, text);
  return host;
}

function sayings(host: Host) {
  const { files, flags, checks, dynamicChecks } = host.snapshot(0);
  const { paths, words, types } = host.wishes();
  return {
    files: [...files].map(([path, { checks, facts, listed, annotations }]) => ({
      path,
      checks,
      facts,
      listed,
      annotations,
    })),
    flags: [...flags].sort(byKey),
    checks: [...checks].sort(byKey),
    dynamicChecks,
    wishes: [[...paths].sort(), [...words].sort(), [...types].sort()],
  };
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

/** The edit that changes one text to the other, as small as it can be. */
function editBetween(before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { start, oldEnd: before.length - same, inserted: after.slice(start, after.length - same) };
}
