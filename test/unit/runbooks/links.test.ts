import assert from 'node:assert/strict';
import { decodeIncident } from '../../../server/src/core/incidents/incident.ts';
import type { Annotation } from '../../../server/src/core/model.ts';
import { decodeAlerts } from '../../../server/src/core/runbooks/alerts.ts';
import { brokenRunbookLinks, type CodeContext, runbooksFor } from '../../../server/src/core/runbooks/coverage.ts';
import { linkContextOf, resolveLink } from '../../../server/src/core/runbooks/links.ts';
import { decodeRunbook } from '../../../server/src/core/runbooks/runbook.ts';
import { indexLines } from '../../../server/src/core/text.ts';

const runbooks = [
  decodeRunbook(
    'docs/runbooks/checkout.md',
    '---\ncode: [services/checkout/**]\nflags: [new-checkout]\n---\n# Checkout\n\n## Payment timeouts\n',
  ),
  decodeRunbook(
    'docs/runbooks/psp.md',
    '---\ncode: [services/checkout/src/pay.ts#charge]\n---\n# PSP\n\n## Mitigation\n',
  ),
  decodeRunbook('content/runbooks/kubernetes/KubePodCrashLooping.md', '# KubePodCrashLooping\n\n## Meaning\n'),
];
const paths = new Set([
  ...runbooks.map(runbook => runbook.path),
  'README.md',
  'services/checkout/README.md',
  'services/checkout/src/pay.ts',
  'docs/with space.md',
]);
const alert = (target: string) => ({
  name: 'A',
  path: 'a.rules.yml',
  span: { start: 0, end: 1 },
  summary: null,
  runbook: { target, span: { start: 0, end: 1 } },
});
const alerts = [
  alert('https://r.example.com/runbooks/kubernetes/kubepodcrashlooping'),
  alert('https://other.example.com/runbooks/kubernetes/gone'),
];
const links = linkContextOf({ paths, runbooks, incidents: [], alerts });
const blob = 'https://github.com/acme/shop/blob/main';

describe('where a runbook link leads', () => {
  for (const [target, expected] of [
    ['docs/runbooks/checkout.md', 'docs/runbooks/checkout.md'],
    ['docs/runbooks/checkout.md#payment-timeouts', 'docs/runbooks/checkout.md#payment-timeouts'],
    ['/docs/runbooks/checkout.md#Payment-Timeouts', 'docs/runbooks/checkout.md#payment-timeouts'],
    ['../../../docs/runbooks/psp.md', 'docs/runbooks/psp.md'],
    ['../README.md', 'services/checkout/README.md'],
    ['docs/runbooks/checkout', 'docs/runbooks/checkout.md'],
    ['services/checkout', 'services/checkout/README.md'],
    ['docs/with%20space.md', 'docs/with space.md'],
    [`${blob}/docs/runbooks/checkout.md#payment-timeouts`, 'docs/runbooks/checkout.md#payment-timeouts'],
    ['https://github.com/acme/shop/blob/feature/x/docs/runbooks/psp.md?plain=1', 'docs/runbooks/psp.md'],
    ['https://gitlab.example.com/a/b/c/-/blob/main/docs/runbooks/psp.md', 'docs/runbooks/psp.md'],
    ['https://raw.githubusercontent.com/acme/shop/main/docs/runbooks/psp.md', 'docs/runbooks/psp.md'],
    [`${blob}/README.md`, 'README.md'],
    [
      'https://runbooks.example.com/runbooks/kubernetes/kubepodcrashlooping/',
      'content/runbooks/kubernetes/KubePodCrashLooping.md',
    ],
    [
      'https://runbooks.example.com/runbooks/kubernetes/kubepodcrashlooping#meaning',
      'content/runbooks/kubernetes/KubePodCrashLooping.md#meaning',
    ],
  ] as const) {
    it(`${target} → ${expected}`, () => {
      const [path, heading = null] = expected.split('#');
      assert.deepEqual(resolveLink(target, 'services/checkout/src/pay.ts', links), { kind: 'file', path, heading });
    });
  }

  for (const url of [
    'https://wiki.example.com/x',
    'https://example.com/README.md',
    'https://github.com/other/repo/blob/main/ops/guide.md',
    'https://other.example.com/runbooks/kubernetes/gone',
    'mailto:oncall@example.com',
  ]) {
    it(`${url} is elsewhere`, () => assert.deepEqual(resolveLink(url, 'a.ts', links), { kind: 'external', url }));
  }

  for (const [target, suggestion] of [
    ['docs/runbooks/chekout.md', 'docs/runbooks/checkout.md'],
    ['docs/old/psp.md#mitigation', 'docs/runbooks/psp.md#mitigation'],
    ['/docs/old/psp.md', '/docs/runbooks/psp.md'],
    ['../../../docs/psp.md', '../../../docs/runbooks/psp.md'],
    ['docs/runbooks/nothing-like-it.md', null],
    ['docs/runbooks/psp.md#mitigatoin', 'docs/runbooks/psp.md#mitigation'],
    ['docs/runbooks/checkout.md#timeouts', 'docs/runbooks/checkout.md#payment-timeouts'],
    [`${blob}/docs/runbooks/chekout.md`, `${blob}/docs/runbooks/checkout.md`],
    [`${blob}/docs/runbooks/psp.md#mitigatoin`, `${blob}/docs/runbooks/psp.md#mitigation`],
    [
      'https://r.example.com/runbooks/kubernetes/kubepodcrashlooppin',
      'https://r.example.com/runbooks/kubernetes/kubepodcrashlooping',
    ],
    ['https://r.example.com/runbooks/grafana/grafanarequestsfailing', null],
    ['../../../../../../etc/passwd', null],
  ] as const) {
    it(`${target} is broken, ${suggestion} may be meant`, () => {
      const resolution = resolveLink(target, 'services/checkout/src/pay.ts', links);
      assert.equal(resolution.kind, 'broken');
      assert.equal(resolution.kind === 'broken' ? resolution.suggestion : '', suggestion);
    });
  }

  it('tells a missing heading from a missing file', () => {
    const heading = resolveLink('docs/runbooks/psp.md#x', 'a.ts', links);
    const file = resolveLink('docs/runbooks/gone.md', 'a.ts', links);
    assert.deepEqual(
      [heading.kind === 'broken' && heading.path, file.kind === 'broken' && file.path],
      ['docs/runbooks/psp.md', null],
    );
  });

  it('never throws', () => {
    for (const target of ['', '#', '#x', '%', 'https://', 'https://%', '////', '..', 'a#b#c', '<>'])
      resolveLink(target, 'a/b.ts', links);
  });
});

const annotation = (target: string, path = 'services/checkout/src/pay.ts'): Annotation => ({
  kind: 'runbook',
  path,
  target,
  span: { start: 3, end: 3 + target.length },
});

describe('runbooks of a place in the code', () => {
  const known = { runbooks, incidents: [], paths };
  const place: CodeContext = {
    path: 'services/checkout/src/pay.ts',
    functionNames: ['charge'],
    keys: ['new-checkout'],
    annotations: [],
  };
  const shown = (at: CodeContext) =>
    runbooksFor(known, at).map(({ runbook, heading, because }) => [runbook.title, heading?.slug ?? null, because]);

  it('ranks them with reasons', () => {
    assert.deepEqual(shown(place), [
      ['PSP', null, ['code: services/checkout/src/pay.ts#charge']],
      ['Checkout', null, ['flag: new-checkout', 'code: services/checkout/**']],
    ]);
  });

  it('puts what an annotation names first, with its heading', () => {
    assert.deepEqual(
      shown({ ...place, keys: [], functionNames: [], annotations: [annotation('docs/runbooks/psp.md#mitigation')] }),
      [
        ['PSP', 'mitigation', ['annotation: docs/runbooks/psp.md#mitigation']],
        ['Checkout', null, ['code: services/checkout/**']],
      ],
    );
  });

  it('still finds the runbook when only the heading is wrong', () => {
    const found = shown({ ...place, path: 'x.ts', keys: [], annotations: [annotation('docs/runbooks/psp.md#gone')] });
    assert.deepEqual(
      found.map(([title, heading]) => [title, heading]),
      [['PSP', null]],
    );
  });

  it('finds none elsewhere', () => {
    assert.deepEqual(shown({ path: 'x.ts', functionNames: ['charge'], keys: [], annotations: [] }), []);
  });
});

describe('broken runbook links', () => {
  it('lists those of alerts, code and incidents where they stand', () => {
    const rules =
      'groups:\n  - rules:\n      - alert: A\n        annotations: { runbook_url: docs/runbooks/gone.md }\n      - alert: B\n        annotations: { runbook_url: "https://x/{{ $labels.a }}" }\n      - alert: C\n        annotations: { runbook_url: docs/runbooks/psp.md }\n';
    const record = '---\nrunbooks: [docs/runbooks/psp.md, docs/runbooks/chekout.md]\n---\n# A\n';
    const code = '// runbook: docs/runbooks/psp.md#gone\n';
    const at = code.indexOf('docs');
    const view = (path: string, text: string, annotations: readonly Annotation[]) =>
      [
        path,
        { path, text, lines: indexLines(text), facts: null, checks: [], annotations, directives: [], flagFile: null },
      ] as const;
    const snapshot = {
      runbooks,
      incidents: [decodeIncident('docs/incidents/a.md', record)],
      paths,
      alerts: decodeAlerts('monitoring/a.rules.yml', rules).alerts,
      files: new Map([
        view('docs/incidents/a.md', record, []),
        view('src/a.ts', code, [
          {
            kind: 'runbook',
            path: 'src/a.ts',
            target: 'docs/runbooks/psp.md#gone',
            span: { start: at, end: code.length - 1 },
          },
        ]),
      ]),
    };
    const texts: Record<string, string> = {
      'monitoring/a.rules.yml': rules,
      'docs/incidents/a.md': record,
      'src/a.ts': code,
    };
    assert.deepEqual(
      brokenRunbookLinks(snapshot).map(({ source, place, suggestion }) => [
        source,
        texts[place.path]!.slice(place.span.start, place.span.end),
        suggestion,
      ]),
      [
        ['incident', 'docs/runbooks/chekout.md', 'docs/runbooks/checkout.md'],
        ['alert', 'docs/runbooks/gone.md', null],
        ['annotation', 'docs/runbooks/psp.md#gone', null],
      ],
    );
  });
});
