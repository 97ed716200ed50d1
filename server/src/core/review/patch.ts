/**
 * Reads what `git diff --raw -p -U0` prints into changed files and hunks. Only line numbers are kept; the texts of both sides
 * come from elsewhere. It runs nothing, and it knows nothing of flags.
 */

/** Lines are 1-based, as in the diff; with no lines on a side, `start` is the line before the place. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
}

export interface ChangedFile {
  readonly kind: 'added' | 'deleted' | 'modified' | 'renamed';
  /** Null for an added file. */
  readonly oldPath: string | null;
  /** Null for a deleted file. */
  readonly newPath: string | null;
  readonly hunks: readonly Hunk[];
  /** Git takes it for binary: it changed, but there are no hunks. */
  readonly binary: boolean;
}

export interface PatchReader {
  readonly push: (chunk: Uint8Array) => void;
  readonly finish: () => readonly ChangedFile[];
}

/**
 * Takes the output piece by piece. Paths must be quoted as `core.quotePath` does. Lines that look like headers inside a hunk
 * confuse nothing, since hunks say how long they are; memory does not depend on the size of the change.
 */
export function createPatchReader(): PatchReader {
  const entries: Entry[] = [];
  /** By section of the patch: sections stand in the order of the raw lines. */
  const owners: Entry[] = [];
  let section = -1;
  let bodyLines = 0;
  let carry: Uint8Array = new Uint8Array(0);

  const line = (bytes: Uint8Array, start: number, end: number): void => {
    const first = bytes[start];
    if (bodyLines > 0) {
      // `\ No newline at end of file` is counted by no hunk.
      if (first !== backslash) bodyLines--;
      return;
    }
    if (first === at) {
      const hunk = parseHunkHeader(ascii(bytes, start, Math.min(end, start + 80)));
      if (hunk === null) return;
      bodyLines = hunk.oldLines + hunk.newLines;
      owners[section]?.hunks.push(hunk);
    } else if (first === colon) {
      const entry = parseRawLine(ascii(bytes, start, end));
      if (entry === null) return;
      entries.push(entry.file);
      for (let i = 0; i < entry.sections; i++) owners.push(entry.file);
    } else if (startsWith(bytes, start, 'diff --git ')) {
      section++;
    } else if (startsWith(bytes, start, 'Binary files ') || startsWith(bytes, start, 'GIT binary patch')) {
      const entry = owners[section];
      if (entry !== undefined) entry.binary = true;
    }
  };

  return {
    push: chunk => {
      const bytes = carry.length === 0 ? chunk : joined(carry, chunk);
      let start = 0;
      for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, start)) {
        line(bytes, start, end);
        start = end + 1;
      }
      // Of a long line inside a hunk only its first byte matters.
      carry = bodyLines > 0 ? bytes.slice(start, Math.min(bytes.length, start + 1)) : bytes.subarray(start);
    },
    finish: () => {
      if (carry.length > 0) line(carry, 0, carry.length);
      return entries;
    },
  };
}

interface Entry extends ChangedFile {
  readonly hunks: Hunk[];
  binary: boolean;
}

const lineFeed = 10;
const colon = 58;
const at = 64;
const backslash = 92;

/** `:100644 100644 1a2b 3c4d M\tpath`, or with two paths for a rename. */
function parseRawLine(text: string): { readonly file: Entry; readonly sections: number } | null {
  const match = /^:\d+ \d+ \S+ \S+ ([A-Z])\d*\t([^\t]*)(?:\t([^\t]*))?$/.exec(text);
  if (match === null) return null;
  const [, status, first, second] = match;
  const path = unquote(first!);
  const file = (kind: Entry['kind'], oldPath: string | null, newPath: string | null): Entry => {
    return { kind, oldPath, newPath, hunks: [], binary: false };
  };
  switch (status) {
    case 'A':
      return { file: file('added', null, path), sections: 1 };
    case 'D':
      return { file: file('deleted', path, null), sections: 1 };
    case 'R':
      return { file: file('renamed', path, unquote(second ?? first!)), sections: 1 };
    case 'C':
      return { file: file('added', null, unquote(second ?? first!)), sections: 1 };
    case 'M':
      return { file: file('modified', path, path), sections: 1 };
    case 'T':
      // A file that became a link, or the reverse, is printed as a deletion and an addition.
      return { file: file('modified', path, path), sections: 2 };
    default:
      // Unmerged: the entry that counts follows.
      return null;
  }
}

function parseHunkHeader(text: string): Hunk | null {
  const match = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(text);
  if (match === null) return null;
  return {
    oldStart: Number(match[1]),
    oldLines: Number(match[2] ?? 1),
    newStart: Number(match[3]),
    newLines: Number(match[4] ?? 1),
  };
}

/** Undoes git's quoting of unusual paths: `"tab\there \303\251"`, whose octal numbers are bytes of UTF-8. */
export function unquote(text: string): string {
  if (!text.startsWith('"') || !text.endsWith('"') || text.length < 2) return text;
  const bytes: number[] = [];
  for (let i = 1; i < text.length - 1; i++) {
    if (text[i] !== '\\') {
      bytes.push(text.charCodeAt(i));
      continue;
    }
    const octal = /^[0-3][0-7]{2}/.exec(text.slice(i + 1, i + 4));
    if (octal !== null) {
      bytes.push(Number.parseInt(octal[0], 8));
      i += 3;
    } else {
      const letter = text[++i]!;
      bytes.push(escapes[letter] ?? letter.charCodeAt(0));
    }
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

const escapes: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };

function startsWith(bytes: Uint8Array, start: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text.charCodeAt(i)) return false;
  return true;
}

function ascii(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i]!);
  return text;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
