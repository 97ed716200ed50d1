/**
 * A compact, growing set of git object names, each with a number: the order in which it was added. Histories hold millions
 * of them, and as strings in a map they would take several times the memory. It knows nothing of commits or files.
 */

/** Object names are read and written as ASCII hexadecimal digits; all names of one table have the same length. */
export class ObjectTable {
  readonly #bytesEach: number;
  #names: Uint8Array;
  #slots: Int32Array;
  #size = 0;

  /** `hexDigits`: 40 for SHA-1, 64 for SHA-256. */
  constructor(hexDigits: number) {
    this.#bytesEach = hexDigits >> 1;
    this.#slots = new Int32Array(4096).fill(-1);
    this.#names = new Uint8Array(this.#capacity());
  }

  get size(): number {
    return this.#size;
  }

  /** The number of the name whose digits begin at `at`, added if it is new. */
  add(digits: Uint8Array, at: number): number {
    if (this.#size * 2 >= this.#slots.length) this.#grow();
    const slot = this.#slotOf(this.#write(digits, at));
    const found = this.#slots[slot]!;
    if (found >= 0) return found;
    this.#slots[slot] = this.#size;
    return this.#size++;
  }

  /** The number of a name, or -1 when it was never added. */
  find(digits: string): number {
    if (digits.length !== this.#bytesEach * 2) return -1;
    return this.#slots[this.#slotOf(this.#write(new TextEncoder().encode(digits), 0))]!;
  }

  /** The hexadecimal digits of a number that `add` has given. */
  name(number: number): string {
    let text = '';
    const start = number * this.#bytesEach;
    for (let i = start; i < start + this.#bytesEach; i++) text += hexPairs[this.#names[i]!];
    return text;
  }

  /** Writes a name behind the last one, where it can be compared or stay, and returns where that is. */
  #write(digits: Uint8Array, at: number): number {
    const end = this.#size * this.#bytesEach;
    for (let i = 0; i < this.#bytesEach; i++) {
      this.#names[end + i] = (hexValue(digits[at + 2 * i]!) << 4) | hexValue(digits[at + 2 * i + 1]!);
    }
    return end;
  }

  /** Where the name at `start` of `#names` stands in the slots, or the free slot where it belongs. */
  #slotOf(start: number): number {
    const names = this.#names;
    const mask = this.#slots.length - 1;
    // Object names are hashes already: their first bytes are as good as any hash of them.
    let slot =
      (names[start]! | (names[start + 1]! << 8) | (names[start + 2]! << 16) | (names[start + 3]! << 24)) & mask;
    for (;;) {
      const candidate = this.#slots[slot]!;
      if (candidate < 0 || this.#equal(candidate * this.#bytesEach, start)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #equal(a: number, b: number): boolean {
    for (let i = 0; i < this.#bytesEach; i++) if (this.#names[a + i] !== this.#names[b + i]) return false;
    return true;
  }

  /** Bytes for as many names as fill half of the slots, and one more for the name that is being looked up. */
  #capacity(): number {
    return (this.#slots.length / 2 + 1) * this.#bytesEach;
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const names = new Uint8Array(this.#capacity());
    names.set(this.#names);
    this.#names = names;
    for (let number = 0; number < this.#size; number++) {
      this.#slots[this.#slotOf(number * this.#bytesEach)] = number;
    }
  }
}

const hexPairs: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hexValue(code: number): number {
  return code <= 57 ? code - 48 : code - 87;
}
