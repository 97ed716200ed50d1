/**
 * Swift's grammar asks for no memory for its scanner's state, the two arguments of `calloc` having changed places, and then counts the signs
 * of raw strings in whatever lies there: `#"text"#` is an error, and what else is one depends on the texts before. Here it asks for one
 * such state.
 */

/** The grammar's wasm, mended; one that has no such call, as a mended one hasn't, is given back as it is. */
export function mendScannerMemory(wasm: Uint8Array): Uint8Array {
  for (let at = wasm.indexOf(CONSTANT); at >= 0; at = wasm.indexOf(CONSTANT, at + 1)) {
    if (CALL.every((byte, index) => wasm[at + index] === byte)) {
      const mended = new Uint8Array(wasm);
      mended[at + 1] = 1;
      return mended;
    }
  }
  return wasm;
}

const CONSTANT = 0x41;
/** `calloc(0, 4)` of a function that gives its result: two constants, the call of the first import, the end. */
const CALL = [CONSTANT, 0, CONSTANT, 4, 0x10, 0x80, 0x80, 0x80, 0x80, 0, 0x0b];
