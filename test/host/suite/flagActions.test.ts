// Acting on flags in the real editor: the links that a hover may follow, and a flag file that is changed in place.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, positionIn, settledFlagbook, show, until } from '../support/shop.ts';

const FLAGS = 'flags/shop.flagd.json';

describe('acting on a flag', function () {
  this.timeout(90_000);
  before(settledFlagbook);
  afterEach(closeAll);

  it('is linked from the hover, which may run these commands of ours and no others', async () => {
    const document = await show('services/checkout/src/payments/charge.ts');
    const own = await until('our hover', async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        positionIn(document, 'FLAGS.paymentRetriesV2'),
      );
      const contents = hovers.flatMap(hover => hover.contents) as vscode.MarkdownString[];
      return contents.find(({ value }) => value?.includes('command:flagbook.changeFlag')) ?? null;
    });
    assert.ok(typeof own.isTrusted === 'object');
    const { enabledCommands } = own.isTrusted;
    assert.ok(enabledCommands.includes('flagbook.changeFlag'));
    assert.ok(enabledCommands.every(command => command.startsWith('flagbook.')));
    // A link in a repository's own words could otherwise take a token away or ask for one.
    assert.ok(!enabledCommands.some(command => /signIn|signOut/.test(command)));
  });

  it('changes the few characters of a flag file that say it, and the editor takes it back', async () => {
    const document = await show(FLAGS);
    const before = document.getText();
    const done = vscode.commands.executeCommand('flagbook.changeFlag', 'payment-retries-v2', document.uri.toString());
    await until('the first offer to be taken', async () => {
      if (document.getText() !== before) return true;
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return null;
    });
    const lines = document.getText().split('\n');
    const changed = before
      .split('\n')
      .flatMap((line, index) => (line === lines[index] ? [] : [[line.trim(), lines[index]!.trim()]]));
    assert.deepEqual(changed, [['"state": "ENABLED",', '"state": "DISABLED",']]);
    assert.equal(document.isDirty, true);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
    await vscode.commands.executeCommand('notifications.clearAll');
    await done;
  });
});
