/**
 * Razor (`.cshtml`, `.razor`): the C# of `@{ … }`, `@code { … }`, `@if (…) { … }`, `@expression` and `@(…)`, with `@using` and `@inject` as
 * C# would write them, in one text of top-level statements from which all markup is blanked. Members of `@code` become names of
 * the file. Elements, tag helpers among them, are facts of their own; `@addTagHelper *, Package` is a `using` of that package.
 */
import type { Span } from '../../text.ts';
import { csharp } from '../csharp/index.ts';
import type { Expr } from '../facts.ts';
import type { FactSink, Language } from '../language.ts';
import { elementOf, simpleExpression, tagAt, textValue } from '../markup.ts';
import { blankRazor } from './blank.ts';

export const razor: Language = {
  id: 'razor',
  holds: 'csharp',
  grammar: csharp.grammar,
  extensions: ['.cshtml', '.razor'],
  snippet: code => `@{ object x = ${code}; }`,
  blank: blankRazor,
  addMarkup: addElements,
  extractChunk: csharp.extractChunk,
};

function addElements(text: string, sink: FactSink): void {
  const found = /<!--[\s\S]*?-->|@\*[\s\S]*?\*@|^[ \t]*@addTagHelper[ \t]+[^\n,]*,[ \t]*([\w.]+)|<[A-Za-z]/gm;
  for (const match of text.matchAll(found)) {
    const [whole, library] = match;
    if (library !== undefined) {
      const end = match.index + whole.length;
      sink.imports.push({ local: '*', imported: '*', from: library, span: { start: end - library.length, end } });
      continue;
    }
    const tag = whole.length === 2 ? tagAt(text, match.index) : null;
    if (tag === null || tag.attributes.length === 0) continue;
    sink.elements.push(
      elementOf(tag, ({ name, value }) => {
        if (value === null) return { name, value: null };
        const isCode = text.charAt(value.start) === '@';
        const held = isCode ? codeValue(text, { start: value.start + 1, end: value.end }) : textValue(text, value);
        return { name, value: held };
      }),
    );
  }
}

/** What an attribute's code says: `@Keys.Nav`, `@(Keys.Nav)`, `@nameof(Keys.Nav)`. */
function codeValue(text: string, { start, end }: Span): Expr {
  const opening = /^(?:nameof)?\(\s*/.exec(text.slice(start, Math.min(end, start + 20)))?.[0] ?? '';
  const isClosed = opening !== '' && text.charAt(end - 1) === ')';
  const span = isClosed ? { start: start + opening.length, end: end - 1 } : { start, end };
  const held = simpleExpression(text, span);
  const isName = isClosed && opening.startsWith('nameof') && held.kind === 'member';
  return isName ? { kind: 'string', value: held.property, span: held.span } : held;
}
