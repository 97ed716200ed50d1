/**
 * Tree-sitter's runtime and the grammars that were loaded into it. The bytes come from whoever starts the program (a front);
 * a grammar is loaded once, when the first file of its language is met.
 */
import { Language as Grammar, Parser, type Tree } from 'web-tree-sitter';
import type { LanguageId } from './facts.ts';
import type { Language } from './language.ts';

/** Reads a wasm file by its base name, such as `web-tree-sitter` or `tree-sitter-go`. */
export type ReadWasm = (name: string) => Promise<Uint8Array>;

/** Parsers by language; `load` must have resolved for a language before `parse` is asked for it. */
export interface Grammars {
  load(languages: readonly Language[]): Promise<void>;
  isLoaded(language: LanguageId): boolean;
  /** Parses a text, reusing what it can of an edited previous tree. Null when the parser gave up. The caller deletes trees. */
  parse(language: LanguageId, text: string, previous: Tree | null): Tree | null;
  /** Why nothing can be parsed any more, or null. A runtime that broke down inside a text does not come back. */
  failure(): string | null;
}

/** Starts the runtime. Rejects when its wasm can't be read or compiled. */
export async function createGrammars(readWasm: ReadWasm): Promise<Grammars> {
  await Parser.init({ wasmBinary: await readWasm('web-tree-sitter') });
  const loading = new Map<LanguageId, Promise<void>>();
  const parsers = new Map<LanguageId, Parser>();
  const blanks = new Map<LanguageId, (text: string) => string>();
  const byGrammar = new Map<string, Promise<Grammar>>();
  let failure: string | null = null;

  const loadOne = async (language: Language): Promise<void> => {
    const existing = byGrammar.get(language.grammar) ?? readWasm(language.grammar).then(bytes => Grammar.load(bytes));
    byGrammar.set(language.grammar, existing);
    const parser = new Parser();
    parser.setLanguage(await existing);
    parsers.set(language.id, parser);
    if (language.blank !== undefined) blanks.set(language.id, language.blank);
  };

  return {
    async load(languages) {
      for (const language of languages) {
        if (!loading.has(language.id)) loading.set(language.id, loadOne(language));
      }
      await Promise.all(languages.map(language => loading.get(language.id)));
    },
    isLoaded: language => parsers.has(language),
    parse(language, text, previous) {
      const blank = blanks.get(language);
      const source = blank === undefined ? text : blank(text);
      if (failure !== null) return null;
      try {
        return parsers.get(language)?.parse(source, previous) ?? null;
      } catch (error) {
        // What traps in wasm leaves its memory in disorder: whatever is asked next would trap too, or lie.
        failure = `The ${language} parser broke down on a text (${error instanceof Error ? error.message : error}).`;
        return null;
      }
    },
    failure: () => failure,
  };
}
