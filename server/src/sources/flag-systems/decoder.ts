/**
 * What a decoder of flag files is, and what all of them share: checking one entry at a time against a schema, and turning
 * words, dates and values into the model's. Decoders are pure: text in, flags and problems out. How a format is told from
 * others is `shape.ts`' business, how texts become trees that of `trees.ts`.
 */
import * as z from 'zod';
import type { Outcome } from '../../core/flags/rollout/rollout.ts';
import type { EnvironmentState, Flag, FlagFile, FlagType, JsonValue, ValueType, Variation } from '../../core/model.ts';
import type { Span } from '../../core/text.ts';
import { addProblem, type ProblemSink } from './problems.ts';
import type { FileShape } from './shape.ts';
import { nearestTree, plainValue, type Tree, type TreeMap } from './trees.ts';

/** One flag file format. */
export interface FlagFileDecoder {
  /**
   * Cuts a text into parts that can be decoded one by one. For long lists that change an entry at a time: of their older versions
   * only the parts that differ are decoded. Left out where parts need each other.
   */
  readonly parts?: (text: string) => readonly string[];
  /** The system its flags carry, such as `flagd`. */
  readonly system: string;
  /** Whether a file has this format's shape. Looks at the shape alone: it never parses. */
  recognises(shape: FileShape): boolean;
  /** Whether a file is one even in a folder of tests, whose data is nobody's flags otherwise. */
  evenInTests?(path: string): boolean;
  /** Never throws: what can be read is kept, and `problems` says what could not. */
  decode(path: string, text: string, context: DecodingContext): DecodedFile;
}

/** A decoded file, with the documents it was read from for those who read more in them. */
export interface DecodedFile extends FlagFile {
  readonly trees?: readonly Tree[];
}

export interface DecodingContext {
  /** The environment a file stands for when it does not name its own. */
  readonly environment: string;
  /** Milliseconds since 1970; rules that look at the clock are read as of now. */
  readonly now: number;
}

/** The file as decoded, its problems in order of position. */
export function flagFile(
  sink: ProblemSink,
  system: string,
  environment: string,
  flags: FlagFile['flags'],
): DecodedFile {
  const problems = sink.problems.toSorted((a, b) => (a.place?.span.start ?? 0) - (b.place?.span.start ?? 0));
  const honest = sink.unread.length === 0 ? flags : flags.map(flag => withoutGuesses(flag, sink.unread));
  return { path: sink.path, system, environment, flags: honest, problems, trees: sink.trees ?? [] };
}

/** A flag of whose rules something was left out: a targeting rule without its condition would be everyone's. */
function withoutGuesses(flag: Flag, unread: readonly Span[]): Flag {
  const span = flag.declaration?.span;
  if (span === undefined || !unread.some(({ start, end }) => start >= span.start && end <= span.end)) return flag;
  return { ...flag, environments: flag.environments.map(({ environment }) => unreadableState(environment)) };
}

/** Any JSON value. Trees hold nothing else, so there is nothing to check (zod's own `json()` walks every value again). */
export const anyJson = z.custom<JsonValue>(value => value !== undefined);

/**
 * Checks one entry against a schema. What does not fit is reported where it stands and left out, so that one wrong field
 * never costs the flag; null when nothing usable is left.
 * @param what names the entry in messages, such as `flag "new-checkout"`.
 */
export function checkEntry<T>(schema: z.ZodType<T>, tree: Tree, what: string, problems: ProblemSink): T | null {
  let candidate: unknown = plainValue(tree);
  for (let attempt = 0; attempt < 50; attempt++) {
    const result = schema.safeParse(candidate);
    if (result.success) return result.data;
    const issue = result.error.issues[0]!;
    // A field without a value (`targeting:` in YAML) is left out by whoever wrote it.
    const isEmpty = issue.path.length > 0 && valueAt(candidate, issue.path) === null;
    const place = issue.path.length === 0 ? what : `${what}: ${issue.path.map(String).join('.')}`;
    if (!isEmpty) {
      const { span } = nearestTree(tree, issue.path);
      addProblem(problems, 'warning', 'value', span, `${place}: ${issue.message}. It is left out.`);
      if (!DECIDES_NOTHING.has(String(issue.path[0]))) problems.unread.push(span);
    }
    const rest = without(candidate, issue.path);
    if (rest === NOTHING) return null;
    candidate = rest;
  }
  return null;
}

/** Fields that tell people of a flag and have no say in who gets it. */
const DECIDES_NOTHING: ReadonlySet<string> = new Set([
  'created',
  'createdAt',
  'description',
  'lastSeenAt',
  'metadata',
  'name',
  'owner',
  'owners',
  'tags',
]);

/** A map's entries with each key once: the last counts, every earlier one is reported. An empty key is no key. */
export function uniqueEntries(map: TreeMap, what: string, problems: ProblemSink): TreeMap['entries'] {
  const last = new Map<string, TreeMap['entries'][number]>();
  for (const entry of map.entries) {
    if (entry.key === '') continue;
    const earlier = last.get(entry.key);
    if (earlier !== undefined) {
      const message = `${what} "${entry.key}" stands twice in this file; only the last one counts. Remove one.`;
      addProblem(problems, 'warning', 'duplicate', earlier.keySpan, message);
      last.delete(entry.key);
    }
    last.set(entry.key, entry);
  }
  return [...last.values()];
}

/** The span of a key and its value together. */
export function entrySpan(entry: { readonly keySpan: Span; readonly value: Tree }): Span {
  return { start: entry.keySpan.start, end: Math.max(entry.keySpan.end, entry.value.span.end) };
}

/** The state of a flag whose definition makes no sense. */
export function unreadableState(environment: string): EnvironmentState {
  const summary = 'state can not be read';
  return { environment, state: 'unknown', percentage: null, serves: undefined, summary, asOf: null };
}

/** The two variations of a flag that is only ever on or off. */
export const ON_OFF: readonly Variation[] = [
  { name: 'on', value: true, span: null },
  { name: 'off', value: false, span: null },
];
export const ON: Outcome = { kind: 'variation', name: 'on' };
export const OFF: Outcome = { kind: 'variation', name: 'off' };

/** The one type all these values have, or null. Objects and arrays are `object`; null has none. */
export function commonType(values: readonly JsonValue[]): ValueType | null {
  const types = new Set(values.map(valueType));
  return types.size === 1 ? [...types][0]! : null;
}

/** A value as a number: NaN for what is neither a number nor a text of one. */
export function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}

/** A value as text: strings as they are, others as JSON. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** The flag type a word stands for, or null: `release`, `ops`, `kill_switch`, `Permission` … */
export function flagTypeOf(word: unknown): FlagType | null {
  if (typeof word !== 'string') return null;
  const known: Readonly<Record<string, FlagType>> = {
    release: 'release',
    experiment: 'experiment',
    experimental: 'experiment',
    operational: 'operational',
    ops: 'operational',
    'kill-switch': 'kill-switch',
    killswitch: 'kill-switch',
    permission: 'permission',
  };
  return known[word.trim().toLowerCase().replace(/[_ ]/g, '-')] ?? null;
}

/** A date of a flag file as RFC 3339, UTC; null when it is none. A day alone is its start in UTC; numbers are milliseconds. */
export function dateOf(value: unknown): string | null {
  if (typeof value === 'string' && !/^\d{4}-\d{2}(-\d{2}|$)/.test(value)) return null;
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const date = new Date(value);
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 || date.getUTCFullYear() < 1970) return null;
  return date.toISOString().replace('.000Z', 'Z');
}

const NOTHING = Symbol('nothing');

function valueType(value: JsonValue): ValueType | null {
  if (value === null) return null;
  if (typeof value === 'object') return 'object';
  return typeof value as 'boolean' | 'number' | 'string';
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, part) =>
      typeof at === 'object' && at !== null && part in at ? (at as Record<PropertyKey, unknown>)[part] : undefined,
    value,
  );
}

/** The value without what stands at `path`; `NOTHING` when that is the whole of it, or stands nowhere. */
function without(value: unknown, path: readonly PropertyKey[]): unknown {
  const [head, ...rest] = path;
  if (head === undefined || typeof value !== 'object' || value === null || !(head in value)) return NOTHING;
  const inner = rest.length === 0 ? NOTHING : without((value as Record<PropertyKey, unknown>)[head], rest);
  if (Array.isArray(value)) {
    return inner === NOTHING
      ? value.filter((_, index) => index !== head)
      : value.map((item, index) => (index === head ? inner : item));
  }
  const copy: Record<PropertyKey, unknown> = Object.assign(Object.create(null), value);
  if (inner === NOTHING) delete copy[head];
  else copy[head] = inner;
  return copy;
}
