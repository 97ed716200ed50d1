/**
 * The repository as it was before a change: the files that the change touches are put back into the host, and everything
 * else is the context they are linked with. The configuration stays that of now, so that both sides are judged alike.
 */
import { soughtByPath } from '../../core/flags/linking/wishedWords.ts';
import { declaredAmong } from '../../core/flags/resolve/soughtNames.ts';
import { CONFIG_PATH } from '../../core/hostSetup.ts';
import type { ChangedFile } from '../../core/review/patch.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { decodeBytes } from '../files/access.ts';
import { readBlobs } from '../git/blobs.ts';
import type { GitFailure } from '../git/run.ts';
import type { IndexSummary } from './indexing.ts';
import type { Project } from './project.ts';
import { wishQuestions } from './wishQuestions.ts';

/** Turns the project back to `base`; it holds the old side from then on. Take the snapshot of the new side first. */
export async function snapshotBefore(
  project: Project,
  summary: IndexSummary,
  root: string,
  base: string,
  files: readonly ChangedFile[],
  now: number,
): Promise<{ readonly kind: 'ok'; readonly snapshot: Snapshot } | GitFailure> {
  const { host } = project;
  const changed = files.filter(file => file.newPath !== CONFIG_PATH && file.oldPath !== CONFIG_PATH);
  const oldPaths = changed.flatMap(({ oldPath }) => (oldPath === null ? [] : [oldPath]));
  const blobs = await readBlobs(
    root,
    base,
    oldPaths.filter(path => host.kindOf(path) !== 'other'),
  );
  if (blobs.kind === 'failed') return blobs;
  const paths = new Set(host.paths());
  for (const { newPath } of changed) if (newPath !== null) paths.delete(newPath);
  for (const oldPath of oldPaths) paths.add(oldPath);
  // Asked of the new side, on which all wrappers are known.
  const { answeredBy } = wishQuestions(host.wishes());
  for (const { newPath } of changed) if (newPath !== null) host.removeText(newPath);
  host.setPaths(paths, summary.packages);
  const uninteresting = new Map<string, string>();
  for (const [path, bytes] of blobs.blobs) {
    const content = decodeBytes(bytes);
    if (content.kind !== 'text') continue;
    const isWanted =
      host.kindOf(path) !== 'source' ||
      host.isInteresting(content.text) ||
      answeredBy(path, () => content.text).size > 0;
    if (isWanted) host.setText(path, content.text);
    else uninteresting.set(path, content.text);
  }
  addWished(project, uninteresting);
  return { kind: 'ok', snapshot: host.snapshot(now) };
}

/** Constants behind constants: each round may wish for more. */
const MAX_ROUNDS = 8;

function addWished({ host }: Project, texts: Map<string, string>): void {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const wishes = host.wishes();
    const sought = [...soughtByPath(wishes.words)].flatMap(([path, names]) =>
      declaredAmong(names, path, texts.get(path) ?? '').length > 0 ? [path] : [],
    );
    const wished = [...new Set([...wishes.paths, ...sought])].filter(path => texts.has(path));
    if (wished.length === 0) return;
    for (const path of wished) {
      host.setText(path, texts.get(path)!);
      texts.delete(path);
    }
  }
}
