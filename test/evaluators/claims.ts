/**
 * What Flagbook says of a flag, held against what its system's own evaluator serves to ten thousand users: the value for everyone,
 * the percentage, the shares, "up to", the rings, and each clause of the words for those whom it names.
 */
import assert from 'node:assert/strict';
import type { EnvironmentState, Flag, JsonValue } from '../../server/src/core/model.ts';

export const USERS = 10_000;

export interface User {
  readonly id: string;
  readonly email: string;
  readonly country: string;
  readonly plan: string;
  readonly age: number;
}

export const COUNTRIES = ['SE', 'NO', 'DE', 'GB', 'US'] as const;
export const PLANS = ['free', 'pro', 'staff'] as const;

/** Made-up users; every attribute divides them otherwise than their ids do. */
export const users: readonly User[] = Array.from({ length: USERS }, (_, i) => ({
  id: `user-${i}`,
  email: `p${i}@${i % 10 === 0 ? 'shop' : 'mail'}.example`,
  country: COUNTRIES[(i * 7) % COUNTRIES.length]!,
  plan: PLANS[(Math.floor(i / 5) * 11) % PLANS.length]!,
  age: 18 + (i % 60),
}));

/** Segments that the generated files define, by name. */
export const SEGMENTS: Readonly<Record<string, (user: User) => boolean>> = {
  staff: user => user.plan === 'staff',
  nordic: user => user.country === 'SE' || user.country === 'NO',
  seniors: user => user.age >= 60,
};

/** What a user got; undefined for nothing, so that code gets its fallback. */
export type Served = JsonValue | undefined;

/** Asserts that everything said of the flag's only environment is so. Says what was checked, to count what was not. */
export function assertClaims(flag: Flag, served: readonly Served[]): readonly string[] {
  assert.equal(flag.environments.length, 1);
  const said = flag.environments[0]!;
  const isOff = offTest(flag);
  const checked: string[] = [];
  const on = share(served, value => !isOff(value));
  const context = `${flag.key}: “${said.summary}” (${said.state}), ${on.toFixed(2)}% on`;
  const near = (actual: number, expected: number, count: number, what: string) => {
    const p = Math.min(0.99, Math.max(0.01, expected / 100));
    // Five standard deviations, and a bucket's width: some systems divide users into a hundred or a thousand.
    const tolerance = 500 * Math.sqrt((p * (1 - p)) / Math.max(1, count)) + 1;
    assert.ok(
      Math.abs(actual - expected) <= tolerance,
      `${context}: ${what} ${expected}% said, ${actual.toFixed(2)}% served`,
    );
  };
  if (said.state === 'on' || said.state === 'off' || said.serves !== undefined) {
    const distinct = new Set(served.map(value => JSON.stringify(value)));
    if (flag.kind !== null) {
      assert.deepEqual([...distinct], [JSON.stringify(said.serves)], `${context}: one value for everyone`);
      checked.push('serves');
    }
    if (said.state === 'on') assert.equal(on, 100, context);
    if (said.state === 'off' && flag.kind === 'boolean') assert.ok(said.serves === true || on === 0, context);
  }
  if (said.percentage !== null && said.state === 'partial') {
    if ((said.clauses?.length ?? 1) === 1) near(on, said.percentage, USERS, 'of everyone');
    else assert.ok(on >= said.percentage - 3, `${context}: at least ${said.percentage}% said`);
    checked.push('percentage');
  }
  if (said.atMost !== undefined) {
    assert.ok(on <= said.atMost + 3, `${context}: up to ${said.atMost}% said`);
    checked.push('at most');
  }
  for (const { name, percentage } of said.shares ?? []) {
    const wanted = flag.variations.find(variation => variation.name === name);
    const got = share(served, value => JSON.stringify(value) === JSON.stringify(wanted?.value));
    near(got, percentage, USERS, `to ${name}`);
    checked.push('shares');
  }
  checked.push(...checkListed(flag, said, served), ...checkRings(said, served, isOff, near));
  if (flag.kind === 'boolean') checked.push(...checkClauses(said, served, near));
  return checked;
}

/** Where only single users are named, all others get what stands behind `else`. */
function checkListed(flag: Flag, said: EnvironmentState, served: readonly Served[]): string[] {
  const clauses = said.clauses ?? [];
  const listed = clauses.slice(0, -1).map(clause => Number(/ for (\d+) users?$/.exec(clause)?.[1] ?? Number.NaN));
  const name = /^else (.*)$/.exec(clauses.at(-1) ?? '')?.[1];
  if (name === undefined || listed.some(Number.isNaN)) return [];
  const wanted = flag.variations.find(variation => variation.name === name)?.value;
  const others = served.filter(value => JSON.stringify(value) === JSON.stringify(wanted)).length;
  const named = listed.reduce((sum, count) => sum + count, 0);
  assert.ok(others >= USERS - named, `${flag.key}: “${said.summary}”, but only ${others} get ${name}`);
  return ['listed'];
}

type Near = (actual: number, expected: number, count: number, what: string) => void;

function checkRings(
  said: EnvironmentState,
  served: readonly Served[],
  isOff: (value: Served) => boolean,
  near: Near,
): string[] {
  const left = new Set(users.keys());
  for (const ring of said.rings ?? []) {
    const member = ring.audience === 'everyone' ? () => true : SEGMENTS[ring.audience];
    if (member === undefined) return [];
    const inside = [...left].filter(i => member(users[i]!));
    for (const i of inside) left.delete(i);
    if (inside.length > 0)
      near(
        share(
          inside.map(i => served[i]),
          value => !isOff(value),
        ),
        ring.percentage,
        inside.length,
        `in ring ${ring.audience}`,
      );
  }
  return said.rings === undefined ? [] : ['rings'];
}

const OUTCOME = /^(on|off|[\d.]+%)(?: by [a-z ]+?)? ((?:if|for) .+)$/;

/** The clauses in order, each for those whom it names and none before it did; then everyone else. */
function checkClauses(said: EnvironmentState, served: readonly Served[], near: Near): string[] {
  const clauses = [...(said.clauses ?? [])];
  if (clauses.length < 2) return [];
  const main = said.state === 'targeted' ? clauses.pop()!.replace(/^else /, '') : clauses.shift()!;
  const left = new Set(users.keys());
  for (const clause of clauses) {
    const match = OUTCOME.exec(clause);
    const test = match === null ? null : conditionTest(match[2]!);
    if (match === null || test === null) return [];
    const inside = [...left].filter(i => test(users[i]!));
    for (const i of inside) left.delete(i);
    const expected = percentOf(match[1]!);
    if (inside.length > 0)
      near(
        share(
          inside.map(i => served[i]),
          value => value === true,
        ),
        expected,
        inside.length,
        `“${clause}”`,
      );
  }
  const rest = [...left].map(i => served[i]);
  const expected = /^(on|off|[\d.]+%)/.exec(main)?.[1] ?? (main.startsWith("the code's fallback") ? 'off' : undefined);
  if (expected === undefined) return ['clauses'];
  if (rest.length > 0)
    near(
      share(rest, value => value === true),
      percentOf(expected),
      rest.length,
      `“${main}” for the rest`,
    );
  return ['clauses'];
}

function percentOf(text: string): number {
  return text === 'on' ? 100 : text === 'off' ? 0 : Number(text.replace('%', ''));
}

/** `if country is SE or NO and plan is pro`, `for segment staff if …`; null for words this does not know. */
function conditionTest(words: string): ((user: User) => boolean) | null {
  const parts = words.split(/ and | (?=(?:if|for) )/).map(part => part.replace(/^(if|for) /, ''));
  const tests = parts.map((part): ((user: User) => boolean) | null => {
    const segments = /^segments? (.+)$/.exec(part);
    if (segments !== null) {
      const names = segments[1]!.split(/, | or /);
      return names.every(name => name in SEGMENTS) ? user => names.some(name => SEGMENTS[name]!(user)) : null;
    }
    const match = /^(country|plan|age) (is not|is|<|≥) (.+)$/.exec(part);
    if (match === null) return null;
    const [, attribute, sign, text] = match as unknown as [string, 'country' | 'plan' | 'age', string, string];
    if (sign === '<') return user => Number(user[attribute]) < Number(text);
    if (sign === '≥') return user => Number(user[attribute]) >= Number(text);
    const values = text.split(/, | or /);
    return user => values.includes(String(user[attribute])) === (sign === 'is');
  });
  return tests.every(test => test !== null) ? user => tests.every(test => test!(user)) : null;
}

function offTest(flag: Flag): (value: Served) => boolean {
  return value => {
    if (value === undefined || value === null) return true;
    if (flag.kind === 'boolean') return value === false;
    if (flag.offValue !== undefined) return JSON.stringify(value) === JSON.stringify(flag.offValue);
    return /^(off|false|disabled?|none|no)$/i.test(
      flag.variations.find(each => JSON.stringify(each.value) === JSON.stringify(value))?.name ?? '',
    );
  };
}

function share<T>(items: readonly T[], test: (item: T) => boolean): number {
  return items.length === 0 ? 0 : (items.filter(test).length / items.length) * 100;
}
