// Links of one folder that several processes keep at once: whoever reads them gets what one of them wrote, whole, or nothing.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readLinks } from '../../../server/src/sources/facts-cache/linkFile.ts';
import { makeTemporaryFolder } from '../../support/temporaryFolder.ts';

const ROUNDS = 60;

interface Written {
  readonly name: string | null;
  readonly says: string;
  /** What the facts of the files say that were not written again. */
  readonly facts: string;
}

describe('links that several processes keep', () => {
  it('are read as one of them wrote them, or not at all', async function () {
    this.timeout(60_000);
    const [root, directory] = [makeTemporaryFolder('links-root'), makeTemporaryFolder('links')];
    let [whole, gone] = [0, 0];
    const look = (written: Written): void => {
      const holds = written.name !== null && isWhole(root, directory, written.name, written);
      if (holds) whole++;
      else gone++;
    };
    const waiting: Written[] = [];
    const writers = ['a', 'b'].map(name => start(root, directory, name, ROUNDS, written => waiting.push(written)));
    let isOver = false;
    const over = Promise.all(writers).finally(() => {
      isOver = true;
    });
    // The last names as often as possible: they are those that may be there still, and may be replaced at any moment.
    while (!isOver) {
      for (const written of waiting.slice(-4)) look(written);
      await new Promise(resolve => setImmediate(resolve));
    }
    await over;
    assert.equal(waiting.filter(({ name }) => name === null).length, 0, 'each of them was kept');
    assert.ok(waiting.length > ROUNDS * 2, 'some were written again');
    assert.ok(whole > 0 && gone > 0, `${whole} were read and ${gone} were gone: both have to happen here.`);
    await start(root, directory, 'last', 2, written => waiting.push(written));
    assert.ok(isWhole(root, directory, waiting.at(-1)!.name!, waiting.at(-1)!));
    assert.equal(readdirSync(directory).filter(name => name.endsWith('.tmp')).length, 0);
    assert.equal(readdirSync(directory).length, 2);
  });
});

/** Whether the links of this name are there; they have to say what was written then. */
function isWhole(root: string, directory: string, name: string, { says, facts }: Written): boolean {
  const links = readLinks(root, { directory, edition: 'test' }, name);
  if (links === null) return false;
  assert.equal(links.memory, says);
  assert.equal(links.paths.length, 40);
  for (const path of links.paths) {
    const expected = path === 'src/7.ts' ? says : facts;
    assert.equal(Buffer.from(links.factsOf(path)).toString(), `${expected} `.repeat(500), `${path} of ${says}`);
  }
  links.close();
  return true;
}

async function start(root: string, directory: string, name: string, rounds: number, use: (written: Written) => void) {
  const program = join(import.meta.dirname, '..', '..', 'support', 'writeLinks.ts');
  const args = ['--import', 'tsx', program, root, directory, name, String(rounds)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  createInterface(child.stdout).on('line', line => use(JSON.parse(line) as Written));
  const [code] = await once(child, 'close');
  assert.equal(code, 0);
}
