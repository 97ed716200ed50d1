/**
 * What a language folder provides: a grammar's name, its file extensions, and the walk that turns one top-level node into
 * facts. Loading grammars is the fronts' business (`grammars.ts` takes bytes); matching flags is `core/flags`' business.
 */
import type { Node, TreeCursor } from 'web-tree-sitter';
import type { Span } from '../text.ts';
import type { FileFacts, LanguageId } from './facts.ts';
import type { PlainShape, PlainTree } from './plainTree.ts';

export interface Language {
  readonly id: LanguageId;
  /** Base name of the grammar's wasm file, such as `tree-sitter-python`. */
  readonly grammar: string;
  /** Mends the bytes of that file, where the grammar has a fault that its package keeps. */
  readonly mendGrammar?: (wasm: Uint8Array) => Uint8Array;
  /** Its lexer is one function of 100 KB or more: optimising it takes longer than it saves. */
  readonly hasLargeLexer?: true;
  /** File endings with their dot, lower case. */
  readonly extensions: readonly string[];
  /** Endings that say nothing by themselves, and the folders in which they do. */
  readonly folders?: { readonly names: readonly string[]; readonly extensions: readonly string[] };
  /** Whole names of files without an ending of their own, such as `Gemfile`. */
  readonly fileNames?: readonly string[];
  /** A text that the parser can make nothing whole of is one chunk: what belongs together would else stand in several. */
  readonly errorIsOneChunk?: true;
  /**
   * A chunk is parsed the same whatever stands before and behind its neighbours: the parser carries nothing over from one to
   * the next, as it does with the text around PHP or with a heredoc.
   */
  readonly chunksStandAlone?: true;
  /** How an expression stands in a file by itself, where that takes more than the expression: what a pattern is compiled from. */
  readonly snippet?: (code: string) => string;
  /**
   * Templates: the text with everything blanked that the grammar does not read, as long as before and with the same lines.
   * Such a text is parsed anew after every edit, since an edit may turn what follows it from text into code.
   */
  readonly blank?: (text: string) => string;
  /** Templates: the language whose facts these are, where what is embedded needs no ways of its own. */
  readonly holds?: LanguageId;
  /** Templates: adds the facts that no grammar reads, such as the elements around the code. */
  readonly addMarkup?: (text: string, sink: FactSink) => void;
  /**
   * Adds the facts of one child of the syntax tree's root (a *chunk*) to the sink. It depends on that node's text alone,
   * so that chunks an edit does not touch are never walked again. It must stand any tree: errors, missing nodes, anything
   * nested (bounded depth). Names visible in the whole file have `FILE_SCOPE`.
   */
  extractChunk(node: TreeSource, text: string, sink: FactSink): void;
}

/** A syntax node as walks read it. */
export interface TreeSource {
  walk(): Pick<
    TreeCursor,
    | 'nodeType'
    | 'nodeIsNamed'
    | 'startIndex'
    | 'endIndex'
    | 'currentFieldName'
    | 'gotoFirstChild'
    | 'gotoNextSibling'
    | 'gotoParent'
    | 'delete'
  >;
  /** What `readPlainTree` would make with the cursor; null, or absent, where that has to. */
  readonly readPlain?: (shape: PlainShape) => PlainTree | null;
}

/** Where a chunk's facts are collected, in source order: the lists of `FileFacts`, open for adding. */
export type FactSink = { packageName: string | null } & {
  readonly [List in FactList]: FileFacts[List][number][];
};

/** The names of the lists of `FileFacts`. */
export type FactList = Exclude<keyof FileFacts, 'language' | 'packageName' | 'broken'>;

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
