/**
 * What a flag SDK looks like in code, as data: the packages it is imported from and its calls, with the places of key and
 * fallback. One SDK is one file under `sdks/`; the matching is `checks.ts`' business.
 */
import type { Expr, LanguageId } from '../languages/facts.ts';
import type { Role, ValueType, Via } from '../model.ts';
import { indexPackages, matchesPackage } from './packageIndex.ts';
import type { PackageKnowledge } from './resolve/packageKnowledge.ts';

/** Where an argument stands: at a 0-based position, or under a keyword, or as a property of an object at the position. */
export interface ArgumentAt {
  readonly position: number;
  /** The last argument, at `position` or behind it: overloads that take a user or attributes take them before the fallback. */
  readonly last?: true;
  /** What the method is called on, whatever `position` says; or what that was asked for (`flags[key].isOn()`). */
  readonly receiver?: true | 'asked';
  /** Keyword names of named arguments. */
  readonly names?: readonly string[];
  /** Swift: the type that a member without one, such as `.pay`, is of. */
  readonly implied?: Expr;
  /** Property of the object argument at `position`; an object may also be written as a construction with named fields. */
  readonly property?: string;
  /** Go: the first argument of the option of this name (`unleash.WithFallback(true)`), wherever that stands. */
  readonly option?: string;
  /** What stands there holds several keys, each of which is a check of its own. */
  readonly several?: SeveralKeys;
}

/**
 * How an argument holds several keys: as the items of a list, as a property of each item (which may hold a fallback too), or as
 * the names of an object's entries; `comma`: as a text of names with commas between; `rest`: each further argument is a key.
 */
export type SeveralKeys =
  | 'items'
  | 'names'
  | 'comma'
  | 'rest'
  | { readonly property: string; readonly fallback?: string };

export interface SdkCall {
  /** The called names and the value type each returns; null where the fallback tells. */
  readonly names: Readonly<Record<string, ValueType | null>>;
  /** `method`: called on a client; `function`: imported by itself. */
  readonly form: 'method' | 'function' | 'decorator';
  /** The members of the client that hand out the object it is called on: `feature`, or `[]` for brackets. */
  readonly on?: readonly string[];
  readonly key: ArgumentAt;
  readonly fallback: ArgumentAt | null;
  readonly via: Via | null;
  /** Whether the name alone makes it likely, in a repository that uses the SDK but where the client can't be followed. */
  readonly distinctive: boolean;
  /** Names such as `String` that half of all files hold: files are searched for the package instead. */
  readonly common?: true;
  /** Names that anything may have: they count only where the client can be followed. */
  readonly proven?: true;
  /** Names so short that other words hold them (`isOn` in `isOnline`): files are searched for them with a parenthesis. */
  readonly brief?: true;
  /** A check unless it says otherwise. */
  readonly role?: Role;
  /** What a key may begin with that negates the flag and does not belong to its name. */
  readonly negation?: string;
}

/** An imported function whose result is an object of flags, read by property (`useFlags().newCheckout`). */
export interface SdkToggles {
  readonly function: string;
  /** The property of the result that holds the flags, when it is not the result itself. */
  readonly below?: string;
  /** Whether keys appear in camel case whatever their spelling in the flag system. */
  readonly camelCase: boolean;
  /** A check unless it says otherwise: what a call has evaluated already is only read. */
  readonly role?: Role;
  /** A name such as `config`: files are searched for the package instead. */
  readonly common?: true;
}

/** A function that gives components an object of flags as one of their properties: `withLDConsumer()(Component)`. */
export interface SdkInjection {
  readonly function: string;
  readonly property: string;
  readonly camelCase: boolean;
}

/**
 * A constructor or factory whose result stands for one flag. The flag is declared where the object is made, and checked where the
 * object is asked: by calling it, or one of its methods.
 */
export interface SdkFlagObject {
  readonly names: Readonly<Record<string, ValueType | null>>;
  readonly key: ArgumentAt;
  readonly fallback: ArgumentAt | null;
  /** Where nothing at `key` is a text: the name that stands here, without what it begins with, is the key. */
  readonly namedBy?: { readonly position: number; readonly prefix: string };
  /**
   * The name of the member that holds the object is the key, whatever `key` says: below the namespace that a call of `registers` gives
   * to the class or the object whose member it is. The call's first text is the namespace.
   */
  readonly heldBy?: { readonly registers: readonly string[] };
  readonly called?: true;
  readonly methods: readonly string[];
  /** Members that ask it without a call. */
  readonly properties?: readonly string[];
  /** Names that half of all files hold: files are searched for the package instead. */
  readonly common?: true;
  /** No class extends it: a macro, a structure. */
  readonly final?: true;
}

/** A field of a class that names the flag for what the class inherits (`waffle_flag = "…"`). */
export interface SdkField {
  readonly name: string;
  /** The SDK's class that the class extends. */
  readonly base: string;
  readonly negation?: string;
}

/** An element that names a flag in an attribute (`<FeatureFlag flagKey="…">`). */
export interface SdkElement {
  readonly name: string;
  readonly key: string;
  readonly fallback: string | null;
  readonly several?: SeveralKeys;
  /** A check unless it says otherwise. */
  readonly role?: Role;
  /**
   * A tag or directive of a template, which no import of the file need tell: it is the SDK's where the repository uses the SDK in
   * a file of the language, or, `by name`, a likely one even where it does not.
   */
  readonly tag?: 'by package' | 'by name';
}

/** One package family: the same calls in the same shape. Client and server SDKs of one vendor are different surfaces. */
export interface SdkSurface {
  readonly languages: readonly LanguageId[];
  /** Import specifiers. `name/*` also stands for everything below; `*` inside a name for a version. */
  readonly packages: readonly string[];
  /** How files mention the packages, where their plain names are those of other packages' as well. */
  readonly mentions?: readonly string[];
  /**
   * C#, and the JVM's `import package.*`: the types that the packages hold and calls begin with. An import that names what it
   * imports needs none.
   */
  readonly types?: readonly string[];
  /** Ruby: constants that the first of the packages gives to the whole program, with or without an import. */
  readonly globals?: readonly string[];
  /** Go: what the package calls itself, where that is not the last part of its path. */
  readonly packageName?: string;
  readonly calls: readonly SdkCall[];
  readonly toggles: readonly SdkToggles[];
  readonly elements: readonly SdkElement[];
  readonly injections?: readonly SdkInjection[];
  readonly flagObjects?: readonly SdkFlagObject[];
  readonly fields?: readonly SdkField[];
  /** Texts among the arguments of these methods, or in a list there, which name flags behind a prefix: `features:new-api,other`. */
  readonly prefixedTexts?: { readonly of: readonly string[]; readonly prefix: string };
  /** Ruby: the global answers for each flag by a question of the flag's own name (`Flipflop.new_nav?`), except by these. */
  readonly namedQuestions?: { readonly except: readonly string[] };
  /** Ruby: flags are declared by calls of this name inside a block that the global's method `of` is given. */
  readonly declaredInBlocks?: { readonly of: string; readonly by: string };
}

export interface FlagSdk {
  /** The system id that checks carry, such as `launchdarkly`. */
  readonly id: string;
  /** PHP: a flag may be named by a class, whose own key is what this field holds or this attribute is given; else it is the class's name. */
  readonly keyedClasses?: { readonly field: string; readonly attribute: string };
  readonly surfaces: readonly SdkSurface[];
}

export const RUBY: readonly LanguageId[] = ['ruby', 'erb', 'haml'];

/** What an SDK for Java gives, Kotlin and Scala call in the same words. */
export const JVM: readonly LanguageId[] = ['java', 'kotlin', 'scala'];

export const ECMASCRIPT: readonly LanguageId[] = ['typescript', 'tsx', 'javascript'];

/** Whether an import specifier belongs to a surface. */
export function isPackageOf(surface: SdkSurface, specifier: string): boolean {
  return surface.packages.some(pattern => matchesPackage(pattern, specifier));
}

/** What the SDKs' data tells of packages that no repository holds. */
export function packageKnowledge(sdks: readonly FlagSdk[]): PackageKnowledge {
  const surfaces = sdks.flatMap(sdk => sdk.surfaces);
  const ofSurfaces = indexPackages(surfaces);
  return {
    nameOf: specifier => ofSurfaces(specifier).find(surface => surface.packageName !== undefined)?.packageName ?? null,
    isKnown: (specifier, language) => ofSurfaces(specifier).some(surface => surface.languages.includes(language)),
    ofType(type, specifiers, language) {
      const holders = surfaces.filter(
        surface => surface.languages.includes(language) && surface.types?.includes(type) === true,
      );
      return specifiers.find(specifier => holders.some(surface => isPackageOf(surface, specifier))) ?? null;
    },
    ofGlobal(name, language) {
      const giver = surfaces.find(
        surface => surface.languages.includes(language) && surface.globals?.includes(name) === true,
      );
      return giver?.packages[0] ?? null;
    },
  };
}
