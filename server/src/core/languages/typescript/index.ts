/**
 * TypeScript, TSX and JavaScript: three grammars that share one walk, since they name their nodes alike. Vue and Svelte
 * files, whose scripts are embedded, do not live here.
 */
import { createSink, type FactSink, type Language, type TreeSource } from '../language.ts';
import { type PlainShape, readPlainTree } from '../plainTree.ts';
import { appendInOrder } from '../sinkOrder.ts';
import { walkChunk } from './statements.ts';

export const typescript: Language = {
  id: 'typescript',
  grammar: 'tree-sitter-typescript',
  extensions: ['.ts', '.mts', '.cts'],
  chunksStandAlone: true,
  extractChunk,
};

export const tsx: Language = {
  id: 'tsx',
  grammar: 'tree-sitter-tsx',
  extensions: ['.tsx'],
  chunksStandAlone: true,
  extractChunk,
};

/** JSX needs no grammar of its own: JavaScript's reads it. */
export const javascript: Language = {
  id: 'javascript',
  grammar: 'tree-sitter-javascript',
  extensions: ['.js', '.jsx', '.mjs', '.cjs'],
  chunksStandAlone: true,
  extractChunk,
};

function extractChunk(node: TreeSource, text: string, sink: FactSink): void {
  const found = createSink();
  walkChunk(readPlainTree(node, SCRIPT_SHAPE), text, found);
  appendInOrder(found, sink);
}

/** What is wanted of the trees of all three, and of templates that hold scripts. */
export const SCRIPT_SHAPE: PlainShape = {
  anchors: new Set(),
  errors: 'in place',
  /** `export default`, `export *`. */
  passedTokens: new Set(['export', 'type']),
  /** Nodes without parts that matter: a string is decoded from the text. */
  leaves: new Set([
    'identifier',
    'property_identifier',
    'private_property_identifier',
    'shorthand_property_identifier',
    'shorthand_property_identifier_pattern',
    'statement_identifier',
    'type_identifier',
    'this',
    'super',
    'true',
    'false',
    'null',
    'undefined',
    'number',
    'string',
    'string_fragment',
    'escape_sequence',
    'regex',
    'jsx_text',
    'predefined_type',
    'accessibility_modifier',
    'override_modifier',
    'optional_chain',
    'comment',
  ]),
};
