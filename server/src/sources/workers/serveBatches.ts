/**
 * A worker's side: looks at the files of one batch after the other, parses those that say yes, and sends their facts as bytes. It
 * says where it is before it begins with a file: should the file be the end of it, the main thread knows which one it was.
 */
import { readFile } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { readFacts } from '../../core/languages/extract.ts';
import { encodeFacts } from '../../core/languages/factsCodec.ts';
import { createGrammars } from '../../core/languages/grammars.ts';
import type { Language } from '../../core/languages/language.ts';
import { languageOfPath } from '../../core/languages/registry.ts';
import { factsKey } from '../facts-cache/factsKey.ts';
import { createDiskAccess } from '../files/disk.ts';
import { type Answers, answersTo, createLookAgain, type Parsed } from '../project/fileQuestions.ts';
import { createRest } from './heap.ts';
import { BATCH_AT, type Batch, type BatchResult, FILE_AT, type FileResult, type WorkerStart } from './messages.ts';
import { unoptimised } from './unoptimised.ts';

/** Makes facts of a text. What it throws ends the worker, and loses that file alone. */
export type Parse = (language: Language, text: string) => Promise<Parsed>;

/** Serves until the main thread ends it. */
export function serveBatches(port: MessagePort, start: WorkerStart, parse: Parse = createParse(start)): void {
  standBack(start.niceness);
  const progress = new Int32Array(start.progress);
  const { readBytes } = createDiskAccess(start.root, { git: false });
  const lookAgain = createLookAgain(readBytes!, start.keptBytes);
  const rest = createRest();
  let asked: { readonly id: number; readonly answers: Answers } | null = null;
  let working = Promise.resolve();

  const work = async (batch: Batch): Promise<void> => {
    if (batch.question !== null) asked = { id: batch.questionId, answers: answersTo(batch.question) };
    if (asked?.id !== batch.questionId) throw new Error('A batch came before its question.');
    const files: FileResult[] = [];
    const moved: ArrayBuffer[] = [];
    Atomics.store(progress, BATCH_AT, batch.id);
    for (const [index, path] of batch.paths.entries()) {
      Atomics.store(progress, FILE_AT, index);
      const looked = lookAgain(path, asked.answers);
      if (looked.kind === 'skipped') files.push({ kind: 'skipped', index, reason: looked.reason });
      else if (looked.kind === 'found') {
        const language = languageOfPath(path);
        const parsed: Parsed = language === null ? { kind: 'untried' } : await parse(language, looked.text);
        if (parsed.kind === 'facts' && parsed.bytes !== null) moved.push(parsed.bytes.buffer as ArrayBuffer);
        files.push({ kind: 'found', index, text: looked.text, yes: [...looked.yes], parsed });
        rest();
      }
    }
    Atomics.store(progress, BATCH_AT, 0);
    const result: BatchResult = { id: batch.id, files };
    port.postMessage(result, moved);
    rest();
  };

  port.on('message', (batch: Batch) => {
    working = working.then(() => work(batch));
    // A worker that can't go on ends; the main thread looks at how far it came.
    working.catch(() => process.exit(1));
  });
}

/** Parses with the grammars that the worker is told of, what the main thread does not know yet. */
export function createParse({ wasmDirectory, known }: WorkerStart): Parse {
  const started = createGrammars(
    name => readFile(join(wasmDirectory, `${name}.wasm`)),
    () => performance.now(),
    unoptimised,
  );
  const there = new Set(known);
  return async (language, text) => {
    const key = known === null ? null : factsKey(language.id, text);
    if (key !== null && there.has(key)) return { kind: 'facts', key, bytes: null };
    const grammars = await started;
    await grammars.load([language]);
    if (!grammars.isLoaded(language.id)) return { kind: 'untried' };
    const read = readFacts(grammars, language, text);
    const failure = grammars.failure();
    if (failure !== null) throw new Error(failure);
    if (read.kind === 'none') return { kind: 'none', reason: read.reason === 'nested' ? 'nested' : 'slow' };
    const bytes = encodeFacts(read.facts);
    // What was cut is nobody's to remember: it may do better the next time.
    if (read.kind === 'beginning') return { kind: 'facts', key: null, bytes, isCut: true };
    return { kind: 'facts', key, bytes };
  };
}

/** On Linux a thread can be told apart from its process; elsewhere this would slow down the editor's answers too. */
function standBack(niceness: number): void {
  if (niceness === 0 || process.platform !== 'linux') return;
  try {
    setPriority(niceness);
  } catch {
    // A system that forbids it goes without.
  }
}
