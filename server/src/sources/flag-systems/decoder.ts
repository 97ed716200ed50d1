/**
 * What a decoder of flag files is, and what all of them share: reading JSON (comments, trailing commas, byte-order mark,
 * anything broken in the middle) or YAML into one tree with places, checking one entry at a time against a schema, and the
 * problems they report. Decoders are pure: text in, flags and problems out.
 */
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import * as z from 'zod';
import { readYaml, type YamlNode } from '../../core/markdown/yamlTree.ts';
import type { Flag, FlagFile, FlagType, JsonValue, Problem, ValueType } from '../../core/model.ts';
import { nestsTooDeeply } from '../../core/nestingDepth.ts';
import type { Span } from '../../core/text.ts';

/** One flag file format. */
export interface FlagFileDecoder {
  /** The system its flags carry, such as `flagd`. */
  readonly system: string;
  /** Whether the text has this format's shape. A "no" is cheap: it never parses. */
  recognises(path: string, text: string): boolean;
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

/** JSON or YAML as a tree in which every key and value knows its span. */
export type Tree = YamlNode;
export type TreeMap = Extract<Tree, { kind: 'map' }>;

/** Texts longer than this (in UTF-16 code units) are refused with a problem. */
export const LONGEST_FLAG_FILE = 16 * 1024 * 1024;

/** Where the problems of one file are collected. */
export interface ProblemSink {
  readonly path: string;
  readonly problems: Problem[];
  /** What `readTrees` read last. */
  trees?: readonly Tree[];
}

/** An empty sink. */
export function createProblems(path: string): ProblemSink {
  return { path, problems: [] };
}

/**
 * Adds a problem at a span; its code becomes `flag-file/<code>`. At most `MOST_PROBLEMS` are kept, so that one broken
 * generator does not flood anyone.
 */
export function addProblem(
  sink: ProblemSink,
  severity: Problem['severity'],
  code: string,
  span: Span,
  message: string,
): void {
  if (sink.problems.length >= MOST_PROBLEMS) return;
  sink.problems.push({ code: `flag-file/${code}`, severity, message, place: { path: sink.path, span } });
}

/** The file as decoded, its problems in order of position. */
export function flagFile(
  sink: ProblemSink,
  system: string,
  environment: string,
  flags: FlagFile['flags'],
): DecodedFile {
  const problems = sink.problems.toSorted((a, b) => (a.place?.span.start ?? 0) - (b.place?.span.start ?? 0));
  return { path: sink.path, system, environment, flags, problems, trees: sink.trees ?? [] };
}

/** Any JSON value. Trees hold nothing else, so there is nothing to check (zod's own `json()` walks every value again). */
export const anyJson = z.custom<JsonValue>(value => value !== undefined);

/** Whether a path ends like YAML. */
export function isYamlPath(path: string): boolean {
  return /\.ya?ml$/i.test(path);
}

/** The documents of a text: one for JSON, any number for YAML. Syntax errors become problems; the rest is kept. */
export function readTrees(path: string, text: string, problems: ProblemSink): readonly Tree[] {
  if (text.length > LONGEST_FLAG_FILE) {
    const limit = LONGEST_FLAG_FILE / 1024 / 1024;
    const message = `This flag file is larger than ${limit} MiB and is not read; split it.`;
    addProblem(problems, 'error', 'too-large', { start: 0, end: 1 }, message);
    return [];
  }
  const trees = isYamlPath(path) ? readYamlTrees(text, problems) : readJsonTrees(text, problems);
  problems.trees = trees;
  return trees;
}

/** The plain value of a tree. Of equal keys the last one counts, as in `JSON.parse`. */
export function plainValue(tree: Tree): JsonValue {
  if (tree.kind === 'scalar') return tree.value;
  if (tree.kind === 'list') return tree.items.map(plainValue);
  const value: Record<string, JsonValue> = Object.create(null);
  for (const entry of tree.entries) value[entry.key] = plainValue(entry.value);
  return value;
}

/** The subtree at a path of keys and indices, as far down as there is one. */
export function nearestTree(tree: Tree, path: readonly PropertyKey[]): Tree {
  let current = tree;
  for (const part of path) {
    const next =
      current.kind === 'map'
        ? current.entries.findLast(entry => entry.key === String(part))?.value
        : current.kind === 'list'
          ? current.items[Number(part)]
          : undefined;
    if (next === undefined) return current;
    current = next;
  }
  return current;
}

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
    const place = issue.path.length === 0 ? what : `${what}: ${issue.path.map(String).join('.')}`;
    addProblem(
      problems,
      'warning',
      'value',
      nearestTree(tree, issue.path).span,
      `${place}: ${issue.message}. It is left out.`,
    );
    const rest = without(candidate, issue.path);
    if (rest === NOTHING) return null;
    candidate = rest;
  }
  return null;
}

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

/** A flag of which nothing is known but its key and its place: what decoders start from. */
export function bareFlag(key: string, system: string, path: string, keySpan: Span, span: Span): Flag {
  return {
    key,
    system,
    name: null,
    description: null,
    kind: null,
    type: null,
    owner: null,
    tags: [],
    variations: [],
    offValue: undefined,
    environments: [],
    prerequisites: [],
    created: null,
    expires: null,
    archived: false,
    declaration: { path, span, keySpan },
    url: null,
  };
}

/** The one type all these values have, or null. Objects and arrays are `object`; null has none. */
export function commonType(values: readonly JsonValue[]): ValueType | null {
  const types = new Set(values.map(valueType));
  return types.size === 1 ? [...types][0]! : null;
}

/** The first scalar under a tree whose text is this, or null. */
export function findText(tree: Tree | null, text: string): Tree | null {
  if (tree === null) return null;
  if (tree.kind === 'scalar') return tree.text === text ? tree : null;
  const children = tree.kind === 'list' ? tree.items : tree.entries.map(entry => entry.value);
  for (const child of children) {
    const found = findText(child, text);
    if (found !== null) return found;
  }
  return null;
}

/** The span of the first key of this name anywhere under a tree, or null. */
export function findKey(tree: Tree | null, key: string): Span | null {
  if (tree === null || tree.kind === 'scalar') return null;
  const children = tree.kind === 'list' ? tree.items : tree.entries.map(entry => entry.value);
  const own = tree.kind === 'map' ? tree.entries.find(entry => entry.key === key) : undefined;
  if (own !== undefined) return own.keySpan;
  for (const child of children) {
    const found = findKey(child, key);
    if (found !== null) return found;
  }
  return null;
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

const MOST_PROBLEMS = 200;
const MOST_SYNTAX_PROBLEMS = 5;
const DEEPEST_NESTING = 100;
const NOTHING = Symbol('nothing');

function valueType(value: JsonValue): ValueType | null {
  if (value === null) return null;
  if (typeof value === 'object') return 'object';
  return typeof value as 'boolean' | 'number' | 'string';
}

function readYamlTrees(text: string, problems: ProblemSink): readonly Tree[] {
  const mark = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const { documents, errors } = readYaml(text.slice(mark), mark);
  for (const error of errors.slice(0, MOST_SYNTAX_PROBLEMS)) {
    const message = `This is not valid YAML (${error.message.replace(/[.:\s]+$/, '')}); what can be read is kept.`;
    addProblem(problems, 'error', 'syntax', error.span, message);
  }
  return documents;
}

function readJsonTrees(text: string, problems: ProblemSink): readonly Tree[] {
  if (nestsTooDeeply(text)) {
    addProblem(problems, 'error', 'syntax', { start: 0, end: 1 }, 'This JSON is nested too deeply to be read.');
    return [];
  }
  // A space in the byte-order mark's place keeps every offset.
  const body = text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text;
  const errors: ParseError[] = [];
  const root = parseTree(body, errors, { allowTrailingComma: true });
  for (const error of errors.slice(0, MOST_SYNTAX_PROBLEMS)) {
    const span = { start: error.offset, end: error.offset + Math.max(1, error.length) };
    const message = `This is not valid JSON here (${printParseErrorCode(error.error)}); what can be read is kept.`;
    addProblem(problems, 'error', 'syntax', span, message);
  }
  return root === undefined ? [] : [jsonTree(root, body, 0)];
}

function jsonTree(node: Node, text: string, depth: number): Tree {
  const span = { start: node.offset, end: node.offset + node.length };
  if (depth > DEEPEST_NESTING) return { kind: 'scalar', value: null, text: '', span };
  if (node.type === 'array') {
    return { kind: 'list', items: (node.children ?? []).map(child => jsonTree(child, text, depth + 1)), span };
  }
  if (node.type !== 'object') {
    const value: unknown = node.value;
    const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
    const inner = node.type === 'string' ? unquoted(span, text) : span;
    return { kind: 'scalar', value: known, text: String(known ?? ''), span: inner };
  }
  const entries = (node.children ?? []).flatMap(property => {
    const [key, value] = property.children ?? [];
    if (key === undefined || typeof key.value !== 'string') return [];
    const keySpan = unquoted({ start: key.offset, end: key.offset + key.length }, text);
    const end = key.offset + key.length;
    const empty: Tree = { kind: 'scalar', value: null, text: '', span: { start: end, end } };
    return [{ key: key.value, keySpan, value: value === undefined ? empty : jsonTree(value, text, depth + 1) }];
  });
  return { kind: 'map', entries, span };
}

/** The span without its quotes; a text cut off in the middle has no closing one. */
function unquoted(span: Span, text: string): Span {
  const closed = span.end - span.start >= 2 && text[span.end - 1] === '"';
  return { start: span.start + 1, end: closed ? span.end - 1 : span.end };
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
