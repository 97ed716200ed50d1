/**
 * The facts of files that were linked before, read when somebody asks for them: who links a few files again looks at few others. Which
 * functions others looked at is told of a file's functions as they are read.
 */
import type { TouchedFunctions, WrittenShares } from '../../core/flags/linking/linkMemoryText.ts';
import type { FileFacts, FunctionFact } from '../../core/languages/facts.ts';
import { decodeFacts } from '../../core/languages/factsCodec.ts';

/** What the files of several states of a repository have in common. */
export interface FactsSource {
  readonly paths: readonly string[];
  /** Throws where the bytes can't be had. */
  readonly bytesOf: (path: string) => Uint8Array;
  readonly touched: Set<FunctionFact>;
  /** Told later than the files are made, and before any is asked for. */
  touchedFunctions: TouchedFunctions;
  /** The shares of a link with the lines that they were read from. */
  written: WrittenShares;
  /** Those that were read. */
  readonly read: Map<string, FileFacts>;
}

/** The files of a source, but for those that are others now. */
export class LinkedFacts implements ReadonlyMap<string, FileFacts> {
  readonly #source: FactsSource;
  readonly #changed: ReadonlyMap<string, FileFacts>;
  readonly #known: ReadonlySet<string>;

  constructor(
    source: FactsSource,
    changed: ReadonlyMap<string, FileFacts> = new Map(),
    known: ReadonlySet<string> = new Set(source.paths),
  ) {
    this.#source = source;
    this.#changed = changed;
    this.#known = known;
  }

  /** The same with other facts of one file. */
  with(path: string, facts: FileFacts): LinkedFacts {
    return new LinkedFacts(this.#source, new Map([...this.#changed, [path, facts]]), this.#known);
  }

  /** The facts that are there by now. */
  held(): ReadonlyMap<string, FileFacts> {
    return new Map([...this.#source.read, ...this.#changed]);
  }

  get(path: string): FileFacts | undefined {
    const changed = this.#changed.get(path);
    if (changed !== undefined || !this.#known.has(path)) return changed;
    const { read, touched, touchedFunctions, bytesOf } = this.#source;
    const known = read.get(path);
    if (known !== undefined) return known;
    const facts = decodeFacts(bytesOf(path));
    read.set(path, facts);
    for (const index of touchedFunctions.get(path) ?? []) touched.add(facts.functions[index]!);
    return facts;
  }
  has(path: string): boolean {
    return this.#known.has(path);
  }
  get size(): number {
    return this.#known.size;
  }
  keys() {
    return this.#known.values();
  }
  *entries(): MapIterator<[string, FileFacts]> {
    for (const path of this.#known) yield [path, this.get(path)!];
  }
  *values(): MapIterator<FileFacts> {
    for (const path of this.#known) yield this.get(path)!;
  }
  forEach(callback: (facts: FileFacts, path: string, map: ReadonlyMap<string, FileFacts>) => void): void {
    for (const [path, facts] of this.entries()) callback(facts, path, this);
  }
  [Symbol.iterator]() {
    return this.entries();
  }
}
