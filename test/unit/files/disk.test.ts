import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MAX_FILE_BYTES } from '../../../server/src/sources/files/access.ts';
import { createDiskAccess } from '../../../server/src/sources/files/disk.ts';
import { makeTemporaryFolder } from '../../support/temporaryFolder.ts';

describe('files on disk', () => {
  let folder: string;
  let root: string;

  const write = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  const read = (path: string) => createDiskAccess(root, { git: false }).read(path);
  const skipped = async (path: string) => {
    const content = await read(path);
    return content.kind === 'skipped' ? content.reason : content.text;
  };

  beforeEach(() => {
    folder = makeTemporaryFolder('files');
    root = join(folder, 'root');
    mkdirSync(root);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('reads UTF-8 and UTF-16, without their marks', async () => {
    write('root/plain.ts', 'const é = "😀";\n');
    write('root/marked.ts', '\ufeffmarked');
    write('root/wide.ts', Buffer.from('\ufeffwide 😀', 'utf16le'));
    assert.deepEqual(await read('plain.ts'), { kind: 'text', text: 'const é = "😀";\n' });
    assert.deepEqual(await read('marked.ts'), { kind: 'text', text: 'marked' });
    assert.deepEqual(await read('wide.ts'), { kind: 'text', text: 'wide 😀' });
  });

  it('reads one file after another through the same memory', async () => {
    write('root/long.ts', 'a'.repeat(100_000));
    write('root/short.ts', 'b');
    const access = createDiskAccess(root, { git: false });
    const [long, short] = [await access.read('long.ts'), await access.read('short.ts')];
    assert.deepEqual(short, { kind: 'text', text: 'b' });
    assert.deepEqual(long, { kind: 'text', text: 'a'.repeat(100_000) });
  });

  it('skips what is large, binary or not there', async () => {
    write('root/large.ts', 'x'.repeat(MAX_FILE_BYTES + 1));
    write('root/limit.ts', 'x'.repeat(MAX_FILE_BYTES));
    write('root/binary.ts', 'a\0b');
    assert.equal(await skipped('large.ts'), 'large');
    assert.equal((await read('limit.ts')).kind, 'text');
    assert.equal(await skipped('binary.ts'), 'binary');
    assert.equal(await skipped('missing.ts'), 'missing');
    assert.equal(await skipped('missing/file.ts'), 'missing');
  });

  it('follows no link, neither of a file nor of a folder on the way out', async () => {
    write('secret/key.ts', 'secret');
    write('root/inside/own.ts', 'own');
    symlinkSync(join(folder, 'secret/key.ts'), join(root, 'link.ts'));
    symlinkSync(join(folder, 'secret'), join(root, 'folder'));
    symlinkSync(join(root, 'inside'), join(root, 'within'));
    symlinkSync(root, join(root, 'circle'));
    assert.equal(await skipped('link.ts'), 'link');
    assert.equal(await skipped('folder/key.ts'), 'link');
    assert.equal(await skipped('../secret/key.ts'), 'link');
    assert.equal(await skipped('within/own.ts'), 'own');
    assert.deepEqual(await createDiskAccess(root, { git: false }).list(), ['inside/own.ts']);
  });

  it('reads below a root that is itself reached by a link', async () => {
    write('root/own.ts', 'own');
    symlinkSync(root, join(folder, 'alias'));
    const access = createDiskAccess(join(folder, 'alias'), { git: false });
    assert.deepEqual(await access.read('own.ts'), { kind: 'text', text: 'own' });
  });

  it('sees a folder that became a link once the files are listed again', async () => {
    write('root/moving/own.ts', 'own');
    write('secret/own.ts', 'secret');
    const access = createDiskAccess(root, { git: false });
    assert.equal((await access.read('moving/own.ts')).kind, 'text');
    rmSync(join(root, 'moving'), { recursive: true });
    symlinkSync(join(folder, 'secret'), join(root, 'moving'));
    await access.list();
    assert.deepEqual(await access.read('moving/own.ts'), { kind: 'skipped', reason: 'link' });
  });

  it('does not wait for a pipe that nobody writes to', async function () {
    if (process.platform === 'win32') this.skip();
    execFileSync('mkfifo', [join(root, 'pipe.ts')]);
    assert.equal(await skipped('pipe.ts'), 'link');
  });

  it('walks without what is vendored or ignored', async () => {
    for (const path of ['a.ts', 'b/c.ts', 'b/d.log', 'node_modules/x.ts', 'b/deep/e.tmp']) write(`root/${path}`, '');
    write('root/.gitignore', '*.log\n');
    write('root/b/.gitignore', '*.tmp\n');
    assert.deepEqual(await createDiskAccess(root, { git: false }).list(), [
      '.gitignore',
      'a.ts',
      'b/.gitignore',
      'b/c.ts',
    ]);
  });
});
