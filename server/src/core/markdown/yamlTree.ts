/**
 * YAML as a plain tree in which every key and value knows its span: what front matter and Prometheus rules are read from.
 * Aliases and merge keys are resolved, within limits, since the text comes from a repository nobody vouches for. What the
 * keys mean is decided elsewhere.
 */

import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Document as ParsedDocument,
  parseAllDocuments,
  visit,
} from 'yaml';
import { nestsTooDeeply } from '../nestingDepth.ts';
import type { Span } from '../text.ts';

export interface YamlScalar {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** The value as text: for numbers and booleans as written, the empty string for null. */
  readonly text: string;
  /** The text alone, without its quotes. */
  readonly span: Span;
}

export interface YamlList {
  readonly kind: 'list';
  readonly items: readonly YamlNode[];
  readonly span: Span;
}

export interface YamlMap {
  readonly kind: 'map';
  readonly entries: readonly YamlEntry[];
  readonly span: Span;
}

export interface YamlEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: YamlNode;
}

export type YamlNode = YamlScalar | YamlList | YamlMap;

export interface YamlError {
  /** What the YAML parser says, as one sentence without a place. */
  readonly message: string;
  readonly span: Span;
}

const longestText = 2_000_000;
const mostNodes = 200_000;
const deepestNesting = 60;

/**
 * Reads all YAML documents of a text. Never throws: what can be read is kept, and the errors (at most ten) say what could not.
 * `base` is added to every offset, for YAML that stands inside another file.
 */
export function readYaml(
  text: string,
  base = 0,
): { readonly documents: readonly YamlNode[]; readonly errors: readonly YamlError[] } {
  if (text.length > longestText) {
    const message = `This YAML is longer than ${longestText} characters; it is not read.`;
    return { documents: [], errors: [{ message, span: { start: base, end: base } }] };
  }
  if (nestsTooDeeply(text)) {
    const span = { start: base, end: base + Math.min(text.length, 1) };
    return { documents: [], errors: [{ message: 'This YAML is nested too deeply.', span }] };
  }
  const errors: YamlError[] = [];
  const documents: YamlNode[] = [];
  try {
    const parsed = parseAllDocuments(text, { prettyErrors: false, logLevel: 'silent', uniqueKeys: false });
    const budget = { nodes: mostNodes };
    for (const document of Array.isArray(parsed) ? parsed : []) {
      for (const error of document.errors) errors.push(toError(error.message, error.pos, base));
      if (document.contents === null) continue;
      documents.push(toTree(document.contents, { targets: targetsOf(document), base, budget }, 0));
    }
  } catch (error) {
    // The parser itself is recursive: a text nested thousands deep exhausts the stack.
    const message = error instanceof RangeError ? 'This YAML is nested too deeply.' : String(error);
    errors.push({ message, span: { start: base, end: base + Math.min(text.length, 1) } });
  }
  return { documents, errors: errors.slice(0, 10) };
}

/** The value of a key, or null when the node is no map or has no such key. The last of several equal keys counts. */
export function yamlValue(node: YamlNode | null, key: string): YamlNode | null {
  if (node?.kind !== 'map') return null;
  return node.entries.findLast(entry => entry.key === key)?.value ?? null;
}

/** The items of a list; a single value counts as a list of one, null (an empty value) as an empty list. */
export function yamlItems(node: YamlNode | null): readonly YamlNode[] {
  if (node === null || (node.kind === 'scalar' && node.value === null)) return [];
  return node.kind === 'list' ? node.items : [node];
}

/** The text of a scalar that is not null or blank, else null. */
export function yamlText(node: YamlNode | null): string | null {
  if (node?.kind !== 'scalar' || node.value === null) return null;
  return node.text.trim() === '' ? null : node.text.trim();
}

interface Reading {
  readonly targets: ReadonlyMap<Alias, Node>;
  readonly base: number;
  readonly budget: { nodes: number };
}

/** What each alias stands for: the nearest anchor of its name before it. Asked one by one, each would search the whole document. */
function targetsOf(document: ParsedDocument.Parsed | ParsedDocument): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(document as ParsedDocument, {
    Node(_, node) {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target !== undefined) targets.set(node, target);
      } else if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

function toError(message: string, [start, end]: readonly [number, number], base: number): YamlError {
  const sentence = message.replace(/(?<!\s)\s+at line \d+, column \d+:?[\s\S]*$/, '');
  return { message: sentence, span: { start: base + start, end: base + Math.max(end, start + 1) } };
}

function toTree(node: unknown, reading: Reading, depth: number): YamlNode {
  const span = spanOf(node, reading.base);
  if (depth > deepestNesting || reading.budget.nodes-- <= 0) return emptyScalar(span);
  if (isAlias(node)) {
    const target = reading.targets.get(node);
    return target === undefined ? emptyScalar(span) : withSpan(toTree(target, reading, depth + 1), span);
  }
  if (isMap(node)) {
    const entries = node.items.flatMap(pair => toEntries(pair.key, pair.value, reading, depth));
    return { kind: 'map', entries: withoutOverridden(entries), span };
  }
  if (isSeq(node)) return { kind: 'list', items: node.items.map(item => toTree(item, reading, depth + 1)), span };
  if (!isScalar(node)) return emptyScalar(span);
  const { value } = node;
  const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  if (!known) return emptyScalar(span);
  const text = typeof value === 'string' ? value : (node.source ?? String(value));
  const quoted = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE';
  return {
    kind: 'scalar',
    // What is no number to calculate with, such as ".inf", stays the text that it is.
    value: typeof value === 'number' && !Number.isFinite(value) ? text : value,
    text,
    span: quoted && span.end - span.start >= 2 ? { start: span.start + 1, end: span.end - 1 } : span,
  };
}

interface MergedEntry extends YamlEntry {
  readonly merged: boolean;
}

function toEntries(key: unknown, value: unknown, reading: Reading, depth: number): readonly MergedEntry[] {
  const keyNode = toTree(key, reading, depth + 1);
  const name = keyNode.kind === 'scalar' ? keyNode.text : '';
  // A key without a value has no value node: it stands right behind the key.
  const valueNode =
    value === null || value === undefined
      ? emptyScalar({ start: keyNode.span.end, end: keyNode.span.end })
      : toTree(value, reading, depth + 1);
  if (name === '<<') {
    return yamlItems(valueNode).flatMap(part =>
      part.kind === 'map' ? part.entries.map(entry => ({ ...entry, merged: true })) : [],
    );
  }
  return [{ key: name, keySpan: keyNode.span, value: valueNode, merged: false }];
}

/** A key of the map itself wins over one that a merge (`<<`) brought in, wherever they stand. */
function withoutOverridden(entries: readonly MergedEntry[]): readonly YamlEntry[] {
  const own = new Set(entries.filter(entry => !entry.merged).map(entry => entry.key));
  return entries
    .filter(entry => !entry.merged || !own.has(entry.key))
    .map(({ key, keySpan, value }) => ({ key, keySpan, value }));
}

function withSpan(node: YamlNode, span: Span): YamlNode {
  return { ...node, span };
}

function emptyScalar(span: Span): YamlScalar {
  return { kind: 'scalar', value: null, text: '', span };
}

function spanOf(node: unknown, base: number): Span {
  const range = (node as Partial<Node> | null | undefined)?.range;
  return range ? { start: base + range[0], end: base + range[1] } : { start: base, end: base };
}
