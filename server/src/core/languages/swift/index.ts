/**
 * Swift: what one top-level declaration says. How each construct becomes a fact:
 *
 * - `import A` has the local name `*`; the files of a module see each other without one.
 * - An extension is a type of its own that has the extended type among its bases; see `TypeFact.form`.
 * - A property is a member of the type around, with the value it is given or the only one that its getter returns; a getter is
 *   also a function. `self` is the name `this`.
 * - A case of an enum is a member whose value constructs the enum; its raw value, or its name in an enum of strings, is the
 *   argument `rawValue`.
 * - `.pay` is the member `pay` of the name `.`: what type is meant, where it is used tells.
 * - Arguments have their labels as names, parameters theirs as `label`. A parameter without one counts among those.
 * - A call of something with a capital letter constructs it. Closures behind a call are its last arguments.
 * - `if`, `switch` and `??` are choices of their values; a `switch` over cases is an index into what its branches give.
 * - Attributes (property wrappers too) are decorators. Types: `?`, `any`, `some` and type arguments are taken off.
 */
import { addChunkFacts } from '../classChunks.ts';
import type { Language } from '../language.ts';
import type { PlainShape } from '../plainTree.ts';
import { mendScannerMemory } from './scannerMemory.ts';
import { ANCHORS, walkWithErrors } from './statements.ts';

export const swift: Language = {
  id: 'swift',
  grammar: 'tree-sitter-swift',
  mendGrammar: mendScannerMemory,
  hasLargeLexer: true,
  extensions: ['.swift'],
  errorIsOneChunk: true,
  extractChunk: (node, text, sink) => addChunkFacts(node, text, sink, { shape: SHAPE, walk: walkWithErrors }),
};

const SHAPE: PlainShape = {
  anchors: ANCHORS,
  leaves: new Set([
    'simple_identifier',
    'type_identifier',
    'boolean_literal',
    'integer_literal',
    'hex_literal',
    'oct_literal',
    'bin_literal',
    'real_literal',
    'self_expression',
    'super_expression',
    'line_str_text',
    'multi_line_str_text',
    'raw_str_part',
    'raw_str_end_part',
    'str_escaped_char',
    'comment',
    'multiline_comment',
    'value_binding_pattern',
    'visibility_modifier',
    'member_modifier',
    'property_modifier',
    'directive',
  ]),
};
