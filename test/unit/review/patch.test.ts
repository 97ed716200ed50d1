import assert from 'node:assert/strict';
import { type ChangedFile, createPatchReader, unquote } from '../../../server/src/core/review/patch.ts';

/** Reads a patch in pieces of this many bytes. */
function read(text: string, piece = text.length): readonly ChangedFile[] {
  const bytes = new TextEncoder().encode(text);
  const reader = createPatchReader();
  for (let at = 0; at < bytes.length; at += piece) reader.push(bytes.subarray(at, at + piece));
  return reader.finish();
}

const patch = [
  ':100644 100644 1111111 2222222 M\ta.ts',
  ':100644 000000 1111111 0000000 D\t"tab\\there.ts"',
  ':000000 000000 0000000 0000000 U\tconflict.ts',
  ':100644 100644 1111111 1111111 R100\told name.ts\tnew name.ts',
  '',
  'diff --git a/a.ts b/a.ts',
  '--- a/a.ts',
  '+++ b/a.ts',
  '@@ -3,2 +3,2 @@ function pay() {',
  '-diff --git a/x b/x',
  '-@@ -1 +1 @@',
  '+:100644 100644 1 2 M\tno.ts',
  `+${'long '.repeat(400)}`,
  '\\ No newline at end of file',
  '@@ -9 +9,0 @@',
  '-gone',
  'diff --git "a/tab\\there.ts" "b/tab\\there.ts"',
  'deleted file mode 100644',
  '--- "a/tab\\there.ts"',
  '+++ /dev/null',
  '@@ -1 +0,0 @@',
  '-x',
  'diff --git a/old name.ts b/new name.ts',
  'similarity index 100%',
  'rename from old name.ts',
  'rename to new name.ts',
  '',
].join('\n');

describe('a printed patch', () => {
  const expected = [
    {
      kind: 'modified',
      oldPath: 'a.ts',
      newPath: 'a.ts',
      hunks: [
        { oldStart: 3, oldLines: 2, newStart: 3, newLines: 2 },
        { oldStart: 9, oldLines: 1, newStart: 9, newLines: 0 },
      ],
      binary: false,
    },
    {
      kind: 'deleted',
      oldPath: 'tab\there.ts',
      newPath: null,
      hunks: [{ oldStart: 1, oldLines: 1, newStart: 0, newLines: 0 }],
      binary: false,
    },
    { kind: 'renamed', oldPath: 'old name.ts', newPath: 'new name.ts', hunks: [], binary: false },
  ];

  it('is read whatever stands in its lines', () => assert.deepEqual(read(patch), expected));

  it('is read alike in pieces of any size', () => {
    for (const piece of [1, 2, 3, 7, 64, 1000]) assert.deepEqual(read(patch, piece), expected, `pieces of ${piece}`);
  });

  it('never throws where it is cut off', () => {
    for (let end = 0; end < patch.length; end += 13) assert.ok(read(patch.slice(0, end)).length <= 3);
  });

  it('has its paths unquoted as git quoted them', () => {
    for (const [quoted, path] of [
      ['plain.ts', 'plain.ts'],
      ['"m\\303\\266v.ts"', 'möv.ts'],
      ['"a\\"b\\\\c\\n\\t.ts"', 'a"b\\c\n\t.ts'],
      ['"', '"'],
    ]) {
      assert.equal(unquote(quoted!), path);
    }
  });
});
