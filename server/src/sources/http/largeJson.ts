/**
 * JSON too large to be decoded in one go beside an editor: a thread decodes it and hands it over in pieces, between which others are
 * answered. What it means is the callers' business.
 */
import { Worker } from 'node:worker_threads';

/** Characters up to which decoding takes a few milliseconds at most. */
export const LARGE = 512 * 1024;

/** The value of a text; rejects with a `SyntaxError` where it is no JSON. */
export function decodeJson(text: string): Promise<unknown> {
  if (text.length <= LARGE) {
    try {
      return Promise.resolve(JSON.parse(text));
    } catch (error) {
      return Promise.reject(error);
    }
  }
  return new Promise((resolve, reject) => {
    // Programs that compile while they load name functions by a helper, which the thread lacks.
    const program = `const __name = each => each; (${decodeInPieces.toString()})(require('node:worker_threads'))`;
    const worker = new Worker(program, {
      eval: true,
      workerData: { text, piece: PIECE },
      env: {},
      execArgv: [],
      // Whatever it might write would stand between the messages of a server.
      stdout: true,
      stderr: true,
    });
    const open: Container[] = [];
    let root: unknown;
    const place = (key: string | null, value: unknown): void => {
      const holder = open.at(-1);
      if (holder === undefined) root = value;
      else if (Array.isArray(holder)) holder.push(value);
      // A key may be `__proto__`, as in JSON.parse.
      else Object.defineProperty(holder, key!, { value, enumerable: true, writable: true, configurable: true });
    };
    const end = (settle: () => void): void => {
      worker.removeAllListeners();
      // Its end is nobody's business any more.
      worker.on('error', () => {});
      void worker.terminate();
      settle();
    };
    worker.on('message', (pieces: readonly Piece[] | null) => {
      if (pieces === null) return end(() => reject(new SyntaxError('no JSON')));
      for (const piece of pieces) {
        if (piece.kind === 'value') place(piece.key, piece.value);
        else if (piece.kind === 'close') open.pop();
        else {
          const container: Container = piece.kind === 'array' ? [] : {};
          place(piece.key, container);
          open.push(container);
        }
      }
      if (open.length === 0) return end(() => resolve(root));
      // The next piece comes when everyone else has had their turn.
      setImmediate(() => worker.postMessage(null));
    });
    worker.on('error', error => end(() => reject(error)));
    worker.on('exit', () => end(() => reject(new Error('The thread that decodes ended.'))));
    worker.unref();
  });
}

type Container = unknown[] | Record<string, unknown>;

type Piece =
  | { readonly kind: 'array' | 'object'; readonly key: string | null }
  | { readonly kind: 'value'; readonly key: string | null; readonly value: unknown }
  | { readonly kind: 'close' };

/** Characters that are handed over at once. */
const PIECE = 128 * 1024;

/** Runs in the thread, out of its own text: it may use nothing of this file. */
function decodeInPieces({ parentPort, workerData }: typeof import('node:worker_threads')): void {
  const { text, piece: most } = workerData as { readonly text: string; readonly piece: number };
  const port = parentPort!;
  const sizes = new WeakMap<object, number>();
  const sizeOf = (value: unknown): number => {
    if (typeof value === 'string') return value.length;
    if (typeof value !== 'object' || value === null) return 8;
    const known = sizes.get(value);
    if (known !== undefined) return known;
    let size = 8;
    for (const [key, each] of Object.entries(value)) size += key.length + sizeOf(each);
    sizes.set(value, size);
    return size;
  };
  let batch: Piece[] = [];
  let full = 0;
  function* piecesOf(key: string | null, value: unknown): Generator<void> {
    const size = sizeOf(value);
    if (typeof value !== 'object' || value === null || size <= most) {
      batch.push({ kind: 'value', key, value });
      full += size;
    } else {
      const isArray = Array.isArray(value);
      batch.push({ kind: isArray ? 'array' : 'object', key });
      for (const [name, each] of Object.entries(value)) yield* piecesOf(isArray ? null : name, each);
      batch.push({ kind: 'close' });
    }
    if (full >= most) yield;
  }
  try {
    const all = piecesOf(null, JSON.parse(text));
    const next = (): void => {
      all.next();
      const ready = batch;
      batch = [];
      full = 0;
      port.postMessage(ready);
    };
    port.on('message', next);
    next();
  } catch {
    port.postMessage(null);
  }
}
