/**
 * Tree-sitter's runtime and the grammars that were loaded into it. The bytes come from whoever starts the program (a front);
 * a grammar is loaded once, when the first file of its language is met.
 */
import { Language as Grammar, Parser, type Tree } from 'web-tree-sitter';
import type { LanguageId } from './facts.ts';
import type { Language } from './language.ts';
import { type RuntimeMemory, readInMemory } from './memoryCursor.ts';

/** Reads a wasm file by its base name, such as `web-tree-sitter` or `tree-sitter-go`. */
export type ReadWasm = (name: string) => Promise<Uint8Array>;

/** Parsers by language; `load` must have resolved for a language before `parse` is asked for it. */
export interface Grammars {
  /** Never rejects: a grammar that is missing or broken turns off its languages, and `missing` says so. */
  load(languages: readonly Language[]): Promise<void>;
  isLoaded(language: LanguageId): boolean;
  /** Parses a text, reusing what it can of an edited previous tree. Null when the parser gave up. The caller deletes trees. */
  parse(language: LanguageId, text: string, previous: Tree | null): Tree | null;
  /** Parses a text from scratch as `parse` does, but lets others run whenever `pause` says so. */
  parseInParts(language: LanguageId, text: string, pause: Pause): Promise<Tree | null>;
  /** Why nothing can be parsed any more, or null. A runtime that broke down inside a text does not come back. */
  failure(): string | null;
  /** A sentence for each grammar that could not be loaded: which languages are off, and why. */
  missing(): readonly string[];
}

/** Resolves when others have run; gives nothing where it is not their turn. */
export type Pause = () => Promise<void> | undefined;

/** Longest stretch of parsing in parts, in milliseconds. */
const SLICE = 8;

/** Some texts cost a parser the square of their length: a hundred thousand comments that never end take it minutes. */
const LONGEST_PARSE = 20_000;
/** What is left of that, in milliseconds, when several texts have used it up: a repository may hold many of them. */
const SHORTEST_PATIENCE = 250;

/**
 * Starts the runtime. Rejects when its wasm can't be read or compiled. `clock` tells milliseconds from any beginning; without
 * it no text takes too long.
 */
export async function createGrammars(readWasm: ReadWasm, clock: () => number = () => 0): Promise<Grammars> {
  const runtime: Runtime = { wasmBinary: await readWasm('web-tree-sitter') };
  await Parser.init(runtime);
  quickenMemory(runtime);
  const loading = new Map<LanguageId, Promise<void>>();
  const parsers = new Map<LanguageId, Parser>();
  const blanks = new Map<LanguageId, (text: string) => string>();
  const byGrammar = new Map<string, Promise<Grammar>>();
  const absent = new Map<string, { readonly reason: string; readonly languages: LanguageId[] }>();
  let failure: string | null = null;
  let patience = LONGEST_PARSE;

  const miss = (language: Language, error: unknown): void => {
    const reason = error instanceof Error ? error.message : String(error);
    const known = absent.get(language.grammar) ?? { reason, languages: [] };
    absent.set(language.grammar, known);
    known.languages.push(language.id);
  };
  const loadOne = async (language: Language): Promise<void> => {
    const existing = byGrammar.get(language.grammar);
    const loading = existing ?? readWasm(language.grammar).then(bytes => Grammar.load(bytes));
    byGrammar.set(language.grammar, loading);
    const parser = new Parser();
    const grammar = await loading;
    parser.setLanguage(grammar);
    if (existing === undefined) probe(parser, grammar, runtime);
    parsers.set(language.id, parser);
    if (language.blank !== undefined) blanks.set(language.id, language.blank);
  };

  return {
    async load(languages) {
      for (const language of languages) {
        if (!loading.has(language.id)) {
          loading.set(
            language.id,
            loadOne(language).catch(error => miss(language, error)),
          );
        }
      }
      await Promise.all(languages.map(language => loading.get(language.id)));
    },
    isLoaded: language => parsers.has(language),
    parse(language, text, previous) {
      const blank = blanks.get(language);
      const source = blank === undefined ? text : blank(text);
      if (failure !== null) return null;
      try {
        const parser = parsers.get(language);
        const latest = clock() + patience;
        const tree = parser?.parse(source, previous, { progressCallback: () => clock() > latest }) ?? null;
        if (tree !== null || parser === undefined) return tree;
        // Else the next text would be taken for the rest of this one.
        parser.reset();
        patience = Math.max(SHORTEST_PATIENCE, patience / 4);
        return null;
      } catch (error) {
        // What traps in wasm leaves its memory in disorder: whatever is asked next would trap too, or lie.
        failure = `The ${language} parser broke down on a text (${error instanceof Error ? error.message : error}).`;
        return null;
      }
    },
    async parseInParts(language, text, pause) {
      const grammar = parsers.get(language)?.language;
      if (failure !== null || !grammar) return null;
      const source = blanks.get(language)?.(text) ?? text;
      // One that others don't use in between: it goes on where it stopped.
      const parser = new Parser();
      try {
        parser.setLanguage(grammar);
        for (let spent = 0; spent < patience && failure === null; spent += SLICE) {
          const latest = clock() + SLICE;
          const tree = parser.parse(source, null, { progressCallback: () => clock() > latest });
          if (tree !== null) return tree;
          await pause();
        }
        patience = Math.max(SHORTEST_PATIENCE, patience / 4);
        return null;
      } catch (error) {
        failure = `The ${language} parser broke down on a text (${error instanceof Error ? error.message : error}).`;
        return null;
      } finally {
        if (failure === null) parser.delete();
      }
    },
    failure: () => failure,
    missing: () =>
      [...absent].map(([grammar, { reason, languages }]) => {
        const off = [...languages].sort().join(', ');
        return `The grammar ${grammar} can't be loaded (${reason}): files in these languages are not read: ${off}. Install Flagbook again to mend it.`;
      }),
  };
}

/** The same, with a runtime that is started when a language is loaded; should that fail, loading rejects. */
export function grammarsWhenNeeded(readWasm: ReadWasm, clock: () => number): Grammars {
  let starting: Promise<Grammars> | null = null;
  let started: Grammars | null = null;
  return {
    async load(languages) {
      if (languages.length === 0) return;
      starting ??= createGrammars(readWasm, clock);
      started = await starting;
      await started.load(languages);
    },
    isLoaded: language => started?.isLoaded(language) === true,
    parse: (language, text, previous) => started?.parse(language, text, previous) ?? null,
    parseInParts: async (language, text, pause) => (await started?.parseInParts(language, text, pause)) ?? null,
    failure: () => started?.failure() ?? null,
    missing: () => started?.missing() ?? [],
  };
}

/** What any grammar makes nodes of, if only errors and what is in them. */
const PROBE = '@f(a) { "b": c, d }\n/* e */ g = h.i(1, "j") # k\n';

/** Has the trees of a grammar read where they lie, if a small one says the same there as by the library. */
function probe(parser: Parser, grammar: Grammar, runtime: Runtime): void {
  const tree = parser.parse(PROBE);
  readInMemory(grammar, runtime, () => tree?.rootNode ?? null);
  tree?.delete();
}

/** What the runtime puts on the object that it is started with. */
interface Runtime extends RuntimeMemory {
  readonly wasmBinary: Uint8Array;
  setValue?: (address: number, value: number, type?: string) => void;
  getValue?: (address: number, type?: string) => number;
  readonly HEAP32?: Int32Array;
}

/**
 * Every step of a cursor writes and reads four numbers of the runtime's memory through functions that first find out, from words,
 * which of ten kinds of numbers is meant: that takes longer than the step. These are the same for the only kind that is frequent.
 */
function quickenMemory(runtime: Runtime): void {
  const { setValue, getValue, HEAP32 } = runtime;
  // A runtime that was started before belongs to another object; one with other names goes on as it is.
  if (setValue === undefined || getValue === undefined || HEAP32 === undefined || !isLittleEndian()) return;
  runtime.setValue = (address, value, type) => {
    // The memory moves when it grows.
    if (type === 'i32') runtime.HEAP32![address >> 2] = value;
    else setValue(address, value, type);
  };
  runtime.getValue = (address, type) => (type === 'i32' ? runtime.HEAP32![address >> 2]! : getValue(address, type));
}

function isLittleEndian(): boolean {
  return new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
}
