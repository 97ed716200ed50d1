// A monorepo of two projects in the real editor: the same key is another flag in each sub-folder, and each editor shows its own.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { FlagbookApi } from '../../../../client/src/session.ts';
import { closeAll, hintToBe, positionIn, replace, settledFlagbook, show, until, uriOf } from '../../support/shop.ts';

describe('a monorepo of two projects', function () {
  this.timeout(90_000);
  let api: FlagbookApi;
  before(async () => {
    api = await settledFlagbook();
  });
  afterEach(closeAll);

  it('shows each sub-folder the state of its own flag, in hints and hovers', async () => {
    const shop = await show('apps/shop/pay.ts');
    await hintToBe(shop, "'checkout'", 'on');
    const admin = await show('apps/admin/users.ts');
    await hintToBe(admin, "'checkout'", 'off');
    await hintToBe(admin, "'banner'", 'on');
    assert.match(await hoverAt(admin, "'checkout'"), /production\W+off for everyone/);
    assert.match(await hoverAt(shop, "'checkout'"), /production\W+on for everyone/);
    const shared = await hoverAt(await show('libs/shared.ts'), "'checkout'");
    assert.match(shared, /apps\/shop production\W+on for everyone/);
    assert.match(shared, /apps\/admin production\W+off for everyone/);
  });

  it('calls a key unknown where only the other project has it', async () => {
    const shop = await show('apps/shop/pay.ts');
    const admin = await show('apps/admin/users.ts');
    const found = await until('the diagnostic', () => {
      const all = vscode.languages.getDiagnostics(admin.uri).filter(isUnknown);
      return all.length > 0 ? all : null;
    });
    assert.deepEqual(
      found.map(each => each.message.replace(/ \(.*?\)/, '')),
      ['No flag file defines “discount”. Only apps/shop has it.'],
    );
    assert.deepEqual(vscode.languages.getDiagnostics(shop.uri).filter(isUnknown), []);
  });

  it('leads from a check to the flag of its project', async () => {
    const admin = await show('apps/admin/users.ts');
    const targets = await vscode.commands.executeCommand<readonly (vscode.LocationLink | vscode.Location)[]>(
      'vscode.executeDefinitionProvider',
      admin.uri,
      positionIn(admin, "'checkout'"),
    );
    const uris = targets.map(target => ('targetUri' in target ? target.targetUri : target.uri).toString());
    assert.ok(uris.includes(uriOf('apps/admin/flags.flagd.json').toString()), uris.join());
    assert.ok(!uris.some(uri => uri.includes('apps/shop')), uris.join());
  });

  it('follows an edit of one project’s flags in its own folder alone', async () => {
    const flags = await show('apps/admin/flags.flagd.json');
    await replace(flags, '"defaultVariant": "off"', '"defaultVariant": "on"');
    await hintToBe(await show('apps/admin/users.ts'), "'checkout'", 'on');
    const shopFlags = await show('apps/shop/flags.flagd.json');
    await replace(shopFlags, '"state": "ENABLED"', '"state": "DISABLED"');
    await hintToBe(await show('apps/shop/pay.ts'), "'checkout'", 'off');
    await hintToBe(await show('apps/admin/users.ts'), "'checkout'", 'on');
    assert.equal(api.status().state === 'failed', false);
  });

  it('completes the folders of the repository in flagbook.json', async () => {
    const config = await show('flagbook.json');
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      config.uri,
      positionIn(config, 'apps/shop/**'),
    );
    const labels = items.map(item => (typeof item.label === 'string' ? item.label : item.label.label));
    assert.ok(labels.includes('apps/admin/**'), labels.join());
  });
});

function isUnknown({ source, message }: vscode.Diagnostic): boolean {
  return source === 'flagbook' && message.startsWith('No flag file');
}

async function hoverAt(document: vscode.TextDocument, text: string): Promise<string> {
  const found = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    positionIn(document, text),
  );
  return found
    .flatMap(hover => hover.contents.map(content => (typeof content === 'string' ? content : content.value)))
    .join('\n');
}
