/** Reads Markdown as VS Code and GitHub do, and says what in it is more than text. */
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

export interface Markup {
  /** Where links lead. */
  readonly links: readonly string[];
  /** Everything that this project never writes by itself: HTML, images, headings, lists, fences, definitions. */
  readonly others: readonly string[];
  /** Bare addresses in text, which readers turn into links. */
  readonly addresses: readonly string[];
}

const PLAIN = new Set(['root', 'paragraph', 'text', 'strong', 'emphasis', 'inlineCode', 'break', 'link']);

/** The markup of a text. `allowed` are types of nodes that are meant to be there, such as `heading` in a document. */
export function markupOf(markdown: string, allowed: readonly string[] = []): Markup {
  const links: string[] = [];
  const others: string[] = [];
  const addresses: string[] = [];
  const visit = (node: Nodes): void => {
    if (node.type === 'link') links.push(node.url);
    if (!PLAIN.has(node.type) && !allowed.includes(node.type)) others.push(node.type);
    if (node.type === 'text') {
      const written = markdown.slice(node.position!.start.offset, node.position!.end.offset);
      addresses.push(...(written.match(/(?:https?|ftp):\/\/\S+|\bwww\.\S+|[\w.+-]+(?<!\\)@[\w-]+\.\w+/gi) ?? []));
    }
    if ('children' in node) for (const child of node.children) visit(child);
  };
  visit(fromMarkdown(markdown));
  return { links, others, addresses };
}
