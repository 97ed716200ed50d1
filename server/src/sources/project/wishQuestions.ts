/** What the files that nobody has parsed yet are asked on behalf of the linker: do they hold a word, do they declare a type? */
import { declarationTest, wordTest } from '../../core/flags/prefilter.ts';
import type { Wishes } from '../../core/host.ts';

export interface WishQuestions {
  /** Names that hold from one run to the next. */
  readonly names: readonly string[];
  /** The names of the questions that a text answers with yes. */
  answeredBy(path: string, text: string): ReadonlySet<string>;
}

/** The questions of these wishes. */
export function wishQuestions({ words, types }: Pick<Wishes, 'words' | 'types'>): WishQuestions {
  const one = (type: string) => [`declares ${type}`, declarationTest(new Set([type]))] as const;
  const mentions = new Map([...words].filter(word => word !== '').map(word => [`mentions ${word}`, word]));
  const declares = new Map([...types].map(one));
  // Most texts hold none: one look tells that of all.
  const mentionsAny = wordTest(words);
  const declaresAny = declarationTest(types);
  return {
    names: [...mentions.keys(), ...declares.keys()],
    answeredBy(path, text) {
      const yes = new Set<string>();
      if (mentionsAny(text)) for (const [name, word] of mentions) if (text.includes(word)) yes.add(name);
      if (DECLARING.test(path) && declaresAny(text)) {
        for (const [name, test] of declares) if (test(text)) yes.add(name);
      }
      return yes;
    },
  };
}

/** Files whose declarations no path leads to: they are told by what they declare. */
const DECLARING = /\.(?:cs|kt|swift|rs)$/;
