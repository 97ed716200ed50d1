/**
 * Angular's templates in files of their own. No grammar reads them: directives, attributes, pipes and the names in expressions are
 * found by `template.ts`, which reads templates written inside a component's decorator as well. HTML counts as a template where its name
 * says what it belongs to (`pay.component.html`), and in the folders in which Angular's projects keep their sources; in any other HTML nothing
 * of this is found, since it has no such attributes.
 */
import type { Language } from '../language.ts';
import { addAngularTemplate } from './template.ts';

export const angular: Language = {
  id: 'angular',
  grammar: 'tree-sitter-typescript',
  extensions: ['component', 'container', 'dialog', 'directive', 'modal', 'ng', 'page', 'view'].map(
    kind => `.${kind}.html`,
  ),
  folders: { names: ['app', 'src'], extensions: ['.html'] },
  snippet: code => `{{ ${code} }}`,
  blank: text => text.replace(/[^\r\n]/g, ' '),
  addMarkup: (text, sink) => addAngularTemplate(text, { start: 0, end: text.length }, sink),
  extractChunk: () => {},
};
