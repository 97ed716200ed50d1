/**
 * A small repository with every kind of file, each cut, with a character missing or doubled, and turned over in other ways: whatever is asked then has an answer, and every place in it lies in its file.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createHost } from '../../../server/src/core/host.ts';
import type { Host } from '../../../server/src/core/hostInterface.ts';
import { decodeFlagFile } from '../../../server/src/sources/flag-systems/registry.ts';
import { type Fixture, parseFixture } from '../../support/fixture.ts';
import { allGrammars, NOW } from '../../support/world.ts';
import { askEverything } from './everything.ts';

const FIXTURE: Fixture = parseFixture(readFileSync(new URL('./fixtures/shop.txt', import.meta.url), 'utf8'));

describe('a repository with one broken file', function () {
  this.timeout(180_000);
  let host: Host;

  before(async () => {
    host = createHost({ grammars: await allGrammars(), decodeFlagFile, now: () => NOW });
    host.setPaths(FIXTURE.files.keys(), new Map());
    for (const [path, text] of FIXTURE.files) host.setText(path, text);
  });

  it('is read whole when nothing is broken', () => {
    const snapshot = host.snapshot(NOW);
    const keys = [
      'carrier-rates',
      'copy-é😀',
      'express-checkout',
      'label-format',
      'off-switch',
      'pay-later',
      'pay-never',
    ];
    assert.deepEqual([...snapshot.flags.keys()].sort(), [...keys, 'similar-fit', 'weekend']);
    assert.deepEqual(snapshot.configProblems, []);
    assert.equal(snapshot.alerts.length + snapshot.runbooks.length + snapshot.incidents.length, 5);
    const checked = [...snapshot.checks].filter(([, checks]) => checks.some(({ role }) => role === 'check'));
    assert.deepEqual(checked.map(([key]) => key).sort(), [
      'carrier-rates',
      'copy-é😀',
      'express-checkout',
      'label-format',
      'no-such-flag',
      'pay-later',
      'similar-fit',
      'weekend',
    ]);
    for (const path of FIXTURE.files.keys()) askEverything(snapshot, path, 40);
  });

  for (const [path, text] of FIXTURE.files) {
    const tryText = (broken: string, what: string): void => {
      try {
        host.setText(path, broken);
        askEverything(host.snapshot(NOW), path);
      } catch (error) {
        throw new Error(`${path} ${what}: ${JSON.stringify(broken.slice(-60))}`, { cause: error });
      }
    };
    const mend = (): void => {
      host.setText(path, text);
    };

    // At least a hundred places in each file, at most every third character.
    const step = Math.max(3, Math.ceil(text.length / 120));

    it(`${path}: cut anywhere`, () => {
      for (let end = 0; end < text.length; end += step) tryText(text.slice(0, end), `cut at ${end}`);
      mend();
    });

    it(`${path}: a character missing or doubled`, () => {
      for (let at = 0; at < text.length; at += step) {
        tryText(text.slice(0, at) + text.slice(at + 1), `without ${at}`);
        tryText(text.slice(0, at + 1) + text.slice(at), `twice ${at}`);
      }
      mend();
    });

    it(`${path}: with other line endings, marks and bytes`, () => {
      tryText(text.replaceAll('\n', '\r\n'), 'CRLF');
      tryText(text.replaceAll('\n', '\r'), 'CR');
      tryText(`\ufeff${text}`, 'BOM');
      tryText(text.replaceAll('\n', ' '), 'one line');
      tryText(text.replaceAll(' ', '\u00a0'), 'hard blanks');
      tryText(text.replaceAll('a', '\0'), 'zeros');
      tryText(text.replaceAll('e', '\ud800'), 'halves of characters');
      tryText(text.replaceAll('"', '“'), 'typographic quotes');
      tryText([...text].reverse().join(''), 'backwards');
      tryText(text.repeat(20), 'twenty times');
      for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '']) {
        tryText(text.replaceAll(/express-checkout|carrier-rates|similar-fit|Payments?|INC-42/g, name), `named ${name}`);
        tryText(
          text.replaceAll(/\b(?:state|on|rules|title|code|id|groups|flags|name|KEYS|express|key)\b/g, name),
          `of ${name}`,
        );
      }
    });
  }
});
