/** The bytes of files that will be asked again: one behind the other in a few large pieces, since there are thousands of them. */

export interface KeptBytes {
  /** Copies the bytes of a file, while there is room. */
  keep(path: string, bytes: Uint8Array): void;
  get(path: string): Uint8Array | undefined;
}

/** Room for so many bytes. What doesn't fit is not kept: it can be read again. */
export function createKeptBytes(limit: number): KeptBytes {
  const kept = new Map<string, Uint8Array>();
  let piece = new Uint8Array(0);
  let used = 0;
  let room = limit;
  return {
    keep(path, bytes) {
      const { length } = bytes;
      if (length > room || kept.has(path)) return;
      if (used + length > piece.length) {
        piece = new Uint8Array(Math.max(PIECE, length));
        used = 0;
      }
      const copy = piece.subarray(used, used + length);
      copy.set(bytes);
      kept.set(path, copy);
      used += length;
      room -= length;
    },
    get: path => kept.get(path),
  };
}

const PIECE = 1024 * 1024;
