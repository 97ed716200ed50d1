import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { hintToBe, settledFlagbook, show } from '../../support/shop.ts';

describe('a folder without git', function () {
  this.timeout(120_000);

  it('has a file with a flag check', async () => {
    const found = await vscode.workspace.findFiles('src/*.ts');
    assert.equal(found.length, 1);
  });

  it('shows the state of the flag, and says that there are no ages', async () => {
    const api = await settledFlagbook();
    const code = await show('src/checkout.ts');
    await hintToBe(code, "getBooleanValue('new-checkout'", 'on');
    assert.ok(api.status().notices.some(({ message }) => message.startsWith('No ages: ')));
  });
});
