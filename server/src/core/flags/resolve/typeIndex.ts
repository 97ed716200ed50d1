/** The types of the repository's nominal languages, and what stands in packages beside them, by name: as far as files are here. */
import {
  type FileFacts,
  hasFreeMembers,
  type LanguageId,
  nominalFamilyOf,
  type TypeFact,
} from '../../languages/facts.ts';
import type { Interpreter } from './interpreter.ts';
import type { PlacedType } from './members.ts';
import type { PlacedDefinition } from './programNames.ts';
import { crateOf, rustModuleOf } from './rustModules.ts';
import type { FileSymbols } from './symbols.ts';

export interface TypeIndex {
  /** The type of a full name, its package and outer types included; of a partial type, one part. */
  qualified(name: string, language: LanguageId): PlacedType | null;
  /** All types of a simple name. */
  named(name: string, language: LanguageId): readonly IndexedType[];
  /** The type of a simple name, if there is only one in all the repository that stands in no other type. */
  only(name: string, language: LanguageId): PlacedType | null;
  /** The type that a simple name means inside these types of a file, innermost first, without leaving the file. */
  visibleInFile(name: string, path: string, around: readonly TypeFact[]): TypeFact | null;
  /** The type of this name that stands directly in another, in any of its parts. */
  nested(outer: PlacedType, name: string): PlacedType | null;
  otherParts(type: PlacedType): readonly PlacedType[];
  /** Functions and values of a full name that stand in no type. */
  free(name: string, language: LanguageId): PlacedDefinition | null;
  /** Methods that are called as if they were members of their first parameter, by name. */
  readonly extensions: ReadonlyMap<string, readonly ExtensionMethod[]>;
  /** Rust: a function or value of a simple name, if there is only one in all the repository. */
  onlyFree(name: string, language: LanguageId): PlacedDefinition | null;
  /** Rust: where a module of a full name is: a file, or a part of one. */
  modulesNamed(name: string): readonly PlacedModule[];
  /** Rust: the crates of the repository. */
  readonly crates: readonly string[];
  /** C++: the full names of a file's namespaces and of those around them, innermost first. */
  namespacesOf(path: string): readonly string[];
  /** C# files with a `global using`. */
  readonly filesWithGlobals: readonly string[];
}

export interface ExtensionMethod {
  readonly path: string;
  readonly fn: FileFacts['functions'][number];
}

/** A module; `span` is null for a whole file. */
export interface PlacedModule {
  readonly path: string;
  readonly span: TypeFact['span'] | null;
}

/** A type with its full name, its package, and the type that it stands directly in. */
export interface IndexedType extends PlacedType {
  readonly qualified: string;
  readonly package: string;
  readonly outer: TypeFact | null;
}

export function createTypeIndex({ files, symbols }: Interpreter): TypeIndex {
  const byQualified = new Map<string, IndexedType[]>();
  const bySimple = new Map<string, IndexedType[]>();
  const byType = new Map<TypeFact, IndexedType>();
  const byFile = new Map<string, readonly IndexedType[]>();
  const extensions = new Map<string, ExtensionMethod[]>();
  const filesWithGlobals: string[] = [];
  const extensionsOf = new Map<string, IndexedType[]>();
  const implementations = new Map<string, IndexedType[]>();
  const byFreeName = new Map<string, PlacedDefinition>();
  const bySimpleFreeName = new Map<string, (PlacedDefinition & { readonly name: string })[]>();
  const modules = new Map<string, PlacedModule[]>();
  for (const [path, facts] of files) {
    const { language } = facts;
    const family = nominalFamilyOf(language);
    if (family === null) continue;
    const types = typesOf(path, facts);
    byFile.set(path, types);
    if (language === 'rust') add(modules, rustModuleOf(path), { path, span: null });
    for (const type of types) {
      byType.set(type.type, type);
      if (type.type.form === 'namespace') {
        if (language === 'rust') add(modules, type.qualified, { path, span: type.type.span });
        continue;
      }
      if (type.type.form === 'extension') {
        add(extensionsOf, `${family} ${type.qualified}`, type);
        if (language === 'rust') add(implementations, type.type.name, type);
        continue;
      }
      add(byQualified, `${family} ${type.qualified}`, type);
      add(bySimple, `${family} ${type.type.name}`, type);
    }
    if (language === 'csharp' && facts.exports.length > 0) filesWithGlobals.push(path);
    for (const fn of facts.functions) {
      if (fn.name !== null && fn.parameters[0]?.position === -1) add(extensions, fn.name, { path, fn });
    }
    if (!hasFreeMembers(language)) continue;
    for (const free of freeMembersOf(path, symbols(path)!, types)) {
      if (language === 'rust') add(bySimpleFreeName, free.name.slice(free.name.lastIndexOf('.') + 1), free);
      const known = byFreeName.get(`${family} ${free.name}`);
      if (known === undefined || (isOnlyDeclared(known) && !isOnlyDeclared(free)))
        byFreeName.set(`${family} ${free.name}`, free);
    }
  }
  const qualified = (name: string, language: LanguageId) =>
    byQualified.get(`${nominalFamilyOf(language)} ${name}`)?.[0] ?? null;
  return {
    extensions,
    filesWithGlobals,
    qualified: (name, language) => asPlaced(qualified(name, language)),
    named: (name, language) => bySimple.get(`${nominalFamilyOf(language)} ${name}`) ?? [],
    free: (name, language) => byFreeName.get(`${nominalFamilyOf(language)} ${name}`) ?? null,
    only(name, language) {
      const found = (bySimple.get(`${nominalFamilyOf(language)} ${name}`) ?? []).filter(type => type.outer === null);
      const [first] = found;
      return first !== undefined && found.every(type => type.qualified === first.qualified) ? asPlaced(first) : null;
    },
    visibleInFile(name, path, around) {
      const named = (byFile.get(path) ?? []).filter(
        ({ type }) => type.name === name && name !== '' && type.form !== 'extension' && type.form !== 'namespace',
      );
      for (const outer of [...around, null]) {
        const found = named.find(type => type.outer === outer || type.type === outer);
        if (found !== undefined) return found.type;
      }
      return null;
    },
    onlyFree(name) {
      const found = bySimpleFreeName.get(name) ?? [];
      return found.length === 1 ? found[0]! : null;
    },
    modulesNamed: name => modules.get(name) ?? [],
    crates: [...new Set([...modules.keys()].map(crateOf))],
    namespacesOf(path) {
      const own = (byFile.get(path) ?? []).filter(({ type }) => type.form === 'namespace');
      const names = own.flatMap(({ qualified: name }) => {
        const parts = name.split('.');
        return parts.map((_, index) => parts.slice(0, parts.length - index).join('.'));
      });
      return [...new Set(names)].sort((a, b) => b.length - a.length);
    },
    nested(outer, name) {
      const indexed = byType.get(outer.type);
      const language = files.get(outer.path)?.language;
      return indexed === undefined || language === undefined
        ? null
        : asPlaced(qualified(`${indexed.qualified}.${name}`, language));
    },
    otherParts(type) {
      const indexed = byType.get(type.type);
      const language = files.get(type.path)?.language;
      const family = nominalFamilyOf(language);
      const isScala = language === 'scala';
      if (indexed === undefined || family === null || (family === 'jvm' && !isScala)) return [];
      // Scala: the object beside a class of its name.
      const groups = family === 'csharp' || isScala ? byQualified : extensionsOf;
      const own = groups.get(`${family} ${indexed.qualified}`) ?? [];
      // Rust: a type may be implemented in another module than its own.
      const isOnly = family === 'rust' && (bySimple.get(`${family} ${type.type.name}`) ?? []).length === 1;
      const parts = isOnly ? (implementations.get(type.type.name) ?? []) : own;
      return parts.filter(part => part.type !== type.type).map(part => ({ path: part.path, type: part.type }));
    },
  };
}

/** The package or namespace of a file, empty for none. */
export function packageOf({ files }: Interpreter, path: string): string {
  const facts = files.get(path);
  return facts === undefined ? '' : packageOfFile(path, facts);
}

/** The package that a file says it is of; Rust's files say it by their path. */
function packageOfFile(path: string, { language, packageName }: FileFacts): string {
  return language === 'rust' ? rustModuleOf(path) : (packageName ?? '');
}

/** C++: whether a name has neither a value nor a body here. */
function isOnlyDeclared({ definition }: PlacedDefinition): boolean {
  if (definition.kind === 'function') return definition.fn.declared === true;
  return definition.kind === 'bindings' && definition.bindings.every(binding => binding.value === null);
}

/** What a file declares outside types, by full name. */
function freeMembersOf(
  path: string,
  own: FileSymbols,
  types: readonly IndexedType[],
): readonly (PlacedDefinition & { readonly name: string })[] {
  const packageName = packageOfFile(path, own.facts);
  const spaces = types.filter(({ type }) => type.form === 'namespace');
  const qualify = (name: string, offset: number) => {
    const around = spaces.findLast(({ type }) => type.span.start <= offset && offset < type.span.end);
    const prefix = around?.qualified ?? packageName;
    return prefix === '' ? name : `${prefix}.${name}`;
  };
  const inSpaces = spaces.length === 0 ? [] : own.facts.bindings.filter(binding => isOfSpace(binding, spaces));
  const bindings = [...own.fileBindings.values(), ...inSpaces.map(binding => [binding])].map(found => {
    const { name, nameSpan } = found[0]!;
    return { path, name: qualify(name, nameSpan.start), definition: { kind: 'bindings', bindings: found } } as const;
  });
  const functions = [...own.functions].flatMap(([name, all]) => {
    const some = spaces.length === 0 ? all.slice(0, 1) : all;
    return some.map(
      fn => ({ path, name: qualify(name, fn.span.start), definition: { kind: 'function', fn } }) as const,
    );
  });
  return [...bindings, ...functions];
}

function isOfSpace({ owner, scope }: FileFacts['bindings'][number], spaces: readonly IndexedType[]): boolean {
  return owner === null && spaces.some(({ type: { span } }) => span.start === scope.start && span.end === scope.end);
}

/** A file's types with their full names. Types stand in order of where they start, so the last open one is the outer one. */
function typesOf(path: string, facts: FileFacts): readonly IndexedType[] {
  const open: IndexedType[] = [];
  return facts.types.map(type => {
    while (open.length > 0 && open.at(-1)!.type.span.end <= type.span.start) open.pop();
    const outer = open.at(-1) ?? null;
    const space = open.findLast(around => around.type.form === 'namespace')?.qualified ?? packageOfFile(path, facts);
    const prefix = outer === null ? space : outer.qualified;
    const qualified = prefix === '' ? type.name : `${prefix}.${type.name}`;
    const indexed = {
      path,
      type,
      qualified,
      package: space,
      outer: outer?.type.form === 'namespace' ? null : (outer?.type ?? null),
    };
    open.push(indexed);
    return indexed;
  });
}

function asPlaced(indexed: IndexedType | null): PlacedType | null {
  return indexed === null ? null : { path: indexed.path, type: indexed.type };
}

function add<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}
