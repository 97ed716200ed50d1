// Flag files as a language in the real editor: an outline, completion while the file is broken, and a rename of a flag in
// flag files and code at once.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  closeAll,
  expectedShop,
  pathOf,
  positionIn,
  rangeOf,
  replace,
  settledFlagbook,
  show,
  until,
} from '../support/shop.ts';

const FLAGS = 'flags/shop.flagd.json';

describe('flag files', function () {
  this.timeout(90_000);
  before(settledFlagbook);
  afterEach(closeAll);

  it('have an outline of flags, variations and rules', async () => {
    const document = await show(FLAGS);
    const flags = await until('the outline', async () => {
      const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
        'vscode.executeDocumentSymbolProvider',
        document.uri,
      );
      // The editor's own outline of JSON stands beside ours.
      const own = symbols.filter(({ kind }) => kind === vscode.SymbolKind.Key);
      return own.length > 0 ? own : null;
    });
    const keys = expectedShop()
      .flags.filter(({ environments }) => environments.some(({ path }) => path === FLAGS))
      .map(({ key }) => key);
    assert.deepEqual(flags.map(({ name }) => name).sort(), [...keys].sort());
    const workshop = flags.find(({ name }) => name === 'beta-wholesale')!;
    assert.deepEqual(
      workshop.children.map(({ name, detail }) => [name, detail]),
      [
        ['on', 'true'],
        ['off', 'false'],
        ['if email ends with @trade.example', 'on'],
        ['Everyone else', 'off'],
      ],
    );
  });

  it('complete the variations of the flag, in a file that is broken there', async () => {
    const document = await show(FLAGS);
    await replace(document, '"defaultVariant": "control",', '"defaultVariant": "');
    const position = rangeOf(document, '"defaultVariant": "\n').end.translate(-1, 0);
    const at = document.lineAt(position.line).range.end;
    const items = await until('completions', async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        at,
      );
      const own = list.items.filter(({ kind }) => kind === vscode.CompletionItemKind.EnumMember);
      return own.length > 0 ? own : null;
    });
    assert.deepEqual(
      items.map(({ label }) => (typeof label === 'string' ? label : label.label)),
      ['control', 'buy', 'ride'],
    );
  });

  it('rename a flag in every flag file, in code and in the front matter of documents', async () => {
    const document = await show(FLAGS);
    const edit = await until('the edit', () => rename(document, '"payment-retries-v2"', 'payment-retries-v3'));
    const edited = edit.entries().map(([uri, edits]) => [pathOf(uri), edits.length] as const);
    const paths = edited.map(([path]) => path);
    for (const path of [FLAGS, 'flags/shop.staging.flagd.json', 'services/checkout/src/features/flags.ts']) {
      assert.ok(paths.includes(path), `${path} among ${paths}`);
    }
    for (const [, edits] of edit.entries())
      for (const { newText } of edits) assert.equal(newText, 'payment-retries-v3');
  });

  it('rename a flag from the text of its key in code, as the editor offers it', async () => {
    const document = await show('services/checkout/src/features/flags.ts');
    const position = positionIn(document, "'payment-retries-v2'");
    const prepared = await until('the offer', async () =>
      vscode.commands.executeCommand<{ range: vscode.Range; placeholder: string }>(
        'vscode.prepareRename',
        document.uri,
        position,
      ),
    );
    assert.equal(prepared.placeholder, 'payment-retries-v2');
    const edit = await rename(document, "'payment-retries-v2'", 'payment-retries-v3');
    assert.ok(edit!.entries().some(([uri]) => pathOf(uri) === FLAGS));
  });

  it('refuse a key that exists, with a sentence', async () => {
    const document = await show(FLAGS);
    await until('the server', () => rename(document, '"payment-retries-v2"', 'payment-retries-v3'));
    await assert.rejects(
      async () => rename(document, '"payment-retries-v2"', 'express-checkout'),
      /“express-checkout” exists already \(flags\/shop/,
    );
  });
});

async function rename(document: vscode.TextDocument, at: string, to: string): Promise<vscode.WorkspaceEdit | null> {
  const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
    'vscode.executeDocumentRenameProvider',
    document.uri,
    positionIn(document, at),
    to,
  );
  return edit.size > 0 ? edit : null;
}
