/**
 * A Markdown file read once: its front matter, its blocks in reading order, its headings with the anchors GitHub gives them,
 * and its links. Offsets are UTF-16 offsets into the text as given, byte order mark and all kinds of line ends included.
 * What a runbook or an incident makes of it is their business.
 */
import GithubSlugger from 'github-slugger';
import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { frontmatter } from 'micromark-extension-frontmatter';
import { gfmTable } from 'micromark-extension-gfm-table';
import type { Heading, Problem } from '../model.ts';
import type { Span } from '../text.ts';
import { nestsTooDeeply, splitMarkdown } from './pieces.ts';
import { readYaml, type YamlMap } from './yamlTree.ts';

export interface HeadingBlock extends Heading {
  readonly kind: 'heading';
  /** 1 to 6. */
  readonly level: number;
}

/** A list item. `text` is its own first paragraph; nested items and further blocks follow as blocks of their own. */
export interface ItemBlock {
  readonly kind: 'item';
  /** 1 for an item of an outermost list. */
  readonly depth: number;
  /** Where its list begins: items of one list have the same. */
  readonly list: number;
  readonly text: string;
  /** The item with everything in it. */
  readonly span: Span;
  /** Its first paragraph alone. */
  readonly textSpan: Span;
}

export interface TableBlock {
  readonly kind: 'table';
  readonly header: readonly string[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly span: Span }[];
  readonly span: Span;
}

/** A paragraph that is not the first of a list item. Lines are separated by `\n`. */
export interface ParagraphBlock {
  readonly kind: 'paragraph';
  /** How many list items it stands in. */
  readonly depth: number;
  readonly text: string;
  readonly span: Span;
}

export interface CodeBlock {
  readonly kind: 'code';
  readonly depth: number;
  readonly text: string;
  readonly span: Span;
}

/** Blocks hold plain text: emphasis, links and code are replaced by what a reader sees. */
export type Block = HeadingBlock | ItemBlock | TableBlock | ParagraphBlock | CodeBlock;

export interface MarkdownLink {
  /** The address as written, unescaped. */
  readonly target: string;
  readonly span: Span;
}

export interface MarkdownDocument {
  readonly path: string;
  readonly text: string;
  /** The front matter's entries with their spans, or null when there is none or it is no map. */
  readonly frontMatter: YamlMap | null;
  readonly frontMatterSpan: Span | null;
  readonly blocks: readonly Block[];
  readonly headings: readonly HeadingBlock[];
  /** Anchors that HTML (`<a name="x">`) or an attribute list (`{#x}`) adds to those of the headings. */
  readonly anchors: readonly Heading[];
  readonly links: readonly MarkdownLink[];
  readonly problems: readonly Problem[];
}

/** The part of a Markdown file that is read; the rest of a longer one is reported and left alone. */
export const longestMarkdown = 300_000;

/**
 * Reads a Markdown text (CommonMark with GitHub's tables and YAML front matter). Never throws; time grows with the length of
 * the text, at most `longestMarkdown` characters of which are read. In a long text (over 4,000 characters) a reference
 * link is found only when its definition stands nearby.
 */
export function parseMarkdown(path: string, text: string): MarkdownDocument {
  const collected: Collected = { blocks: [], anchors: [], links: [], slugger: new GithubSlugger() };
  const problems: Problem[] = [];
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const body = text.slice(start, start + longestMarkdown);
  if (body.length < text.length - start) problems.push(tooLong(path, start + body.length, text.length));
  let yaml: { readonly value: string; readonly span: Span; readonly valueStart: number } | null = null;
  for (const [index, piece] of splitMarkdown(body).entries()) {
    const base = start + piece.start;
    const written = body.slice(piece.start, piece.end);
    const root = nestsTooDeeply(written) ? null : parsePiece(written, index === 0);
    if (root === null) {
      problems.push(tooDeep(path, { start: base, end: start + piece.end }));
      continue;
    }
    const first = root.children[0];
    if (index === 0 && first?.type === 'yaml') {
      const span = spanOf(first, base);
      yaml = { value: first.value, span, valueStart: lineAfter(text, span.start) };
    }
    for (const child of root.children) collectBlock(child, { base, depth: 0, list: -1, into: collected });
  }
  const front = yaml === null ? null : readYaml(yaml.value, yaml.valueStart);
  const map = front?.documents[0] ?? null;
  for (const error of front?.errors ?? []) problems.push(badFrontMatter(path, error.message, error.span));
  if (map !== null && map.kind !== 'map' && front?.errors.length === 0) {
    problems.push(badFrontMatter(path, 'The front matter is no list of keys and values', map.span));
  }
  return {
    path,
    text,
    frontMatter: map?.kind === 'map' ? map : null,
    frontMatterSpan: yaml?.span ?? null,
    blocks: collected.blocks,
    headings: collected.blocks.filter(block => block.kind === 'heading'),
    anchors: collected.anchors,
    links: collected.links,
    problems,
  };
}

/** Every anchor a link to this document may name: those of its headings first. */
export function anchorsOf(document: MarkdownDocument): readonly Heading[] {
  const headings = document.headings.map(({ text, slug, span }) => ({ text, slug, span }));
  return [...headings, ...document.anchors];
}

interface Collected {
  readonly blocks: Block[];
  readonly anchors: Heading[];
  readonly links: MarkdownLink[];
  readonly slugger: GithubSlugger;
}

interface Where {
  readonly base: number;
  readonly depth: number;
  readonly list: number;
  readonly into: Collected;
}

const deepestNesting = 100;

/** Null when the piece is nested so deeply that the parser, or whoever walks its tree, would exhaust the stack. */
function parsePiece(text: string, isFirst: boolean): Root | null {
  const front = isFirst && text.startsWith('---');
  try {
    const root = fromMarkdown(text, {
      extensions: front ? [gfmTable(), frontmatter()] : [gfmTable()],
      mdastExtensions: front ? [gfmTableFromMarkdown(), frontmatterFromMarkdown()] : [gfmTableFromMarkdown()],
    });
    return isDeeper(root, deepestNesting) ? null : root;
  } catch {
    return null;
  }
}

function isDeeper(node: Nodes, limit: number): boolean {
  if (!('children' in node)) return false;
  return limit === 0 || node.children.some(child => isDeeper(child, limit - 1));
}

function collectBlock(node: Nodes, where: Where): void {
  const { base, depth, into } = where;
  const span = spanOf(node, base);
  switch (node.type) {
    case 'heading':
      into.blocks.push(headingBlock(plainText(node), node.depth, span, into));
      collectLinks(node, where);
      return;
    case 'paragraph':
      into.blocks.push({ kind: 'paragraph', depth, text: plainText(node), span });
      collectLinks(node, where);
      return;
    case 'code':
      into.blocks.push({ kind: 'code', depth, text: node.value, span });
      return;
    case 'table': {
      const rows = node.children.map(row => ({
        cells: row.children.map(cell => plainText(cell)),
        span: spanOf(row, base),
      }));
      into.blocks.push({ kind: 'table', header: rows[0]?.cells ?? [], rows: rows.slice(1), span });
      collectLinks(node, where);
      return;
    }
    case 'listItem': {
      const [first, ...rest] = node.children;
      const own = first?.type === 'paragraph' ? first : null;
      const textSpan = own === null ? { start: span.start, end: span.start } : spanOf(own, base);
      into.blocks.push({
        kind: 'item',
        depth: depth + 1,
        list: where.list,
        text: own === null ? '' : plainText(own),
        span,
        textSpan,
      });
      if (own !== null) collectLinks(own, where);
      for (const child of own === null ? node.children : rest) collectBlock(child, { ...where, depth: depth + 1 });
      return;
    }
    case 'html':
      collectAnchors(node.value, span, into);
      return;
    case 'definition':
      into.links.push({ target: node.url, span });
      return;
    case 'list':
      for (const child of node.children) collectBlock(child, { ...where, list: span.start });
      return;
    case 'blockquote':
      for (const child of node.children) collectBlock(child, where);
      return;
    default:
      return;
  }
}

function headingBlock(written: string, level: number, span: Span, into: Collected): HeadingBlock {
  const text = written.trim();
  const custom = /\{#([\w.:-]+)\}$/.exec(text);
  if (custom !== null) into.anchors.push({ text: text.slice(0, custom.index).trimEnd(), slug: custom[1]!, span });
  return { kind: 'heading', level, text, slug: into.slugger.slug(text), span };
}

function collectLinks(node: Nodes, where: Where): void {
  if (node.type === 'link') where.into.links.push({ target: node.url, span: spanOf(node, where.base) });
  if (node.type === 'html') collectAnchors(node.value, spanOf(node, where.base), where.into);
  if ('children' in node) for (const child of node.children) collectLinks(child, where);
}

function collectAnchors(html: string, span: Span, into: Collected): void {
  for (const match of html
    .slice(0, 10_000)
    .matchAll(/<[a-z][a-z0-9]{0,9}\s[^<>]{0,200}?\b(?:id|name)=["']([^"'<>]{1,200})["']/gi)) {
    into.anchors.push({ text: match[1]!, slug: match[1]!, span });
  }
}

/** What a reader sees of inline content; a line break is `\n`. */
function plainText(node: Nodes): string {
  if (node.type === 'text' || node.type === 'inlineCode') return node.value.replace(/\r\n?/g, '\n');
  if (node.type === 'break') return '\n';
  if (node.type === 'image' || node.type === 'imageReference') return node.alt ?? '';
  if (node.type === 'html') return /^<br\b/i.test(node.value) ? '\n' : '';
  return 'children' in node ? node.children.map(plainText).join('') : '';
}

function spanOf(node: Nodes, base: number): Span {
  return { start: base + (node.position?.start.offset ?? 0), end: base + (node.position?.end.offset ?? 0) };
}

function lineAfter(text: string, offset: number): number {
  const end = text.slice(offset).search(/\r\n|\n|\r/);
  if (end < 0) return text.length;
  return offset + end + (text.startsWith('\r\n', offset + end) ? 2 : 1);
}

function tooLong(path: string, start: number, end: number): Problem {
  const message = `${path} is longer than ${longestMarkdown} characters; what follows here is not read.`;
  return { code: 'markdown/too-long', severity: 'warning', message, place: { path, span: { start, end } } };
}

function tooDeep(path: string, span: Span): Problem {
  const message = 'This part of the file is nested too deeply; it is not read.';
  return { code: 'markdown/too-deep', severity: 'warning', message, place: { path, span } };
}

function badFrontMatter(path: string, message: string, span: Span): Problem {
  const sentence = message.replace(/\.$/, '');
  return {
    code: 'front-matter/syntax',
    severity: 'warning',
    message: `${sentence}. Mend the YAML here; the keys that could be read still count.`,
    place: { path, span },
  };
}
