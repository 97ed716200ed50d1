/**
 * Finds many keys in bytes at once, as whole tokens: `user` is not found in `username`, nor `new-pay` in `new-payment` or
 * `brand-new-pay`. It works on UTF-8 as git stores it and decodes nothing. Which bytes are read, and what a hit means, is
 * the business of `introduced.ts`.
 *
 * The method is Wu and Manber's (A fast algorithm for multi-pattern searching, 1994): a table says, for the last three bytes
 * of a window as long as the shortest key, how far the window can jump. Most bytes are never looked at.
 */

/**
 * One way a key is written. `quoted`: as a whole string literal. `entry`: as the bare name of an entry, before a colon or an
 * equals sign (`newPay: true`, `newPay?: boolean`). `value`: as a whole value of YAML without quotes (`name: newPay`, `- newPay`).
 * `bare`: anywhere as a whole word. The others are for keys that as words may mean something else.
 */
export interface Spelling {
  readonly text: string;
  readonly form: 'quoted' | 'entry' | 'value' | 'bare';
}

/** A key to be dated with all its spellings; `useFlags()` shows `new-pay` as `newPay`, a second spelling. */
export interface DatedKey {
  readonly key: string;
  readonly spellings: readonly Spelling[];
  /** For a key that is an ordinary word: the files in which it stands as a flag today (`homes.ts`). It counts in any file without them. */
  readonly homes?: readonly string[];
}

export interface KeyMatcher {
  /** Bytes that have to be shown again with the bytes that follow them, when a content comes in pieces. */
  readonly overlap: number;
  /**
   * Reports the index of every key found in `bytes[from..to)`, a key perhaps several times. `beginsContent` and
   * `endsContent`: whether the ends of this piece are the content's own; elsewhere a token needs its neighbours to count.
   */
  readonly scan: (
    bytes: Uint8Array,
    from: number,
    to: number,
    edges: { readonly beginsContent: boolean; readonly endsContent: boolean },
    found: (key: number) => void,
    /** Told of every key that stands there as a whole token, in whatever form. */
    mentioned?: (key: number) => void,
  ) => void;
}

/** A matcher of these keys; the indices it reports are theirs. Spellings without text are left out. */
export function createKeyMatcher(keys: readonly DatedKey[]): KeyMatcher {
  const patterns = patternsOf(keys);
  const lengths = patterns.map(pattern => pattern.bytes.length);
  const window = Math.min(...lengths, 255);
  if (patterns.length === 0) return { overlap: 0, scan: () => {} };
  const { shifts, candidates } = tables(patterns, window);

  const scan: KeyMatcher['scan'] = (bytes, from, to, edges, found, mentioned) => {
    // The hash of three bytes, of fewer where the shortest key is shorter, is written out here: this is the hot loop.
    const second = window > 1 ? 0xff : 0;
    const third = window > 2 ? 0xff : 0;
    let last = from + window - 1;
    while (last < to) {
      const hash = (bytes[last]! ^ ((bytes[last - 1]! & second) << 5) ^ ((bytes[last - 2]! & third) << 10)) & hashMask;
      const shift = shifts[hash]!;
      if (shift !== 0) {
        last += shift;
        continue;
      }
      const start = last - window + 1;
      for (const pattern of candidates[hash]!) {
        const end = start + pattern.bytes.length;
        if (end > to || !equals(pattern.bytes, bytes, start)) continue;
        if ((start === from && !edges.beginsContent) || (end + lookahead > to && !edges.endsContent)) continue;
        const before = start === from ? lineFeed : bytes[start - 1]!;
        const after = end === to ? lineFeed : bytes[end]!;
        if (isWordByte[before] === 1 || isWordByte[after] === 1) continue;
        if (mentioned !== undefined) for (const key of pattern.keys) mentioned(key);
        for (const key of pattern.bare) found(key);
        if (pattern.quoted.length > 0 && isQuoted(before, after)) for (const key of pattern.quoted) found(key);
        if (pattern.value.length > 0 && isValue(bytes, start, from, end, to))
          for (const key of pattern.value) found(key);
        if (pattern.entry.length > 0 && isEntry(bytes, end, to)) for (const key of pattern.entry) found(key);
      }
      last++;
    }
  };
  return { overlap: Math.max(...lengths) + 1 + lookahead, scan };
}

interface Pattern {
  readonly bytes: Uint8Array;
  /** Indices of the keys that are spelled so, by form. */
  readonly bare: number[];
  readonly quoted: number[];
  readonly entry: number[];
  readonly value: number[];
  /** All of these. */
  readonly keys: Set<number>;
}

const hashMask = 0x7fff;
const lineFeed = 10;
const backslash = 92;
/** Bytes behind a key that tell its form. */
const lookahead = 4;

/** ASCII letters, digits, `_` and `-`: what continues a token. A dot, slash or colon does not: `flags.newPay.on`. */
const isWordByte: Readonly<Uint8Array> = Uint8Array.from({ length: 256 }, (_, byte) =>
  /[A-Za-z0-9_-]/.test(String.fromCharCode(byte)) && byte < 128 ? 1 : 0,
);

/** The same quote on both sides; behind the key it may be escaped, as in JSON inside a string. */
function isQuoted(before: number, after: number): boolean {
  return (before === 34 || before === 39 || before === 96) && (after === before || after === backslash);
}

/** Up to two blanks or a question mark, then `:` or `=`; not `::`, `==` or `=>`. */
function isEntry(bytes: Uint8Array, end: number, to: number): boolean {
  let at = end;
  while (at < end + 2 && at < to && (bytes[at] === 32 || bytes[at] === 63)) at++;
  if (at >= to || (bytes[at] !== 58 && bytes[at] !== 61)) return false;
  const next = at + 1 < to ? bytes[at + 1]! : lineFeed;
  return next !== 58 && next !== 61 && next !== 62;
}

/** Behind `: `, `- ` or `[`, up to the end of the line, a comment, a comma or a bracket. Two bytes before it are always there. */
function isValue(bytes: Uint8Array, start: number, from: number, end: number, to: number): boolean {
  const before = start - 1 >= from ? bytes[start - 1]! : lineFeed;
  const lead = start - 2 >= from ? bytes[start - 2]! : lineFeed;
  const isLed = before === 91 || (before === 32 && (lead === 58 || lead === 45 || lead === 44));
  if (!isLed) return false;
  const at = bytes[end] === 32 && end < to ? end + 1 : end;
  if (at >= to) return true;
  const after = bytes[at]!;
  return (
    after === lineFeed || after === 13 || (at > end ? after === 35 : after === 44 || after === 93 || after === 125)
  );
}

function patternsOf(keys: readonly DatedKey[]): Pattern[] {
  const encoder = new TextEncoder();
  const byText = new Map<string, Pattern>();
  keys.forEach(({ spellings }, index) => {
    for (const { text, form } of spellings) {
      if (text === '') continue;
      let pattern = byText.get(text);
      if (pattern === undefined) {
        pattern = { bytes: encoder.encode(text), bare: [], quoted: [], entry: [], value: [], keys: new Set() };
        byText.set(text, pattern);
      }
      pattern[form].push(index);
      pattern.keys.add(index);
    }
  });
  return [...byText.values()];
}

function tables(
  patterns: readonly Pattern[],
  window: number,
): { shifts: Uint8Array; candidates: (Pattern[] | undefined)[] } {
  const block = Math.min(3, window);
  const shifts = new Uint8Array(hashMask + 1).fill(window - block + 1);
  const candidates = new Array<Pattern[] | undefined>(hashMask + 1).fill(undefined);
  for (const pattern of patterns) {
    for (let last = block - 1; last < window; last++) {
      const hash = blockHash(pattern.bytes, last, block);
      const shift = window - 1 - last;
      if (shift < shifts[hash]!) shifts[hash] = shift;
      if (shift !== 0) continue;
      const others = candidates[hash];
      if (others === undefined) candidates[hash] = [pattern];
      else others.push(pattern);
    }
  }
  return { shifts, candidates };
}

function blockHash(bytes: Uint8Array, last: number, block: number): number {
  const second = block > 1 ? bytes[last - 1]! << 5 : 0;
  const third = block > 2 ? bytes[last - 2]! << 10 : 0;
  return (bytes[last]! ^ second ^ third) & hashMask;
}

function equals(pattern: Uint8Array, bytes: Uint8Array, start: number): boolean {
  for (let i = 0; i < pattern.length; i++) if (pattern[i] !== bytes[start + i]) return false;
  return true;
}
