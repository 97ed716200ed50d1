import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { registerReadOnlyFiles, virtualScheme } from '../../support/readOnlyFiles.ts';
import { settledFlagbook, until } from '../../support/shop.ts';

const files = {
  '/shop/src/pay.ts': 'export function pay(): never {\n  throw new Error("no");\n}\n',
  '/shop/traces/pay.txt': 'Error: no\n    at pay (/app/src/pay.ts:2:9)\n    at run (node:internal/x:1:1)\n',
  '/shop/flags.flagd.json':
    '{ "flags": { "a": { "state": "ENABLED", "variants": { "on": true }, "defaultVariant": "on" } } }\n',
};

describe('a stack trace in a virtual workspace', function () {
  this.timeout(120_000);
  let registration: vscode.Disposable;
  before(async () => {
    registration = registerReadOnlyFiles(files);
    const api = await settledFlagbook();
    await api.restart();
    await until('the files to be read', () => (api.flags().nodes.length > 0 ? true : null));
  });
  after(() => registration.dispose());

  it('is opened by a link to a file there, and followed into the files there', async () => {
    const { traces } = await settledFlagbook();
    await traces.openLink(vscode.Uri.parse('vscode://flagbook.flagbook/trace?file=traces/pay.txt'));
    assert.equal(traces.current()?.result.title, 'Error in pay.ts:2');
    await vscode.commands.executeCommand('flagbook.trace.nextFrame');
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.toString(), `${virtualScheme}:/shop/src/pay.ts`);
    assert.equal(editor?.selection.active.line, 1);
    await vscode.commands.executeCommand('flagbook.trace.clear');
  });
});
