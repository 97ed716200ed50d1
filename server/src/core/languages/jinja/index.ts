/**
 * Django's and Jinja's templates: calls and members in `{% … %}` and `{{ … }}`, and Django's own tags as elements named `%tag` whose
 * operands are the attributes `0`, `1` and so on. `{% load library %}` is an import of everything in that library. HTML counts
 * as a template where both frameworks keep theirs: below a folder `templates` or `jinja2`.
 */
import type { FactSink, Language } from '../language.ts';
import { addTagExpressions, tagOperands } from '../tagExpressions.ts';
import { templateTags } from '../templateTags.ts';

export const jinja: Language = {
  id: 'jinja',
  grammar: 'tree-sitter-python',
  extensions: ['.jinja', '.jinja2', '.j2', '.djhtml'],
  folders: { names: ['templates', 'jinja2'], extensions: ['.html', '.htm'] },
  snippet: code => `{{ ${code} }}`,
  blank: text => text.replace(/[^\r\n]/g, ' '),
  addMarkup: addTags,
  extractChunk: () => {},
};

function addTags(text: string, sink: FactSink): void {
  for (const { form, name, nameSpan, span } of templateTags(text)) {
    addTagExpressions(text, form === 'statement' ? { start: nameSpan.end, end: span.end } : span, sink);
    if (form === 'output' || name === '') continue;
    const operands = tagOperands(text, { start: nameSpan.end, end: span.end });
    if (name === 'load') {
      for (const library of operands) {
        if (library.kind === 'name')
          sink.imports.push({ local: '*', imported: '*', from: library.name, span: library.span });
      }
    } else {
      const plain = operands.filter(({ kind }) => kind !== 'call');
      if (plain.length === 0) continue;
      const attributes = plain.map((value, index) => ({ name: String(index), value, span: value.span }));
      sink.elements.push({ name: `%${name}`, nameSpan, attributes, span });
    }
  }
}
