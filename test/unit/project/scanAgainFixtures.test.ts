/**
 * Scans by what the last one left, over the fixtures of all languages: after any edits of theirs, what is told is what a whole scan finds that holds
 * everything, though the last one set aside whatever says nothing by itself (`linking/alone.ts`).
 */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { languageOfPath } from '../../../server/src/core/languages/registry.ts';
import { parseFixture } from '../../support/fixture.ts';
import { makeTemporaryFolder } from '../../support/temporaryFolder.ts';
import { editedAt, fixturesOfChecks, randomNumbers } from '../checks/editedFixtures.ts';
import { writeSettled } from './changingFiles.ts';
import { again, scanWhole } from './scanningAgain.ts';

/** How often each fixture is edited. More find more. */
const EDITS = Number(process.env.SCAN_EDITS ?? 1);

describe('scanning the fixtures of all languages again', () => {
  const folder = makeTemporaryFolder('scan-fixtures');

  for (const [name, fixtures] of fixturesOfChecks()) {
    it(`tells what a whole scan finds: ${fixtures.length} fixtures of ${name}`, async function () {
      this.timeout(Math.max(240_000, EDITS * 60_000));
      const random = randomNumbers(name.length * 7 + fixtures.length);
      for (const [index, source] of fixtures.entries()) {
        const { files } = parseFixture(source);
        const root = join(folder, name.replaceAll('/', '-'), String(index), 'root');
        const cache = join(root, '..', 'cache');
        for (const [path, text] of files) writeSettled(root, path, text);
        const sources = [...files.keys()].filter(path => languageOfPath(path) !== null);
        const texts = new Map(files);
        await scanWhole(root, cache, { setsAsideFrom: 0 });
        for (let edit = 0; edit < EDITS && sources.length > 0; edit++) {
          const path = sources[random(sources.length)]!;
          const other = texts.get(sources[random(sources.length)]!)!;
          const text = editedAt(random, texts.get(path)!, other, files.get(path)!);
          const before = texts.get(path)!;
          texts.set(path, text);
          writeSettled(root, path, text);
          const found = await again(root, cache);
          if (found === null) await scanWhole(root, cache, { setsAsideFrom: 0 });
          else assert.deepEqual(found, await scanWhole(root, null), `${source}\n${path} from\n${before}\nto\n${text}`);
        }
        rmSync(join(root, '..'), { recursive: true, force: true });
      }
    });
  }
});
