/** What tests that edit files at random have in common: files that hold checks in every way, and edits as people make them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files that link in every way there is in TypeScript: constants, wrappers of wrappers, accessors, lists of flags. */
export const SHOP = `
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

/** Edits as people make them: letters, words for others, lines moved and copied; now and then the first text again. */
export function editedAt(random: (limit: number) => number, text: string, other: string, first: string): string {
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

/** The fixtures of the tests beside this one, by the test's name, and one that links in many ways, many times. */
export function fixturesOfChecks(): ReadonlyMap<string, readonly string[]> {
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

/** The same numbers on every run: below a limit, from a linear congruential generator. */
export function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return limit => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * limit);
  };
}
