import assert from 'node:assert/strict';
import { matchCodePattern, matchesPath, parseCodePattern } from '../../../server/src/core/runbooks/codePattern.ts';
import { decodeRunbook } from '../../../server/src/core/runbooks/runbook.ts';

const front = (...lines: readonly string[]) => ['---', ...lines, '---', ''].join('\n');

describe('reading a runbook', () => {
  it('reads the front matter of the contract', () => {
    const text = `${front(
      'title: Checkout payment timeouts',
      'owner: team-payments',
      'code: [services/checkout/**, src/pay.ts#charge]',
      'flags: [new-checkout]',
      'alerts: [CheckoutPaymentTimeouts]',
      'errors: [PaymentTimeoutError, /connect ETIMEDOUT .*psp/]',
      'reviewed: 2026-05-01',
      'review-every: 180d',
    )}# Other title\n\n## Payment timeouts\n`;
    const runbook = decodeRunbook('docs/runbooks/checkout.md', text);
    assert.deepEqual(
      runbook.code.map(({ glob, symbol, span }) => [glob, symbol, text.slice(span!.start, span!.end)]),
      [
        ['services/checkout/**', null, 'services/checkout/**'],
        ['src/pay.ts', 'charge', 'src/pay.ts#charge'],
      ],
    );
    const { code: _, headings, ...rest } = runbook;
    assert.deepEqual(rest, {
      path: 'docs/runbooks/checkout.md',
      title: 'Checkout payment timeouts',
      owner: 'team-payments',
      flags: ['new-checkout'],
      alerts: ['CheckoutPaymentTimeouts'],
      errors: ['PaymentTimeoutError', '/connect ETIMEDOUT .*psp/'],
      reviewed: '2026-05-01',
      reviewEvery: 180,
      problems: [],
    });
    assert.deepEqual(
      headings.map(heading => heading.slug),
      ['other-title', 'payment-timeouts'],
    );
  });

  it('reads the conventions of others', () => {
    const gov = decodeRunbook(
      'a.md',
      front('title: T', 'owner_slack: "#team"', 'last_reviewed_on: 2025-01-02', 'review_in: 6 months'),
    );
    assert.deepEqual([gov.owner, gov.reviewed, gov.reviewEvery], ['#team', '2025-01-02', 180]);
    const verified = decodeRunbook('a.md', front('last_verified: 2025-01-02T10:00:00Z', 'expires_after: 180d'));
    assert.deepEqual([verified.reviewed, verified.reviewEvery], ['2025-01-02', 180]);
    const expires = decodeRunbook('a.md', front('last_reviewed_on: 2022-01-01', 'expires: 2022-01-31'));
    assert.deepEqual([expires.reviewed, expires.reviewEvery], ['2022-01-01', 30]);
    assert.equal(decodeRunbook('a.md', front('review-every: quarterly')).reviewEvery, 90);
    assert.deepEqual(
      decodeRunbook('a.md', front('code: services/checkout')).code.map(pattern => pattern.glob),
      ['services/checkout'],
    );
  });

  it('takes its title from the first top heading, else from its name', () => {
    assert.equal(decodeRunbook('docs/a.md', '## Small\n\n# Big *one*\n').title, 'Big one');
    assert.equal(decodeRunbook('docs/restart-the-psp.md', 'text').title, 'restart the psp');
  });

  it('says what it cannot use, where it stands, and keeps the rest', () => {
    const text = front(
      'code: [src/a.ts, "#x"]',
      'errors: [Good, /(a/]',
      'reviewed: last week',
      'review-every: 2026-01-01',
      'flags: { a: b }',
    );
    const runbook = decodeRunbook('a.md', text);
    assert.deepEqual(
      runbook.problems.map(({ code, place }) => [code, text.slice(place!.span.start, place!.span.end)]),
      [
        ['front-matter/code', '#x'],
        ['front-matter/errors', '/(a/'],
        ['front-matter/reviewed', 'last week'],
        ['front-matter/review-every', '2026-01-01'],
      ],
    );
    assert.deepEqual(
      [runbook.code.length, runbook.errors, runbook.reviewed, runbook.reviewEvery],
      [1, ['Good'], null, null],
    );
  });

  it('never throws', () => {
    for (const text of [
      '',
      front('code:'),
      front('- a'),
      front('code: {a: 1}', 'errors: 3', 'reviewed: 2026-13-45', 'title: [x]'),
      '---\ncode: [\n---\n',
      '---',
    ]) {
      decodeRunbook('a.md', text);
    }
  });
});

describe('code patterns', () => {
  for (const [glob, path, expected] of [
    ['services/checkout/**', 'services/checkout/src/pay.ts', true],
    ['services/checkout', 'services/checkout/src/pay.ts', true],
    ['services/checkout/', 'services/checkout/src/pay.ts', true],
    ['services/check', 'services/checkout/src/pay.ts', false],
    ['services/*/src', 'services/checkout/src', true],
    ['**/*.go', 'main.go', true],
    ['**/*.go', 'a/b/.c/main.go', true],
    ['*.go', 'a/main.go', false],
    ['src/{pay,refund}.ts', 'src/refund.ts', true],
    ['src/{a,{b,c}}/**/x.ts', 'src/c/x.ts', true],
    ['src/**/test/*.ts', 'src/a/test/b/test/c.ts', true],
    ['src/**/test/*.ts', 'src/a/test/b/c.ts', false],
    ['src/p[a-c]y.?s', 'src/pay.ts', true],
    ['src/p[!a-c]y.ts', 'src/pay.ts', false],
    ['a*b*c', 'aXbXbc', true],
    ['app/[id]/page.tsx', 'app/[id]/page.tsx', true],
    ['!src/**', 'other/a.ts', false],
  ] as const) {
    it(`${glob} ${expected ? 'matches' : 'does not match'} ${path}`, () =>
      assert.equal(matchesPath(glob, path), expected));
  }

  it('matches a symbol only inside a function of that name', () => {
    const pattern = parseCodePattern('./src/pay.ts#Payments.charge()', null)!;
    assert.deepEqual(pattern, { glob: 'src/pay.ts', symbol: 'Payments.charge', span: null });
    const match = (...functionNames: string[]) => matchCodePattern(pattern, { path: 'src/pay.ts', functionNames });
    assert.deepEqual(
      [match('charge'), match('inner', 'Payments.charge'), match('Refunds.charge'), match()],
      [1, 1, 0, 0],
    );
  });

  it('prefers the pattern that says more', () => {
    const score = (text: string) =>
      matchCodePattern(parseCodePattern(text, null)!, { path: 'a/b/c.ts', functionNames: ['f'] });
    const scores = ['a/b/c.ts#f', 'a/b/c.ts', 'a/b/**', 'a/**', '**'].map(score);
    assert.deepEqual(
      scores,
      [...scores].sort((a, b) => b - a),
    );
    assert.equal(new Set(scores).size, scores.length);
  });

  it('cannot be made to hang by a glob', () => {
    const start = process.cpuUsage().user;
    const path = `${'a'.repeat(200)}/${'b/'.repeat(100)}c`;
    for (const text of ['*a*a*a*a*a*b', '**/a/**/a/**/b/**/b', `${'{a,b}'.repeat(20)}`, '+(+(+(a)))b', '(a|a)*b']) {
      const pattern = parseCodePattern(text, null);
      if (pattern !== null) matchCodePattern(pattern, { path, functionNames: [] });
    }
    assert.ok((process.cpuUsage().user - start) / 1000 < 2_000);
  });
});
