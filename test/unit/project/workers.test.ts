/**
 * Worker threads. What they find is what the main thread would have found alone, whatever becomes of them: one that breaks down or
 * never ends loses the file it was at, and one that can't be started loses nothing.
 */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { scanRecords } from '../../../server/src/core/flags/telling/scanRecords.ts';
import { openMemory } from '../../../server/src/sources/facts-cache/memoryOnDisk.ts';
import { createDiskAccess } from '../../../server/src/sources/files/disk.ts';
import { createLookAgain } from '../../../server/src/sources/project/fileQuestions.ts';
import { createProject } from '../../../server/src/sources/project/project.ts';
import { beginWorker } from '../../../server/src/sources/workers/begin.ts';
import { createWorkers, type PoolOptions } from '../../../server/src/sources/workers/pool.ts';
import { loadGrammars } from '../../support/facts.ts';
import { FILES_ALONE } from '../../support/filesAlone.ts';
import { makeTemporaryFolder } from '../../support/temporaryFolder.ts';
import { type BuiltWorkers, buildWorkers, ENDS_A_WORKER, HOLDS_A_WORKER } from '../../support/workers.ts';
import { randomNumbers } from './changingFiles.ts';

/** More than indexing does without workers. */
const FILES = 900;

describe('worker threads', () => {
  const folder = makeTemporaryFolder('pool');
  let built: BuiltWorkers;
  before(async () => {
    built = await buildWorkers('tree-sitter-typescript', 'tree-sitter-python');
  });

  it('find what one thread finds, in repositories drawn by chance', async () => {
    for (const seed of [1, 2]) {
      const root = repository(`chance-${seed}`, randomNumbers(seed));
      const alone = await scan(root, null);
      assert.ok(alone.found.length > 50, String(alone.found.length));
      const shared = await scan(root, {});
      assert.ok(shared.batches > 0);
      assert.deepEqual(shared.found, alone.found);
      assert.deepEqual(shared.summary.skipped, alone.summary.skipped);
      assert.equal(shared.summary.parsed, alone.summary.parsed);
      assert.equal(shared.parsedHere, 0);
    }
  });

  it('may have been started before, but for those that ended meanwhile', async () => {
    const root = repository('begun', randomNumbers(1));
    const program = { root, ...built, known: null, optimises: 'as usual' as const, niceness: 0, count: 2 };
    const [ended, lives] = [beginWorker(program), beginWorker(program)];
    const results = new Map([ended, lives].map(begun => [begun, 0]));
    for (const begun of [ended, lives]) begun.worker.on('message', () => results.set(begun, results.get(begun)! + 1));
    ended.end();
    const shared = await scan(root, { begun: [ended, lives] });
    assert.deepEqual(shared.found, (await scan(root, null)).found);
    assert.equal(results.get(ended), 0);
    assert.ok(results.get(lives)! > 0);
  });

  it('end while files are linked where memory is scarce, and start again for what is wished for then', async () => {
    const root = repository('scarce', randomNumbers(2));
    const alone = await scan(root, null);
    const scarce = await scan(root, { room: 0 });
    assert.deepEqual(scarce.found, alone.found);
    assert.deepEqual(scarce.summary.skipped, alone.summary.skipped);
    assert.equal(scarce.parsedHere, 0);
  });

  it('are helped by the thread that hands out the work, until it can parse no more', async () => {
    const root = repository('helped', randomNumbers(9));
    const alone = await scan(root, null);
    for (const most of [5, FILES]) {
      const helped = await scan(root, { count: 1 }, { parsesHere: most });
      assert.deepEqual(helped.found, alone.found);
      assert.deepEqual(helped.summary.skipped, alone.summary.skipped);
      assert.equal(helped.summary.parsed, alone.summary.parsed);
      assert.ok(most === 5 ? helped.parsedHere === 5 : helped.parsedHere > 5, String(helped.parsedHere));
    }
  });

  it('fill the memory with what the next run needs', async () => {
    const root = repository('memory', randomNumbers(4));
    const cache = join(folder, 'cache');
    const first = await scan(root, {}, { cache });
    const next = await scan(root, {}, { cache });
    assert.deepEqual(next.found, first.found);
    assert.equal(next.parsedHere, 0);
  });

  it('lose the one file that ends a worker, and the one that holds it, and say so once', async () => {
    const root = repository('broken', randomNumbers(5));
    const expected = (await scan(root, {})).found;
    const path = 'pkg3/file.ts';
    for (const word of [ENDS_A_WORKER, HOLDS_A_WORKER]) {
      write(root, path, `import { isOn } from '../client';\n// ${word}\nisOn('lost');\n`);
      const { found, summary, notices } = await scan(root, { patience: 6000 });
      assert.deepEqual(found, expected);
      assert.deepEqual([...summary.skipped], [['failed', 1]]);
      assert.deepEqual(notices, ['1 file makes the parser break down, and is not read.']);
    }
  });

  it('are done without where they can not be started', async () => {
    const root = repository('missing', randomNumbers(6));
    const { found, summary } = await scan(root, { script: join(folder, 'nowhere.js') });
    assert.deepEqual(found, (await scan(root, null)).found);
    assert.equal(summary.skipped.size, 0);
  });

  it('end when indexing is called off', async () => {
    const root = repository('called-off', randomNumbers(7));
    for (const when of [1, 20]) {
      const stop = new AbortController();
      let asked = 0;
      // Whoever asks whether somebody types is the pool, before it hands out work.
      const isBusy = (): boolean => {
        if (++asked === when) stop.abort(new Error('called off'));
        return false;
      };
      await assert.rejects(scan(root, { isBusy }, { signal: stop.signal }), /called off/);
    }
    assert.deepEqual((await scan(root, {})).found, (await scan(root, null)).found);
  });

  it('leave all but one to rest while somebody types', async () => {
    const root = repository('typing', randomNumbers(8));
    const { found } = await scan(root, { isBusy: () => true });
    assert.deepEqual(found, (await scan(root, null)).found);
  });

  function repository(name: string, random: (limit: number) => number): string {
    const root = join(folder, name);
    write(
      root,
      'client.ts',
      "import { OpenFeature } from '@openfeature/server-sdk';\nconst client = OpenFeature.getClient();\nexport const isOn = (key: string) => client.getBooleanValue(key, false);\n",
    );
    write(root, 'keys.ts', "export const KEYS = { first: 'first-key', second: 'second-key' } as const;\n");
    for (let at = 0; at < FILES; at++) {
      const { ending, text } = sourceOf(random, String(at));
      write(root, `pkg${at % 30}/file${at}.${ending}`, text);
    }
    return root;
  }

  async function scan(
    root: string,
    workers: Partial<PoolOptions> | null,
    { cache, signal, parsesHere }: { cache?: string; signal?: AbortSignal; parsesHere?: number } = {},
  ) {
    const grammars = await loadGrammars('typescript', 'python');
    const access = createDiskAccess(root, { git: false });
    let parsedHere = 0;
    let batches = 0;
    const project = createProject({
      grammars: {
        ...grammars,
        parseBeginning(...of) {
          parsedHere++;
          return grammars.parseBeginning(...of);
        },
      },
      access,
      now: () => 0,
      ...FILES_ALONE,
      ...(workers === null
        ? {}
        : {
            startWorkers(known: readonly string[] | null) {
              const look = createLookAgain(access.readBytes!, 1024 * 1024);
              const here = { look, isFit: () => parsedHere < parsesHere! };
              const part = parsesHere === undefined ? {} : { here };
              const options = {
                root,
                ...built,
                known,
                optimises: 'as usual' as const,
                niceness: 0,
                count: 2,
                ...part,
                ...workers,
              };
              const pool = createWorkers(options);
              return {
                ...pool,
                look(...of: Parameters<typeof pool.look>) {
                  batches++;
                  return pool.look(...of);
                },
              };
            },
          }),
      // Times are a day ahead, so that files written just now count as settled.
      ...(cache === undefined
        ? {}
        : {
            openMemory: () =>
              openMemory(root, access, { directory: cache, edition: 'one', now: () => Date.now() + 86_400_000 }),
          }),
    });
    const summary = await project.index({ signal });
    const snapshot = project.host.snapshot(0);
    const notices = snapshot.notices.map(({ message }) => message);
    return { found: scanRecords(snapshot, () => true), summary, parsedHere, batches, notices };
  }
});

/** A file that checks flags in one of several ways, that only looks like it, or that has nothing to do with them. */
function sourceOf(random: (limit: number) => number, name: string): { ending: string; text: string } {
  switch (random(9)) {
    case 0:
      return {
        ending: 'ts',
        text: `import { isOn } from '../client';\nimport { KEYS } from '../keys';\nif (isOn(KEYS.${random(2) ? 'first' : 'second'})) go();\n`,
      };
    case 1:
      return {
        ending: 'ts',
        text: `import { OpenFeature } from '@openfeature/server-sdk';\nexport const ask${name} = (key: string) => OpenFeature.getClient().getStringValue(\`team-\${key}\`, '${random(9)}');\n`,
      };
    case 2:
      return {
        ending: 'py',
        text: `from openfeature import api\nclient = api.get_client()\nif client.get_boolean_value("py-${random(50)}", False):\n    pass\n`,
      };
    case 3:
      return { ending: 'ts', text: `// isEnabled, but nobody asks\nexport const grün = 'ä😀';\n` };
    case 4:
      return { ending: 'ts', text: `export function broken( { isEnabled('x-${random(9)}'\n` };
    case 5:
      return {
        ending: 'ts',
        text: `import { isOn } from '../client';\nexport const directly = () => isOn('direct-${random(90)}');\n`,
      };
    default:
      return { ending: random(2) ? 'ts' : 'py', text: `x = ${random(1000)}\n` };
  }
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
