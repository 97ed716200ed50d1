/**
 * Tree-sitter's runtime and the grammars that were loaded into it. The bytes come from whoever starts the program (a front);
 * a grammar is loaded once, when the first file of its language is met.
 */
import { Language as Grammar, Parser, type Tree } from 'web-tree-sitter';
import type { LanguageId } from './facts.ts';
import type { Language } from './language.ts';
import { readInMemory } from './memoryCursor.ts';
import type { RuntimeMemory } from './memoryLayout.ts';

/** Reads a wasm file by its base name, such as `web-tree-sitter` or `tree-sitter-go`. */
export type ReadWasm = (name: string) => Promise<Uint8Array>;

/** Does something while V8 compiles WebAssembly so that it stays as it is; see `Language.hasLargeLexer`. */
export type Unoptimised = <T>(act: () => T) => T;

/** Parsers by language; `load` must have resolved for a language before `parse` is asked for it. */
export interface Grammars {
  /** Never rejects: a grammar that is missing or broken turns off its languages, and `missing` says so. */
  load(languages: readonly Language[]): Promise<void>;
  isLoaded(language: LanguageId): boolean;
  /** Parses a text, reusing what it can of an edited previous tree. Null when the parser gave up. The caller deletes trees. */
  parse(language: LanguageId, text: string, previous: Tree | null): Tree | null;
  /** Parses a text from scratch as `parse` does; where that takes too long, as much of it as the parser came to read. */
  parseBeginning(language: LanguageId, text: string): Beginning | null;
  /** Parses a text from scratch as `parse` does, but lets others run whenever `pause` says so. */
  parseInParts(language: LanguageId, text: string, pause: Pause): Promise<Tree | null>;
  /** Why nothing can be parsed any more, or null. A runtime that broke down inside a text does not come back. */
  failure(): string | null;
  /** A sentence for each grammar that could not be loaded: which languages are off, and why. */
  missing(): readonly string[];
}

/** Resolves when others have run; gives nothing where it is not their turn. */
export type Pause = () => Promise<void> | undefined;

export interface Beginning {
  readonly tree: Tree;
  /** Whether the parser read the text to its end. */
  readonly isWhole: boolean;
}

/** Longest stretch of parsing in parts, in milliseconds. */
const SLICE = 8;

/** Some texts cost a parser the square of their length: a hundred thousand comments that never end take it minutes. */
const LONGEST_PARSE = 20_000;
/** What is left of that, in milliseconds, when several texts have used it up: a repository may hold many of them. */
const SHORTEST_PATIENCE = 250;
/** However little is left: as many times what texts of this length have taken in this language, up to so many milliseconds. */
const FAIR = 8;
const LONGEST_FAIR = 5000;
/** Texts of fewer UTF-16 units say little of how fast a parser is. */
const TELLING = 4096;
/** UTF-16 units that a parser is handed at once where it may be stopped. */
const PIECE = 1024;

/**
 * Starts the runtime. Rejects when its wasm can't be read or compiled. `clock` tells milliseconds from any beginning; without
 * it no text takes too long; without `unoptimised` grammars with large lexers are compiled as all others.
 */
export async function createGrammars(
  readWasm: ReadWasm,
  clock: () => number = () => 0,
  unoptimised: Unoptimised | null = null,
): Promise<Grammars> {
  const runtime: Runtime = { wasmBinary: await readWasm('web-tree-sitter') };
  await Parser.init(runtime);
  quickenMemory(runtime);
  const loading = new Map<LanguageId, Promise<void>>();
  const parsers = new Map<LanguageId, Parser>();
  const blanks = new Map<LanguageId, (text: string) => string>();
  const byGrammar = new Map<string, Promise<Grammar>>();
  const compiledGrammars = new Map<Grammar, WebAssembly.Module>();
  const absent = new Map<string, { readonly reason: string; readonly languages: LanguageId[] }>();
  let failure: string | null = null;
  let patience = LONGEST_PARSE;
  const speeds = new Map<LanguageId, { readonly units: number; readonly milliseconds: number }>();

  const patienceFor = (language: LanguageId, length: number): number => {
    const known = speeds.get(language);
    const usual = known === undefined ? 0 : (length * known.milliseconds) / known.units;
    return Math.max(patience, Math.min(LONGEST_FAIR, FAIR * usual));
  };
  const learnSpeed = (language: LanguageId, units: number, milliseconds: number): void => {
    if (units < TELLING) return;
    const known = speeds.get(language);
    speeds.set(language, {
      units: units + (known?.units ?? 0),
      milliseconds: milliseconds + (known?.milliseconds ?? 0),
    });
  };
  const breakDown = (language: LanguageId, error: unknown): null => {
    // What traps in wasm leaves its memory in disorder: whatever is asked next would trap too, or lie.
    failure = `The ${language} parser broke down on a text (${error instanceof Error ? error.message : error}).`;
    return null;
  };

  const miss = (language: Language, error: unknown): void => {
    const reason = error instanceof Error ? error.message : String(error);
    const known = absent.get(language.grammar) ?? { reason, languages: [] };
    absent.set(language.grammar, known);
    known.languages.push(language.id);
  };
  const loadGrammar = async ({ grammar, mendGrammar, hasLargeLexer }: Language): Promise<Grammar> => {
    const read = await readWasm(grammar);
    const wasm = mendGrammar === undefined ? read : mendGrammar(read);
    if (hasLargeLexer !== true || unoptimised === null) return probed(await Grammar.load(wasm), runtime);
    // The same bytes are not compiled twice while this is held, and its functions when they are called first.
    const compiled = unoptimised(() => new WebAssembly.Module(wasm as Uint8Array<ArrayBuffer>));
    const loaded = await Grammar.load(wasm);
    compiledGrammars.set(loaded, compiled);
    return unoptimised(() => probed(loaded, runtime));
  };
  const loadOne = async (language: Language): Promise<void> => {
    const existing = byGrammar.get(language.grammar);
    const loading = existing ?? loadGrammar(language);
    byGrammar.set(language.grammar, loading);
    const parser = new Parser();
    const grammar = await loading;
    parser.setLanguage(grammar);
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
        const begun = clock();
        const latest = begun + patienceFor(language, source.length);
        const tree = parser?.parse(source, previous, { progressCallback: () => clock() > latest }) ?? null;
        if (tree !== null && previous === null) learnSpeed(language, source.length, clock() - begun);
        if (tree !== null || parser === undefined) return tree;
        // Else the next text would be taken for the rest of this one.
        parser.reset();
        patience = Math.max(SHORTEST_PATIENCE, patience / 4);
        return null;
      } catch (error) {
        return breakDown(language, error);
      }
    },
    parseBeginning(language, text) {
      const parser = parsers.get(language);
      if (failure !== null || parser === undefined) return null;
      const source = blanks.get(language)?.(text) ?? text;
      let end = source.length;
      let reached = 0;
      // In pieces, since the parser reads what it was handed to its end.
      const read = (index: number): string => source.slice(index, Math.max(index, Math.min(end, index + PIECE)));
      try {
        const begun = clock();
        const limit = patienceFor(language, source.length);
        const within = (milliseconds: number) => {
          const latest = clock() + milliseconds;
          return ({ currentOffset }: { currentOffset: number }): boolean => {
            // In bytes of UTF-16.
            reached = currentOffset >> 1;
            return clock() > latest;
          };
        };
        const whole = parser.parse(read, null, { progressCallback: within(limit) });
        if (whole !== null) {
          learnSpeed(language, source.length, clock() - begun);
          return { tree: whole, isWhole: true };
        }
        patience = Math.max(SHORTEST_PATIENCE, patience / 4);
        // The parser goes on where it stopped, and is told that the text ends with that line.
        end = source.lastIndexOf('\n', reached) + 1;
        const tree = parser.parse(read, null, { progressCallback: within(limit / 3) });
        if (tree === null) parser.reset();
        return tree && { tree, isWhole: false };
      } catch (error) {
        return breakDown(language, error);
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
        return breakDown(language, error);
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
export function grammarsWhenNeeded(readWasm: ReadWasm, clock: () => number, unoptimised?: Unoptimised): Grammars {
  let starting: Promise<Grammars> | null = null;
  let started: Grammars | null = null;
  return {
    async load(languages) {
      if (languages.length === 0) return;
      starting ??= createGrammars(readWasm, clock, unoptimised);
      started = await starting;
      await started.load(languages);
    },
    isLoaded: language => started?.isLoaded(language) === true,
    parse: (language, text, previous) => started?.parse(language, text, previous) ?? null,
    parseBeginning: (language, text) => started?.parseBeginning(language, text) ?? null,
    parseInParts: async (language, text, pause) => (await started?.parseInParts(language, text, pause)) ?? null,
    failure: () => started?.failure() ?? null,
    missing: () => started?.missing() ?? [],
  };
}

/** What any grammar makes nodes of, if only errors and what is in them. */
const PROBE = '@f(a) { "b": c, d }\n/* e */ g = h.i(1, "j") # k\n';

/** Has the trees of a grammar read where they lie, if a small one says the same there as by the library. Gives the grammar. */
function probed(grammar: Grammar, runtime: Runtime): Grammar {
  const parser = new Parser();
  parser.setLanguage(grammar);
  const tree = parser.parse(PROBE);
  readInMemory(grammar, runtime, () => tree?.rootNode ?? null);
  tree?.delete();
  parser.delete();
  return grammar;
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
