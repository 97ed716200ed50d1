/** Names that every object of the runtime has already: to Flagbook they are names like any other. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Snapshot } from '../../../server/src/core/snapshot.ts';
import { worldOf } from '../../support/world.ts';
import { askEverything } from './everything.ts';

const TEMPLATE = readFileSync(new URL('./fixtures/names.txt', import.meta.url), 'utf8');

/** As long as those it is compared with, so that places are the same too. */
const ordinary = (name: string): string => `x${'y'.repeat(name.length - 1)}`;

describe('names of what every object has', () => {
  for (const name of [
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'valueOf',
    '__defineGetter__',
    'prototype',
  ]) {
    it(`${name} is a name like any other`, async () => {
      const { snapshot } = await worldOf(TEMPLATE.replaceAll('NAME', name));
      const expected = await worldOf(TEMPLATE.replaceAll('NAME', ordinary(name)));
      assert.deepEqual(contentOf(snapshot, name), contentOf(expected.snapshot, ordinary(name)));
      assert.ok((snapshot.checks.get(name)?.length ?? 0) > 10);
      assert.ok((snapshot.flags.get(name)?.length ?? 0) > 1);
      for (const path of snapshot.files.keys()) askEverything(snapshot, path, 40);
    });
  }
});

/** What the snapshot knows, with the name taken out and in an order that does not depend on it. Anchors count spellings, so they stay out. */
function contentOf(snapshot: Snapshot, name: string): readonly string[] {
  const { checks, flags, runbooks, incidents } = snapshot;
  const facts: readonly unknown[] = [
    ...[...checks.values()].flat(),
    ...[...flags.values()].flat(),
    ...runbooks.map(({ title, flags: keys, code }) => [title, keys, code]),
    ...incidents.map(({ id, severity, flags: keys }) => [id, severity, keys]),
  ];
  return facts.map(fact => JSON.stringify(fact).replaceAll(name, 'NAME')).sort();
}
