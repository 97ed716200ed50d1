/** What a whole scan leaves for the next one (`scanAgain.ts`): every file with the part that it had, and what was printed. */

import { suggestedPatterns } from '../../core/flags/guessed/suggestions.ts';
import { shortestWords } from '../../core/flags/linking/prefilter.ts';
import { checksInOrder, toScanRecord } from '../../core/flags/telling/scanRecords.ts';
import type { Host } from '../../core/hostInterface.ts';
import { CONFIG_PATH } from '../../core/hostSetup.ts';
import { shapeOfFacts } from '../../core/languages/factsShape.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { type LinkedFile, type ScannedKind, type ScanState, STAMP_FIELDS } from '../facts-cache/scanState.ts';
import type { FileAccess, SkipReason } from '../files/access.ts';
import type { ListedBy } from '../git/fileLists.ts';
import { answersTo } from './fileQuestions.ts';
import type { IndexSummary, Remembered } from './indexing.ts';
import { digestOfShape, placesOf } from './linkedShapes.ts';
import { createPauses } from './pauses.ts';

/** The state after a whole reading; null where it could not be told whether it still holds. */
export async function scanStateOf(
  host: Host,
  snapshot: Snapshot,
  { remembered, skipped: skippedInAll }: IndexSummary,
  access: FileAccess,
  listedBy: ListedBy | null,
): Promise<ScanState | null> {
  // What servers said may change without any file; what broke down or took too long may do better the next time.
  const mayDoBetter = (['failed', 'slow', 'cut'] as const).some(reason => skippedInAll.has(reason));
  if (remembered === null || snapshot.sources.length > 0 || mayDoBetter) return null;
  const paths = [...snapshot.paths].sort();
  const stamps = new Float64Array(STAMP_FIELDS * paths.length).fill(Number.NaN);
  const kinds: ScannedKind[] = [];
  const linked: Record<number, LinkedFile> = {};
  const skipped: Record<number, SkipReason> = {};
  const { words, types } = remembered;
  const wishes = answersTo({ kind: 'wishes', words, types });
  const found = host.interestWords();
  const interestWords = { ...found, words: shortestWords(found.words), names: shortestWords(found.names) };
  const interest = answersTo({ kind: 'interest', ...interestWords });
  const pause = createPauses();
  for (const [index, path] of paths.entries()) {
    await pause();
    const kind = kindOf(host, snapshot, remembered, path);
    kinds.push(kind);
    if (kind === 'other') continue;
    const stamp = path === CONFIG_PATH ? await stampOfRead(path, snapshot, access) : remembered.stamps.get(path);
    if (typeof stamp === 'string') stamps.set(stamp.split(' ').map(Number), STAMP_FIELDS * index);
    const reason = remembered.skipped.get(path);
    if (reason !== undefined) skipped[index] = reason;
    const file = snapshot.files.get(path);
    if (file === undefined) continue;
    const records = checksInOrder(file).map(check => toScanRecord(snapshot, check));
    if (kind === 'linked' && file.facts !== null) {
      const shape = shapeOfFacts(file.facts);
      const mentioned = interest.ofText(path, file.text);
      const answered = mentioned === null ? [...(wishes.ofText(path, file.text) ?? [])].sort() : null;
      const mentions = [...(mentioned ?? [])].sort();
      const places = placesOf(checksInOrder(file), shape);
      linked[index] = { shape: digestOfShape(shape), wishes: answered, mentions, records, places };
    } else if (records.length > 0) linked[index] = { shape: '', wishes: null, mentions: [], records, places: null };
  }
  const suggestions = suggestedPatterns(snapshot);
  const head = {
    interestWords,
    words,
    types,
    linked,
    skipped,
    skippedInAll: [...skippedInAll],
    suggestions,
    listedBy,
    links: null,
  };
  // The next scan tells: it asks git in any case.
  return { paths, kinds, stamps, asIndexed: new Uint8Array(paths.length), head };
}

function kindOf(host: Host, snapshot: Snapshot, { skipped }: Remembered, path: string): ScannedKind {
  const kind = host.kindOf(path);
  // A manifest says where the imports of all files lead.
  if (kind === 'other') return /(?:^|\/)go\.mod$/.test(path) ? 'bound' : 'other';
  if (skipped.has(path)) return 'skipped';
  if (kind === 'markdown') return 'prose';
  if (kind !== 'source') return 'bound';
  const file = snapshot.files.get(path);
  if (file === undefined) return 'left';
  return file.facts !== null && file.flagFile === null ? 'linked' : 'bound';
}

/** The configuration is read before anything is remembered: it counts if it still says what was read. */
async function stampOfRead(path: string, snapshot: Snapshot, { stamp, read }: FileAccess): Promise<string | null> {
  const found = stamp?.(path)?.text ?? null;
  const content = await read(path);
  return content.kind === 'text' && content.text === snapshot.files.get(path)?.text ? found : null;
}
