/**
 * Vue's single-file components: the scripts, and the expressions of the template (`{{ … }}`, `:name="…"`, `v-if="…"`, `@event="…"`),
 * each a statement of the one TypeScript text that is left when everything else is blanked. Elements of the template are facts of
 * their own. Templates in other languages (`lang="pug"`) and styles are not read.
 */
import type { Span } from '../../text.ts';
import type { FactSink, Language } from '../language.ts';
import {
  blankCharacters,
  copySpan,
  elementOf,
  type MarkupAttribute,
  type MarkupTag,
  simpleExpression,
  tagAt,
  textValue,
} from '../markup.ts';
import { typescript } from '../typescript/index.ts';

export const vue: Language = {
  id: 'vue',
  holds: 'typescript',
  grammar: typescript.grammar,
  extensions: ['.vue'],
  snippet: code => `<script>${code}</script>`,
  blank: blankComponent,
  addMarkup: addElements,
  extractChunk: typescript.extractChunk,
};

/** The code of a component, in a text of the same length and lines. */
export function blankComponent(text: string): string {
  const out = blankCharacters(text);
  for (const part of partsOf(text)) {
    if (part.kind === 'script') copySpan(out, text, part.span);
    else if (part.kind === 'expression') copyExpression(out, text, part.span);
    else for (const attribute of part.tag.attributes) copyAttribute(out, text, attribute);
  }
  return out.join('');
}

function addElements(text: string, sink: FactSink): void {
  for (const part of partsOf(text)) {
    if (part.kind !== 'tag' || part.tag.form === 'close') continue;
    sink.elements.push(
      elementOf({ ...part.tag, name: pascalCase(part.tag.name) }, ({ name, value }) => {
        if (value === null) return { name, value: null };
        const bound = /^(?::|v-bind:)(.+)$/.exec(name)?.[1];
        return bound === undefined
          ? { name: camelCase(name), value: textValue(text, value) }
          : { name: camelCase(bound), value: simpleExpression(text, value) };
      }),
    );
  }
}

type Part =
  | { readonly kind: 'script'; readonly span: Span }
  | { readonly kind: 'expression'; readonly span: Span }
  | { readonly kind: 'tag'; readonly tag: MarkupTag };

/** Scripts, and what the template holds; the other blocks of a component are passed over. */
function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  let depth = 0;
  for (let at = 0; at < text.length; ) {
    const next = depth === 0 ? text.indexOf('<', at) : nextOf(text, at);
    if (next < 0) break;
    if (text.startsWith('<!--', next)) {
      const end = text.indexOf('-->', next + 4);
      if (end < 0) break;
      at = end + 3;
    } else if (text.startsWith('{{', next)) {
      const end = text.indexOf('}}', next + 2);
      if (end < 0) break;
      parts.push({ kind: 'expression', span: { start: next + 2, end } });
      at = end + 2;
    } else {
      const tag = tagAt(text, next);
      at = tag?.span.end ?? next + 1;
      if (tag === null) continue;
      if (tag.name === 'template') depth += tag.form === 'open' ? 1 : tag.form === 'close' ? -1 : 0;
      const isOther =
        tag.form === 'open' && (depth === 0 || (depth === 1 && tag.name === 'template' && isPug(text, tag)));
      if (isOther) {
        const close = closeOf(text, tag);
        if (tag.name === 'script') parts.push({ kind: 'script', span: { start: tag.span.end, end: close } });
        depth = 0;
        at = close;
      } else if (depth > 0) parts.push({ kind: 'tag', tag });
      depth = Math.max(depth, 0);
    }
  }
  return parts;
}

function nextOf(text: string, at: number): number {
  const found = /<|\{\{/g;
  found.lastIndex = at;
  return found.exec(text)?.index ?? -1;
}

function isPug(text: string, { attributes }: MarkupTag): boolean {
  const lang = attributes.find(({ name }) => name === 'lang')?.value ?? null;
  return lang !== null && text.slice(lang.start, lang.end) !== 'html';
}

/** Where a block's closing tag begins, or the text's end. */
function closeOf(text: string, { name, span }: MarkupTag): number {
  const close = text.indexOf(`</${name}`, span.end);
  return close < 0 ? text.length : close;
}

/** `:name="a"` becomes `;(a)`, what an event does a block. */
function copyAttribute(out: string[], text: string, { name, value, quote }: MarkupAttribute): void {
  if (value === null || (quote !== '"' && quote !== "'") || !/^(?::|@|v-)/.test(name)) return;
  const directive = name.replace(/^(?:v-slot|v-pre|v-cloak|v-once|v-else$).*/, '');
  if (directive === '' || value.end <= value.start) return;
  copySpan(out, text, value);
  const isHandler = name.startsWith('@') || name.startsWith('v-on:');
  out[value.start - 2] = ';';
  out[value.start - 1] = isHandler ? '{' : '(';
  out[value.end] = isHandler ? '}' : ')';
  if (name !== 'v-for') return;
  // `item of items` is no expression, `item in items` is.
  const of = /\sof\s/.exec(text.slice(value.start, value.end));
  if (of !== null) [out[value.start + of.index + 1], out[value.start + of.index + 2]] = ['i', 'n'];
}

function copyExpression(out: string[], text: string, span: Span): void {
  copySpan(out, text, span);
  out[span.start - 2] = ';';
  out[span.start - 1] = '(';
  out[span.end] = ')';
  out[span.end + 1] = ';';
}

/** `<feature-flag>` is the component `FeatureFlag`. */
function pascalCase(name: string): string {
  return name.includes('-') ? camelCase(`-${name}`) : name;
}

/** Attributes may be written `flag-key` for the property `flagKey`. */
function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
