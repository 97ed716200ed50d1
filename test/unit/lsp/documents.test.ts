/** Edits as the protocol tells them, and the lines of the text that they lead to. */
import assert from 'node:assert/strict';
import { indexLines, type LineIndex, positionAt } from '../../../server/src/core/text.ts';
import { editsOf } from '../../../server/src/lsp/documents.ts';

const PIECES = ['a', '\n', '\r', '\r\n', '\n\r', '😀', '\n\n', 'long word', '', '\r\r\n', '\u2028'];

describe('edits of a document', () => {
  it('leave the lines that the whole text has', () => {
    let state = 11;
    const random = (limit: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 4_294_967_296) * limit);
    };
    let document: { text: string; lines: LineIndex } = { text: '', lines: indexLines('') };
    for (let round = 0; round < 4_000; round++) {
      const changes = Array.from({ length: 1 + random(2) }, () => {
        const at = (offset: number) => {
          const { line, column } = positionAt(document.lines, offset);
          return { line, character: column };
        };
        const start = random(document.text.length + 1);
        const range = { start: at(start), end: at(Math.min(document.text.length, start + random(4))) };
        const text = Array.from({ length: random(4) }, () => PIECES[random(PIECES.length)]).join('');
        return random(200) === 0 ? { text } : { range, text };
      });
      const { text, lines, edits } = editsOf(document, changes);
      const expected = edits.reduce(
        (before, edit) => before.slice(0, edit.start) + edit.inserted + before.slice(edit.oldEnd),
        document.text,
      );
      assert.equal(text, expected);
      assert.deepEqual(lines, indexLines(text), JSON.stringify([document.text, edits]));
      document = { text, lines };
    }
  });
});
