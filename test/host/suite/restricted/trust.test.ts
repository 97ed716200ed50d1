import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { hintToBe, settledFlagbook, show } from '../../support/shop.ts';

describe('a restricted workspace', function () {
  this.timeout(120_000);

  it('is not trusted', () => {
    assert.equal(vscode.workspace.isTrusted, false);
  });

  it('keeps states, and says once that git is not run and ages are off', async () => {
    const api = await settledFlagbook();
    assert.equal(api.status().state, 'limited');
    assert.equal(
      api.status().notices.filter(({ message }) => /Restricted workspace: git is not run/.test(message)).length,
      1,
    );
    const code = await show('services/checkout/src/payments/charge.ts');
    await hintToBe(code, 'FLAGS.paymentRetriesV2', '25%');
  });
});
