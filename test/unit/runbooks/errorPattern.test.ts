import assert from 'node:assert/strict';
import { safeErrorPattern } from '../../../server/src/core/runbooks/errorPattern.ts';

const matches = (pattern: string, input: string): boolean => {
  const compiled = safeErrorPattern(pattern);
  if ('problem' in compiled) assert.fail(compiled.problem);
  return compiled.test(input);
};

describe('error patterns', () => {
  it('finds a name as a whole word', () => {
    assert.ok(matches('TimeoutError', 'psp.TimeoutError: late'));
    assert.ok(matches('TimeoutError', 'TimeoutError'));
    assert.ok(matches('psp.Timeout', 'a psp.Timeout$1'));
    assert.ok(!matches('TimeoutError', 'ReadTimeoutError: late'));
    assert.ok(!matches('TimeoutError', 'TimeoutErrors'));
    assert.ok(!matches('a.b', 'axb'));
  });

  it('refuses what needs backtracking, is broken or too large, in a sentence', () => {
    for (const [pattern, sentence] of [
      ['/(a)\\1/', /backreferences/],
      ['/(?<x>a)\\k<x>/', /backreferences/],
      ['/(?=a)b/', /ahead or behind/],
      ['/(?<!a)b/', /ahead or behind/],
      ['/(a/', /no regular expression/],
      ['/a{1000}{1000}/', /no regular expression|too large/],
      ['/((a{99}){99}){99}/', /too large/],
      [`/${'('.repeat(100)}${')'.repeat(100)}/`, /nested too deeply/],
      ['/a/g', /flag/],
      ['', /empty/],
      ['x'.repeat(301), /longer than/],
    ] as const) {
      const compiled = safeErrorPattern(pattern);
      assert.ok('problem' in compiled, pattern);
      assert.match(compiled.problem, sentence);
    }
  });

  it('answers as the engine of the runtime does', () => {
    const expressions = [
      'connect ETIMEDOUT .*psp',
      'a+b*c?',
      '^a|b$',
      '(?:ab)+',
      '(ab|a)(bc|c)',
      'a{2}',
      'a{2,}',
      'a{1,3}b',
      '[a-c]+[^a-c]',
      '[]a]',
      '[^]',
      '\\d+\\.\\d',
      '\\bfoo\\b',
      '\\Boo',
      '\\w\\s\\W',
      'x|',
      '',
      '()',
      'a.c',
      '\\/x\\/',
      '[\\d-]+',
      '[a\\-z]',
      '\\x41\\u0042',
      'a+?b',
      '(a*)*b',
      '(a|a)*c',
      '^$',
      'a{,2}',
      'a{b}',
      '\\.',
      '$^',
      '[.]',
      '-',
      'é+',
    ];
    const inputs = [
      '',
      'a',
      'b',
      'ab',
      'abc',
      'aab',
      'aaab',
      'abab!',
      'foo bar',
      'xfoo',
      'connect ETIMEDOUT 1.2:psp',
      '1.5',
      'a\nc',
      'a{b}',
      'a{,2}',
      '/x/',
      'AB',
      ']',
      '-',
      'z',
      'éé',
      '.',
      'x y!',
    ];
    for (const expression of expressions) {
      for (const input of inputs) {
        assert.equal(
          matches(`/${expression || '(?:)'}/`, input),
          new RegExp(expression).test(input),
          `/${expression}/ on ${JSON.stringify(input)}`,
        );
      }
    }
    assert.ok(matches('/timeout [A-C]/i', 'TIMEOUT b'));
  });

  it('cannot be made to hang', () => {
    const start = process.cpuUsage().user;
    for (const pattern of ['/(a+)+$/', '/(a|a)*$/', '/(.*a){20}/', '/a*a*a*a*a*a*b/', '/(a?){99}a{99}/']) {
      matches(pattern, `${'a'.repeat(100_000)}!`);
    }
    assert.ok((process.cpuUsage().user - start) / 1000 < 5_000);
  });
});
