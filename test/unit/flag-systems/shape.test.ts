import assert from 'node:assert/strict';
import { shapeOf } from '../../../server/src/sources/flag-systems/shape.ts';

const HAS: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
  [
    'nested maps',
    '{"flags": {"a": {"state": 1}}}',
    ['flags', 'flags/a', 'x/a', 'flags/x/state', 'x/x/state'],
    ['state', 'flags/state'],
  ],
  ['lists count as anything', '{"features": [{"name": 1}]}', ['features/x/name'], ['features/name']],
  ['a list at the top', '[{"name": 1, "deep": {"er": 2}}]', ['x/name', 'x/x/er'], ['name']],
  ['texts are no keys', '{"a": "\\"b\\": {", "c": ["d", "e"]}', ['a', 'c'], ['b', 'd', 'c/d']],
  ['comments', '// "x": {\n{ /* "y": { */ "z": 1 }', ['z'], ['x', 'y']],
  ['cut off in the middle', '{"flags": {"a": {"state": tr', ['flags/x/state'], []],
];

const YAML: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
  [
    'indentation',
    'flags:\n  a:\n    state: 1\n  b:\n    variants:\n      on: true\n',
    ['flags/x/state', 'flags/x/variants', 'flags/b'],
    ['state'],
  ],
  [
    'lists at the column of their key',
    'flags:\n- key: a\n  enabled: true\nsegments:\n- key: s\n',
    ['flags/x/key', 'flags/x/enabled', 'segments/x/key'],
    ['x/key'],
  ],
  ['lists further in', 'flags:\n  - key: a\n    rules:\n      - segment: s\n', ['flags/x/key', 'flags/x/rules'], []],
  ['a list at the top', '- a:\n    treatment: "on"\n', ['x/a', 'x/x/treatment'], []],
  ['flow maps on one line', '- a: { treatment: "on", keys: [x] }\n', ['x/x/treatment', 'x/x/keys'], ['x/x/x']],
  ['quoted keys and comments', '"a b": # c\n  \'d\': 1\n# e: 1\n', ['a b', 'a b/d'], ['e']],
  ['several documents', 'a: 1\n---\nb:\n  c: 1\n', ['a', 'b/c'], ['a/b']],
];

describe('the shape of a text', () => {
  for (const [name, text, has, hasNot] of HAS) it(`JSON: ${name}`, () => check('a.json', text, has, hasNot));
  for (const [name, text, has, hasNot] of YAML) {
    it(`YAML: ${name}`, () => {
      check('a.yaml', text, has, hasNot);
      check('a.yaml', text.replace(/\n/g, '\r\n'), has, hasNot);
    });
  }

  it('knows how a text is written', () => {
    const of = (path: string, text: string) => shapeOf(path, text).notation;
    assert.deepEqual(
      [
        of('a.json', '{}'),
        of('a.json', 'hello'),
        of('a.yml', 'x'),
        of('a.split', 'x on'),
        of('a.py', ''),
        of('a.txt', '{}'),
      ],
      ['json', 'none', 'yaml', 'lines', 'code', 'none'],
    );
    assert.equal(shapeOf('a.json', '[]').list, true);
    assert.equal(shapeOf('a.yaml', '- a\n').list, true);
    assert.equal(shapeOf('a.yaml', 'a:\n- b\n').list, false);
  });

  it('takes time by the length of a text at most', () => {
    const texts = [
      '{"a":'.repeat(50_000),
      '['.repeat(100_000),
      '- '.repeat(60_000),
      'a:\n'.repeat(40_000),
      '"'.repeat(120_000),
      `a: ${'{b: '.repeat(30_000)}`,
    ];
    const started = performance.now();
    for (const text of texts) for (const path of ['a.json', 'a.yaml']) shapeOf(path, text);
    assert.ok(performance.now() - started < 5000);
  });
});

function check(path: string, text: string, has: readonly string[], hasNot: readonly string[]): void {
  const shape = shapeOf(path, text);
  assert.deepEqual(
    has.filter(place => !shape.has(place)),
    [],
    'missing',
  );
  assert.deepEqual(
    hasNot.filter(place => shape.has(place)),
    [],
    'too much',
  );
}
