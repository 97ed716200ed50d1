/**
 * Sketches of files that were looked through: small enough to be kept of all files, and enough to tell for most of them that they do
 * not hold a word that somebody asks for later, so that they are not read again. They are drawn by the search that looks through
 * the bytes (`byteSearch.ts`). What is read and what is kept is decided elsewhere.
 *
 * A sketch is a Bloom filter of the runs of three bytes that begin at even places. A word that stands in the text has every other one
 * of its own runs there, from its first byte on or from its second.
 */

/** Room for the sketch of one text after the other. */
export interface Sketch {
  /** Those of the text at hand begin it; what stands behind them belongs to a longer text before it. */
  bits: Uint8Array;
  /** How many bytes of them are the sketch. */
  length: number;
  /** Whether the text was looked through to its end: what is drawn of a part says nothing. */
  isWhole: boolean;
  /** Whether the text holds one of the names that were looked for meanwhile; true where nobody looked. */
  holdsName: boolean;
}

export function createSketch(): Sketch {
  return { bits: new Uint8Array(SMALLEST), length: SMALLEST, isWhole: false, holdsName: true };
}

/** Makes it the empty sketch of a text of so many bytes. A run's bit is that of its hash without the last so many of 32 bits. */
export function beginSketch(sketch: Sketch, size: number): number {
  const length = lengthFor(size);
  if (sketch.bits.length < length) sketch.bits = new Uint8Array(length);
  else sketch.bits.fill(0, 0, length);
  sketch.length = length;
  sketch.isWhole = false;
  sketch.holdsName = true;
  return shiftOf(length);
}

/** What is to be kept of it, which the next text overwrites. */
export function bytesOfSketch({ bits, length }: Sketch): Uint8Array {
  return bits.subarray(0, length);
}

/** Three bytes as a number of 32 bits, the first of which depend on all of them: a multiplication by an odd number near the golden ratio of 2³². */
export function hashOfRun(first: number, second: number, third: number): number {
  return Math.imul(first | (second << 8) | (third << 16), 0x9e3779b1);
}

/** Whether bytes of which this is the sketch may hold one of the words: never no where they do. */
export function createSketchTest(words: Iterable<string>): (sketch: Uint8Array) => boolean {
  const encoder = new TextEncoder();
  const ways: (readonly number[])[] = [];
  for (const word of words) {
    if (word === '') continue;
    const bytes = encoder.encode(word);
    // Of a shorter one there may be no whole run.
    if (bytes.length < 4) return () => true;
    ways.push(hashesFrom(bytes, 0), hashesFrom(bytes, 1));
  }
  return sketch => {
    const shift = shiftOf(sketch.length);
    for (const hashes of ways) if (holdsAll(sketch, hashes, shift)) return true;
    return false;
  };
}

function hashesFrom(bytes: Uint8Array, start: number): readonly number[] {
  const hashes: number[] = [];
  for (let at = start; at + 3 <= bytes.length; at += 2)
    hashes.push(hashOfRun(bytes[at]!, bytes[at + 1]!, bytes[at + 2]!));
  return hashes;
}

function holdsAll(sketch: Uint8Array, hashes: readonly number[], shift: number): boolean {
  for (const hash of hashes) {
    const bit = hash >>> shift;
    if (((sketch[bit >> 3]! >> (bit & 7)) & 1) === 0) return false;
  }
  return true;
}

/** In bytes. */
const SMALLEST = 64;

/** Between one and a quarter and two and a half bits a byte, so that about a sixth of them is set in code. */
function lengthFor(size: number): number {
  let length = SMALLEST;
  while (length * 8 < size * 1.25) length *= 2;
  return length;
}

/** What leaves as many of a hash's first bits as number the bits of a sketch. */
function shiftOf(length: number): number {
  return Math.clz32(length * 8) + 1;
}
