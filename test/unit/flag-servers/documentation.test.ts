// The manual's table of services against the services themselves.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { flagServiceKinds, serviceOf } from '../../../server/src/sources/flag-servers/registry.ts';

describe('the page about flag servers', () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'server', 'flag-servers.md'), 'utf8');
  const rows = page.split('\n').filter(line => line.startsWith('| '));

  for (const kind of flagServiceKinds) {
    it(`has a row for ${kind} with its address, its permissions and its actions`, async () => {
      const { defaultUrl, permission, actions } = (await serviceOf(kind))!;
      const row = rows.find(each => each.includes(`(\`${kind}\`)`)) ?? assert.fail(`no row for ${kind}`);
      const [, , address, read, act] = row.split('|').map(cell => cell.trim());
      assert.ok(
        defaultUrl === null ? address!.startsWith('one') : address!.startsWith(new URL(defaultUrl).host),
        address,
      );
      assert.equal(read, permission);
      if (actions === undefined) return assert.match(act!, /^nothing/);
      const listed = act!
        .replace(/\([^)]*\)/g, '')
        .split(':')[0]!
        .split(',')
        .map(word => word.trim());
      assert.deepEqual(listed.toSorted(), [...actions.kinds].sort());
      assert.ok(act!.endsWith(`: ${actions.permission}`), act);
    });

    it(`says how often ${kind} is asked, and whether it is asked cheaply or listened to`, async () => {
      const { title, period, probe, streams } = (await serviceOf(kind))!;
      const live = page.slice(page.indexOf('| service | every |')).split('\n\n')[0]!;
      const [, , every, cheap, , stream] = live
        .split('\n')
        .find(line => line.startsWith(`| ${title}`))!
        .split('|')
        .map(cell => cell.trim());
      assert.equal(every, `${period} s`);
      assert.equal(/^none/.test(cheap!), probe === undefined, cheap);
      assert.equal(/`/.test(stream!), streams !== undefined, stream);
    });

    it(`says what ${kind} can tell`, async () => {
      const { title } = (await serviceOf(kind))!;
      const told = page.slice(page.indexOf('## What it can tell'), page.indexOf('## How it stays live'));
      assert.equal(told.split('\n').filter(line => line.startsWith(`| ${title}`)).length >= 2, true);
    });

    it(`says what ${kind} was held against`, async () => {
      const { title } = (await serviceOf(kind))!;
      const held = page.slice(page.indexOf('| service | held against |'));
      assert.ok(held.includes(title.split(' ')[0]!), title);
    });
  }
});
