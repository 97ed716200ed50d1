/**
 * TypeScript, TSX and JavaScript: three grammars that share one walk, since they name their nodes alike. Vue and Svelte
 * files, whose scripts are embedded, do not live here.
 */
import type { Node } from 'web-tree-sitter';
import { createSink, type FactSink, type Language } from '../language.ts';
import { appendInOrder } from '../sinkOrder.ts';
import { walkChunk } from './statements.ts';

export const typescript: Language = {
  id: 'typescript',
  grammar: 'tree-sitter-typescript',
  extensions: ['.ts', '.mts', '.cts'],
  extractChunk,
};

export const tsx: Language = {
  id: 'tsx',
  grammar: 'tree-sitter-tsx',
  extensions: ['.tsx'],
  extractChunk,
};

/** JSX needs no grammar of its own: JavaScript's reads it. */
export const javascript: Language = {
  id: 'javascript',
  grammar: 'tree-sitter-javascript',
  extensions: ['.js', '.jsx', '.mjs', '.cjs'],
  extractChunk,
};

function extractChunk(node: Node, text: string, sink: FactSink): void {
  const found = createSink();
  walkChunk(node, text, found);
  appendInOrder(found, sink);
}
