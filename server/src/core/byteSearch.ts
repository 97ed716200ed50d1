/**
 * Looking for many words at once in the bytes of a file, before anybody makes a text of them: most files of a repository hold
 * none, and decoding them and asking a regular expression of hundreds of words costs ten times as much. What the words mean,
 * and what a file that holds one is good for, is decided elsewhere.
 */
import { beginSketch, createSketch, hashOfRun, type Sketch } from './byteSketch.ts';

/** What is looked for, in UTF-8. */
export interface Sought {
  /** Found as they are written. */
  readonly words: Iterable<string>;
  /** The same, told apart from the words. */
  readonly names?: Iterable<string>;
  /** ASCII in lower case, four characters or more: found in upper and lower case alike. */
  readonly stems?: Iterable<string>;
}

/** What a text holds: the sum of what was found. */
export const WORD = 1;
export const NAME = 2;
export const STEM = 4;

/**
 * Looks through bytes in UTF-8 (or ASCII with anything above it). What of `enough` is found ends the search, so that nothing may be
 * said of the rest; without it the first find does. Draws the `sketch` of what it looks through.
 */
export type ByteSearch = (bytes: Uint8Array, enough?: number, sketch?: Sketch) => number;

/** A search for any of these. Linear in the number of bytes. */
export function createByteSearch({ words, names = [], stems = [] }: Sought): ByteSearch {
  const encoder = new TextEncoder();
  const needles: Needle[] = [];
  for (const word of words) needles.push({ bytes: encoder.encode(word), kind: WORD });
  for (const name of names) needles.push({ bytes: encoder.encode(name), kind: NAME });
  for (const stem of stems) needles.push({ bytes: encoder.encode(stem), kind: STEM });
  const brief = needles.filter(({ bytes }) => bytes.length > 0 && bytes.length < SHORTEST);
  const table = tableOf(needles.filter(({ bytes }) => bytes.length >= SHORTEST));
  const unwanted = createSketch();
  return (bytes, enough = WORD | NAME | STEM, sketch = unwanted) => {
    const shift = beginSketch(sketch, sketch === unwanted ? 0 : bytes.length);
    let found = 0;
    for (const needle of brief) if (holdsBrief(bytes, needle, standsAt)) found |= needle.kind;
    return (found & enough) !== 0 ? found : searchRuns(bytes, table, found, enough, sketch, shift);
  };
}

/** Adds to `found` the words that stand in bytes in UTF-8. */
export type ByteFinder = (bytes: Uint8Array, found: Set<string>) => void;

/**
 * Finds which of the words are there, rather than whether any is: anywhere, or where they are `whole`, that is no part of a longer name.
 * Linear in the number of bytes.
 */
export function createByteFinder(words: Iterable<string>, where: 'anywhere' | 'whole' = 'anywhere'): ByteFinder {
  const encoder = new TextEncoder();
  const all = [...words].map(word => ({ word, bytes: encoder.encode(word), kind: WORD }));
  const brief = all.filter(({ bytes }) => bytes.length > 0 && bytes.length < SHORTEST);
  const { bits, slots } = tableOf(all.filter(({ bytes }) => bytes.length >= SHORTEST));
  const stands = where === 'whole' ? standsAlone : standsAt;
  return (bytes, found) => {
    for (const needle of brief) if (holdsBrief(bytes, needle, stands)) found.add(needle.word);
    for (let at = 0; at + 2 < bytes.length; at += 2) {
      const hash = hashOfRun(bytes[at]!, bytes[at + 1]!, bytes[at + 2]!);
      if (((bits[hash >>> BITS_FROM]! >> (hash >>> RUN_FROM)) & 1) === 0) continue;
      for (const { needle, before } of slots[hash >>> SLOT_FROM]!) {
        if (!found.has(needle.word) && stands(bytes, at - before, needle)) found.add(needle.word);
      }
    }
  };
}

/**
 * Every other place is looked at: a word of four bytes or more holds two neighbouring runs of three, one of which begins at an even place
 * wherever the word stands. One of three bytes is a run itself, or the end of one and a byte more.
 */
const SHORTEST = 3;

interface Needle {
  readonly bytes: Uint8Array;
  /** `STEM`: in lower case, found in any. */
  readonly kind: number;
}

/** A needle, and how many of its bytes stand before the run by which it is looked up; one byte too many is before it at -1. */
interface Candidate<N extends Needle> {
  readonly needle: N;
  readonly before: number;
}

/** What is looked up by parts of a run's hash. */
interface Table<N extends Needle> {
  /** Whether any needle holds the run: a bit for each number of 18 bits. */
  readonly bits: Int32Array;
  /** Whether a byte may stand before such a run, and behind it: a bit for each value of the byte's last five bits. */
  readonly before: Int32Array;
  readonly behind: Int32Array;
  /** The needles of all runs that share a number of twelve bits; holes where there is none. */
  readonly slots: readonly (readonly Candidate<N>[])[];
}

const RUN_FROM = 32 - 18;
/** Where the word begins that the bit is in: shifts count the last five bits of a number only. */
const BITS_FROM = RUN_FROM + 5;
const SLOT_FROM = 32 - 12;

/** Ends early when what is `enough` was found. */
function searchRuns(
  bytes: Uint8Array,
  { bits, before, behind, slots }: Table<Needle>,
  foundBefore: number,
  enough: number,
  sketch: Sketch,
  shift: number,
): number {
  const drawn = sketch.bits;
  const end = bytes.length;
  let found = foundBefore;
  let first = end > 0 ? bytes[0]! : 0;
  for (let at = 2; at < end; at += 2) {
    const third = bytes[at]!;
    const hash = hashOfRun(first, bytes[at - 1]!, third);
    first = third;
    const bit = hash >>> shift;
    drawn[bit >> 3]! |= 1 << (bit & 7);
    if (((bits[hash >>> BITS_FROM]! >> (hash >>> RUN_FROM)) & 1) === 0) continue;
    const slot = hash >>> SLOT_FROM;
    // What is around most runs tells that they are part of another word.
    if (at > 2 && ((before[slot]! >> (bytes[at - 3]! & 31)) & 1) === 0) continue;
    if (at + 1 < end && ((behind[slot]! >> (bytes[at + 1]! & 31)) & 1) === 0) continue;
    found |= kindsAt(bytes, at - 2, slots[slot]!, found);
    if ((found & enough) !== 0) return found;
  }
  sketch.isWhole = true;
  return found;
}

/** The kinds of the candidates for a run at this place that stand there, but for those of a known kind. */
function kindsAt(bytes: Uint8Array, at: number, candidates: readonly Candidate<Needle>[], known: number): number {
  let kinds = 0;
  for (const { needle, before } of candidates) {
    if (((kinds | known) & needle.kind) === 0 && standsAt(bytes, at - before, needle)) kinds |= needle.kind;
  }
  return kinds;
}

function standsAt(bytes: Uint8Array, start: number, { bytes: needle, kind }: Needle): boolean {
  if (start < 0 || start + needle.length > bytes.length) return false;
  for (let index = 0; index < needle.length; index++) {
    const byte = bytes[start + index]!;
    if ((kind === STEM && byte >= 65 && byte <= 90 ? byte | 32 : byte) !== needle[index]) return false;
  }
  return true;
}

/** Whether it stands there, and the name that it begins or ends with is no longer than that. */
function standsAlone(bytes: Uint8Array, start: number, needle: Needle): boolean {
  if (!standsAt(bytes, start, needle)) return false;
  const end = start + needle.bytes.length;
  return !isNameAcross(bytes, start) && !isNameAcross(bytes, end);
}

/** Whether one name stands on both sides of a place. */
function isNameAcross(bytes: Uint8Array, at: number): boolean {
  return at > 0 && at < bytes.length && isOfName(bytes[at - 1]!) && isOfName(bytes[at]!);
}

/** ASCII's letters and digits, and the low line. */
function isOfName(byte: number): boolean {
  const letter = byte | 32;
  return (letter >= 97 && letter <= 122) || (byte >= 48 && byte <= 57) || byte === 95;
}

function holdsBrief(bytes: Uint8Array, needle: Needle, stands: typeof standsAt): boolean {
  const first = needle.bytes[0]!;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (stands(bytes, at, needle)) return true;
  }
  return false;
}

function tableOf<N extends Needle>(needles: readonly N[]): Table<N> {
  const bits = new Int32Array(1 << (32 - BITS_FROM));
  const slotCount = 1 << (32 - SLOT_FROM);
  const before = new Int32Array(slotCount);
  const behind = new Int32Array(slotCount);
  const slots: Candidate<N>[][] = new Array(slotCount);
  for (const needle of needles) {
    for (const start of runStarts(needle.bytes)) {
      for (const hash of runsOf(needle, start)) {
        bits[hash >>> BITS_FROM]! |= 1 << (hash >>> RUN_FROM);
        const slot = hash >>> SLOT_FROM;
        before[slot]! |= neighbourOf(needle.bytes, start - 1);
        behind[slot]! |= neighbourOf(needle.bytes, start + 3);
        slots[slot] ??= [];
        const known = slots[slot]!;
        if (!known.some(other => other.needle === needle && other.before === start))
          known.push({ needle, before: start });
      }
    }
  }
  return { bits, before, behind, slots };
}

/** The byte of a needle at this place as a bit; all bits beyond its ends. Small and capital letters share their last five bits. */
function neighbourOf(bytes: Uint8Array, at: number): number {
  return at < 0 || at >= bytes.length ? -1 : 1 << (bytes[at]! & 31);
}

/** Where the runs begin by which a needle is looked up, wherever it stands. */
function runStarts(bytes: Uint8Array): readonly number[] {
  if (bytes.length === 3) return [0, -1];
  const rarest = rarestPlace(bytes);
  return [rarest, rarest + 1];
}

/** The hashes of a needle's run, in all cases that it may be written in, and with all bytes that may stand before it. */
function runsOf({ bytes, kind }: Needle, start: number): readonly number[] {
  if (start < 0) return Array.from({ length: 256 }, (_, any) => hashOfRun(any, bytes[0]!, bytes[1]!));
  const run = [...bytes.subarray(start, start + 3)];
  if (kind !== STEM) return [hashOfRun(run[0]!, run[1]!, run[2]!)];
  return Array.from({ length: 8 }, (_, cases) => {
    const [first, second, third] = run.map((byte, at) => ((cases >> at) & 1 && isSmallLetter(byte) ? byte - 32 : byte));
    return hashOfRun(first!, second!, third!);
  });
}

function isSmallLetter(byte: number): boolean {
  return byte >= 97 && byte <= 122;
}

/** Where the four bytes of a needle stand that code is least full of: what is looked up often costs. */
function rarestPlace(bytes: Uint8Array): number {
  const letters = String.fromCharCode(...bytes).toLowerCase();
  let best = 0;
  let most = -1;
  for (let at = 0; at + 4 <= bytes.length; at++) {
    // The two in the middle belong to both runs.
    const rarity =
      RARITY[bytes[at]!]! + 2 * RARITY[bytes[at + 1]!]! + 2 * RARITY[bytes[at + 2]!]! + RARITY[bytes[at + 3]!]!;
    if (rarity <= most) continue;
    const weighed = COMMON_RUNS.has(letters.slice(at, at + 4)) ? rarity / 8 : rarity;
    if (weighed > most) {
      most = weighed;
      best = at;
    }
  }
  return best;
}

function rarityOf(byte: number): number {
  const character = String.fromCharCode(byte);
  const rank = FREQUENT.indexOf(character);
  if (rank >= 0) return rank;
  return COMMON_SIGNS.has(character) ? 12 : 28;
}

/** The space and the letters of English, most frequent first. */
const FREQUENT = ' etaoinsrhldcumfpgwybvkxjqz';
const COMMON_SIGNS: ReadonlySet<string> = new Set(['_', '(', '.']);
/** Words that code in one language or another is full of, with what stands around them. */
const COMMON_WORDS =
  ' async await boolean class const context default error expect(explain export false for function if import integer interface null number object private public request require response result return self.split( static string switch this. throw true type undefined unless value void with(';
/** All that is four characters long in them. */
const COMMON_RUNS: ReadonlySet<string> = new Set(
  Array.from({ length: COMMON_WORDS.length - 3 }, (_, at) => COMMON_WORDS.slice(at, at + 4)),
);
/** By byte. */
const RARITY: readonly number[] = Array.from({ length: 256 }, (_, byte) => rarityOf(byte));
