// The walkthrough, followed to the letter in a real VS Code with a real Unleash beside it: from nothing to a first live state. Then
// somebody changes the flag over there, and the editor follows with nobody at the keyboard.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';
import {
  hoverOver,
  openWorkbench,
  runCommand,
  takePicture,
  takeScreenshot,
  topLeft,
  type Workbench,
} from '../ui/support/workbench.ts';
import { type Postgres, startPostgres } from './support/postgres.ts';
import { startUnleash, type Unleash } from './support/unleash.ts';
import { closeAll, within } from './support/within.ts';

const CODE = `import { initialize } from 'unleash-client';

const unleash = initialize({ url: process.env.UNLEASH_URL ?? '', appName: 'shop' });

export function checkout(): string {
  return unleash.isEnabled('new-checkout') ? 'new' : 'old';
}
`;
const FEATURES = '/api/admin/projects/default/features';
/** Seconds between two questions, where nobody configures another number. */
const PERIOD = 15;

describe('a real Unleash beside a real VS Code', function () {
  this.timeout(180_000);
  let postgres: Postgres;
  let unleash: Unleash;
  let workbench: Workbench;
  let workspace: string;
  /** As people type it. */
  let address: string;
  let strategy: string;

  before(async () => {
    postgres = await startPostgres();
    // The pictures of the manual show the port that Unleash has by itself.
    unleash = await startUnleash(postgres, '8.2', {}, process.env.FLAGBOOK_PICTURES === 'write' ? 4242 : null);
    address = unleash.url.replace('http://127.0.0.1', 'localhost');
    await unleash.call('POST', FEATURES, { name: 'new-checkout', type: 'release' });
    const strategies = `${FEATURES}/new-checkout/environments/production/strategies`;
    strategy = `${strategies}/${((await unleash.call('POST', strategies, rollout('25'))) as { id: string }).id}`;
    await unleash.call('POST', `${FEATURES}/new-checkout/environments/production/on`);
    workspace = join(makeTemporaryFolder('walkthrough'), 'shop');
    mkdirSync(workspace);
    writeFileSync(join(workspace, 'checkout.ts'), CODE);
    workbench = await openWorkbench({ workspace, file: 'checkout.ts', now: new Date().toISOString() });
    workbench.page.setDefaultTimeout(30_000);
  });
  after(() => closeAll(...[workbench, unleash, postgres].filter(each => each)));

  const rollout = (percentage: string) => ({
    name: 'flexibleRollout',
    parameters: { groupId: 'new-checkout', rollout: percentage, stickiness: 'default' },
    constraints: [],
  });
  const input = () => workbench.page.locator('.quick-input-widget:not([style*="display: none"]) input').first();
  const shot = (name: string) => takeScreenshot(workbench, `walkthrough-${name}`);
  const hint = async (text: RegExp, milliseconds: number) => {
    const line = workbench.page.locator('.view-line', { hasText: text }).first();
    await within(milliseconds, `The hint ${text} did not come`, line.waitFor({ timeout: milliseconds }));
  };

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await shot('failed');
  });

  it('shows the first live state within a minute of opening the walkthrough', async () => {
    const { page } = workbench;
    // What a person sees first: the extension's icon.
    await page.locator('.activitybar a.action-label[aria-label^="Flagbook"]').waitFor();
    const begun = Date.now();
    await runCommand(workbench, 'Flagbook: Open Walkthrough');
    const step = page.locator('.gettingStartedContainer .getting-started-step', {
      hasText: 'See what a flag server says',
    });
    await step.click();
    await shot('1-step');
    await step.getByRole('button', { name: 'Sign In to Flag Server' }).click();
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Unleash' }).first().click();
    await page.locator('.quick-input-widget', { hasText: 'Sign In to Unleash' }).first().waitFor();
    await shot('2-address');
    await input().fill(address);
    await input().press('Enter');
    await page.locator('.monaco-dialog-box').waitFor();
    await shot('3-confirm');
    await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Continue' }).click();
    await page
      .locator('.quick-input-widget', { hasText: `Token for http://${address}` })
      .first()
      .waitFor();
    await takePicture(workbench, 'sign-in', topLeft(1440, 860));
    await input().fill(unleash.viewer);
    await input().press('Enter');
    await page
      .locator('.notifications-toasts .notification-list-item', { hasText: /Signed in to Unleash at .*: 1 flag/ })
      .first()
      .waitFor();
    await page.locator('.tabs-container .tab', { hasText: 'checkout.ts' }).click();
    await hint(/'new-checkout'\).*25%/, 30_000);
    const seconds = (Date.now() - begun) / 1000;
    await shot('5-live');
    console.log(`      from the walkthrough to the first live state: ${seconds.toFixed(1)} s`);
    assert.ok(seconds < 60, `${seconds} s`);
    assert.deepEqual(JSON.parse(readFileSync(join(workspace, 'flagbook.json'), 'utf8')), {
      flagSystems: [{ kind: 'unleash', url: `http://${address}` }],
    });
  });

  it('shows a change made there within its period, with no keystroke', async () => {
    const changed = Date.now();
    await unleash.call('PUT', strategy, rollout('60'));
    // A tenth more or less, and what two rounds and painting take.
    await hint(/'new-checkout'\).*60%/, (PERIOD * 1.1 + 10) * 1000);
    console.log(`      from the change in Unleash to the hint: ${((Date.now() - changed) / 1000).toFixed(1)} s`);
    const text = await hoverOver(workbench, 'new-checkout', 'production');
    assert.match(text, /production\s+60% by user id/);
    await shot('6-changed');
  });
});
