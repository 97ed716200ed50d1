import assert from 'node:assert/strict';
import { parseCodeOwners } from '../../../server/src/core/owners/codeowners.ts';

describe('CODEOWNERS', () => {
  const owners = parseCodeOwners(
    [
      '# everything',
      '*            @acme/all   # for now',
      '/services/   @acme/services',
      '*.go         @gopher go@example.com',
      'docs/**/*.md @acme/writers',
      '/services/free/',
      'with\\ blank.txt @acme/blank',
      '!negated     @nobody',
    ].join('\n'),
  );

  it('lets the last rule that matches win', () => {
    assert.deepEqual(owners('README.md'), ['@acme/all']);
    assert.deepEqual(owners('services/pay/pay.ts'), ['@acme/services']);
    assert.deepEqual(owners('services/pay/pay.go'), ['@gopher', 'go@example.com']);
    assert.deepEqual(owners('docs/a/b.md'), ['@acme/writers']);
    assert.deepEqual(owners('with blank.txt'), ['@acme/blank']);
  });

  it('knows paths without an owner', () => {
    assert.deepEqual(owners('services/free/a.ts'), []);
    assert.deepEqual(parseCodeOwners('')('a.ts'), []);
    assert.deepEqual(parseCodeOwners('/b @b')('a.ts'), []);
  });

  it("reads GitLab's sections with their own owners", () => {
    const sections = parseCodeOwners('[Pay][2] @payers\nsrc/pay/\nsrc/pay/legacy @old\n^[Docs]\ndocs/ @writers\n');
    assert.deepEqual(sections('src/pay/a.ts'), ['@payers']);
    assert.deepEqual(sections('src/pay/legacy'), ['@old']);
    assert.deepEqual(sections('docs/a.md'), ['@writers']);
  });
});
