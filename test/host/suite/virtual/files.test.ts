import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { registerReadOnlyFiles, virtualScheme } from '../../support/readOnlyFiles.ts';

describe('a virtual workspace', () => {
  const files = { '/shop/src/checkout.ts': 'export const answer = 42;\n' };
  let registration: vscode.Disposable;
  before(() => {
    registration = registerReadOnlyFiles(files);
  });
  after(() => registration.dispose());

  it('has one folder, which is not of this machine', () => {
    assert.deepEqual(
      vscode.workspace.workspaceFolders?.map(folder => folder.uri.toString()),
      [`${virtualScheme}:/shop`],
    );
  });

  it('opens its files', async () => {
    const uri = vscode.Uri.from({ scheme: virtualScheme, path: '/shop/src/checkout.ts' });
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.languageId, 'typescript');
    assert.equal(document.getText(), files['/shop/src/checkout.ts']);
  });
});
