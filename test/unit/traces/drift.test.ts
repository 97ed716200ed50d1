import assert from 'node:assert/strict';
import { type ChangedPath, driftOf } from '../../../server/src/core/traces/drift.ts';
import { createFollower, type Hunk } from '../../../server/src/core/traces/followedLines.ts';
import type { SourceSymbol } from '../../../server/src/core/traces/placement.ts';

interface World {
  /** Texts by path, of then and of now. */
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
  readonly renamed?: Readonly<Record<string, string>>;
  readonly symbols?: (text: string) => readonly SourceSymbol[];
}

function drifted({ before, after, renamed = {}, symbols }: World) {
  const arrivals = new Set(Object.values(renamed));
  const changes: ChangedPath[] = [
    ...Object.keys(before).map(oldPath => ({
      oldPath,
      newPath: renamed[oldPath] ?? (after[oldPath] === undefined ? null : oldPath),
    })),
    ...Object.keys(after)
      .filter(path => before[path] === undefined && !arrivals.has(path))
      .map(newPath => ({ oldPath: null, newPath })),
  ];
  const symbolsOf = (text: string | undefined) => (text === undefined ? null : (symbols?.(text) ?? null));
  return driftOf(changes, {
    textThen: path => before[path] ?? null,
    textNow: path => after[path] ?? null,
    symbolsThen: path => symbolsOf(before[path]),
    symbolsNow: path => symbolsOf(after[path]),
    destinations: () => Object.keys(after),
    oldPathOf: path => changes.find(({ newPath }) => newPath === path)?.oldPath ?? path,
  });
}

function placed(world: World, path: string, line: number | null): string | null {
  const place = drifted(world).place(path, { line });
  return place === null ? null : `${place.path}:${place.line} ${place.match}`;
}

const edit = (before: string, after: string): World => ({ before: { 'a.ts': before }, after: { 'a.ts': after } });

const PAY = `import { psp } from './psp';

export function charge(order) {
  const total = sum(order.items);
  if (total === 0) return null;
  return psp.charge(order.card, total);
}

export function refund(order, reason) {
  log.info('refunding', order.id, reason);
  return psp.refund(order.payment, order.total);
}
`;

describe('lines since the deployed commit', () => {
  it('are exact where nothing moved, and shifted below what was inserted or removed', () => {
    assert.equal(placed(edit(PAY, PAY), 'a.ts', 6), 'a.ts:6 exact');
    const longer = PAY.replace('export function charge', '// Charges the card.\n// Once.\nexport function charge');
    assert.equal(placed(edit(PAY, longer), 'a.ts', 1), 'a.ts:1 exact');
    assert.equal(placed(edit(PAY, longer), 'a.ts', 6), 'a.ts:8 shifted');
    assert.equal(placed(edit(longer, PAY), 'a.ts', 8), 'a.ts:6 shifted');
    assert.equal(placed(edit(PAY, longer.replaceAll('\n', '\r\n')), 'a.ts', 6), 'a.ts:8 shifted');
  });

  it('are found inside an edited hunk by what they say, not by their height', () => {
    const edited = PAY.replace(
      / {2}const total[\s\S]*?total\);\n/,
      `  const total = sumOf(order.items, order.vat);
  audit(order);
  metrics.count('charge');
  if (total <= 0) return null;
  const receipt = await psp.charge(order.card, total, { idempotencyKey: order.id });
  return receipt;
`,
    );
    assert.equal(placed(edit(PAY, edited), 'a.ts', 4), 'a.ts:4 edited');
    assert.equal(placed(edit(PAY, edited), 'a.ts', 5), 'a.ts:7 edited');
    assert.equal(placed(edit(PAY, edited), 'a.ts', 6), 'a.ts:8 edited');
  });

  it('are followed through the versions between, by their hunks where those fit', () => {
    const then = 'a\nsame\nb\n';
    const now = 'x\nsame\ny\nsame\nc\n';
    const follow = (hunks: readonly Hunk[] | null) =>
      createFollower([
        { text: then, hunks: null },
        { text: now, hunks },
      ])(1);
    const first = { oldStart: 0, oldLines: 1, newStart: 0, newLines: 3 };
    const last = { oldStart: 2, oldLines: 1, newStart: 4, newLines: 1 };
    assert.deepEqual(follow([first, last]), { kind: 'kept', line: 3 });
    for (const wrong of [[last, first], [{ ...first, newStart: 2 }, last], [{ ...last, oldStart: 900 }], null])
      assert.deepEqual(follow(wrong), { kind: 'kept', line: 1 });
  });

  it('are edited when only their indentation changed, and surer than when words changed', () => {
    const wrapped = PAY.replace(
      '  return psp.charge(order.card, total);',
      '  try {\n    return psp.charge(order.card, total);\n  } finally {}',
    );
    assert.equal(placed(edit(PAY, wrapped), 'a.ts', 6), 'a.ts:7 edited');
    const renamed = PAY.replace('psp.charge(order.card, total)', 'psp.pay(order, order.card)');
    const sureness = (now: string) => drifted(edit(PAY, now)).place('a.ts', { line: 6 })!.confidence;
    assert.ok(sureness(wrapped) > sureness(renamed));
  });

  it('are at the head of a call that was broken in several lines', () => {
    const broken = PAY.replace(
      '  return psp.charge(order.card, total);',
      '  return psp.charge(\n    order.card,\n    total,\n  );',
    );
    assert.equal(placed(edit(PAY, broken), 'a.ts', 6), 'a.ts:6 edited');
  });

  it('are moved when they stand elsewhere in the file with their neighbours', () => {
    const [head, charge, refund] = PAY.split(/(?=export function)/) as [string, string, string];
    const other = `${head}${refund}\n${charge}\nexport function refunds(all) {\n  return all.map(refund);\n}\n`;
    const first = drifted(edit(PAY, other)).place('a.ts', { line: 6 })!;
    const line = other.split('\n').indexOf('  return psp.charge(order.card, total);') + 1;
    assert.equal(first.line, line);
    const second = drifted(edit(PAY, other)).place('a.ts', { line: 11 })!;
    assert.equal(second.line, other.split('\n').indexOf('  return psp.refund(order.payment, order.total);') + 1);
    assert.ok([first.match, second.match].includes('moved'));
  });

  it('are moved when they went to another file', () => {
    const [head, charge, refund] = PAY.split(/(?=export function)/) as [string, string, string];
    const world: World = {
      before: { 'pay.ts': PAY, 'other.ts': 'const x = 1;\n' },
      after: { 'pay.ts': `${head}${charge}`, 'refunds.ts': `// Refunds.\n${refund}`, 'other.ts': 'const x = 2;\n' },
    };
    assert.equal(placed(world, 'pay.ts', 11), 'refunds.ts:4 moved');
    assert.deepEqual(drifted(world).linesToLookFor('pay.ts', 11), [
      'return psp.refund(order.payment, order.total);',
      "log.info('refunding', order.id, reason);",
      'export function refund(order, reason) {',
    ]);
    assert.deepEqual(drifted(world).linesToLookFor('pay.ts', 6), []);
  });

  it('go with a renamed file', () => {
    const renamed: World = { before: { 'a.ts': PAY }, after: { 'b.ts': `\n${PAY}` }, renamed: { 'a.ts': 'b.ts' } };
    assert.equal(placed(renamed, 'a.ts', 6), 'b.ts:7 moved');
  });

  it('are gone when nothing like them is left, and the function that held them is shown', () => {
    const emptied = PAY.replace("  log.info('refunding', order.id, reason);\n", '');
    assert.equal(placed(edit(PAY, emptied), 'a.ts', 10), 'a.ts:9 gone');
    const symbols = (text: string): readonly SourceSymbol[] => {
      const lines = text.split('\n');
      const startLine = lines.findIndex(line => line.includes('refund(')) + 1;
      return startLine === 0 ? [] : [{ name: 'refund', startLine, endLine: startLine + 3 }];
    };
    const rewritten = 'const first = 1;\nconst second = 2;\n\nfunction refund() {\n  throw new Error();\n}\n';
    assert.equal(placed({ ...edit(PAY, rewritten), symbols }, 'a.ts', 10), 'a.ts:5 gone');
    assert.equal(placed({ before: { 'a.ts': PAY }, after: {} }, 'a.ts', 6), 'a.ts:null gone');
  });

  it('say nothing without a line or a text', () => {
    assert.equal(placed(edit(PAY, PAY), 'a.ts', null), null);
    assert.equal(placed(edit(PAY, PAY), 'unread.ts', 3), null);
    assert.equal(placed(edit(PAY, PAY), 'a.ts', 4000), 'a.ts:null gone');
  });

  it('know the paths that a trace of then can name', () => {
    const world: World = {
      before: { 'a.ts': 'x', 'old.ts': 'y', 'gone.ts': 'z' },
      after: { 'a.ts': 'X', 'new.ts': 'y', 'fresh.ts': 'f' },
      renamed: { 'old.ts': 'new.ts' },
    };
    const then = drifted(world).deployedPaths(new Set(['a.ts', 'new.ts', 'fresh.ts', 'same.ts']));
    assert.deepEqual([...then].sort(), ['a.ts', 'gone.ts', 'old.ts', 'same.ts']);
  });
});
