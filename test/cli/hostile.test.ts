/** The command line in a repository that tries to run programs and to steer the terminal. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HostileRepository, makeHostileRepository, STEERING, STEERING_KEY } from '../support/hostileRepository.ts';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';
import { removeTemporaryDirectories } from '../unit/git/repositories.ts';
import { flagbook } from './support/program.ts';

const COMMANDS: readonly (readonly string[])[] = [
  ['scan'],
  ['scan', '--format', 'json'],
  ['scan', '--format', 'jsonl'],
  ['flags'],
  ['flags', STEERING_KEY],
  ['flags', '__proto__'],
  ['flags', '--format', 'json'],
  ['explain', 'src/pay.ts:4'],
  ['explain', 'src/pay.ts:7'],
  ['explain', 'src/pay.ts:7', '--format', 'json'],
  ['trace', 'trace.txt'],
  ['trace', 'trace.txt', '--format', 'json'],
  ['review', 'HEAD'],
  ['review', 'HEAD', '--format', 'markdown'],
  ['review', 'HEAD', '--format', 'json'],
  ['flags', `no${STEERING}`],
  ['scan', `no${STEERING}`],
  ['explain', `no${STEERING}:1`],
  ['trace', `no${STEERING}`],
  ['review', `no${STEERING}`],
];

/** What moves the cursor, begins a sequence or turns text around; line breaks are the output's own. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about.
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

describe('a hostile repository on the command line', () => {
  let repository: HostileRepository;

  before(() => {
    repository = makeHostileRepository();
  });
  after(removeTemporaryDirectories);

  for (const command of COMMANDS) {
    it(`steers no terminal: ${JSON.stringify(command.join(' '))}`, async () => {
      const { status, stdout, stderr } = await flagbook(['--now', '2026-06-01', ...command], { cwd: repository.root });
      assert.doesNotMatch(stdout, CONTROL);
      assert.doesNotMatch(stderr, CONTROL);
      assert.doesNotMatch(stderr, /internal error|\n {4}at /);
      assert.equal(status, command.some(word => word.startsWith(`no${STEERING}`)) ? 2 : 0, stderr);
      assert.deepEqual(repository.marks(), []);
    });
  }

  it('knows flags by the names of what every object has', async () => {
    const { stdout } = await flagbook(['flags', '--format', 'json', '--now', '2026-06-01'], { cwd: repository.root });
    const { flags } = JSON.parse(stdout) as { flags: { key: string; checks: number; ages: { introduced: unknown } }[] };
    for (const key of ['__proto__', 'constructor']) {
      const flag = flags.find(candidate => candidate.key === key);
      assert.equal(flag?.checks, 2, key);
      assert.notEqual(flag.ages.introduced, null, key);
    }
  });

  for (const [name, content, expected] of [
    ['broken JSON', '{"flagSystems": [', /flagbook\.json:1:\d+: .* is not valid JSON/],
    ['a list', '[1, 2]', /must hold one JSON object/],
    ['values of the wrong kind', '{"flagSystems": 5, "lifetimes": "x"}', /flagbook\.json:1:\d+: flagSystems: /],
    ['bytes', Buffer.from([0xff, 0xfe, 0x00, 0x01, 0x02]), /is not valid JSON/],
    ['zeros', Buffer.alloc(100), /is a binary file/],
    ['two megabytes', `{"checks": [${'{"pattern": "a($KEY)"},'.repeat(90_000)}]}`, /larger than 1 MB/],
    ['nesting', '['.repeat(100_000), /nested too deeply/],
  ] as const) {
    it(`says what is wrong with a flagbook.json that is ${name}`, async () => {
      const file = join(makeTemporaryFolder('config'), 'flagbook.json');
      writeFileSync(file, content);
      const { status, stdout, stderr } = await flagbook(['scan', '--config', file], { cwd: repository.root });
      assert.equal(status, 2);
      assert.equal(stdout, '');
      assert.match(stderr, /^flagbook: .*\n$/);
      assert.match(stderr, expected);
    });
  }

  it('takes prototypes in a flagbook.json for the data they are', async () => {
    const file = join(makeTemporaryFolder('config'), 'flagbook.json');
    writeFileSync(file, '{"__proto__": {"flagSystems": [5]}, "constructor": {"prototype": {"x": 1}}}');
    const { status } = await flagbook(['scan', '--config', file], { cwd: repository.root });
    assert.equal(status, 0);
  });
});
