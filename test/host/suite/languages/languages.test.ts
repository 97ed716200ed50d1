// Every language in the real editor: highlight, hint and hover; two folders in one window; files that were never saved.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { FlagbookApi } from '../../../../client/src/session.ts';
import { askedFlag, languageFixtures, otherFlag, templateFixtures } from '../../support/everyLanguage.ts';
import { closeAll, hintToBe, rangeOf, replace, settledFlagbook, until } from '../../support/shop.ts';

describe('a window with two folders', function () {
  this.timeout(90_000);
  let api: FlagbookApi;
  before(async () => {
    api = await settledFlagbook();
  });
  afterEach(closeAll);

  for (const { name, id, keys, check, key } of languageFixtures) {
    it(`highlights, hints and hovers a check in ${name}, and follows its constant in another open file`, async () => {
      const code = await showIn(0, check.path);
      assert.equal(code.languageId, id);
      await hintToBe(code, key, '25%');
      const { line } = rangeOf(code, key).start;
      await until(`a highlight in ${check.path}`, () => {
        const shown = api.decorations(code.uri)?.decorations ?? [];
        return shown.some(({ range, style }) => range.start.line === line && style === 'check') ? true : null;
      });
      assert.match(await hoverAt(code, key), new RegExp(askedFlag));

      const constants = await showIn(0, keys.path);
      await replace(constants, askedFlag, otherFlag);
      assert.ok(constants.isDirty);
      await hintToBe(code, key, 'off');
    });
  }

  it('highlights, hints and hovers checks in every template language, and follows a key that is edited in one', async () => {
    for (const { name, path } of templateFixtures) {
      const template = await showIn(0, path);
      await hintToBe(template, askedFlag, '25%');
      const { line } = rangeOf(template, askedFlag).start;
      await until(`a highlight in ${name}`, () => {
        const shown = api.decorations(template.uri)?.decorations ?? [];
        return shown.some(({ range, style }) => range.start.line === line && style === 'check') ? true : null;
      });
      assert.match(await hoverAt(template, askedFlag), /25 ?%/, name);
      await replace(template, askedFlag, otherFlag);
      await hintToBe(template, otherFlag, 'off');
    }
  });

  it('tells each folder what its own flag files say', async () => {
    const [fixture] = languageFixtures;
    const first = await showIn(0, fixture!.check.path);
    await hintToBe(first, fixture!.key, '25%');
    const second = await showIn(1, fixture!.check.path);
    await hintToBe(second, fixture!.key, '75%');
    assert.match(await hoverAt(second, fixture!.key), /75 ?%/);
  });

  it('reads a file that was never saved as one of the first folder, in the language that it is given', async () => {
    const content = `import { OpenFeature } from '@openfeature/server-sdk';\nconst client = OpenFeature.getClient();\nexport const on = client.getBooleanValue('${askedFlag}', false);\n`;
    const unsaved = await vscode.workspace.openTextDocument({ language: 'typescript', content });
    assert.equal(unsaved.uri.scheme, 'untitled');
    await vscode.window.showTextDocument(unsaved, { preview: false });
    await hintToBe(unsaved, askedFlag, '25%');
    assert.match(await hoverAt(unsaved, askedFlag), new RegExp(askedFlag));
    await replace(unsaved, askedFlag, otherFlag);
    await hintToBe(unsaved, otherFlag, 'off');
  });
});

async function showIn(folder: number, path: string): Promise<vscode.TextDocument> {
  const root = vscode.workspace.workspaceFolders?.[folder];
  assert.ok(root);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(root.uri, path));
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

async function hoverAt(document: vscode.TextDocument, text: string): Promise<string> {
  const found = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    rangeOf(document, text).start.translate(0, 1),
  );
  return found
    .flatMap(hover => hover.contents.map(content => (typeof content === 'string' ? content : content.value)))
    .join('\n');
}
