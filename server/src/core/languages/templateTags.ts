/**
 * The tags of Django's, Jinja's and Twig's templates: `{% … %}`, `{{ … }}`, `{# … #}`, and what Django and Jinja keep verbatim.
 * What stands in a tag is `tagExpressions.ts`' business.
 */
import type { Span } from '../text.ts';

export interface TemplateTag {
  readonly form: 'statement' | 'output';
  /** What stands inside, without the signs around it. */
  readonly span: Span;
  /** The first word of a statement; empty for an output. */
  readonly name: string;
  readonly nameSpan: Span;
}

/** All tags of a template, in order. Comments and verbatim parts hold none. */
export function templateTags(text: string): readonly TemplateTag[] {
  const tags: TemplateTag[] = [];
  const opening = /\{[%{#]/g;
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    const at = match.index;
    const close = text.indexOf(CLOSING[match[0]]!, at + 2);
    if (close < 0) break;
    opening.lastIndex = close + 2;
    if (match[0] === '{#') continue;
    const [, lead = '', name = ''] = /^([-~+]?\s*)([A-Za-z_]\w*)?/.exec(text.slice(at + 2, close)) ?? [];
    const end = /[-~+]/.test(text.charAt(close - 1)) && close - 1 > at + 2 ? close - 1 : close;
    const start = at + 2 + lead.length;
    if (match[0] === '{{') {
      tags.push({
        form: 'output',
        span: { start, end: Math.max(start, end) },
        name: '',
        nameSpan: { start, end: start },
      });
      continue;
    }
    if (name === 'verbatim' || name === 'raw' || name === 'comment') {
      const ends = new RegExp(`\\{%[-~+]?\\s*end${name}\\b`, 'g');
      ends.lastIndex = close + 2;
      opening.lastIndex = ends.exec(text)?.index ?? text.length;
      continue;
    }
    const nameSpan = { start, end: start + name.length };
    tags.push({ form: 'statement', span: { start, end: Math.max(nameSpan.end, end) }, name, nameSpan });
  }
  return tags;
}

const CLOSING: Readonly<Record<string, string>> = { '{%': '%}', '{{': '}}', '{#': '#}' };
