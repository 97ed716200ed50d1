/**
 * Scala, 2 and 3: what one top-level declaration says. How each construct becomes a fact:
 *
 * - `import a.b.{C, D => E, _}` is taken apart; `_` and `*` have the local name `*`. A package object is a namespace.
 * - An object is a class that is its own only instance; the one beside a class of its name is another part of that.
 * - A class's parameters are those of a function with the name and the span of the class; in a case class, and as `val`, they are
 *   fields too. A `def` without parameters is a function and a field with the only value that it gives.
 * - The cases of an enum are members that construct it, as are the values of an `Enumeration`; `Value("a")` is the text.
 * - `f(a)(b)` is one call of both; a block or a lambda behind a call is its last argument; `a f b` is `a.f(b)`.
 * - A call of something with a capital letter constructs it. `s"a$b"` is a template.
 * - `if` and `match` are choices of their values; a `match` over names of constants is an index into what its cases give.
 * - Parameters that are implicit are given by nobody. What an extension, or a method of an implicit class, is called on is a parameter at position -1.
 * - Types: type arguments are taken off, but `Option[T]`, `Future[T]` and the like mean `T`.
 */
import { addChunkFacts } from '../classChunks.ts';
import type { Language } from '../language.ts';
import type { PlainShape } from '../plainTree.ts';
import { ANCHORS, walkWithErrors } from './statements.ts';

export const scala: Language = {
  id: 'scala',
  grammar: 'tree-sitter-scala',
  extensions: ['.scala', '.sc'],
  errorIsOneChunk: true,
  blank: text => wrapBlockParameters(blankConstructorAnnotations(text)),
  extractChunk: (node, text, sink) => addChunkFacts(node, text, sink, { shape: SHAPE, walk: walkWithErrors }),
};

/** The grammar takes a class's parameters for those of the annotation before them: `class Pay @Inject() (client: Client)`. */
function blankConstructorAnnotations(text: string): string {
  if (!text.includes('@Inject') && !ANNOTATED.test(text)) return text;
  return text.replace(
    CONSTRUCTOR_ANNOTATION,
    (_whole, head: string, annotation: string) => head + annotation.replace(/[^\r\n]/g, ' '),
  );
}

const ANNOTATED = /\bclass\s{1,20}\w+\s{1,20}@/;
const CONSTRUCTOR_ANNOTATION =
  /(\bclass\s{1,20}\w+(?:\[[^\]\n]*\])?\s{0,20})(@[\w.]+(?:\([^()\n]*\))?)(?=\s{0,20}(?:private\s{1,20}|protected\s{1,20})?\()/g;

/**
 * The grammar takes a block for a type that begins with its parameter: `Action { implicit request: Request[AnyContent] => … }`. In
 * parentheses, for which there is room, it does not.
 */
function wrapBlockParameters(text: string): string {
  return text.replace(
    BLOCK_PARAMETER,
    (_whole, before: string, implicitly: string, parameter: string) =>
      `{${before}(${' '.repeat(implicitly.length)}${parameter})`,
  );
}

/** What is called `self` or `this` gives an object's own type, which the grammar knows. */
const BLOCK_PARAMETER =
  /\{(\s{0,60})[ \t]((?:implicit[ \t]{1,20})?)((?!(?:self|this)\b)[a-z]\w{0,60}[ \t]{0,3}:[ \t]{0,20}[A-Z][\w.]{0,80}(?:\[[^\n{}=]{0,120}\])?)[ \t](?==>)/g;

const SHAPE: PlainShape = {
  anchors: ANCHORS,
  leaves: new Set([
    'identifier',
    'type_identifier',
    'operator_identifier',
    'integer_literal',
    'floating_point_literal',
    'boolean_literal',
    'null_literal',
    'character_literal',
    'string',
    'comment',
    'block_comment',
    'access_modifier',
    'namespace_wildcard',
    'wildcard',
  ]),
};
