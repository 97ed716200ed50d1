/** What a repository writes never becomes a link, a command, HTML or a block of its own where Flagbook shows it. */
import assert from 'node:assert/strict';
import { completionDocumentation } from '../../../server/src/core/features/completion.ts';
import { flagsView } from '../../../server/src/core/features/flagsView.ts';
import { hover } from '../../../server/src/core/features/hover.ts';
import { inlayHintTooltip } from '../../../server/src/core/features/inlayHints.ts';
import { onCallView } from '../../../server/src/core/features/onCallView.ts';
import type { RichLine } from '../../../server/src/core/features/richText.ts';
import { encodePath, escapeMarkdown, inlineCode, linkDestination } from '../../../server/src/core/markdown/write.ts';
import { renderReviewMarkdown } from '../../../server/src/core/review/render.ts';
import type { Review } from '../../../server/src/core/review/review.ts';
import type { Snapshot } from '../../../server/src/core/snapshot.ts';
import { analyseTraces, NO_KNOWLEDGE } from '../../../server/src/core/traces/analyse.ts';
import { tracesMarkdown } from '../../../server/src/core/traces/markdown.ts';
import { parseTraces } from '../../../server/src/core/traces/parse.ts';
import type { ViewNode } from '../../../server/src/lsp/protocol.ts';
import { type Addresses, toMarkdown, toViewResult, withUniqueIds } from '../../../server/src/lsp/toProtocol.ts';
import { checkOf, environmentOf, flagOf, historyOf, momentOf, snapshotOf } from '../../support/snapshot.ts';
import { HOSTILE_TEXTS } from './hostileTexts.ts';
import { markupOf } from './markdownReader.ts';

describe('Markdown of hostile texts', () => {
  for (const text of HOSTILE_TEXTS) {
    it(`is text: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(markupOf(`a ${escapeMarkdown(text)} b`), { links: [], others: [], addresses: [] });
      assert.deepEqual(markupOf(escapeMarkdown(text)), { links: [], others: [], addresses: [] });
      const code = markupOf(`a ${inlineCode(text)} b **c**`);
      assert.deepEqual(code, { links: [], others: [], addresses: [] });
      const link = markupOf(`[${escapeMarkdown(text)}](${linkDestination(`/docs/${text}`)}) behind`);
      assert.equal(link.links.length, 1, 'one link');
      assert.ok(link.links[0]!.startsWith('/docs/'), link.links[0]);
      assert.deepEqual([link.others, link.addresses], [[], []]);
    });

    it(`is text in hovers, tooltips and views: ${JSON.stringify(text)}`, () => {
      const snapshot = hostileSnapshot(text);
      const addresses: Addresses = {
        snapshot,
        uriOf: path => `file:///repo/${encodePath(path)}`,
      };
      const check = snapshot.files.get('src/app.ts')!.checks[0]!;
      const dynamic = snapshot.files.get('src/app.ts')!.checks[1]!;
      const lines: RichLine[] = [
        ...inlayHintTooltip(snapshot, check),
        ...completionDocumentation(snapshot, check.key!, check.path),
        ...hover(snapshot, 'src/app.ts', dynamic.nameSpan.start)!.lines,
        ...hover(snapshot, 'src/app.ts', 900)!.lines,
      ];
      for (const line of lines) assertHarmless(toMarkdown(addresses, [line]).value);
      assertHarmless(toMarkdown(addresses, lines).value);
      for (const content of [flagsView(snapshot), onCallView(snapshot)]) {
        for (const node of allNodes(toViewResult(addresses, content).nodes)) {
          if (node.tooltip !== null) assertHarmless(node.tooltip);
          // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about.
          assert.doesNotMatch(`${node.label}${node.description}`, /[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
        }
      }
    });

    it(`is text in a document about a stack trace: ${JSON.stringify(text)}`, () => {
      const oneLine = text.replace(/[\r\n\u2028\u2029]+/g, ' ');
      const trace = `Traceback (most recent call last):\n  File "/app/${oneLine}/a.py", line 3, in ${oneLine}\n    f()\nValueError: ${text}\n`;
      const markdown = tracesMarkdown(analyseTraces(parseTraces(trace), hostileSnapshot(text), NO_KNOWLEDGE));
      const markup = markupOf(markdown, ['heading', 'list', 'listItem']);
      for (const link of markup.links) assert.match(link, /^\//);
      assert.deepEqual([markup.others, markup.addresses], [[], []], markdown);
    });

    it(`is text in the Markdown of a review: ${JSON.stringify(text)}`, () => {
      const finding = {
        rule: 'stale-flag',
        severity: 'warning',
        path: `src/${text}.ts`,
        line: 1,
        side: 'new',
        key: text,
        message: text,
        help: text,
        fingerprint: 'x',
      } as const;
      const review = {
        base: 'a',
        head: 'b',
        findings: [finding],
        changedFiles: 1,
        summary: { added: 1, removed: 0, flags: [text] },
      } as unknown as Review;
      const markdown = renderReviewMarkdown(review);
      assert.deepEqual(markupOf(markdown), { links: [], others: [], addresses: [] }, markdown);
      assert.equal(markdown.trimEnd().split('\n').length, 7, markdown);
    });
  }
});

describe('view rows', () => {
  it('have ids that stand once, whatever has the same name', () => {
    const row = (id: string, children: readonly ViewNode[] = []): ViewNode => {
      return {
        id,
        label: '',
        description: null,
        tooltip: null,
        icon: null,
        kind: 'x',
        key: null,
        open: null,
        expanded: false,
        children,
      };
    };
    const ids = allNodes(withUniqueIds([row('a', [row('b'), row('b')]), row('a'), row('b')])).map(node => node.id);
    assert.equal(new Set(ids).size, ids.length, ids.join(' '));
    assert.deepEqual(
      ids.slice(0, 2),
      ['a', 'b'],
      'the first of a name keeps it, so that the view keeps what is expanded',
    );
  });
});

/** A snapshot that says the text wherever a repository can say something. */
function hostileSnapshot(text: string): Snapshot {
  const flag = flagOf(text, {
    name: text,
    description: text,
    owner: text,
    tags: [text],
    variations: [{ name: text, value: text, span: null }],
    environments: [environmentOf({ environment: text, summary: text, state: 'targeted' })],
    expires: null,
    url: `https://flags.example/${text}`,
    declaration: { path: `flags/${text}.json`, span: { start: 0, end: 9 }, keySpan: { start: 1, end: 5 } },
  });
  const history = historyOf({ changes: [{ flag, time: '2026-05-01T00:00:00Z', what: text, environment: text }] });
  const moment = momentOf('2026-01-01T00:00:00Z', { author: text, subject: text });
  const introduced = new Map([
    [text, { kind: 'known', moment, absences: [{ removed: moment, returned: moment }] } as const],
  ]);
  const span = { start: 0, end: 0 };
  const code = [{ glob: '**', symbol: null, span: null }];
  const heading = { text, slug: text, span };
  return snapshotOf({
    files: { 'src/app.ts': `${' '.repeat(1000)}\n`, [`flags/${text}.json`]: '{}' },
    flags: [flag],
    checks: [
      checkOf(text, { function: text, keySpan: { start: 20, end: 30 }, fallback: text }),
      checkOf(null, {
        keyPrefix: text,
        nameSpan: { start: 300, end: 310 },
        keySpan: null,
        span: { start: 300, end: 320 },
      }),
    ],
    annotations: [{ kind: 'runbook', path: 'src/app.ts', target: text, span: { start: 890, end: 910 } }],
    history: history.kind === 'known' ? { ...history, introduced, limit: text } : history,
    runbooks: [
      {
        path: `docs/runbooks/${text}.md`,
        title: text,
        owner: text,
        code,
        flags: [text],
        alerts: [text],
        errors: ['ValueError'],
        reviewed: null,
        reviewEvery: null,
        headings: [heading],
        problems: [],
      },
    ],
    incidents: [
      {
        id: text,
        path: `docs/incidents/${text}.md`,
        title: text,
        severity: text,
        started: '2026-03-02T10:12:00Z',
        detected: null,
        resolved: null,
        code,
        flags: [text],
        runbooks: [text],
        errors: ['ValueError'],
        span,
        problems: [],
        events: [
          {
            time: null,
            local: null,
            end: null,
            precision: 'unknown',
            approximate: false,
            zone: text,
            text,
            kind: 'note',
            span,
          },
        ],
      },
    ],
    alerts: [{ name: text, path: `a/${text}.rules.yml`, span, summary: text, runbook: { target: text, span } }],
    notices: [],
  });
}

function assertHarmless(markdown: string): void {
  const { links, others, addresses } = markupOf(markdown);
  for (const link of links)
    assert.match(link, /^(?:file:\/\/\/repo\/|https:\/\/flags\.example\/|https:\/\/evil\.example\/login$)/);
  assert.deepEqual([others, addresses], [[], []], markdown);
}

function allNodes(nodes: readonly ViewNode[]): readonly ViewNode[] {
  return nodes.flatMap(node => [node, ...allNodes(node.children)]);
}
