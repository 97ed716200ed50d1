/**
 * What the last whole scan of a repository printed, and the state of all files that it was printed for: so that a scan after a few
 * edits looks at those alone. Shape and file only; whether it still holds is told in `sources/project/scanAgain.ts`.
 */
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SuggestedPattern } from '../../core/flags/guessed/suggestions.ts';
import type { InterestWords } from '../../core/flags/linking/prefilter.ts';
import type { ScanRecord } from '../../core/flags/telling/scanRecords.ts';
import type { RankedPlace } from '../../core/languages/factsShape.ts';
import type { SkipReason, UnparsedReason } from '../files/access.ts';
import type { ListedBy } from '../git/fileLists.ts';
import { createPauses } from '../project/pauses.ts';
import { isOutside } from './cacheDirectory.ts';
import { replaceFile } from './replaceFile.ts';
import { openSectionsAtOnce, sealSections } from './sections.ts';

/** How a file takes part in a scan. */
export const FILE_KINDS = [
  /** Nobody reads it. */
  'other',
  /** A source that nothing was found in. */
  'left',
  /** A source that took part in linking. */
  'linked',
  /** Whatever changes in it may change any check. */
  'bound',
  /** Prose: read for other purposes than a scan's. */
  'prose',
  'skipped',
] as const;
export type ScannedKind = (typeof FILE_KINDS)[number];

export interface ScanState {
  /** Of all files, in the order of the list; the lists are of one length. */
  readonly paths: readonly string[];
  readonly kinds: readonly ScannedKind[];
  /** `STAMP_FIELDS` numbers a file; NaN for one that counts as changed. */
  readonly stamps: Float64Array;
  /** A byte a file: 1 for those that were as git's index (`listedBy`) has them (`project/indexedStamps.ts`). */
  readonly asIndexed: Uint8Array;
  readonly head: ScanHead;
}

/** What there is little of. */
export interface ScanHead {
  /** The shortest words that make a source interesting. */
  readonly interestWords: InterestWords;
  /** What sources were asked for on behalf of the linker. */
  readonly words: readonly string[];
  readonly types: readonly string[];
  /** By the number of the path. */
  readonly linked: Readonly<Record<number, LinkedFile>>;
  readonly skipped: Readonly<Record<number, SkipReason>>;
  readonly skippedInAll: readonly (readonly [SkipReason | UnparsedReason, number])[];
  /** Null where files were linked again since: they quote the code. */
  readonly suggestions: readonly SuggestedPattern[] | null;
  /** By what it is told without a list that the files are the same; null where only a list tells. */
  readonly listedBy: ListedBy | null;
  /** The name of what linking left (`linkFile.ts`); null where nothing was kept. */
  readonly links: string | null;
}

export interface LinkedFile {
  /** A digest of its facts' shape. */
  readonly shape: string;
  /** Null for a file that is interesting by itself; else the names of the wishes that it answers. */
  readonly wishes: readonly string[] | null;
  /** What was printed of it; empty for files that only help to resolve keys. */
  readonly records: readonly ScanRecord[];
  /** The packages of SDKs that it mentions anywhere, sorted. */
  readonly mentions: readonly string[];
  /** What was linked of it (`links`) stood at other places. */
  readonly isElsewhere?: true;
  /** Nobody imports it any more, which is all that it was read for: it is to be left out when it says something else. */
  readonly isLeft?: true;
  /** Where each of the records begins and ends; null where that can't be told of another text. */
  readonly places: readonly (readonly [RankedPlace, RankedPlace])[] | null;
}

export const STAMP_FIELDS = 5;

/** Where the user's caches are, and what the program remembers for. */
export interface ScanStateOptions {
  readonly directory: string;
  readonly edition: string;
}

/** Whether there is anything to read. */
export function hasScanState(root: string, { directory }: ScanStateOptions): boolean {
  if (!isOutside(root, directory)) return false;
  const size = statSync(statePath(directory, root), { throwIfNoEntry: false })?.size;
  return size !== undefined && size <= MAX_BYTES;
}

/**
 * The state that is kept for a root; null where there is none. One that is broken or of another edition counts as none. At once: whoever
 * asks has nothing else to do meanwhile.
 */
export function readScanState(root: string, options: ScanStateOptions): ScanState | null {
  try {
    if (!hasScanState(root, options)) return null;
    const path = statePath(options.directory, root);
    const state = decode(readFileSync(path), options.edition);
    if (state === 'broken') rmSync(path, { force: true });
    return state === 'broken' ? null : state;
  } catch {
    return null;
  }
}

/** Replaces it in one step. Never rejects: a state that can't be kept costs time at the next scan, nothing else. */
export async function writeScanState(root: string, options: ScanStateOptions, state: ScanState): Promise<void> {
  if (!isOutside(root, options.directory)) return;
  const parts = await encode(state, options.edition);
  if (parts.reduce((sum, { length }) => sum + length, 0) > MAX_BYTES) return;
  await replaceFile(statePath(options.directory, root), parts).catch(() => {});
}

/** Where the state of a root is kept. */
export function statePath(directory: string, root: string): string {
  return join(directory, `scan-${createHash('sha256').update(root).digest('hex').slice(0, 24)}.bin`);
}

const MAX_BYTES = 64 * 1024 * 1024;
const MAGIC = 'flagbook scan 4\n';

async function encode(state: ScanState, edition: string): Promise<readonly Uint8Array[]> {
  const { paths, kinds, stamps, asIndexed, head } = state;
  const { buffer, byteOffset, byteLength } = stamps;
  return sealSections(
    MAGIC,
    [
      [Buffer.from(JSON.stringify({ edition, ...head }))],
      [PATH_BYTES.get(paths) ?? Buffer.from(paths.join('\0'))],
      [bytesOfKinds(kinds)],
      [new Uint8Array(buffer, byteOffset, byteLength)],
      [asIndexed],
    ],
    createPauses(),
  );
}

function decode(bytes: Buffer, edition: string): ScanState | 'broken' | null {
  const sections = openSectionsAtOnce(bytes, MAGIC);
  if (sections?.length !== 5) return 'broken';
  const [heading, pathBytes, kindBytes, stampBytes, asIndexed] = sections as [Buffer, Buffer, Buffer, Buffer, Buffer];
  const { edition: madeFor, ...head } = JSON.parse(heading.toString('utf8')) as ScanHead & { edition: string };
  if (madeFor !== edition) return null;
  const paths = pathBytes.length === 0 ? [] : pathBytes.toString('utf8').split('\0');
  PATH_BYTES.set(paths, pathBytes);
  const kinds = kindsOfBytes(kindBytes);
  // Numbers must begin at a multiple of their size.
  const stamps = new Float64Array(stampBytes.length / Float64Array.BYTES_PER_ELEMENT);
  new Uint8Array(stamps.buffer).set(stampBytes);
  const isWhole = [kinds.length, asIndexed.length, stamps.length / STAMP_FIELDS].every(count => count === paths.length);
  return isWhole ? { paths, kinds, stamps, asIndexed, head } : 'broken';
}

/** The bytes that lists of paths were read from: nearly always they are written as they were. */
const PATH_BYTES = new WeakMap<readonly string[], Uint8Array>();

/** Of so many files that a function called for each would cost as much as the rest of the state. */
function bytesOfKinds(kinds: readonly ScannedKind[]): Uint8Array {
  const bytes = new Uint8Array(kinds.length);
  for (let index = 0; index < kinds.length; index++) bytes[index] = KIND_NUMBERS[kinds[index]!];
  return bytes;
}

function kindsOfBytes(bytes: Uint8Array): readonly ScannedKind[] {
  const kinds: ScannedKind[] = new Array(bytes.length);
  for (let index = 0; index < bytes.length; index++) kinds[index] = FILE_KINDS[bytes[index]!] ?? 'bound';
  return kinds;
}

const KIND_NUMBERS = Object.fromEntries(FILE_KINDS.map((kind, number) => [kind, number])) as Readonly<
  Record<ScannedKind, number>
>;
