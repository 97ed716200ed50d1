// Which folders a server keeps compiled code out of: whatever the client opened, and the repositories that this is in.
import assert from 'node:assert/strict';
import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { workspacesOf } from '../../../server/src/lsp/sessionProgram.ts';
import { makeTemporaryFolder } from '../../support/temporaryFolder.ts';

describe('the folders of a client', () => {
  const repository = realpathSync(makeTemporaryFolder('session-program'));
  const folder = join(repository, 'packages', 'shop');
  before(() => {
    mkdirSync(folder, { recursive: true });
    mkdirSync(join(repository, '.git'));
  });
  const uriOf = (path: string) => pathToFileURL(path).href;
  /** This process works in a repository itself. */
  const own = realpathSync(join(import.meta.dirname, '..', '..', '..'));

  it('are all that it opened, and the repositories around them', () => {
    const other = makeTemporaryFolder('session-program-other');
    const workspaceFolders = [folder, other].map(path => ({ uri: uriOf(path), name: 'any' }));
    assert.deepEqual(workspacesOf({ workspaceFolders, rootUri: null }), [folder, other, repository, own]);
  });

  it('are told by editors without workspace folders in the older way', () => {
    assert.deepEqual(workspacesOf({ rootUri: uriOf(folder) }), [folder, repository, own]);
  });

  it('may be of no disk, or none', () => {
    const workspaceFolders = [
      { uri: 'vscode-vfs://github/shop/shop', name: 'shop' },
      { uri: 'nonsense', name: '' },
    ];
    assert.deepEqual(workspacesOf({ workspaceFolders, rootUri: null }), [own]);
    assert.deepEqual(workspacesOf({ workspaceFolders: null, rootUri: null }), [own]);
  });
});
