import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { settledFlagbook, uriOf } from '../../support/shop.ts';

describe('a stack trace in a restricted workspace', function () {
  this.timeout(120_000);

  it('is followed into the files of now; git, which knows those of then, is not run', async () => {
    const { traces } = await settledFlagbook();
    await vscode.commands.executeCommand('flagbook.analyseStackTrace', uriOf('traces/checkout-node.txt'));
    assert.equal(traces.current()?.result.title, 'PaymentTimeoutError in pspClient.ts:25');
    await vscode.commands.executeCommand('flagbook.trace.nextFrame');
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.selection.active.line, 24);
    // A commit from outside: it is named, and nothing is asked of git.
    await traces.openLink(
      vscode.Uri.parse('vscode://flagbook.flagbook/trace?file=traces/checkout-node.txt&deployed=v2026.09.1'),
    );
    assert.equal(traces.current()?.result.deployed.kind, 'failed');
    await vscode.commands.executeCommand('flagbook.trace.openAsDeployed');
    assert.notEqual(vscode.window.activeTextEditor?.document.uri.scheme, 'flagbook-deployed');
  });
});
