/** Workspace folders and their projects: which one a document belongs to, and the addresses of its paths. */
import { encodePath } from '../core/markdown/write.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { Project } from '../sources/project/project.ts';
import type { Addresses } from './toProtocol.ts';

/** A folder's project. `root` is the folder's URI without a trailing slash; null for documents outside all folders. */
export interface Folder {
  readonly root: string | null;
  readonly project: Project;
}

/** A document in its folder. */
export interface Located {
  readonly folder: Folder;
  readonly path: string;
}

/**
 * The folder a document is in: the deepest one that holds it, else the one for loose documents. One that was never saved is where
 * it is going to be, else a file of the first folder, with the ending of its language, as the client calls that.
 */
export function locate(folders: readonly Folder[], uri: string, language: string | null = null): Located | null {
  const unsaved = UNSAVED.exec(uri);
  const decoded = decodeUri(unsaved?.[1] === undefined ? uri : `file://${unsaved[1]}`);
  let best: Located | null = null;
  for (const folder of folders) {
    if (folder.root === null) continue;
    const root = `${decodeUri(folder.root)}/`;
    if (!decoded.startsWith(root)) continue;
    const path = decoded.slice(root.length);
    if (best === null || path.length < best.path.length) best = { folder, path };
  }
  if (best !== null) return best;
  const ending = unsaved === null || language === null ? undefined : ENDINGS[language];
  const first = ending === undefined ? undefined : folders.find(folder => folder.root !== null);
  if (first !== undefined) return { folder: first, path: `${uri}/${UNSAVED_NAME}${ending}` };
  const loose = folders.find(folder => folder.root === null);
  return loose === undefined ? null : { folder: loose, path: uri };
}

/** A snapshot together with the addresses of its paths. */
export function addressesOf(folder: Folder, snapshot: Snapshot): Addresses {
  return { snapshot, uriOf: path => uriOf(folder, path) };
}

export function uriOf(folder: Folder, path: string): string {
  if (UNSAVED.test(path)) return path.slice(0, path.lastIndexOf(`/${UNSAVED_NAME}`));
  return folder.root === null ? path : `${folder.root}/${encodePath(path)}`;
}

/** `untitled:Untitled-1`, or `untitled:/where/it/is/going/to/be.ts`. */
const UNSAVED = /^untitled:(?:\/\/)?(\/.+)?/;
const UNSAVED_NAME = 'unsaved';

/** The endings of the languages that are read, by what clients call them. */
const ENDINGS: Readonly<Record<string, string>> = {
  aspnetcorerazor: '.cshtml',
  blade: '.blade.php',
  c: '.c',
  cpp: '.cpp',
  csharp: '.cs',
  'django-html': '.djhtml',
  erb: '.erb',
  go: '.go',
  haml: '.haml',
  java: '.java',
  javascript: '.js',
  javascriptreact: '.jsx',
  jinja: '.jinja',
  'jinja-html': '.jinja',
  kotlin: '.kt',
  'objective-cpp': '.mm',
  php: '.php',
  python: '.py',
  razor: '.cshtml',
  ruby: '.rb',
  rust: '.rs',
  scala: '.scala',
  svelte: '.svelte',
  swift: '.swift',
  twig: '.twig',
  typescript: '.ts',
  typescriptreact: '.tsx',
  vue: '.vue',
};

/** Clients escape differently (`%3A`, `:`): addresses are compared without escapes. Malformed ones stay as they are. */
export function decodeUri(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
