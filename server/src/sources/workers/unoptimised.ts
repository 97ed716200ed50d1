/**
 * Grammars whose code V8 is not to optimise. A lexer that is one function of some 100 KB takes its compiler seconds and a hundred megabytes, in a
 * thread beside, and runs more slowly then. V8 tells by its flags when a module and each function of it are compiled, which is when it is called
 * first; flags are those of the whole program, so that they are set for as short as can be.
 */
import { setFlagsFromString } from 'node:v8';

/** What runs often is optimised (`dynamic`); without that all is, at once, unless nothing is (`tier-up`). */
const AS_IT_IS = ['--no-wasm-dynamic-tiering', '--no-wasm-tier-up'];
const AS_USUAL = ['--wasm-dynamic-tiering', '--wasm-tier-up'];

/** Compiles a module, or calls functions of one for the first time, so that they stay as they are. */
export function unoptimised<T>(act: () => T): T {
  for (const flag of AS_IT_IS) setFlagsFromString(flag);
  try {
    return act();
  } finally {
    for (const flag of AS_USUAL) setFlagsFromString(flag);
  }
}
