import assert from 'node:assert/strict';
import { flagStory } from '../../../server/src/core/flags/telling/flagStory.ts';
import { introducedOf, lastChangeOf, unchangedSince } from '../../../server/src/core/flags/verdicts/ages.ts';
import { verdictOf } from '../../../server/src/core/flags/verdicts/staleness.ts';
import type { Flag } from '../../../server/src/core/model.ts';
import { flagIdentity } from '../../../server/src/core/model.ts';
import { checkOf, environmentOf, flagOf, historyOf, type SnapshotParts, snapshotOf } from '../../support/snapshot.ts';

/** The tests' clock is 1 June 2026, noon. */
const LONG_AGO = '2025-06-01T12:00:00Z';
const FORTY_DAYS_AGO = '2026-04-22T12:00:00Z';
const TEN_DAYS_AGO = '2026-05-22T12:00:00Z';

const used = [checkOf('f')];
const old = historyOf({ introduced: { f: LONG_AGO } });
const staging = (state: 'on' | 'off') => environmentOf({ environment: 'staging', state });

interface Case {
  readonly flag?: Partial<Flag>;
  readonly parts?: SnapshotParts;
  readonly expected: string;
  readonly why?: string;
  readonly rule?: string;
}

const CASES: Readonly<Record<string, Case>> = {
  'on everywhere for longer than its lifetime': {
    expected: 'launched, stale',
    why: 'on for everyone in production for 365 days; release flags live 40 days',
    rule: 'lifetimes.release',
  },
  'off everywhere for longer than its lifetime': {
    flag: { environments: [environmentOf({ state: 'off' }), staging('off')] },
    expected: 'off, stale',
    why: 'off for everyone in both environments for 365 days; release flags live 40 days',
  },
  'on everywhere, exactly its lifetime': {
    parts: { history: historyOf({ introduced: { f: FORTY_DAYS_AGO } }) },
    expected: 'fresh',
  },
  'on everywhere, one second longer': {
    parts: { history: historyOf({ introduced: { f: '2026-04-22T11:59:59Z' } }) },
    expected: 'launched, stale',
  },
  'on everywhere since a short while': {
    parts: { history: historyOf({ introduced: { f: TEN_DAYS_AGO } }) },
    expected: 'fresh',
    why: 'on for everyone in production for 10 days; release flags live 40 days',
  },
  'old, but turned on only just': {
    parts: {
      history: historyOf({ introduced: { f: LONG_AGO }, changes: [{ flag: flagOf('f'), time: TEN_DAYS_AGO }] }),
    },
    expected: 'fresh',
    why: 'on for everyone in production for 10 days; release flags live 40 days',
  },
  'still ramping, however old': {
    flag: { environments: [environmentOf({ state: 'partial', percentage: 25 }), staging('on')] },
    expected: 'rolling-out',
    why: '25% in production for 365 days; release flags live 40 days',
  },
  'targeted, however old': { flag: { environments: [environmentOf({ state: 'targeted' })] }, expected: 'rolling-out' },
  'scheduled, however old': {
    flag: { environments: [environmentOf({ state: 'scheduled' })] },
    expected: 'rolling-out',
  },
  'on here, off there': {
    flag: { environments: [environmentOf({ state: 'off' }), staging('on')] },
    expected: 'rolling-out',
    why: 'off in production and on in staging for 365 days',
  },
  'one value here, another there, on everywhere': {
    flag: { environments: [environmentOf({ serves: 'a' }), environmentOf({ environment: 'staging', serves: 'b' })] },
    expected: 'launched, stale',
  },
  'a kill switch': {
    flag: { type: 'kill-switch' },
    expected: 'permanent',
    rule: 'lifetimes.kill-switch',
    why: 'kill switches live as long as they are needed',
  },
  'a permission': { flag: { type: 'permission' }, expected: 'permanent' },
  'an operational flag after its 7 days': {
    flag: { type: 'operational' },
    parts: { history: historyOf({ introduced: { f: TEN_DAYS_AGO } }) },
    expected: 'launched, stale',
    rule: 'lifetimes.operational',
  },
  'a kill switch that the configuration limits': {
    flag: { type: 'kill-switch' },
    parts: { config: '{"lifetimes": {"kill-switch": "100d"}}' },
    expected: 'launched, stale',
    why: 'on for everyone in production for 365 days; kill switches live 100 days',
  },
  'a release that the configuration lets live': {
    parts: { config: '{"lifetimes": {"release": null}}' },
    expected: 'permanent',
  },
  'an override of the configuration, by key': {
    parts: {
      config:
        '{"lifetimes": {"overrides": [{"flags": ["g*"], "lifetime": "1d"}, {"flags": ["?"], "lifetime": "400d"}]}}',
    },
    expected: 'fresh',
    why: 'on for everyone in production for 365 days; it may live 400 days (flagbook.json)',
    rule: 'lifetimes.overrides[1]',
  },
  'an override of the configuration, by owner': {
    flag: { owner: 'team-pay' },
    parts: { config: '{"lifetimes": {"overrides": [{"owner": "team-pay", "lifetime": null}]}}' },
    expected: 'permanent',
    why: 'it may live for ever (flagbook.json)',
  },
  'an override for other owners': {
    parts: { config: '{"lifetimes": {"overrides": [{"owner": "team-pay", "lifetime": null}]}}' },
    expected: 'launched, stale',
  },
  'a lifetime in its definition': {
    flag: { lifetime: '2y' },
    expected: 'fresh',
    why: 'on for everyone in production for 365 days; it may live 730 days (flagd)',
    rule: 'definition',
  },
  'a lifetime in a comment above its check, which wins': {
    flag: { lifetime: '2y' },
    parts: {
      files: { 'src/app.ts': '// Asked for by sales.\n// flagbook-lifetime: 90d\ncheck("f")\n' },
      checks: [checkOf('f', { span: { start: 49, end: 59 } })],
    },
    expected: 'launched, stale',
    why: 'on for everyone in production for 365 days; it may live 90 days (src/app.ts:2)',
    rule: 'annotation',
  },
  'a comment above something else': {
    parts: {
      files: { 'src/app.ts': '// flagbook-lifetime: none\nother()\ncheck("f")\n' },
      checks: [checkOf('f', { span: { start: 35, end: 45 } })],
    },
    expected: 'launched, stale',
    rule: 'lifetimes.release',
  },
  'a type in a comment beside its check': {
    parts: {
      files: { 'src/app.ts': 'check("f") // flagbook-type: kill-switch\n' },
      checks: [checkOf('f', { span: { start: 0, end: 10 } })],
    },
    expected: 'permanent',
    rule: 'lifetimes.kill-switch',
  },
  'back after it was removed': {
    parts: { history: historyOf({ introduced: { f: LONG_AGO }, returned: { f: TEN_DAYS_AGO } }) },
    expected: 'fresh',
    why: 'on for everyone in production for 10 days; release flags live 40 days',
  },
  'back, and nobody checks it yet': {
    parts: {
      checks: [checkOf('another')],
      history: historyOf({ introduced: { f: LONG_AGO }, returned: { f: '2026-05-30T00:00:00Z' } }),
    },
    expected: 'unused',
    why: 'no code checks it yet; brought back 2 days ago',
  },
  'past its own date': {
    flag: { expires: '2026-05-30T00:00:00Z', environments: [environmentOf({ state: 'partial', percentage: 5 })] },
    expected: 'expired, stale',
    why: 'its expiry date, 30 May 2026, passed 2 days ago',
    rule: 'expiry',
  },
  'before its own date': {
    flag: { expires: '2026-07-01T00:00:00Z', environments: [environmentOf({ state: 'partial', percentage: 5 })] },
    expected: 'rolling-out',
  },
  'nobody checks it': {
    parts: { checks: [checkOf('another')] },
    expected: 'unused, stale',
    why: 'no code checks it; introduced 365 days ago',
    rule: 'unused',
  },
  'only tests check it': {
    parts: { checks: [checkOf('f', { test: true })] },
    expected: 'unused, stale',
    why: 'only tests check it (1 place); introduced 365 days ago',
  },
  'only mentioned': {
    parts: { checks: [checkOf('f', { role: 'declaration' }), checkOf('f', { role: 'stub' })] },
    expected: 'unused, stale',
  },
  'nobody checks it yet': {
    parts: { checks: [checkOf('another')], history: historyOf({ introduced: { f: '2026-05-30T00:00:00Z' } }) },
    expected: 'unused',
    why: 'no code checks it yet; introduced 2 days ago',
  },
  'nobody checks it, not committed': {
    parts: { checks: [checkOf('another')], history: historyOf() },
    expected: 'unused',
    why: 'no code checks it yet; not committed yet',
  },
  'an unused kill switch': {
    flag: { type: 'kill-switch' },
    parts: { checks: [checkOf('another')] },
    expected: 'unused',
    why: 'no code checks it; kill switches are never stale',
    rule: 'lifetimes.kill-switch',
  },
  'nobody checks it, in a repository whose code asks for no flag': {
    parts: { checks: [] },
    expected: 'launched, stale',
    why: 'on for everyone in production for 365 days; release flags live 40 days',
  },
  'nobody checks it, but another flag needs it': {
    parts: { checks: [checkOf('g')], flags: [flagOf('f'), flagOf('g', { prerequisites: ['f'] })] },
    expected: 'launched, stale',
  },
  'not used yet, and past its own date': {
    flag: { expires: '2026-03-01T00:00:00Z' },
    parts: { checks: [checkOf('another')], history: historyOf({ introduced: { f: '2026-05-30T00:00:00Z' } }) },
    expected: 'expired, stale',
  },
  'code asks for it by another name': {
    flag: { askedOtherwise: true, environments: [] },
    parts: { checks: [checkOf('another')] },
    expected: 'fresh',
    why: 'not judged: flagd has no state',
    rule: 'state-unknown',
  },
  'nothing but the code’s fallback, which may be anything': {
    flag: { environments: [environmentOf({ state: 'off', serves: undefined, fallback: true })] },
    expected: 'off, stale',
    why: "off, with only the code's fallback, for everyone in production for 365 days; release flags live 40 days",
  },
  'off here, and a value of its own there': {
    flag: { environments: [environmentOf({ state: 'off', serves: undefined }), staging('off')] },
    expected: 'off, stale',
    why: 'off for everyone in both environments for 365 days; release flags live 40 days',
  },
  'a dynamic key that starts like it': {
    parts: { checks: [checkOf(null, { keyPrefix: 'f' })] },
    expected: 'launched, stale',
  },
  'a dynamic key that starts otherwise': {
    parts: { checks: [checkOf(null, { keyPrefix: 'g' })] },
    expected: 'unused, stale',
  },
  'a dynamic key without any start': {
    parts: { checks: [checkOf(null, { keyPrefix: '' })] },
    expected: 'unused, stale',
  },
  'archived, still checked': {
    flag: { archived: true },
    expected: 'archived, stale',
    why: 'archived in flagd, but still checked in 1 place',
    rule: 'archived',
  },
  'archived and gone from code': {
    flag: { archived: true },
    parts: { checks: [checkOf('another')] },
    expected: 'archived',
  },
  'no state to judge': {
    flag: { environments: [], system: 'openfeature-manifest' },
    expected: 'fresh',
    why: 'not judged: openfeature-manifest has no state',
    rule: 'state-unknown',
  },
  'a state nobody can read': {
    flag: { environments: [environmentOf({ state: 'unknown', summary: 'custom rule' }), staging('on')] },
    expected: 'fresh',
    rule: 'state-unknown',
  },
  'a shallow clone': {
    parts: { history: historyOf({ introduced: { f: { reason: 'the clone is shallow' } } }) },
    expected: 'launched',
    why: 'on for everyone in production; since when is not known: the clone is shallow',
  },
  'no git': {
    parts: { history: { kind: 'unavailable', reason: 'this folder is not in a git repository' } },
    expected: 'launched',
    why: 'on for everyone in production; since when is not known: this folder is not in a git repository',
  },
  'git still being read': { parts: { history: { kind: 'pending' } }, expected: 'launched' },
  'no git, but its system knows its birthday': {
    flag: { created: LONG_AGO },
    parts: { history: { kind: 'unavailable', reason: 'no git' } },
    expected: 'launched, stale',
  },
  'not committed yet': {
    parts: { history: historyOf() },
    expected: 'fresh',
    why: 'on for everyone in production; not committed yet',
  },
};

describe('verdicts', () => {
  for (const [name, { flag, parts, expected, why, rule }] of Object.entries(CASES)) {
    it(name, () => {
      const snapshot = snapshotOf({ flags: [flagOf('f', flag)], checks: used, history: old, ...parts });
      const verdict = verdictOf(snapshot, 'f');
      assert.equal(`${verdict.kind}${verdict.stale ? ', stale' : ''}`, expected);
      if (why !== undefined) assert.equal(verdict.why, why);
      if (rule !== undefined) assert.equal(verdict.rule, rule);
    });
  }

  it('know a key that no file defines, and say where they looked', () => {
    const other = flagOf('other');
    const flagFile = {
      path: 'flags/shop.flagd.json',
      system: 'flagd',
      environment: 'production',
      flags: [other],
      problems: [],
    };
    const verdict = verdictOf(snapshotOf({ flagFiles: [flagFile], checks: used }), 'f');
    assert.deepEqual(verdict, {
      kind: 'unknown',
      stale: false,
      why: 'checked in 1 place, but defined in none of the flag files (flags/shop.flagd.json)',
      rule: 'unknown-flag',
    });
    assert.equal(
      verdictOf(snapshotOf({ checks: used }), 'f').why,
      'checked in 1 place, but no flag file was found in this repository',
    );
  });

  it('look at all definitions of a key together', () => {
    const flags = [
      flagOf('f'),
      flagOf('f', { system: 'launchdarkly', environments: [environmentOf({ state: 'off' })] }),
    ];
    assert.equal(verdictOf(snapshotOf({ flags, checks: used, history: old }), 'f').kind, 'rolling-out');
    const one = [flagOf('f', { archived: true, environments: [environmentOf({ state: 'off' })] }), flagOf('f')];
    assert.equal(verdictOf(snapshotOf({ flags: one, checks: used, history: old }), 'f').kind, 'launched');
  });

  it('count from the newest change in any environment', () => {
    const flag = flagOf('f', { environments: [environmentOf(), staging('on')] });
    const history = historyOf({
      introduced: { f: LONG_AGO },
      changes: [
        { flag, time: TEN_DAYS_AGO, environment: 'staging' },
        { flag, time: '2025-12-01T00:00:00Z', environment: 'production' },
      ],
    });
    const snapshot = snapshotOf({ flags: [flag], checks: used, history });
    assert.equal(verdictOf(snapshot, 'f').kind, 'fresh');
    assert.equal(lastChangeOf(snapshot, flag, 'production')?.moment.time, '2025-12-01T00:00:00Z');
    assert.equal(lastChangeOf(snapshot, flag, 'nowhere'), null);
    assert.deepEqual(unchangedSince(snapshot, 'f'), { kind: 'known', time: TEN_DAYS_AGO, days: 10, source: 'changed' });
  });

  it('count from what a server says of its flags, whatever the repository knows', () => {
    const history = historyOf({ introduced: { f: LONG_AGO } });
    const changed = { time: TEN_DAYS_AGO, source: 'unleash', asOf: null };
    const served = { system: 'unleash', server: 'https://flags.test', declaration: null };
    const told = snapshotOf({ flags: [flagOf('f', { ...served, changed })], checks: used, history });
    assert.deepEqual(unchangedSince(told, 'f'), { kind: 'known', time: TEN_DAYS_AGO, days: 10, source: 'changed' });
    assert.equal(verdictOf(told, 'f').stale, false);
    const silent = snapshotOf({ flags: [flagOf('f', served)], checks: used, history });
    const reason = 'unleash does not say when it last changed';
    assert.deepEqual(unchangedSince(silent, 'f'), { kind: 'unknown', reason });
    assert.equal(verdictOf(silent, 'f').stale, false, 'a guess is no reason to remove a flag');
  });

  it('are lower bounds where older versions of the flag file were not read', () => {
    const flag = flagOf('f');
    const history = historyOf({ introduced: { f: LONG_AGO } });
    assert.ok(history.kind === 'known');
    const readTo = (time: string | null) =>
      snapshotOf({
        flags: [flag],
        checks: used,
        history: { ...history, readBackTo: new Map([[flagIdentity(flag), time]]) },
      });
    const { stale, why } = verdictOf(readTo(TEN_DAYS_AGO), 'f');
    assert.deepEqual(
      [stale, why],
      [false, 'on for everyone in production for at least 10 days; release flags live 40 days'],
    );
    assert.equal(verdictOf(readTo('2026-01-01T00:00:00Z'), 'f').stale, true);
    const told = flagStory(readTo(TEN_DAYS_AGO), 'f').sections.find(({ title }) => title === 'Changes');
    assert.match(told!.lines[0]!.text, /^older changes were not read: versions before \d+ May 2026 are/);
    const unread = verdictOf(readTo(null), 'f');
    assert.equal(unread.stale, false);
    assert.match(unread.why, /since when is not known: git could not tell/);
  });

  it('never guess an age', () => {
    const reasons = [
      snapshotOf({ history: { kind: 'pending' } }),
      snapshotOf({ history: { kind: 'unavailable', reason: 'no git' } }),
      snapshotOf({ history: historyOf() }),
    ].map(snapshot => introducedOf(snapshot, 'f'));
    assert.deepEqual(
      reasons.map(each => (each.kind === 'unknown' ? each.reason : each.kind)),
      ['git history is still being read', 'no git', 'not committed yet'],
    );
  });
});
