// A stack trace as a person follows it: the view, the frames by key, the file as it was deployed, the terminal.
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { demoWorkspace } from '../support/demoWorkspace.ts';
import {
  closeEditors,
  eventually,
  openFile,
  openWorkbench,
  runCommand,
  showViews,
  takePicture,
  takeScreenshot,
  topLeft,
  type Workbench,
  waitForEditor,
  waitForEditorText,
  waitForQuietStatusBar,
  widenSideBar,
} from './support/workbench.ts';

describe('a stack trace in the workbench', () => {
  let workbench: Workbench;
  let sideBar: Locator;
  before(async () => {
    workbench = await openWorkbench({ workspace: demoWorkspace() });
    await showViews(workbench, 'Flagbook');
    sideBar = workbench.page.locator('.part.sidebar');
    await sideBar.getByRole('treeitem', { name: 'express-checkout' }).first().waitFor();
  });
  after(() => workbench?.close());
  const row = (name: string | RegExp) => sideBar.getByRole('treeitem', { name }).first();
  const icon = () => workbench.page.locator('.activitybar a.action-label[aria-label^="Stack Trace"]');

  const stepTo = async (key: string, file: string, name: RegExp) => {
    await workbench.page.keyboard.press(key);
    await waitForEditor(workbench, file);
    await sideBar.locator('.monaco-list-row.selected').and(row(name)).waitFor();
  };

  it('is asked for beside runbooks and incidents, and has no empty view before there is one', async () => {
    assert.equal(await icon().count(), 0);
    const header = sideBar.locator('.pane-header', { hasText: 'On-call' });
    await header.hover();
    await header.locator('a.action-label[aria-label="Analyse Stack Trace"]').waitFor();
    await takeScreenshot(workbench, 'trace-asked-for');
  });

  it('is a tree of your code with room for all of it: libraries folded, the likely culprit open', async () => {
    await workbench.page.setViewportSize({ width: 1400, height: 728 });
    await openFile(workbench, 'traces/checkout-node.txt');
    await workbench.page.keyboard.press('ControlOrMeta+a');
    await runCommand(workbench, 'Flagbook: Analyse Stack Trace');
    await row(/^Likely culprit, post, pspClient\.ts:25/).waitFor();
    await row(/library frame/).waitFor();
    await workbench.page.locator('.tab', { hasText: 'PaymentTimeoutError in pspClient.ts:25' }).waitFor();
    await icon().waitFor();
    // Nothing else takes room in the side bar.
    const tree = (await sideBar.locator('.tree-explorer-viewlet-tree-view, .customview-tree').first().boundingBox())!;
    assert.ok(tree.height > 500, `${tree.height} pixels`);
    await takeScreenshot(workbench, 'trace-room');
    await closeEditors(workbench);
    await widenSideBar(workbench, 540);
    await takeScreenshot(workbench, 'trace-view');
  });

  it('is gone through by key, each line marked in the editor', async () => {
    await stepTo('Control+F7', 'pspClient.ts', /^Likely culprit, post/);
    await stepTo('Control+F7', 'pspClient.ts', /^Frame, post/);
    await stepTo('Control+F7', 'pspClient.ts', /^Frame, Object\.createCharge/);
    await stepTo('Control+F7', 'retry.ts', /^Frame, withRetries/);
    await stepTo('Control+F7', 'charge.ts', /^Frame, charge/);
    await row(
      /^Frame, charge, charge\.ts:27, as printed, .*payment-retries-v2 25% in production, on in staging/,
    ).waitFor();
    await waitForEditorText(workbench, '25% · 55d');
    await waitForQuietStatusBar(workbench);
    await takePicture(workbench, 'trace-view', topLeft(1400, 700));
    await stepTo('Control+Shift+F7', 'retry.ts', /^Frame, withRetries/);
  });

  it('is offered when a terminal shows it', async () => {
    await runCommand(workbench, 'Terminal: Create New Terminal');
    const terminal = workbench.page.locator('.terminal-wrapper.active .xterm');
    await terminal.waitFor();
    await workbench.page.locator('.terminal-wrapper.active .xterm-screen').click();
    const offer = workbench.page.locator('.statusbar-item', { hasText: /UnknownCountryError in vat\.py/ });
    await eventually(async () => {
      await workbench.page.keyboard.type('cat traces/pricing-python.txt\n');
      await offer.waitFor({ timeout: 15_000 });
    });
    await takeScreenshot(workbench, 'trace-offer');
    assert.match((await offer.locator('a').getAttribute('aria-label')) ?? '', /Stack trace in the terminal/);
    await offer.click();
    await row(/^Likely culprit, rate_for/).waitFor();
    await takeScreenshot(workbench, 'trace-python');
  });

  it('has links in the terminal, on paths of the container', async () => {
    const { page } = workbench;
    const box = (await page.locator('.terminal-wrapper.active').boundingBox())!;
    const tooltip = page.locator('.workbench-hover', { hasText: 'services/pricing/src/tarnside_pricing/vat.py:' });
    await eventually(async () => {
      for (let y = box.y + 8; y < box.y + box.height; y += 10) {
        // The first movement tells the terminal that the mouse is there, the second that it rests on the path.
        await page.mouse.move(box.x + 200, y);
        await page.mouse.move(box.x + 204, y);
        const isThere = await tooltip
          .first()
          .waitFor({ timeout: 1_200 })
          .then(() => true)
          .catch(() => false);
        if (isThere) return;
      }
      throw new Error('No line of the terminal has a link to vat.py.');
    });
    await takeScreenshot(workbench, 'trace-terminal-link');
  });

  it('is analysed as soon as it is pasted where the command says', async () => {
    const { page } = workbench;
    await runCommand(workbench, 'Flagbook: Clear Stack Trace');
    await icon().waitFor({ state: 'detached' });
    await takeScreenshot(workbench, 'trace-cleared');
    await closeEditors(workbench);
    const input = page.locator('.quick-input-widget:not([style*="display: none"]) input[type="text"]').first();
    await page.keyboard.press('F1');
    await input.fill('>Flagbook: Analyse Stack Trace From');
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: 'Analyse Stack Trace From' }).waitFor();
    await input.press('Enter');
    const paste = page.locator('.quick-input-list .monaco-list-row', { hasText: 'Paste It into an Editor' });
    await paste.waitFor();
    await takeScreenshot(workbench, 'trace-from');
    await paste.click();
    await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
    await page.keyboard.insertText(
      'KeyError: x\n    at post (/app/services/checkout/src/payments/pspClient.ts:33:11)\n',
    );
    await row(/^Likely culprit, post, pspClient\.ts:33/).waitFor();
  });

  it('comes with a link from outside, which opens no folder by itself', async () => {
    const { page } = workbench;
    const open = async (query: string) => {
      const input = page.locator('.quick-input-widget:not([style*="display: none"]) input[type="text"]').first();
      await eventually(async () => {
        await page.keyboard.press('F1');
        await input.fill('>Developer: Open URL', { timeout: 5_000 });
        const command = page.locator('.quick-input-list .monaco-list-row.focused', { hasText: 'Developer: Open URL' });
        await command.waitFor({ timeout: 10_000 });
      });
      await input.press('Enter');
      // The command asks in the same place.
      await page.locator('.quick-input-widget', { hasText: 'URL to open' }).waitFor();
      await input.fill(`vscode://flagbook.flagbook/trace?${query}`);
      await input.press('Enter');
      // VS Code's own question, the same for every extension.
      await page.locator('.monaco-dialog-box .monaco-button', { hasText: /^Open$/ }).click();
    };
    await open('file=traces/pricing-python.txt&folder=/srv/elsewhere');
    const question = page.locator('.monaco-dialog-box', { hasText: '/srv/elsewhere' });
    await question.waitFor();
    await takeScreenshot(workbench, 'trace-link');
    await question.locator('.monaco-button', { hasText: 'Cancel' }).click();
    await question.waitFor({ state: 'detached' });
    await open('file=traces/inventory-go-panic.txt');
    await row(/^Likely culprit, .*Reserve/).waitFor();
    await open('text=damaged');
    await page.locator('.notification-toast', { hasText: 'paste the trace itself' }).waitFor();
  });
});
