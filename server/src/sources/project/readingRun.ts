/**
 * One reading of a repository: asks files questions, has those that say yes parsed, and pushes what they say into the host. Which files are asked
 * what, and in which order, is the business of `indexing.ts`.
 */
import type { Host } from '../../core/hostInterface.ts';
import { readFacts } from '../../core/languages/extract.ts';
import type { FileFacts } from '../../core/languages/facts.ts';
import { decodeFacts } from '../../core/languages/factsCodec.ts';
import type { Grammars } from '../../core/languages/grammars.ts';
import { languageOfPath } from '../../core/languages/registry.ts';
import type { IndexMemory } from '../facts-cache/memory.ts';
import type { FileAccess, SkipReason, UnparsedReason } from '../files/access.ts';
import type { Workers } from '../workers/pool.ts';
import type { FileQuestion, Looked, Parsed } from './fileQuestions.ts';
import type { IndexOptions } from './indexing.ts';
import { createLookHere } from './lookHere.ts';
import { createPauses, letOthersRun } from './pauses.ts';

/** Unless so many files are to be read whose answers nobody remembers, starting workers takes longer than it saves. */
const WORTH_WORKERS = 800;

/** In UTF-16 units. */
const LARGE_TEXT = 64 * 1024;

/** One reading of a repository. */
export type Run = ReturnType<typeof createRun>;

/** `total` files are there, of all kinds. */
export function createRun(
  host: Host,
  grammars: Grammars,
  access: FileAccess,
  options: IndexOptions,
  memory: IndexMemory | null,
  total: number,
) {
  const pushed = new Set<string>();
  const aside = new Set<string>();
  const skippedPaths = new Map<string, SkipReason>();
  const skipped = new Map<SkipReason | UnparsedReason, number>();
  const lookHere = createLookHere(access);
  const { signal } = options;
  let workers: Workers | null = null;
  let done = 0;

  const countOne = (): void => {
    done++;
    if (done % 256 === 0) options.onProgress?.(Math.min(done, total), total);
  };
  const count = (reason: SkipReason | UnparsedReason): void => void skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
  const skip = (path: string, reason: SkipReason): void => {
    skippedPaths.set(path, reason);
    if (reason !== 'missing') count(reason);
  };
  const push = async (path: string, text: string, parsed: Parsed, isOffered: boolean): Promise<void> => {
    pushed.add(path);
    if (parsed.kind === 'none') {
      count(parsed.reason);
      host.setText(path, text, null);
    } else if (parsed.kind === 'facts') {
      const { key, bytes, isCut } = parsed;
      if (isCut) count('cut');
      const known = bytes === null ? memory?.factsBy(key ?? '') : decodeFacts(bytes);
      if (key !== null && bytes !== null) memory?.keepEncoded(key, bytes);
      // What is made of the facts of a large file takes as long as decoding them.
      if (text.length > LARGE_TEXT) await letOthersRun();
      hold(path, text, known ?? undefined, isOffered && isCut !== true);
    } else await parseHere(path, text, isOffered);
  };
  const hold = (path: string, text: string, facts: FileFacts | undefined, isOffered: boolean): void => {
    if (facts === undefined || !isOffered || text.length < options.setsAsideFrom!) host.setText(path, text, facts);
    else if (host.offerText(path, text, facts) === 'aside') {
      pushed.delete(path);
      aside.add(path);
    }
  };
  const parseHere = async (path: string, text: string, isOffered: boolean): Promise<void> => {
    const language = languageOfPath(path);
    const known = (language && memory?.factsOf(language.id, text)) ?? undefined;
    if (language !== null && known === undefined && !grammars.isLoaded(language.id)) await grammars.load([language]);
    if (language === null || known !== undefined || !grammars.isLoaded(language.id)) {
      hold(path, text, known, isOffered);
      return;
    }
    const read = readFacts(grammars, language, text);
    if (read.kind === 'none') count(read.reason);
    else if (read.kind === 'beginning') count('cut');
    else memory?.keepFacts(language.id, text, read.facts);
    if (read.kind === 'none') host.setText(path, text, null);
    else hold(path, text, read.facts, isOffered && read.kind !== 'beginning');
  };

  /** The paths that must be looked at, and of how many of them nothing is known. */
  const unanswered = async (paths: readonly string[], names: readonly string[] | null) => {
    const readable = skippedPaths.size === 0 ? paths : paths.filter(path => !skippedPaths.has(path));
    // Where nothing is remembered whoever looks at them can begin at once.
    if (names === null || memory === null) return { left: readable, unknown: readable.length };
    const left: string[] = [];
    let unknown = 0;
    const pause = createPauses();
    for (const path of readable) {
      const answer = memory.anyOf(path, names);
      if (answer === null) unknown++;
      if (answer !== false) left.push(path);
      else countOne();
      signal?.throwIfAborted();
      await pause();
    }
    return { left, unknown };
  };

  return {
    skipped,
    pushed: () => pushed.size,
    allPushed: (): ReadonlySet<string> => pushed,
    skippedFiles: (): ReadonlyMap<string, SkipReason> => skippedPaths,
    isPushed: (path: string) => pushed.has(path),
    /** What was set aside and is not held since. */
    aside: (): readonly string[] => [...aside].filter(path => !pushed.has(path)),
    /**
     * Asks the files a question and pushes those that say yes. `names` are those of its parts: files that are known to answer
     * all of them with no are left out unread; null where nothing of it is remembered. `note` is told what each file says yes to.
     */
    async look(
      paths: readonly string[],
      question: FileQuestion,
      names: readonly string[] | null,
      note?: (yes: ReadonlySet<string>) => void,
    ): Promise<void> {
      const { left, unknown } = await unanswered(paths, names);
      const isOffered = question.kind === 'interest' && options.setsAsideFrom !== undefined;
      const use = (path: string, looked: Looked): Promise<void> | undefined => {
        countOne();
        if (looked.kind === 'skipped') {
          skip(path, looked.reason);
          return undefined;
        }
        const yes = looked.kind === 'found' ? looked.yes : null;
        const isPlain = question.kind === 'interest';
        if (names !== null) memory?.setAnswers(path, names, name => yes !== null && (isPlain || yes.has(name)));
        if (yes !== null) note?.(yes);
        return looked.kind === 'found' ? push(path, looked.text, looked.parsed, isOffered) : undefined;
      };
      if (unknown >= WORTH_WORKERS)
        workers ??= options.startWorkers?.(memory?.keys() ?? null, options.isBusy ?? never) ?? null;
      const rest = workers === null ? left : await workers.look(left, question, signal, use);
      await lookHere(rest, question, signal, use);
    },
    giveBack: () => workers?.giveBack(),
    close: () => workers?.close(),
    /**
     * Calls `use` for every file that can be read. Files that are known to answer all questions with no are left out unread.
     */
    async eachText(
      paths: readonly string[],
      questions: readonly string[],
      use: (path: string, text: string) => void,
    ): Promise<void> {
      const left: string[] = [];
      const pause = createPauses();
      for (const path of paths) {
        if (memory?.anyOf(path, questions) !== false) left.push(path);
        else countOne();
        await pause();
      }
      await lookHere(left, { kind: 'wanted' }, signal, (path, looked) => {
        countOne();
        if (looked.kind === 'skipped') skip(path, looked.reason);
        else if (looked.kind === 'found') use(path, looked.text);
      });
    },
  };
}

const never = (): boolean => false;
