// Lines with columns become one Markdown table, and nothing in a cell can break out of it.
import assert from 'node:assert/strict';
import { code, column, plain, plainText, strong } from '../../../server/src/core/features/richText.ts';
import { toMarkdown } from '../../../server/src/lsp/toProtocol.ts';
import { snapshotOf } from '../../support/snapshot.ts';

describe('a table of environments', () => {
  const addresses = { snapshot: snapshotOf(), uriOf: (path: string) => `file:///${path}` };
  const row = (name: string, state: string, changed: string | null) => [
    strong(name),
    column('State', ': '),
    plain(state),
    ...(changed === null ? [] : [column('Changed', ' · '), plain(changed)]),
  ];

  it('has a row an environment and a head, apart from the lines around it', () => {
    const lines = [[plain('before')], row('production', 'on', 'today'), row('staging', '25%', null), [plain('after')]];
    assert.equal(
      toMarkdown(addresses, lines).value,
      [
        'before',
        '',
        '|  | State | Changed |',
        '| :-- | :-- | :-- |',
        '| **production** | on | today |',
        '| **staging** | 25% |  |',
        '',
        'after',
      ].join('\n'),
    );
  });

  it('is a plain line where there is one environment, as it is in a terminal', () => {
    assert.equal(toMarkdown(addresses, [row('production', 'on', 'today')]).value, '**production**: on · today');
    assert.equal(plainText(row('production', 'on', 'today')), 'production: on · today');
  });

  it('keeps bars and line ends of a repository inside their cell', () => {
    const lines = [row('a|b', 'x | y\n| z', null), row('c', 'd', null)];
    const [, , first] = toMarkdown(addresses, lines).value.split('\n');
    assert.equal(first, '| **a\\|b** | x \\| y \\| z |');
    const coded = [[strong('a'), column('State', ': '), code('p|q')], row('c', 'd', null)];
    assert.equal(toMarkdown(addresses, coded).value.split('\n').length, 4);
  });
});
