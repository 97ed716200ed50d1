/** Patterns of `.gitignore`: what git says of each, and time that no pattern can stretch. */
import assert from 'node:assert/strict';
import { parseIgnoreRules, verdictOfRules } from '../../../server/src/core/ignoreRules.ts';

/** Pattern, paths that it ignores, paths that it does not. Folders end with `/`. */
const CASES: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['a', ['a', 'a/', 'x/a'], ['ab', 'a/b']],
  ['/a', ['a'], ['x/a']],
  ['a/', ['a/', 'x/a/'], ['a']],
  ['a/b', ['a/b'], ['x/a/b']],
  ['a/**', ['a/b', 'a/b/c'], ['a/', 'x/a/b']],
  ['**/a', ['a', 'x/y/a'], ['ab']],
  ['a/**/b', ['a/b', 'a/x/y/b'], ['x/a/b']],
  ['*.log', ['x.log', 'a/.log'], ['log']],
  ['[ab]?', ['ax', 'b1'], ['cx', 'a']],
  ['[!a]', ['b'], ['a']],
  ['# comment', [], ['# comment']],
  ['\\#a', ['#a'], ['\\#a']],
  ['\\*', ['*'], ['a']],
  ['a  ', ['a'], ['a  ']],
  ['a\\ ', ['a '], ['a']],
  ['a\r', ['a'], []],
  ['*\n!a', ['b'], ['a']],
  ['{a,b}', ['{a,b}'], ['a', 'b']],
  ['\\', [], ['a']],
  ['//', [], ['a', 'a/']],
  ['[', ['['], ['a']],
];

describe('rules of .gitignore', () => {
  for (const [text, ignored, kept] of CASES) {
    it(JSON.stringify(text), () => {
      const rules = parseIgnoreRules(text);
      const isIgnored = (path: string) => {
        const kind = path.endsWith('/') ? 'folder' : 'file';
        return verdictOfRules(rules, path.replace(/\/$/, '').split('/'), kind) === 'ignored';
      };
      assert.deepEqual(ignored.filter(isIgnored), ignored);
      assert.deepEqual(kept.filter(isIgnored), []);
    });
  }

  it('takes no time for patterns made to take it', () => {
    const path = `${'a/'.repeat(200)}c`.split('/');
    const started = process.cpuUsage().user;
    for (const pattern of [
      `${'**/a/'.repeat(40)}b`,
      `${'*a'.repeat(100)}b`,
      `a/${'**/'.repeat(100)}b`,
      '['.repeat(400),
    ]) {
      const rules = parseIgnoreRules(`${pattern}\n`.repeat(50));
      assert.equal(verdictOfRules(rules, path, 'file'), null);
      assert.equal(verdictOfRules(rules, ['a'.repeat(255)], 'file'), null);
    }
    assert.ok(process.cpuUsage().user - started < 2_000_000);
  });

  it('counts no more rules than a list that people keep would have', () => {
    assert.equal(parseIgnoreRules('a\n'.repeat(100_000)).length, 2_000);
  });
});
