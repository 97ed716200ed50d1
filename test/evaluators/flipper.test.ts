/** The gem itself, from Debian (0.25, before it could export files), is given the gates that an export holds. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { flipperDecoder } from '../../server/src/sources/flag-systems/flipper.ts';
import type { Random } from '../support/random.ts';
import { SEGMENTS, users } from './claims.ts';
import { itSaysWhatIsServed } from './systems.ts';

const groups = Object.keys(SEGMENTS);
const actors = users.map(user => ({ id: user.id, groups: groups.filter(name => SEGMENTS[name]!(user)) }));

describe('Flipper exports', () => {
  itSaysWhatIsServed({
    decoder: flipperDecoder,
    path: 'flipper.json',
    seeds: 6,
    generate: random => ({
      version: 1,
      features: Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`f${i}`, gates(random)])),
    }),
    serve: async file => {
      const { features } = file as { features: object };
      const input = JSON.stringify({ features, actors, groups });
      const asked = spawnSync('ruby', [join(import.meta.dirname, 'flipper.rb')], {
        input,
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      });
      if (asked.status !== 0) throw new Error(`Flipper could not be asked: ${asked.error?.message ?? asked.stderr}`);
      const answers = JSON.parse(asked.stdout) as Readonly<Record<string, string>>;
      return key => [...answers[key]!].map(answer => answer === '1');
    },
  });
});

function gates(random: Random): object {
  return {
    boolean: random.chance(0.15) ? 'true' : null,
    groups: random.chance(0.4) ? random.some(groups) : [],
    actors: random.chance(0.3) ? random.some(['user-1', 'user-2', 'user-3']) : [],
    percentage_of_actors: random.chance(0.5) ? random.pick([0, 5, 25, 50, 100]) : null,
    percentage_of_time: random.chance(0.25) ? random.pick([0, 10, 50]) : null,
  };
}
