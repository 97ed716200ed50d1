import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { linkAll } from '../../../server/src/core/flags/checks.ts';
import { moveBetween } from '../../../server/src/core/flags/factsAlike.ts';
import { createFileIndexes } from '../../../server/src/core/flags/fileIndex.ts';
import type { Linked, LinkInput, LinkResult } from '../../../server/src/core/flags/linkMemory.ts';
import { relinkFile } from '../../../server/src/core/flags/relink.ts';
import { createModuleResolver } from '../../../server/src/core/flags/resolve/modules.ts';
import { FLAG_SDKS } from '../../../server/src/core/flags/sdks/registry.ts';
import { setUp } from '../../../server/src/core/hostSetup.ts';
import type { FileFacts } from '../../../server/src/core/languages/facts.ts';
import type { Grammars } from '../../../server/src/core/languages/grammars.ts';
import { languageOfPath } from '../../../server/src/core/languages/registry.ts';
import { factsWith, loadGrammars } from '../../support/facts.ts';
import { parseFixture } from '../../support/fixture.ts';

/** How often each fixture is edited. More find more; a few over all fixtures of all languages find what matters. */
const EDITS = Number(process.env.RELINK_EDITS ?? 12);

/** Files that link in every way there is in TypeScript: constants, wrappers of wrappers, accessors, lists of flags. */
const SHOP = `
//- /src/keys.ts
export const NEW_PAY = 'new-pay';
export const FeatureFlags = { A: 'list-a', B: 'list-b', C: 'list-c' } as const;
export const OTHERS = { one: 'other-one', two: 'other-two', three: 'other-three' };
//- /src/client.ts
import { OpenFeature } from '@openfeature/server-sdk';
import { NEW_PAY } from './keys';
export const client = OpenFeature.getClient();
export function isOn(key: string, fallback = false) { return client.getBooleanValue(key, fallback); }
export const isNewPayOn = () => client.getBooleanValue(NEW_PAY, false);
export function keyOf(part: string) { const start = 'team-'; return start + part; }
//- /src/team.ts
import { isOn } from './client';
export class Team { constructor(private name: string) {} isOn(key: string) { return isOn(\`team-\${key}\`); } }
export const team = new Team('shop');
//- /src/page.ts
import { client, isNewPayOn, isOn, keyOf } from './client';
import { FeatureFlags, NEW_PAY, OTHERS } from './keys';
import { team } from './team';
const local = 'local-key';
export function page(items: string[]) {
  const total = items.map(item => item.trim()).length;
  if (isOn(FeatureFlags.A) && isOn(FeatureFlags.B)) return total;
  for (const item of items) if (team.isOn('cart')) console.log(item, isNewPayOn());
  return client.getBooleanValue(local, false) || client.getBooleanValue(keyOf('x'), true) || isOn(NEW_PAY);
}
export const others = () => [isOn(OTHERS.one), isOn(OTHERS.two), isOn(OTHERS.three)];
`;

/** A repository whose files are edited one at a time, linked again each time in both ways. */
function repositoryOf(grammars: Grammars, texts: ReadonlyMap<string, string>) {
  const factsAt = (path: string, text: string): FileFacts | null => {
    const language = languageOfPath(path);
    return language === null ? null : factsWith(grammars, language.id, text);
  };
  const current = new Map(texts);
  const files = new Map<string, FileFacts>();
  for (const [path, text] of [...texts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const facts = factsAt(path, text);
    if (facts !== null) files.set(path, facts);
  }
  const setup = setUp(grammars, texts.get('flagbook.json') ?? '');
  const indexFile = createFileIndexes(FLAG_SDKS);
  const setting = {
    modules: createModuleResolver(new Set(texts.keys()), new Map()),
    sdks: FLAG_SDKS,
    patterns: setup.patterns,
    knownKeys: new Set(['new-checkout', 'newNav']),
    indexFile,
    isExcluded: setup.isExcluded,
  };
  let linked: Linked = linkAll({ ...setting, files: new Map(files) });
  let again = 0;
  return {
    paths: [...files.keys()],
    text: (path: string) => current.get(path)!,
    again: () => again,
    edit(path: string, after: string): void {
      const before = current.get(path)!;
      const facts = factsAt(path, after)!;
      current.set(path, after);
      files.set(path, facts);
      const input: LinkInput = { ...setting, files: new Map(files) };
      const whole = linkAll(input);
      const own = relinkFile(linked, input, path, moveBetween(before, after));
      if (own !== null) {
        again++;
        const what = `${path} from\n${before}\nto\n${after}\n`;
        assert.deepEqual(plain(own.result), plain(whole.result), what);
      }
      linked = own ?? whole;
    },
  };
}

function plain({ checks, missing, callersOf, undeclared, listed }: LinkResult) {
  return {
    checks: [...checks],
    listed: [...listed],
    missing: [...missing].sort(),
    callersOf: [...callersOf].sort(),
    undeclared: [...undeclared].sort(),
  };
}

/** Edits as people make them: letters, words for others, lines moved and copied; now and then the first text again. */
function editedAt(random: (limit: number) => number, text: string, other: string, first: string): string {
  const at = random(text.length + 1);
  const words = other.match(/[\w'"-]{2,}/g) ?? ['x'];
  const lines = text.split('\n');
  const line = random(lines.length);
  switch (random(9)) {
    case 0:
      return text.slice(0, at) + ['x', ' ', '\n', '1', '.', '(', '"'][random(7)] + text.slice(at);
    case 1:
      return text.slice(0, at) + text.slice(at + 1 + random(3));
    case 2:
    case 3: {
      const found = [...text.matchAll(/[\w'"-]{2,}/g)];
      const word = found[random(found.length)];
      if (word === undefined) return text;
      return text.slice(0, word.index) + words[random(words.length)] + text.slice(word.index + word[0].length);
    }
    case 4:
      return [...lines.slice(0, line), ...lines.slice(line + 1)].join('\n');
    case 5:
      return [...lines.slice(0, line), lines[random(lines.length)], ...lines.slice(line)].join('\n');
    case 6: {
      const others = other.split('\n');
      return [...lines.slice(0, line), others[random(others.length)], ...lines.slice(line)].join('\n');
    }
    case 7:
      return [...lines.slice(0, line), '', ...lines.slice(line)].join('\n');
    default:
      return first;
  }
}

describe('linking one edited file again', () => {
  for (const [name, fixtures] of fixturesOfChecks()) {
    it(`gives what linking everything does: ${fixtures.length} fixtures of ${name}, edited at random`, async function () {
      this.timeout(120_000);
      const random = randomNumbers(name.length * 7 + fixtures.length);
      let [edits, again] = [0, 0];
      for (const source of fixtures) {
        const { files } = parseFixture(source);
        const languages = [...files.keys()].flatMap(path => languageOfPath(path)?.id ?? []);
        const repository = repositoryOf(await loadGrammars(...languages), files);
        const { paths } = repository;
        for (let count = 0; paths.length > 0 && count < EDITS; count++) {
          const path = paths[random(paths.length)]!;
          const other = repository.text(paths[random(paths.length)]!);
          const text = editedAt(random, repository.text(path), other, files.get(path)!);
          repository.edit(path, text);
          edits++;
        }
        again += repository.again();
      }
      assert.ok(again * 10 > edits, `Only ${again} of ${edits} edits were linked by themselves.`);
    });
  }
});

/** The fixtures of the tests beside this one, by the test's name, and one that links in many ways, many times. */
function fixturesOfChecks(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>([['a shop', new Array<string>(12).fill(SHOP)]]);
  for (const name of readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!name.endsWith('.test.ts')) continue;
    const source = readFileSync(join(import.meta.dirname, name), 'utf8');
    const fixtures = [...source.matchAll(/checkChecks\(\s*`((?:\\.|[^`\\])*)`/g)]
      .map(([, text]) => text!.replace(/\\([`$\\])/g, '$1'))
      .filter(text => !text.includes('${') || /\$\{[a-z]+\}/.test(text));
    if (fixtures.length > 0) found.set(name, fixtures);
  }
  return found;
}

function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return limit => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * limit);
  };
}
