/** Small repositories for the tests of the command line. */
import { createRepository, type TestRepository } from '../../unit/git/repositories.ts';

export const PAY_TS = `import { OpenFeature } from '@openfeature/server-sdk';

const client = OpenFeature.getClient();

export async function pay(): Promise<void> {
  if (await client.getBooleanValue('fast-pay', false)) return;
  throw new Error('no');
}
`;

export const FLAGS_JSON = `{
  "flags": {
    "fast-pay": {
      "state": "ENABLED",
      "variants": { "on": true, "off": false },
      "defaultVariant": "on"
    },
    "slow-pay": {
      "state": "DISABLED",
      "variants": { "on": true, "off": false },
      "defaultVariant": "off"
    }
  }
}
`;

/** One check, two flags, two commits. */
export function smallRepository(): TestRepository {
  const repository = createRepository();
  repository.write('flags/demo.flagd.json', FLAGS_JSON);
  repository.commit('2025-01-01', 'flags');
  repository.write('src/pay.ts', PAY_TS);
  repository.commit('2025-02-01', 'pay');
  return repository;
}

export const NOW = '2025-06-01T00:00:00Z';
