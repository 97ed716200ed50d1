// Which files a scan looks at when git says which are as its index has them: whatever is edited between scans, all that changed are among them.
import assert from 'node:assert/strict';
import { lstatSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  readScanState,
  type ScanState,
  STAMP_FIELDS,
  writeScanState,
} from '../../../server/src/sources/facts-cache/scanState.ts';
import { createDiskAccess } from '../../../server/src/sources/files/disk.ts';
import { compareToIndex, differingFrom, watchedFiles } from '../../../server/src/sources/git/indexComparison.ts';
import { asIndexedNow, withoutDiffering } from '../../../server/src/sources/project/indexedStamps.ts';
import { scanAgain } from '../../../server/src/sources/project/scanAgain.ts';
import { createRandom } from '../../support/random.ts';
import { makeTemporaryFolder } from '../../support/temporaryFolder.ts';
import { createRepository, removeTemporaryDirectories } from '../git/repositories.ts';

const later = () => Date.now() + 60_000;

describe('stamps by the index of git', () => {
  after(removeTemporaryDirectories);

  it('leave out files that are as they were, and none that changed', async () => {
    const random = createRandom(7);
    const { root, git, write, commit } = createRepository();
    const names = Array.from({ length: 60 }, (_, index) => `${['a', 'b/c', 'B', 'é'][index % 4]}/${index}.ts`).sort();
    for (const name of names) write(name, `${name} 0000`);
    commit('2024-01-01');
    for (const name of names) utimesSync(join(root, name), 1, 1);
    git('update-index', '--refresh');
    git('update-index', '--assume-unchanged', names[3]!);
    let state = await indexed(root, stateOf(root, names));
    assert.equal(state.asIndexed.filter(byte => byte === 1).length, names.length - 1);
    for (let round = 0; round < 40; round++) {
      for (let edit = 0; edit < random.between(1, 4); edit++) {
        const name = random.chance(0.2) ? names[3]! : random.pick(names);
        const path = join(root, name);
        const next = `${name} ${random.between(1000, 9999)}`;
        const how = random.between(0, 4);
        if (how === 0) utimesSync(path, 1, 10 + round);
        else if (how === 1) writeFileSync(path, next);
        else if (how === 2) writeFileSync(path, `${next}\n`);
        else if (how === 3) git('checkout', '--', name);
        else {
          // Another file in its place, as old.
          writeFileSync(join(root, 'draft'), next);
          utimesSync(join(root, 'draft'), 1, 1);
          renameSync(join(root, 'draft'), path);
        }
      }
      const changesIndex = random.chance(0.2);
      if (changesIndex) git('add', '.');
      const expected = changedSince(root, state);
      const read: string[] = [];
      const differing = await differingFrom(compareToIndex(root)!);
      assert.notEqual(differing, null);
      const isSameIndex = state.head.listedBy?.index === compareToIndex(root)?.index;
      const scanned = await scan(root, state, isSameIndex ? differing : null, read);
      assert.deepEqual(read.sort(), expected, `round ${round}`);
      state = isSameIndex ? scanned : await indexed(root, scanned);
    }
    assert.ok(state.asIndexed.includes(1));
  });

  it('say nothing of a file that changed just before the scan', async () => {
    const { root, write, commit } = createRepository();
    write('a.ts', 'one');
    commit('2024-01-01');
    const state = stateOf(root, ['a.ts']);
    const [watched, differing] = [(await watchedFiles(root))!, (await differingFrom(compareToIndex(root)!))!];
    assert.deepEqual([...asIndexedNow(state, watched, differing, Date.now())], [0]);
    assert.deepEqual([...asIndexedNow(state, watched, differing, later())], [1]);
    assert.deepEqual([...asIndexedNow(state, watched, new Set(['a.ts']), later())], [0]);
    assert.deepEqual([...asIndexedNow(state, new Set(), differing, later())], [0]);
    state.stamps.fill(Number.NaN);
    assert.deepEqual([...asIndexedNow(state, watched, differing, later())], [0]);
  });

  it('are of no use without what git says now', async () => {
    const { root, write, commit } = createRepository();
    write('a.ts', 'one');
    write('b.ts', 'one');
    commit('2024-01-01');
    const state = await indexed(root, stateOf(root, ['a.ts', 'b.ts']));
    assert.deepEqual([...state.asIndexed], [1, 1]);
    write('b.ts', 'three');
    const read: string[] = [];
    const scanned = await scan(root, state, null, read);
    assert.deepEqual(read, ['b.ts']);
    assert.deepEqual([...scanned.asIndexed], [0, 0]);
  });

  it('find names in a sorted list, and pass over those that are not in it', () => {
    const paths = ['B/a', 'a', 'a/b', 'é', '旗'];
    const state = { ...stateOf('', []), paths, asIndexed: Uint8Array.from([1, 1, 1, 1, 1]) };
    for (const [index, path] of paths.entries()) {
      const left = withoutDiffering(state, new Set([path, 'A', '', 'zz', '旗旗']));
      assert.deepEqual(
        [...left].map((byte, at) => (byte === 0 ? at : -1)).filter(at => at >= 0),
        [index],
      );
    }
    assert.deepEqual([...state.asIndexed], [1, 1, 1, 1, 1]);
  });

  it('are kept with the state', async () => {
    const { root, write } = createRepository();
    for (const name of ['a.ts', 'b.ts', 'c.ts']) write(name, '');
    const options = { directory: makeTemporaryFolder('indexed'), edition: '1' };
    const state = { ...stateOf(root, ['a.ts', 'b.ts', 'c.ts']), asIndexed: Uint8Array.from([1, 0, 1]) };
    await writeScanState(root, options, state);
    assert.deepEqual([...readScanState(root, options)!.asIndexed], [1, 0, 1]);
  });
});

/** A state of sources that nothing is in. */
function stateOf(root: string, paths: readonly string[]): ScanState {
  const stamps = new Float64Array(STAMP_FIELDS * paths.length);
  for (const [index, path] of paths.entries()) stamps.set(stampOf(root, path), STAMP_FIELDS * index);
  const head = {
    interestWords: { words: [], names: [], packages: [], only: {} },
    words: [],
    types: [],
    linked: {},
    skipped: {},
    skippedInAll: [],
    suggestions: null,
    listedBy: null,
    links: null,
  };
  return { paths, kinds: paths.map(() => 'left'), stamps, asIndexed: new Uint8Array(paths.length), head };
}

async function indexed(root: string, state: ScanState): Promise<ScanState> {
  const comparison = compareToIndex(root)!;
  const asIndexed = asIndexedNow(state, (await watchedFiles(root))!, (await differingFrom(comparison))!, later());
  return { ...state, asIndexed, head: { ...state.head, listedBy: { index: comparison.index, untracked: [] } } };
}

async function scan(
  root: string,
  state: ScanState,
  differing: ReadonlySet<string> | null,
  read: string[],
): Promise<ScanState> {
  const disk = createDiskAccess(root, { git: false });
  const readBytes = (path: string) => {
    read.push(path);
    return disk.readBytes!(path);
  };
  const scanned = await scanAgain(state, {
    root,
    isListedAlike: Promise.resolve(true),
    differing: Promise.resolve(differing),
    access: { ...disk, readBytes },
    begin: () => {},
    shapeOf: async () => null,
    relink: async () => null,
    now: later(),
  });
  assert.ok(scanned !== null);
  return scanned.state;
}

function changedSince(root: string, { paths, stamps }: ScanState): readonly string[] {
  return paths
    .filter((path, index) => stampOf(root, path).some((field, at) => field !== stamps[STAMP_FIELDS * index + at]))
    .sort();
}

function stampOf(root: string, path: string): readonly number[] {
  const { size, mtimeMs, ctimeMs, ino, dev } = lstatSync(join(root, path));
  return [size, mtimeMs, ctimeMs, ino, dev];
}
