// The two views: which rows they have, in which groups, and what the rows say.
import assert from 'node:assert/strict';
import { flagsView } from '../../../server/src/core/features/flagsView.ts';
import { onCallView } from '../../../server/src/core/features/onCallView.ts';
import type { ViewRow } from '../../../server/src/core/features/viewRows.ts';
import { checkOf, environmentOf, flagOf, snapshotOf } from '../../support/snapshot.ts';
import { worldOf } from '../../support/world.ts';
import { CLIENT, FLAGS, withAges } from './shop.ts';

describe('views', () => {
  it('group flags by what wants attention, each flag once', async () => {
    const world = await worldOf(
      `${FLAGS}//- /pay.ts\n${CLIENT}\nclient.getBooleanValue('old-search', false);\nclient.getBooleanValue('nowhere', false);\nclient.getBooleanValue('new-checkout', false);\n`,
    );
    const snapshot = withAges(world, { 'old-search': '2025-01-01T00:00:00Z', 'new-checkout': '2026-10-02T09:00:00Z' });
    const { rows, badge } = flagsView(snapshot);
    const keys = rows.flatMap(row => row.children.map(child => child.key));
    assert.equal(new Set(keys).size, keys.length);
    assert.deepEqual(
      rows
        .find(row => row.label === 'Stale')
        ?.children.map(child => child.key)
        .includes('old-search'),
      true,
    );
    assert.deepEqual(
      rows.find(row => row.label === 'Unknown')?.children.map(child => child.key),
      ['nowhere'],
    );
    assert.deepEqual(badge, { value: 1, tooltip: '1 unknown flag' });
    const ids = (function collect(list: typeof rows): string[] {
      return list.flatMap(row => [row.id, ...collect(row.children)]);
    })(rows);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('group flags by system, owner or directory, what is missing last', async () => {
    const snapshot = snapshotOf({
      flags: [
        flagOf('a', { owner: 'team-pay' }),
        flagOf('a', { system: 'unleash', declaration: null }),
        flagOf('b', { owner: 'team-pay' }),
        flagOf('c', { owner: 'team-shop' }),
      ],
      checks: [
        checkOf('a', { path: 'services/pay/src/a.ts' }),
        checkOf('a', { path: 'apps/shop/b.ts' }),
        checkOf('b', { path: 'services/pay/lib/c.ts' }),
        checkOf('c', { path: 'test/d.test.ts', test: true }),
        checkOf('d', { path: 'e.ts' }),
      ],
    });
    const groups = (groupBy: 'system' | 'owner' | 'directory') =>
      flagsView(snapshot, { groupBy, filter: '' }).rows.map(row => [
        row.label,
        row.children.map(child => child.key).join(),
      ]);
    assert.deepEqual(groups('system'), [
      ['flagd', 'a,b,c'],
      ['unleash', 'a'],
      ['Not defined', 'd'],
    ]);
    assert.deepEqual(groups('owner'), [
      ['team-pay', 'a,b'],
      ['team-shop', 'c'],
      ['No owner', 'd'],
    ]);
    assert.deepEqual(groups('directory'), [
      ['/', 'd'],
      ['apps/shop', 'a'],
      ['services/pay', 'a,b'],
      ['Not checked', 'c'],
    ]);
  });

  it('call flags whose state nobody knows what the command line calls them, without a question mark', () => {
    const listed = (key: string) => flagOf(key, { system: 'code', environments: [], listed: 'asked' });
    const { rows, badge } = flagsView(
      snapshotOf({ flags: [listed('asked'), listed('unasked')], checks: [checkOf('asked')] }),
    );
    assert.deepEqual(
      rows.map(({ label, children }) => [label, children.map(({ key, icon }) => `${key} ${icon}`)]),
      [
        ['Not judged', ['asked list-unordered']],
        ['Listed in code', ['unasked list-unordered']],
      ],
    );
    assert.equal(badge, null);
  });

  it('count no flag as unknown where nothing says which there are', async () => {
    const world = await worldOf(`//- /pay.ts\n${CLIENT}\nclient.getBooleanValue('nowhere', false);\n`);
    const { rows, badge } = flagsView(world.snapshot);
    assert.deepEqual(
      rows.map(row => row.label),
      ['Unknown'],
    );
    assert.equal(badge, null);
  });

  it('mark stale flags where no heading does', async () => {
    const world = await worldOf(`${FLAGS}//- /pay.ts\n${CLIENT}\nclient.getBooleanValue('old-search', false);\n`);
    const snapshot = withAges(world, { 'old-search': '2025-01-01T00:00:00Z' });
    const described = (groupBy: 'verdict' | 'system') =>
      flagsView(snapshot, { groupBy, filter: 'old-search' }).rows.flatMap(row => row.children)[0]?.description;
    assert.match(described('system')!, / · stale$/);
    assert.doesNotMatch(described('verdict')!, /stale/);
  });

  it('show the flags that have all the words, and count all the same', () => {
    const ramping = flagOf('ramping', { environments: [environmentOf({ state: 'partial', percentage: 25 })] });
    const snapshot = snapshotOf({
      flags: [flagOf('new-pay', { owner: 'team-pay', tags: ['mobile'] }), flagOf('old-pay'), flagOf('search'), ramping],
      checks: ['new-pay', 'old-pay', 'search', 'ramping', 'nowhere'].map(key => checkOf(key)),
    });
    const keys = (filter: string) =>
      flagsView(snapshot, { groupBy: 'verdict', filter }).rows.flatMap(row => row.children.map(child => child.key));
    assert.deepEqual(keys('PAY team'), ['new-pay']);
    assert.deepEqual(keys('mobile on'), ['new-pay']);
    assert.deepEqual(keys('unknown'), ['nowhere']);
    assert.deepEqual(keys('pay search'), []);
    // What a row shows is found, too.
    assert.deepEqual(keys('25%'), ['ramping']);
    assert.equal(flagsView(snapshot, { groupBy: 'owner', filter: 'pay' }).badge?.value, 1);
  });

  it('show a flag as its hint does, with an icon of its state, above its definitions and checks', async () => {
    const world = await worldOf(
      `${FLAGS}//- /shop/pay.ts\n${CLIENT}\nexport const pay = () => client.getBooleanValue('new-checkout', false);\nclient.getBooleanValue('nowhere', false);\n`,
    );
    const snapshot = withAges(world, { 'new-checkout': '2026-10-02T09:00:00Z' });
    const flags = flagsView(snapshot).rows.flatMap(row => row.children);
    const rowOf = (key: string) => flags.find(row => row.key === key)!;
    const shown = (row: ViewRow) => [row.icon, row.label, row.description];
    assert.deepEqual(shown(rowOf('new-checkout')), ['color-mode', 'new-checkout', '25% · 30d']);
    assert.deepEqual(rowOf('new-checkout').children.map(shown), [
      ['file', 'shop.flagd.json', 'production 25% · flags'],
      ['code', 'pay.ts:3', 'pay · shop'],
    ]);
    assert.deepEqual(shown(rowOf('nowhere')), ['question', 'nowhere', '1 check']);
    assert.deepEqual([rowOf('old-search').icon, rowOf('team-blue').icon], ['circle-filled', 'circle-outline']);
  });

  it('say which runbooks wait for a review, and what alerts lead to', async () => {
    const world = await worldOf(`
//- /docs/runbooks/pay.md
---
owner: team-pay
reviewed: 2026-01-01
review-every: 90d
---
# Payments
//- /docs/runbooks/a-card.md
# Cards
//- /monitoring/pay.rules.yml
groups:
  - name: pay
    rules:
      - alert: Down
        expr: up == 0
        annotations: { runbook_url: docs/runbooks/pay.md }
      - alert: Gone
        expr: up == 1
        annotations: { runbook_url: docs/runbooks/gone.md }
`);
    const { rows, badge } = onCallView(world.snapshot);
    const shown = (title: string) =>
      rows.find(row => row.label === title)?.children.map(row => [row.label, row.description]);
    assert.deepEqual(shown('Runbooks'), [
      ['Cards', null],
      ['Payments', 'review 214 days overdue · team-pay'],
    ]);
    assert.deepEqual(shown('Alerts'), [
      ['Down', 'pay.md'],
      ['Gone', 'its runbook is missing'],
    ]);
    assert.deepEqual(badge, { value: 1, tooltip: '1 broken runbook link' });
  });

  it('give whoever is on call the latest incident first', async () => {
    const world = await worldOf(`
//- /docs/incidents/a.md
---
id: INC-1
started: 2025-01-01T10:00Z
---
# First
//- /docs/incidents/b.md
---
id: INC-2
started: 2026-01-01T10:00Z
---
# Second
//- /docs/incidents/c.md
# INC-3 Without front matter

## Timeline
- 2025-06-01 10:00 UTC everything stood still
`);
    assert.deepEqual(
      onCallView(world.snapshot).rows[0]?.children.map(row => row.label),
      ['INC-2 Second', 'INC-3 Without front matter', 'INC-1 First'],
    );
  });
});
