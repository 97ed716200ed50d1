import assert from 'node:assert/strict';
import { demoWorkspace } from '../support/demoWorkspace.ts';
import {
  goToLine,
  openFile,
  openWorkbench,
  showViews,
  takePicture,
  topLeft,
  type Workbench,
  waitForEditorText,
  waitForQuietStatusBar,
  widenSideBar,
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
    await openFile(workbench, 'services/inventory/internal/stock/reserve.go');
    await waitForEditorText(workbench, /StockReservations.*on · 699d · stale/);
    await goToLine(workbench, 48);
    await widenSideBar(workbench, 420);
    await workbench.page.setViewportSize({ width: 1200, height: 628 });
    await waitForQuietStatusBar(workbench);
    await takePicture(workbench, 'views', topLeft(1200, 600));
  });
});
