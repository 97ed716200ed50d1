/** Twig's templates: calls and members in `{% … %}` and `{{ … }}`; conditions are elements named `%if` and `%elseif` too. */
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
  for (const { form, name, nameSpan, span } of templateTags(text)) {
    addTagExpressions(text, form === 'statement' ? { start: nameSpan.end, end: span.end } : span, sink);
    if (name === 'if' || name === 'elseif') sink.elements.push({ name: `%${name}`, nameSpan, attributes: [], span });
  }
}
