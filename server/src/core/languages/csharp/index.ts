/**
 * C#: what one top-level declaration says. How each construct becomes a fact:
 *
 * - `using A.B` has the local name `*`, and so has `using static A.B.C`; `using F = A.B.C` binds `F` to `C` of `A.B`. A `global
 *   using` is also exported, under `*` or its alias: it holds in every file of its project.
 * - `packageName` is the namespace of the file's first type.
 * - Fields, properties and names assigned without a declaration are members of the type around, with its span as scope: that
 *   tells the members of nested types apart. A property has the value it is given, or the only one that its getter returns;
 *   a getter with a body is also a function.
 * - A local name is seen from where it stands to the end of its block; in top-level statements, in the file.
 * - A constructor is a function with the name of its type. A primary constructor spans its type; the parameters of a record
 *   are also fields.
 * - Attributes are decorators; `[A(X = 1)]` has a named argument, as `f(x: 1)` has.
 * - `new T { Key = v }` and `new(v)` construct `T` (the declared type), the first with an argument named `Key`. A dictionary's
 *   initializer is an object.
 * - `f<T>()` keeps `T` in `typeArguments` if it is the only one: it is mostly the type of what `f` finds or makes.
 * - Types: `?` and type arguments are taken off, but `Task<T>`, `Lazy<T>` and the like mean `T`; predefined types are unknown.
 * - `nameof(A.B)` is the string `B`. Interpolations and `string.Format` with a constant format are templates; alignment and
 *   formats make a part unknown.
 * - Both branches of `#if` are code.
 */
import { addChunkFacts } from '../classChunks.ts';
import type { Language } from '../language.ts';
import type { PlainShape } from '../plainTree.ts';
import { ANCHORS, walkWithErrors } from './statements.ts';

export const csharp: Language = {
  id: 'csharp',
  grammar: 'tree-sitter-c-sharp',
  extensions: ['.cs', '.csx'],
  snippet: code => `class C { object F() { return ${code}; } }`,
  extractChunk: (node, text, sink) => addChunkFacts(node, text, sink, { shape: SHAPE, walk: walkWithErrors }),
};

const SHAPE: PlainShape = {
  anchors: ANCHORS,
  /** Nodes without parts that matter: a string without interpolations is decoded from the text. */
  leaves: new Set([
    'identifier',
    'string_literal',
    'verbatim_string_literal',
    'raw_string_literal',
    'character_literal',
    'integer_literal',
    'real_literal',
    'boolean_literal',
    'null_literal',
    'predefined_type',
    'implicit_type',
    'modifier',
    'comment',
    'string_content',
    'escape_sequence',
    'interpolation_start',
    'interpolation_quote',
    'interpolation_brace',
    'preproc_arg',
    'preproc_region',
    'preproc_endregion',
    'preproc_pragma',
    'preproc_nullable',
  ]),
};
