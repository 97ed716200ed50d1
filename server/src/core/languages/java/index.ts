/**
 * Java: what one top-level declaration says. How each construct becomes a fact:
 *
 * - `import a.b.C` binds `C` to `C` of `a.b`, `import static a.B.C` the same with `a.B`; `import a.b.*` has the local name `*`.
 * - Fields, record components and names assigned without a declaration are members of the type around, with its span as scope:
 *   that tells the members of nested types apart. An anonymous class is a type without a name, and its members have the owner ''.
 * - A local name is seen from where it stands to the end of its block.
 * - A constructor is a function with the name of its type. A record's parameters are those of a constructor that spans the
 *   record, and each is also a field and a method that returns it.
 * - Enum constants are members whose value constructs the enum: `PAY("pay")` is `new Flag("pay")`, named where `PAY` stands.
 * - Annotations are decorators; `@A(x = 1)` has a named argument. `Foo.class` is the member `class` of `Foo`.
 * - Types: type arguments are taken off, but `Optional<T>`, `Provider<T>` and the like mean `T`; primitives are unknown.
 * - `String.format` and `"…".formatted` with a constant format are calls in `calls`, and templates where their value is used.
 */
import { addChunkFacts } from '../classChunks.ts';
import type { Language } from '../language.ts';
import type { PlainShape } from '../plainTree.ts';
import { ANCHORS, walkWithErrors } from './statements.ts';

export const java: Language = {
  id: 'java',
  grammar: 'tree-sitter-java',
  extensions: ['.java'],
  snippet: code => `class C { Object f() { return ${code}; } }`,
  chunksStandAlone: true,
  extractChunk: (node, text, sink) => addChunkFacts(node, text, sink, { shape: SHAPE, walk: walkWithErrors }),
};

const SHAPE: PlainShape = {
  anchors: ANCHORS,
  /** Nodes without parts that matter: a string is decoded from the text. */
  leaves: new Set([
    'identifier',
    'type_identifier',
    'string_literal',
    'character_literal',
    'decimal_integer_literal',
    'hex_integer_literal',
    'octal_integer_literal',
    'binary_integer_literal',
    'decimal_floating_point_literal',
    'hex_floating_point_literal',
    'true',
    'false',
    'null_literal',
    'this',
    'super',
    'line_comment',
    'block_comment',
  ]),
};
