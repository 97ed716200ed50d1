import assert from 'node:assert/strict';
import type { Check, Flag } from '../../../server/src/core/model.ts';
import type { ChangedFile, Hunk } from '../../../server/src/core/review/patch.ts';
import { renderReviewMarkdown, renderReviewText, toReviewDocument } from '../../../server/src/core/review/render.ts';
import { hasFindingsAtLeast, type Review, review } from '../../../server/src/core/review/review.ts';
import type { Snapshot } from '../../../server/src/core/snapshot.ts';
import { checkOf, environmentOf, flagOf, historyOf, snapshotOf } from '../../support/snapshot.ts';

/** Flags this file's tests use: one long launched, one freshly on, one ramping, one permanent. */
const flags: readonly Flag[] = [
  flagOf('old-pay', { environments: [environmentOf({ state: 'on' })] }),
  flagOf('fresh-pay', { environments: [environmentOf({ state: 'on' })] }),
  flagOf('ramping-pay', {
    environments: [environmentOf({ state: 'partial', percentage: 25, summary: '25% by user id' })],
  }),
  flagOf('kill-pay', { type: 'kill-switch', environments: [environmentOf({ state: 'on' })] }),
];

const history = historyOf({
  introduced: {
    'old-pay': '2024-01-01T00:00:00Z',
    'fresh-pay': '2026-05-30T00:00:00Z',
    'ramping-pay': '2026-05-01T00:00:00Z',
    'kill-pay': '2024-01-01T00:00:00Z',
  },
  changes: [
    { flag: flags[0]!, time: '2024-02-01T00:00:00Z', what: 'off → on' },
    { flag: flags[1]!, time: '2026-05-30T00:00:00Z', what: 'added on' },
  ],
});

/** A snapshot whose files hold `check('key')` wherever their text says so. */
function world(files: Readonly<Record<string, string>>, own: readonly Flag[] = flags): Snapshot {
  const checks: Check[] = [];
  for (const [path, text] of Object.entries(files)) {
    for (const match of text.matchAll(/check\(\s*'([^']+)'[^)]*\)/g)) {
      const start = match.index;
      const at = text.indexOf(match[1]!, start);
      checks.push(
        checkOf(match[1]!, {
          path,
          span: { start, end: start + match[0].length },
          nameSpan: { start, end: start + 5 },
          keySpan: { start: at - 1, end: at + match[1]!.length + 1 },
          test: path.includes('.test.'),
        }),
      );
    }
  }
  return snapshotOf({ files, checks, flags: own, history });
}

function modified(path: string, ...hunks: readonly (readonly [number, number, number, number])[]): ChangedFile {
  const lines = hunks.map(
    ([oldStart, oldLines, newStart, newLines]): Hunk => ({ oldStart, oldLines, newStart, newLines }),
  );
  return { kind: 'modified', oldPath: path, newPath: path, hunks: lines, binary: false };
}

function reviewOf(files: readonly ChangedFile[], before: Snapshot, after: Snapshot): Review {
  return review({ base: 'main', head: 'working tree', files, before, after });
}

function inShort({ findings }: Review): readonly string[] {
  return findings.map(
    ({ severity, rule, key, path, line, side }) => `${severity} ${rule} ${key} ${side} ${path}:${line}`,
  );
}

describe('a review', () => {
  it('warns of a new use of a stale flag', () => {
    const before = world({ 'a.ts': "x\nif (check('old-pay')) a();\n" });
    const after = world({ 'a.ts': "x\nif (check('old-pay')) a();\ny\nif (check('old-pay')) b();\n" });
    const result = reviewOf([modified('a.ts', [2, 0, 3, 2])], before, after);
    assert.deepEqual(inShort(result), ['warning stale-flag old-pay new a.ts:4']);
    assert.match(result.findings[0]!.message, /^New use of the stale flag “old-pay” \(launched\): /);
    assert.deepEqual(result.summary, { added: 1, removed: 0, flags: ['old-pay'] });
  });

  it('only notes one that is edited, moved, or has a line put in or taken out', () => {
    const one = world({ 'a.ts': "if (check('old-pay', 1)) a();\n", 'b.ts': '\n' });
    const edited = world({ 'a.ts': "if (check('old-pay', 2)) a();\n", 'b.ts': '\n' });
    assert.deepEqual(inShort(reviewOf([modified('a.ts', [1, 1, 1, 1])], one, edited)), [
      'note stale-flag old-pay new a.ts:1',
    ]);
    const moved = world({ 'a.ts': '\n', 'b.ts': "if (check('old-pay', 1)) a();\n" });
    const files = [modified('a.ts', [1, 1, 1, 1]), modified('b.ts', [1, 1, 1, 1])];
    const result = reviewOf(files, one, moved);
    assert.deepEqual(inShort(result), ['note stale-flag old-pay new b.ts:1']);
    assert.deepEqual([result.summary.added, result.summary.removed], [0, 0]);
    const short = world({ 'a.ts': "check(\n  'old-pay',\n  1)\n" });
    const long = world({ 'a.ts': "check(\n  'old-pay',\n  0,\n  1)\n" });
    assert.deepEqual(inShort(reviewOf([modified('a.ts', [2, 0, 3, 1])], short, long)), [
      'note stale-flag old-pay new a.ts:1',
    ]);
    assert.deepEqual(inShort(reviewOf([modified('a.ts', [3, 1, 2, 0])], long, short)), [
      'note stale-flag old-pay new a.ts:1',
    ]);
  });

  it('leaves checks alone that the change does not touch, and those in tests', () => {
    const before = world({ 'a.ts': "check('old-pay')\n\n" });
    const after = world({ 'a.ts': "check('old-pay')\nnew line\n", 'a.test.ts': "check('nobody-knows')\n" });
    const added: ChangedFile = { ...modified('a.test.ts', [0, 0, 1, 1]), kind: 'added', oldPath: null };
    assert.deepEqual(inShort(reviewOf([modified('a.ts', [2, 1, 2, 1]), added], before, after)), []);
  });

  it('calls an unknown flag an error where it is new, and says nothing where no flag is known at all', () => {
    const before = world({ 'a.ts': '\n' });
    const files = { 'a.ts': "check('new-pya')\n" };
    const change = [modified('a.ts', [1, 1, 1, 1])];
    assert.deepEqual(inShort(reviewOf(change, before, world(files))), ['error unknown-flag new-pya new a.ts:1']);
    assert.deepEqual(inShort(reviewOf(change, before, world(files, []))), []);
  });

  it('warns of a new use of a flag that everyone has, but not of a kill switch', () => {
    const before = world({ 'a.ts': '\n\n' });
    const after = world({ 'a.ts': "check('fresh-pay')\ncheck('kill-pay')\n" });
    assert.deepEqual(inShort(reviewOf([modified('a.ts', [1, 2, 1, 2])], before, after)), [
      'warning launched-flag-new-use fresh-pay new a.ts:1',
    ]);
  });

  it('warns when the last check of a ramping flag goes, and notes when one of several does', () => {
    const before = world({ 'a.ts': "check('ramping-pay')\n", 'b.ts': "check('ramping-pay')\n" });
    const oneLeft = world({ 'a.ts': '\n', 'b.ts': "check('ramping-pay')\n" });
    const change = [modified('a.ts', [1, 1, 1, 1])];
    assert.deepEqual(inShort(reviewOf(change, before, oneLeft)), [
      'note removed-flag-still-ramping ramping-pay old a.ts:1',
    ]);
    const noneLeft = world({ 'a.ts': '\n', 'b.ts': '\n' });
    const result = reviewOf([...change, modified('b.ts', [1, 1, 1, 1])], before, noneLeft);
    assert.deepEqual(inShort(result), [
      'warning removed-flag-still-ramping ramping-pay old a.ts:1',
      'warning removed-flag-still-ramping ramping-pay old b.ts:1',
    ]);
    assert.match(result.findings[0]!.message, /25% by user id/);
  });

  it('names flags that are added, changed and taken away, and code that is left without one', () => {
    const path = 'flags/shop.flagd.json';
    const at = (...own: readonly Flag[]) => {
      const text = "check('gone')\n";
      const snapshot = world({ [path]: '{\n}\n', 'a.ts': text }, own);
      const flagFile = { path, system: 'flagd', environment: 'production', flags: own, problems: [] };
      const files = new Map(snapshot.files).set(path, { ...snapshot.files.get(path)!, flagFile });
      return { ...snapshot, files };
    };
    const half = flagOf('half', { environments: [environmentOf({ state: 'partial', percentage: 5, summary: '5%' })] });
    const more = { ...half, environments: [environmentOf({ state: 'partial', percentage: 25, summary: '25%' })] };
    const before = at(flagOf('gone'), half, flagOf('nobody'));
    const after = at(more, flagOf('brand-new'));
    const result = reviewOf([modified(path, [1, 1, 1, 1])], before, after);
    assert.deepEqual(inShort(result).toSorted(), [
      'error undeclared-flag gone old flags/shop.flagd.json:1',
      'note flag-added brand-new new flags/shop.flagd.json:1',
      'note flag-changed half new flags/shop.flagd.json:1',
      'note flag-removed nobody old flags/shop.flagd.json:1',
    ]);
    assert.match(result.findings.find(({ key }) => key === 'half')!.message, /production: 5% → 25%/);
    assert.match(result.findings.find(({ key }) => key === 'gone')!.message, /still checks it \(a\.ts:1\)/);
  });

  it('does not call a flag stale that the change itself defines', () => {
    const path = 'flags/shop.flagd.json';
    const flagFile = { path, system: 'flagd', environment: 'production', flags, problems: [] };
    const after = world({ [path]: '{\n}\n', 'a.ts': "check('old-pay')\n" });
    const files = new Map(after.files).set(path, { ...after.files.get(path)!, flagFile });
    const added: ChangedFile = { ...modified(path, [0, 0, 1, 2]), kind: 'added', oldPath: null };
    const change = [added, modified('a.ts', [1, 1, 1, 1])];
    const rules = reviewOf(change, world({ 'a.ts': '\n' }, []), { ...after, files }).findings.map(({ rule }) => rule);
    assert.deepEqual(new Set(rules), new Set(['flag-added']));
  });

  it('sees that a changed constant makes its checks ask for another flag', () => {
    const at = (key: string) => {
      const files = { 'flags.ts': `export const PAY = '${key}';\n`, 'a.ts': 'check(PAY)\n' };
      const keyPlace = { path: 'flags.ts', span: { start: 19, end: 21 + key.length } };
      const span = { start: 0, end: 10 };
      const check = checkOf(key, { path: 'a.ts', span, nameSpan: { start: 0, end: 5 }, keySpan: null, keyPlace });
      return snapshotOf({ files, checks: [check], flags, history });
    };
    const result = reviewOf([modified('flags.ts', [1, 1, 1, 1])], at('kill-pay'), at('old-pay'));
    assert.deepEqual(inShort(result), ['warning stale-flag old-pay new flags.ts:1']);
  });

  it('can be silenced on the line', () => {
    const after = world({ 'a.ts': "check('old-pay') // flagbook-ignore stale-flag\ncheck('old-pay')\n" });
    const result = reviewOf([modified('a.ts', [1, 2, 1, 2])], world({ 'a.ts': '\n\n' }), after);
    assert.deepEqual(inShort(result), ['warning stale-flag old-pay new a.ts:2']);
  });

  it('knows a finding again after lines above it and its indentation changed, and tells others apart', () => {
    const fingerprints = (text: string) => {
      const lines = text.split('\n').length - 1;
      const result = reviewOf([modified('a.ts', [0, 0, 1, lines])], world({ 'a.ts': '' }), world({ 'a.ts': text }));
      return result.findings.map(finding => finding.fingerprint);
    };
    const [one] = fingerprints("if (check('old-pay')) a();\n");
    assert.match(one!, /^[0-9a-f]{16}$/);
    assert.deepEqual(fingerprints("x\n\n  if  (check('old-pay')) a();\r\n"), [one]);
    assert.notDeepEqual(fingerprints("if (check('old-pay')) b();\n"), [one]);
  });
});

describe('a printed review', () => {
  const before = world({ 'a.ts': '\n\n' });
  const result = reviewOf(
    [modified('a.ts', [1, 2, 1, 2])],
    before,
    world({ 'a.ts': "check('old-pay')\ncheck('we|rd<b>@team')\n" }),
  );

  it('is text for a terminal, the worst first', () => {
    const text = renderReviewText(result);
    assert.match(text, /^1 error, 1 warning in 1 changed file\.\n\na\.ts:2: error: “we\|rd<b>@team” is not known/);
    assert.match(text, /\n\na\.ts:1: warning: New use of the stale flag “old-pay”/);
    assert.match(text, /\[stale-flag\]\n {4}Write the code without the flag/);
    assert.match(text, /\n2 checks added, 0 removed\. Flags: old-pay and we\|rd<b>@team\.\n$/);
    const quiet = reviewOf([modified('a.ts', [1, 1, 1, 1])], before, before);
    assert.equal(renderReviewText(quiet), 'Nothing to say of flags in 1 changed file.\nNo flag is touched.\n');
  });

  it('is Markdown in which a key is no markup', () => {
    const text = renderReviewMarkdown(result);
    assert.match(text, /^\*\*Flagbook:\*\* 1 error, 1 warning in 1 changed file\.\n/);
    assert.ok(text.includes('| Warning | `a.ts:1` | `old-pay` |'), text);
    assert.ok(text.includes('`we\\|rd<b>@team` | “we\\|rd\\<b\\>\\@team”'), text);
    for (const row of text.split('\n').filter(line => line.startsWith('|'))) {
      assert.equal(row.replaceAll('\\|', '').split('|').length, 6, row);
    }
  });

  it('is the JSON of the contract', () => {
    const document = toReviewDocument(result);
    assert.deepEqual(Object.keys(document), ['version', 'base', 'head', 'findings', 'summary']);
    assert.deepEqual(Object.keys(document.findings[0]!).toSorted(), [
      'fingerprint',
      'help',
      'key',
      'line',
      'message',
      'path',
      'rule',
      'severity',
      'side',
    ]);
    assert.equal(JSON.parse(JSON.stringify(document)).version, 1);
  });

  it('counts from the gravest finding', () => {
    assert.equal(hasFindingsAtLeast(result.findings, 'error'), true);
    const warnings = result.findings.filter(finding => finding.severity === 'warning');
    assert.deepEqual(
      (['error', 'warning', 'note'] as const).map(severity => hasFindingsAtLeast(warnings, severity)),
      [false, true, true],
    );
  });
});
