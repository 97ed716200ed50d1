// Files for a server that cannot read them itself: those of a virtual workspace and, in the browser, all of them. The server
// gets nothing from outside the workspace's folders, whatever it asks for.
import { CancellationTokenSource, type Disposable, FileType, RelativePattern, Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type ListFilesParams,
  ListFilesRequest,
  type ListFilesResult,
  type ReadFileParams,
  ReadFileRequest,
  type ReadFileResult,
} from '../../server/src/lsp/protocol.ts';

const maximumFiles = 20_000;
const maximumBytes = 1_048_576;
/** A search over a network may take its time; what is not found by then is walked to. */
const searchMilliseconds = 4_000;

/** Answers the server's questions for the files of the workspace. */
export function answerFiles(client: BaseLanguageClient): Disposable {
  const handlers = [
    client.onRequest(ListFilesRequest, (params: ListFilesParams) => listFiles(Uri.parse(params.folder))),
    client.onRequest(ReadFileRequest, (params: ReadFileParams) => readFile(Uri.parse(params.uri))),
  ];
  return { dispose: () => handlers.forEach(handler => void handler.dispose()) };
}

/** URIs of the files below a folder of the workspace; none for any other folder. */
export async function listFiles(folder: Uri): Promise<ListFilesResult> {
  if (!isInWorkspace(folder)) return [];
  const found = await search(folder);
  // Not every virtual file system can be searched.
  const files = found.length > 0 ? found : await walk(folder);
  return files.map(file => file.toString());
}

/** Nothing if the editor can't search: for a file system that brings no search, it waits for one without end. */
async function search(folder: Uri): Promise<readonly Uri[]> {
  const everything = new RelativePattern(folder, '**/*');
  const excluded = `**/{${[...skippedFolders].join(',')}}/**`;
  const patience = new CancellationTokenSource();
  const found = Promise.resolve(workspace.findFiles(everything, excluded, maximumFiles, patience.token)).catch(
    () => [],
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const gaveUp = new Promise<readonly Uri[]>(resolve => {
    timer = setTimeout(() => resolve([]), searchMilliseconds);
  });
  const first = await Promise.race([found, gaveUp]);
  clearTimeout(timer);
  patience.cancel();
  patience.dispose();
  return first;
}

/** Base64 of a file of the workspace; null for any other, and for one that can't be read or is larger than 1 MB. */
export async function readFile(uri: Uri): Promise<ReadFileResult> {
  if (!isInWorkspace(uri)) return null;
  try {
    const { size } = await workspace.fs.stat(uri);
    if (size > maximumBytes) return null;
    const bytes = await workspace.fs.readFile(uri);
    return bytes.length > maximumBytes ? null : toBase64(bytes);
  } catch {
    return null;
  }
}

/** The editor compares URIs as text, so a path that climbs would pass for one inside. */
function isInWorkspace(uri: Uri): boolean {
  return !uri.path.split('/').includes('..') && workspace.getWorkspaceFolder(uri) !== undefined;
}

async function walk(folder: Uri): Promise<Uri[]> {
  const files: Uri[] = [];
  const waiting = [folder];
  for (let next = waiting.shift(); next !== undefined && files.length < maximumFiles; next = waiting.shift()) {
    const here = next;
    const entries = await Promise.resolve(workspace.fs.readDirectory(here)).catch(() => []);
    for (const [name, type] of entries) {
      // A link to a folder may lead outside, or in circles: only what is itself a folder is entered.
      if (type === FileType.Directory && !skippedFolders.has(name)) waiting.push(Uri.joinPath(here, name));
      else if (type === FileType.File) files.push(Uri.joinPath(here, name));
    }
  }
  return files.slice(0, maximumFiles);
}

const skippedFolders = new Set(['.git', 'node_modules', '.hg', '.svn']);

/** In pieces, since the arguments of one call are limited. */
function toBase64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let start = 0; start < bytes.length; start += 8192) {
    pieces.push(String.fromCharCode(...bytes.subarray(start, start + 8192)));
  }
  return btoa(pieces.join(''));
}
