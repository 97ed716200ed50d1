/** Folders that nobody would make on purpose: reading a repository ends, and reads nothing from elsewhere. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Snapshot } from '../../../server/src/core/snapshot.ts';
import { createDiskAccess } from '../../../server/src/sources/files/disk.ts';
import { createProject } from '../../../server/src/sources/project/project.ts';
import { FILES_ALONE } from '../../support/filesAlone.ts';
import { makeTemporaryFolder } from '../../support/temporaryFolder.ts';
import { allGrammars, NOW } from '../../support/world.ts';

const SDK = "import { OpenFeature } from '@openfeature/server-sdk';\n";
const check = (key: string): string => `${SDK}OpenFeature.getClient().getBooleanValue('${key}', false);\n`;
const flags = (key: string): string =>
  JSON.stringify({ flags: { [key]: { state: 'ENABLED', variants: { on: true }, defaultVariant: 'on' } } });

/** Names that are legal on disk and awkward everywhere else. */
const NAMES = [
  'new\nline',
  'quo"te',
  "apo's",
  'back\\slash',
  'tab\there',
  'space ',
  '-rf',
  '--help',
  '~',
  '$(touch x)',
  '`id`',
  '%41',
  '%',
  '#hash',
  '?',
  '*',
  '[a]',
  '{a,b}',
  '😀',
  'é',
  'e\u0301',
  '\u202eright',
  '__proto__',
  'constructor',
  'CON',
  ':(glob)x',
  '!not',
  '...',
  '.hidden',
  'a'.repeat(200),
];

describe('awkward folders', function () {
  this.timeout(60_000);
  let root: string;
  let outside: string;

  const write = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  const git = (...args: string[]): void => {
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      cwd: root,
      stdio: 'ignore',
    });
  };
  const read = async (options: { git: boolean }): Promise<Snapshot> => {
    const access = createDiskAccess(root, { ...options, patience: 3_000 });
    const grammars = await allGrammars();
    const project = createProject({
      grammars,
      access,
      now: () => NOW,
      readHistory: null,
      past: null,
      withoutHistory: 'none',
      notices: [],
    });
    await project.index();
    return project.host.snapshot(NOW);
  };
  const keysOf = ({ checks }: Snapshot): readonly string[] => [...checks.keys()].sort();

  beforeEach(() => {
    root = makeTemporaryFolder('awkward');
    outside = makeTemporaryFolder('outside');
    writeFileSync(join(outside, 'secret.ts'), check('secret'));
    writeFileSync(join(outside, 'secret.flagd.json'), flags('secret'));
    git('init', '--quiet');
  });

  for (const options of [{ git: true }, { git: false }]) {
    const how = options.git ? 'listed by git' : 'walked';

    it(`finds checks in files of any name (${how})`, async () => {
      for (const [index, name] of NAMES.entries()) {
        write(`src/${name}.ts`, check(`file-${index}`));
        write(`${name}/in.ts`, check(`folder-${index}`));
      }
      const expected = NAMES.flatMap((_, index) => [`file-${index}`, `folder-${index}`]).sort();
      assert.deepEqual(keysOf(await read(options)), expected);
    });

    it(`reads nothing through links, pipes and devices, and none of them hangs (${how})`, async () => {
      write('src/own.ts', check('own'));
      symlinkSync(join(outside, 'secret.ts'), join(root, 'link.ts'));
      symlinkSync(outside, join(root, 'folder'));
      symlinkSync('.', join(root, 'loop'));
      symlinkSync('b.ts', join(root, 'a.ts'));
      symlinkSync('a.ts', join(root, 'b.ts'));
      symlinkSync('/dev/zero', join(root, 'zero.ts'));
      symlinkSync('/nowhere', join(root, 'dangling.ts'));
      symlinkSync(join(outside, 'secret.flagd.json'), join(root, 'shop.flagd.json'));
      symlinkSync(join(outside, 'secret.flagd.json'), join(root, 'flagbook.json'));
      execFileSync('mkfifo', [join(root, 'pipe.ts'), join(root, 'pipe.flagd.json'), join(root, '.gitignore')]);
      mkdirSync(join(root, 'folder.ts'));
      mkdirSync(join(root, 'package.json'));
      write('folder.ts/inner.ts', check('inner'));
      const snapshot = await read(options);
      assert.deepEqual(keysOf(snapshot), ['inner', 'own']);
      assert.equal(snapshot.flags.size, 0);
    });

    it(`leaves out what is large, binary or forbidden, and reads the rest (${how})`, async () => {
      write('own.ts', check('own'));
      write('large.ts', check('large') + ' '.repeat(2_000_000));
      write('large.flagd.json', Buffer.alloc(50_000_000, ' '));
      write('binary.ts', Buffer.concat([Buffer.from(check('binary')), Buffer.alloc(10)]));
      write('wide.ts', Buffer.from(`\ufeff${check('wide')}`, 'utf16le'));
      write('latin.ts', Buffer.from(`// \xe9\xff\n${check('latin')}`, 'latin1'));
      write('carriage.ts', `\ufeff${check('carriage').replaceAll('\n', '\r')}`);
      write('flagbook.json', '{"checks": 1}');
      write('forbidden.ts', check('forbidden'));
      chmodSync(join(root, 'forbidden.ts'), 0);
      const forbidden = process.getuid?.() === 0 ? ['forbidden'] : [];
      const snapshot = await read(options);
      assert.deepEqual(keysOf(snapshot), ['carriage', ...forbidden, 'latin', 'own', 'wide']);
      assert.equal(
        snapshot.notices.some(({ code }) => code === 'skipped'),
        true,
      );
    });

    it(`knows the bottom of a deep tree, and stops above an endless one (${how})`, async () => {
      write(`${'d/'.repeat(90)}deep.ts`, check('deep'));
      write(`${'d/'.repeat(1500)}endless.ts`, check('endless'));
      const keys = keysOf(await read(options));
      assert.ok(keys.includes('deep'));
    });

    it(`stays in its own repository (${how})`, async () => {
      write('own.ts', check('own'));
      write('node_modules/a/index.ts', check('vendored'));
      write('nested/.git', 'gitdir: /nowhere');
      write('nested/in.ts', check('nested'));
      const keys = keysOf(await read(options));
      assert.ok(keys.includes('own'));
      assert.ok(!keys.includes('vendored'));
    });

    it(`does without a configuration that it may not read (${how})`, async () => {
      write('own.ts', check('own'));
      write('flagbook.json', ' '.repeat(2_000_000));
      const snapshot = await read(options);
      assert.deepEqual(keysOf(snapshot), ['own']);
      assert.match(snapshot.notices.map(({ message }) => message).join(), /flagbook\.json is larger than 1 MB/);
    });
  }

  it('reads what is there when files go between the list and the reading', async () => {
    write('stays.ts', check('stays'));
    write('goes.ts', check('goes'));
    write('becomes/inside.ts', check('inside'));
    git('add', '.');
    git('commit', '--quiet', '-m', 'all');
    const disk = createDiskAccess(root, { git: true });
    const access = {
      read: disk.read,
      async list() {
        const paths = await disk.list();
        renameSync(join(root, 'goes.ts'), join(outside, 'goes.ts'));
        renameSync(join(root, 'becomes'), join(outside, 'becomes'));
        symlinkSync(join(outside, 'becomes'), join(root, 'becomes'));
        return paths;
      },
    };
    const grammars = await allGrammars();
    const project = createProject({
      grammars,
      access,
      now: () => NOW,
      ...FILES_ALONE,
    });
    const summary = await project.index();
    assert.deepEqual(keysOf(project.host.snapshot(NOW)), ['stays']);
    assert.deepEqual([...summary.skipped], [['link', 1]]);
  });
});
