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

/** A file's names as they are; `note` is told what is looked up. */
export function recorded(symbols: FileSymbols, note: (name: string) => void): FileSymbols {
  return new RecordedSymbols(symbols, note);
}

class RecordedSymbols implements FileSymbols {
  readonly #symbols: FileSymbols;
  readonly #note: (name: string) => void;
  readonly facts: FileFacts;
  readonly fileBindings: FileSymbols['fileBindings'];
  readonly functions: FileSymbols['functions'];
  readonly methods: FileSymbols['methods'];
  readonly members: FileSymbols['members'];
  readonly types: FileSymbols['types'];
  readonly imports: FileSymbols['imports'];
  readonly exports: FileSymbols['exports'];

  constructor(symbols: FileSymbols, note: (name: string) => void) {
    this.#symbols = symbols;
    this.#note = note;
    this.facts = new RecordedFacts(symbols.facts, note);
    this.fileBindings = new RecordedMap(symbols.fileBindings, note);
    this.functions = new RecordedMap(symbols.functions, note);
    this.methods = new RecordedMap(symbols.methods, note);
    this.members = new RecordedMap(symbols.members, note);
    this.types = new RecordedMap(symbols.types, note);
    this.imports = new RecordedMap(symbols.imports, note);
    this.exports = new RecordedMap(symbols.exports, note);
  }

  scoped(name: string) {
    this.#note(name);
    return this.#symbols.scoped(name);
  }
  // Places move with every edit: what is looked up by one is kept under its name.
  functionAt(span: Span) {
    const fn = this.#symbols.functionAt(span);
    this.#note(fn === undefined ? WHOLE.nameless : readName(fn));
    return fn;
  }
  callWith(start: number) {
    this.#note(WHOLE.rest);
    return this.#symbols.callWith(start);
  }
  get starImports() {
    this.#note(WHOLE.stars);
    return this.#symbols.starImports;
  }
  get starExports() {
    this.#note(WHOLE.stars);
    return this.#symbols.starExports;
  }
  get nestedFunctions() {
    this.#note(WHOLE.rest);
    return this.#symbols.nestedFunctions;
  }
  get programNames() {
    this.#note(WHOLE.rest);
    return this.#symbols.programNames;
  }
}

class RecordedFacts implements FileFacts {
  readonly #facts: FileFacts;
  readonly #note: (name: string) => void;
  readonly language: FileFacts['language'];

  constructor(facts: FileFacts, note: (name: string) => void) {
    this.#facts = facts;
    this.#note = note;
    this.language = facts.language;
  }

  get imports() {
    this.#note(WHOLE.imports);
    return this.#facts.imports;
  }
  get types() {
    this.#note(WHOLE.types);
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
    this.#note(WHOLE.rest);
    return this.#facts;
  }
}

class RecordedMap<T> implements ReadonlyMap<string, T> {
  readonly #map: ReadonlyMap<string, T>;
  readonly #note: (name: string) => void;

  constructor(map: ReadonlyMap<string, T>, note: (name: string) => void) {
    this.#map = map;
    this.#note = note;
  }

  get(key: string): T | undefined {
    this.#note(key);
    return this.#map.get(key);
  }
  has(key: string): boolean {
    this.#note(key);
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
    this.#note(WHOLE.rest);
    return this.#map;
  }
}
