/**
 * What is looked up in files that nobody has read: of all files that might declare a name, the one that does is read, whether a repository
 * is indexed, scanned again or edited.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { declaredAmong, soughtName, soughtText } from '../../../server/src/core/flags/resolve/soughtNames.ts';
import { scanRecords } from '../../../server/src/core/flags/telling/scanRecords.ts';
import { createDiskAccess } from '../../../server/src/sources/files/disk.ts';
import { createProject, type Project } from '../../../server/src/sources/project/project.ts';
import { loadGrammars } from '../../support/facts.ts';
import { FILES_ALONE } from '../../support/filesAlone.ts';
import { makeTemporaryFolder } from '../../support/temporaryFolder.ts';
import { writeSettled } from './changingFiles.ts';
import { again, scanWhole } from './scanningAgain.ts';

const SDK_OF_GO = 'github.com/open-feature/go-sdk/openfeature';

/** A package of Go of four files, one of which declares the key. */
const IN_GO: Readonly<Record<string, string>> = {
  'go.mod': 'module example.com/shop\n',
  'keys/a.go': 'package keys\n\nfunc Unused() string { return "Pay" }\n',
  'keys/b.go': 'package keys\n\nconst (\n\tShip = "ship"\n\tPay, Post = "pay-key", "post-key"\n)\n',
  'keys/c.go': 'package keys\n\n// Pay is told by b.go.\ntype Unit struct{}\n',
  'keys/d.go': 'package keys\n\nfunc (u Unit) Name() string { return Pay }\n',
  'main.go': `package main\n\nimport (\n\t"${SDK_OF_GO}"\n\t"example.com/shop/keys"\n)\n\nvar client = openfeature.NewDefaultClient()\n\nfunc run() {\n\tclient.BooleanValue(nil, keys.Pay, false, nil)\n}\n`,
};

/** A barrel of three modules, the last of them a barrel too. */
const IN_SCRIPTS: Readonly<Record<string, string>> = {
  'keys/index.ts': "export * from './a';\nexport * from './b';\nexport * from './c';\n",
  'keys/a.ts': "export const ship = 'ship';\n",
  'keys/b.ts': "export const post = 'post';\n",
  'keys/c/index.ts': "export * from './d';\nexport * from './e';\n",
  'keys/c/d.ts': "export const PAY = 'pay-key';\n",
  'keys/c/e.ts': "export const gift = 'gift';\n",
  'main.ts':
    "import { OpenFeature } from '@openfeature/server-sdk';\nimport { PAY } from './keys';\nOpenFeature.getClient().getBooleanValue(PAY, false);\n",
};

describe('names that are sought in files', () => {
  const folder = makeTemporaryFolder('sought');
  const place = (name: string, files: Readonly<Record<string, string>>): string => {
    const root = join(folder, name);
    for (const [path, text] of Object.entries(files)) writeSettled(root, path, text);
    return root;
  };

  it('are written as texts', () => {
    const text = soughtText('$pay_1', 'a b/c.d/keys.mts')!;
    assert.deepEqual(soughtName(text), { name: '$pay_1', path: 'a b/c.d/keys.mts' });
    assert.equal(soughtName('isOn beside flags'), null);
    // A package of Python may hand on what it does not name, and what is no name stands in quotes.
    assert.equal(soughtText('pay', 'keys/__init__.py'), null);
    assert.equal(soughtText('new-pay', 'keys.ts'), null);
  });

  const declaring: readonly (readonly [path: string, text: string])[] = [
    ['a.go', 'const Pay = 1'],
    ['a.go', 'package a\r\n\r\nvar x, Pay = 1, 2\r\n'],
    ['a.go', 'const (\n\tA = iota\n\tB; Pay\n)'],
    ['a.go', 'const ( A = iota; Pay )'],
    ['a.go', 'var (Pay = 1)'],
    ['a.go', 'type (\n\tPay struct{}\n)'],
    ['a.go', 'type Pay[T any] struct{}'],
    ['a.go', 'func Pay() {}'],
    ['a.go', 'func (k *Keys[T]) Pay() {}'],
    ['a.ts', 'export const Pay = 1'],
    ['a.ts', 'export { x as Pay }'],
    ['a.ts', "export * from './b'"],
    ['a.ts', "export*from'./b'"],
    ['a.ts', "export type * from './b'"],
    ['a.js', 'module.exports = require("./b")'],
    ['a.ts', 'export = Keys'],
  ];
  for (const [path, text] of declaring) {
    it(`may be declared by ${JSON.stringify(text)}`, () => {
      assert.deepEqual(declaredAmong(['Nothing', 'Pay'], path, text).at(-1), 'Pay');
    });
  }

  it('are declared by no file that only uses them', () => {
    const uses =
      'package a\n\n// Pay is one.\nfunc ask() string { return Pay + "Pay" }\nvar x = Pays\nvar variable = keys.Pay\n';
    assert.deepEqual(declaredAmong(['Pay', 'variable'], 'a.go', uses), ['variable']);
    assert.deepEqual(declaredAmong(['Pay'], 'a.ts', 'export const Pays = $Pay;\n'), []);
  });

  for (const [name, files, parsed] of [
    ['Go', IN_GO, 2],
    // A module that hands on what others declare says no name.
    ['scripts', IN_SCRIPTS, 4],
  ] as const) {
    it(`lead to the file of a repository of ${name} that declares them`, async () => {
      const project = await open(place(name, files));
      const summary = await project.index();
      assert.equal(summary.parsed, parsed);
      assert.deepEqual(keysIn(project), ['pay-key']);
    });

    it(`are known in a second scan of ${name}, wherever they are declared then`, async () => {
      const root = place(`${name} again`, files);
      const cache = join(folder, `${name} cache`);
      await scanWhole(root, cache);
      const [from, to] = name === 'Go' ? ['keys/b.go', 'keys/a.go'] : ['keys/c/d.ts', 'keys/b.ts'];
      // What nobody looks up there is nobody's business.
      writeSettled(root, to, `${files[to]}\n// More.\n`);
      assert.deepEqual(await again(root, cache), await scanWhole(root, null));
      writeSettled(root, from, files[from]!.replace('pay-key', 'new-key'));
      const found = await again(root, cache);
      assert.deepEqual(
        found?.filter(({ role }) => role === 'check').map(({ key }) => key),
        ['new-key'],
      );
      assert.deepEqual(found, await scanWhole(root, null));
      writeSettled(root, to, name === 'Go' ? 'package keys\n\nconst Pay = "moved"\n' : "export const PAY = 'moved';\n");
      assert.equal(await again(root, cache), null, 'only a whole scan can tell');
    });

    it(`are read when an edit in ${name} looks them up`, async () => {
      const main = name === 'Go' ? 'main.go' : 'main.ts';
      const asks = files[main]!;
      const before = asks.replace(
        name === 'Go' ? 'keys.Pay' : 'getBooleanValue(PAY',
        name === 'Go' ? '"x"' : "getBooleanValue('x'",
      );
      const root = place(`${name} edited`, { ...files, [main]: before });
      const project = await open(root);
      await project.index();
      assert.deepEqual(keysIn(project), ['x']);
      project.host.openDocument(main, asks);
      // Barrels of barrels are read one after the other, as somebody types on.
      for (let step = 0; step < 4; step++) await project.fulfilWishes();
      assert.deepEqual(keysIn(project), ['pay-key']);
      assert.equal(await project.fulfilWishes(), 'nothing');
      const declaring = name === 'Go' ? 'keys/b.go' : 'keys/c/d.ts';
      writeSettled(root, declaring, files[declaring]!.replace('pay-key', 'new-key'));
      await project.filesChanged([declaring]);
      assert.deepEqual(keysIn(project), ['new-key']);
    });
  }

  async function open(root: string): Promise<Project> {
    const access = createDiskAccess(root, { git: false });
    return createProject({ grammars: await loadGrammars(), access, now: () => 0, ...FILES_ALONE });
  }

  function keysIn({ host }: Project): readonly (string | null)[] {
    return scanRecords(host.snapshot(0), () => true)
      .filter(({ role }) => role === 'check')
      .map(({ key }) => key);
  }
});
