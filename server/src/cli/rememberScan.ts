/** Keeps what a whole scan found for the next one. */
import { scanStateOptions } from '../sources/facts-cache/cacheDirectory.ts';
import { writeScanState } from '../sources/facts-cache/scanState.ts';
import { listedBy } from '../sources/git/fileLists.ts';
import { scanStateOf } from '../sources/project/scanStateOf.ts';
import type { OpenProject, Place } from './openProject.ts';
import type { BegunScan } from './quickScan.ts';

export async function rememberScan(
  { root, project, summary, snapshot, access, isEveryGrammarThere }: OpenProject<Place>,
  begun: BegunScan | null,
) {
  const options = scanStateOptions();
  if (options === null || !isEveryGrammarThere()) return;
  const listed = begun === null ? null : await listedBy(begun.listing, begun.index, begun.indexPath);
  const state = await scanStateOf(project.host, snapshot(), summary, access, listed);
  if (state !== null) await writeScanState(root.path, options, state);
}
