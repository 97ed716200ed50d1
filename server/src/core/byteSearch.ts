/**
 * Looking for many words at once in the bytes of a file, before anybody makes a text of them: most files of a repository hold
 * none, and decoding them and asking a regular expression of hundreds of words costs ten times as much. What the words mean,
 * and what a file that holds one is good for, is decided elsewhere.
 */

/** A `word` is there as it is written; of the stems, a `stem` is there in whatever case. */
export type FoundInBytes = 'word' | 'stem' | null;

/** Looks through bytes in UTF-8 (or ASCII with anything above it). Words go before stems. */
export type ByteSearch = (bytes: Uint8Array) => FoundInBytes;

/**
 * A search for any of the words, or of the stems: ASCII in lower case, four characters or more, found in upper and lower case
 * alike. Linear in the number of bytes.
 */
export function createByteSearch(words: Iterable<string>, stems: Iterable<string> = []): ByteSearch {
  const encoder = new TextEncoder();
  const long: Needle[] = [];
  const short: Uint8Array[] = [];
  for (const word of words) {
    const bytes = encoder.encode(word);
    if (bytes.length >= SHORTEST) long.push({ bytes, folded: false });
    else if (bytes.length > 0) short.push(bytes);
  }
  for (const stem of stems) long.push({ bytes: encoder.encode(stem), folded: true });
  const table = tableOf(long);
  return bytes => {
    for (const word of short) if (holdsShort(bytes, word)) return 'word';
    return searchLong(bytes, table);
  };
}

/** Adds to `found` the words that stand in bytes in UTF-8. */
export type ByteFinder = (bytes: Uint8Array, found: Set<string>) => void;

/** Finds which of the words are there, rather than whether any is. Linear in the number of bytes. */
export function createByteFinder(words: Iterable<string>): ByteFinder {
  const encoder = new TextEncoder();
  const all = [...words].map(word => ({ word, bytes: encoder.encode(word), folded: false }));
  const short = all.filter(({ bytes }) => bytes.length > 0 && bytes.length < SHORTEST);
  const table = tableOf(all.filter(({ bytes }) => bytes.length >= SHORTEST));
  return (bytes, found) => {
    for (const { word, bytes: needle } of short) if (holdsShort(bytes, needle)) found.add(word);
    const end = bytes.length - 2;
    for (let at = 0; at < end; at += 2) {
      const run = ((bytes[at]! & 63) << 12) | ((bytes[at + 1]! & 63) << 6) | (bytes[at + 2]! & 63);
      if (((table.bits[run >> 5]! >> (run & 31)) & 1) === 0) continue;
      for (const { needle, before } of table.candidates.get(run)!) {
        if (!found.has(needle.word) && standsAt(bytes, at - before, needle)) found.add(needle.word);
      }
    }
  };
}

/**
 * A word this long holds two neighbouring runs of three bytes, one of which begins at an even place wherever the word stands:
 * so only every other place is looked at.
 */
const SHORTEST = 4;

interface Needle {
  readonly bytes: Uint8Array;
  /** In lower case, found in any. */
  readonly folded: boolean;
}

/** A needle, and how many of its bytes stand before the run by which it is looked up. */
interface Candidate<N extends Needle> {
  readonly needle: N;
  readonly before: number;
}

interface Table<N extends Needle> {
  /** One bit for each number of a run. */
  readonly bits: Int32Array;
  readonly candidates: ReadonlyMap<number, readonly Candidate<N>[]>;
}

/** Three bytes as a number of 18 bits: letters keep their case, and signs share the numbers of letters. */
function runNumber(first: number, second: number, third: number): number {
  return ((first & 63) << 12) | ((second & 63) << 6) | (third & 63);
}

function searchLong(bytes: Uint8Array, { bits, candidates }: Table<Needle>): FoundInBytes {
  let found: FoundInBytes = null;
  const end = bytes.length - 2;
  for (let at = 0; at < end; at += 2) {
    const run = ((bytes[at]! & 63) << 12) | ((bytes[at + 1]! & 63) << 6) | (bytes[at + 2]! & 63);
    if (((bits[run >> 5]! >> (run & 31)) & 1) === 0) continue;
    for (const { needle, before } of candidates.get(run)!) {
      if ((needle.folded && found !== null) || !standsAt(bytes, at - before, needle)) continue;
      if (!needle.folded) return 'word';
      found = 'stem';
    }
  }
  return found;
}

function standsAt(bytes: Uint8Array, start: number, { bytes: needle, folded }: Needle): boolean {
  if (start < 0 || start + needle.length > bytes.length) return false;
  for (let index = 0; index < needle.length; index++) {
    const byte = bytes[start + index]!;
    if ((folded && byte >= 65 && byte <= 90 ? byte | 32 : byte) !== needle[index]) return false;
  }
  return true;
}

function holdsShort(bytes: Uint8Array, word: Uint8Array): boolean {
  const needle: Needle = { bytes: word, folded: false };
  for (let at = bytes.indexOf(word[0]!); at >= 0; at = bytes.indexOf(word[0]!, at + 1)) {
    if (standsAt(bytes, at, needle)) return true;
  }
  return false;
}

function tableOf<N extends Needle>(needles: readonly N[]): Table<N> {
  const bits = new Int32Array(1 << 13);
  const candidates = new Map<number, Candidate<N>[]>();
  for (const needle of needles) {
    const rarest = rarestPlace(needle.bytes);
    for (const before of [rarest, rarest + 1]) {
      for (const run of runsOf(needle, before)) {
        bits[run >> 5]! |= 1 << (run & 31);
        const known = candidates.get(run);
        if (known === undefined) candidates.set(run, [{ needle, before }]);
        else if (!known.some(other => other.needle === needle && other.before === before))
          known.push({ needle, before });
      }
    }
  }
  return { bits, candidates };
}

/** The numbers of a needle's run, in all cases that it may be written in. */
function runsOf({ bytes, folded }: Needle, before: number): readonly number[] {
  const run = [...bytes.subarray(before, before + 3)];
  if (!folded) return [runNumber(run[0]!, run[1]!, run[2]!)];
  return Array.from({ length: 8 }, (_, cases) => {
    const [first, second, third] = run.map((byte, at) => ((cases >> at) & 1 && isSmallLetter(byte) ? byte - 32 : byte));
    return runNumber(first!, second!, third!);
  });
}

function isSmallLetter(byte: number): boolean {
  return byte >= 97 && byte <= 122;
}

/** Where the four bytes of a needle stand that code is least full of: what is looked up often costs. */
function rarestPlace(bytes: Uint8Array): number {
  let best = 0;
  let most = -1;
  for (let at = 0; at + SHORTEST <= bytes.length; at++) {
    // The two in the middle belong to both runs.
    const rarity =
      rarityOf(bytes[at]!) + 2 * rarityOf(bytes[at + 1]!) + 2 * rarityOf(bytes[at + 2]!) + rarityOf(bytes[at + 3]!);
    if (rarity > most) {
      most = rarity;
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
