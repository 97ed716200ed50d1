/**
 * What indexing may remember from one run to the next, so that an unchanged file is neither read nor parsed again: answers to
 * questions about its text, and facts by content. The shape only; what keeps it on a disk stands beside this file, and a front
 * without a disk has none.
 */
import type { FileFacts, LanguageId } from '../../core/languages/facts.ts';
import type { LastReading } from './lastReading.ts';

export interface IndexMemory {
  /**
   * What is known of the text that stands at a path now: true when it is known to hold one of these questions' answers with
   * yes, false when it is known to hold none, null when it must be read.
   */
  anyOf(path: string, questions: readonly string[]): boolean | null;
  /** Whether all of these questions were answered for the text at a path: then nobody need ask again. */
  setAnswers(path: string, questions: readonly string[], isYes: (question: string) => boolean): void;
  /** The facts of a text in a language, or null. */
  factsOf(language: LanguageId, text: string): FileFacts | null;
  /** The same as bytes. */
  encodedOf(language: LanguageId, text: string): Uint8Array | null;
  keepFacts(language: LanguageId, text: string, facts: FileFacts): void;
  /** The digests (`factsKey`) of the texts whose facts are known. */
  keys(): readonly string[];
  factsBy(key: string): FileFacts | null;
  /** Facts as bytes, as another thread made them. */
  keepEncoded(key: string, bytes: Uint8Array): void;
  /** By path, of the files that were asked about: what tells the file from a changed one; null where it had only just been written. */
  stamps(): ReadonlyMap<string, string | null>;
  /** Writes down what was learned, and what a whole reading found. Never rejects. */
  save(found: Found): Promise<void>;
}

/** What a whole reading found; the memory knows the stamps. */
export type Found = Omit<LastReading, 'stamps'>;
