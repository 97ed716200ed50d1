/**
 * Go: what one top-level declaration says. How each construct becomes a fact:
 *
 * - An import without a name gets the one that goimports assumes: the path's last segment (the one before it when that is a
 *   major version such as `v2`), without a leading `go-`, up to the first character that no identifier has. That is a guess:
 *   the package may call itself otherwise. A dot import has the local name `*`, a blank one `_`.
 * - `a, err := f()` binds `a` to the call itself and `err` to its index 1, for it is the first result that is worth following;
 *   for the same reason a function's `returns` hold the first value of each `return`.
 * - A local name is seen from the end of its statement to the end of its block, so that `x := x` means the outer `x` on its
 *   right. Assigning to a name that no enclosing block or function declares binds it in the file: it is the package's.
 * - Constants: `iota` is unknown, and a constant that repeats the line above has no value (null).
 * - Struct fields, and `s.field = x` on the receiver, are bindings with the type as owner, visible in the file: methods stand
 *   elsewhere than their type. Embedded types are `bases`.
 * - `pkg.Type{Key: v}` and `&pkg.Type{…}` are constructing calls of the type, with one argument for each field (named when
 *   keyed; by the key's source where it is no name or string). An element of `[]T{{…}}` or `map[K]T{k: {…}}` is one too: its
 *   callee is the `T` written before it and its `nameSpan` the opening brace. Slices and arrays are `array`, maps and
 *   unnamed structs `object` (entries with string keys, or field names).
 * - Types: pointers and type arguments are taken off; `[]T` is an array of `T`; other unnamed types are unknown.
 *   Conversions such as `Flag("x")` stay calls. `f[x](y)` is read as an instantiation (a call of `f`), `a.f[x](y)` as an index
 *   unless `x` is a predeclared type: only the compiler can tell. A type assertion is the value that it asserts on.
 * - `fmt.Sprintf` with a constant format is a call in `calls`, and a template where its value is used.
 */
import type { Language } from '../language.ts';
import { createSink, FILE_SCOPE } from '../language.ts';
import { type PlainNode, type PlainShape, readPlainTree } from '../plainTree.ts';
import { appendInOrder } from '../sinkOrder.ts';
import { ANCHORS, walkWithErrors } from './statements.ts';

export const go: Language = {
  id: 'go',
  grammar: 'tree-sitter-go',
  extensions: ['.go'],
  snippet: code => `package p\nfunc f() { _ = ${code} }`,
  chunksStandAlone: true,
  extractChunk(node, text, sink) {
    const { root, comments } = readPlainTree(node, SHAPE);
    const found = createSink();
    for (const comment of comments) addComment(comment);
    walkWithErrors(root, {
      text,
      sink: found,
      scope: { span: FILE_SCOPE, names: new Map(), outer: null },
      receivers: [],
      returns: null,
    });
    appendInOrder(found, sink);

    function addComment(comment: PlainNode): void {
      const source = text.slice(comment.start, comment.end);
      const leader = source.startsWith('/*') ? 2 : (/^\/+/.exec(source)?.[0].length ?? 0);
      const trailer = source.startsWith('/*') && source.endsWith('*/') && source.length >= 4 ? 2 : 0;
      const span = { start: comment.start + leader, end: comment.end - trailer };
      found.comments.push({ text: text.slice(span.start, span.end), span });
    }
  },
};

const SHAPE: PlainShape = {
  anchors: ANCHORS,
  /** Nodes without parts that matter: a string is decoded from the text. */
  leaves: new Set([
    'identifier',
    'field_identifier',
    'type_identifier',
    'package_identifier',
    'blank_identifier',
    'interpreted_string_literal',
    'raw_string_literal',
    'rune_literal',
    'int_literal',
    'float_literal',
    'imaginary_literal',
    'true',
    'false',
    'nil',
    'iota',
    'comment',
  ]),
};
