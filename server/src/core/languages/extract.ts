/**
 * From a syntax tree to a file's facts, chunk by chunk. A chunk is one child of the tree's root; an edit re-walks only the
 * chunks it touched, and those behind it keep their facts (`layout.ts`). The grammars and the walks themselves live in the
 * language folders.
 */
import { Edit, type Point, type Tree } from 'web-tree-sitter';
import { type Chunk, chunkNodes, chunksOf, chunksOfNode, type PlacedChunk, type TextEdit } from './chunks.ts';
import { layoutAfterTyping } from './chunkWindow.ts';
import type { FileFacts } from './facts.ts';
import type { Grammars, Pause } from './grammars.ts';
import { joinFacts, placedFacts } from './joinFacts.ts';
import { createSink, type Language } from './language.ts';
import { type Layout, layoutOfParts, layoutOfText } from './layout.ts';
import { keepsNesting, nestsTooDeeply } from './nesting.ts';
import { appendInOrder } from './sinkOrder.ts';

/** A parsed text with its tree and facts. `release` must be called when it is dropped: trees live in wasm memory. */
export interface ParsedText {
  readonly language: Language;
  readonly text: string;
  readonly facts: FileFacts;
  /** The same at the anchors of `layout`: what linking reads. */
  readonly anchored: FileFacts;
  readonly layout: Layout;
  /** Of the text when it was last parsed as a whole, told of the edits since. */
  readonly tree: Tree;
  /** There are errors that no chunk shows. */
  readonly brokenBetween: boolean;
}

/** The facts of a tree made from `text`. */
export function extractFacts(language: Language, tree: Tree, text: string): FileFacts {
  return parsedText(language, tree, text).facts;
}

/** Parses a text from scratch; null when its grammar isn't loaded, it nests too deeply, or the parser gave up. */
export function parseText(grammars: Grammars, language: Language, text: string): ParsedText | null {
  const tree = parseTree(grammars, language, text);
  if (tree === null) return null;
  return parsedText(language, tree, text);
}

/** The tree alone, for whoever needs no facts; whoever asked for it deletes it. */
export function parseTree(grammars: Grammars, language: Language, text: string): Tree | null {
  return nestsTooDeeply(text) ? null : grammars.parse(language.id, text, null);
}

/** The facts of a text that nobody edits, or why there are none; its grammar must be loaded. */
export type FactsRead =
  /** `beginning`: what stands behind it would have taken the parser too long. */
  | { readonly kind: 'whole' | 'beginning'; readonly facts: FileFacts }
  | { readonly kind: 'none'; readonly reason: 'nested' | 'slow' | 'failed' };

/** Parses a text and gives its tree back at once. */
export function readFacts(grammars: Grammars, language: Language, text: string): FactsRead {
  if (nestsTooDeeply(text)) return { kind: 'none', reason: 'nested' };
  const parsed = grammars.parseBeginning(language.id, text);
  if (parsed === null) return { kind: 'none', reason: grammars.failure() === null ? 'slow' : 'failed' };
  const { tree, isWhole } = parsed;
  if (isWhole) {
    const { facts } = parsedText(language, tree, text);
    releaseText(parsed);
    return grammars.failure() === null ? { kind: 'whole', facts } : { kind: 'none', reason: 'failed' };
  }
  const nodes = [...chunkNodes(language, tree)];
  // The last one is cut, unless everything stands in it.
  const rest = nodes.length > 1 ? nodes.slice(0, -1) : nodes;
  const chunks = rest.flatMap(node => chunksOfNode(language, node, text, NONE).map(({ chunk }) => chunk));
  const { facts } = parsedText(language, tree, text, chunks);
  releaseText(parsed);
  return { kind: 'beginning', facts };
}

/** The same as `parseText`, letting others run whenever `pause` says so. */
export async function parseTextInParts(
  grammars: Grammars,
  language: Language,
  text: string,
  pause: Pause,
): Promise<ParsedText | null> {
  const tree = nestsTooDeeply(text) ? null : await grammars.parseInParts(language.id, text, pause);
  if (tree === null) return null;
  const chunks: Chunk[] = [];
  for (const node of chunkNodes(language, tree)) {
    // The runtime may break down on another text meanwhile.
    if (grammars.failure() !== null) return null;
    for (const { chunk } of chunksOfNode(language, node, text, NONE)) chunks.push(chunk);
    await pause();
  }
  return grammars.failure() === null ? parsedText(language, tree, text, chunks) : null;
}

const NONE: ReadonlyMap<number, Chunk> = new Map();

/**
 * The parsed text after edits, each made on the result of the one before it. Takes the old tree over: `previous` must not be
 * used again.
 */
export function reparseText(grammars: Grammars, previous: ParsedText, edits: readonly TextEdit[]): ParsedText | null {
  const { language } = previous;
  if (language.blank !== undefined) {
    const text = edits.reduce(textAfter, previous.text);
    // Where nothing is blanked, the tree is that of the text.
    const isRead = language.addMarkup === undefined && language.blank(previous.text) === previous.text;
    if (!isRead || language.blank(text) !== text) {
      releaseText(previous);
      return parseText(grammars, language, text);
    }
  }
  const typed = edits.length === 1 ? reparseWindow(grammars, previous, edits[0]!) : null;
  if (typed !== null) return typed;
  let { text } = previous;
  let kept = partsOf(previous.layout);
  let isNestingKept = true;
  for (const edit of edits) {
    if (grammars.failure() === null) previous.tree.edit(treeEdit(edit, text));
    kept = partsAfter(kept, edit);
    isNestingKept &&= keepsNesting(text.slice(edit.start, edit.oldEnd), edit.inserted);
    text = textAfter(text, edit);
  }
  const tree = isNestingKept || !nestsTooDeeply(text) ? parseAgain(grammars, previous, text) : null;
  if (tree === null) {
    releaseText(previous);
    return null;
  }
  const hasParts = kept.some(({ chunk }) => chunk.role !== 'whole');
  // Around an error a parser may read what is whole in another way, as what follows a string that never ends.
  const hasErrors = previous.tree.rootNode.hasError || tree.rootNode.hasError;
  const isAlone = language.chunksStandAlone === true && !hasParts && !hasErrors;
  const changed = isAlone ? [] : previous.tree.getChangedRanges(tree);
  previous.tree.delete();
  const reusable = new Map<number, Chunk>();
  for (const { chunk, start } of kept) {
    if (!changed.some(range => range.startIndex <= start + chunk.length && range.endIndex >= start)) {
      reusable.set(start, chunk);
    }
  }
  const layout = layoutOfTree(language, tree, text, reusable);
  return withLayout({ language, text, tree, brokenBetween: isBrokenBetween(tree, layout) }, layout, previous);
}

/** The layout of a tree's chunks, taking over what `reusable` knows by where it starts. */
function layoutOfTree(language: Language, tree: Tree, text: string, reusable: ReadonlyMap<number, Chunk>): Layout {
  const kept = new Set(reusable.values());
  const chunks: Chunk[] = [];
  const starts: number[] = [];
  for (const node of chunkNodes(language, tree)) {
    for (const { chunk, start } of chunksOfNode(language, node, text, reusable)) {
      chunks.push(chunk);
      starts.push(start);
    }
  }
  return layoutOfParts(chunks, starts, kept);
}

function partsOf({ chunks, starts }: Layout): readonly PlacedChunk[] {
  return chunks.map((chunk, at) => ({ chunk, start: starts[at]! }));
}

/** What an edit leaves as it is, at its place in the text after it. */
function partsAfter(parts: readonly PlacedChunk[], edit: TextEdit): readonly PlacedChunk[] {
  const delta = edit.start + edit.inserted.length - edit.oldEnd;
  const result: PlacedChunk[] = [];
  for (const part of parts) {
    if (part.start + part.chunk.length < edit.start) result.push(part);
    else if (part.start > edit.oldEnd) result.push({ chunk: part.chunk, start: part.start + delta });
  }
  return result;
}

/** What can be told without parsing the whole text again; null if nothing can. */
function reparseWindow(grammars: Grammars, previous: ParsedText, edit: TextEdit): ParsedText | null {
  const { language, text: before, tree, brokenBetween } = previous;
  if (language.chunksStandAlone !== true || before.length <= LONGEST_PARSED_ANEW) return null;
  const text = textAfter(before, edit);
  const layout = layoutAfterTyping(grammars, language, previous.layout, { ...edit, before, after: text });
  if (layout === null || grammars.failure() !== null) return null;
  tree.edit(treeEdit(edit, before));
  return withLayout({ language, text, tree, brokenBetween }, layout, previous);
}

/**
 * Where there are errors, a parser that reuses parts of an old tree may recover from them in another way than one that starts
 * anew. Texts up to this length (in UTF-16 units; a few milliseconds) are then parsed anew, so that facts never depend on how
 * a text came about; in longer ones they do, rarely and until the error is mended.
 */
const LONGEST_PARSED_ANEW = 32 * 1024;

function parseAgain(grammars: Grammars, previous: ParsedText, text: string): Tree | null {
  const tree = grammars.parse(previous.language.id, text, previous.tree);
  if (tree === null || text.length > LONGEST_PARSED_ANEW || !tree.rootNode.hasError) return tree;
  tree.delete();
  return grammars.parse(previous.language.id, text, null);
}

/** Frees the tree. */
export function releaseText({ tree }: Pick<ParsedText, 'tree'>): void {
  try {
    tree.delete();
  } catch {
    // A runtime that broke down has no memory left to free; `Grammars.failure` says so.
  }
}

function treeEdit(edit: TextEdit, before: string): Edit {
  const start = pointAfter({ row: 0, column: 0 }, before, 0, edit.start);
  return new Edit({
    startIndex: edit.start,
    oldEndIndex: edit.oldEnd,
    newEndIndex: edit.start + edit.inserted.length,
    startPosition: start,
    oldEndPosition: pointAfter(start, before, edit.start, edit.oldEnd),
    newEndPosition: pointAfter(start, edit.inserted, 0, edit.inserted.length),
  });
}

/** The point that the text from `from` to `to` leads to. Tree-sitter has its own idea of rows: only `\n` ends one. */
function pointAfter(point: Point, text: string, from: number, to: number): Point {
  let row = point.row;
  let lineStart = from - point.column;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) {
    row++;
    lineStart = at + 1;
  }
  return { row, column: to - lineStart };
}

function textAfter(text: string, edit: TextEdit): string {
  return text.slice(0, edit.start) + edit.inserted + text.slice(edit.oldEnd);
}

function parsedText(
  language: Language,
  tree: Tree,
  text: string,
  read: readonly Chunk[] = chunksOf(language, tree, text),
): ParsedText {
  const brokenBetween = isBrokenBetween(tree, { chunks: read });
  const chunks = language.addMarkup === undefined ? read : [...read, markupChunk(language, text)];
  return withLayout({ language, text, tree, brokenBetween }, layoutOfText(chunks), null);
}

function isBrokenBetween(tree: Tree, { chunks }: Pick<Layout, 'chunks'>): boolean {
  return tree.rootNode.hasError && !chunks.some(chunk => chunk.broken);
}

/** What a template's grammar does not read, as a chunk of its own. */
function markupChunk({ addMarkup }: Language, text: string): Chunk {
  const facts = createSink();
  addMarkup?.(text, facts);
  return { type: 'markup', role: 'whole', length: text.length, anchor: 0, broken: false, facts, shared: null };
}

function withLayout(
  parsed: Pick<ParsedText, 'language' | 'text' | 'tree' | 'brokenBetween'>,
  layout: Layout,
  previous: ParsedText | null,
): ParsedText {
  const { language, brokenBetween } = parsed;
  const { chunks } = layout;
  const before = previous && { chunks: previous.layout.chunks, facts: previous.anchored };
  const broken = brokenBetween || chunks.some(chunk => chunk.broken);
  const facts = joinFacts(chunks, before);
  const ordered = createSink();
  if (language.addMarkup !== undefined) appendInOrder(facts, ordered);
  const own = language.addMarkup === undefined ? facts : ordered;
  const anchored = { language: language.holds ?? language.id, ...own, broken };
  return { ...parsed, layout, anchored, facts: placedFacts(layout, anchored) };
}
