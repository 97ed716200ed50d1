// Texts that a parser takes too long over, or that nest too deeply: what was read is used, and the rest is counted and told.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { skippedText } from '../../../server/src/cli/skipped.ts';
import { readFacts } from '../../../server/src/core/languages/extract.ts';
import { createGrammars } from '../../../server/src/core/languages/grammars.ts';
import { createDiskAccess } from '../../../server/src/sources/files/disk.ts';
import { createProject } from '../../../server/src/sources/project/project.ts';
import { LANGUAGES } from '../../support/facts.ts';
import { FILES_ALONE } from '../../support/filesAlone.ts';
import { makeTemporaryFolder } from '../../support/temporaryFolder.ts';
import { readWasm } from '../../support/wasm.ts';

const HEAD = "import { OpenFeature } from '@openfeature/server-sdk';\nconst client = OpenFeature.getClient();\n";
const lines = (count: number): string =>
  Array.from({ length: count }, (_, at) => `if (await client.getBooleanValue('flag-${at}', false)) go(${at});\n`).join(
    '',
  );

/** A parser's first patience, in milliseconds. */
const PATIENCE = 20_000;

/** Grammars by a clock that goes on by `step` milliseconds each time it is looked at, until it stands at `slowUntil`. */
async function slowGrammars(step: number, slowUntil = PATIENCE + 10 * step) {
  const clock = { now: 0, slowUntil };
  const grammars = await createGrammars(readWasm, () => {
    clock.now += clock.now < clock.slowUntil ? step : 0.001;
    return clock.now;
  });
  await grammars.load([LANGUAGES.typescript]);
  return { clock, grammars };
}

describe('texts that the parser takes too long over', () => {
  it('give the facts of their beginning, and none of what is cut', async () => {
    const { grammars } = await slowGrammars(100);
    const text = HEAD + lines(3000);
    const cut = readFacts(grammars, LANGUAGES.typescript, text);
    assert.ok(cut.kind === 'beginning', cut.kind);
    const whole = readFacts(grammars, LANGUAGES.typescript, text);
    assert.ok(whole.kind === 'whole');
    const { calls } = cut.facts;
    assert.ok(calls.length > 100 && calls.length < whole.facts.calls.length, String(calls.length));
    const complete = whole.facts.calls.slice(0, calls.length);
    assert.deepEqual(calls, complete, 'as far as they go, the calls of the whole');
  });

  it('leave the parser as it was for the next one', async () => {
    const { grammars } = await slowGrammars(100);
    assert.equal(readFacts(grammars, LANGUAGES.typescript, HEAD + lines(3000)).kind, 'beginning');
    const next = readFacts(grammars, LANGUAGES.typescript, 'a(b);\n');
    assert.ok(next.kind === 'whole');
    assert.deepEqual(next.facts, (await fresh('a(b);\n')).facts);
  });

  it('do not use up the patience that ordinary texts need', async () => {
    const { clock, grammars } = await slowGrammars(20, Number.POSITIVE_INFINITY);
    const ordinary = HEAD + lines(100);
    assert.equal(readFacts(grammars, LANGUAGES.typescript, ordinary).kind, 'whole', 'slow, as a busy machine is');
    // Each of these is stopped, and takes three quarters of the patience that is left.
    for (let at = 0; at < 6; at++) {
      clock.now = 0;
      grammars.parse('typescript', HEAD + lines(3000), null);
    }
    const before = clock.now;
    assert.equal(readFacts(grammars, LANGUAGES.typescript, ordinary + lines(100)).kind, 'whole');
    assert.ok(clock.now - before > 250, 'more than the least patience');
  });
});

describe('a scan', () => {
  it('says how many files nest too deeply, take too long or are cut, and what is lost', () => {
    const text = skippedText({
      files: 9,
      skipped: new Map([
        ['nested', 1],
        ['slow', 2],
        ['cut', 3],
      ]),
    });
    assert.match(
      text,
      /^Looked at 9 files; left out: 1 nested too deeply .*not found\), 2 .*too long .*not found\), the rest of 3 .*in their beginning are found\)\.$/,
    );
  });

  it('counts them, and the editor is told', async () => {
    const root = makeTemporaryFolder('given-up');
    const write = (path: string, text: string): void => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    };
    write('src/deep.ts', `${HEAD}client.getBooleanValue('deep', ${'{a: '.repeat(5_000)}`);
    write('src/long.ts', HEAD + lines(3000));
    const { grammars } = await slowGrammars(100);
    const access = createDiskAccess(root, { git: false });
    const project = createProject({ grammars, access, now: () => 0, ...FILES_ALONE });
    const { skipped } = await project.index();
    assert.deepEqual([...skipped].sort(), [
      ['cut', 1],
      ['nested', 1],
    ]);
    const { files, notices } = project.host.snapshot(0);
    assert.ok(files.get('src/long.ts')!.checks.length > 100);
    const told = notices.map(({ message }) => message);
    assert.equal(told.length, 2);
    assert.match(told[0]!, /^1 file .*too deeply; checks in it are not known/);
    assert.match(told[1]!, /^1 file .*too long: .*only checks in the beginning are known/);
    project.dispose();
  });
});

async function fresh(text: string) {
  const grammars = await createGrammars(readWasm);
  await grammars.load([LANGUAGES.typescript]);
  const read = readFacts(grammars, LANGUAGES.typescript, text);
  assert.ok(read.kind === 'whole');
  return read;
}
