// Problems that are reported in the text: their codes, their documentation, and the ways to mend or silence them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { languageCases } from '../support/languages.ts';
import { closeAll, codeOf, extension, problems, settledFlagbook, show, withFile } from '../support/shop.ts';

const { Error: Broken, Hint, Information, Warning } = vscode.DiagnosticSeverity;
const anything = () => true;

describe('problems', function () {
  this.timeout(90_000);
  before(settledFlagbook);
  afterEach(closeAll);

  const inTheShop = [
    [
      'services/checkout/src/orders/giftWrap.ts',
      10,
      'unknown-flag',
      Warning,
      /^No flag file defines “gift-wrap” \(.*2 more\)\.$/,
    ],
    [
      'services/checkout/src/orders/delivery.ts',
      17,
      'type-mismatch',
      Warning,
      /Asks for a boolean, but this flag is a string/,
    ],
    ['services/checkout/src/orders/placeOrder.ts', 18, 'stale-flag', Hint, /“express-checkout” is stale/],
    ['apps/storefront/src/components/SearchBox.tsx', 6, 'stale-flag', Hint, /“new-search” is stale/],
    ['services/shipping/src/rates.js', 7, 'broken-runbook', Warning, /Broken runbook link/],
    ['services/checkout/src/payments/savedCards.ts', 13, 'broken-runbook', Warning, /Broken runbook link/],
    ['monitoring/fulfilment.rules.yml', 16, 'broken-runbook', Warning, /Broken runbook link/],
    ['services/pricing/src/tarnside_pricing/quote.py', 34, 'default-drift', Information, /Falls back to false/],
    ['services/inventory/internal/stock/backorder.go', 25, 'stale-flag', Hint, /“backorder-emails” is stale/],
  ] as const;
  for (const [path, line, code, severity, message] of inTheShop) {
    it(`reports ${code} in ${path}:${line}`, async () => {
      const document = await show(path);
      const found = await problems(document, own => own.some(each => codeOf(each) === code));
      const finding = found.find(each => codeOf(each) === code)!;
      assert.equal(finding.range.start.line + 1, line);
      assert.equal(finding.severity, severity);
      assert.match(finding.message, message);
    });
  }

  for (const { name, newFile, call, quote, comment } of languageCases) {
    it(`reports every kind in ${name}, each with documentation, and the quick fixes silence them one by one`, async () => {
      const key = (text: string) => call(`${quote}${text}${quote}`);
      const calls = [
        key('returns-by-post-nobody-defined'),
        key('new-search'),
        key('delivery-estimates'),
        key('vat-inclusive-prices'),
      ];
      const wanted = ['broken-runbook', 'unknown-flag', 'stale-flag', 'type-mismatch', 'default-drift', 'stale-flag'];
      await withFile(
        newFile.path,
        newFile.text(calls).replace(/$/, `${comment} runbook: docs/runbooks/no-such-runbook.md\n`),
        async path => {
          const document = await show(path);
          let found = await problems(document, own => own.length === wanted.length);
          assert.deepEqual(found.map(codeOf).sort(), [...wanted].sort());
          for (const { code } of found) {
            assert.ok(typeof code === 'object', 'the code is a link');
            const { fragment, authority } = code.target;
            assert.equal(authority, 'github.com');
            assert.ok(headingsOfReadme().includes(fragment), `README.md has a heading ${fragment}`);
          }
          while (found.length > 0) {
            const finding = found[0]!;
            await apply(document, finding, `Silence ${codeOf(finding)} on this line`);
            const left = found.length - 1;
            found = await problems(document, own => own.length <= left);
            assert.equal(found.length, left, 'one fix silences one finding');
          }
          assert.ok(document.getText().includes(`${comment} flagbook-ignore `));
        },
      );
    });
  }

  it('offers the key that was probably meant', async () => {
    const [typescript] = languageCases;
    const { newFile, call } = typescript!;
    await withFile(newFile.path, newFile.text([call("'expres-checkout'")]), async path => {
      const document = await show(path);
      const [finding] = await problems(document, own => own.map(codeOf).includes('unknown-flag'));
      await apply(document, finding!, 'Change to express-checkout');
      await problems(document, own => !own.map(codeOf).includes('unknown-flag'));
      assert.ok(document.getText().includes("getBooleanValue('express-checkout', false)"));
    });
  });

  it('raises stale flags to what the setting says, and turns everything off with another', async () => {
    const document = await show('services/checkout/src/orders/placeOrder.ts');
    const settings = vscode.workspace.getConfiguration('flagbook.diagnostics');
    await problems(document, own => own[0]?.severity === Hint);
    try {
      await settings.update('staleSeverity', 'warning', vscode.ConfigurationTarget.Global);
      await problems(document, own => own[0]?.severity === Warning);
      await settings.update('enabled', false, vscode.ConfigurationTarget.Global);
      await problems(document, own => own.length === 0);
    } finally {
      await settings.update('staleSeverity', undefined, vscode.ConfigurationTarget.Global);
      await settings.update('enabled', undefined, vscode.ConfigurationTarget.Global);
    }
    await problems(document, own => own[0]?.severity === Hint);
  });

  it('finds nothing to say of tests, comments and strings', async () => {
    const document = await show('services/checkout/src/orders/placeOrder.test.ts');
    const found = await problems(document, anything);
    assert.deepEqual(
      found.filter(each => each.severity === Broken || each.severity === Warning),
      [],
    );
  });
});

/** Takes the quick fix with this title, as a click on it would. */
async function apply(document: vscode.TextDocument, finding: vscode.Diagnostic, title: string): Promise<void> {
  const offered = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    finding.range,
    vscode.CodeActionKind.QuickFix.value,
  );
  const chosen = offered.find(action => action.title === title);
  assert.ok(chosen?.edit, `${title} among ${offered.map(action => action.title).join(', ')}`);
  assert.ok(await vscode.workspace.applyEdit(chosen.edit));
}

function headingsOfReadme(): readonly string[] {
  const text = readFileSync(join(extension().extensionPath, 'README.md'), 'utf8');
  return [...text.matchAll(/^#+ (.+)$/gm)].map(match => match[1]!.toLowerCase().replaceAll(' ', '-'));
}
