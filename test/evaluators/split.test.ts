import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { splitDecoder } from '../../server/src/sources/flag-systems/split.ts';
import { type Served, users } from './claims.ts';
import { requireEvaluator } from './evaluators.ts';
import { itSaysWhatIsServed } from './systems.ts';

interface Client {
  ready(): Promise<void>;
  getTreatment(key: string, name: string): string;
  destroy(): Promise<void>;
}
interface Package {
  SplitFactory(options: unknown): { client(): Client };
}

describe('Split localhost files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'flagbook-split-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  let client: Client | null = null;
  itSaysWhatIsServed({
    decoder: splitDecoder,
    // JSON is YAML.
    path: 'split.yaml',
    seeds: 5,
    generate: random =>
      Array.from({ length: 8 }, () => {
        const keys = random.pick([undefined, undefined, 'user-1', ['user-1', 'user-2', 'user-3']]);
        const treatment = random.pick(['on', 'off', 'blue']);
        return { [`f${random.between(0, 4)}`]: { treatment, ...(keys === undefined ? {} : { keys }) } };
      }),
    serve: async file => {
      const path = join(folder, 'split.yaml');
      writeFileSync(path, JSON.stringify(file));
      const { SplitFactory } = requireEvaluator<Package>('@splitsoftware/splitio');
      const options = {
        core: { authorizationKey: 'localhost' },
        features: path,
        scheduler: { offlineRefreshRate: 0 },
        debug: false,
      };
      client = SplitFactory(options).client();
      await client.ready();
      return key =>
        users.map((user): Served => {
          const treatment = client!.getTreatment(user.id, key);
          return treatment === 'control' ? undefined : treatment;
        });
    },
    close: () => client?.destroy(),
  });
});
