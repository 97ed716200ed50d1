// A walk through the demo shop in one workbench, as the product's tour goes: what a person sees beyond hints and hovers.
import assert from 'node:assert/strict';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { demoWorkspace } from '../support/demoWorkspace.ts';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';
import {
  closeEditors,
  eventually,
  goToLine,
  hideSideBar,
  hoverOver,
  openFile,
  openWorkbench,
  runCommand,
  showViews,
  takePicture,
  takeScreenshot,
  topLeft,
  type Workbench,
  waitForEditorText,
} from './support/workbench.ts';

describe('a tour of the shop in the workbench', () => {
  let workbench: Workbench;
  before(async () => {
    // A copy, because this build of VS Code saves what is typed.
    const workspace = join(makeTemporaryFolder('tour'), 'shop');
    cpSync(demoWorkspace(), workspace, { recursive: true, verbatimSymlinks: true });
    workbench = await openWorkbench({ workspace, file: 'services/checkout/src/payments/charge.ts' });
  });
  after(() => workbench?.close());

  it('explains a hint where the mouse rests on it', async () => {
    await waitForEditorText(workbench, '25% · 55d');
    const text = await hoverOver(workbench, '25% · 55d', 'Shown by Flagbook');
    await takeScreenshot(workbench, 'hint-tooltip');
    assert.match(text, /production:?\s+25%/);
    assert.match(text, /Toggle Inline Hints and Highlights/);
  });

  it('counts what is wrong on its icon, and tells flags apart by their state', async () => {
    const sideBar = await showViews(workbench, 'Flagbook');
    const badge = workbench.page.locator('.activitybar .action-item', {
      has: workbench.page.locator('[aria-label^="Flagbook"]'),
    });
    await badge.locator('.badge-content', { hasText: /^4$/ }).waitFor();
    const label = await badge.locator('a.action-label').getAttribute('aria-label');
    assert.match(label ?? '', /1 unknown flag/);
    assert.match(label ?? '', /3 broken runbook links/);
    await row(sideBar, /^address-lookup/)
      .locator('.codicon-circle-filled')
      .waitFor();
    await row(sideBar, /^backorder-emails/)
      .locator('.codicon-circle-outline')
      .waitFor();
    await row(sideBar, /^loyalty-points/)
      .locator('.codicon-color-mode')
      .waitFor();
  });

  it('leads from a flag in the view to its check', async () => {
    const sideBar = workbench.page.locator('.part.sidebar');
    await row(sideBar, /^express-checkout/)
      .locator('.monaco-tl-twistie')
      .click();
    await row(sideBar, /^placeOrder\.ts:18/).click();
    await waitForEditorText(workbench, /'express-checkout'.*on · 720d/);
    await takeScreenshot(workbench, 'flag-in-view');
  });

  it('underlines an unknown flag, says why, and offers to silence it', async () => {
    await openFile(workbench, 'services/checkout/src/orders/giftWrap.ts');
    await waitForEditorText(workbench, 'unknown flag');
    await workbench.page.locator('.view-overlays .squiggly-warning').first().waitFor();
    const text = await hoverOver(workbench, "'gift-wrap'", /flagbook.*unknown-flag/s);
    await takeScreenshot(workbench, 'problem');
    assert.match(text, /No flag file defines “gift-wrap”/);
    await workbench.page.keyboard.press('Escape');
    await goToLine(workbench, 10, 52);
    const fixes = workbench.page.locator('.action-widget', { hasText: 'Silence unknown-flag on this line' });
    await eventually(async () => {
      await workbench.page.keyboard.press('Control+.');
      await fixes.waitFor({ timeout: 8_000 });
    });
    await takeScreenshot(workbench, 'quick-fix');
    await workbench.page.keyboard.press('Escape');
  });

  it('completes flag keys with their states, and strikes out the stale ones', async () => {
    writeFileSync(join(workbench.workspace, returns), returnsText);
    await closeEditors(workbench);
    await openFile(workbench, returns);
    await waitForEditorText(workbench, 'unknown flag');
    await hideSideBar(workbench);
    const widget = workbench.page.locator('.suggest-widget.visible');
    const focused = (key: string) =>
      widget.locator('.monaco-list-row.focused', { hasText: key }).waitFor({ timeout: 8_000 });
    const details = workbench.page.locator('.suggest-details', { hasText: 'Tries a payment up to three times' });
    await eventually(async () => {
      await workbench.page.keyboard.press('Escape');
      await goToLine(workbench, returnsLine, returnsColumn);
      await workbench.page.keyboard.press('Control+Space');
      await focused('pause-card-payments');
      await workbench.page.keyboard.press('ArrowDown');
      await focused('payment-retries-v2');
      // Pressed again, it opens what is known of the selected key.
      if (!(await details.isVisible())) await workbench.page.keyboard.press('Control+Space');
      await details.waitFor({ timeout: 8_000 });
    });
    await takePicture(workbench, 'completion', topLeft(1190, 370));
    assert.match((await widget.locator('.monaco-list-row.focused').textContent()) ?? '', /payment-retries-v2.*25%/s);
    await widget.locator('.monaco-list-row .deprecated', { hasText: 'personalised-ranking' }).waitFor();
    await workbench.page.keyboard.press('Escape');
  });

  it('peeks at all places of a flag', async () => {
    await openFile(workbench, 'services/checkout/src/orders/placeOrder.ts');
    await waitForEditorText(workbench, 'on · 720d');
    await goToLine(workbench, 18, 56);
    await runCommand(workbench, 'Peek References');
    const peek = workbench.page.locator('.zone-widget .reference-zone-widget');
    await peek.locator('.monaco-list-row', { hasText: 'ExpressCheckoutButton.tsx' }).waitFor();
    await peek.locator('.monaco-list-row', { hasText: 'shop.flagd.json' }).waitFor();
    await takeScreenshot(workbench, 'references');
    await workbench.page.keyboard.press('Escape');
  });

  it('says in the status bar how much it knows', async () => {
    await openFile(workbench, 'services/checkout/src/payments/charge.ts');
    await workbench.page.locator('#status\\.languageStatus').hover();
    const flyout = workbench.page.locator('.hover-language-status', { hasText: '32 flags' });
    await flyout.first().waitFor();
    await takeScreenshot(workbench, 'status');
    assert.match((await flyout.first().textContent()) ?? '', /32 flags · \d+ checks/);
  });

  it('finds code, runbooks and incidents from a stack trace', async () => {
    await closeEditors(workbench);
    await openFile(workbench, 'traces/checkout-node.txt');
    await waitForEditorText(workbench, 'PaymentTimeoutError');
    await workbench.page.keyboard.press('ControlOrMeta+a');
    await runCommand(workbench, 'Flagbook: Analyse Stack Trace');
    const document = await shownDocument(workbench, 'PaymentTimeoutError');
    const text = (await document.textContent()) ?? '';
    // The Trace view opens beside it; traces.test.ts looks at that.
    await hideSideBar(workbench);
    await takePicture(workbench, 'trace', topLeft(1120, 762));
    assert.match(text, /pspClient\.ts:33/);
    assert.match(text, /Payments time out/);
    assert.match(text, /INC-7/);
    assert.match(text, /payment-retries-v2/);
  });

  it('introduces itself in five steps', async () => {
    await runCommand(workbench, 'Flagbook: Open Walkthrough');
    const steps = workbench.page.locator('.gettingStartedContainer .step-title');
    await workbench.page.locator('.gettingStartedContainer', { hasText: 'Get Started with Flagbook' }).waitFor();
    await steps.first().waitFor();
    await takeScreenshot(workbench, 'walkthrough');
    assert.equal(await steps.count(), 5);
  });

  it('is as readable in the dark', async () => {
    await openFile(workbench, 'services/inventory/internal/stock/reserve.go');
    await waitForEditorText(workbench, 'on · 699d · stale');
    await workbench.page.keyboard.press('Control+k');
    await workbench.page.keyboard.press('Control+t');
    await workbench.page.keyboard.type('Dark Modern');
    await workbench.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: 'Dark Modern' }).waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await workbench.page.locator('.monaco-workbench.vs-dark').waitFor();
    await hoverOver(workbench, 'StockReservations', /Stale: .*INC-12/s);
    await takeScreenshot(workbench, 'dark');
  });
});

const returns = 'services/pricing/src/tarnside_pricing/returns.py';
const returnsText = `"""What a customer gets back for a part that is returned."""

from .features import client, context_for


def refund(paid_cents: int, country: str) -> int:
    if client.get_boolean_value("pa", False, context_for(country)):
        return paid_cents
    return paid_cents - 350
`;
const returnsLine = 7;
const returnsColumn = 36;

function row(sideBar: Locator, name: RegExp): Locator {
  return sideBar.getByRole('treeitem', { name }).first();
}

/** The body of the document that a webview shows, once it has a text. Webviews are frames within frames. */
async function shownDocument({ page }: Workbench, text: string): Promise<Locator> {
  const inner = page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
  const body = inner.locator('body', { hasText: text });
  await body.waitFor({ timeout: 60_000 });
  return body;
}
