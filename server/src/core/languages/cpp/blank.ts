/**
 * What the grammar can't read between the words of C++: macros that say something to the linker (`class MY_EXPORT Flags`), and
 * directives inside the parentheses of a call or the braces of a value (`directives.ts`). They are blanked, so that everything else stays
 * where it is.
 */
import { blankDirectives } from './directives.ts';

/** A text of the same length and lines. */
export function blankMacros(text: string): string {
  const plain = MACROS.test(text) ? text.replace(TYPE_MACRO, blankMacro).replace(LINKAGE_MACRO, blankOf) : text;
  const called = plain.replace(STATIC_MACRO, blankOf);
  return DIRECTIVE.test(called) ? blankDirectives(called, blankOf) : called;
}

/** `static BASE_FEATURE(kPay, …);`: without the word a call, with it the grammar takes it for a function. */
const STATIC_MACRO = /(?<=^[ \t]{0,20})static(?=[ \t]+[A-Z][A-Z0-9_]{3,}\(\w+,)/gm;

/** Most texts have none. */
const MACROS = /\b(?:class|struct)\s+[A-Z]|_(?:API|EXPORT|PUBLIC)\b/;
const TYPE_MACRO =
  /\b(class|struct)(\s{1,20})([A-Z][A-Z0-9_]*(?:\([^()\n]*\))?)(?=\s{1,20}[A-Za-z_]\w*(?:::\w+)*\s{0,20}(?:final\s{0,20})?[:{])/g;
const LINKAGE_MACRO = /\b[A-Z][A-Z0-9_]*_(?:API|EXPORT|PUBLIC)\b(?:\([^()\n]*\))?(?=\s{1,20}[\w:[~])/g;
const DIRECTIVE = /^[ \t]*#[ \t]*(?:if|el|endif)/m;

function blankMacro(_whole: string, keyword: string, between: string, macro: string): string {
  return keyword + between + blankOf(macro);
}

/** As many blanks, on as many lines. */
export function blankOf(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}
