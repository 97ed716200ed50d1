// A few flags in a flag file, the client that checks them, and ages for them.
import type { History } from '../../../server/src/core/model.ts';
import type { Snapshot } from '../../../server/src/core/snapshot.ts';
import { NOW, type World } from '../../support/world.ts';

export const FLAGS = `
//- /flags/shop.flagd.json
{"flags": {
  "new-checkout": {"state": "ENABLED", "variants": {"on": true, "off": false}, "defaultVariant": "off",
    "targeting": {"fractional": [["on", 25], ["off", 75]]}},
  "old-search": {"state": "ENABLED", "variants": {"on": true, "off": false}, "defaultVariant": "on"},
  "copy": {"state": "ENABLED", "variants": {"a": "Buy", "b": "Buy now"}, "defaultVariant": "a"},
  "team-blue": {"state": "DISABLED", "variants": {"on": true, "off": false}, "defaultVariant": "off"}
}}
`;
export const CLIENT = `import { OpenFeature } from '@openfeature/server-sdk';
const client = OpenFeature.getClient();`;

/** The snapshot with these introductions, each by Ann. */
export function withAges(world: World, times: Readonly<Record<string, string>>): Snapshot {
  const introduced = Object.entries(times).map(
    ([key, time]) =>
      [
        key,
        { kind: 'known', moment: { time, commit: 'c0ffee'.repeat(6), author: 'Ann', subject: '' }, absences: [] },
      ] as const,
  );
  const history: History = {
    kind: 'known',
    head: 'c0ffee',
    introduced: new Map(introduced),
    changes: new Map(),
    limit: null,
  };
  world.host.setHistory(history);
  return world.host.snapshot(NOW);
}
