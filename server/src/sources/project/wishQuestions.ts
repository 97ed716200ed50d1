/** What the files that nobody has parsed yet are asked on behalf of the linker: do they hold a word, do they declare a type? */
import { createByteFinder } from '../../core/byteSearch.ts';
import { cppWishTest } from '../../core/flags/linking/cppDefinitions.ts';
import { declarationTest } from '../../core/flags/linking/prefilter.ts';
import { isAsked, soughtByPath, speaks, wishedWord } from '../../core/flags/linking/wishedWords.ts';
import { nameWished } from '../../core/flags/resolve/pathWishes.ts';
import { declaredAmong, soughtText } from '../../core/flags/resolve/soughtNames.ts';
import type { Wishes } from '../../core/wishes.ts';

export interface WishQuestions {
  /** The names of the questions that a text answers with yes; its `bytes` are those in UTF-8, and few of them are made a text of. */
  answeredBy(path: string, text: () => string, bytes?: Uint8Array): ReadonlySet<string>;
}

interface WishedNames {
  readonly words: Iterable<string>;
  readonly types: Iterable<string>;
}

/** Names of the questions, that hold from one run to the next. */
export function namesOfWishes({ words, types }: WishedNames): readonly string[] {
  return [...[...words].filter(word => word !== '').map(mentioning), ...[...types].map(declaring)];
}

const mentioning = (word: string): string => `mentions ${word}`;
const declaring = (type: string): string => `declares ${type}`;

/** The questions of these wishes. */
export function wishQuestions({ words, types }: Pick<Wishes, 'words' | 'types'>): WishQuestions {
  const all = [...words].map(text => ({ text, ...wishedWord(text) })).filter(({ word }) => word !== '');
  const wished = all.filter(({ within }) => within === null);
  const sought = soughtByPath(words);
  const findWords = createByteFinder(new Set(wished.map(({ word }) => word)), 'whole');
  const findTypes = createByteFinder(new Set([...types].map(nameWished)), 'whole');
  const testsOf = (testOf: (type: string) => (text: string) => boolean) =>
    new Map([...types].map(type => [type, testOf(type)] as const));
  const declares = testsOf(type => declarationTest(new Set([type]), ''));
  const declaresInCsharp = testsOf(type => declarationTest(new Set([type]), 'cs'));
  const defines = testsOf(cppWishTest);
  const byName = new Map<string, string[]>();
  for (const type of types) byName.set(nameWished(type), [...(byName.get(nameWished(type)) ?? []), type]);
  return {
    answeredBy(path, text, bytes = new TextEncoder().encode(text())) {
      const found = new Set<string>();
      findWords(bytes, found);
      const held = wished.filter(({ word }) => found.has(word));
      const isAmongFlags = held.some(({ besideFlags }) => besideFlags) && speaks(text());
      const counting = held.filter(
        ({ word, besideFlags, asked }) => (!besideFlags || isAmongFlags) && (!asked || isAsked(text(), word)),
      );
      const yes = new Set(counting.map(wish => mentioning(wish.text)));
      const here = sought.get(path);
      if (here !== undefined) {
        for (const name of declaredAmong(here, path, text())) yes.add(mentioning(soughtText(name, path)!));
      }
      if (types.size > 0 && isDeclaring(path)) {
        // An expression for each name, or one for all, takes far longer than looking which names are there.
        const named = new Set<string>();
        findTypes(bytes, named);
        const tests = CPP.test(path) ? defines : path.endsWith('.cs') ? declaresInCsharp : declares;
        for (const name of named)
          for (const type of byName.get(name)!) if (tests.get(type)!(text())) yes.add(declaring(type));
      }
      return yes;
    },
  };
}

/** Whether no path leads to what a file declares: such files are told by their declarations. */
export function isDeclaring(path: string): boolean {
  return DECLARING.test(path) || CPP.test(path);
}

const CPP = /\.(?:c|c\+\+|cc|cpp|cxx|h|hh|hpp|hxx|inl|ipp|mm)$/;
const DECLARING = /\.(?:cs|kt|scala|swift|rs)$/;
