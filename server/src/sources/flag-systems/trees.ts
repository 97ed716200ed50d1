/**
 * JSON (comments, trailing commas, byte-order mark, anything broken in the middle) and YAML read into one kind of tree, in which
 * every key and value knows its span. What the keys mean is the decoders' business.
 */
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { readYaml, type YamlNode } from '../../core/markdown/yamlTree.ts';
import type { JsonValue } from '../../core/model.ts';
import { nestsTooDeeply } from '../../core/nestingDepth.ts';
import type { Span } from '../../core/text.ts';
import { addProblem, type ProblemSink } from './problems.ts';

/** JSON or YAML as a tree in which every key and value knows its span. */
export type Tree = YamlNode;
export type TreeMap = Extract<Tree, { kind: 'map' }>;

/** Texts longer than this (in UTF-16 code units) are refused with a problem. */
export const LONGEST_FLAG_FILE = 16 * 1024 * 1024;

/** Whether a path ends like YAML. */
export function isYamlPath(path: string): boolean {
  return /\.ya?ml$/i.test(path);
}

/** The documents of a text: one for JSON, any number for YAML. Syntax errors become problems; the rest is kept. */
export function readTrees(path: string, text: string, problems: ProblemSink): readonly Tree[] {
  if (isTooLarge(text, problems)) return [];
  const trees = isYamlPath(path) ? readYamlTrees(text, problems) : readJsonTrees(text, problems);
  problems.trees = trees;
  return trees;
}

/** Whether a text is longer than what is read; then says so. */
export function isTooLarge(text: string, problems: ProblemSink): boolean {
  if (text.length <= LONGEST_FLAG_FILE) return false;
  const limit = LONGEST_FLAG_FILE / 1024 / 1024;
  const message = `This flag file is larger than ${limit} MiB and is not read; split it.`;
  addProblem(problems, 'error', 'too-large', { start: 0, end: 1 }, message);
  return true;
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

const MOST_SYNTAX_PROBLEMS = 5;
const DEEPEST_NESTING = 100;

function readYamlTrees(text: string, problems: ProblemSink): readonly Tree[] {
  const mark = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const { documents, errors } = readYaml(text.slice(mark), mark);
  for (const error of errors.slice(0, MOST_SYNTAX_PROBLEMS)) {
    const said = error.message.replace(/(?<![.:\s])[.:\s]+$/, '');
    const message = said.endsWith('is not read')
      ? `${said}; split it.`
      : `This is not valid YAML (${said}); what can be read is kept.`;
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
    if (typeof known === 'number' && !Number.isFinite(known)) {
      // 1e999 is no number to calculate with: it stays the text that it is.
      const written = text.slice(span.start, span.end);
      return { kind: 'scalar', value: written, text: written, span };
    }
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
