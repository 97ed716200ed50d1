// Renaming a flag as a person does it: the box, and the preview that asks about the places that only look like the flag.
import assert from 'node:assert/strict';
import { demoWorkspace } from '../support/demoWorkspace.ts';
import {
  eventually,
  goToLine,
  openWorkbench,
  takeScreenshot,
  type Workbench,
  waitForEditorText,
} from './support/workbench.ts';

describe('renaming a flag in the workbench', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({ workspace: demoWorkspace(), file: 'services/checkout/src/features/flags.ts' });
  });
  after(() => workbench?.close());

  it('previews every place, and leaves it to the person what only looks like the flag', async () => {
    const { page } = workbench;
    await waitForEditorText(workbench, /pauseCardPayments: 'pause-card-payments'/);
    const box = page.locator('.monaco-editor.rename-box input');
    const panel = page.locator('.part.panel', { hasText: 'Refactor Preview' });
    const discard = panel.getByRole('button', { name: 'Discard' });
    // While the workspace is being read, nothing is renamed yet.
    await eventually(async () => {
      await page.keyboard.press('Escape');
      await goToLine(workbench, 5, 26);
      await page.keyboard.press('F2');
      await box.waitFor({ timeout: 8_000 });
      assert.equal(await box.inputValue(), 'pause-card-payments');
      await box.fill('stop-card-payments');
      await box.press('Enter');
      await discard.waitFor({ timeout: 8_000 });
    });
    const row = (text: RegExp) => panel.locator('.monaco-list-row', { hasText: text }).first();
    const isChecked = (text: RegExp) => row(text).locator('.monaco-checkbox, [role="checkbox"]').first();
    await row(/psp-outage\.md/).waitFor();
    await takeScreenshot(workbench, 'rename');
    assert.equal(await isChecked(/^flags: \[/).getAttribute('aria-checked'), 'true');
    assert.equal(await isChecked(/^1\. Switch `/).getAttribute('aria-checked'), 'false');
    await discard.click();
    await waitForEditorText(workbench, /pauseCardPayments: 'pause-card-payments'/);
  });
});
