/**
 * The words for flag states, values and numbers, the same wherever they are shown. Short texts only: where a text is placed,
 * and with what, is the business of features and fronts. How a state is derived is `rollout.ts`' business.
 */
import type { EnvironmentState, JsonValue } from '../../model.ts';
import { cutToColumns } from '../../textWidth.ts';

/** Per cent as people write it: `25%`, `33.3%`, and never `0%` or `100%` for something in between. */
export function percentText(percentage: number): string {
  const digits = percentage >= 99 || percentage <= 1 ? 2 : 1;
  const rounded = Number(percentage.toFixed(digits));
  if (rounded === 0 && percentage > 0) return '<0.01%';
  if (rounded === 100 && percentage < 100) return '>99.99%';
  return `${rounded}%`;
}

/** A value in a few characters: `true`, `"blue"`, `{…}`. At most `limit` characters, never fewer than 4. */
export function valueText(value: JsonValue | undefined, limit = 24): string {
  if (value === undefined) return "the code's fallback";
  const text = JSON.stringify(value);
  if (text.length <= limit) return text;
  if (Array.isArray(value)) return `[…${value.length}]`;
  if (typeof value === 'object') return '{…}';
  return typeof value === 'string' ? `${text.slice(0, limit - 2)}…"` : `${text.slice(0, limit - 1)}…`;
}

/**
 * One environment's state in at most 12 characters: `on`, `off`, `fallback`, `25%`, `≤25%`, `targeted`, `A/B 50/50`, `scheduled`; the
 * value itself where a flag that is no boolean serves one value to everyone.
 */
export function shortStateOf(state: EnvironmentState): string {
  switch (state.state) {
    case 'off':
      if (state.fallback === true) return 'fallback';
      return state.serves === true ? 'off (true)' : 'off';
    case 'on':
      return typeof state.serves === 'string' || typeof state.serves === 'number' ? shortValue(state.serves) : 'on';
    case 'partial':
    case 'targeted': {
      if (state.percentage !== null) return percentText(state.percentage);
      const split = splitText(state);
      if (split !== null) return split;
      return state.atMost === undefined || state.atMost >= 100 ? state.state : `≤${percentText(state.atMost)}`;
    }
    case 'scheduled':
      return 'scheduled';
    case 'unknown':
      return 'unknown';
  }
}

/**
 * The state of a flag in a word or a number, for hints and tables: that of its main environment. Empty when there is none.
 * @param order environments, most important first; without it, a production environment counts as the main one.
 */
export function shortState(states: readonly EnvironmentState[], order: readonly string[] = []): string {
  const main = mainEnvironment(states, order);
  return main === null ? '' : shortStateOf(main);
}

/**
 * The state of a flag in each of its environments, the main one first; environments that agree are named together:
 * `25% in production, on in staging and test`. Empty when there is none.
 * @param order environments, most important first; as for `shortState`.
 */
export function statesByEnvironment(states: readonly EnvironmentState[], order: readonly string[] = []): string {
  const main = mainEnvironment(states, order);
  const rank = (state: EnvironmentState) => {
    const named = order.indexOf(state.environment);
    return state === main ? -1 : named < 0 ? order.length : named;
  };
  const names = new Map<string, Set<string>>();
  for (const state of [...states].sort((a, b) => rank(a) - rank(b))) {
    const said = shortStateOf(state);
    names.set(said, (names.get(said) ?? new Set()).add(state.environment));
  }
  return [...names].map(([said, environments]) => `${said} in ${listText([...environments])}`).join(', ');
}

/** The state that matters most: the first environment of `order` that is there, else production, else the first. */
export function mainEnvironment(
  states: readonly EnvironmentState[],
  order: readonly string[] = [],
): EnvironmentState | null {
  for (const name of order) {
    const state = states.find(candidate => candidate.environment === name);
    if (state !== undefined) return state;
  }
  return states.find(state => /^(prod|live)/i.test(state.environment)) ?? states[0] ?? null;
}

/** Whom a rollout has reached, ring by ring: `staff 100% → beta 25% → everyone 0%`. Null where the rules name no rings. */
export function ringsText({ rings }: EnvironmentState): string | null {
  if (rings === undefined || rings.length < 2) return null;
  const shown = rings.length > MOST_RINGS ? [...rings.slice(0, MOST_RINGS - 1), rings[rings.length - 1]!] : rings;
  const words = shown.map(({ audience, percentage }) => `${printable(audience)} ${percentText(percentage)}`);
  return (shown === rings ? words : [...words.slice(0, -1), '…', words[words.length - 1]!]).join(' → ');
}

const MOST_RINGS = 5;

/** What is known to follow, and when, in a hint's few characters: `on from 3 Mar`; null when nothing is. */
export function nextText({ next }: EnvironmentState): string | null {
  const time = Date.parse(next?.time ?? '');
  if (next === undefined || Number.isNaN(time)) return null;
  // What some people get is no word for everyone.
  const word = /^(on|off|\d+(?:\.\d+)?%)(?![^\s;:])(?! if | for (?!everyone))/.exec(next.summary)?.[1] ?? 'changes';
  return `${word} from ${dateText(time).replace(/ \d{4}$/, '')}`;
}

/** `1 day`, `12 days`. */
export function daysText(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}

/** `a boolean`, `an object`. */
export function aType(type: string): string {
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

/** `1 check`, `3 checks`. */
export function countText(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}

/** `both environments`, `all 3 environments`. */
export function allEnvironments(count: number): string {
  return count === 2 ? 'both environments' : `all ${count} environments`;
}

/** A date as people write it: `3 Mar 2026`, in UTC. */
export function dateText(milliseconds: number): string {
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) return 'an unknown date';
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** `a, b and c`; more than `limit` names end in `and 3 more`. */
export function listText(items: readonly string[], limit = 3): string {
  if (items.length <= 1) return items[0] ?? '';
  const shown = items.length > limit ? [...items.slice(0, limit), `${items.length - limit} more`] : items;
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/**
 * A text without control characters, marks that change the direction of writing and halves of characters, so that a key or a
 * value from a file can neither steer a terminal nor pretend to be another.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, '\ufffd');
}

const UNPRINTABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about.
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `A/B 50/50` for an exact split between two variations, `4-way split` for more; null when there is no exact split. */
function splitText(state: EnvironmentState): string | null {
  const shares = state.shares ?? [];
  if (shares.length < 2) return null;
  if (shares.length > 2) return `${shares.length}-way split`;
  return `A/B ${shares.map(share => percentText(share.percentage).replace(/%$/, '')).join('/')}`;
}

function shortValue(value: string | number): string {
  const text = printable(String(value));
  if (text.trim() === '') return 'on';
  return cutToColumns(text, 12);
}
