/**
 * Facts: what one file's text says, in terms no language owns. They are plain, serialisable data that depend on the text
 * alone; a language folder makes them, `core/flags` reads them. Nothing here knows what a flag is.
 *
 * Everything is placed by span, never by index into a sibling array: scopes are the spans in which a name is visible. That
 * is what lets an edited file keep the facts of its unchanged parts by shifting them.
 */
import type { Span } from '../text.ts';

/** A value as written. What the grammars wrap it in (parentheses, `await`, `as const`, `!`, `satisfies`) is taken off. */
export type Expr =
  | { readonly kind: 'string'; readonly value: string; readonly span: Span }
  | { readonly kind: 'literal'; readonly value: number | boolean | null; readonly span: Span }
  | { readonly kind: 'name'; readonly name: string; readonly span: Span }
  | MemberExpr
  | IndexExpr
  | CallExpr
  /** A template string, a concatenation or a format call with constant format: parts in order, text as plain strings. */
  | { readonly kind: 'template'; readonly parts: readonly (string | Expr)[]; readonly span: Span }
  /** `spreads` are the objects whose entries it takes over (`{ ...other }`, `{**other}`). */
  | {
      readonly kind: 'object';
      readonly entries: readonly ObjectEntry[];
      readonly spreads: readonly Expr[];
      readonly span: Span;
    }
  | { readonly kind: 'array'; readonly items: readonly Expr[]; readonly span: Span }
  /** A function value; its parameters and body stand in `functions` under the same span. */
  | { readonly kind: 'function'; readonly span: Span }
  /** `a ? b : c`, `a || b`, `a ?? b`, `b if a else c`: any of the options. */
  | { readonly kind: 'choice'; readonly options: readonly Expr[]; readonly span: Span }
  /** What stands in another file than the expression that holds it. Facts have none: linking puts such expressions together. */
  | { readonly kind: 'placed'; readonly path: string; readonly expr: Expr; readonly span: Span }
  | { readonly kind: 'other'; readonly span: Span };

/** `object.property`; `propertySpan` is the property's name. */
export interface MemberExpr {
  readonly kind: 'member';
  readonly object: Expr;
  readonly property: string;
  readonly propertySpan: Span;
  /** C++: the object is the first name of a path (`a::b`), which is a namespace or a type and never a value. */
  readonly ofPath?: true;
  readonly span: Span;
}

/** `object[index]`; an index that is a string makes it a member. */
export interface IndexExpr {
  readonly kind: 'index';
  readonly object: Expr;
  readonly index: Expr;
  readonly span: Span;
}

/** A call or construction. `nameSpan` is the called name: the function's, or the method's after the dot. */
export interface CallExpr {
  readonly kind: 'call';
  readonly callee: Expr;
  readonly args: readonly Argument[];
  readonly construct: boolean;
  readonly nameSpan: Span;
  readonly span: Span;
  /** C#: the only type argument, as in `provider.GetService<T>()`. */
  readonly typeArgument?: Expr;
}

export interface Argument {
  /** The keyword of a named argument (`flag_key: …`, `key="…"`), or null when it is positional. */
  readonly name: string | null;
  readonly value: Expr;
  /** `...rest`, `*args`, `**kwargs`: positions behind it are unknown. */
  readonly spread: boolean;
}

export interface ObjectEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Expr;
}

/** One imported name. `imported` is the name in the other module, `default`, or `*` for the module itself. */
export interface ImportFact {
  readonly local: string;
  readonly imported: string;
  readonly from: string;
  readonly span: Span;
  /** C#: `using static`, which gives the members of a type and not what stands in a namespace. */
  readonly ofType?: true;
}

/** One exported name that is not a declaration of its own: `export { local as name }`, `export … from`, `export default`. */
export interface ExportFact {
  /** The exported name, or `*` for everything of `from`. */
  readonly name: string;
  /** The local name or, with `from`, the name in the other module (`*` for the module itself). */
  readonly local: string;
  readonly from: string | null;
}

/** The name of an export, or of a binding, that is a CommonJS module as a whole. */
export const WHOLE_MODULE = 'export=';

export interface ParameterFact {
  readonly name: string;
  readonly nameSpan: Span;
  /** 0-based position in the call; a receiver (`self`, Go's receiver) has position -1. */
  readonly position: number;
  /** Swift: the name by which callers give it, null for none; elsewhere that is its own. */
  readonly label?: string | null;
  /** For a destructured parameter: the property it is read from, else null. */
  readonly property: string | null;
  readonly type: Expr | null;
  /** TypeScript: the type of what a destructured parameter is read from. */
  readonly patternType?: Expr;
  /** It takes all further arguments. */
  readonly rest?: true;
  readonly defaultValue: Expr | null;
}

export interface FunctionFact {
  /** Null for an anonymous function that no binding names. */
  readonly name: string | null;
  readonly nameSpan: Span;
  /** The class, interface or receiver type it belongs to, else null. */
  readonly owner: string | null;
  readonly parameters: readonly ParameterFact[];
  /** Values of its `return`s (or its expression body), at most the first eight. */
  readonly returns: readonly Expr[];
  /** What it is declared to return, where that has a name. */
  readonly resultType?: Expr;
  /** C++: it is only declared here, and has its body elsewhere. */
  readonly declared?: true;
  readonly span: Span;
}

/**
 * A name and the value it was given: constants, variables, class fields, static members, enum members, package-level names.
 * Destructuring is written out: `const { a: b } = c` binds `b` to the member `c.a`.
 */
export interface BindingFact {
  readonly name: string;
  readonly nameSpan: Span;
  /** The class, enum or type it is a member of, else null. `this.x = …` and `self.x = …` are members too. */
  readonly owner: string | null;
  readonly value: Expr | null;
  readonly type: Expr | null;
  /** TypeScript: the type of what a destructured name is read from. */
  readonly patternType?: Expr;
  /** What a destructured name is where the value lacks the property. */
  readonly defaultValue?: Expr;
  readonly form: 'constant' | 'variable' | 'field' | 'enum-member';
  /** Where the name is visible; for a member, the span of its type. */
  readonly scope: Span;
}

export interface TypeFact {
  readonly name: string;
  readonly nameSpan: Span;
  /**
   * An extension adds members to the type that is the first of its bases, wherever that is declared. A namespace holds what has no
   * type around it.
   */
  readonly form: 'class' | 'interface' | 'enum' | 'struct' | 'alias' | 'extension' | 'namespace' | 'annotation';
  /** Base classes and implemented interfaces. */
  readonly bases: readonly Expr[];
  readonly span: Span;
}

/** A JSX element, or a template's tag. `value` is null for a bare attribute. */
export interface ElementFact {
  readonly name: string;
  readonly nameSpan: Span;
  readonly attributes: readonly { readonly name: string; readonly value: Expr | null; readonly span: Span }[];
  readonly span: Span;
}

/** A condition and the code it guards; `alternative` is the else branch. */
export interface BranchFact {
  readonly condition: Span;
  readonly consequent: Span;
  readonly alternative: Span | null;
}

/** A comment's text, without its leader, as one span of the file. */
export interface CommentFact {
  readonly text: string;
  readonly span: Span;
}

/** All facts of one file. Arrays are in order of `span.start`. */
export interface FileFacts {
  readonly language: LanguageId;
  /** Go's package, Java's package, C#'s namespace; null elsewhere. */
  readonly packageName: string | null;
  readonly imports: readonly ImportFact[];
  readonly exports: readonly ExportFact[];
  readonly functions: readonly FunctionFact[];
  readonly bindings: readonly BindingFact[];
  readonly types: readonly TypeFact[];
  readonly calls: readonly CallExpr[];
  /** Decorator and attribute calls; a bare decorator is a call without arguments. */
  readonly decorators: readonly CallExpr[];
  /** Member accesses that are not the callee of a call, outermost ones only; in TypeScript, Python, Ruby, Swift and Kotlin, indexed ones too. */
  readonly members: readonly (MemberExpr | IndexExpr)[];
  readonly elements: readonly ElementFact[];
  readonly branches: readonly BranchFact[];
  readonly comments: readonly CommentFact[];
  /** Whether the grammar had to recover from a syntax error somewhere in the file. */
  readonly broken: boolean;
}

export type LanguageId =
  | 'typescript'
  | 'tsx'
  | 'javascript'
  | 'python'
  | 'go'
  | 'java'
  | 'csharp'
  | 'ruby'
  | 'erb'
  | 'haml'
  | 'php'
  | 'kotlin'
  | 'swift'
  | 'rust'
  | 'cpp'
  | 'scala'
  | 'vue'
  | 'svelte'
  | 'razor'
  | 'jinja'
  | 'twig'
  | 'blade'
  | 'angular';

/** TypeScript, JavaScript, and what embeds them. */
export function isScript(language: LanguageId | undefined): boolean {
  return language === 'typescript' || language === 'tsx' || language === 'javascript';
}

/** Scripts, and templates in files of their own whose names are those of a script. */
export function readsScripts(language: LanguageId | undefined): boolean {
  return isScript(language) || language === 'angular';
}

/** Languages whose types stand in packages or namespaces, and whose members need no `this`. */
export function isNominal(language: LanguageId): boolean {
  return nominalFamilyOf(language) !== null;
}

/** Nominal languages that see each other's types: those of the JVM do. */
export type NominalFamily = 'jvm' | 'csharp' | 'swift' | 'rust' | 'cpp';

/** The family of a nominal language, or null. */
export function nominalFamilyOf(language: LanguageId | undefined): NominalFamily | null {
  if (language === 'java' || language === 'kotlin' || language === 'scala') return 'jvm';
  return language === 'csharp' || language === 'swift' || language === 'rust' || language === 'cpp' ? language : null;
}

/** Nominal languages in which functions and constants need no type around them, and what has a type's name constructs it. */
export function hasFreeMembers(language: LanguageId | undefined): boolean {
  return language !== undefined && FREE_MEMBERS.has(language);
}

const FREE_MEMBERS: ReadonlySet<LanguageId> = new Set(['cpp', 'kotlin', 'rust', 'scala', 'swift']);
