/**
 * Reads the stream of `git log --raw -z`: which commit brought which file contents, oldest commit first. It keeps numbers
 * and object names only, never a path or a content, so that a history of millions of changes fits in memory.
 */
import { canHoldKeys } from './keyPaths.ts';
import { ObjectTable } from './objectTable.ts';

/** What a history brought, contents and commits numbered in the order in which they appeared. */
export interface RawLog {
  readonly commits: ObjectTable;
  /** By commit: the number of its first parent, or `none`. A parent outside the range has a number, but no parent. */
  readonly firstParent: Uint32Array;
  /** Distinct contents of files that can hold keys. */
  readonly contents: ObjectTable;
  /** By content: the number of the first commit that brought it; `none` if it was there before the range. */
  readonly firstCommit: Uint32Array;
  /** By content: a hash of the path it first stood under, so that versions of one file can be read together. */
  readonly pathHash: Uint32Array;
  /** Contents that stand in a commit whose parents git can't see (a shallow clone, a graft). */
  readonly atBoundary: ReadonlySet<number>;
  readonly changes: FileChanges;
}

/** What each commit did to files that can hold keys, against its first parent: one row for each file, oldest commit first. */
export interface FileChanges {
  readonly size: number;
  readonly commit: Uint32Array;
  /** `hashOfPath` of the file. */
  readonly path: Uint32Array;
  /** Contents before and after; `none` where there was no file. */
  readonly before: Uint32Array;
  readonly after: Uint32Array;
}

/** Stands for no commit and no content. */
export const none = 0xffffffff;

/** Takes the stream piece by piece. */
export interface RawLogReader {
  readonly push: (chunk: Uint8Array) => void;
  readonly finish: () => RawLog;
}

/** The `--format` that goes with this reader. Records follow it, separated by NUL. */
export const rawLogFormat = '%x01%H %P';

/**
 * Makes a reader of `git log --raw -z --no-abbrev --no-renames --format=<rawLogFormat>`. `boundary` holds the commits whose
 * parents are cut off.
 */
export function createRawLogReader(hexDigits: number, boundary: ReadonlySet<string>): RawLogReader {
  const commits = new ObjectTable(hexDigits);
  const contents = new ObjectTable(hexDigits);
  const atBoundary = new Set<number>();
  const firstParent = createColumn();
  const firstCommit = createColumn();
  const pathHash = createColumn();
  const changes = { commit: createColumn(), path: createColumn(), before: createColumn(), after: createColumn() };
  let size = 0;
  let commit = 0;
  let commitAtBoundary = false;
  let carry: Uint8Array = new Uint8Array(0);
  /** The record whose path comes next, or null when none is open or it does not count. */
  let record: OpenRecord | null = null;
  let pathComesNext = false;

  const token = (bytes: Uint8Array, start: number, end: number): void => {
    if (pathComesNext) {
      pathComesNext = false;
      if (record !== null && canHoldKeys(bytes, start, end)) note(record, hashOf(bytes, start, end));
      return;
    }
    const first = bytes[start] === lineFeed ? start + 1 : start;
    if (bytes[first] === startOfHeading) {
      commit = commits.add(bytes, first + 1);
      const parent = first + hexDigits + 2;
      firstParent.set(commit, parent + hexDigits <= end ? commits.add(bytes, parent) : none);
      commitAtBoundary = boundary.size > 0 && boundary.has(commits.name(commit));
    } else if (bytes[first] === colon) {
      pathComesNext = true;
      // `:100644 100755 <old> <new> M`: only regular files hold keys; a deletion has the new mode 000000.
      const isRegular = (mode: number): boolean => bytes[mode] === digitOne && bytes[mode + 1] === digitZero;
      const [before, after] = [isRegular(first + 1), isRegular(first + 8)];
      record =
        before || after
          ? { bytes, before: before ? first + 15 : -1, after: after ? first + 16 + hexDigits : -1 }
          : null;
    }
  };

  const contentOf = (bytes: Uint8Array, at: number, hash: number): number => {
    if (at < 0) return none;
    const known = contents.size;
    const content = contents.add(bytes, at);
    if (content < known) return content;
    firstCommit.set(content, none);
    pathHash.set(content, hash);
    return content;
  };

  const note = ({ bytes, before, after }: OpenRecord, hash: number): void => {
    changes.commit.set(size, commit);
    changes.path.set(size, hash);
    changes.before.set(size, contentOf(bytes, before, hash));
    const content = contentOf(bytes, after, hash);
    changes.after.set(size, content);
    size++;
    if (content === none) return;
    if (commitAtBoundary) atBoundary.add(content);
    if (firstCommit.get(content) === none) firstCommit.set(content, commit);
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
      return {
        commits,
        firstParent: parentsOf(commits, firstParent),
        contents,
        firstCommit: firstCommit.upTo(contents.size),
        pathHash: pathHash.upTo(contents.size),
        atBoundary,
        changes: {
          size,
          commit: changes.commit.upTo(size),
          path: changes.path.upTo(size),
          before: changes.before.upTo(size),
          after: changes.after.upTo(size),
        },
      };
    },
  };
}

/** The number by which `FileChanges` names a path of the repository. */
export function hashOfPath(path: string): number {
  const bytes = new TextEncoder().encode(path);
  return hashOf(bytes, 0, bytes.length);
}

/** The commits from the head along first parents, oldest first: what the branch itself looked like, one after the other. */
export function mainlineOf(log: RawLog, head: string): Uint32Array {
  const line: number[] = [];
  const first = log.commits.find(head);
  for (let commit = first < 0 ? none : first; commit !== none; commit = log.firstParent[commit]!) line.push(commit);
  return Uint32Array.from(line).reverse();
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

interface OpenRecord {
  readonly bytes: Uint8Array;
  /** Where the names of the contents stand in the bytes; -1 where there is no file, or none that holds keys. */
  readonly before: number;
  readonly after: number;
}

/** A column of numbers that grows as rows are set. */
function createColumn() {
  let rows = new Uint32Array(4096).fill(none);
  return {
    get: (row: number): number => rows[row] ?? none,
    set(row: number, value: number): void {
      if (row >= rows.length) {
        const larger = new Uint32Array(Math.max(row + 1, rows.length * 2)).fill(none);
        larger.set(rows);
        rows = larger;
      }
      rows[row] = value;
    },
    upTo: (size: number): Uint32Array => rows.subarray(0, size),
  };
}

function parentsOf(commits: ObjectTable, column: ReturnType<typeof createColumn>): Uint32Array {
  return Uint32Array.from({ length: commits.size }, (_, commit) => column.get(commit));
}

/** FNV-1a, 32 bits. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash >>> 0;
}
