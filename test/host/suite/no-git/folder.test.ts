import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('a folder without git', () => {
  it('has a file with a flag check', async () => {
    const found = await vscode.workspace.findFiles('src/*.ts');
    assert.equal(found.length, 1);
  });
});
