/**
 * What indexing remembers. Whatever happened to the files in between, a run with a memory finds what a run without one finds;
 * and what is in the way of the memory, or in its file, costs time and nothing else.
 */
import assert from 'node:assert/strict';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { scanRecords } from '../../../server/src/core/flags/telling/scanRecords.ts';
import { openMemory } from '../../../server/src/sources/facts-cache/memoryOnDisk.ts';
import type { FileAccess } from '../../../server/src/sources/files/access.ts';
import { createDiskAccess } from '../../../server/src/sources/files/disk.ts';
import { createProject } from '../../../server/src/sources/project/project.ts';
import { loadGrammars } from '../../support/facts.ts';
import { FILES_ALONE } from '../../support/filesAlone.ts';
import { makeTemporaryFolder } from '../../support/temporaryFolder.ts';
import { FILES, randomNumbers, writeSettled } from './changingFiles.ts';

const PIECES = [
  "\nif (await released('c-key')) { }\n",
  "\nconst other = 'd-key';\n",
  '\nexport function asks(k: string) { return released(k); }\n',
  '\n// nothing\n',
  '\n)\n',
  '',
];

describe('the memory of indexing', () => {
  const folder = makeTemporaryFolder('memory');

  it('finds what a run without it finds, after any edits', async () => {
    const { root, cache } = place('edits');
    const random = randomNumbers(11);
    const names = Object.keys(FILES);
    for (let round = 0; round < 25; round++) {
      const remembered = await scan(root, cache);
      assert.deepEqual(remembered.found, (await scan(root, null)).found, `round ${round}`);
      const name = names[random(names.length)]!;
      const kind = random(4);
      if (kind === 0) rmSync(join(root, name), { force: true });
      else writeSettled(root, kind === 1 ? name : `new${random(3)}.ts`, FILES[name]! + PIECES[random(PIECES.length)]!);
    }
  });

  it('neither reads nor parses what did not change', async () => {
    const { root, cache } = place('unchanged');
    await scan(root, cache);
    const again = await scan(root, cache);
    assert.deepEqual(again.read.sort(), ['client.ts', 'flags.flagd.json', 'job.py', 'keys.ts', 'use.ts']);
    assert.equal(again.parsed, 0);
    writeSettled(root, 'use.ts', "import { released } from './client';\nreleased('e-key');\n");
    const changed = await scan(root, cache);
    assert.equal(changed.parsed, 1);
    assert.ok(changed.found.some(record => record.key === 'e-key'));
  });

  it('parses no text twice that comes back under another name', async () => {
    const { root, cache } = place('renamed');
    await scan(root, cache);
    writeSettled(root, 'moved.py', FILES['job.py']!);
    assert.equal((await scan(root, cache)).parsed, 0);
  });

  it('does not trust a file that was written a moment ago', async () => {
    const { root, cache } = place('moment');
    const now = new Date();
    const check = "import { released } from './client';\nreleased('two-key');\n";
    for (const text of ['//'.padEnd(check.length, '-'), check]) {
      await scan(root, cache);
      writeFileSync(join(root, 'dull.ts'), text);
      utimesSync(join(root, 'dull.ts'), now, now);
    }
    assert.ok((await scan(root, cache)).found.some(record => record.key === 'two-key'));
  });

  it('forgets what another edition of the program found', async () => {
    const { root, cache } = place('edition');
    await scan(root, cache, 'one');
    assert.ok((await scan(root, cache, 'two')).parsed > 0);
    assert.equal((await scan(root, cache, 'two')).parsed, 0);
  });

  it('takes a file that is cut, spoilt or foreign for none, and writes it anew', async () => {
    const { root, cache } = place('broken');
    const { found } = await scan(root, cache);
    const file = join(cache, readdirSync(cache).find(name => name.startsWith('facts-'))!);
    const whole = readFileSync(file);
    const spoilt = Buffer.from(whole);
    spoilt[whole.length - 10]! ^= 1;
    const broken = [0, 5, 20, 60, whole.length >> 1, whole.length - 1].map(length => whole.subarray(0, length));
    for (const bytes of [...broken, spoilt, Buffer.from('{"version":1}'), Buffer.alloc(1000, 7)]) {
      writeFileSync(file, bytes);
      const run = await scan(root, cache);
      assert.deepEqual(run.found, found);
      assert.ok(run.parsed > 0);
      assert.equal((await scan(root, cache)).parsed, 0);
    }
  });

  it('is written by many at once, and whole', async () => {
    const { root, cache } = place('many');
    const expected = (await scan(root, null)).found;
    const runs = await Promise.all(Array.from({ length: 6 }, () => scan(root, cache)));
    for (const { found } of runs) assert.deepEqual(found, expected);
    assert.equal((await scan(root, cache)).parsed, 0);
    assert.deepEqual(
      readdirSync(cache).filter(name => name.endsWith('.tmp')),
      [],
    );
  });

  it('is not kept inside the repository, nor where nothing can be written', async () => {
    const { root, cache } = place('nowhere');
    const access = createDiskAccess(root, { git: false });
    const inside = { directory: join(root, 'cache'), edition: 'one', now: Date.now };
    assert.equal(await openMemory(root, access, inside), null);
    assert.equal(await openMemory(root, access, { ...inside, directory: 'cache' }), null);
    writeFileSync(cache, 'a file stands here');
    assert.ok((await scan(root, cache)).found.length > 0);
  });

  it('does not follow a folder that became a link', async () => {
    const { root, cache } = place('link');
    writeSettled(root, 'folder/inner.ts', FILES['client.ts']!);
    const outside = place('outside').root;
    writeSettled(outside, 'inner.ts', FILES['client.ts']!);
    await scan(root, cache);
    rmSync(join(root, 'folder'), { recursive: true });
    symlinkSync(outside, join(root, 'folder'));
    assert.deepEqual((await scan(root, cache)).found, (await scan(root, null)).found);
  });

  function place(name: string): { root: string; cache: string } {
    const root = join(folder, name, 'repository');
    mkdirSync(root, { recursive: true });
    for (const [path, text] of Object.entries(FILES)) writeSettled(root, path, text);
    return { root, cache: join(folder, name, 'cache') };
  }
});

async function scan(root: string, cache: string | null, edition = 'one') {
  const grammars = await loadGrammars('typescript', 'python');
  const disk = createDiskAccess(root, { git: false });
  const read: string[] = [];
  let parsed = 0;
  const access: FileAccess = {
    ...disk,
    // The system's own time of a change is now, whatever `write` says of the other.
    stamp(path) {
      const found = disk.stamp?.(path) ?? null;
      if (found === null) return null;
      const { size, mtimeMs, ino } = statSync(join(root, path));
      return { text: `${size} ${mtimeMs} ${ino}`, changed: mtimeMs };
    },
    readBytes(path) {
      read.push(path);
      return disk.readBytes!(path);
    },
  };
  const project = createProject({
    grammars: {
      ...grammars,
      parseBeginning(...of) {
        parsed++;
        return grammars.parseBeginning(...of);
      },
    },
    access,
    now: () => 0,
    ...FILES_ALONE,
    ...(cache === null
      ? {}
      : { openMemory: () => openMemory(root, access, { directory: cache, edition, now: Date.now }) }),
  });
  await project.index();
  return { found: scanRecords(project.host.snapshot(0), () => true), read, parsed };
}
