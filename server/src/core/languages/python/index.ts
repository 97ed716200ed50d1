/**
 * Python: what one top-level statement says. How each construct becomes a fact:
 *
 * - `import a.b` binds the local name `a` to the module `a` (imported `*`): a use `a.b.f` is the member `b.f` of it, so the
 *   module of a member path is found by appending its names to `from`. `import a.b as c` binds `c` to the module `a.b`.
 *   `from x import *` has the local name `*`. Relative modules keep their dots.
 * - Names are seen in the whole function (or file) that assigns them, as Python has it; `global` and `nonlocal` are obeyed.
 *   Members of classes, and `self.x = …`, have the class as owner and its span as scope.
 * - Unpacking is written out: `a, b = f()` binds `a` to `f()[0]`. A loop over a written-out list binds its name to a choice.
 * - A name that is changed in place (`x += …`) is bound to an unknown value, so that nobody trusts its first one.
 * - Every name of a module is exported; Python has no `exports`.
 * - Decorators stand in `decorators` only; the calls in their arguments are calls.
 */
import type { Language } from '../language.ts';
import { createSink, FILE_SCOPE } from '../language.ts';
import { type PlainShape, readPlainTree } from '../plainTree.ts';
import { appendInOrder } from '../sinkOrder.ts';
import { ANCHORS, walkWithErrors } from './statements.ts';

export const python: Language = {
  id: 'python',
  grammar: 'tree-sitter-python',
  extensions: ['.py', '.pyi', '.pyw'],
  chunksStandAlone: true,
  extractChunk(node, text, sink) {
    const { root, comments } = readPlainTree(node, SHAPE);
    const found = createSink();
    for (const comment of comments) {
      const leader = /^#+!?/.exec(text.slice(comment.start, comment.end))?.[0].length ?? 0;
      const start = comment.start + leader;
      found.comments.push({ text: text.slice(start, comment.end), span: { start, end: comment.end } });
    }
    walkWithErrors(root, {
      text,
      sink: found,
      scope: FILE_SCOPE,
      outerScope: FILE_SCOPE,
      elsewhere: new Map(),
      body: null,
      self: null,
      returns: null,
    });
    appendInOrder(found, sink);
  },
};

const SHAPE: PlainShape = {
  anchors: ANCHORS,
  /** Nodes without parts that matter: an escape is decoded from the text. */
  leaves: new Set([
    'identifier',
    'integer',
    'float',
    'true',
    'false',
    'none',
    'comment',
    'string_start',
    'string_content',
    'string_end',
    'pass_statement',
  ]),
};
