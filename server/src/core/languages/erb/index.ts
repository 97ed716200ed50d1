/**
 * ERB: the Ruby between `<%` and `%>`. Everything else is blanked, and what remains is read as one Ruby text, so that a block
 * that begins in one tag and ends in another is a block. Comments (`<%# … %>`) and `<%%` are no code.
 */
import type { Language } from '../language.ts';
import { extractRubyChunk } from '../ruby/index.ts';

export const erb: Language = {
  id: 'erb',
  grammar: 'tree-sitter-ruby',
  extensions: ['.erb', '.rhtml'],
  errorIsOneChunk: true,
  snippet: code => `<% ${code} %>`,
  extractChunk: (node, text, sink) => extractRubyChunk(node, text, sink, /(?<!\s)\s*-?%>|$/),
  blank: blankTemplate,
};

/** The Ruby of a template, each tag a statement, in a text of the same length and lines. */
export function blankTemplate(text: string): string {
  let result = '';
  let at = 0;
  for (const tag of text.matchAll(/<%(?!%)([-=#]?=?)([\s\S]*?)(-?%>|$(?![\s\S]))/g)) {
    const [whole, mark = '', code = '', closing = ''] = tag;
    result += blankOf(text.slice(at, tag.index));
    at = tag.index + whole.length;
    if (mark.startsWith('#')) result += commentOf(text, tag.index, whole);
    else result += `  ${' '.repeat(mark.length)}${code}${closing === '' ? '' : `;${' '.repeat(closing.length - 1)}`}`;
  }
  return result + blankOf(text.slice(at));
}

/** A comment stays one when it is alone on its line: the code of a tag behind it would become part of it. */
function commentOf(text: string, start: number, whole: string): string {
  const rest = /^[^\n]*/.exec(text.slice(start + whole.length))?.[0] ?? '';
  if (whole.includes('\n') || rest.includes('<%') || !whole.endsWith('%>')) return blankOf(whole);
  return `  #${whole.slice(3, -2)}  `;
}

function blankOf(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}
