/**
 * Kotlin: what one top-level declaration says. How each construct becomes a fact:
 *
 * - `import a.b.C as D` binds `D` to `C` of `a.b`; `import a.b.*` has the local name `*`.
 * - A property is a member of the type around, with the value it is given, the last one of `by lazy { … }`, or the only one that
 *   its getter returns; a getter is also a function. What a companion object declares belongs to the type around it.
 * - An object is a class that is its own only instance. Enum entries are members whose value constructs the enum.
 * - A primary constructor is a function with the name of its type and the type's span; its `val`s and `var`s are fields too.
 * - An extension's receiver is a parameter `this` at position -1. A lambda without parameters has the parameter `it`.
 * - A call of something with a capital letter constructs it. A lambda behind a call is its last argument; `a f b` is `a.f(b)`.
 * - `if`, `when` and `?:` are choices of their values; a `when` over a subject is an index into what its branches give.
 * - Annotations are decorators. `Foo::class` and `Foo::class.java` are the member `class` of `Foo`.
 * - Types: `?` and type arguments are taken off, but `Lazy<T>`, `Provider<T>` and the like mean `T`.
 */

import { addChunkFacts } from '../classChunks.ts';
import type { Language } from '../language.ts';
import type { PlainShape } from '../plainTree.ts';
import { blankFields } from './blank.ts';
import { ANCHORS, walkWithErrors } from './statements.ts';

export const kotlin: Language = {
  id: 'kotlin',
  grammar: 'tree-sitter-kotlin',
  hasLargeLexer: true,
  extensions: ['.kt', '.kts'],
  errorIsOneChunk: true,
  blank: blankFields,
  extractChunk: (node, text, sink) => addChunkFacts(node, text, sink, { shape: SHAPE, walk: walkWithErrors }),
};

const SHAPE: PlainShape = {
  anchors: ANCHORS,
  leaves: new Set([
    'identifier',
    'number_literal',
    'float_literal',
    'character_literal',
    'string_content',
    'escape_sequence',
    'line_comment',
    'block_comment',
    'visibility_modifier',
    'class_modifier',
    'member_modifier',
    'property_modifier',
    'inheritance_modifier',
    'function_modifier',
  ]),
};
