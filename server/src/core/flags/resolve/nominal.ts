/**
 * Names in languages whose types stand in packages or namespaces (Java, Kotlin, C#): a bare name may be a member of the type around, a
 * type of the same package, or of one that the file uses. Types that are not here yet are wished for, so that a repository is
 * read only as far as its checks lead. Members and calls are `nominalMembers.ts`' business.
 */
import {
  type Expr,
  hasFreeMembers,
  type ImportFact,
  type LanguageId,
  nominalFamilyOf,
  type TypeFact,
} from '../../languages/facts.ts';
import type { Interpreter } from './interpreter.ts';
import { member, type PlacedType } from './members.ts';
import { nearestTo } from './modules.ts';
import { CPP_CONSTANT, enclosingNamespaces, isInside, isVisible, qualify } from './namespaces.ts';
import { declaredMember, evaluateCall, typeMember } from './nominalMembers.ts';
import type { PackageKnowledge } from './packageKnowledge.ts';
import { pathIn, pathWish } from './pathWishes.ts';
import { memberOfExtended, memberOfReceiver } from './receivers.ts';
import { rustModuleAt, rustModuleNamed, rustPath } from './rustPaths.ts';
import { enclosingTypes, type FileSymbols, lookUpScoped } from './symbols.ts';
import { packageOf, type TypeIndex } from './typeIndex.ts';
import { type InstanceValue, instanceOf, MAX_STEPS, UNKNOWN, type Value } from './value.ts';
import { globalAlias, visiblePackages } from './visibleNames.ts';

export type ExternalValue = Value & { readonly kind: 'external' };

export interface Nominal {
  /** Whether the file's language is one of these. */
  handles(path: string): boolean;
  name(name: string, offset: number, path: string, steps: number): Value;
  imported(imported: ImportFact, path: string, steps: number): Value;
  /** A dotted path that began with a name nobody knows: a type by its full name, perhaps. */
  qualified(value: ExternalValue, path: string, steps: number): Value;
  /** C++: what a path of names means as a whole, when nothing is known of its first; else null. */
  path(expr: Expr & { kind: 'member' }, path: string, steps: number): Value | null;
  member(object: (Value & { kind: 'type' }) | InstanceValue, name: string, steps: number): Value;
  call(call: Expr & { kind: 'call' }, path: string, steps: number): Value;
  /** C++: wishes for the file that says what a constant is which a class declares. */
  wishForDefinition(name: string): void;
  /** C#: the other parts of a partial type. */
  otherParts(type: PlacedType): readonly PlacedType[];
  readonly types: TypeIndex;
  /** Types that no path leads to; see `Evaluator.undeclared`. */
  readonly undeclared: ReadonlySet<string>;
}

/** What a file sees without declaring or importing it by name, looked up once. */
interface FileView {
  /** Packages whose types it sees, nearest first. */
  readonly packages: readonly string[];
  readonly visible: ReadonlySet<string>;
  /** C#: namespaces that what it uses may be relative to: `using Flags;` inside `namespace Shop` may mean `Shop.Flags`. */
  readonly around: readonly string[];
  /** Types whose members the file uses as its own. */
  readonly statics: readonly PlacedType[];
  readonly names: Map<string, Value>;
}

export function createNominal(
  interpreterOf: () => Interpreter,
  packages: PackageKnowledge,
  wish: (path: string) => void,
  types: () => TypeIndex,
): Nominal {
  const undeclared = new Set<string>();
  const views = new Map<string, FileView>();
  const languageOf = (path: string): LanguageId => interpreterOf().files.get(path)!.language;

  const evaluateName = (name: string, offset: number, path: string, steps: number): Value => {
    const interpreter = interpreterOf();
    const own = interpreter.symbols(path);
    if (own === null || steps > MAX_STEPS) return UNKNOWN;
    const enclosing = enclosingTypes(own, offset);
    const around = enclosing.filter(type => type.form !== 'namespace');
    const [innermost] = around;
    const receiver = name === 'this' ? lookUpScoped(own, name, offset) : null;
    if (receiver !== null) return interpreter.fromDefinition(receiver, path, steps);
    if (name === 'Self' && innermost !== undefined) return { kind: 'type', path, type: innermost };
    if (name === 'this' && innermost !== undefined) return { kind: 'instance', path, type: innermost };
    const isBase = name === 'super' || (name === 'base' && own.facts.language === 'csharp');
    if (isBase && innermost !== undefined) return baseOf(interpreter, innermost, path, steps);
    const scoped = lookUpScoped(own, name, offset);
    if (scoped !== null) return interpreter.fromDefinition(scoped, path, steps);
    const ofReceiver = memberOfReceiver(interpreter, packages, { name, own, offset, path }, steps);
    if (ofReceiver !== null) return ofReceiver;
    for (const type of around) {
      const value = declaredMember(interpreter, { kind: 'instance', path, type }, name, steps + 1);
      if (value !== null) return value;
    }
    const functions = own.functions.get(name) ?? [];
    const fn = functions.find(candidate => candidate.declared === undefined);
    // Kotlin: a function may have the name of the type that it makes; what is no call means the type, and a call makes one either way.
    const made = fn === undefined || !/^\p{Lu}/u.test(name) ? null : types().visibleInFile(name, path, enclosing);
    if (made !== null) return { kind: 'type', path, type: made };
    if (fn !== undefined) return { kind: 'function', path, fn };
    const extended = memberOfExtended(interpreter, packages, { name, own, offset, path }, steps);
    const found = extended ?? typeNamed(name, own, enclosing, path, steps);
    // C++: a function whose body stands in no file that is here.
    const [declared] = functions;
    return declared === undefined || found.kind === 'function' ? found : { kind: 'function', path, fn: declared };
  };

  const typeNamed = (
    name: string,
    own: FileSymbols,
    around: readonly TypeFact[],
    path: string,
    steps: number,
  ): Value => {
    const language = own.facts.language;
    const inFile = types().visibleInFile(name, path, around);
    if (inFile !== null) return { kind: 'type', path, type: inFile };
    const explicit = own.imports.get(name) ?? globalAlias(interpreterOf(), name, path);
    if (explicit !== undefined && explicit.local !== '*') return imported(explicit, path, steps);
    const seen = viewOf(path, own);
    const known = seen.names.get(name);
    if (known !== undefined) return known;
    const fromStatic = staticMember(name, seen, steps);
    const value = fromStatic ?? freeElsewhere(name, seen, language, steps) ?? typeElsewhere(name, path, seen, language);
    seen.names.set(name, value);
    return value;
  };

  /** A function or a value that another file of a visible package declares outside types. */
  const freeElsewhere = (name: string, seen: FileView, language: LanguageId, steps: number): Value | null => {
    if (!hasFreeMembers(language)) return null;
    for (const from of seen.packages) {
      const found = types().free(from === '' ? name : `${from}.${name}`, language);
      if (found !== null) return interpreterOf().fromDefinition(found.definition, found.path, steps + 1);
      const taken = language === 'rust' ? rustPath(interpreterOf(), [...from.split('.'), name], from, steps) : null;
      if (taken !== null && taken.kind !== 'unknown') return taken;
    }
    const only = language === 'rust' ? types().onlyFree(name, language) : null;
    return only === null ? null : interpreterOf().fromDefinition(only.definition, only.path, steps + 1);
  };

  /** A type that no declaration or import of the file names. */
  const typeElsewhere = (name: string, path: string, seen: FileView, language: LanguageId): Value => {
    const known = packages.ofType(name, seen.packages, language);
    if (known !== null) return { kind: 'external', from: known, names: [name] };
    const visible = types()
      .named(name, language)
      .filter(type => type.outer === null && isVisible(type.package, seen));
    const nearest = visible.length < 2 ? null : seen.packages.find(from => visible.some(type => type.package === from));
    const among =
      nearest === null || nearest === undefined ? visible : visible.filter(type => type.package === nearest);
    // Swift's modules are folders that no file names: of namesakes, the one nearby is meant.
    const found = language === 'swift' ? nearestTo(path, among) : among[0];
    if (found !== undefined) return placed({ path: found.path, type: found.type }, path);
    const isOnly = language === 'csharp' || language === 'cpp' || language === 'rust';
    const only = isOnly ? types().only(name, language) : null;
    if (only !== null) return placed(only, path);
    const giver = language === 'cpp' ? packages.ofGlobal(name, language) : null;
    if (giver !== null) return { kind: 'external', from: giver, names: [name] };
    if (!/^\p{Lu}/u.test(name)) {
      if (language === 'cpp' && CPP_CONSTANT.test(name)) wishForType(name, language);
      return UNKNOWN;
    }
    // C#: an attribute may leave out the end of its name.
    const attribute = language === 'csharp' ? types().only(`${name}Attribute`, language) : null;
    if (attribute !== null) return placed(attribute, path);
    if (language === 'csharp' || hasFreeMembers(language)) wishForType(name, language);
    if (nominalFamilyOf(language) === 'jvm')
      for (const from of seen.packages) wishFor([...from.split('.'), name], language);
    return { kind: 'external', from: '', names: [name] };
  };

  /** `using static A.B` and `import static a.B.*` give the members of a type. */
  const staticMember = (name: string, seen: FileView, steps: number): Value | null => {
    for (const type of seen.statics) {
      const value = declaredMember(interpreterOf(), { kind: 'type', ...type }, name, steps + 1);
      if (value !== null) return value;
    }
    return null;
  };

  const viewOf = (path: string, own: FileSymbols): FileView => {
    const known = views.get(path);
    if (known !== undefined) return known;
    const visible = visiblePackages(interpreterOf(), own, path);
    const statics: PlacedType[] = [];
    for (const { from, ofType } of PATHS.has(own.facts.language) ? [] : own.starImports) {
      const { language, packageName } = own.facts;
      // The last word of a namespace is the name of many a file (`Text`, `Collections`).
      if (language === 'csharp' && ofType !== true) continue;
      const inPackage = language === 'scala' ? qualify(packageName ?? '', from) : from;
      const type = types().qualified(from, language) ?? types().qualified(inPackage, language);
      if (type === null) wishFor(from.split('.'), own.facts.language);
      else statics.push(type);
    }
    const around = own.facts.language === 'csharp' ? enclosingNamespaces(packageOf(interpreterOf(), path)) : [];
    const made: FileView = { packages: visible, visible: new Set(visible), around, statics, names: new Map() };
    views.set(path, made);
    return made;
  };

  const imported = ({ from, imported: name, span }: ImportFact, path: string, steps: number): Value => {
    const names = [...from.split('.').filter(part => part !== ''), name];
    const value = fullyNamed(names, path, steps, span.start);
    if (value !== null) return value;
    const language = languageOf(path);
    wishFor(names, language);
    if (language === 'rust') {
      const module = rustModuleNamed(interpreterOf(), names, rustModuleAt(interpreterOf(), path, span.start));
      if (module !== null) return { kind: 'external', from: '', names: module.split('.') };
      if (/^\p{Lu}/u.test(name)) wishForType(name, language);
      return { kind: 'external', from: OWN_CRATE.test(from) ? '' : from, names: [name] };
    }
    // C++: perhaps a namespace, whose names are looked up as wholes.
    if (language === 'cpp') {
      if (CPP_CONSTANT.test(name)) wishForPath(names, language);
      return { kind: 'external', from: '', names };
    }
    if (language === 'csharp' ? names.length < 3 : hasFreeMembers(language) && /^\p{Lu}/u.test(name)) {
      wishForType(name, language);
    }
    return language === 'csharp' ? { kind: 'external', from: '', names } : { kind: 'external', from, names: [name] };
  };

  /** What a full name means: of an SDK, or a type of the repository and what stands in it. */
  const fullyNamed = (names: readonly string[], path: string, steps: number, offset = 0): Value | null => {
    const language = languageOf(path);
    const own = packageOf(interpreterOf(), path);
    const prefixes = prefixesOf(language, own, path);
    for (let count = names.length - 1; count > 0; count--) {
      const from = names.slice(0, count).join('.');
      // C++: `using namespace a; b::C` may mean `a::b::C`.
      const full =
        language === 'cpp'
          ? prefixes.filter(prefix => !packages.isKnown(prefix, language)).map(prefix => qualify(prefix, from))
          : [from];
      const known = full.find(candidate => packages.isKnown(candidate, language));
      if (known !== undefined && !isInside(own, known)) {
        // C++: in Chromium's own repository, a constant of its namespace is here.
        const here = language === 'cpp' ? types().free(names.join('.'), language) : null;
        if (here?.definition.kind === 'bindings')
          return interpreterOf().fromDefinition(here.definition, here.path, steps + 1);
        return { kind: 'external', from: known, names: names.slice(count) };
      }
    }
    if (language === 'java') {
      const free = ofKotlinFile(names, steps);
      if (free !== null) return free;
    }
    if (language === 'rust') {
      const found = rustPath(interpreterOf(), names, rustModuleAt(interpreterOf(), path, offset), steps);
      if (found !== null || !OWN_CRATE.test(names[0]!)) return found;
      // What a macro or a build script makes of a module is found by its name, if that is the only one.
      const only = types().onlyFree(names.at(-1)!, language);
      return only === null ? null : interpreterOf().fromDefinition(only.definition, only.path, steps + 1);
    }
    for (const prefix of hasFreeMembers(language) ? prefixes : []) {
      const free = types().free(qualify(prefix, names.join('.')), language);
      const isMaker =
        free?.definition.kind === 'function' && types().qualified(qualify(prefix, names.join('.')), language) !== null;
      if (free !== null && !isMaker) return interpreterOf().fromDefinition(free.definition, free.path, steps + 1);
    }
    for (const prefix of prefixes) {
      for (let count = names.length; count > 0; count--) {
        const name = names.slice(0, count).join('.');
        const type = types().qualified(qualify(prefix, name), language);
        if (type === null) continue;
        return names
          .slice(count)
          .reduce<Value>((value, part) => member(interpreterOf(), value, part, steps + 1), { kind: 'type', ...type });
      }
    }
    return null;
  };

  /** Java: what a Kotlin file of a package declares outside types stands in a class that is named after the file. */
  const ofKotlinFile = (names: readonly string[], steps: number): Value | null => {
    for (let at = 1; at < names.length - 1; at++) {
      const type = names.slice(0, at + 1).join('.');
      if (!/^\p{Lu}/u.test(names[at]!) || types().qualified(type, 'java') !== null) continue;
      const free = types().free([...names.slice(0, at), names[at + 1]].join('.'), 'java');
      if (free?.path.endsWith('.kt') !== true) return null;
      const value = interpreterOf().fromDefinition(free.definition, free.path, steps + 1);
      return names.slice(at + 2).reduce((object, part) => member(interpreterOf(), object, part, steps + 1), value);
    }
    return null;
  };

  /** What a full name may leave out in front. */
  const prefixesOf = (language: LanguageId, own: string, path: string): readonly string[] => {
    if (language === 'cpp') return namespacesOf(path);
    if (language === 'scala') return ['', ...enclosingNamespaces(own)];
    return language === 'csharp' ? enclosingNamespaces(own) : [''];
  };

  const namespacesOf = (path: string): readonly string[] => {
    const own = interpreterOf().symbols(path);
    return own === null ? [''] : viewOf(path, own).packages;
  };

  /** C++, Rust: `a::b::c`, where nothing is known of `a`: it may be a namespace. */
  const scopePath = (expr: Expr & { kind: 'member' }, path: string, steps: number): Value | null => {
    const own = interpreterOf().symbols(path);
    const { root, names, isPath } = pathIn(expr);
    if (own === null || root.kind !== 'name' || steps > MAX_STEPS) return null;
    if (root.name === 'this' || (!isPath && lookUpScoped(own, root.name, root.span.start) !== null)) return null;
    const { kind } = interpreterOf().evaluate(root, path, steps + 1);
    // A name in capitals may be a type that stands elsewhere.
    const isScope = !isPath || /^\p{Lu}/u.test(root.name) || own.imports.has(root.name);
    if (kind === 'type' || (kind !== 'unknown' && isScope)) return null;
    names.unshift(root.name);
    const found = fullyNamed(names, path, steps, root.span.start);
    if (found !== null) return found;
    if (root.name !== 'std' && CPP_CONSTANT.test(names.at(-1)!)) wishForPath(names, languageOf(path));
    return kind === 'unknown' ? null : UNKNOWN;
  };

  const qualified = (value: ExternalValue, path: string, steps: number): Value => {
    const { names } = value;
    if (!handles(path) || names.length < 2 || steps > MAX_STEPS) return value;
    const found = fullyNamed(value.from === '' ? names : [...value.from.split('.'), ...names], path, steps);
    if (found !== null) return found;
    const language = languageOf(path);
    wishFor(names, language);
    if (language === 'cpp' && CPP_CONSTANT.test(names.at(-1)!)) wishForPath(names, language);
    return value;
  };

  /** A type of the repository; one that stands in an SDK's own package, as in the SDK's repository, is the SDK's. */
  const placed = (type: PlacedType, path: string): Value => {
    const from = packageOf(interpreterOf(), type.path);
    const isSdk = packages.isKnown(from, languageOf(path)) && !isInside(packageOf(interpreterOf(), path), from);
    return isSdk ? { kind: 'external', from, names: [type.type.name] } : { kind: 'type', ...type };
  };

  /** Wishes for the files that a full name leads to: for `a.b.C.D`, `a/b/C.java`, or any `C.cs` and `D.cs`. */
  const wishFor = (names: readonly string[], language: LanguageId): void => {
    const { modules } = interpreterOf();
    for (let count = names.length; count > 0 && count > names.length - 2; count--) {
      if (!/^\p{Lu}/u.test(names[count - 1]!)) continue;
      const typePath = nominalFamilyOf(language) === 'jvm' ? names.slice(0, count).join('/') : names[count - 1]!;
      const file =
        language === 'java' && modules.namedAfter(typePath, language).length === 0
          ? typePath.replace(/Kt$/, '')
          : typePath;
      const files = modules.namedAfter(file, language);
      if (files.length <= MAX_NAMESAKES) files.forEach(wish);
    }
  };

  const wishForType = (name: string, language: LanguageId): void => {
    // A parameter of a generic type or a template, which no file defines, and by whose name many have something of their own.
    if (/^[A-Z]\d?$/.test(name)) return;
    const files = interpreterOf().modules.namedAfter(name, language);
    if (files.length === 0) undeclared.add(name);
    else if (files.length <= MAX_NAMESAKES) files.forEach(wish);
  };

  /** The same for the last name of a path; in C++ its file says what is in front of it too. */
  const wishForPath = (names: readonly string[], language: LanguageId): void => {
    const name = names.at(-1)!;
    if (language === 'cpp' && names.length > 1) undeclared.add(pathWish(names));
    else wishForType(name, language);
  };

  const handles = (path: string): boolean => {
    return nominalFamilyOf(interpreterOf().files.get(path)?.language) !== null;
  };

  return {
    handles,
    name: evaluateName,
    imported,
    qualified,
    path: (expr, path, steps) =>
      PATHS.has(interpreterOf().files.get(path)?.language) ? scopePath(expr, path, steps) : null,
    member: (object, name, steps) => typeMember(interpreterOf(), object, name, steps),
    call: (call, path, steps) => evaluateCall(interpreterOf(), call, path, steps),
    wishForDefinition: name => undeclared.add(name),
    otherParts: type => (handles(type.path) ? types().otherParts(type) : []),
    get types() {
      return types();
    },
    undeclared,
  };
}

/** Files of one name that are read to find a type: more than this, and the name says too little. */
const MAX_NAMESAKES = 8;

/** Languages whose names stand in paths, which mean something as wholes. */
const PATHS: ReadonlySet<LanguageId | undefined> = new Set(['cpp', 'rust']);

/** Rust: what begins a path in the own crate. */
const OWN_CRATE = /^(?:crate|self|super)(?:\.|$)/;

function baseOf(interpreter: Interpreter, type: TypeFact, path: string, steps: number): Value {
  const [base] = type.bases;
  return base === undefined ? UNKNOWN : instanceOf(interpreter.evaluate(base, path, steps + 1));
}
