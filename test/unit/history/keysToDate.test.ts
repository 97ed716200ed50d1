import assert from 'node:assert/strict';
import { keysToDate } from '../../../server/src/core/history/keysToDate.ts';
import type { Flag } from '../../../server/src/core/model.ts';
import { checkOf, flagOf, snapshotOf } from '../../support/snapshot.ts';

/** The span of the first occurrence of `part` in `text`. */
function spanOf(text: string, part: string) {
  const start = text.indexOf(part);
  return { start, end: start + part.length };
}

function flagIn(path: string, text: string, key: string, shown = key): Flag {
  return flagOf(key, { declaration: { path, span: spanOf(text, shown), keySpan: spanOf(text, shown) } });
}

describe('the keys to date', () => {
  it('are looked for in the forms in which they stand', () => {
    const go = 'const Checkout = "Checkout"\n';
    const yaml = 'flags:\n  pay: true\n  other: x\n';
    const ts = 'if (features.refund) f();\n';
    const checks = [
      checkOf('Checkout', {
        path: 'a.go',
        keySpan: spanOf('f(flags.Checkout)', 'flags.Checkout'),
        keyPlace: { path: 'flags.go', span: spanOf(go, '"Checkout"') },
      }),
      checkOf('refund', { path: 'a.ts', keySpan: null, nameSpan: spanOf(ts, 'refund') }),
      checkOf('nowhere', { path: 'unread.ts' }),
    ];
    const files = { 'flags.go': go, 'flags.yaml': yaml, 'a.ts': ts, 'a.go': 'f(flags.Checkout)' };
    const keys = keysToDate(snapshotOf({ files, checks, flags: [flagIn('flags.yaml', yaml, 'pay')] }));
    assert.deepEqual(keys, [
      { key: 'Checkout', spellings: [{ text: 'Checkout', form: 'quoted' }], homes: ['flags.go'] },
      { key: 'nowhere', spellings: [{ text: 'nowhere', form: 'bare' }], homes: ['unread.ts'] },
      { key: 'pay', spellings: [{ text: 'pay', form: 'entry' }], homes: ['flags.yaml'] },
      { key: 'refund', spellings: [{ text: 'refund', form: 'bare' }], homes: ['a.ts'] },
    ]);
  });

  it('are looked for where they are declared and where their text stands when they are ordinary words', () => {
    const list = 'interface Flags { demo: boolean; newDemo: boolean }';
    const asked = "isOn('demo')";
    const read = 'flags.demo';
    const checks = [
      checkOf('demo', { path: 'asked.ts', keySpan: spanOf(asked, "'demo'") }),
      checkOf('demo', { path: 'asked.test.ts', keySpan: spanOf(asked, "'demo'"), test: true }),
      checkOf('demo', { path: 'read.ts', keySpan: null, nameSpan: spanOf(read, 'demo') }),
    ];
    const files = { 'list.ts': list, 'asked.ts': asked, 'asked.test.ts': asked, 'read.ts': read };
    const flags = ['demo', 'newDemo'].map(key => flagIn('list.ts', list, key));
    const keys = keysToDate(snapshotOf({ files, checks, flags }));
    assert.deepEqual(
      keys.map(({ key, homes }) => [key, homes]),
      [
        ['demo', ['asked.ts', 'list.ts']],
        ['newDemo', undefined],
      ],
    );
  });

  it('are looked for as values where a list in YAML names them', () => {
    const yaml = '- name: Checkout\n  versionedSpecs: []\n';
    const keys = keysToDate(
      snapshotOf({ files: { 'gates.yaml': yaml }, flags: [flagIn('gates.yaml', yaml, 'Checkout')] }),
    );
    const spellings = [{ text: 'Checkout', form: 'value' }];
    assert.deepEqual(keys, [{ key: 'Checkout', spellings, homes: ['gates.yaml'] }]);
  });

  it('are looked for as entries of a registry when only checks are known and the key is more than one word', () => {
    const ts = "f('newPay'); f('checkout'); f('declaredPay');";
    const checks = ['newPay', 'checkout', 'declaredPay'].map(key =>
      checkOf(key, { path: 'a.ts', keySpan: spanOf(ts, `'${key}'`) }),
    );
    const json = '{"declaredPay": true}';
    const flags = [flagIn('flags.json', json, 'declaredPay')];
    const keys = keysToDate(snapshotOf({ files: { 'a.ts': ts, 'flags.json': json }, checks, flags }));
    assert.deepEqual(
      keys.map(({ key, spellings }) => [key, spellings.map(({ form }) => form)]),
      [
        ['checkout', ['quoted']],
        ['declaredPay', ['quoted']],
        ['newPay', ['quoted', 'entry']],
      ],
    );
  });

  it('are looked for in the spelling of the SDK too, and anywhere when they are no plain word', () => {
    const json = '{"new-pay": true}';
    const ts = 'const { newPay } = useFlags();';
    const checks = [checkOf('new-pay', { path: 'a.tsx', keySpan: spanOf(ts, 'newPay') })];
    const files = { 'flags.json': json, 'a.tsx': ts };
    const keys = keysToDate(snapshotOf({ files, checks, flags: [flagIn('flags.json', json, 'new-pay')] }));
    assert.deepEqual(keys, [
      {
        key: 'new-pay',
        spellings: [
          { text: 'new-pay', form: 'quoted' },
          { text: 'newPay', form: 'bare' },
          { text: 'new-pay', form: 'bare' },
        ],
      },
    ]);
  });
});
