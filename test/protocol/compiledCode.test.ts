// What V8 compiled of the server is kept for the next session in the user's cache, and never where a workspace could bring it along.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { startEditor } from '../support/editor.ts';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';

describe('compiled code of a server', () => {
  it('is kept once, and read by the next session', async () => {
    const cache = makeTemporaryFolder('session-code');
    const folder = makeTemporaryFolder('session-code-root');
    await openAndClose(folder, cache);
    const [name, ...others] = codeIn(cache);
    assert.deepEqual(others, []);
    // One that is read and young is not written again, and one that is older than a day is.
    const path = join(cache, name!);
    const hourAgo = Math.floor(Date.now() / 1000) - 3600;
    utimesSync(path, hourAgo, hourAgo);
    await openAndClose(folder, cache);
    assert.equal(statSync(path).mtimeMs, hourAgo * 1000);
    const longAgo = hourAgo - 48 * 3600;
    utimesSync(path, longAgo, longAgo);
    await openAndClose(folder, cache);
    assert.ok(statSync(path).mtimeMs > hourAgo * 1000);
    assert.deepEqual(codeIn(cache), [name]);
  });

  it('is kept in no folder of the client, nor in the repository around it', async () => {
    const folder = makeTemporaryFolder('session-code-inside');
    const cache = join(folder, '.cache');
    await openAndClose(folder, cache);
    assert.deepEqual(codeIn(cache), []);
    mkdirSync(join(folder, '.git'));
    mkdirSync(join(folder, 'packages'));
    await openAndClose(join(folder, 'packages'), cache);
    assert.deepEqual(codeIn(cache), []);
  });
});

async function openAndClose(folder: string, cache: string): Promise<void> {
  const editor = await startEditor({ folders: [folder], env: { FLAGBOOK_CACHE: cache } });
  const position = { line: 0, character: 0 };
  assert.equal(
    await editor.request('textDocument/hover', { textDocument: { uri: 'untitled:nowhere' }, position }),
    null,
  );
  await editor.shutdown();
}

function codeIn(cache: string): readonly string[] {
  return existsSync(cache) ? readdirSync(cache).filter(name => name.startsWith('code-')) : [];
}
