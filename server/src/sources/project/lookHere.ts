/** Looking at files in this thread: in small repositories, where files are read through a client, and where workers can't start. */
import type { FileAccess, FileBytes } from '../files/access.ts';
import { answersTo, createLookAgain, type FileQuestion, type Looked, lookAtText } from './fileQuestions.ts';
import { createPauses } from './pauses.ts';

/** Told of every file that was looked at. */
export type Use = (path: string, looked: Looked) => Promise<void> | void;

/** Looks at all of the paths; rejects only when `signal` aborts. */
export type Look = (
  paths: Iterable<string>,
  question: FileQuestion,
  signal: AbortSignal | undefined,
  use: Use,
) => Promise<void>;

const READERS = 16;

/** What is kept for the next question, so that files are read once; beyond this they are read again. Texts, in UTF-16 units. */
const KEPT = 48 * 1024 * 1024;
/** Sketches, in bytes: of about 100 MB of source. */
const KEPT_SKETCHES = 24 * 1024 * 1024;

/** Looks at files one after the other, in the order of the paths. */
export function createLookHere(access: FileAccess): Look {
  const { readBytes } = access;
  return readBytes === undefined ? lookAtTexts(access) : lookAtBytes(readBytes);
}

function lookAtBytes(readBytes: (path: string) => FileBytes): Look {
  const lookAgain = createLookAgain(readBytes, KEPT_SKETCHES);
  return async (paths, question, signal, use) => {
    const answers = answersTo(question);
    const pause = createPauses();
    for (const path of paths) {
      signal?.throwIfAborted();
      await pause();
      await use(path, lookAgain(path, answers));
    }
  };
}

function lookAtTexts(access: FileAccess): Look {
  const kept = new Map<string, string>();
  let room = KEPT;
  const read = async (path: string) => {
    const known = kept.get(path);
    return known === undefined ? access.read(path) : ({ kind: 'text', text: known } as const);
  };
  return async (paths, question, signal, use) => {
    const answers = answersTo(question);
    const pause = createPauses();
    const reading: (readonly [string, ReturnType<typeof read>])[] = [];
    const rest = paths[Symbol.iterator]();
    for (;;) {
      signal?.throwIfAborted();
      await pause();
      while (reading.length < READERS) {
        const next = rest.next();
        if (next.done) break;
        reading.push([next.value, read(next.value)]);
      }
      const first = reading.shift();
      if (first === undefined) return;
      const [path, content] = [first[0], await first[1]];
      const looked = content.kind === 'text' ? lookAtText(path, content.text, answers) : content;
      if (looked.kind === 'left' && content.kind === 'text' && !kept.has(path) && content.text.length <= room) {
        kept.set(path, content.text);
        room -= content.text.length;
      } else if (looked.kind === 'found' && kept.delete(path)) room += looked.text.length;
      await use(path, looked);
    }
  };
}
