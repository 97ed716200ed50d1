import assert from 'node:assert/strict';
import { demoWorkspace } from '../support/demoWorkspace.ts';
import {
  openFile,
  openWorkbench,
  showViews,
  takeScreenshot,
  type Workbench,
  waitForEditorText,
  waitForQuietStatusBar,
} from './support/workbench.ts';

describe('the views in the workbench', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({ workspace: demoWorkspace() });
  });
  after(() => workbench?.close());

  it('lists flags, runbooks and incidents without a file being open', async () => {
    const sideBar = await showViews(workbench, 'Flagbook');
    await sideBar.getByRole('treeitem', { name: 'express-checkout' }).first().waitFor();
    const headers = await sideBar.locator('.pane-header .title').allTextContents();
    assert.deepEqual(headers, ['Flags', 'On-call']);
    await sideBar.getByRole('treeitem', { name: /^INC-7 / }).waitFor();
    await sideBar.getByRole('treeitem', { name: /^Payments time out/ }).waitFor();
  });

  it('stand beside the code', async () => {
    await openFile(workbench, 'services/checkout/src/payments/charge.ts');
    await waitForEditorText(workbench, '25% · ');
    await waitForQuietStatusBar(workbench);
    await takeScreenshot(workbench, 'views');
  });
});
