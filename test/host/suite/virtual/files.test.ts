import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { registerReadOnlyFiles, virtualScheme } from '../../support/readOnlyFiles.ts';
import { hintToBe, settledFlagbook, show, until } from '../../support/shop.ts';

const code = `import { OpenFeature } from '@openfeature/server-sdk';

const features = OpenFeature.getClient();

export const express = async () => features.getBooleanValue('express-checkout', false);
export const parcels = async () => features.getBooleanValue('parcel-lockers', false);
`;
const flags = {
  flags: {
    'express-checkout': { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'on' },
  },
};
const files = {
  '/shop/src/checkout.ts': code,
  '/shop/flags.flagd.json': `${JSON.stringify(flags, null, 2)}\n`,
  '/shop/docs/runbooks/checkout.md': '---\npaths: [src/**]\n---\n# Checkout is slow\n\nLook at the queue first.\n',
};

describe('a virtual workspace', function () {
  this.timeout(120_000);

  let registration: vscode.Disposable;
  before(async () => {
    registration = registerReadOnlyFiles(files);
    await show('src/checkout.ts');
    const api = await settledFlagbook();
    // If something else woke the extension, it was there before its files were.
    await api.restart();
    await until('the files to be read', () => (api.flags().nodes.length > 0 ? true : null));
  });
  after(() => registration.dispose());

  it('has one folder, which is not of this machine', () => {
    assert.deepEqual(
      vscode.workspace.workspaceFolders?.map(folder => folder.uri.toString()),
      [`${virtualScheme}:/shop`],
    );
  });

  it('keeps the states of flags and names what is off', async () => {
    const api = await settledFlagbook();
    assert.equal(api.status().state, 'limited');
    assert.equal(api.status().notices.filter(({ message }) => /^Virtual workspace: /.test(message)).length, 1);
    const document = await show('src/checkout.ts');
    assert.equal(document.languageId, 'typescript');
    await hintToBe(document, "'express-checkout'", 'on');
  });
});
