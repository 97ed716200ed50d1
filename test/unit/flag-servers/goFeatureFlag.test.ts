// GO Feature Flag's relay: no real one runs here. Its emulator is held to a description of ours, to the relay's own document where that
// is at hand, and the flags to the JSON Schema of its files.
import assert from 'node:assert/strict';
import { goFeatureFlagService } from '../../../server/src/sources/flag-servers/goFeatureFlag.ts';
import { contextOf } from '../../services/asking.ts';
import { goFeatureFlag, goFeatureFlagDescriptions } from '../../services/goFeatureFlag.ts';
import { schemaFaults } from '../../services/published.ts';
import { describeEmulated } from './emulated.ts';

const flags = {
  'new-checkout': {
    variations: { on: true, off: false },
    targeting: [{ name: 'nordic', query: 'country eq "SE"', variation: 'on' }],
    defaultRule: { name: 'all', percentage: { on: 25, off: 75 } },
    metadata: { owner: 'team-payments', description: 'One page', createdAt: '2025-11-03' },
  },
  ramp: {
    variations: { on: true, off: false },
    defaultRule: {
      progressiveRollout: {
        initial: { variation: 'off', percentage: 0, date: '2026-02-20T10:12:00Z' },
        end: { variation: 'on', percentage: 100, date: '2026-03-12T10:12:00Z' },
      },
    },
  },
  stopped: { variations: { on: true, off: false }, defaultRule: { variation: 'on' }, disable: true },
};

describeEmulated(
  {
    service: goFeatureFlagService,
    target: { project: null, environments: ['staging'] },
    url: 'https://relay.example.com',
    start: () => goFeatureFlag(flags),
    descriptions: goFeatureFlagDescriptions,
    keys: Object.keys(flags),
    requests: ['POST /v1/flag/configuration'],
  },
  ({ flag, states, asking }) => {
    it('reads flags as the files they came from, at the time of the answer', () => {
      assert.deepEqual(states('new-checkout'), [
        ['staging', 'partial', 25, '25% by targeting key; 100% if country is SE'],
      ]);
      assert.deepEqual(
        states('ramp').map(each => each.slice(1, 3)),
        [['partial', 50]],
      );
      assert.equal(flag('ramp').environments[0]!.next?.time, '2026-03-12T10:12:00Z');
      assert.equal(states('stopped')[0]![1], 'off');
      const { owner, description, created } = flag('new-checkout');
      assert.deepEqual([owner, description, created], ['team-payments', 'One page', '2025-11-03T00:00:00Z']);
    });

    it('has nothing to say of a relay without flags, and says of another answer that it is one', () => {
      const context = contextOf({ url: 'https://relay.example.com', project: null, environments: [] });
      assert.deepEqual(goFeatureFlagService.map({ configuration: {} }, context).flags, []);
      assert.equal(
        goFeatureFlagService.map({ configuration: { errorCode: 'RETRIEVING_FLAGS_ERROR' } }, context).flags,
        null,
      );
    });

    it('asks cheaply whether anything changed', () =>
      asking(async (client, here) => assert.equal(await goFeatureFlagService.probe!(client, here), '4711')));

    // The schema is no part of the project: where it is not at hand, there is nothing to compare with.
    const faults = schemaFaults('go-feature-flag.schema.json', flags);
    if (faults !== null) it('has fixtures that fit the JSON Schema of its files', () => assert.deepEqual(faults, []));
  },
);
