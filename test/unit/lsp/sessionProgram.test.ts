// Which folders a server keeps compiled code out of, beside all work trees of git's: whatever the client opened.
import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import { foldersOf } from '../../../server/src/lsp/sessionProgram.ts';

describe('the folders of a client', () => {
  const uriOf = (path: string) => pathToFileURL(path).href;

  it('are all that it opened', () => {
    const workspaceFolders = ['/work/shop', '/work/other shop'].map(path => ({ uri: uriOf(path), name: 'any' }));
    assert.deepEqual(foldersOf({ workspaceFolders, rootUri: null }), ['/work/shop', '/work/other shop']);
  });

  it('are told by editors without workspace folders in the older way', () => {
    assert.deepEqual(foldersOf({ rootUri: uriOf('/work/shop') }), ['/work/shop']);
  });

  it('may be of no disk, or none', () => {
    const workspaceFolders = [
      { uri: 'vscode-vfs://github/shop/shop', name: 'shop' },
      { uri: 'nonsense', name: '' },
    ];
    assert.deepEqual(foldersOf({ workspaceFolders, rootUri: null }), []);
    assert.deepEqual(foldersOf({ workspaceFolders: null, rootUri: null }), []);
  });
});
