import assert from 'node:assert/strict';
import { demoWorkspace } from '../support/demoWorkspace.ts';
import { openWorkbench, showViews, takeScreenshot, type Workbench } from './support/workbench.ts';

describe('the views in the workbench', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({ workspace: demoWorkspace() });
  });
  after(() => workbench?.close());

  it('lists flags, runbooks and incidents without a file being open', async () => {
    const sideBar = await showViews(workbench, 'Flagbook');
    await sideBar.getByRole('treeitem', { name: 'express-checkout' }).first().waitFor();
    await takeScreenshot(workbench, 'views');
    const headers = await sideBar.locator('.pane-header .title').allTextContents();
    assert.deepEqual(headers, ['Flags', 'On-call']);
  });
});
