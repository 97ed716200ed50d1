/** How deeply a text nests: what must never reach a parser. Trees and facts have bounds of their own. */

/** Far above what people and their generators write. */
const DEEPEST_PARSED = 500;

/**
 * Whether a text nests so deeply that it could end the parsers' runtime for good, and all files with it: some two thousand
 * objects in one another (`{a:{a:…`) exhaust its stack, some ten thousand type arguments (`A<A<…`) its memory. Brackets in
 * strings and comments count too; comparisons don't, since a bracket or a semicolon ends them.
 */
export function nestsTooDeeply(text: string): boolean {
  let braces = 0;
  let angles = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 60) {
      if (++angles > DEEPEST_PARSED) return true;
    } else if (code === 62) {
      if (angles > 0) angles--;
    } else if (code === 123) {
      angles = 0;
      if (++braces > DEEPEST_PARSED) return true;
    } else if (code === 125) {
      angles = 0;
      if (braces > 0) braces--;
    } else if (code === 41 || code === 59) angles = 0;
  }
  return false;
}

/** Whether replacing `removed` by `inserted` leaves alone everything that `nestsTooDeeply` looks at. */
export function keepsNesting(removed: string, inserted: string): boolean {
  return !NESTING.test(removed) && !NESTING.test(inserted);
}

const NESTING = /[<>{});]/;
