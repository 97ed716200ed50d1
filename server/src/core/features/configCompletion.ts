/**
 * Completion inside flagbook.json, where its schema can't know what fits: folders of the repository for the paths of a flag system.
 * Names and words are the schema's business, and the editor's own.
 */
import { getLocation } from 'jsonc-parser';
import { nestsTooDeeply } from '../nestingDepth.ts';
import type { FileView, Snapshot } from '../snapshot.ts';
import type { Completion } from './completion.ts';

/** Globs of folders, those that hold a project of their own first; none elsewhere than in `flagSystems[].paths`. */
export function configCompletions(snapshot: Snapshot, { text }: FileView, offset: number): readonly Completion[] {
  if (nestsTooDeeply(text)) return [];
  const { path, previousNode } = getLocation(text, offset);
  if (path.length !== 4 || path[0] !== 'flagSystems' || path[2] !== 'paths') return [];
  if (previousNode?.type !== 'string') return [];
  const start = previousNode.offset + 1;
  const isClosed = previousNode.length > 1 && text.charAt(previousNode.offset + previousNode.length - 1) === '"';
  const span = { start, end: Math.max(start, previousNode.offset + previousNode.length - (isClosed ? 1 : 0)) };
  if (offset < span.start || offset > span.end) return [];
  return foldersOf(snapshot.paths).map(({ folder, marker }) => ({
    key: `${folder}/**`,
    label: `${folder}/**`,
    text: `${folder}/**`,
    span,
    kind: 'word',
    detail: marker ?? '',
    documentation: marker === null ? null : `${folder} has a ${marker} of its own.`,
    stale: false,
  }));
}

const MOST = 200;

/** Files by which people know a project of its own. */
const MARKERS =
  /^(?:package\.json|go\.mod|Cargo\.toml|pyproject\.toml|setup\.py|pom\.xml|build\.gradle(?:\.kts)?|composer\.json|Gemfile|mix\.exs|Package\.swift|.*\.csproj)$/;

/** Folders of at most two names, and deeper ones with a project in them. */
function foldersOf(paths: ReadonlySet<string>): readonly { readonly folder: string; readonly marker: string | null }[] {
  const found = new Map<string, string | null>();
  for (const path of paths) {
    const names = path.split('/');
    const name = names.pop()!;
    if (names.length === 0 || names.some(each => each === 'node_modules' || each.startsWith('.'))) continue;
    const folder = names.join('/');
    if (MARKERS.test(name)) found.set(folder, name);
    for (const length of [1, 2]) {
      const outer = names.slice(0, length).join('/');
      if (names.length >= length && !found.has(outer)) found.set(outer, null);
    }
  }
  const all = [...found].map(([folder, marker]) => ({ folder, marker }));
  const order = all.sort(
    (a, b) => Number(a.marker === null) - Number(b.marker === null) || (a.folder < b.folder ? -1 : 1),
  );
  return order.slice(0, MOST);
}
