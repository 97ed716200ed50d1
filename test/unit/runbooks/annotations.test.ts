import assert from 'node:assert/strict';
import { findAnnotations } from '../../../server/src/core/runbooks/annotations.ts';

const paths = new Set(['docs/runbooks/checkout.md', 'ops/restart', 'src/pay.ts']);

/** What is found in one comment, each target as the text its span covers. */
function found(comment: string): readonly string[] {
  const offset = 100;
  const text = ' '.repeat(offset) + comment;
  const annotations = findAnnotations(
    'src/pay.ts',
    [{ text: comment, span: { start: offset, end: text.length } }],
    paths,
  );
  return annotations.map(({ kind, target, span }) => {
    assert.equal(text.slice(span.start, span.end), target);
    return `${kind} ${target}`;
  });
}

describe('annotations in comments', () => {
  for (const [comment, ...expected] of [
    [' runbook: docs/runbooks/checkout.md#payment-timeouts', 'runbook docs/runbooks/checkout.md#payment-timeouts'],
    [' Runbook: <c>docs/runbooks/health-checks.md</c>.', 'runbook docs/runbooks/health-checks.md'],
    [' Runbook: docs/x.md §2.3', 'runbook docs/x.md'],
    [' * (runbook: docs/runbooks/onbox-poller.md)', 'runbook docs/runbooks/onbox-poller.md'],
    ['*\n * @Owner team\n * @Runbook https://wiki.example.com/x_(y)\n ', 'runbook https://wiki.example.com/x_(y)'],
    [' see (runbook: https://wiki.example.com/x).', 'runbook https://wiki.example.com/x'],
    [' runbook: [the steps](docs/x.md#a), then wait', 'runbook docs/x.md#a'],
    [' Runbook: <see href="https://example.com/r.html">here</see>', 'runbook https://example.com/r.html'],
    [' runbook: `docs/x.md`, docs/y.md and docs/z.md.', 'runbook docs/x.md', 'runbook docs/y.md', 'runbook docs/z.md'],
    [' runbook: ops/restart', 'runbook ops/restart'],
    [' runbook: docs/elsewhere', 'runbook docs/elsewhere'],
    [' runbook: ../x.md', 'runbook ../x.md'],
    [' incident: INC-42', 'incident INC-42'],
    [' incident: INC-42, INC-43 and inc-44; all alike', 'incident INC-42', 'incident INC-43', 'incident inc-44'],
    [' incidents: INC-42/INC-43', 'incident INC-42', 'incident INC-43'],
    [' @incident INC-7: charged twice', 'incident INC-7'],
    [' incident: 2026-03-02-payments', 'incident 2026-03-02-payments'],
    [' incident: docs/incidents/2026-03-02-pay.md', 'incident docs/incidents/2026-03-02-pay.md'],
    [' incident: INC-7\n runbook: docs/x.md', 'incident INC-7', 'runbook docs/x.md'],
  ] as const) {
    it(`finds ${JSON.stringify(expected)} in ${JSON.stringify(comment)}`, () =>
      assert.deepEqual(found(comment), expected));
  }

  for (const prose of [
    ' runbook: the pointer has moved',
    ' left to a\n runbook: the pointer has moved',
    ' runbook: and/or the wiki',
    ' runbook: n/a',
    ' runbook:',
    ' runbook: e.g. a list',
    ' the runbook docs/x.md is old',
    ' my-runbook: docs/x.md',
    ' incident: see above',
    ' incident: none',
    ' an incident INC-42 happened',
    ' incident: the one of 2026',
  ]) {
    it(`finds nothing in ${JSON.stringify(prose)}`, () => assert.deepEqual(found(prose), []));
  }

  it('is quick on hostile comments', () => {
    const start = process.cpuUsage().user;
    found(' runbook: '.repeat(50_000));
    found(` runbook: ${'['.repeat(200_000)}`);
    found(` incident: ${'INC-1-'.repeat(50_000)}`);
    found(` runbook: ${'a.md,'.repeat(50_000)}`);
    assert.ok((process.cpuUsage().user - start) / 1000 < 3_000);
  });
});
