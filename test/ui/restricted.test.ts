import assert from 'node:assert/strict';
import { demoWorkspace } from '../support/demoWorkspace.ts';
import { hoverOver, openWorkbench, takeScreenshot, type Workbench, waitForEditorText } from './support/workbench.ts';

describe('a restricted workspace in the workbench', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({
      workspace: demoWorkspace(),
      file: 'services/checkout/src/orders/placeOrder.ts',
      workspaceTrust: 'ask',
    });
  });
  after(() => workbench?.close());

  it('keeps the states and has no ages, because git does not run there', async () => {
    const line = await waitForEditorText(workbench, /express-checkout.*\)on/);
    assert.doesNotMatch(line, /\d+d/);
    const text = await hoverOver(workbench, 'express-checkout', 'production');
    await takeScreenshot(workbench, 'restricted');
    assert.match(text, /production:?\s+on for everyone/);
    assert.doesNotMatch(text, /Introduced \d/);
  });
});
