/** Markdown and YAML made of one small piece again and again: four times as much takes about four times as long. */
import assert from 'node:assert/strict';
import { parseMarkdown } from '../../../server/src/core/markdown/document.ts';
import { readYaml } from '../../../server/src/core/markdown/yamlTree.ts';

const MARKDOWN = ['> ', '1. ', '+ ', '> - ', 'a\n=\n', '- a\n', '[a](', '|a|b|\n|-|-|\n', '**a'];

const YAML = ['a: &a\nb: *a\n', '- *a\n', '<<: *a\n', '- a\n', '"', '? '];

const SHORT = 8_000;
const LONG = 4 * SHORT;

describe('time to read, for texts made of one piece', function () {
  this.timeout(120_000);

  for (const piece of MARKDOWN) {
    it(`Markdown ${JSON.stringify(piece)}`, () => assertGrowth(text => parseMarkdown('a.md', text), piece));
  }
  for (const piece of YAML) {
    it(`YAML ${JSON.stringify(piece)}`, () => assertGrowth(text => readYaml(text), piece));
  }

  it('leaves out what opens more quotes and lists in one another than anyone writes, and reads the rest', () => {
    const deep = parseMarkdown('a.md', `# one\n\n${'+ '.repeat(300)}a\n`);
    assert.deepEqual(
      deep.problems.map(({ code }) => code),
      ['markdown/too-deep'],
    );
    const breaks = ['- '.repeat(300), '* '.repeat(300), '-'.repeat(300), '.'.repeat(300), `+${'-'.repeat(300)}+`];
    for (const line of [...breaks, `${'> '.repeat(20)}a`]) {
      const { headings, problems } = parseMarkdown('a.md', `# one\n\n${line}\n\n# two\n`);
      assert.deepEqual([headings.map(({ text }) => text), problems], [['one', 'two'], []], line);
    }
  });

  it('finds every heading of a text without blank lines', () => {
    const { headings } = parseMarkdown('a.md', 'a\n=\n'.repeat(2_000));
    assert.equal(headings.length, 2_000);
  });
});

/** Sixteen times would be the square; a second is nothing to complain about on a busy machine. */
function assertGrowth(read: (text: string) => unknown, piece: string): void {
  const once = timeOf(read, piece.repeat(SHORT / piece.length));
  const again = timeOf(read, piece.repeat(LONG / piece.length));
  assert.ok(again < 800 || again < 9 * once, `${once.toFixed()} ms, then ${again.toFixed()} ms`);
  assert.ok(again < 15_000, `${again.toFixed()} ms`);
}

function timeOf(read: (text: string) => unknown, text: string): number {
  const started = process.cpuUsage();
  read(text);
  return process.cpuUsage(started).user / 1_000;
}
