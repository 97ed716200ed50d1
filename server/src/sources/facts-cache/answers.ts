/**
 * Answers about many files, most of which are the same: files that were asked the same and answered the same share one set of
 * answers and are told apart by its number alone.
 */

/** The numbers of questions that were answered, with yes and with no. */
export interface AnswerSet {
  readonly yes: ReadonlySet<number>;
  readonly no: ReadonlySet<number>;
}

export interface AnswerSets {
  /** The number of a question, for good. */
  numberOf(question: string): number;
  set(id: number): AnswerSet;
  /** The set that this one becomes when these questions are answered, those of `yes` with yes and the others with no. */
  with(id: number, asked: readonly number[], yes: readonly number[]): number;
  readonly questions: readonly string[];
  readonly sets: readonly AnswerSet[];
}

/** The set without answers. */
export const NO_ANSWERS = 0;

/** @param known what an earlier run wrote down; sets in the order of their numbers, without the empty one. */
export function createAnswerSets(
  known: { readonly questions: readonly string[]; readonly sets: readonly AnswerSet[] } = { questions: [], sets: [] },
): AnswerSets {
  const questions = [...known.questions];
  const numbers = new Map(questions.map((question, number) => [question, number]));
  const sets: AnswerSet[] = [{ yes: new Set(), no: new Set() }, ...known.sets];
  const next = new WeakMap<readonly number[], Map<string, number>>();
  return {
    questions,
    sets,
    numberOf(question) {
      const existing = numbers.get(question);
      if (existing !== undefined) return existing;
      numbers.set(question, questions.length);
      questions.push(question);
      return questions.length - 1;
    },
    set: id => sets[id]!,
    with(id, asked, yes) {
      const step = `${id} ${yes.join(' ')}`;
      const existing = (next.get(asked) ?? next.set(asked, new Map()).get(asked)!).get(step);
      if (existing !== undefined) return existing;
      const before = sets[id]!;
      const isYes = new Set([...before.yes, ...yes]);
      const isNo = new Set([...before.no, ...asked.filter(question => !isYes.has(question))]);
      const grown = sets.push({ yes: isYes, no: isNo }) - 1;
      next.get(asked)!.set(step, grown);
      return grown;
    },
  };
}
