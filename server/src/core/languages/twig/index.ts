/** Twig's templates: calls and members in `{% … %}` and `{{ … }}`. */
import type { FactSink, Language } from '../language.ts';
import { addTagExpressions } from '../tagExpressions.ts';
import { templateTags } from '../templateTags.ts';

export const twig: Language = {
  id: 'twig',
  grammar: 'tree-sitter-php',
  extensions: ['.twig'],
  snippet: code => `{{ ${code} }}`,
  blank: text => text.replace(/[^\r\n]/g, ' '),
  addMarkup: addTags,
  extractChunk: () => {},
};

function addTags(text: string, sink: FactSink): void {
  for (const { form, nameSpan, span } of templateTags(text))
    addTagExpressions(text, form === 'statement' ? { start: nameSpan.end, end: span.end } : span, sink);
}
