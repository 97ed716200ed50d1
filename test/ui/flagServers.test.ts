// From nothing to the live state of a flag server, and a change made there and from here, as a person does it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LocalServer, startLocalServer } from '../support/localServer.ts';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';
import { createUnleash, READER, type UnleashEmulator, WRITER } from '../support/unleashEmulator.ts';
import {
  hideSideBar,
  hoverOver,
  openWorkbench,
  showViews,
  takePicture,
  takeScreenshot,
  topLeft,
  type Workbench,
  waitForEditorText,
} from './support/workbench.ts';

const SOURCE = `import { initialize } from 'unleash-client';

const unleash = initialize({ url: process.env.UNLEASH_URL ?? '', appName: 'shop' });

export function checkout(): string {
  return unleash.isEnabled('new-checkout') ? 'new' : 'old';
}

export function search(): string {
  return unleash.isEnabled('old-search') ? 'old' : 'new';
}
`;

describe('a flag server in the workbench', function () {
  this.timeout(240_000);
  this.retries(0);
  let unleash: UnleashEmulator;
  let server: LocalServer;
  let workspace: string;
  let workbench: Workbench;
  before(async () => {
    unleash = createUnleash(['new-checkout', 'old-search', 'unused-banner']);
    server = await startLocalServer(unleash.handler);
    workspace = join(makeTemporaryFolder('ui-servers'), 'shop');
    mkdirSync(join(workspace, 'src'), { recursive: true });
    writeFileSync(join(workspace, 'src', 'checkout.ts'), SOURCE);
    const identity = ['-c', 'user.name=Shop', '-c', 'user.email=shop@example.com'];
    for (const given of [
      ['init', '-q'],
      ['add', '.'],
      [...identity, 'commit', '-q', '-m', 'Check two flags'],
    ]) {
      execFileSync('git', given, { cwd: workspace });
    }
    workbench = await openWorkbench({ workspace, file: 'src/checkout.ts', now: new Date().toISOString() });
    workbench.page.setDefaultTimeout(30_000);
  });
  after(async () => {
    await workbench?.close();
    await server?.close();
  });

  // As `runCommand`, for commands that ask something at once.
  const command = async (title: string) => {
    await workbench.page.keyboard.press('F1');
    await input().fill(`>${title}`);
    await workbench.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: title }).waitFor();
    await input().press('Enter');
  };
  const input = () => workbench.page.locator('.quick-input-widget:not([style*="display: none"]) input').first();
  const pick = async (text: string | RegExp) => {
    const row = workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
    await row.waitFor();
    await row.click();
  };
  const answer = async (title: string | RegExp, text: string) => {
    await workbench.page.locator('.quick-input-widget', { hasText: title }).first().waitFor();
    await input().fill(text);
    await input().press('Enter');
  };
  const dialog = () => workbench.page.locator('.monaco-dialog-box');
  const toast = (text: string | RegExp) =>
    workbench.page.locator('.notifications-toasts .notification-list-item', { hasText: text }).first();

  it('is signed in to after its address was confirmed, and a wrong token is told so', async () => {
    const sideBar = await showViews(workbench, 'Flagbook');
    await sideBar
      .getByRole('treeitem', { name: /^new-checkout/ })
      .first()
      .waitFor();
    await command('Flagbook: Sign In to Flag Server');
    await pick('Unleash');
    await answer('Sign In to Unleash', server.url);
    await dialog().waitFor();
    await takeScreenshot(workbench, 'sign-in-confirm');
    assert.ok((await dialog().innerText()).includes(`May a token of Unleash be sent to ${server.url}?`));
    await dialog().getByRole('button', { name: 'Continue' }).click();
    await answer(`Token for ${server.url}`, 'user:wrong');
    await answer(/does not accept this token/, WRITER);
    await toast(/Signed in to Unleash at .*: 3 flags\./).waitFor();
    await takeScreenshot(workbench, 'signed-in');
    assert.deepEqual(JSON.parse(readFileSync(join(workspace, 'flagbook.json'), 'utf8')), {
      flagSystems: [{ kind: 'unleash', url: server.url }],
    });
  });

  it('shows its states at the checks, and a table of environments in the hover', async () => {
    await waitForEditorText(workbench, /'new-checkout'\)off/);
    await workbench.page.keyboard.press('Escape');
    const text = await hoverOver(workbench, 'new-checkout', 'production');
    await takePicture(workbench, 'server-hover', topLeft(1200, 520));
    assert.match(text, /production\s+off/);
    assert.match(text, /development\s+25% by/);
    assert.match(text, /Change…/);
  });

  it('is listed with its health among the sources of the Flags view', async () => {
    await workbench.page.getByRole('treeitem', { name: /^Unleash live · 3 flags · \d\d:\d\d UTC/ }).waitFor();
    await takeScreenshot(workbench, 'server-sources');
    await hideSideBar(workbench);
  });

  it('is told to turn a flag on after a dialog that says PRODUCTION, and takes it back', async () => {
    await command('Flagbook: Change Flag');
    await pick('new-checkout');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'PRODUCTION' }).first().waitFor();
    await takePicture(workbench, 'change-flag', topLeft(1200, 420));
    await pick('Turn on in PRODUCTION');
    await dialog().waitFor();
    await takeScreenshot(workbench, 'confirm-production');
    assert.ok((await dialog().innerText()).includes('Turn on new-checkout in PRODUCTION of Unleash?'));
    assert.equal(unleash.flags.get('new-checkout')!.environments.production.enabled, false);
    await dialog().getByRole('button', { name: 'Turn on in PRODUCTION' }).click();
    await toast('new-checkout turned on in PRODUCTION').waitFor();
    await takeScreenshot(workbench, 'turned-on');
    assert.equal(unleash.flags.get('new-checkout')!.environments.production.enabled, true);
    await waitForEditorText(workbench, /'new-checkout'\)25%/);
    await toast('new-checkout turned on in PRODUCTION').getByRole('button', { name: 'Undo' }).click();
    await toast('new-checkout turned off in PRODUCTION').waitFor();
    assert.equal(unleash.flags.get('new-checkout')!.environments.production.enabled, false);
  });

  it('shows what somebody else changes there, with no keystroke', async () => {
    unleash.flags.get('old-search')!.environments.production.enabled = true;
    unleash.touch();
    await waitForEditorText(workbench, /'old-search'\)25%/);
  });

  it('leaves no token on the screen or in the folder', async () => {
    const shown = await workbench.page.evaluate(() => document.body.innerText);
    assert.ok(!shown.includes(WRITER) && !shown.includes(READER));
    assert.ok(!readFileSync(join(workspace, 'flagbook.json'), 'utf8').includes('user:'));
  });
});
