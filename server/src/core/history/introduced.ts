/**
 * Dates keys: the commit in which each first stood, as a whole token, in any file of the repository. Since what counts is the
 * key and neither file nor line, renames, moves and reformatting change nothing. The contents come from git as the stream of
 * `git cat-file --batch`; running git, and turning commits into dates and authors, is the business of `sources/git`.
 *
 * Every distinct content is looked at once, for all keys together. A content belongs to the first commit that brought it, in
 * an order in which parents come before children; the earliest commit of the contents that hold a key is the first commit
 * whose tree holds it while no parent's tree does. Ordinary words are dated where they stand as flags (`homes.ts`).
 */
import { createMentions, followPresence, type KeyPresence } from './absences.ts';
import { arrivalsAt, createHoldings } from './homes.ts';
import { createKeyMatcher, type DatedKey } from './keyMatcher.ts';
import { none, type RawLog } from './rawLog.ts';

export type KeyDate =
  /** The key stands in no commit. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'commit'; readonly commit: string }
  /** It stands where the visible history begins: how long it has been there can't be known. */
  | { readonly kind: 'beyond-boundary' }
  /** An older content that could hold it is missing from this clone; `latest` is the first commit that is known to have it, if any. */
  | { readonly kind: 'content-missing'; readonly latest: string | null };

/** Takes the output of one `git cat-file --batch` piece by piece; the pieces need not end where contents do. */
export interface ContentReader {
  readonly push: (chunk: Uint8Array) => void;
}

export interface KeyDating {
  /** A reader for one git process that was asked for the contents with these numbers, in this order. */
  readonly reader: (contents: Uint32Array) => ContentReader;
  /** Says that this clone lacks a content, which no reader then must be asked for. */
  readonly lacks: (content: number) => void;
  /** Contents read until now, of `RawLog.contents.size`. */
  readonly contentsRead: () => number;
  /** Contents that this clone lacks. */
  readonly contentsMissing: () => number;
  /** The dates, in the order of the keys; call it when all readers have had all their input. */
  readonly finish: () => readonly KeyDate[];
  /**
   * The keys' presence at `head`, in their order, after `finish`; `before` is what was known where the log begins. Null for a
   * key of which it can't be told.
   */
  readonly presence: (head: string, before: readonly KeyPresence[]) => readonly (KeyPresence | null)[];
}

/** Starts to date these keys over this history. */
export function createKeyDating(log: RawLog, keys: readonly DatedKey[]): KeyDating {
  const matcher = createKeyMatcher(keys);
  const earliest = new Float64Array(keys.length).fill(Number.POSITIVE_INFINITY);
  const beyond = new Uint8Array(keys.length);
  const holdings = keys.map(({ homes }) => (homes === undefined ? null : createHoldings(log.contents.size)));
  const mentions = createMentions(keys.length);
  let earliestMissing = Number.POSITIVE_INFINITY;
  let read = 0;
  let missing = 0;

  const lacks = (content: number): void => {
    read++;
    missing++;
    if (log.firstCommit[content] !== none) earliestMissing = Math.min(earliestMissing, log.firstCommit[content]!);
  };
  const reader = (contents: Uint32Array): ContentReader => {
    let position = -1;
    let commit = 0;
    let atBoundary = false;
    const record = mentions.recorder();
    const mentioned = (key: number): void => record(contents[position]!, key);
    const found = (key: number): void => {
      const holds = holdings[key];
      if (holds) holds.add(contents[position]!);
      else {
        if (commit !== none && commit < earliest[key]!) earliest[key] = commit;
        if (atBoundary) beyond[key] = 1;
      }
    };
    return createBatchReader(matcher.overlap, {
      begin: present => {
        const content = contents[++position]!;
        if (!present) return lacks(content);
        read++;
        commit = log.firstCommit[content]!;
        atBoundary = log.atBoundary.size > 0 && log.atBoundary.has(content);
      },
      piece: (bytes, from, to, edges) => matcher.scan(bytes, from, to, edges, found, mentioned),
    });
  };

  const lookAtHomes = (key: number): void => {
    const [homes, holds] = [keys[key]!.homes, holdings[key]];
    if (homes === undefined || holds === null || holds === undefined) return;
    for (const { commit, content } of arrivalsAt(log, homes, holds)) {
      earliest[key] = Math.min(earliest[key]!, commit);
      if (log.atBoundary.has(content)) beyond[key] = 1;
    }
  };
  const dateOf = (key: number): KeyDate => {
    lookAtHomes(key);
    const commit = earliest[key]!;
    if (earliestMissing < commit) {
      const isSeen = commit !== Number.POSITIVE_INFINITY && beyond[key] === 0;
      return { kind: 'content-missing', latest: isSeen ? log.commits.name(commit) : null };
    }
    if (commit === Number.POSITIVE_INFINITY) return { kind: 'absent' };
    return beyond[key] === 1 ? { kind: 'beyond-boundary' } : { kind: 'commit', commit: log.commits.name(commit) };
  };

  return {
    reader,
    lacks,
    contentsRead: () => read,
    contentsMissing: () => missing,
    finish: () => keys.map((_, key) => dateOf(key)),
    presence: (head, before) =>
      missing > 0 ? keys.map(() => null) : followPresence(log, head, mentions.finish(), before),
  };
}

interface BatchEvents {
  /** The answer to the next name begins; not `present`: git does not have it. */
  readonly begin: (present: boolean) => void;
  readonly piece: (
    bytes: Uint8Array,
    from: number,
    to: number,
    edges: { readonly beginsContent: boolean; readonly endsContent: boolean },
  ) => void;
}

/**
 * Cuts the output of `git cat-file --batch` into contents: `<name> blob <size>`, a line feed, the bytes, a line feed; or
 * `<name> missing`. Large contents are passed on in pieces that overlap, so memory never depends on their size.
 */
function createBatchReader(overlap: number, events: BatchEvents): ContentReader {
  // One buffer for all pieces: histories are gigabytes, and a new array for every piece would keep the garbage collector busy.
  let bytes = new Uint8Array(2 ** 17);
  /** Bytes at the start of the buffer that came with an earlier piece. */
  let carried = 0;
  /** Bytes of the open content that have not come yet; -1 when a header comes next. */
  let outstanding = -1;
  /** Carried bytes that belong to the open content and have been shown already. */
  let shown = 0;
  let beginsContent = false;

  const push = (chunk: Uint8Array): void => {
    const length = carried + chunk.length;
    if (length > bytes.length) bytes = enlarged(bytes, length);
    bytes.set(chunk, carried);
    let at = 0;
    for (;;) {
      if (outstanding > 0) {
        const end = Math.min(length, at + shown + outstanding);
        outstanding -= end - at - shown;
        events.piece(bytes, at, end, { beginsContent, endsContent: outstanding === 0 });
        shown = outstanding === 0 ? 0 : Math.min(overlap, end - at);
        beginsContent &&= shown === end - at;
        at = end - shown;
        if (outstanding > 0) break;
      }
      if (outstanding === 0) {
        // The line feed behind a content.
        if (at >= length) break;
        at++;
        outstanding = -1;
      }
      const end = bytes.indexOf(lineFeed, at);
      if (end < 0 || end >= length) break;
      outstanding = headerSize(bytes, at, end);
      beginsContent = true;
      events.begin(outstanding >= 0);
      at = end + 1;
    }
    bytes.copyWithin(0, at, length);
    carried = length - at;
  };
  return { push };
}

const lineFeed = 10;
const space = 32;

function enlarged(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(2 * length);
  larger.set(bytes);
  return larger;
}

/** The size a header line names, or -1 when it says that there is no such object. */
function headerSize(bytes: Uint8Array, start: number, end: number): number {
  let size = 0;
  let factor = 1;
  for (let i = end - 1; i > start; i--) {
    const code = bytes[i]!;
    if (code === space) return factor === 1 ? -1 : size;
    if (code < 48 || code > 57) return -1;
    size += (code - 48) * factor;
    factor *= 10;
  }
  return -1;
}
