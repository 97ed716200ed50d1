/** Keeps what a whole scan found for the next one. */
import type { Host } from '../core/hostInterface.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { scanStateOptions } from '../sources/facts-cache/cacheDirectory.ts';
import { writeLinks } from '../sources/facts-cache/linkFile.ts';
import { writeScanState } from '../sources/facts-cache/scanState.ts';
import type { FileAccess } from '../sources/files/access.ts';
import { listedBy } from '../sources/git/fileLists.ts';
import type { IndexSummary } from '../sources/project/indexing.ts';
import { linksOf } from '../sources/project/linksOf.ts';
import { scanStateOf } from '../sources/project/scanStateOf.ts';
import type { BegunScan } from './quickScan.ts';

/** A whole scan that every language could be read for. */
export interface WholeScan {
  /** Absolute. */
  readonly root: string;
  readonly host: Host;
  readonly summary: IndexSummary;
  readonly snapshot: Snapshot;
  readonly access: FileAccess;
  /** What was known of it when it began; null for one that only the whole program knows. */
  readonly begun: BegunScan | null;
}

export async function rememberScan({ root, host, summary, snapshot, access, begun }: WholeScan): Promise<void> {
  const options = scanStateOptions();
  if (options === null) return;
  const listed = begun === null ? null : await listedBy(begun.listing, begun.index, begun.indexPath);
  const state = await scanStateOf(host, snapshot, summary, access, listed);
  if (state === null) return;
  const kept = linksOf(host, snapshot, summary);
  const links = kept && (await writeLinks(root, options, kept.settings, kept.memory, kept.facts).catch(() => null));
  await writeScanState(root, options, { ...state, head: { ...state.head, links } });
}
