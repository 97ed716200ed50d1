import assert from 'node:assert/strict';
import { decodeIncident, decodeIncidents } from '../../../server/src/core/incidents/incident.ts';
import type { Incident, TimelineEvent } from '../../../server/src/core/model.ts';

const incident = (text: string, path = 'docs/incidents/2025-03-03-shop.md') => decodeIncident(path, text);
const show = (event: TimelineEvent) => `${event.approximate ? '~' : ''}${event.local ?? '?'} ${event.text}`;
const shown = (text: string, path?: string) => incident(text, path).events.map(show);
const codes = (found: Incident) => found.problems.map(problem => problem.code);

/** A timeline table in UTC with these rows, each `when | what`. */
const table = (rows: readonly string[], header = 'Time') =>
  [
    '# Outage',
    '',
    '## Timeline',
    '',
    'All times in UTC.',
    '',
    `| ${header} | Event |`,
    '|---|---|',
    ...rows.map(row => `| ${row} |`),
  ].join('\n');

describe('timelines as people write them', () => {
  it('reads a table whose zone stands in the column header', () => {
    const { events } = incident(
      '## Timeline\n\n| Time (CET) | Event |\n|---|---|\n| 2019-12-03 --:--     | Surge |\n| 2019-12-03 09:30 | Down |\n',
    );
    assert.deepEqual(
      events.map(event => [event.time, event.local, event.precision, event.zone, event.text]),
      [
        ['2019-12-02T23:00:00Z', '2019-12-03', 'day', 'CET', 'Surge'],
        ['2019-12-03T08:30:00Z', '2019-12-03T09:30', 'minute', 'CET', 'Down'],
      ],
    );
  });

  it('reads a year with a digit too many, and says so', () => {
    const found = incident(table(['2020-01-16 11:50 | a', '20202-01-16 12:00 | b', '2020-01-16 12:10 | c']), 'x.md');
    assert.deepEqual(found.events.map(show), ['2020-01-16T11:50 a', '2020-01-16T12:00 b', '2020-01-16T12:10 c']);
    assert.deepEqual(codes(found), ['timeline/bad-date']);
    assert.match(found.problems[0]!.message, /read as 2020/);
  });

  it('reads ranges', () => {
    const found = incident(
      table([
        '2020-10-06 09:00 - 11:00 | a',
        '2020-10-06 12:26-12:?? | b',
        '13:00–13:01 | c',
        '14:10:57-58 | d',
        '23:50 - 00:10 | e',
      ]),
    );
    assert.deepEqual(
      found.events.map(event => [event.local, event.end, event.precision]),
      [
        ['2020-10-06T09:00', '2020-10-06T11:00:00Z', 'minute'],
        ['2020-10-06T12:26', null, 'minute'],
        ['2020-10-06T13:00', '2020-10-06T13:01:00Z', 'minute'],
        ['2020-10-06T14:10:57', '2020-10-06T14:10:58Z', 'second'],
        ['2020-10-06T23:50', '2020-10-07T00:10:00Z', 'minute'],
      ],
    );
  });

  it('keeps what is about a time, and what nobody knows', () => {
    const found = incident(
      table([
        '2020-11-17 10:45~ | a',
        '~2020-11-17 19:30 | b',
        '2022-02-?? ??:?? | c',
        '[???] | d',
        '2021/22-??-?? HH:mm | e',
        '2022-03-01 8:?? | f',
      ]),
    );
    assert.deepEqual(
      found.events.map(event => [show(event), event.precision]),
      [
        ['~2020-11-17T10:45 a', 'minute'],
        ['~2020-11-17T19:30 b', 'minute'],
        ['2022-02 c', 'month'],
        ['? d', 'unknown'],
        ['? e', 'unknown'],
        ['2022-03-01T08 f', 'hour'],
      ],
    );
    assert.deepEqual(
      found.events.filter(event => event.local === null).map(event => event.time),
      [null, null],
    );
  });

  it('reads a date alone and a one-digit hour, and reports a row of the template', () => {
    const found = incident(
      table(['2021-12-10         | a', '2024-04-09 8:40 | b', '2024-04-09 HH:mm | Short event description.']),
    );
    assert.deepEqual(found.events.map(show), [
      '2021-12-10 a',
      '2024-04-09T08:40 b',
      '2024-04-09 Short event description.',
    ]);
    assert.deepEqual(codes(found), ['timeline/template']);
  });

  it('takes a marker row for the phase it names, and keeps an entry without a time', () => {
    const found = incident(
      table([
        'Pre-existing | old nodes',
        '**Discovery:** | ',
        '2024-04-09 8:40 | Ana looks',
        '**Recovery:** | ',
        '2024-04-09 9:40 | Done',
      ]),
    );
    assert.deepEqual(
      found.events.map(event => [show(event), event.kind]),
      [
        ['? Pre-existing | old nodes', 'note'],
        ['2024-04-09T08:40 Ana looks', 'detection'],
        ['2024-04-09T09:40 Done', 'recovery'],
      ],
    );
  });

  it('reads a list with pictures and code between its items', () => {
    const text = [
      '**Date:** 2025-10-28',
      '',
      '## Timeline',
      '',
      '- **16:58 UTC** - Writer database down',
      '',
      '  ![graph](a.png)',
      '',
      '  ```',
      '  12:00 not an entry',
      '  ```',
      '',
      '- **17:45 UTC** - SDK patched',
      '  - by hand',
      '- **22:30 UTC (Oct 29)** - All well',
    ].join('\n');
    assert.deepEqual(shown(text, 'x.md'), [
      '2025-10-28T16:58 Writer database down',
      '2025-10-28T17:45 SDK patched',
      '2025-10-29T22:30 All well',
    ]);
  });

  it('reads a chat with continued lines and goes on after midnight', () => {
    const text =
      '# Outage\n\n2025-03-03, all times Europe/Berlin.\n\n## What happened\n\n* [16:40] @ana rolled back\n    and waited\n* [23:55] still slow\n* [07:00] quiet\n';
    const { events } = incident(text, 'x.md');
    assert.deepEqual(
      events.map(event => [event.time, event.local, event.text]),
      [
        ['2025-03-03T15:40:00Z', '2025-03-03T16:40', '@ana rolled back and waited'],
        ['2025-03-03T22:55:00Z', '2025-03-03T23:55', 'still slow'],
        ['2025-03-04T06:00:00Z', '2025-03-04T07:00', 'quiet'],
      ],
    );
  });

  it('reads headings, with the day in the first one, in a heading of its own, or in the title', () => {
    assert.deepEqual(
      shown(
        '# A\n## Timeline\n### 2018-01-18 4:19 ###\nfirst\n### 4:27\n\n- second\n## 4:40\nthird\n## Actions\n### 9:00\n',
      ),
      ['2018-01-18T04:19 first', '2018-01-18T04:27 second', '2018-01-18T04:40 third'],
    );
    assert.deepEqual(
      shown('# 2020-07-09, too many hugs\n## Timeline\n### 07:30am - First report\n### Sep 27 2020 13:06\n', 'x.md'),
      ['2020-07-09T07:30 First report', '2020-09-27T13:06 '],
    );
    assert.deepEqual(
      shown('# A\n## Timeline\n### 2024-03-05 Data8 outage\nwhat it was\n### ~15:12\nslow\n### 15:14:30\ndown\n'),
      ['~2024-03-05T15:12 slow', '2024-03-05T15:14:30 down'],
    );
  });

  it('reads times with words around them', () => {
    const text = [
      '## Timeline',
      '',
      '- 09:15:04 UTC an edit',
      '- 13:55 PM PST Saturday Mar 8th: found',
      '- 23:00 AM MST someone else',
      '- Around 4pm UTC on it',
      '- T+12m: page',
    ].join('\n');
    const found = incident(`---\nstarted: 2025-03-08T08:00Z\n---\n${text}`);
    assert.deepEqual(
      found.events.map(event => [event.local, event.time]),
      [
        ['2025-03-08T09:15:04', '2025-03-08T09:15:04Z'],
        ['2025-03-08T13:55', '2025-03-08T21:55:00Z'],
        ['2025-03-08T23:00', '2025-03-09T06:00:00Z'],
        ['2025-03-08T16:00', '2025-03-08T16:00:00Z'],
        ['2025-03-08T08:12', '2025-03-08T08:12:00Z'],
      ],
    );
  });

  it('reads lines of prose with a dash, ordered lists, hyphens that do not break, and a fenced block', () => {
    assert.deepEqual(shown('## Timeline\n\n09:30 — first\nand more\n10:00 — second\n'), [
      '2025-03-03T09:30 first and more',
      '2025-03-03T10:00 second',
    ]);
    assert.deepEqual(
      shown('## Timeline\n\n1. 09:30 UTC+1 (Zurich time) first\n2. 2025‑03‑04 10:00 PST (UTC-7) second\n'),
      ['2025-03-03T09:30 first', '2025-03-04T10:00 second'],
    );
    const fenced = incident(
      '## Timeline\n\n```\nTIME (UTC)  EVENT\n09:30       first\n            and more\n10:00       second\n```\n',
    );
    assert.deepEqual(
      fenced.events.map(event => [event.time, event.text]),
      [
        ['2025-03-03T09:30:00Z', 'first and more'],
        ['2025-03-03T10:00:00Z', 'second'],
      ],
    );
  });

  it('reads key events with the time behind their names', () => {
    const text =
      '# Incident on 2021-05-10\n\n- **Key events**\n  - First detected 2021-05-10 12:15\n  - Not declared, later agreed it was one\n  - Repaired: 2021-05-10 1648\n  - Resolved 2021-05-11 10.00\n\n- **Context**:\n  - 2021-05-10 12:00 - more\n';
    assert.deepEqual(
      incident(text).events.map(event => [show(event), event.kind]),
      [
        ['2021-05-10T12:15 First detected', 'detection'],
        ['? Not declared, later agreed it was one', 'note'],
        ['2021-05-10T16:48 Repaired:', 'recovery'],
        ['2021-05-11T10:00 Resolved', 'recovery'],
      ],
    );
  });

  it('finds no entries in prose, actions and logs', () => {
    const text =
      '# Outage\n\nAt 10:30 all was well. 5 users complained.\n\n- May 5 users saw it\n- 10 May was fine\n- 1.5 GB left\n\n| What | Who |\n|---|---|\n| Fix | Ana |\n';
    assert.deepEqual(shown(text), []);
  });

  it('does not take a list with a single time among other things for a timeline', () => {
    assert.deepEqual(shown('# Outage\n\n- one\n- 10:00 two\n- three\n- four\n'), []);
    assert.deepEqual(shown('# Outage\n\n- 10:00 one\n- 10:05 two\n- three\n').length, 3);
  });

  it('takes a table of times for a timeline whatever its heading', () => {
    assert.deepEqual(shown('# Outage\n\n## Log\n\n| When | What |\n|---|---|\n| 10:00 | a |\n| 10:05 | b |\n'), [
      '2025-03-03T10:00 a',
      '2025-03-03T10:05 b',
    ]);
  });
});

describe('timelines that mean harm', () => {
  for (const [unit, length] of [
    ['#\n', 40_000],
    ['## Timeline\n### 10:00\n', 40_000],
    ['# A\n## Timeline\n', 40_000],
    ['- 10:00 a\n', 30_000],
    ['10:00 a\n', 100_000],
    ['All times in \n\n', 100_000],
  ] as const) {
    it(`reads ${JSON.stringify(unit)} without end in bounded time`, () => {
      const start = process.cpuUsage().user;
      incident(unit.repeat(Math.ceil(length / unit.length)));
      const spent = (process.cpuUsage().user - start) / 1000;
      assert.ok(spent < 5_000, `took ${spent} ms`);
    });
  }
});

describe('zones of a timeline', () => {
  it('gives no UTC time when nobody states a zone, and says so once', () => {
    const found = incident('## Timeline\n\n- 10:45 - SDK\n- 10:50 - more\n');
    assert.deepEqual(
      found.events.map(event => [event.time, event.local, event.zone]),
      [
        [null, '2025-03-03T10:45', null],
        [null, '2025-03-03T10:50', null],
      ],
    );
    assert.deepEqual(codes(found), ['timeline/no-zone']);
  });

  it('reports a zone that does not exist where it stands', () => {
    const text = '## Timeline\n\nAll times in UC/Pacific\n\n### 07:30am - First report\n';
    const found = incident(text);
    assert.deepEqual(
      found.events.map(event => [event.time, event.local]),
      [[null, '2025-03-03T07:30']],
    );
    const problem = found.problems[0]!;
    assert.equal(problem.code, 'timeline/unknown-zone');
    assert.equal(text.slice(problem.place!.span.start, problem.place!.span.end), 'UC/Pacific');
  });

  it('uses the zone of the front matter, by name or by the offset of its times', () => {
    const list = '## Timeline\n\n- 10:45 - a\n';
    assert.equal(incident(`---\ntimezone: America/New_York\n---\n${list}`).events[0]!.time, '2025-03-03T15:45:00Z');
    assert.equal(
      incident(`---\nstarted: 2025-03-03T10:00+01:00\n---\n${list}`).events[0]!.time,
      '2025-03-03T09:45:00Z',
    );
    assert.equal(incident(`---\nstarted: 2025-03-03 10:00\n---\n${list}`).events[0]!.time, null);
  });

  it('knows summer time', () => {
    const text = (date: string) => `All times in Europe/London.\n\n## Timeline\n\n- ${date} 10:00 a\n`;
    assert.equal(incident(text('2026-03-10')).events[0]!.time, '2026-03-10T10:00:00Z');
    assert.equal(incident(text('2026-06-10')).events[0]!.time, '2026-06-10T09:00:00Z');
  });
});

describe('linting a timeline', () => {
  it('finds the year that was mistyped', () => {
    const found = incident(table(['2021-12-01 | a', '2021-01-28 | b', '2022-03-08 | c']));
    assert.deepEqual(codes(found), ['timeline/out-of-order']);
    assert.match(found.problems[0]!.message, /was 2022-01-28 meant\?/);
  });

  it('reports a small step back and keeps it as written', () => {
    const found = incident(table(['2018-01-26 15:00 | a', '15:33 | b', '13:40 | c', '15:50 | d']));
    assert.deepEqual(
      found.events.map(event => event.local),
      ['2018-01-26T15:00', '2018-01-26T15:33', '2018-01-26T13:40', '2018-01-26T15:50'],
    );
    assert.deepEqual(codes(found), ['timeline/out-of-order']);
  });

  it('compares entries in different zones by their true time', () => {
    assert.deepEqual(codes(incident('## Timeline\n\n- 12:00 CET a\n- 11:30 UTC b\n- 12:00 UTC c\n')), []);
  });

  it('notes an entry before the declared start and warns of one far away', () => {
    const text =
      '---\nstarted: 2025-03-03T16:58Z\nresolved: 2025-03-03T18:00Z\n---\n## Timeline\n\n- 16:54:16 log\n- 17:00 b\n- 2025-07-03 17:05 c\n';
    const found = incident(text);
    assert.deepEqual(
      found.problems.map(problem => [
        problem.code,
        problem.severity,
        text.slice(problem.place!.span.start, problem.place!.span.end),
      ]),
      [
        ['timeline/outside-incident', 'note', '16:54:16 log'],
        ['timeline/outside-incident', 'warning', '2025-07-03 17:05 c'],
      ],
    );
  });

  it('is calm about a clean one', () => {
    assert.deepEqual(codes(incident(table(['2025-03-03 10:00 | a', '2025-03-03 10:05 | b']))), []);
  });
});

describe('several incidents in one file', () => {
  it('tells them apart by their timelines', () => {
    const one = (day: string) =>
      `# Outage of ${day}\n\n## Timeline\n\n- **10:00 UTC** - down\n- **11:00 UTC** - up\n\n`;
    const found = decodeIncidents('docs/incidents/march.md', one('2025-03-03') + one('2025-03-09'));
    assert.deepEqual(
      found.map(({ id, title, events }) => [id, title, events.map(event => event.local)]),
      [
        ['march#outage-of-2025-03-03', 'Outage of 2025-03-03', ['2025-03-03T10:00', '2025-03-03T11:00']],
        ['march#outage-of-2025-03-09', 'Outage of 2025-03-09', ['2025-03-09T10:00', '2025-03-09T11:00']],
      ],
    );
  });

  it('keeps one incident with two timelines together', () => {
    const found = decodeIncidents(
      '2025-03-03-a.md',
      '# A\n\n## Timeline (times in BST)\n\n### 5:00 PM\na\n\n## Follow-up timeline (times in BST)\n\n### 8:16 PM\nb\n',
    );
    assert.deepEqual(
      found.map(({ events }) => events.map(event => event.time)),
      [['2025-03-03T16:00:00Z', '2025-03-03T19:16:00Z']],
    );
  });
});
