// What a keystroke costs in a repository of 500 flags and 5,000 checks, in process: the incremental parse, the linking of all checks, and the
// snapshot made of them. Checks stand in files of every kind that links in a way of its own, through constants, wrappers and
// accessors that other files declare. The sources are bundled as the product's are, because what runs under a test's loader is
// slower than what ships.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadBundled } from './bundled.ts';
import type { Bench } from './main.ts';
import { manyChecks } from './manyChecks.ts';
import { blockRow, type Row, rowWithin } from './table.ts';

const TIMES = 60;
const LIMIT = 20;

/** What is bundled. */
const ENTRY = `
export { createHost } from './server/src/core/host.ts';
export { languagesOf } from './server/src/core/languages/registry.ts';
export { createGrammars } from './server/src/core/languages/grammars.ts';
export { decodeFlagFile } from './server/src/sources/flag-systems/registry.ts';
export { createPauses } from './server/src/sources/project/pauses.ts';
`;

interface Core {
  readonly createHost: typeof import('../../server/src/core/host.ts').createHost;
  readonly languagesOf: typeof import('../../server/src/core/languages/registry.ts').languagesOf;
  readonly createGrammars: typeof import('../../server/src/core/languages/grammars.ts').createGrammars;
  readonly decodeFlagFile: import('../../server/src/core/hostInterface.ts').DecodeFlagFile;
  readonly createPauses: typeof import('../../server/src/sources/project/pauses.ts').createPauses;
}

export async function measureKeystrokes({ dist, scratch }: Bench): Promise<readonly Row[]> {
  const core = await loadBundled<Core>(ENTRY, join(scratch, 'core.mjs'));
  const grammars = await core.createGrammars(name => readFile(join(dist, 'wasm', `${name}.wasm`)));
  const files = manyChecks();
  await grammars.load(core.languagesOf(files.keys()));
  const host = core.createHost({ grammars, decodeFlagFile: core.decodeFlagFile, now: () => 0 });
  host.setPaths(files.keys(), new Map());
  for (const [path, text] of files) host.setText(path, text);
  const checks = [...host.snapshot(0).checks.values()].flat().filter(({ role }) => role === 'check').length;
  const blocks: number[] = [];
  /** Links as the server does before it answers: what concerns all files is linked in parts. */
  const link = async (): Promise<void> => {
    const pause = core.createPauses();
    let resumed = performance.now();
    await host.prepareLinks(() => {
      const others = pause();
      if (others === undefined) return undefined;
      blocks.push(performance.now() - resumed);
      return others.then(() => {
        resumed = performance.now();
      });
    });
    host.snapshot(0);
    blocks.push(performance.now() - resumed);
  };
  const type = async (path: string, at: number, oldEnd: number, word: string): Promise<readonly number[]> => {
    const text = files.get(path)!;
    host.openDocument(path, text);
    host.snapshot(0);
    const times: number[] = [];
    for (let round = 0; round < TIMES; round++) {
      const started = performance.now();
      const edit =
        round % 2 === 0
          ? { start: at, oldEnd, inserted: word }
          : { start: at, oldEnd: at + word.length, inserted: text.slice(at, oldEnd) };
      host.editDocument(path, [edit]);
      await link();
      times.push(performance.now() - started);
    }
    host.closeDocument(path);
    return times;
  };
  const where = `${host.snapshot(0).flags.size} flags, ${checks} checks`;
  const rowOf = async ([what, path, word, before, taken]: Place): Promise<Row> => {
    const text = files.get(path)!;
    const at = (typeof before === 'string' ? text.indexOf(before) + before.length : text.length) - (taken ?? 0);
    return rowWithin(`keystroke ${what} linked, ${where}`, await type(path, at, at + (taken ?? 0), word), LIMIT);
  };
  const rows: Row[] = [];
  for (const place of PLACES) rows.push(await rowOf(place));
  rows.push(blockRow('longest block of all of these', blocks));
  return rows;
}

/** What is typed where, and taken back: the words stand behind `before` (null: at the end), in the place of `taken` characters. */
type Place = readonly [what: string, path: string, word: string, before: string | null, taken?: number];

const PART = 'src/part7.ts';
const PLACES: readonly Place[] = [
  ['in a comment', PART, 'x', '    // '],
  ['in a number', PART, '7', 'let total = '],
  ['in a called name', PART, 'x', 'logger.debug'],
  ['in a local name', PART, 'x', 'const parts'],
  ['in a key', PART, 'x', "'flag-"],
  ['of a function declared and taken back', PART, 'export function added() {}\n', null],
  ['of an import declared and taken back', PART, "import { other } from './other';\n", 'getClient();\n'],
  ['in the key of a constant used elsewhere', 'src/constants.ts', 'x', "FLAG_250 = 'flag-2"],
  ['in the name of a constant used elsewhere', 'src/constants.ts', 'X', 'FLAG_25', 1],
  ['of a constant added', 'src/constants.ts', "export const ADDED = 'flag-1';\n", null],
  ['in a file of wrappers', 'src/released.ts', 'const x = 1;\n', 'Promise<boolean> {\n'],
  ['in the name of a wrapper', 'src/released.ts', 'x', 'isReleased'],
  ['in the key that a function asks', 'src/released.ts', '1', "'flag-0"],
];
