/**
 * Text with a little structure, as features give it: strong words, code, links to places in the repository. The fronts turn it
 * into Markdown with their own addresses, or into plain text.
 */
import type { Span } from '../text.ts';

export type LinkTarget =
  | { readonly kind: 'place'; readonly path: string; readonly span: Span | null }
  | { readonly kind: 'url'; readonly url: string };

export type RichPart =
  | { readonly kind: 'text' | 'strong' | 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly target: LinkTarget }
  /** Begins a column: neighbouring lines with columns make a table where there are tables; elsewhere `text` stands between the cells. */
  | { readonly kind: 'column'; readonly text: string; readonly name: string };

/** One line of it. */
export type RichLine = readonly RichPart[];

export function plain(text: string): RichPart {
  return { kind: 'text', text };
}

export function strong(text: string): RichPart {
  return { kind: 'strong', text };
}

export function code(text: string): RichPart {
  return { kind: 'code', text };
}

export function linkTo(text: string, path: string, span: Span | null): RichPart {
  return { kind: 'link', text, target: { kind: 'place', path, span } };
}

export function linkToUrl(text: string, url: string): RichPart {
  return { kind: 'link', text, target: { kind: 'url', url } };
}

/** @param name the column's head. @param text what stands before the cell where there is no table. */
export function column(name: string, text: string): RichPart {
  return { kind: 'column', text, name };
}

/** The line's words alone. */
export function plainText(line: RichLine): string {
  return line.map(part => part.text).join('');
}

/** Puts a separator between lines' parts, making one line of them. */
export function joinLines(lines: readonly RichLine[], separator: string): RichLine {
  return lines.flatMap((line, index) => (index === 0 ? line : [plain(separator), ...line]));
}
