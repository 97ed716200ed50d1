/**
 * PHP: what one top-level statement says. How each construct becomes a fact:
 *
 * - `namespace A\B;` is the package. `use A\B as C` binds `C` to `B` of `A`; functions and constants likewise.
 * - Names are as written: `Feature`, `\A\Feature`, `$variable`. `self` and `static` are `self`, `parent` is the base class.
 * - A variable is seen in the whole function (or file) that assigns it. Properties and class constants are members of their
 *   class, without `$`; a parameter that a constructor promotes is both.
 * - `A::B`, `A::$b` and `$a->b` are member accesses, `A::class` too; with a computed name they are indices.
 * - `new A(…)` constructs; `f(...)` calls nothing. `app(A::class)` and `$container->get(A::class)` are worth an `A`.
 * - An enum's case has its value, or its name where it has none.
 * - Attributes are decorators. Traits that a class uses are among its bases.
 * - An array with keys is an object. `sprintf`, `implode` and `.` with constant text are templates.
 */
import type { Language } from '../language.ts';
import { createSink, type FactSink, type TreeSource } from '../language.ts';
import { type PlainShape, readPlainTree } from '../plainTree.ts';
import { appendInOrder } from '../sinkOrder.ts';
import { fileContext } from './context.ts';
import { ANCHORS, walkWithErrors } from './statements.ts';

export const php: Language = {
  id: 'php',
  grammar: 'tree-sitter-php',
  extensions: ['.php', '.phtml', '.inc'],
  snippet: code => `<?php ${code};`,
  errorIsOneChunk: true,
  extractChunk: extractPhpChunk,
};

/** The facts of a chunk of PHP, be it a file's own or a template's. */
export function extractPhpChunk(node: TreeSource, text: string, sink: FactSink): void {
  const { root, comments } = readPlainTree(node, SHAPE);
  const found = createSink();
  for (const comment of comments) {
    const source = text.slice(comment.start, comment.end);
    const block = source.startsWith('/*');
    const leader = (block ? /^\/\*+(?!\/)/ : /^(?:\/\/+|#+)/).exec(source)?.[0].length ?? 0;
    const trailer = block && source.endsWith('*/') && source.length >= leader + 2 ? 2 : 0;
    const span = { start: comment.start + leader, end: comment.end - trailer };
    found.comments.push({ text: text.slice(span.start, span.end), span });
  }
  walkWithErrors(root, fileContext(text, found));
  appendInOrder(found, sink);
}

const SHAPE: PlainShape = {
  anchors: ANCHORS,
  /** Nodes without parts that matter: an escape is decoded from the text. */
  leaves: new Set([
    'name',
    'integer',
    'float',
    'boolean',
    'null',
    'string_content',
    'escape_sequence',
    'nowdoc_string',
    'heredoc_start',
    'heredoc_end',
    'comment',
    'text',
    'php_tag',
    'php_end_tag',
    'primitive_type',
    'cast_type',
    'relative_scope',
  ]),
};
