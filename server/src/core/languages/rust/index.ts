/**
 * Rust: what one top-level item says. How each construct becomes a fact:
 *
 * - `use a::b::C as D` binds `D` to `C` of `a.b`, and so do paths that begin with `crate`, `self` or `super`. Which module a file
 *   is, its path tells whoever resolves names; `mod m { … }` is a namespace around what stands in it.
 * - An `impl` is an extension of its type, with the trait among its bases. `self` is the name `this`, at no position of its own.
 * - Variants of an enum are members that construct it; a `match` over them is an index into what its arms give.
 * - `&`, `*`, `?` and `.await` are taken off; types that hold another, such as `Arc<T>` and `Option<T>`, mean what they hold.
 * - `format!` with a constant format is a template. What other macros are given is read for the calls and members in it (`macros.ts`).
 */
import { addChunkFacts } from '../classChunks.ts';
import type { Language } from '../language.ts';
import type { PlainShape } from '../plainTree.ts';
import { ANCHORS, walkWithErrors } from './statements.ts';

export const rust: Language = {
  id: 'rust',
  grammar: 'tree-sitter-rust',
  extensions: ['.rs'],
  snippet: code => `fn f() { ${code}; }`,
  extractChunk: (node, text, sink) => addChunkFacts(node, text, sink, { shape: SHAPE, walk: walkWithErrors }),
};

const SHAPE: PlainShape = {
  anchors: ANCHORS,
  leaves: new Set([
    'identifier',
    'type_identifier',
    'field_identifier',
    'primitive_type',
    'integer_literal',
    'float_literal',
    'boolean_literal',
    'string_content',
    'escape_sequence',
    'line_comment',
    'block_comment',
    'lifetime',
    'self',
    'crate',
    'super',
  ]),
};
