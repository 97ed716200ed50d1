/**
 * Svelte's components: the scripts, and what stands in braces in the markup (`{#if …}`, `{@const …}`, `name={…}`), each a statement
 * of the one TypeScript text that is left when everything else is blanked. Elements are facts of their own. Styles are not read.
 */
import type { Span } from '../../text.ts';
import type { FactSink, Language, TreeSource } from '../language.ts';
import {
  blankCharacters,
  closingBracket,
  copySpan,
  elementOf,
  type MarkupTag,
  MOST_OPEN,
  simpleExpression,
  tagAt,
  textValue,
} from '../markup.ts';
import { typescript } from '../typescript/index.ts';
import { storeReads } from './storeReads.ts';

export const svelte: Language = {
  id: 'svelte',
  holds: 'typescript',
  grammar: typescript.grammar,
  extensions: ['.svelte'],
  snippet: code => `<script>${code}</script>`,
  blank: blankComponent,
  addMarkup: addElements,
  extractChunk,
};

function extractChunk(node: TreeSource, text: string, sink: FactSink): void {
  typescript.extractChunk(node, text, sink);
  sink.members.push(...storeReads(node, text));
}

/** The code of a component, in a text of the same length and lines. */
export function blankComponent(text: string): string {
  const out = blankCharacters(text);
  for (const part of partsOf(text)) {
    if (part.kind === 'script') copySpan(out, text, part.span);
    else if (part.kind === 'braces') copyBraces(out, text, part.span);
    else {
      for (const { value, quote } of part.tag.attributes) {
        if (value === null) continue;
        if (quote === '{') copyBraces(out, text, value);
        else copyInside(out, text, value);
      }
    }
  }
  return out.join('');
}

function addElements(text: string, sink: FactSink): void {
  for (const part of partsOf(text)) {
    if (part.kind !== 'tag' || part.tag.form === 'close') continue;
    sink.elements.push(
      elementOf(part.tag, ({ name, value, quote }) => {
        if (value === null) return { name, value: null };
        const held = quote === '{' ? simpleExpression(text, value) : textValue(text, value);
        // `{name}` is short for `name={name}`.
        return { name: name === '' ? text.slice(value.start, value.end).trim() : name, value: held };
      }),
    );
  }
}

type Part =
  | { readonly kind: 'script'; readonly span: Span }
  | { readonly kind: 'braces'; readonly span: Span }
  | { readonly kind: 'tag'; readonly tag: MarkupTag };

function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  const found = /<!--|<(?=[/A-Za-z])|\{/g;
  let open = 0;
  for (let match = found.exec(text); match !== null && open < MOST_OPEN; match = found.exec(text)) {
    const at = match.index;
    if (match[0] === '<!--') {
      const end = text.indexOf('-->', at + 4);
      if (end < 0) break;
      found.lastIndex = end + 3;
    } else if (match[0] === '{') {
      const close = closingBracket(text, at);
      if (close === null) open++;
      if (close === null) continue;
      parts.push({ kind: 'braces', span: { start: at + 1, end: close } });
      found.lastIndex = close + 1;
    } else {
      const tag = tagAt(text, at, 'braces');
      if (tag === null) open++;
      if (tag === null) continue;
      found.lastIndex = tag.span.end;
      if (tag.form === 'open' && (tag.name === 'script' || tag.name === 'style')) {
        const close = text.indexOf(`</${tag.name}`, tag.span.end);
        const end = close < 0 ? text.length : close;
        if (tag.name === 'script') parts.push({ kind: 'script', span: { start: tag.span.end, end } });
        found.lastIndex = end;
      } else parts.push({ kind: 'tag', tag });
    }
  }
  return parts;
}

/** Braces inside an attribute's quotes: `class="a {b}"`. */
function copyInside(out: string[], text: string, { start, end }: Span): void {
  for (let at = text.indexOf('{', start); at >= 0 && at < end; ) {
    const close = closingBracket(text, at, end);
    if (close === null) return;
    copyBraces(out, text, { start: at + 1, end: close });
    at = text.indexOf('{', close + 1);
  }
}

/** `{#if a}` becomes `;(a)`. What closes a block or spreads holds no expression of its own. */
function copyBraces(out: string[], text: string, span: Span): void {
  const source = text.slice(span.start, span.end);
  const head =
    /^\s*(?:#(?:if|each|await|key)\b|:else\s+if\b|:(?:then|catch|else)\b|@(?:html|render|debug|attach)\b|\.\.\.)/.exec(
      source,
    )?.[0] ?? '';
  const isConst = /^\s*@const\b/.test(source);
  if (/^\s*(?:\/|#snippet|:(?:then|catch|else)\b(?!\s+if)|@(?:debug)\b)/.test(source)) return;
  const body = source.slice(head.length);
  // `items as item, index (key)`, `promise then value`: what comes first is the expression.
  const tail = head.includes('each')
    ? /\sas\s[\s\S]*$/.exec(body)
    : head.includes('await')
      ? /\s(?:then|catch)\b[\s\S]*$/.exec(body)
      : null;
  const start = span.start + head.length;
  const end = span.end - (tail === null ? 0 : body.length - tail.index);
  if (body.trim() === '') return;
  copySpan(out, text, { start, end });
  if (isConst) out[start + body.indexOf('@')] = ' ';
  // A keyword leaves room for a parenthesis; what stands alone in braces is a statement by itself.
  const isWrapped = head !== '';
  out[span.start - 1] = ';';
  if (isWrapped) out[start - 1] = '(';
  out[end] = isWrapped ? ')' : ';';
  if (isWrapped && end < span.end) out[span.end] = ';';
}
