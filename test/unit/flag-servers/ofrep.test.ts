// OFREP: no server runs here. Its emulator is held to a description of ours, and to the protocol's own where that is at hand.
import assert from 'node:assert/strict';
import { ofrepService } from '../../../server/src/sources/flag-servers/ofrep.ts';
import type { JsonObject } from '../../services/description.ts';
import { ofrep, ofrepDescriptions } from '../../services/ofrep.ts';
import { describeEmulated } from './emulated.ts';

const flags: readonly JsonObject[] = [
  {
    key: 'everyone',
    value: true,
    reason: 'STATIC',
    variant: 'on',
    metadata: { owner: 'team-payments', createdAt: '2025-11-03' },
  },
  { key: 'nobody', value: false, reason: 'DISABLED', variant: 'off' },
  { key: 'divided', value: 'blue', reason: 'SPLIT', variant: 'blue' },
  { key: 'ruled', value: true, reason: 'TARGETING_MATCH' },
  { key: 'broken', errorCode: 'PARSE_ERROR', errorDetails: 'a rule is no JSON' },
];

describeEmulated(
  {
    service: ofrepService,
    target: { project: null, environments: [] },
    url: 'https://flags.example.com',
    start: () => ofrep(flags),
    descriptions: ofrepDescriptions,
    keys: flags.map(each => String(each.key)),
    requests: ['POST /ofrep/v1/evaluate/flags'],
  },
  ({ flag, states }) => {
    it('claims no more than the answer for one user says', () => {
      const all = flags.map(each => [each.key, ...states(String(each.key))[0]!]);
      assert.deepEqual(all, [
        ['everyone', 'production', 'on', 100, 'on for everyone'],
        ['nobody', 'production', 'off', 0, "off: the code's fallback is served"],
        ['divided', 'production', 'partial', null, 'users are divided, the server does not say how'],
        [
          'ruled',
          'production',
          'unknown',
          null,
          'on for a user of whom nothing is known; the rest may get other values',
        ],
        ['broken', 'production', 'unknown', null, 'can not be evaluated (PARSE_ERROR)'],
      ]);
    });

    it('reads metadata', () => {
      const { owner, created, kind } = flag('everyone');
      assert.deepEqual([owner, created, kind], ['team-payments', '2025-11-03T00:00:00Z', 'boolean']);
    });
  },
);
