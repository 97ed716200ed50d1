// From checks and constants to flag files and back, completion of keys, and links on annotations.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { languageCases } from '../support/languages.ts';
import {
  closeAll,
  type ExpectedShop,
  expectedShop,
  pathOf,
  positionIn,
  rangeOf,
  replace,
  settledFlagbook,
  show,
  until,
  withFile,
} from '../support/shop.ts';

describe('navigation', function () {
  this.timeout(90_000);
  let shop: ExpectedShop;
  before(async () => {
    await settledFlagbook();
    shop = expectedShop();
  });
  afterEach(closeAll);

  for (const { name, path, check, key, constant } of languageCases) {
    it(`goes from a check in ${name} to the flag in every flag file`, async () => {
      const wanted = shop.flags.find(flag => flag.key === key)!.environments.map(({ path, line }) => `${path}:${line}`);
      const document = await show(path);
      const found = await definitionsAt(document, positionIn(document, check));
      for (const place of wanted) assert.ok(found.includes(place), `${place} among ${found}`);
    });

    if (constant !== null) {
      it(`goes on from the constant in ${name} to the flag files`, async () => {
        const wanted = shop.flags
          .find(flag => flag.key === key)!
          .environments.map(({ path, line }) => `${path}:${line}`);
        const document = await show(constant.path);
        const found = await definitionsAt(document, positionIn(document, constant.text));
        for (const place of wanted) assert.ok(found.includes(place), `${place} among ${found}`);
      });
    }

    it(`finds from a check in ${name} the same places as from the flag file: all that the shop has`, async () => {
      const wanted = placesOf(shop, key);
      const document = await show(path);
      const fromCode = await referencesAt(document, positionIn(document, check));
      for (const place of wanted) assert.ok(fromCode.includes(place), `${place} among ${fromCode}`);
      const flag = shop.flags.find(each => each.key === key)!.environments[0]!;
      const file = await show(flag.path);
      const fromFile = await referencesAt(file, positionIn(file, `"${key}"`));
      assert.deepEqual(fromFile, wanted);
    });
  }

  it('finds checks in other languages', async () => {
    const document = await show('flags/shop.flagd.json');
    assert.deepEqual(
      await referencesAt(document, positionIn(document, '"express-checkout"')),
      placesOf(shop, 'express-checkout'),
    );
    assert.ok(placesOf(shop, 'express-checkout').some(place => place.includes('.tsx:')));
  });

  for (const { name, newFile, call, quote } of languageCases) {
    it(`completes the keys of flags inside a check in ${name}, and nowhere else`, async () => {
      await withFile(newFile.path, newFile.text([call(`${quote}${quote}`)]), async path => {
        const document = await show(path);
        const inside = rangeOf(document, `${quote}${quote}`).start.translate(0, 1);
        const keys = shop.flags.filter(flag => flag.environments.length > 0).map(flag => flag.key);
        const items = await until('completions', async () => {
          const { items } = await completionsAt(document, inside);
          const own = items.filter(item => keys.includes(labelOf(item)));
          return own.length > 0 ? own : null;
        });
        assert.deepEqual(items.map(labelOf).sort(), [...keys].sort());
        const stale = items.filter(item => item.tags?.includes(vscode.CompletionItemTag.Deprecated)).map(labelOf);
        const expected = shop.flags.filter(flag => flag.verdict.stale && flag.verdict.alsoAcceptable.length === 0);
        assert.deepEqual(stale.sort(), expected.map(flag => flag.key).sort());
        const retries = items.find(item => labelOf(item) === 'payment-retries-v2')!;
        assert.equal(typeof retries.label === 'string' ? '' : retries.label.description, '25%');

        const elsewhere = await completionsAt(document, document.lineAt(0).range.end);
        assert.equal(
          elsewhere.items.some(item => labelOf(item) === 'payment-retries-v2'),
          false,
        );
      });
    });

    it(`completes a key that is half written in ${name}`, async () => {
      await withFile(newFile.path, newFile.text([call(`${quote}payment-re${quote}`)]), async path => {
        const document = await show(path);
        const range = rangeOf(document, 'payment-re');
        const item = await until('a completion', async () => {
          const { items } = await completionsAt(document, range.end);
          return items.find(each => labelOf(each) === 'payment-retries-v2') ?? null;
        });
        const replaced = item.range instanceof vscode.Range ? item.range : item.range?.replacing;
        assert.ok(replaced?.isEqual(range), 'the half-written key is replaced, the quotes stay');
      });
    });
  }

  const annotated = [
    {
      name: 'TypeScript',
      path: 'services/checkout/src/payments/charge.ts',
      links: ['docs/incidents/2025-06-17-double-charges.md', 'docs/runbooks/psp-outage.md'],
    },
    { name: 'JavaScript', path: 'services/shipping/src/labels.js', links: ['docs/runbooks/label-printing.md'] },
    {
      name: 'Python',
      path: 'services/pricing/src/tarnside_pricing/quote.py',
      links: ['docs/incidents/2026-03-10-prices-without-vat.md', 'docs/runbooks/pricing-quotes.md'],
    },
    {
      name: 'Go',
      path: 'services/inventory/internal/stock/reserve.go',
      links: ['docs/incidents/2025-11-28-oversold-parts.md', 'docs/runbooks/stock-oversold.md'],
    },
    {
      name: 'the rules of alerts',
      path: 'monitoring/checkout.rules.yml',
      links: ['docs/runbooks/payment-timeouts.md', 'docs/runbooks/psp-outage.md', 'docs/runbooks/flagd-unreachable.md'],
    },
  ];
  for (const { name, path, links } of annotated) {
    it(`links annotations in ${name} to runbooks and incidents`, async () => {
      const found = await linksIn(await show(path), links.length);
      assert.deepEqual(
        found.map(link => pathOf(link.target!.with({ fragment: '' }))),
        links,
      );
    });
  }

  it('links to the heading that an annotation names', async () => {
    const [, runbook] = await linksIn(await show('services/checkout/src/payments/charge.ts'), 2);
    const target = await vscode.workspace.openTextDocument(runbook!.target!.with({ fragment: '' }));
    const line = Number(/^L(\d+)/.exec(runbook!.target!.fragment)?.[1]);
    assert.match(target.lineAt(line - 1).text, /^#+ Mitigation/i);
  });

  it('links annotations that are being written in TSX', async () => {
    const document = await show('apps/storefront/src/components/SavedCards.tsx');
    await replace(document, 'export function', '// incident: INC-7\nexport function');
    const [link] = await linksIn(document, 1);
    assert.equal(document.getText(link!.range), 'INC-7');
    assert.equal(pathOf(link!.target!.with({ fragment: '' })), 'docs/incidents/2025-06-17-double-charges.md');
  });

  it('goes from an annotation to its runbook, as a link does', async () => {
    const document = await show('services/inventory/internal/stock/reserve.go');
    const found = await definitionsAt(document, positionIn(document, 'docs/runbooks/stock-oversold.md#diagnosis'));
    assert.match(found.join(), /^docs\/runbooks\/stock-oversold\.md:\d+$/);
  });
});

/** All places of a flag, as `path:line`: its definitions, where its key is written, its checks, and the stubs of tests. */
function placesOf({ checks, mentions, flags }: ExpectedShop, key: string): readonly string[] {
  const definitions = flags.filter(flag => flag.key === key).flatMap(flag => flag.environments);
  const uses = [...checks, ...mentions].filter(use => use.key === key);
  return [...new Set([...definitions, ...uses].map(({ path, line }) => `${path}:${line}`))].sort();
}

async function definitionsAt(document: vscode.TextDocument, position: vscode.Position): Promise<readonly string[]> {
  return until('a definition in another file', async () => {
    const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      position,
    );
    const places = found.map(each =>
      'targetUri' in each
        ? placeText(each.targetUri, each.targetSelectionRange ?? each.targetRange)
        : placeText(each.uri, each.range),
    );
    return places.some(place => !place.startsWith(pathOf(document.uri))) ? places : null;
  });
}

async function referencesAt(document: vscode.TextDocument, position: vscode.Position): Promise<readonly string[]> {
  return until('references in other files', async () => {
    const found = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeReferenceProvider',
      document.uri,
      position,
    );
    const places = [...new Set(found.map(each => placeText(each.uri, each.range)))].sort();
    return places.length > 1 ? places : null;
  });
}

async function completionsAt(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.CompletionList> {
  return vscode.commands.executeCommand('vscode.executeCompletionItemProvider', document.uri, position);
}

async function linksIn(document: vscode.TextDocument, count: number): Promise<readonly vscode.DocumentLink[]> {
  return until(`${count} links in ${pathOf(document.uri)}`, async () => {
    const found = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      document.uri,
    );
    const own = found
      .filter(link => link.target?.scheme === 'file')
      .sort((a, b) => a.range.start.compareTo(b.range.start));
    return own.length === count ? own : null;
  });
}

function placeText(uri: vscode.Uri, range: vscode.Range): string {
  return `${pathOf(uri)}:${range.start.line + 1}`;
}

function labelOf({ label }: vscode.CompletionItem): string {
  return typeof label === 'string' ? label : label.label;
}
