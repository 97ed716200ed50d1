import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('a restricted workspace', () => {
  it('is not trusted', () => {
    assert.equal(vscode.workspace.isTrusted, false);
  });
});
