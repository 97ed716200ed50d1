/**
 * What one file looked up in others, by name: so that an edit of a file reaches those alone that asked it for something that changed.
 * Whether it changed is the business of `faceChanges.ts`, which has the same names for it.
 */
import type { FileFacts, FunctionFact } from '../../languages/facts.ts';
import type { Span } from '../../text.ts';
import type { FileSymbols } from './symbols.ts';

/** By path: the names that were looked up there, found or not. Members are `Owner.name`; what is read as a whole has a star. */
export type Reads = ReadonlyMap<string, ReadonlySet<string>>;

/** What the names of everything else in a file are kept under, where they are not looked up one by one. */
export const WHOLE = {
  imports: '*imports',
  types: '*types',
  stars: '*stars',
  /** Functions without a name. */
  nameless: '*nameless',
  rest: '*',
} as const;

/** The name under which a function or a binding is looked up. */
export function readName({ owner, name }: Pick<FunctionFact, 'owner' | 'name'>): string {
  if (name === null) return WHOLE.nameless;
  return owner === null ? name : `${owner}.${name}`;
}

/** A file's names as they are; what is looked up is added to `names`. */
export function recorded(symbols: FileSymbols, names: Set<string>): FileSymbols {
  return new RecordedSymbols(symbols, names);
}

/** Every file that asks has one of these for each that it asks: what it consists of is made when somebody looks. */
class RecordedSymbols implements FileSymbols {
  readonly #symbols: FileSymbols;
  readonly #names: Set<string>;
  readonly facts: FileFacts;

  constructor(symbols: FileSymbols, names: Set<string>) {
    this.#symbols = symbols;
    this.#names = names;
    this.facts = new RecordedFacts(symbols.facts, names);
  }

  scoped(name: string) {
    return this.#noting(name).scoped(name);
  }
  fileLevel(name: string) {
    return this.#noting(name).fileLevel(name);
  }
  exported(name: string) {
    return this.#noting(name).exported(name);
  }
  get fileBindings() {
    return this.#recorded(this.#symbols.fileBindings);
  }
  get functions() {
    return this.#recorded(this.#symbols.functions);
  }
  get methods() {
    return this.#recorded(this.#symbols.methods);
  }
  get members() {
    return this.#recorded(this.#symbols.members);
  }
  get types() {
    return this.#recorded(this.#symbols.types);
  }
  get imports() {
    return this.#recorded(this.#symbols.imports);
  }
  get exports() {
    return this.#recorded(this.#symbols.exports);
  }
  // Places move with every edit: what is looked up by one is kept under its name.
  functionAt(span: Span) {
    const fn = this.#symbols.functionAt(span);
    this.#names.add(fn === undefined ? WHOLE.nameless : readName(fn));
    return fn;
  }
  callWith(start: number) {
    return this.#noting(WHOLE.rest).callWith(start);
  }
  get starImports() {
    return this.#noting(WHOLE.stars).starImports;
  }
  get starExports() {
    return this.#noting(WHOLE.stars).starExports;
  }
  get nestedFunctions() {
    return this.#noting(WHOLE.rest).nestedFunctions;
  }
  get programNames() {
    return this.#noting(WHOLE.rest).programNames;
  }

  #noting(name: string): FileSymbols {
    this.#names.add(name);
    return this.#symbols;
  }
  #recorded<T>(map: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
    return new RecordedMap(map, this.#names);
  }
}

class RecordedFacts implements FileFacts {
  readonly #facts: FileFacts;
  readonly #names: Set<string>;
  readonly language: FileFacts['language'];

  constructor(facts: FileFacts, names: Set<string>) {
    this.#facts = facts;
    this.#names = names;
    this.language = facts.language;
  }

  get imports() {
    this.#names.add(WHOLE.imports);
    return this.#facts.imports;
  }
  get types() {
    this.#names.add(WHOLE.types);
    return this.#facts.types;
  }
  get packageName() {
    return this.#all().packageName;
  }
  get exports() {
    return this.#all().exports;
  }
  get functions() {
    return this.#all().functions;
  }
  get bindings() {
    return this.#all().bindings;
  }
  get calls() {
    return this.#all().calls;
  }
  get decorators() {
    return this.#all().decorators;
  }
  get members() {
    return this.#all().members;
  }
  get elements() {
    return this.#all().elements;
  }
  get branches() {
    return this.#all().branches;
  }
  get comments() {
    return this.#all().comments;
  }
  get broken() {
    return this.#all().broken;
  }

  #all(): FileFacts {
    this.#names.add(WHOLE.rest);
    return this.#facts;
  }
}

class RecordedMap<T> implements ReadonlyMap<string, T> {
  readonly #map: ReadonlyMap<string, T>;
  readonly #names: Set<string>;

  constructor(map: ReadonlyMap<string, T>, names: Set<string>) {
    this.#map = map;
    this.#names = names;
  }

  get(key: string): T | undefined {
    this.#names.add(key);
    return this.#map.get(key);
  }
  has(key: string): boolean {
    this.#names.add(key);
    return this.#map.has(key);
  }
  get size(): number {
    return this.#all().size;
  }
  keys() {
    return this.#all().keys();
  }
  values() {
    return this.#all().values();
  }
  entries() {
    return this.#all().entries();
  }
  forEach(callback: (value: T, key: string, map: ReadonlyMap<string, T>) => void): void {
    this.#all().forEach(callback);
  }
  [Symbol.iterator]() {
    return this.#all()[Symbol.iterator]();
  }

  #all(): ReadonlyMap<string, T> {
    this.#names.add(WHOLE.rest);
    return this.#map;
  }
}
