// The built language server over stdio, on the demo shop: what a developer sees on a line.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ViewNode, ViewResult } from '../../server/src/lsp/protocol.ts';
import { demoWorkspace } from '../support/demoWorkspace.ts';
import { type Editor, startEditor, uriOfPath } from '../support/editor.ts';

const NOW = '2026-11-01T09:00:00Z';

describe('the language server on the demo', () => {
  let editor: Editor;
  const open = (path: string, languageId: string): string => {
    const uri = uriOfPath(join(demoWorkspace(), path));
    editor.open(uri, languageId, readFileSync(join(demoWorkspace(), path), 'utf8'));
    return uri;
  };
  before(async () => {
    editor = await startEditor({ folders: [demoWorkspace()], initialization: { now: NOW } });
    await editor.settled();
    open('services/checkout/src/payments/charge.ts', 'typescript');
  });
  after(() => editor.shutdown());

  it('says state and age behind a check, in at most 24 characters', async () => {
    const uri = uriOfPath(join(demoWorkspace(), 'services/checkout/src/payments/charge.ts'));
    const labels = (await editor.hints(uri)).map(hint => String(hint.label));
    assert.deepEqual(labels, ['off · 494d', '25% · 53d']);
    for (const label of labels) assert.ok(label.length <= 24);
  });

  it('resolves a hint to a tooltip that says who put it there', async () => {
    const uri = uriOfPath(join(demoWorkspace(), 'services/checkout/src/payments/charge.ts'));
    const [, hint] = await editor.hints(uri);
    const resolved = await editor.request<{ tooltip: { value: string } }>('inlayHint/resolve', hint);
    assert.match(resolved.tooltip.value, /payment-retries-v2/);
    assert.match(resolved.tooltip.value, /Shown by Flagbook/);
  });

  it('hovers with states, ages, verdict, runbooks and incidents: facts first, links last, twelve lines at most', async () => {
    const uri = uriOfPath(join(demoWorkspace(), 'services/checkout/src/payments/charge.ts'));
    const text = (await editor.hover(uri, 'FLAGS.paymentRetriesV2')) ?? '';
    const lines = text.split('\n').filter(line => line !== '' && !line.startsWith('| :--'));
    assert.ok(lines.length <= 12, text);
    assert.match(lines[0]!, /^\*\*payment-retries-v2\*\*/);
    assert.match(text, /\| \*\*production\*\* \| 25%/);
    assert.match(text, /\| \*\*staging\*\* \| on for everyone/);
    assert.match(text, /Introduced 53 days ago/);
    assert.match(text, /Rolling out/);
    assert.match(text, /psp-outage\.md/);
    assert.match(text, /INC-7/);
    assert.match(lines.at(-1)!, /^Defined in /);
  });

  for (const [path, languageId, at] of [
    ['apps/storefront/src/components/ExpressCheckoutButton.tsx', 'typescriptreact', 'express-checkout'],
    ['services/shipping/src/dispatch.js', 'javascript', 'weekend-dispatch'],
    ['services/pricing/src/tarnside_pricing/discounts.py', 'python', 'bulk-discounts'],
    ['services/inventory/internal/stock/reserve.go', 'go', 'stock-reservations'],
  ] as const) {
    it(`hovers in ${languageId}`, async () => {
      const uri = open(path, languageId);
      const text = editor.textOf(uri);
      const key = text.includes(at) ? at : pascal(at);
      assert.match((await editor.hover(uri, key)) ?? '', new RegExp(`\\*\\*${at}\\*\\*`));
      assert.ok((await editor.hints(uri)).length > 0);
    });
  }

  it('goes from a check through its constant to the flag file, and back to every use', async () => {
    const uri = uriOfPath(join(demoWorkspace(), 'services/checkout/src/payments/charge.ts'));
    const targets = await editor.definitions(uri, 'FLAGS.paymentRetriesV2');
    assert.deepEqual(
      targets.map(target => target.targetUri.split('/').at(-1)),
      ['shop.flagd.json', 'shop.staging.flagd.json'],
    );
    const flags = open('flags/shop.flagd.json', 'json');
    const places = (await editor.references(flags, 'payment-retries-v2')).map(place => place.uri.split('/').at(-1));
    assert.deepEqual(places, ['shop.flagd.json', 'shop.staging.flagd.json', 'flags.ts', 'charge.ts']);
  });

  it('completes keys inside a check, with their state, and strikes stale ones through', async () => {
    const uri = open('services/checkout/src/orders/receipts.ts', 'typescript');
    const items = await editor.completions(uri, 'deferred-receipts');
    const retries = items.find(item => item.label === 'payment-retries-v2');
    assert.equal(retries?.labelDetails?.description, '25%');
    assert.deepEqual(items.find(item => item.label === 'express-checkout')?.tags, [1]);
    assert.deepEqual(await editor.completions(uri, 'import'), []);
  });

  it('links annotations to runbooks and incidents', async () => {
    const uri = uriOfPath(join(demoWorkspace(), 'services/checkout/src/payments/charge.ts'));
    const targets = (await editor.links(uri)).map(link => link.target?.replace(/^.*\/shop\//, ''));
    assert.equal(targets.length, 2);
    assert.match(targets[0]!, /^docs\/incidents\/2025-06-17-double-charges\.md/);
    assert.match(targets[1]!, /^docs\/runbooks\/psp-outage\.md#L\d+$/);
  });

  it('finds the unknown flag, the stale one, the drifting fallback, the wrong type and the broken runbook', async () => {
    const codes = async (path: string, languageId: string) =>
      (await editor.diagnostics(open(path, languageId))).map(item => [item.code, item.severity]);
    assert.deepEqual(await codes('services/checkout/src/orders/giftWrap.ts', 'typescript'), [['unknown-flag', 2]]);
    assert.deepEqual(await codes('services/pricing/src/tarnside_pricing/quote.py', 'python'), [
      ['stale-flag', 4],
      ['default-drift', 3],
    ]);
    assert.ok(
      (await codes('services/checkout/src/orders/delivery.ts', 'typescript')).some(
        ([code]) => code === 'type-mismatch',
      ),
    );
    assert.deepEqual(await codes('services/shipping/src/rates.js', 'javascript'), [['broken-runbook', 2]]);
    assert.deepEqual(await codes('monitoring/fulfilment.rules.yml', 'yaml'), [['broken-runbook', 2]]);
  });

  it('gives every diagnostic a page, and a way to silence it on the line', async () => {
    const uri = uriOfPath(join(demoWorkspace(), 'services/checkout/src/orders/giftWrap.ts'));
    const [diagnostic] = await editor.diagnostics(uri);
    assert.match(diagnostic!.codeDescription!.href, /#unknown-flag$/);
    const silence = (await editor.actions(uri, "'gift-wrap'")).find(action => action.title.startsWith('Silence'));
    const [edit] = silence!.edit!.changes![uri]!;
    assert.match(edit!.newText, /^\s*\/\/ flagbook-ignore unknown-flag\n$/);
    const offset = editor.textOf(uri).split('\n').slice(0, edit!.range.start.line).join('\n').length + 1;
    editor.splice(uri, offset, offset, edit!.newText);
    assert.deepEqual(await editor.diagnostics(uri), []);
  });

  it('fills both views', async () => {
    const flags = await editor.view('flagbook/flagsView');
    assert.ok(
      flags.nodes.some(node => node.label === 'Stale' && node.children.some(child => child.key === 'express-checkout')),
    );
    assert.ok((flags.badge?.value ?? 0) > 0);
    const asked = await editor.request<ViewResult>('flagbook/flagsView', { groupBy: 'directory', below: 'asked' });
    for (const node of asked.nodes.flatMap(group => group.children.filter(({ below }) => below === 'asked'))) {
      const { id, key, open } = node;
      const rows = await editor.request<readonly ViewNode[]>('flagbook/flagRows', { id, key, uri: open!.uri });
      assert.ok(rows.length > 0 && node.children.length === 0);
    }
    const onCall = await editor.view('flagbook/onCallView');
    assert.deepEqual(
      onCall.nodes.map(node => node.label),
      ['Incidents', 'Runbooks', 'Alerts', 'Broken links'],
    );
  });
});

function pascal(key: string): string {
  return key.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
