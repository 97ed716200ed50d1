import assert from 'node:assert/strict';
import type { ChangedFile } from '../../../server/src/core/review/patch.ts';
import { driftOf } from '../../../server/src/core/traces/drift.ts';
import type { StackFrame } from '../../../server/src/core/traces/model.ts';

const frameAt = (line: number | null): StackFrame => ({
  kind: 'call',
  function: 'f',
  module: null,
  file: 'a.ts',
  line,
  column: null,
  textLine: 1,
  repeated: 1,
  quotedSource: null,
});

const file = (kind: ChangedFile['kind'], oldPath: string | null, newPath: string | null): ChangedFile => ({
  kind,
  oldPath,
  newPath,
  hunks: [],
  binary: false,
});

describe('lines since the deployed commit', () => {
  const drift = driftOf([
    {
      ...file('modified', 'a.ts', 'a.ts'),
      hunks: [
        { oldStart: 3, oldLines: 0, newStart: 4, newLines: 2 },
        { oldStart: 10, oldLines: 2, newStart: 14, newLines: 2 },
        { oldStart: 20, oldLines: 3, newStart: 23, newLines: 0 },
      ],
    },
    file('renamed', 'old.ts', 'new.ts'),
    file('deleted', 'gone.ts', null),
    file('added', null, 'fresh.ts'),
  ]);
  const placed = (path: string, line: number | null) => {
    const place = drift.place(path, frameAt(line));
    return place === null ? null : `${place.path}:${place.line} ${place.match}`;
  };

  it('follows hunks', () => {
    assert.equal(placed('a.ts', 3), 'a.ts:3 exact');
    assert.equal(placed('a.ts', 4), 'a.ts:6 shifted');
    assert.equal(placed('a.ts', 9), 'a.ts:11 shifted');
    assert.equal(placed('a.ts', 11), 'a.ts:15 edited');
    assert.equal(placed('a.ts', 12), 'a.ts:14 shifted');
    assert.equal(placed('a.ts', 21), 'a.ts:23 gone');
    assert.equal(placed('a.ts', 23), 'a.ts:22 shifted');
  });

  it('follows files', () => {
    assert.equal(placed('old.ts', 7), 'new.ts:7 moved');
    assert.equal(placed('gone.ts', 7), 'gone.ts:null gone');
    assert.equal(placed('same.ts', 7), 'same.ts:7 exact');
    assert.equal(placed('a.ts', null), null);
  });

  it('knows the paths that a trace of then can name', () => {
    const then = drift.deployedPaths(new Set(['a.ts', 'new.ts', 'fresh.ts', 'same.ts']));
    assert.deepEqual([...then].sort(), ['a.ts', 'gone.ts', 'old.ts', 'same.ts']);
  });
});
