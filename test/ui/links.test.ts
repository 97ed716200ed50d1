// A link from outside, followed in the workbench: nothing is opened before a person has said so.
import { writeDeepLink } from '../../server/src/core/traces/deepLink.ts';
import { smallRepository } from '../cli/support/samples.ts';
import { demoWorkspace } from '../support/demoWorkspace.ts';
import { openWorkbench, showViews, takeScreenshot, type Workbench } from './support/workbench.ts';

const TRACE = 'Error: lost\n    at pay (/app/src/pay.ts:8:9)\n';

describe('a link to a trace of a folder that is not open', () => {
  let workbench: Workbench;
  let link: string;
  const { root } = smallRepository();
  before(async () => {
    workbench = await openWorkbench({ workspace: demoWorkspace() });
    await showViews(workbench, 'Flagbook');
    const content = { kind: 'text', text: TRACE } as const;
    link = (await writeDeepLink({ content, deployed: null, folder: root })) ?? '';
  });
  after(() => workbench?.close());

  const dialog = () => workbench.page.locator('.monaco-dialog-box');
  const answer = (button: string) => dialog().locator('.monaco-button', { hasText: button }).click();
  const follow = async () => {
    const { page } = workbench;
    const input = page.locator('.quick-input-widget input[type="text"]').first();
    await page.keyboard.press('F1');
    await input.fill('>Developer: Open URL');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Open URL' }).first().click();
    await page.locator('.quick-input-message', { hasText: 'URL' }).waitFor();
    await input.fill(link);
    await page.keyboard.press('Enter');
  };

  it('is followed only after two questions, and shows the trace in the open folder if so wanted', async () => {
    await follow();
    await dialog().filter({ hasText: "Allow 'Flagbook' extension to open this URI?" }).waitFor();
    await answer('Open');
    await dialog()
      .filter({ hasText: `shows a stack trace of the folder ${root}, which is not open` })
      .waitFor();
    await takeScreenshot(workbench, 'link-asks');
    await answer('Show It Here');
    await workbench.page.locator('.tab', { hasText: 'Error' }).waitFor();
    await takeScreenshot(workbench, 'link-shown');
  });

  it('opens the folder in a window of its own when a person says so, and goes on there', async () => {
    await follow();
    await answer('Open');
    const opened = workbench.page.context().waitForEvent('page');
    await answer('Open Folder');
    const page = await opened;
    await page.locator('.monaco-workbench .part.statusbar').waitFor();
    await page.locator('.tab', { hasText: 'Error' }).waitFor();
    await takeScreenshot({ ...workbench, page }, 'link-opened');
  });
});
