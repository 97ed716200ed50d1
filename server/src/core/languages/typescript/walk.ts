/**
 * What the statement and expression walks share: where they are, and small helpers over nodes. No facts are made here.
 */

import type { Span } from '../../text.ts';
import type { Expr } from '../facts.ts';
import type { FactSink } from '../language.ts';
import type { PlainNode } from '../plainTree.ts';
import { sourceOf } from '../plainTree.ts';
import type { TypeBounds } from '../typeBounds.ts';

/** Where a walk is. Contexts are copied, never changed, on the way down. */
export interface Walk {
  readonly text: string;
  readonly sink: FactSink;
  /** Where a `let` or `const` declared here is visible. */
  readonly scope: Span;
  /** Where a `var` declared here is visible: the enclosing function, or the file. */
  readonly functionScope: Span;
  /** The class the walk is in, for `this`. */
  readonly owner: { readonly name: string; readonly span: Span } | null;
  /** What the type parameters around must be. */
  readonly bounds?: TypeBounds;
  /** Collects the values the enclosing function returns. */
  readonly returns: Expr[] | null;
  /** The enclosing function's name, if it has one. */
  readonly functionName: string | null;
}

/** Adds a comment fact: the text between the comment's leader and its end. */
export function addComment(node: PlainNode, walk: Walk): void {
  const source = sourceOf(node, walk);
  const leader = source.startsWith('/*') ? 2 : (/^(?:\/\/+|#!|<!--)/.exec(source)?.[0].length ?? 0);
  const trailer = source.startsWith('/*') && source.endsWith('*/') && source.length >= 4 ? 2 : 0;
  const start = node.start + leader;
  const end = node.end - trailer;
  walk.sink.comments.push({ text: walk.text.slice(start, end), span: { start, end } });
}

/** The value of a string literal's source, quotes included. */
export function unquote(source: string): string {
  const body = source.slice(1, source.length > 1 && source.endsWith(source.charAt(0)) ? -1 : undefined);
  return body.includes('\\') ? decodeEscapes(body) : body;
}

/** Decodes JavaScript escapes; an invalid one stays as written. */
export function decodeEscapes(body: string): string {
  return body.replace(
    /\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|[\s\S]))/g,
    (
      whole,
      point: string | undefined,
      unit: string | undefined,
      byte: string | undefined,
      single: string | undefined,
    ) => {
      const code = point ?? unit ?? byte;
      if (code !== undefined) {
        const value = Number.parseInt(code, 16);
        return value <= 0x10ffff ? String.fromCodePoint(value) : whole;
      }
      return single === undefined ? whole : (SINGLE_ESCAPES[single] ?? single);
    },
  );
}

const SINGLE_ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
  '\n': '',
  '\r\n': '',
};
