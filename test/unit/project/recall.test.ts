/**
 * What a reading recalls of the last one. Whatever happened to the files in between, what is recalled is what a whole reading
 * finds; and what mattered to nobody's checks does not stand in the way of recalling.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openMemory, openReading } from '../../../server/src/sources/facts-cache/memoryOnDisk.ts';
import { createDiskAccess } from '../../../server/src/sources/files/disk.ts';
import { createProject } from '../../../server/src/sources/project/project.ts';
import { loadGrammars } from '../../support/facts.ts';
import { FILES_ALONE } from '../../support/filesAlone.ts';
import { makeTemporaryFolder } from '../../support/temporaryFolder.ts';
import { FILES as CODE, randomNumbers, writeSettled } from './changingFiles.ts';

const FILES: Readonly<Record<string, string>> = {
  ...CODE,
  'docs/runbooks/pay.md': '---\nflags: [a-key]\n---\n# Pay\n',
  'values.yaml': 'replicas: 2\n',
};

const PIECES = [
  "\nif (await released('c-key')) { }\n",
  "\nconst other = 'd-key';\n",
  '\nexport function asks(k: string) { return released(k); }\n',
  '\n// nothing\n',
  '',
];

describe('recalling the last reading', () => {
  const folder = makeTemporaryFolder('recall');

  it('gives what a whole reading finds, after any edits', async () => {
    const { root, cache } = place('edits');
    const random = randomNumbers(29);
    const names = Object.keys(FILES);
    let recalled = 0;
    for (let round = 0; round < 40; round++) {
      await readWhole(root, cache);
      for (let edits = random(2); edits >= 0; edits--) {
        const name = names[random(names.length)]!;
        const kind = random(9);
        if (kind === 0) rmSync(join(root, name), { force: true });
        else if (kind > 3) writeSettled(root, 'dull.ts', `export const nothing = ${round};\n`);
        else
          writeSettled(root, kind === 2 ? name : `new${random(3)}.ts`, FILES[name]! + PIECES[random(PIECES.length)]!);
      }
      const found = await recall(root, cache);
      if (found === null) continue;
      recalled++;
      assert.deepEqual(found, await readWhole(root, null), `round ${round}`);
    }
    assert.ok(recalled >= 8, `recalled ${recalled} times`);
  });

  it('reads no source that did not change', async () => {
    const { root, cache } = place('unchanged');
    await readWhole(root, cache);
    writeSettled(root, 'dull.ts', 'export const nothing = 2;\n');
    const read: string[] = [];
    assert.ok(await recall(root, cache, read));
    assert.deepEqual(read.sort(), ['docs/runbooks/pay.md', 'dull.ts', 'flags.flagd.json']);
  });

  for (const [what, edit] of Object.entries({
    'a file with checks was edited': (root: string) =>
      writeSettled(root, 'use.ts', FILES['use.ts']!.replace('A)', "'x')")),
    'a flag came': (root: string) =>
      writeSettled(root, 'flags.flagd.json', FILES['flags.flagd.json']!.replace('a-key', 'b-key')),
    'a file came': (root: string) => writeSettled(root, 'new.ts', ''),
    'a file went': (root: string) => rmSync(join(root, 'dull.ts')),
    'a file asks the wrapper now': (root: string) => writeSettled(root, 'dull.ts', 'released("dull")\n'),
    'the configuration came': (root: string) => writeSettled(root, 'flagbook.json', '{}'),
    'the package is called otherwise': (root: string) => writeSettled(root, 'package.json', '{"name":"y"}'),
  }))
    it(`recalls nothing when ${what}`, async () => {
      const { root, cache } = place(what.replaceAll(' ', '-'));
      await readWhole(root, cache);
      edit(root);
      assert.equal(await recall(root, cache), null);
    });

  it('recalls nothing of another edition, or from a file that was spoilt', async () => {
    const { root, cache } = place('spoilt');
    await readWhole(root, cache);
    assert.equal(await openReading(root, { directory: cache, edition: '2' }), null);
    const name = readdirSync(cache).find(file => file.startsWith('reading-'))!;
    const bytes = readFileSync(join(cache, name));
    bytes[bytes.length - 3]! ^= 1;
    writeFileSync(join(cache, name), bytes);
    assert.equal(await recall(root, cache), null);
    await readWhole(root, cache);
    assert.notEqual(await recall(root, cache), null);
  });

  function place(name: string): { readonly root: string; readonly cache: string } {
    const root = join(folder, name);
    for (const [path, text] of Object.entries(FILES)) writeSettled(root, path, text);
    return { root, cache: join(folder, `${name}-cache`) };
  }
});

const SETTINGS = { edition: '1', now: () => Date.now() + 60_000 };

async function project(root: string, cache: string | null, read: string[] = []) {
  const disk = createDiskAccess(root, { git: false });
  const access = {
    ...disk,
    async read(path: string) {
      if (existsSync(join(root, path))) read.push(path);
      return disk.read(path);
    },
  };
  return createProject({
    grammars: await loadGrammars(),
    access,
    now: () => 0,
    ...FILES_ALONE,
    openMemory: async () => (cache === null ? null : openMemory(root, disk, { directory: cache, ...SETTINGS })),
    openReading: async () => (cache === null ? null : openReading(root, { directory: cache, ...SETTINGS })),
  });
}

type Project = Awaited<ReturnType<typeof project>>;

function findings({ host }: Project) {
  const { checks, flags, runbooks } = host.snapshot(0);
  return { checks: [...checks].sort(byKey), flags: [...flags].sort(byKey), runbooks };
}

function byKey([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}

async function readWhole(root: string, cache: string | null) {
  const whole = await project(root, cache);
  await whole.index();
  return JSON.parse(JSON.stringify(findings(whole)));
}

async function recall(root: string, cache: string, read: string[] = []) {
  const asked = await project(root, cache, read);
  return (await asked.recall()) ? JSON.parse(JSON.stringify(findings(asked))) : null;
}
