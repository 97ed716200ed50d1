/**
 * A scan by what the last one left. Whatever happened to the files in between, what it tells is what a whole scan finds; and edits
 * that change no check's meaning do not stand in the way of telling it.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readScanState, writeScanState } from '../../../server/src/sources/facts-cache/scanState.ts';
import { createDiskAccess } from '../../../server/src/sources/files/disk.ts';
import { makeTemporaryFolder } from '../../support/temporaryFolder.ts';
import { randomNumbers, writeSettled } from './changingFiles.ts';
import { again, scanWhole } from './scanningAgain.ts';

const FILES: Readonly<Record<string, string>> = {
  'keys.ts': "export const A = 'a-key';\nexport const B = 'b-key';\n",
  'client.ts':
    "import { OpenFeature } from '@openfeature/server-sdk';\nconst client = OpenFeature.getClient();\nexport function released(key: string) {\n  return client.getBooleanValue(key, false);\n}\n",
  'lib/use.ts':
    "import { released } from '../client';\nimport { A } from '../keys';\nif (await released(A)) {\n  pay();\n}\n",
  'dull.ts': 'export const nothing = 1;\n',
  'job.py': 'from openfeature import api\nclient = api.get_client()\n\nclient.get_boolean_value("py-key", False)\n',
  'flags.flagd.json':
    '{"flags":{"a-key":{"state":"ENABLED","variants":{"on":true,"off":false},"defaultVariant":"on"}}}',
  'package.json': '{"name":"x"}',
  'docs/runbooks/pay.md': '---\nflags: [a-key]\n---\n# Pay\n',
  'large.ts': `// ${'x'.repeat(1024 * 1024)}\n`,
};

/** What is written in front of a file, in its middle or behind it. */
const PIECES = [
  '\n',
  '// nothing\n',
  '# nothing\n',
  '\n\n',
  '// released(A)\n',
  "released('c-key')\n",
  'const other = 1;\n',
];

describe('scanning again', () => {
  const folder = makeTemporaryFolder('scan-again');

  it('tells what a whole scan finds, after any edits', async () => {
    const { root, cache } = place('edits');
    const random = randomNumbers(31);
    const names = Object.keys(FILES).filter(name => name !== 'large.ts');
    let told = 0;
    await scanWhole(root, cache);
    for (let round = 0; round < 60; round++) {
      const name = names[random(names.length)]!;
      const kind = random(12);
      if (kind === 0) rmSync(join(root, name), { force: true });
      else if (kind === 1) writeSettled(root, `new${random(3)}.ts`, FILES['lib/use.ts']!);
      else writeSettled(root, name, withPiece(FILES[name]!, PIECES[random(PIECES.length)]!, random));
      const found = await again(root, cache);
      const whole = await scanWhole(root, null);
      if (found === null) await scanWhole(root, cache);
      else {
        told++;
        assert.deepEqual(found, whole, `round ${round}`);
      }
    }
    assert.ok(told >= 15, `told ${told} times`);
  });

  it('finds checks at their new places when only lines moved', async () => {
    const { root, cache } = place('moved');
    await scanWhole(root, cache);
    // By what the first one remembered, as workers would have sent it.
    await scanWhole(root, cache);
    const [before] = (await again(root, cache))!.filter(({ path }) => path === 'lib/use.ts');
    writeSettled(root, 'lib/use.ts', `// One.\n\n${FILES['lib/use.ts']!.replace('released(A)', 'released(  A )')}`);
    const told: string[] = [];
    const [after] = (await again(root, cache, [], undefined, how => told.push(how)))!.filter(
      ({ path }) => path === 'lib/use.ts',
    );
    assert.deepEqual(told, ['moved'], 'nothing is linked for that');
    assert.deepEqual([after!.line, after!.key], [before!.line + 2, before!.key]);
    assert.equal(after!.endColumn, before!.endColumn + 3);
    // What it left for the next one is as good as what a whole scan leaves.
    assert.deepEqual(await again(root, cache), await scanWhole(root, null));
  });

  it('reads no file that did not change', async () => {
    const { root, cache } = place('unchanged');
    await scanWhole(root, cache);
    writeSettled(root, 'dull.ts', 'export const nothing = 2;\n');
    const read: string[] = [];
    assert.ok(await again(root, cache, read));
    assert.deepEqual(read, ['dull.ts']);
  });

  for (const [what, edit] of Object.entries({
    'a check asks for another key': (root: string) =>
      writeSettled(root, 'lib/use.ts', FILES['lib/use.ts']!.replace('(A)', "('x')")),
    'a constant has another value': (root: string) =>
      writeSettled(root, 'keys.ts', FILES['keys.ts']!.replace('a-key', 'z-key')),
    'a word of the same length stands elsewhere': (root: string) =>
      writeSettled(root, 'keys.ts', FILES['keys.ts']!.replace('A =', 'C =')),
  }))
    it(`tells what a whole scan finds when ${what}, and links few files for it`, async () => {
      const { root, cache } = place(what.replaceAll(' ', '-'));
      const before = await scanWhole(root, cache);
      edit(root);
      const read: string[] = [];
      const found = await again(root, cache, read);
      assert.deepEqual(found, await scanWhole(root, null));
      assert.notDeepEqual(found, before);
      assert.ok(read.length <= 2, read.join(' '));
      // What it left for the next one is as good.
      assert.deepEqual(await again(root, cache), found);
    });

  for (const [what, edit] of Object.entries({
    'a flag came': (root: string) =>
      writeSettled(root, 'flags.flagd.json', FILES['flags.flagd.json']!.replace('a-key', 'b-key')),
    'a file came': (root: string) => writeSettled(root, 'new.ts', ''),
    'a file went': (root: string) => rmSync(join(root, 'dull.ts')),
    'a file asks the wrapper now': (root: string) => writeSettled(root, 'dull.ts', 'released("dull")\n'),
    'a file imports an SDK now': (root: string) => writeSettled(root, 'dull.ts', "import '@openfeature/server-sdk';\n"),
    'a file documents a toggle now': (root: string) =>
      writeSettled(root, 'job.py', `# .. toggle_name: py-key\n${FILES['job.py']}`),
    'a large file is small now': (root: string) => writeSettled(root, 'large.ts', '//\n'),
    'a file is large now': (root: string) => writeSettled(root, 'dull.ts', FILES['large.ts']!),
    'the configuration came': (root: string) => writeSettled(root, 'flagbook.json', '{}'),
    'the package is called otherwise': (root: string) => writeSettled(root, 'package.json', '{"name":"y"}'),
    'a folder is a link now': (root: string) => {
      renameSync(join(root, 'lib'), join(root, '..', 'elsewhere'));
      symlinkSync(join(root, '..', 'elsewhere'), join(root, 'lib'));
    },
  }))
    it(`tells nothing when ${what}`, async () => {
      const { root, cache } = place(what.replaceAll(' ', '-'));
      await scanWhole(root, cache);
      assert.notEqual(await again(root, cache), null);
      const list = await createDiskAccess(root, { git: false }).list();
      edit(root);
      // A list of git's still names what stands behind a link.
      const now = what === 'a folder is a link now' ? list : undefined;
      assert.equal(await again(root, cache, [], now), null);
    });

  it('tells nothing of another edition, or from a file that was spoilt or cut', async () => {
    const { root, cache } = place('spoilt');
    await scanWhole(root, cache);
    assert.equal(readScanState(root, { directory: cache, edition: '2' }), null);
    assert.notEqual(readScanState(root, { directory: cache, edition: '1' }), null);
    const file = () => join(cache, readdirSync(cache).find(name => name.startsWith('scan-'))!);
    const bytes = readFileSync(file());
    bytes[bytes.length - 3]! ^= 1;
    writeFileSync(file(), bytes);
    assert.equal(await again(root, cache), null);
    await scanWhole(root, cache);
    assert.notEqual(await again(root, cache), null);
    truncateSync(file(), 200);
    assert.equal(await again(root, cache), null);
  });

  it('is whole whoever writes at the same time', async () => {
    const { root, cache } = place('together');
    await scanWhole(root, cache);
    const options = { directory: cache, edition: '1' };
    const state = readScanState(root, options)!;
    await Promise.all(Array.from({ length: 20 }, () => writeScanState(root, options, state)));
    assert.notEqual(await again(root, cache), null);
    assert.deepEqual(
      readdirSync(cache).filter(name => name.endsWith('.tmp')),
      [],
    );
  });

  it('keeps nothing inside the repository', async () => {
    const { root, cache } = place('inside');
    await scanWhole(root, cache);
    const state = readScanState(root, { directory: cache, edition: '1' })!;
    await writeScanState(root, { directory: join(root, 'cache'), edition: '1' }, state);
    assert.equal(readdirSync(root).includes('cache'), false);
  });

  function place(name: string): { readonly root: string; readonly cache: string } {
    const root = join(folder, name, 'root');
    for (const [path, text] of Object.entries(FILES)) writeSettled(root, path, text);
    return { root, cache: join(folder, name, 'cache') };
  }
});

function withPiece(text: string, piece: string, random: (below: number) => number): string {
  const lines = text.split('\n');
  const at = random(lines.length);
  return `${lines.slice(0, at).join('\n')}${at === 0 ? '' : '\n'}${piece}${lines.slice(at).join('\n')}`;
}
