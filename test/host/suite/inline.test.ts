// Everything that is drawn into the text: highlights of checks and annotations, hints, and the one switch for both.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { FlagbookApi } from '../../../client/src/session.ts';
import type { DecorationsParams } from '../../../server/src/lsp/protocol.ts';
import { languageCases } from '../support/languages.ts';
import {
  ageInDays,
  closeAll,
  type ExpectedCheck,
  type ExpectedShop,
  expectedShop,
  hintsOf,
  hintToBe,
  labelOf,
  pathOf,
  rangeOf,
  settledFlagbook,
  show,
  until,
} from '../support/shop.ts';

describe('what is drawn into the text', function () {
  this.timeout(90_000);
  let api: FlagbookApi;
  let shop: ExpectedShop;
  before(async () => {
    api = await settledFlagbook();
    shop = expectedShop();
  });
  after(closeAll);

  for (const { name, path, check, key, style, state, stale } of languageCases) {
    it(`highlights the key of a check in ${name}`, async () => {
      const document = await show(path);
      const { start, end } = rangeOf(document, check);
      const decorations = await decorationsOf(api, document, shown =>
        shown.some(each => each.range.start.line === start.line),
      );
      const own = decorations.filter(each => each.range.start.line === start.line);
      assert.deepEqual(own, [
        {
          range: {
            start: { line: start.line, character: start.character },
            end: { line: end.line, character: end.character },
          },
          style,
        },
      ]);
    });

    it(`tells state and age behind a check in ${name}, in 24 characters at most`, async () => {
      const document = await show(path);
      const { introduced } = shop.flags.find(flag => flag.key === key)!;
      const label = `${state} · ${ageInDays(introduced.time)}d${stale ? ' · stale' : ''}`;
      await hintToBe(document, check, label);
      const line = rangeOf(document, check).start.line;
      const hint = (await hintsOf(document)).find(each => each.position.line === line)!;
      assert.ok(labelOf(hint).length <= 24);
      assert.equal(document.getText(new vscode.Range(hint.position.translate(0, -1), hint.position)), ')');
    });
  }

  it('has a highlight and a hint for every check of the shop, and none for what only looks like one', async () => {
    for (const path of new Set(shop.checks.map(check => check.path))) {
      const document = await show(path);
      const known = shop.checks.filter(check => check.path === path);
      const demanded = known.filter(check => !check.optional);
      const highlighted = demanded.map(check => keyLineOf(document, check));
      const shown = await decorationsOf(api, document, each => highlighted.every(line => linesOf(each).includes(line)));
      const checks = shown.filter(({ style }) => style !== 'runbook' && style !== 'incident');
      const allowed = new Set(known.map(check => keyLineOf(document, check)));
      assert.deepEqual(
        linesOf(checks).filter(line => !allowed.has(line)),
        [],
        `highlights in ${path}`,
      );
      const hints = await hintsOf(document);
      for (const hint of hints) assert.ok(labelOf(hint).length <= 24, labelOf(hint));
      assert.ok(hints.length >= demanded.length && hints.length <= known.length, `${hints.length} hints in ${path}`);
    }
  });

  it('tells stale and unknown flags, runbooks and incidents apart', async () => {
    const styles = async (path: string) => {
      const document = await show(path);
      const shown = await decorationsOf(api, document, ({ length }) => length > 0);
      return shown.map(({ range: { start, end }, style }) => [
        style,
        document.getText(new vscode.Range(start.line, start.character, end.line, end.character)),
      ]);
    };
    assert.deepEqual(await styles('services/checkout/src/payments/charge.ts'), [
      ['incident', 'INC-7'],
      ['runbook', 'docs/runbooks/psp-outage.md#mitigation'],
      ['check', 'FLAGS.pauseCardPayments'],
      ['check', 'FLAGS.paymentRetriesV2'],
    ]);
    assert.deepEqual(await styles('services/checkout/src/orders/giftWrap.ts'), [['unknown', "'gift-wrap'"]]);
    assert.deepEqual(await styles('services/checkout/src/orders/placeOrder.ts'), [['stale', "'express-checkout'"]]);
  });

  it('leaves the semantic tokens to the languages', async () => {
    for (const path of [
      'services/pricing/src/tarnside_pricing/quote.py',
      'services/inventory/internal/stock/reserve.go',
    ]) {
      const document = await show(path);
      await decorationsOf(api, document, ({ length }) => length > 0);
      const legend = await vscode.commands.executeCommand('vscode.provideDocumentSemanticTokensLegend', document.uri);
      assert.equal(legend, undefined, 'nobody else provides tokens here, so they would be ours');
    }
  });

  it('goes away with one setting and one command, in the text only, and comes back', async () => {
    const document = await show('services/checkout/src/payments/charge.ts');
    const isOff = async () =>
      (await hintsOf(document)).length === 0 && api.decorations(document.uri)?.decorations.length === 0 ? true : null;
    const isOn = async () =>
      (await hintsOf(document)).length === 2 && api.decorations(document.uri)?.decorations.length === 4 ? true : null;
    const setting = () => vscode.workspace.getConfiguration('flagbook').get('inline.enabled');
    await until('the hints and highlights', isOn);

    await vscode.workspace
      .getConfiguration('flagbook')
      .update('inline.enabled', false, vscode.ConfigurationTarget.Global);
    await until('the setting to take hints and highlights away', isOff);
    assert.ok(await hoverText(document, 'FLAGS.paymentRetriesV2'), 'hovers stay');
    await vscode.commands.executeCommand('flagbook.toggleInline');
    assert.equal(setting(), true);
    await until('the command to bring them back', isOn);
    await vscode.commands.executeCommand('flagbook.toggleInline');
    assert.equal(setting(), false);
    await until('the command to take them away', isOff);
    await vscode.workspace
      .getConfiguration('flagbook')
      .update('inline.enabled', undefined, vscode.ConfigurationTarget.Global);
    await until('the setting to bring them back', isOn);
  });
});

/** What is highlighted in a document, once it is as wanted. */
async function decorationsOf(
  api: FlagbookApi,
  document: vscode.TextDocument,
  areWanted: (decorations: DecorationsParams['decorations']) => boolean,
): Promise<DecorationsParams['decorations']> {
  return until(`highlights in ${pathOf(document.uri)}`, () => {
    const shown = api.decorations(document.uri)?.decorations ?? [];
    return areWanted(shown) ? shown : null;
  });
}

/** The 1-based line of the key: that of the call, except where the call has a line for each argument. */
function keyLineOf(document: vscode.TextDocument, { line, key }: ExpectedCheck): number {
  const isBroken = document
    .lineAt(line - 1)
    .text.trimEnd()
    .endsWith('(');
  return isBroken && key !== null && document.lineAt(line).text.includes(key) ? line + 1 : line;
}

function linesOf(decorations: DecorationsParams['decorations']): readonly number[] {
  return decorations.map(({ range }) => range.start.line + 1);
}

async function hoverText(document: vscode.TextDocument, text: string): Promise<string> {
  const { start } = rangeOf(document, text);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    start.translate(0, 2),
  );
  return hovers
    .flatMap(hover => hover.contents.map(content => (typeof content === 'string' ? content : content.value)))
    .join('\n');
}
