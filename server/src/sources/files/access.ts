/** How the repository's files are listed and read, whoever does it: the disk, or the client of a virtual workspace. */

/**
 * Why a file was not read. `failed`: a worker that read it broke down or never ended. `minified`: it would have been parsed, but that nobody
 * wrote it as it stands there.
 */
export type SkipReason = 'large' | 'minified' | 'binary' | 'unreadable' | 'link' | 'missing' | 'failed';

/**
 * Why the text of a file that was read has no facts: it nests too deeply, or takes the parser too long; `cut`: then those of its beginning
 * are known.
 */
export type UnparsedReason = 'nested' | 'slow' | 'cut';

export type FileContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'skipped'; readonly reason: SkipReason };

/** A file's bytes as they stand, for whoever need not see a text. */
export type FileBytes =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'skipped'; readonly reason: SkipReason };

export interface FileAccess {
  /** Paths of all files, relative to the root with `/`, sorted; what is ignored or vendored is left out. */
  list(): Promise<readonly string[]>;
  /** The same for whoever can begin with a part of it; absent where nothing is known sooner. */
  listInSteps?(): Listing;
  /** One file's text, without a byte order mark. Never rejects. */
  read(path: string): Promise<FileContent>;
  /** The bytes of what `read` gives, good until the next call of anything here; absent where reading takes its time. */
  readonly readBytes?: (path: string) => FileBytes;
  /** The same for files that may be large (bytes), listed or not; absent where there is no disk. */
  readLarge?(path: string, limit: number): Promise<FileContent>;
  /** Whether a regular file stands there, listed or not; absent where there is no disk. */
  exists?(path: string): Promise<boolean>;
  /** What tells a file from any other that stood or will stand at its path, without reading it; null for what is no file. */
  readonly stamp?: (path: string) => FileStamp | null;
}

export interface Listing {
  /** What is known sooner: git knows by heart which files it tracks. */
  readonly soon: Promise<readonly string[]>;
  /** What `list` gives: for the rest of it git looks through all folders. */
  readonly all: Promise<readonly string[]>;
  /** Whether both are git's: `soon` all that it tracks, the rest what it would track. Absent where git is not asked. */
  readonly isGits?: Promise<boolean>;
}

export function listedAtOnce(all: Promise<readonly string[]>): Listing {
  return { soon: all, all };
}

export interface FileStamp {
  readonly text: string;
  /** When the file or what the system knows of it changed last, milliseconds since 1970. */
  readonly changed: number;
}

/** Files above this size are generated, minified or data: they are skipped and counted. */
export const MAX_FILE_BYTES = 1024 * 1024;

/** Making a decoder costs more than decoding a small file. It holds nothing from one text to the next. */
const UTF_8 = new TextDecoder('utf-8');

/** Decodes at most `limit` bytes as text: UTF-8, or UTF-16 with its mark. Bytes with a NUL in the first 8 KB are binary. */
export function decodeBytes(bytes: Uint8Array, limit = MAX_FILE_BYTES): FileContent {
  if (bytes.length > limit) return { kind: 'skipped', reason: 'large' };
  if (isWide(bytes)) {
    const decoder = new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be');
    return { kind: 'text', text: decoder.decode(bytes) };
  }
  if (bytes.subarray(0, 8192).includes(0)) return { kind: 'skipped', reason: 'binary' };
  return { kind: 'text', text: UTF_8.decode(bytes) };
}

/** Whether bytes say by their mark that they are UTF-16. */
export function isWide(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

/**
 * Whether a script is what a minifier made: many bytes on few lines. What people write has some forty bytes a line, generated tables have
 * hundreds in the worst case, minified libraries thousands.
 */
export function isMinified(path: string, content: Uint8Array | string): boolean {
  if (content.length < SMALLEST_MINIFIED || !SCRIPT.test(path)) return false;
  const fewest = content.length / LONG_LINES;
  const nextBreak = (from: number) =>
    typeof content === 'string' ? content.indexOf('\n', from) : content.indexOf(0x0a, from);
  let lines = 1;
  for (let at = nextBreak(0); at >= 0 && lines <= fewest; at = nextBreak(at + 1)) lines++;
  return lines <= fewest;
}

const SCRIPT = /\.[cm]?js$/i;
/** In bytes; a small file costs nothing. */
const SMALLEST_MINIFIED = 16 * 1024;
/** Bytes of an average line. */
const LONG_LINES = 1000;

/** Folders that hold what others wrote or what was generated; no list of files goes into them. */
export const VENDORED_FOLDERS: ReadonlySet<string> = new Set([
  '.git',
  '.hg',
  '.svn',
  '.venv',
  '__pycache__',
  'bower_components',
  'node_modules',
  'site-packages',
  'third_party',
  'vendor',
  'venv',
]);

/** Whether a path lies in a vendored folder. */
export function isVendored(path: string): boolean {
  return VENDORED_PATH.test(path);
}

const VENDORED_PATH = new RegExp(
  `(?:^|/)(?:${[...VENDORED_FOLDERS].map(name => name.replace('.', '\\.')).join('|')})(?:/|$)`,
);
