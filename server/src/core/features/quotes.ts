/** Keys as code: whether one can be written between quotes as it is. Which keys there are to write is decided elsewhere. */

/**
 * Whether a text stays what it is, and inside, between these quotes. Keys come from files that anybody may have written: one
 * that ends its own quotes would put code behind them.
 */
export function fitsInQuotes(text: string, quote: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters end lines, or hide what is written.
  return !text.includes(quote) && !/[\\\u0000-\u001f\u2028\u2029]|\$\{/.test(text);
}
