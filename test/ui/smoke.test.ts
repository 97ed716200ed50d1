import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { demoWorkspace } from '../support/demoWorkspace.ts';
import { openWorkbench, takeScreenshot, type Workbench, waitForEditorText } from './support/workbench.ts';

describe('the workbench with the packaged extension', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({
      workspace: demoWorkspace(),
      file: 'services/checkout/src/orders/placeOrder.ts',
    });
  });
  after(() => workbench?.close());

  it('opens a file of the demo', async () => {
    assert.match(await waitForEditorText(workbench, 'export async function placeOrder'), /placeOrder\(/);
    assert.ok(statSync(await takeScreenshot(workbench, 'workbench')).size > 10_000);
  });

  it('knows the extension', async () => {
    await workbench.page.locator('.activitybar [aria-label^="Flagbook"]').waitFor();
  });
});
