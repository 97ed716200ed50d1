import assert from 'node:assert/strict';
import { decodeAlerts } from '../../../server/src/core/runbooks/alerts.ts';

const rules = `groups:
  - name: checkout
    rules:
      - record: job:up
        expr: sum(up)
      - alert: PaymentTimeouts
        expr: up == 0
        annotations:
          summary: Payments time out
          runbook_url: "https://example.com/runbooks/pay.md#mitigation"
      - alert: 'Quoted'
        annotations: &common
          description: "{{ $value }} is low"
          runbook_url: docs/runbooks/x.md
      - alert: Shared
        annotations: *common
      - alert: Merged
        annotations:
          <<: *common
          summary: Own
      - alert: Bare
`;

const shape = (text: string) => {
  const { alerts, problems } = decodeAlerts('monitoring/a.rules.yml', text);
  return {
    alerts: alerts.map(({ name, span, summary, runbook }) => [
      name,
      text.slice(span.start, span.end),
      summary,
      runbook === null ? null : [runbook.target, text.slice(runbook.span.start, runbook.span.end)],
    ]),
    problems,
  };
};

describe('reading Prometheus rules', () => {
  for (const [name, text] of [
    ['\\n', rules],
    ['\\r\\n and a byte order mark', `\ufeff${rules.replaceAll('\n', '\r\n')}`],
  ] as const) {
    it(`finds alerts and their runbooks with true spans (${name})`, () => {
      const url = 'https://example.com/runbooks/pay.md#mitigation';
      assert.deepEqual(shape(text), {
        alerts: [
          ['PaymentTimeouts', 'PaymentTimeouts', 'Payments time out', [url, url]],
          ['Quoted', 'Quoted', '{{ $value }} is low', ['docs/runbooks/x.md', 'docs/runbooks/x.md']],
          ['Shared', 'Shared', '{{ $value }} is low', ['docs/runbooks/x.md', 'docs/runbooks/x.md']],
          ['Merged', 'Merged', 'Own', ['docs/runbooks/x.md', 'docs/runbooks/x.md']],
          ['Bare', 'Bare', null, null],
        ],
        problems: [],
      });
    });
  }

  it('reads Kubernetes resources, lists of them, and several documents', () => {
    const resource = (name: string) =>
      `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec:\n  groups:\n    - name: g\n      rules:\n        - alert: ${name}\n`;
    const list = `kind: List\nitems:\n  - ${resource('C').trim().replaceAll('\n', '\n    ')}\n`;
    const { alerts, problems } = shape(`${resource('A')}---\n${resource('B')}---\n${list}`);
    assert.deepEqual([alerts.map(alert => alert[0]), problems], [['A', 'B', 'C'], []]);
  });

  it('keeps what stands before broken YAML and points at the break', () => {
    const text = `${rules}  - name: broken\n    rules: [ { alert: Lost\n`;
    const { alerts, problems } = shape(text);
    assert.equal(alerts.length >= 5, true);
    assert.equal(problems[0]?.code, 'alerts/syntax');
    assert.ok(problems[0]!.place!.span.start >= rules.length, JSON.stringify(problems[0]));
  });

  it('does not tell the author of a template to mend his YAML', () => {
    const { problems } = shape(`{{- if .Values.on }}\n${rules}{{- end }}\n`);
    assert.deepEqual(
      [...new Set(problems.map(({ code, severity }) => `${code} ${severity}`))],
      ['alerts/template note'],
    );
  });

  it('finds nothing in other YAML, and never throws', () => {
    for (const text of [
      '',
      'a: 1',
      'groups: 3',
      'groups: [{rules: x}]',
      '- - -',
      '*a',
      '[['.repeat(5_000),
      'a: &a [*a]',
      '\0',
    ]) {
      assert.deepEqual(shape(text).alerts, []);
    }
  });
});
