/** Links of single lines of a terminal, in all folders. Asked at every movement of the mouse, so what is costly is kept. */
import { linksInLine } from '../core/traces/lineTargets.ts';
import { indexRepository, type RepositoryIndex } from '../core/traces/repositoryIndex.ts';
import { decodeUri } from './folders.ts';
import type { TerminalLinksParams, TerminalLinksResult } from './protocol.ts';
import type { Session } from './session.ts';
import { rootsOf } from './traces.ts';

/** Answers from the lists of files alone; an index is made when the list of a folder has changed. */
export function createTerminalLinks(session: Session): (params: TerminalLinksParams) => TerminalLinksResult {
  const indices = new WeakMap<ReadonlySet<string>, RepositoryIndex>();
  const indexOf = (paths: ReadonlySet<string>): RepositoryIndex => {
    const index = indices.get(paths) ?? indexRepository(paths);
    indices.set(paths, index);
    return index;
  };
  return ({ line, cwd }) => {
    const links: TerminalLinksResult['links'][number][] = [];
    for (const folder of session.folders()) {
      if (folder.root === null) continue;
      const { snapshot, uriOf } = session.snapshotOf(folder);
      const mappings = snapshot.config.traces.mappings;
      const options = { index: indexOf(snapshot.paths), mappings, roots: rootsOf(folder) };
      for (const { span, targets } of linksInLine(line, options, pathBelow(folder.root, cwd))) {
        // The first folder that knows the file has it.
        if (links.some(link => link.start < span.end && link.start + link.length > span.start)) continue;
        links.push({
          start: span.start,
          length: span.end - span.start,
          targets: targets.map(target => ({ ...target, uri: uriOf(target.path) })),
        });
      }
    }
    return { links };
  };
}

/** The path of a folder below the root; null when it is not below it. A shell that says nothing began in the root. */
function pathBelow(root: string, cwd: string | null): string | null {
  if (cwd === null) return '';
  const [base, path] = [decodeUri(root), decodeUri(cwd).replace(/\/$/, '')];
  if (path === base) return '';
  return path.startsWith(`${base}/`) ? path.slice(base.length + 1) : null;
}
