/**
 * Sketches of files that were looked through: small enough to be kept of all files, and enough to tell for most of them that they do
 * not hold a word that somebody asks for later, so that they are not read again. What is read and what is kept is decided elsewhere.
 *
 * A sketch is a Bloom filter of the runs of three bytes that begin at even places. A word that stands in the text has every other one
 * of its own runs there, from its first byte on or from its second.
 */

/** Makes sketches of bytes in UTF-8. The array is overwritten by the next call. */
export function createSketcher(): (bytes: Uint8Array) => Uint8Array {
  let room = new Uint8Array(SMALLEST);
  return bytes => {
    const length = lengthFor(bytes.length);
    if (room.length < length) room = new Uint8Array(length);
    const sketch = room.subarray(0, length);
    sketch.fill(0);
    const shift = shiftOf(length);
    const end = bytes.length - 2;
    for (let at = 0; at < end; at += 2) {
      const bit = hashOf(bytes[at]!, bytes[at + 1]!, bytes[at + 2]!) >>> shift;
      sketch[bit >> 3]! |= 1 << (bit & 7);
    }
    return sketch;
  };
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
    return ways.some(hashes => hashes.every(hash => holds(sketch, hash >>> shift)));
  };
}

function hashesFrom(bytes: Uint8Array, start: number): readonly number[] {
  const hashes: number[] = [];
  for (let at = start; at + 3 <= bytes.length; at += 2) hashes.push(hashOf(bytes[at]!, bytes[at + 1]!, bytes[at + 2]!));
  return hashes;
}

function holds(sketch: Uint8Array, bit: number): boolean {
  return ((sketch[bit >> 3]! >> (bit & 7)) & 1) === 1;
}

/** Of 32 bits, the first of which depend on all bytes: a multiplication by an odd number near the golden ratio of 2³². */
function hashOf(first: number, second: number, third: number): number {
  return Math.imul((first << 16) | (second << 8) | third, 0x9e3779b1);
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
