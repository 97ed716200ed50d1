import assert from 'node:assert/strict';
import {
  anchorsOf,
  longestMarkdown,
  type MarkdownDocument,
  parseMarkdown,
} from '../../../server/src/core/markdown/document.ts';
import { yamlItems, yamlText, yamlValue } from '../../../server/src/core/markdown/yamlTree.ts';
import type { Span } from '../../../server/src/core/text.ts';

const quote = (document: MarkdownDocument, span: Span) => document.text.slice(span.start, span.end);

describe('reading a Markdown file', () => {
  const sample = [
    '---',
    'title: "Checkout timeouts"',
    'flags: [new-checkout, old]',
    '---',
    '# Checkout *timeouts*',
    '',
    'First [look](../x.md#y) at',
    'the board.',
    '',
    '## Steps',
    '',
    '- one `cmd`',
    '  - two',
    '',
    '    more of two',
    '',
    '## Steps',
    '',
    '| Time (UTC) | What |',
    '|---|---|',
    '| 10:00 | **Up** |',
    '',
    '```sh',
    '# not a heading',
    '```',
    '',
  ];

  for (const [name, end, start] of [
    ['\\n', '\n', ''],
    ['\\r\\n', '\r\n', ''],
    ['\\r\\n and a byte order mark', '\r\n', '\ufeff'],
  ] as const) {
    it(`keeps true spans with ${name}`, () => {
      const document = parseMarkdown('a.md', start + sample.join(end));
      const title = yamlValue(document.frontMatter, 'title');
      assert.equal(yamlText(title), 'Checkout timeouts');
      assert.equal(quote(document, title!.span), 'Checkout timeouts');
      const flags = yamlItems(yamlValue(document.frontMatter, 'flags'));
      assert.deepEqual(
        flags.map(item => quote(document, item.span)),
        ['new-checkout', 'old'],
      );
      assert.deepEqual(
        document.headings.map(heading => [heading.level, heading.text, heading.slug, quote(document, heading.span)]),
        [
          [1, 'Checkout timeouts', 'checkout-timeouts', '# Checkout *timeouts*'],
          [2, 'Steps', 'steps', '## Steps'],
          [2, 'Steps', 'steps-1', '## Steps'],
        ],
      );
      assert.deepEqual(
        document.links.map(link => [link.target, quote(document, link.span)]),
        [['../x.md#y', '[look](../x.md#y)']],
      );
      const table = document.blocks.find(block => block.kind === 'table')!;
      assert.deepEqual(table.header, ['Time (UTC)', 'What']);
      assert.deepEqual(
        table.rows.map(row => [row.cells, quote(document, row.span)]),
        [[['10:00', 'Up'], '| 10:00 | **Up** |']],
      );
    });
  }

  it('lists the blocks in reading order, as plain text', () => {
    const document = parseMarkdown('a.md', sample.join('\n'));
    const shape = document.blocks.map(block => {
      if (block.kind === 'table') return 'table';
      return block.kind === 'heading' ? `h${block.level}` : `${block.kind} ${block.depth}: ${block.text}`;
    });
    assert.deepEqual(shape, [
      'h1',
      'paragraph 0: First look at\nthe board.',
      'h2',
      'item 1: one cmd',
      'item 2: two',
      'paragraph 2: more of two',
      'h2',
      'table',
      'code 0: # not a heading',
    ]);
  });

  it('keeps what bad front matter says before and after the mistake, and points at it', () => {
    const text = '---\ntitle: A\nalerts: [One, Two\nowner: team\n---\n# B\n';
    const document = parseMarkdown('a.md', text);
    assert.equal(yamlText(yamlValue(document.frontMatter, 'title')), 'A');
    assert.equal(document.headings[0]?.text, 'B');
    assert.equal(document.problems[0]?.code, 'front-matter/syntax');
    const { span } = document.problems[0]!.place!;
    assert.ok(span.start >= text.indexOf('alerts') && span.end <= text.indexOf('# B'), JSON.stringify(span));
  });

  it('has no front matter where there is none, or where it is a plain rule', () => {
    assert.equal(parseMarkdown('a.md', '# A\n\n---\n\ntext\n\n---\n').frontMatter, null);
    assert.equal(parseMarkdown('a.md', '').frontMatter, null);
    const scalar = parseMarkdown('a.md', '---\njust words\n---\n');
    assert.deepEqual([scalar.frontMatter, scalar.problems.length], [null, 1]);
  });

  it('offers the anchors that HTML and attribute lists add', () => {
    const document = parseMarkdown('a.md', '<a name="old-name"></a>\n\n## New name {#kept}\n\ntext <a id="x">\n');
    assert.deepEqual(
      anchorsOf(document)
        .map(anchor => anchor.slug)
        .sort(),
      ['kept', 'new-name-kept', 'old-name', 'x'],
    );
  });

  it('resolves aliases and merge keys of the front matter', () => {
    const document = parseMarkdown('a.md', '---\nbase: &b { owner: team, title: T }\nall: { <<: *b, title: U }\n---\n');
    const all = yamlValue(document.frontMatter, 'all');
    assert.equal(yamlText(yamlValue(all, 'owner')), 'team');
    assert.equal(yamlText(yamlValue(all, 'title')), 'U');
  });
});

describe('Markdown that means harm', () => {
  const within = (milliseconds: number, text: string) => {
    const start = process.cpuUsage().user;
    const document = parseMarkdown('a.md', text);
    const spent = (process.cpuUsage().user - start) / 1000;
    assert.ok(spent < milliseconds, `took ${spent} ms`);
    return document;
  };

  it('reads the head of a file of 5 MB and says so', () => {
    const unit = '# Head\n\nSome *text* with [link](x.md).\n\n- one\n- **two**\n\n';
    const document = within(10_000, unit.repeat(Math.ceil(5_000_000 / unit.length)));
    assert.deepEqual(
      document.problems.map(problem => problem.code),
      ['markdown/too-long'],
    );
    assert.equal(document.headings.length, Math.ceil(longestMarkdown / unit.length));
    assert.equal(document.headings.at(-1)?.slug, `head-${document.headings.length - 1}`);
    assert.equal(quote(document, document.headings[5_000]!.span), '# Head');
  });

  it('survives nesting without end', () => {
    assert.equal(within(10_000, '> '.repeat(100_000)).problems[0]?.code, 'markdown/too-deep');
    within(10_000, `---\n${'a: [\n'.repeat(20_000)}---\n# B\n`);
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh', 'hi']) {
      bomb.push(`${to}: &${to} [${Array(9).fill(`*${from}`).join(', ')}]`);
    }
    within(10_000, `---\n${bomb.join('\n')}\n---\n`);
  });

  it('keeps headings and code apart in a long file', () => {
    const text = `${'word '.repeat(1_000)}\n\n\`\`\`\n${'# code\n'.repeat(2_000)}\`\`\`\n\n# Real\n`;
    assert.deepEqual(
      parseMarkdown('a.md', text).headings.map(heading => heading.text),
      ['Real'],
    );
  });
});
