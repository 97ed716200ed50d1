// What the editor does to flags, against real Unleash servers: offered over the protocol, done with the least token for it, looked up
// on the server, and taken back.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeAction } from 'vscode-languageserver-protocol';
import { seal } from '../../client/src/sealing.ts';
import type { TokenParams } from '../../server/src/lsp/protocol.ts';
import type {
  FlagActionOffer,
  FlagActionsResult,
  FlagServersResult,
  PerformActionResult,
} from '../../server/src/lsp/protocolOfActions.ts';
import { type Editor, startEditor, uriOfPath } from '../support/editor.ts';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';
import { type Postgres, startPostgres } from './support/postgres.ts';
import { startUnleash, type Unleash, VERSIONS, type Version } from './support/unleash.ts';
import { closeAll, within } from './support/within.ts';

const FEATURES = '/api/admin/projects/default/features';
const CODE = `import { initialize } from 'unleash-client';
const unleash = initialize({ url: '', appName: '' });
export const pay = () => [unleash.isEnabled('checkout'), unleash.isEnabled('made-here')];
`;

/** A flag as the server tells it to an administrator. */
interface Feature {
  readonly stale: boolean;
  readonly archived?: boolean;
  readonly environments: readonly {
    readonly name: string;
    readonly enabled: boolean;
    readonly strategies?: readonly { readonly name: string; readonly parameters: { readonly rollout?: string } }[];
  }[];
}

describe('acting on flags of a real Unleash', () => {
  let postgres: Postgres;
  before(async function () {
    this.timeout(120_000);
    postgres = await startPostgres();
  });
  after(() => closeAll(...[postgres].filter(each => each)));

  for (const version of Object.keys(VERSIONS) as Version[]) {
    describe(version, function () {
      this.timeout(60_000);
      let unleash: Unleash;
      let editor: Editor;
      let uri: string;
      before(async () => {
        unleash = await startUnleash(postgres, version, { SEARCH_FEATURES_RATE_LIMIT_PER_MINUTE: '1000' });
        for (const name of ['checkout', 'unchecked', 'mixed']) {
          await unleash.call('POST', FEATURES, { name, type: 'release' });
        }
        for (const rollout of ['10', '20']) await addRollout('mixed', 'production', rollout);
        await addRollout('checkout', 'production', '25');
        ({ editor, uri } = await open(unleash.editor));
      });
      after(() => closeAll(...[editor && { close: () => editor.shutdown() }, unleash].filter(each => each)));

      const addRollout = (name: string, environment: string, rollout: string) =>
        unleash.call('POST', `${FEATURES}/${name}/environments/${environment}/strategies`, {
          name: 'flexibleRollout',
          parameters: { groupId: name, rollout, stickiness: 'default' },
          constraints: [],
        });
      /** An editor whose secret storage has this token, when it knows the server's flags. */
      const open = async (token: string) => {
        const root = makeTemporaryFolder('acting');
        const system = { kind: 'unleash', url: unleash.url, period: 5 };
        writeFileSync(join(root, 'flagbook.json'), JSON.stringify({ flagSystems: [system] }));
        writeFileSync(join(root, 'pay.ts'), CODE);
        const started = await startEditor({
          folders: [root],
          initialization: { tokens: 'client', commandLinks: true },
          env: { FLAGBOOK_CACHE: makeTemporaryFolder('acting-cache') },
        });
        started.connection.onRequest('flagbook/token', ({ origin, publicKey }: TokenParams) =>
          origin === unleash.url ? seal(token, publicKey) : null,
        );
        const opened = uriOfPath(join(root, 'pay.ts'));
        started.open(opened, 'typescript', CODE);
        await within(20_000, 'The folder was not read', started.settled());
        await eventually('The flags did not come', async () => {
          const { servers } = await started.request<FlagServersResult>('flagbook/flagServers');
          return servers.length > 0 && servers.every(each => each.health.startsWith('live'));
        });
        return { editor: started, uri: opened };
      };
      const offersOf = async (key: string): Promise<readonly FlagActionOffer[]> =>
        (await editor.request<FlagActionsResult>('flagbook/flagActions', { key, uri })).offers;
      /**
       * Waits for an offer, since the editor learns of a change by asking the server again; then takes it. What was offered a moment
       * before such an answer came may be refused, and is looked at again, as people are told to.
       */
      const take = async (key: string, title: string, percentage: number | null = null) => {
        let titles = '';
        let question: string | null = null;
        let done: PerformActionResult | undefined;
        await eventually(
          () => `${title} was not done (offered: ${titles}): ${JSON.stringify(done)}`,
          async () => {
            const offers = await offersOf(key);
            titles = offers.map(offer => offer.title).join(', ');
            const found = offers.find(offer => offer.title === title);
            if (found === undefined) return false;
            const params = { key, uri, id: found.id, folder: found.folder, percentage };
            question = found.question;
            done = await editor.request<PerformActionResult>('flagbook/performAction', params);
            return done.kind === 'done' || !done.reason.endsWith('Look again.');
          },
        );
        assert.equal(done!.kind, 'done', JSON.stringify(done));
        return { question, ...(done as Extract<PerformActionResult, { kind: 'done' }>) };
      };
      const undo = async (id: string | null) => {
        assert.ok(id !== null, 'there is no way back');
        const done = await editor.request<PerformActionResult>('flagbook/undoAction', { undo: id });
        assert.equal(done.kind, 'done', JSON.stringify(done));
      };
      const feature = (name: string) => unleash.call('GET', `${FEATURES}/${name}`) as Promise<Feature>;
      const environment = async (name: string, wanted: string) =>
        (await feature(name)).environments.find(each => each.name === wanted)!;
      const isEnabled = async (name: string, wanted: string) => (await environment(name, wanted)).enabled;
      const rollouts = async (name: string, wanted: string) =>
        ((await environment(name, wanted)).strategies ?? []).map(({ parameters }) => parameters.rollout);
      const archived = async () =>
        (
          (await unleash.call('GET', '/api/admin/search/features?limit=100&archived=IS:true')) as {
            features: readonly { readonly name: string }[];
          }
        ).features.map(({ name }) => name);

      it('turns a flag on in production, which is asked in capitals, and back', async () => {
        const done = await take('checkout', 'Turn on in PRODUCTION');
        assert.equal(done.question, 'Turn on checkout in PRODUCTION of Unleash?');
        assert.equal(done.message, 'Unleash: checkout turned on in PRODUCTION.');
        assert.equal(await isEnabled('checkout', 'production'), true);
        assert.equal(await isEnabled('checkout', 'development'), false);
        await undo(done.undo);
        assert.equal(await isEnabled('checkout', 'production'), false);
      });

      it('turns a flag on in development, in small letters, and off', async () => {
        const done = await take('checkout', 'Turn on in development');
        assert.equal(done.question, 'Turn on checkout in development of Unleash?');
        assert.equal(await isEnabled('checkout', 'development'), true);
        await take('checkout', 'Turn off in development');
        assert.equal(await isEnabled('checkout', 'development'), false);
      });

      it('sets the percentage of one environment, and takes it back to what it was', async () => {
        await take('checkout', 'Turn on in PRODUCTION');
        const done = await take('checkout', 'Set percentage in PRODUCTION…', 60);
        assert.equal(done.question, 'Set checkout to $PERCENTAGE% in PRODUCTION of Unleash?');
        assert.deepEqual(await rollouts('checkout', 'production'), ['60']);
        await eventually('The hint did not follow', async () =>
          (await editor.hints(uri)).some(hint => String(hint.label).startsWith('60%')),
        );
        await undo(done.undo);
        assert.deepEqual(await rollouts('checkout', 'production'), ['25']);
      });

      it('leaves an environment of several strategies to its own page', async () => {
        await unleash.call('POST', `${FEATURES}/mixed/environments/production/on`);
        await eventually('The flag did not turn on', async () =>
          (await offersOf('mixed')).some(offer => offer.title === 'Turn off in PRODUCTION'),
        );
        const offer = (await offersOf('mixed')).find(each => each.title === 'Set percentage in PRODUCTION…');
        // Where one number is said nonetheless, the server's strategies decide.
        if (offer !== undefined) {
          const params = { key: 'mixed', uri, id: offer.id, folder: offer.folder, percentage: 50 };
          const done = await editor.request<PerformActionResult>('flagbook/performAction', params);
          assert.match(done.kind === 'failed' ? done.reason : 'done', /other strategies than one gradual rollout/);
        }
        assert.deepEqual(await rollouts('mixed', 'production'), ['10', '20']);
      });

      it('marks a flag that nobody checks as stale, archives it and brings it back', async () => {
        assert.ok(!(await offersOf('checkout')).some(each => each.title === 'Archive'), 'checkout is checked');
        const marked = await take('unchecked', 'Mark as stale');
        assert.equal((await feature('unchecked')).stale, true);
        await undo(marked.undo);
        assert.equal((await feature('unchecked')).stale, false);
        await take('unchecked', 'Mark as stale');
        await take('unchecked', 'Take the stale mark off');
        assert.equal((await feature('unchecked')).stale, false);
        const done = await take('unchecked', 'Archive');
        assert.deepEqual(await archived(), ['unchecked']);
        await undo(done.undo);
        assert.deepEqual(await archived(), []);
        await take('unchecked', 'Archive');
        await take('unchecked', 'Bring back');
        assert.deepEqual(await archived(), []);
      });

      it('creates a flag from the quick fix of an unknown key, once', async () => {
        const fixes = async () =>
          (await editor.actions(uri, "'made-here'")).map((action: CodeAction) => action.title).filter(isCreating);
        const isCreating = (title: string) => title.startsWith('Create ');
        assert.deepEqual(await fixes(), ['Create made-here in Unleash']);
        const done = await take('made-here', 'Create in Unleash');
        assert.equal(done.question, 'Create the flag made-here in Unleash? It is off in every environment at first.');
        assert.equal(await isEnabled('made-here', 'production'), false);
        await eventually('The quick fix stayed', async () => (await fixes()).length === 0);
        await undo(done.undo);
        assert.deepEqual(await archived(), ['made-here']);
      });

      it('leads to the page of the flag', async () => {
        const { pages } = await editor.request<FlagActionsResult>('flagbook/flagActions', { key: 'checkout', uri });
        assert.deepEqual(pages, [{ title: 'unleash', url: `${unleash.url}/projects/default/features/checkout` }]);
        assert.equal((await fetch(pages[0]!.url, { signal: AbortSignal.timeout(10_000) })).status, 200);
      });

      it('does nothing with a token that may only read, and says what it lacks', async () => {
        const own = { editor, uri };
        const reader = await open(unleash.viewer);
        ({ editor, uri } = reader);
        try {
          const before = await isEnabled('checkout', 'production');
          const offer = (await offersOf('checkout')).find(each => each.title.endsWith('in PRODUCTION'))!;
          const params = { key: 'checkout', uri, id: offer.id, folder: offer.folder, percentage: null };
          const done = await editor.request<PerformActionResult>('flagbook/performAction', params);
          assert.match(
            done.kind === 'failed' ? done.reason : 'done',
            /does not let this token do that\. It needs .* Editor/,
          );
          assert.equal(await isEnabled('checkout', 'production'), before);
        } finally {
          await within(10_000, 'The second editor did not end', reader.editor.shutdown());
          ({ editor, uri } = own);
        }
      });
    });
  }
});

/** Resolves when it is so; rejects with these words when it is not in half a minute. */
async function eventually(what: string | (() => string), isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await within(15_000, typeof what === 'string' ? what : 'The server did not answer', isSo()))) {
    if (Date.now() > deadline) throw new Error(`${typeof what === 'string' ? what : what()} within 30 s.`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}
