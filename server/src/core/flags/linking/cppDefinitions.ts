/**
 * Which texts in C++ may define a name: files that do are read when the linker wishes for what the name stands for. Most texts that hold the name of a
 * type only use it: they announce it, call it, open its namespace or have a parameter of a template by that name. None of these says
 * what it is. What the linker makes of a definition is the business of `languages/cpp`.
 */
import { nameWished } from '../resolve/pathWishes.ts';

/** A test for the definition of what is wished for. */
export function cppWishTest(wish: string): (text: string) => boolean {
  const name = nameWished(wish);
  const isDefined = cppDefinitionTest(new Set([name]));
  if (name === wish) return isDefined;
  const around = wish.slice(0, -name.length - 2);
  const isAroundDefined = cppDefinitionTest(new Set([around]));
  const opens = new RegExp(
    String.raw`\bnamespace\s+(?:\w+(?:::|\s+)){0,8}${around}(?:::[\w:]{1,80})?\s*\{|\b${around}::${name}\s*(?:\[\w*\]\s*)?[={]`,
  );
  // Most that hold the last name do not hold the one before it, which is told at once.
  return text => text.includes(around) && isDefined(text) && (opens.test(text) || isAroundDefined(text));
}

/** A test for the definition of any of these names: a type, a constant with its value, a function, a macro, or what a macro declares. */
export function cppDefinitionTest(names: ReadonlySet<string>): (text: string) => boolean {
  const words = [...names].filter(name => /^\w+$/.test(name));
  if (words.length === 0) return () => false;
  const pattern = new RegExp(definitionsOf(`(?:${words.join('|')})\\b`).join('|'), 'm');
  return text => pattern.test(text);
}

function definitionsOf(name: string): readonly string[] {
  return [
    // `class MY_EXPORT Flags final : public Base`, `enum class Flags {`; not `class Flags;`, nor `template <class Flags>`, nor `class Flags::Inner {`.
    String.raw`\b(?:class|struct|union|enum)\s+(?:(?:class|struct)\s+)?${BEFORE_NAME}${name}\s*(?:[A-Za-z]\w*\s*)?(?:\{|:(?!:))`,
    // Not `using Flags::kPay;`, which takes something out of it.
    String.raw`\busing\s+${name}\s*(?:\[\[[^\]\n]{0,80}\]\]\s*)?=`,
    String.raw`\bdefine\s+${name}`,
    // `BASE_FEATURE(kPay, …`: a macro is given a name and more where a line begins.
    String.raw`^[ \t]*(?!\w*(?:ASSERT|CHECK|EXPECT|TEST)|(?:\w*_)?LOG[_(])[A-Z][A-Z0-9_]*\(\s*${name}\s*,`,
    // `const Feature kPay{`, `constexpr char kPay[] =`, `bool IsPaying(`: behind a type, which no word of a statement is.
    String.raw`${BEHIND_TYPE}${name}(?:\(|(?:\[\w*\])?\s*(?:\{|=(?!=)))`,
    // `const char Keys::kPay[] =`, and the members of an enum.
    String.raw`(?:::|^[ \t]*|[{,][ \t]*)${name}(?:\[\w*\])?\s*=(?!=)`,
  ];
}

/** Macros for the linker and attributes. */
const BEFORE_NAME = String.raw`(?:\[\[[^\]\n]{0,80}\]\]\s*)?(?:(?:[A-Z]\w*|alignas)(?:\([^()\n]{0,80}\))?\s+){0,2}`;

/** `Feature kPay`, `char* kPay`, `char *kPay`, `Vector<Flag> kPay`; not what a class extends, nor what a function gives (`-> Flags {`). */
const BEHIND_TYPE = String.raw`(?<=[\w>][*&]{0,2}\s{1,20}|[\w>]\s[*&]{1,2})(?<!->\s{1,20}|\b(?:and|case|co_await|co_return|co_yield|delete|else|goto|namespace|new|not|or|private|protected|public|return|throw|typename|virtual)\s{1,20})`;
