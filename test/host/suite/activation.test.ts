import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension host', () => {
  it('has the extension and one open folder', () => {
    assert.ok(vscode.extensions.getExtension('flagbook.flagbook'));
    assert.equal(vscode.workspace.workspaceFolders?.length, 1);
  });

  it('is a trusted workspace', () => {
    assert.equal(vscode.workspace.isTrusted, true);
  });
});
