/**
 * Reads the stream of `git log --raw -z`: which commit brought which file contents, oldest commit first. It keeps numbers
 * and object names only, never a path or a content, so that a history of millions of changes fits in memory.
 */
import { canHoldKeys } from './keyPaths.ts';
import { ObjectTable } from './objectTable.ts';

/** What a history brought, contents and commits numbered in the order in which they appeared. */
export interface RawLog {
  readonly commits: ObjectTable;
  /** Distinct contents of files that can hold keys. */
  readonly contents: ObjectTable;
  /** By content: the number of the first commit that brought it. */
  readonly firstCommit: Uint32Array;
  /** By content: a hash of the path it first stood under, so that versions of one file can be read together. */
  readonly pathHash: Uint32Array;
  /** Contents that stand in a commit whose parents git can't see (a shallow clone, a graft). */
  readonly atBoundary: ReadonlySet<number>;
}

/** Takes the stream piece by piece. */
export interface RawLogReader {
  readonly push: (chunk: Uint8Array) => void;
  readonly finish: () => RawLog;
}

/** The `--format` that goes with this reader. Records follow it, separated by NUL. */
export const rawLogFormat = '%x01%H';

/**
 * Makes a reader of `git log --raw -z --no-abbrev --no-renames --format=<rawLogFormat>`. `boundary` holds the commits whose
 * parents are cut off.
 */
export function createRawLogReader(hexDigits: number, boundary: ReadonlySet<string>): RawLogReader {
  const commits = new ObjectTable(hexDigits);
  const contents = new ObjectTable(hexDigits);
  const atBoundary = new Set<number>();
  let firstCommit = new Uint32Array(4096);
  let pathHash = new Uint32Array(4096);
  let commit = 0;
  let commitAtBoundary = false;
  let carry: Uint8Array = new Uint8Array(0);
  /** Digits of the record whose path comes next, or null when none is open or it does not count. */
  let record: { readonly bytes: Uint8Array; readonly at: number } | null = null;
  let pathComesNext = false;

  const token = (bytes: Uint8Array, start: number, end: number): void => {
    if (pathComesNext) {
      pathComesNext = false;
      if (record !== null && canHoldKeys(bytes, start, end)) note(record.bytes, record.at, bytes, start, end);
      return;
    }
    const first = bytes[start] === lineFeed ? start + 1 : start;
    if (bytes[first] === startOfHeading) {
      commit = commits.add(bytes, first + 1);
      commitAtBoundary = boundary.size > 0 && boundary.has(commits.name(commit));
    } else if (bytes[first] === colon) {
      pathComesNext = true;
      // `:100644 100755 <old> <new> M`: only regular files hold keys; a deletion has the new mode 000000.
      const regular = bytes[first + 8] === digitOne && bytes[first + 9] === digitZero;
      record = regular ? { bytes, at: first + 16 + hexDigits } : null;
    }
  };

  const note = (digits: Uint8Array, at: number, path: Uint8Array, start: number, end: number): void => {
    const before = contents.size;
    const content = contents.add(digits, at);
    if (commitAtBoundary) atBoundary.add(content);
    if (content < before) return;
    if (content >= firstCommit.length) {
      firstCommit = grown(firstCommit);
      pathHash = grown(pathHash);
    }
    firstCommit[content] = commit;
    pathHash[content] = hashOf(path, start, end);
  };

  return {
    push: chunk => {
      const bytes = carry.length === 0 ? chunk : joined(carry, chunk);
      let start = 0;
      for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, start)) {
        token(bytes, start, end);
        start = end + 1;
      }
      carry = bytes.subarray(start);
    },
    finish: () => {
      if (carry.length > 0) token(carry, 0, carry.length);
      const size = contents.size;
      return {
        commits,
        contents,
        firstCommit: firstCommit.subarray(0, size),
        pathHash: pathHash.subarray(0, size),
        atBoundary,
      };
    },
  };
}

/**
 * The contents in the order that is cheapest to read: versions of one file stand together and the newest comes first, since
 * git's packs keep older versions as differences from newer ones.
 */
export function readingOrder(log: RawLog): Uint32Array {
  // Sorting one array of doubles is much cheaper than sorting indices with a comparator: hash above, number below.
  const keys = new Float64Array(log.contents.size);
  for (let content = 0; content < keys.length; content++) keys[content] = log.pathHash[content]! * 2 ** 21 + content;
  if (keys.length > 2 ** 21) return Uint32Array.from(keys, (_, content) => content);
  keys.sort().reverse();
  return Uint32Array.from(keys, key => key % 2 ** 21);
}

/** `a` followed by `b`. */
export function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

const lineFeed = 10;
const startOfHeading = 1;
const colon = 58;
const digitZero = 48;
const digitOne = 49;

function grown(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** FNV-1a, 32 bits. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash >>> 0;
}
