import assert from 'node:assert/strict';
import { chooseDeployed, ownNamesOf } from '../../../server/src/core/traces/deployed.ts';
import { findVersions } from '../../../server/src/core/traces/versions.ts';

const A = 'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678';
const B = 'b1b2c3d4e5f60718293a4b5c6d7e8f9012345678';
const OWN = ownNamesOf(['services/pay/package.json', 'README.md'], 'Shop');
const tagged = (...tags: string[]) => new Map(tags.map((tag, index) => [tag, index === 0 ? A : B]));

/** What a text means in a repository with these tags and commits. */
function meant(text: string, tags: ReadonlyMap<string, string>, commits: Record<string, string> = {}): string {
  const deployed = chooseDeployed(findVersions(text), { tags, commits: new Map(Object.entries(commits)) }, OWN);
  if (deployed.kind === 'known')
    return `${deployed.name} ${deployed.commit === A ? 'A' : 'B'} line ${deployed.textLine}`;
  return deployed.kind === 'ambiguous' ? deployed.candidates.map(({ name }) => name).join(' or ') : deployed.kind;
}

describe('the deployed commit', () => {
  for (const text of [
    'SENTRY_RELEASE=shop@1.4.2',
    '{"level":"error","release":"1.4.2","msg":"x"}',
    '{\\"release\\": \\"v1.4.2\\"}',
    'release = v1.4.2',
    'app.kubernetes.io/version: "1.4.2"',
    'image: registry.example.com:5000/team/shop:1.4.2',
    'Pulled registry.example.com/team/shop:v1.4.2@sha256:abcdef',
    'shop@1.4.2 started',
    'shop v1.4.2 is up',
    'pay 1.4.2',
    'Deployed v1.4.2 to production',
    'service.version=1.4.2',
    'INFO version {"gitVersion": "v1.4.2", "goVersion": "go1.22"}',
  ])
    it(`is read from ${text}`, () => {
      assert.match(meant(`Error: x\n${text}`, tagged('v1.4.2')), /^v1\.4\.2 A line 2$/);
    });

  for (const text of [
    'git.commit=a1b2c3d',
    'GIT_SHA=a1b2c3d',
    '"commit": "a1b2c3d"',
    'vcs.revision: a1b2c3d',
    'image: shop:a1b2c3d',
    'image: shop:main-a1b2c3d',
    'version=v1.4.1-7-ga1b2c3d',
    'version=1.5.0+a1b2c3d',
    'at commit a1b2c3d',
  ])
    it(`is read from ${text}`, () => assert.equal(meant(text, new Map(), { a1b2c3d: A }), 'a1b2c3d A line 1'));

  it('is quoted without the marks of the format around it', () => {
    const [mention] = findVersions('{"gitVersion": "v1.4.2"}');
    assert.equal(mention?.written, 'gitVersion: v1.4.2');
  });

  it('is read from the whole name of a commit anywhere', () => {
    assert.match(meant(`build ${A} of yesterday`, new Map(), { [A]: A }), / A line 1$/);
  });

  it('finds the tag of a part of the repository before the plain one', () => {
    const tags = tagged('pay@1.4.2', 'v1.4.2');
    assert.equal(meant('release=pay@1.4.2', tags), 'pay@1.4.2 A line 1');
    assert.equal(meant('release=web@1.4.2', tags), 'v1.4.2 B line 1');
  });

  for (const text of [
    'at Layer (/app/node_modules/.pnpm/express@4.18.2/node_modules/express/lib/router.js:95:5)',
    'at java.base@4.18.2/java.util.ArrayList.forEach(ArrayList.java:1511)',
    'Node.js v4.18.2',
    '(phoenix 4.18.2) lib/phoenix/router.ex:12: Phoenix.call/2',
    'redis:4.18.2',
    'gem rails-4.18.2/lib/x.rb:1',
    'listening on 4.18.2.1',
  ])
    it(`is not read from ${text}`, () => assert.equal(meant(text, tagged('v4.18.2')), 'unknown'));

  it('takes only what the repository has', () => {
    assert.equal(meant('release=shop@9.9.9', tagged('v1.4.2')), 'unknown');
    assert.equal(meant('GIT_SHA=a1b2c3d', new Map()), 'unknown');
    const reason = chooseDeployed(findVersions('x\nrelease=shop@9.9.9'), { tags: new Map(), commits: new Map() }, OWN);
    assert.match(reason.kind === 'unknown' ? reason.reason : '', /release=shop@9\.9\.9 \(line 2\).*no such tag/);
  });

  it('states what is ambiguous, and lets a declared version outweigh a sentence', () => {
    const tags = new Map([
      ['v1.4.2', A],
      ['v1.5.0', B],
    ]);
    assert.equal(meant('release=1.4.2\nrelease=1.5.0', tags), 'v1.4.2 or v1.5.0');
    assert.equal(meant('Deployed v1.5.0\nrelease=1.4.2', tags), 'v1.4.2 A line 2');
    assert.equal(meant('release=1.4.2\nGIT_SHA=a1b2c3d', tags, { a1b2c3d: A }), 'v1.4.2 A line 1');
  });

  it('reads hostile lines in linear time', () => {
    const started = performance.now();
    for (const piece of ['a/', 'a.', 'v1.', 'a@1', 'commit ', 'a:', 'a=', 'abcdef0', '"\\"'])
      findVersions(`${piece.repeat(200_000)}1\n${piece.repeat(5_000)}1`);
    findVersions('release=1.4.2 shop@1.4.2\n'.repeat(100_000));
    assert.ok(performance.now() - started < 4000);
  });
});
