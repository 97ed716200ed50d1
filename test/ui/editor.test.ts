import assert from 'node:assert/strict';
import { demoWorkspace } from '../support/demoWorkspace.ts';
import {
  goToLine,
  hideSideBar,
  hoverOver,
  openFile,
  openWorkbench,
  runCommand,
  takePicture,
  takeScreenshot,
  topLeft,
  type Workbench,
  waitForEditorText,
  waitForEditorWithoutText,
} from './support/workbench.ts';

const hint = 'on · 720d';

describe('a line of code in the workbench', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({
      workspace: demoWorkspace(),
      file: 'services/checkout/src/orders/placeOrder.ts',
    });
  });
  after(() => workbench?.close());

  it('carries a hint at the check', async () => {
    const line = await waitForEditorText(workbench, hint);
    await takeScreenshot(workbench, 'hint');
    assert.match(line, /'express-checkout'.*on · 720d/);
  });

  it('opens a hover with what is known of the flag', async () => {
    const text = await hoverOver(workbench, 'express-checkout', 'Introduced');
    await takeScreenshot(workbench, 'hover-stale');
    assert.match(text, /production:?\s+on for everyone/);
    assert.match(text, /Introduced 720 days ago \(2024-11-12/);
    assert.match(text, /Stale: /);
  });

  it('is bare after the command that turns inline matter off, and has its hint back after the same command', async () => {
    await workbench.page.mouse.move(0, 0);
    await runCommand(workbench, 'Flagbook: Toggle Inline Hints and Highlights');
    await waitForEditorWithoutText(workbench, hint);
    await runCommand(workbench, 'Flagbook: Toggle Inline Hints and Highlights');
    await waitForEditorText(workbench, hint);
  });

  it('tells of the runbook and the incident that concern it', async () => {
    await openFile(workbench, 'services/checkout/src/payments/charge.ts');
    await waitForEditorText(workbench, /paymentRetriesV2.*25% · \d+d/);
    await hideSideBar(workbench);
    await goToLine(workbench, 7);
    const text = await hoverOver(workbench, 'paymentRetriesV2', /25%.*INC-7/s);
    await takePicture(workbench, 'hover', topLeft(1125, 575));
    assert.match(text, /Runbooks: The payment provider is down › Mitigation, Payments time out/);
  });
});
