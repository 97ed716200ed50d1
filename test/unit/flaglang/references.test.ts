// What names something that is not there, or goes round in a circle, in the formats whose vendors' files name things by id.
import assert from 'node:assert/strict';
import { diagnostics } from '../../../server/src/core/features/diagnostics.ts';
import { hover } from '../../../server/src/core/features/hover.ts';
import { definitions } from '../../../server/src/core/features/navigation.ts';
import { worldOf } from '../../support/world.ts';

const gate = (name: string, needed: string) => ({
  name,
  salt: name,
  enabled: true,
  defaultValue: false,
  rules: [{ conditions: [{ type: 'pass_gate', targetValue: needed }], passPercentage: 100, returnValue: true }],
});

describe('references in flag files of vendors', () => {
  it('Statsig: gates that are missing, or wait for each other', async () => {
    const file = { feature_gates: [gate('a', 'b'), gate('b', 'a'), gate('c', 'neww-search'), gate('new-search', 'x')] };
    const found = await findings('statsig.json', file);
    assert.deepEqual(found, [
      'cyclic-prerequisite: Prerequisites go round in a circle: “a” needs “b” needs “a”. None of them can be judged.',
      'cyclic-prerequisite: Prerequisites go round in a circle: “b” needs “a” needs “b”. None of them can be judged.',
      'unknown-prerequisite: Prerequisite “neww-search” of “c” is defined in no flag file of this system and environment, so it never holds. Did you mean “new-search”?',
      'unknown-prerequisite: Prerequisite “x” of “new-search” is defined in no flag file of this system and environment, so it never holds.',
    ]);
  });

  it('Optimizely: a share of a variation that the experiment has not', async () => {
    const experiment = {
      id: 'e',
      variations: [{ id: 'v1', key: 'on' }],
      trafficAllocation: [
        { entityId: 'v2', endOfRange: 5000 },
        { entityId: '', endOfRange: 10_000 },
      ],
    };
    const file = {
      projectId: '1',
      rollouts: [{ id: 'r', experiments: [experiment] }],
      featureFlags: [{ id: '1', key: 'a', rolloutId: 'r', experimentIds: [] }],
    };
    assert.deepEqual(await findings('datafile.json', file), [
      'unknown-variation: Variation "v2" is none of this experiment\'s; users in its share get nothing from it.',
    ]);
  });

  it('.NET: a variant that the feature has not', async () => {
    const flag = { id: 'A', enabled: true, variants: [{ name: 'Big' }], allocation: { default_when_enabled: 'Bigg' } };
    assert.deepEqual(await findings('appsettings.json', { feature_management: { feature_flags: [flag] } }), [
      'unknown-variation: "A" gives variant "Bigg", which it does not have; such users get none.',
    ]);
  });

  it('lead from a gate to its definition, and tell the rule around it', async () => {
    const text = JSON.stringify({ feature_gates: [gate('a', 'b'), { ...gate('b', 'a'), rules: [] }] }, null, 1);
    const { snapshot } = await worldOf(`//- /config/statsig.json\n${text}`);
    const path = 'config/statsig.json';
    const source = snapshot.files.get(path)!.text;
    const place = definitions(snapshot, path, source.indexOf('"targetValue": "b"') + 16)[0]?.target;
    assert.equal(source.slice(place!.span.start, place!.span.end), 'b');
    assert.ok(place!.span.start > source.indexOf('targetValue'));
    const lines = hover(snapshot, path, source.indexOf('passPercentage'))!.lines.map(line =>
      line.map(part => ('text' in part ? part.text : '')).join(''),
    );
    assert.ok(lines.includes('Who: if b is on'), lines.join('\n'));
  });
});

async function findings(path: string, file: unknown): Promise<readonly string[]> {
  const { snapshot } = await worldOf(`//- /${path}\n${JSON.stringify(file)}`);
  return diagnostics(snapshot, path).map(({ code, message }) => `${code}: ${message}`);
}
