import assert from 'node:assert/strict';
import { incidentNamed, incidentsFor } from '../../../server/src/core/incidents/coverage.ts';
import { decodeIncident } from '../../../server/src/core/incidents/incident.ts';
import { toIncidentDocument } from '../../../server/src/core/incidents/show.ts';
import { indexLines } from '../../../server/src/core/text.ts';

const contractExample = [
  '---',
  'id: INC-42',
  'severity: SEV2',
  'started: 2026-03-02T10:12Z',
  'detected: 2026-03-02T10:20Z',
  'resolved: 2026-03-02T11:05Z',
  'code: [src/pay.ts#charge]',
  'flags: [new-checkout]',
  'runbooks: [docs/runbooks/checkout.md]',
  'guard: { pattern: "fetch($URL)", languages: [typescript], message: "No timeout: see INC-42" }',
  '---',
  '# INC-42: payments hang',
  '',
  '## Timeline',
  '',
  '- 10:12 first timeout',
  '- 10:20 alert fires',
  '',
].join('\n');

describe('reading an incident record', () => {
  it('reads the front matter of the contract', () => {
    const incident = decodeIncident('docs/incidents/2026-03-02-pay.md', contractExample);
    const { id, title, severity, started, detected, resolved, flags, runbooks, problems } = incident;
    assert.deepEqual(
      { id, title, severity, started, detected, resolved, flags, runbooks, problems },
      {
        id: 'INC-42',
        title: 'payments hang',
        severity: 'SEV2',
        started: '2026-03-02T10:12:00Z',
        detected: '2026-03-02T10:20:00Z',
        resolved: '2026-03-02T11:05:00Z',
        flags: ['new-checkout'],
        runbooks: ['docs/runbooks/checkout.md'],
        problems: [],
      },
    );
    assert.deepEqual(
      incident.code.map(({ glob, symbol }) => [glob, symbol]),
      [['src/pay.ts', 'charge']],
    );
  });

  it('makes the document of `incidents show`', () => {
    const path = 'docs/incidents/2026-03-02-pay.md';
    const document = toIncidentDocument(path, [decodeIncident(path, contractExample)], indexLines(contractExample));
    assert.deepEqual(JSON.parse(JSON.stringify(document)), {
      version: 1,
      file: path,
      incidents: [
        {
          id: 'INC-42',
          title: 'payments hang',
          severity: 'SEV2',
          started: '2026-03-02T10:12:00Z',
          detected: '2026-03-02T10:20:00Z',
          resolved: '2026-03-02T11:05:00Z',
          events: [
            {
              time: '2026-03-02T10:12:00Z',
              local: '2026-03-02T10:12',
              end: null,
              precision: 'minute',
              approximate: false,
              zone: 'UTC',
              text: 'first timeout',
              kind: 'note',
              line: 16,
            },
            {
              time: '2026-03-02T10:20:00Z',
              local: '2026-03-02T10:20',
              end: null,
              precision: 'minute',
              approximate: false,
              zone: 'UTC',
              text: 'alert fires',
              kind: 'detection',
              line: 17,
            },
          ],
          problems: [],
        },
      ],
    });
  });

  for (const [path, text, id] of [
    ['docs/incidents/a.md', '# INC-19: prices', 'INC-19'],
    ['docs/incidents/inc-7-double-charge.md', '# Double charge', 'INC-7'],
    ['docs/incidents/2026-03-02-pay.html.md.erb', '# SEV-1 on UTC-7', '2026-03-02-pay'],
    ['a.md', '---\nid: 42\n---\n# PAY-7: x', '42'],
    ['a.md', '# Postmortem: OPS-9 disk full', 'OPS-9'],
  ] as const) {
    it(`names ${path} ${id}`, () => assert.equal(decodeIncident(path, text).id, id));
  }

  for (const [text, severity] of [
    ['---\nseverity: sev-2\n---\n', 'SEV2'],
    ['---\nseverity: 1\n---\n', 'SEV1'],
    ['---\npriority: P3\n---\n', 'P3'],
    ['---\nseverity: Critical\n---\n', 'critical'],
    ['- **Severity:** SEV-1 (critical)\n', 'SEV1'],
    ['| Severity | P2 |\n|---|---|\n| Date | x |\n', 'P2'],
    ['We kept our word. Severity: SEV2.\n', 'SEV2'],
    ['The severity of the storm was unheard of.\n', null],
  ] as const) {
    it(`reads the severity ${severity} of ${JSON.stringify(text)}`, () => {
      assert.equal(decodeIncident('a.md', text).severity, severity);
    });
  }

  it('reports times that are none or in the wrong order, and keeps the rest', () => {
    const text = '---\nstarted: 2026-03-02T10:12Z\ndetected: soon\nresolved: 2026-03-01T10:00Z\n---\n# A\n';
    const incident = decodeIncident('a.md', text);
    assert.deepEqual(
      [incident.started, incident.detected, incident.resolved],
      ['2026-03-02T10:12:00Z', null, '2026-03-01T10:00:00Z'],
    );
    assert.deepEqual(
      incident.problems.map(({ code, place }) => [code, text.slice(place!.span.start, place!.span.end)]),
      [
        ['front-matter/time', 'soon'],
        ['incident/times', '2026-03-01T10:00Z'],
      ],
    );
  });

  it('never throws', () => {
    for (let end = 0; end < contractExample.length; end += 3) decodeIncident('a.md', contractExample.slice(0, end));
    for (const text of [
      '',
      '\ufeff',
      '---',
      '---\n',
      '# ',
      '## Timeline',
      '|',
      '## Timeline\n| Time |\n|--|\n| |',
      '- **Timeline**',
      '\0',
      '🎏'.repeat(99),
    ]) {
      decodeIncident('a.md', text);
    }
  });
});

describe('incidents of a place in the code', () => {
  const incidents = [
    decodeIncident('docs/incidents/2026-03-02-pay.md', contractExample),
    decodeIncident('docs/incidents/b.md', '---\nid: INC-43\nstarted: 2026-04-01\nflags: [new-checkout]\n---\n'),
    decodeIncident('docs/incidents/c.md', '---\nid: INC-44\nstarted: 2026-05-01\nflags: [new-checkout]\n---\n'),
  ];
  const place = { path: 'src/pay.ts', functionNames: ['charge'], keys: ['new-checkout'], annotations: [] };

  it('ranks them, the latest of equal ones first, with reasons', () => {
    assert.deepEqual(
      incidentsFor({ incidents }, place).map(match => [match.incident.id, match.because]),
      [
        ['INC-42', ['code: src/pay.ts#charge', 'flag: new-checkout']],
        ['INC-44', ['flag: new-checkout']],
        ['INC-43', ['flag: new-checkout']],
      ],
    );
    assert.deepEqual(incidentsFor({ incidents }, { ...place, functionNames: ['refund'], keys: [] }), []);
  });

  it('puts what an annotation names first, by id or by file', () => {
    for (const target of ['INC-43', 'inc-43', 'docs/incidents/b.md', '../docs/incidents/b.md', 'b']) {
      const annotation = { kind: 'incident', path: 'src/pay.ts', target, span: { start: 0, end: 1 } } as const;
      assert.equal(
        incidentsFor({ incidents }, { ...place, annotations: [annotation] })[0]?.incident.id,
        'INC-43',
        target,
      );
    }
    assert.equal(incidentNamed({ incidents }, 'INC-9'), null);
  });
});
