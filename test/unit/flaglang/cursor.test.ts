// Where a cursor stands in a text that is being typed: `$0` is the cursor, the label is what is found.
import assert from 'node:assert/strict';
import { cursorAt } from '../../../server/src/core/flags/files/cursor.ts';

interface Case {
  readonly name: string;
  readonly text: string;
  /** `part path/of/it [word]`, with `"` around a closed quote and `"` before an open one; null for no place. */
  readonly at: string | null;
}

const json: readonly Case[] = [
  { name: 'an empty map', text: '{$0}', at: 'key  []' },
  { name: 'a key in quotes', text: '{"flags": {"a": {"sta$0"}}}', at: 'key flags/a ["sta"]' },
  {
    name: 'a key whose quote is missing',
    text: '{"flags": {"a": {"sta$0\n"variants": {}}}}',
    at: 'key flags/a ["sta]',
  },
  { name: 'a bare key', text: '{"flags": {"a": {sta$0}}}', at: 'key flags/a [sta]' },
  { name: 'the place of a value', text: '{"flags": {"a": {"state": $0}}}', at: 'value flags/a/state []' },
  { name: 'a value in quotes', text: '{"flags": {"a": {"state": "EN$0"}}}', at: 'value flags/a/state ["EN"]' },
  { name: 'a value whose quote is missing', text: '{"a": {"state": "EN$0\n "x": 1}}', at: 'value a/state ["EN]' },
  { name: 'a value above a key', text: '{"a": {"state": $0\n "variants": {}}}', at: 'value a/state []' },
  { name: 'behind a key without a value', text: '{"a": {"state":\n "vari$0": {}}}', at: 'key a ["vari"]:' },
  { name: 'an item', text: '{"a": [1, {"b": 2}, "x$0"]}', at: 'value a/2 ["x"]' },
  { name: 'an item of an item', text: '{"a": [[1, $0', at: 'value a/0/1 []' },
  { name: 'behind what is closed twice', text: '{"a": {"b": [1]]}, "c": {"d": "$0', at: 'value c/d ["]' },
  { name: 'behind a bracket that was forgotten', text: '{"a": {"b": [1, 2}, "c": {"d": "$0"}}', at: 'value c/d [""]' },
  { name: 'behind comments', text: '// {\n/* [ */ {"a": /* x */ $0}', at: 'value a []' },
  { name: 'in a comment', text: '{"a": 1, // b$0\n}', at: null },
  { name: 'behind a value on its line', text: '{"a": 1 $0}', at: null },
  { name: 'on a new line behind a value', text: '{"a": 1\n $0}', at: 'key  []' },
  { name: 'behind a byte-order mark', text: '\ufeff{"a": $0}', at: 'value a []' },
  { name: 'in CRLF', text: '{\r\n "a": {\r\n  "b$0\r\n }\r\n}', at: 'key a ["b]' },
];

const yaml: readonly Case[] = [
  { name: 'a key', text: 'flags:\n  a:\n    sta$0\n', at: 'key flags/a [sta]' },
  { name: 'an empty line', text: 'flags:\n  a:\n    state: ENABLED\n    $0\n', at: 'key flags/a []' },
  { name: 'a value', text: 'flags:\n  a:\n    state: EN$0\n', at: 'value flags/a/state [EN]' },
  {
    name: 'a value that is missing',
    text: 'flags:\n  a:\n    state: $0\n    variants:\n',
    at: 'value flags/a/state []',
  },
  { name: 'a value in quotes', text: 'a:\n  b: "x$0"\n', at: 'value a/b ["x"]' },
  { name: 'a value before a comment', text: 'a:\n  b: x$0 # why\n', at: 'value a/b [x]' },
  { name: 'a comment', text: 'a:\n  b: x # w$0hy\n', at: null },
  { name: 'a key in quotes', text: 'a:\n  "b": x$0\n', at: 'value a/b [x]' },
  { name: 'the first key of an item', text: 'flags:\n  - ke$0\n', at: 'value flags/0 [ke]' },
  { name: 'the value in an item', text: 'flags:\n  - key: x\n    type: B$0\n', at: 'value flags/0/type [B]' },
  { name: 'the value behind a dash', text: 'flags:\n  - key: x$0\n', at: 'value flags/0/key [x]' },
  {
    name: 'a list in its parent’s column',
    text: 'flags:\n- key: x\n  rules:\n  - segment: $0\n',
    at: 'value flags/0/rules/0/segment []',
  },
  {
    name: 'below other items',
    text: 'flags:\n  - key: a\n    on: true\n  - key: b\n    on: $0\n',
    at: 'value flags/0/on []',
  },
  { name: 'another document', text: 'a:\n  b: 1\n---\nc: $0\n', at: 'value c []' },
  {
    name: 'below a broken line',
    text: 'flags:\n  a:\n    state ENABLED\n    variants: {on: true\n  b:\n    state: $0\n',
    at: 'value flags/b/state []',
  },
  { name: 'flow style', text: 'flags:\n  a: {state: $0}\n', at: 'value flags/a/state []' },
  { name: 'flow style over lines', text: 'flags:\n  a: {\n    state: EN$0\n  }\n', at: 'value flags/a/state [EN]' },
  { name: 'a block text', text: 'a:\n  b: |\n    some$0 text\n', at: null },
  { name: 'behind an anchor', text: 'a:\n  b: &x $0\n', at: 'value a/b []' },
  { name: 'CRLF', text: 'flags:\r\n  a:\r\n    state: EN$0\r\n', at: 'value flags/a/state [EN]' },
];

describe('the cursor in a flag file', () => {
  for (const [ending, cases] of [
    ['json', json],
    ['yaml', yaml],
  ] as const) {
    for (const { name, text, at } of cases)
      it(`${ending}: ${name}`, () => assert.equal(cursorText(`flags.${ending}`, text), at));
  }

  it('finds siblings, so that they are not offered again', () => {
    const offset = '{"a": {"b": 1, "c": 2, "'.length;
    assert.deepEqual(cursorAt('a.json', '{"a": {"b": 1, "c": 2, ""}}', offset)?.siblings, ['b', 'c']);
    const text = 'a:\n  b: 1\n  c: 2\n  ';
    assert.deepEqual(cursorAt('a.yaml', text, text.length)?.siblings.toSorted(), ['b', 'c']);
  });

  it('answers at every offset of every text, whatever is cut off', () => {
    for (const [ending, cases] of [
      ['json', json],
      ['yaml', yaml],
    ] as const) {
      for (const { text } of cases) {
        const whole = text.replace('$0', '');
        for (let offset = 0; offset <= whole.length; offset++) {
          for (const cut of [whole, whole.slice(0, offset)]) {
            const cursor = cursorAt(`flags.${ending}`, cut, offset);
            if (cursor !== null)
              assert.ok(cursor.span.start <= offset && offset <= cursor.span.end, `${offset} in ${cut}`);
          }
        }
      }
    }
  });
});

function cursorText(path: string, marked: string): string | null {
  const offset = marked.indexOf('$0');
  const text = marked.replace('$0', '');
  const cursor = cursorAt(path, text, offset);
  if (cursor === null) return null;
  const word = text.slice(cursor.span.start, cursor.span.end);
  const quoted = cursor.quote === 'closed' ? `"${word}"` : cursor.quote === 'open' ? `"${word}` : word;
  return `${cursor.part} ${cursor.path.join('/')} [${quoted}]${cursor.colon ? ':' : ''}`;
}
