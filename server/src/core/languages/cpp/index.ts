/**
 * C++: what one top-level declaration says. How each construct becomes a fact:
 *
 * - A namespace is a type of its own form around what stands in it; what it declares is free, and seen in its span. One without
 *   a name is passed over.
 * - `#include "a/b.h"` has the local name `*`, as `using namespace a::b` has; `using a::B` and `namespace n = a::b` bind a name.
 * - A member that is defined outside its class stands in an extension of it. `a->b`, `a.b` and `a::b` are all members.
 * - A declaration without a body is a function that is `declared`; of what is `extern`, and of static members without a value,
 *   only the definition is told.
 * - `#define NAME "text"` is a constant. A macro that is given a name and more where declarations stand declares the name with
 *   the macro's call: `BASE_FEATURE(kPay, …)`.
 * - An enum's constants are members that construct it; without `class` they are names around it, too.
 * - `*`, `&`, casts and `std::move` are taken off; types that hold another, such as `std::unique_ptr<T>`, mean what they hold.
 * - Concatenations, `StrCat` and format calls with a constant format are templates; `std::string("a")` and its like are `"a"`.
 * - Both sides of `#if` are read. What stands between a declaration's words and is a macro for the linker is blanked (`blank.ts`).
 */
import { addChunkFacts } from '../classChunks.ts';
import type { Language } from '../language.ts';
import type { PlainShape } from '../plainTree.ts';
import { blankMacros } from './blank.ts';
import { ANCHORS, walkWithErrors } from './statements.ts';

export const cpp: Language = {
  id: 'cpp',
  grammar: 'tree-sitter-cpp',
  hasLargeLexer: true,
  extensions: ['.cpp', '.cc', '.c', '.cxx', '.c++', '.hpp', '.hh', '.hxx', '.h', '.inl', '.ipp', '.mm'],
  errorIsOneChunk: true,
  snippet: code => `void f() { ${code}; }`,
  blank: blankMacros,
  extractChunk: (node, text, sink) => addChunkFacts(node, text, sink, { shape: SHAPE, walk: walkWithErrors }),
};

const SHAPE: PlainShape = {
  anchors: ANCHORS,
  leaves: new Set([
    'identifier',
    'type_identifier',
    'field_identifier',
    'namespace_identifier',
    'primitive_type',
    'number_literal',
    'char_literal',
    'string_content',
    'escape_sequence',
    'raw_string_content',
    'raw_string_delimiter',
    'literal_suffix',
    'preproc_arg',
    'system_lib_string',
    'comment',
    'this',
    'true',
    'false',
    'null',
    'auto',
  ]),
};
