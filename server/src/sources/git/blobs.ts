/** The contents of many files at one commit, in a few calls of git. One file alone is read by `repository.ts`. */
import { readBlob } from './repository.ts';
import { type GitFailure, readGit } from './run.ts';

export type Blobs = { readonly kind: 'ok'; readonly blobs: ReadonlyMap<string, Buffer> } | GitFailure;

const PER_CALL = 200;
const MOST_BYTES = 256 * 1024 * 1024;

/** By path (relative to the root); paths that are no file at that commit are left out. */
export async function readBlobs(
  root: string,
  commit: string,
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<Blobs> {
  const blobs = new Map<string, Buffer>();
  // The names go to git one a line.
  const plain = paths.filter(path => !/[\r\n]/.test(path));
  for (let start = 0; start < plain.length; start += PER_CALL) {
    const part = plain.slice(start, start + PER_CALL);
    const input = part.map(path => `${commit}:${path}\n`);
    const call = { directory: root, signal, args: ['cat-file', '--batch', '--buffer'], input };
    const result = await readGit(call, MOST_BYTES);
    if (result.kind === 'failed') return result;
    readBatch(result.output, part, blobs);
  }
  for (const path of paths) {
    if (!/[\r\n]/.test(path)) continue;
    const blob = await readBlob(root, commit, path, { signal });
    if (blob.kind === 'failed') return blob;
    if (blob.bytes !== null) blobs.set(path, blob.bytes);
  }
  return { kind: 'ok', blobs };
}

/** The contents of blobs by their full names. */
export async function readObjects(root: string, names: readonly string[], signal?: AbortSignal): Promise<Blobs> {
  const blobs = new Map<string, Buffer>();
  for (let start = 0; start < names.length; start += PER_CALL) {
    const part = names.slice(start, start + PER_CALL);
    const input = part.map(name => `${name}\n`);
    const result = await readGit(
      { directory: root, signal, args: ['cat-file', '--batch', '--buffer'], input },
      MOST_BYTES,
    );
    if (result.kind === 'failed') return result;
    readBatch(result.output, part, blobs);
  }
  return { kind: 'ok', blobs };
}

/** Answers stand in the order of the questions: `<name> <type> <size>`, the bytes and a line feed, or `<question> missing`. */
function readBatch(output: Buffer, paths: readonly string[], blobs: Map<string, Buffer>): void {
  let at = 0;
  for (const path of paths) {
    const end = output.indexOf(10, at);
    if (end < 0) return;
    const header = /^[0-9a-f]+ (\w+) (\d+)$/.exec(output.toString('latin1', at, end));
    at = end + 1;
    if (header === null) continue;
    const size = Number(header[2]);
    if (header[1] === 'blob') blobs.set(path, output.subarray(at, at + size));
    at += size + 1;
  }
}
