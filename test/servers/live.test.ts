// A change made in a real Unleash shows in an open document's hints, over the protocol, within the period and with no keystroke.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Editor, startEditor, uriOfPath } from '../support/editor.ts';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';
import { type Postgres, startPostgres } from './support/postgres.ts';
import { startUnleash, type Unleash } from './support/unleash.ts';
import { closeAll, within } from './support/within.ts';

const CODE = `import { initialize } from 'unleash-client';
const unleash = initialize({ url: '', appName: '' });
export const pay = () => unleash.isEnabled('checkout');
`;
const FEATURES = '/api/admin/projects/default/features';
const PERIOD = 5;

describe('a change in a real Unleash', function () {
  this.timeout(90_000);
  let postgres: Postgres;
  let unleash: Unleash;
  let editor: Editor;

  before(async () => {
    postgres = await startPostgres();
    unleash = await startUnleash(postgres, '8.2');
  });

  after(() => closeAll(...[editor && { close: () => editor.shutdown() }, unleash, postgres].filter(each => each)));

  it('shows in the open document within the period, with no keystroke', async () => {
    const rollout = (percentage: string) => ({
      name: 'flexibleRollout',
      parameters: { groupId: 'checkout', rollout: percentage, stickiness: 'default' },
      constraints: [],
    });
    const strategies = `${FEATURES}/checkout/environments/production/strategies`;
    await unleash.call('POST', FEATURES, { name: 'checkout', type: 'release' });
    const { id } = (await unleash.call('POST', strategies, rollout('25'))) as { id: string };
    await unleash.call('POST', `${FEATURES}/checkout/environments/production/on`);
    const folder = makeTemporaryFolder('live');
    const system = { kind: 'unleash', url: unleash.url, environments: ['production'], period: PERIOD };
    writeFileSync(join(folder, 'flagbook.json'), JSON.stringify({ flagSystems: [system] }));
    writeFileSync(join(folder, 'pay.ts'), CODE);
    editor = await startEditor({
      folders: [folder],
      env: { FLAGBOOK_UNLEASH_TOKEN: unleash.viewer, FLAGBOOK_CACHE: makeTemporaryFolder('cache') },
    });
    const uri = uriOfPath(join(folder, 'pay.ts'));
    editor.open(uri, 'typescript', CODE);
    await shown(uri, /25%/);
    const changed = Date.now();
    await unleash.call('PUT', `${strategies}/${id}`, rollout('60'));
    await shown(uri, /60%/);
    const seconds = (Date.now() - changed) / 1000;
    assert.ok(seconds < PERIOD * 1.1 + 3, `${seconds} s`);
    assert.match((await editor.hover(uri, 'checkout'))!, /60% by user id/);
  });

  /** Resolves when a hint is as wanted; asks again only when the server says that hints changed. */
  const shown = async (uri: string, wanted: RegExp): Promise<void> => {
    let refreshed = () => {};
    editor.connection.onRequest('workspace/inlayHint/refresh', () => {
      refreshed();
      return null;
    });
    for (let labels = 'no hints'; ; ) {
      const next = new Promise<void>(resolve => {
        refreshed = resolve;
      });
      const hints = await within(10_000, 'The server did not say its hints', editor.hints(uri));
      labels = JSON.stringify(hints.map(hint => hint.label));
      if (wanted.test(labels)) return;
      await within(30_000, `Hints did not become ${wanted}, they are ${labels},`, next);
    }
  };
});
