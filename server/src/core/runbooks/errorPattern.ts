/**
 * The errors a runbook or an incident is about: a name such as `PaymentTimeoutError`, or a regular expression between slashes.
 * Patterns come from a repository nobody vouches for, so expressions run on the linear-time matcher of
 * `linearExpression.ts` and never on the engine of the runtime. Ranking traces by them is the business of `core/traces`.
 */
import { compileExpression, matchesExpression } from './linearExpression.ts';

export type ErrorPattern = { readonly test: (input: string) => boolean } | { readonly problem: string };

const longestPattern = 300;
const longestInput = 4_000;

/**
 * Compiles an error pattern. `/…/` and `/…/i` are regular expressions, searched anywhere in the input; anything else is a name
 * that must stand as a whole word (`TimeoutError` is in `psp.TimeoutError: …`, not in `ReadTimeoutError`). Only the first 4,000
 * characters of an input are looked at. `problem` is a sentence for the pattern's author.
 */
export function safeErrorPattern(text: string): ErrorPattern {
  const written = text.trim();
  if (written === '') return { problem: 'This error pattern is empty; write an error name or /a regular expression/.' };
  if (written.length > longestPattern)
    return { problem: `This error pattern is longer than ${longestPattern} characters.` };
  const expression = /^\/(.+)\/([a-z]*)$/s.exec(written);
  if (expression === null) return { test: input => containsWord(input.slice(0, longestInput), written) };
  const flags = expression[2]!;
  if (/[^ius]/.test(flags))
    return { problem: `The flag "${flags}" of this regular expression is not supported; only "i" is.` };
  const compiled = compileExpression(expression[1]!, flags.includes('i') ? 'ignore-case' : 'exact-case');
  if ('problem' in compiled) return compiled;
  return { test: input => matchesExpression(compiled, input.slice(0, longestInput)) };
}

function containsWord(input: string, word: string): boolean {
  for (let at = input.indexOf(word); at >= 0; at = input.indexOf(word, at + 1)) {
    if (isEdge(input, at) && isEdge(input, at + word.length)) return true;
  }
  return false;
}

/** Whether a name may begin or end here: not between two characters of a word. */
function isEdge(input: string, at: number): boolean {
  return !/^[\p{L}\p{N}_]{2}$/u.test(input.slice(Math.max(0, at - 1), at + 1)) || at === 0 || at === input.length;
}
