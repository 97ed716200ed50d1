/**
 * What a language folder provides: a grammar's name, its file extensions, and the walk that turns one top-level node into
 * facts. Loading grammars is the fronts' business (`grammars.ts` takes bytes); matching flags is `core/flags`' business.
 */
import type { Node } from 'web-tree-sitter';
import type { Span } from '../text.ts';
import type {
  BindingFact,
  BranchFact,
  CallExpr,
  CommentFact,
  ElementFact,
  ExportFact,
  FunctionFact,
  ImportFact,
  LanguageId,
  MemberExpr,
  TypeFact,
} from './facts.ts';

export interface Language {
  readonly id: LanguageId;
  /** Base name of the grammar's wasm file, such as `tree-sitter-python`. */
  readonly grammar: string;
  /** File endings with their dot, lower case. */
  readonly extensions: readonly string[];
  /**
   * Adds the facts of one child of the syntax tree's root (a *chunk*) to the sink. It depends on that node's text alone,
   * so that chunks an edit does not touch are never walked again. It must stand any tree: errors, missing nodes, anything
   * nested (bounded depth). Names visible in the whole file have `FILE_SCOPE`.
   */
  extractChunk(node: Node, text: string, sink: FactSink): void;
}

/** Where a chunk's facts are collected, in source order. */
export interface FactSink {
  packageName: string | null;
  readonly imports: ImportFact[];
  readonly exports: ExportFact[];
  readonly functions: FunctionFact[];
  readonly bindings: BindingFact[];
  readonly types: TypeFact[];
  readonly calls: CallExpr[];
  readonly decorators: CallExpr[];
  readonly members: MemberExpr[];
  readonly elements: ElementFact[];
  readonly branches: BranchFact[];
  readonly comments: CommentFact[];
}

/** The scope of names that the whole file sees; it survives shifting. */
export const FILE_SCOPE: Span = { start: 0, end: Number.MAX_SAFE_INTEGER };

/** An empty sink. */
export function createSink(): FactSink {
  return {
    packageName: null,
    imports: [],
    exports: [],
    functions: [],
    bindings: [],
    types: [],
    calls: [],
    decorators: [],
    members: [],
    elements: [],
    branches: [],
    comments: [],
  };
}

/** Expressions and functions nested deeper than this are left out: no code that people write comes near it. */
export const MAX_DEPTH = 200;

/** The span of a syntax node. */
export function spanOf(node: Node): Span {
  return { start: node.startIndex, end: node.endIndex };
}
