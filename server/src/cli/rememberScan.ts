/** Keeps what a whole scan found for the next one. */
import { scanStateOptions } from '../sources/facts-cache/cacheDirectory.ts';
import { writeScanState } from '../sources/facts-cache/scanState.ts';
import { scanStateOf } from '../sources/project/scanStateOf.ts';
import type { OpenProject, Place } from './openProject.ts';

export async function rememberScan({
  root,
  project,
  summary,
  snapshot,
  access,
  isEveryGrammarThere,
}: OpenProject<Place>) {
  const options = scanStateOptions();
  if (options === null || !isEveryGrammarThere()) return;
  const state = await scanStateOf(project.host, snapshot(), summary, access);
  if (state !== null) await writeScanState(root.path, options, state);
}
