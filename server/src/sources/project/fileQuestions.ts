/**
 * What is asked of every source file, as data that can be sent to another thread, and the answers. A file's bytes are asked
 * first; a text is made of those that may say yes only.
 */
import { type ByteFinder, createByteFinder, createByteSearch, WORD } from '../../core/byteSearch.ts';
import { bytesOfSketch, createSketch, createSketchTest, type Sketch } from '../../core/byteSketch.ts';
import {
  type InterestTest,
  type InterestWords,
  interestTest,
  mayAskPlainly,
} from '../../core/flags/linking/prefilter.ts';
import { soughtByPath, wishedWord } from '../../core/flags/linking/wishedWords.ts';
import { familiesOfPath, hasNominalTypes } from '../../core/flags/linking/wordsOfLanguages.ts';
import { nameWished } from '../../core/flags/resolve/pathWishes.ts';
import { decodeBytes, type FileBytes, isMinified, isWide, type SkipReason } from '../files/access.ts';
import { createKeptBytes } from '../files/keptBytes.ts';
import { isDeclaring, wishQuestions } from './wishQuestions.ts';

export type FileQuestion =
  /** Does it hold one of these words, or a name that a flag library of the repository's own would have? */
  | ({ readonly kind: 'interest' } & InterestWords)
  /**
   * Does it hold one of the words, or declare one of the types, that the linker wishes for? `names` are those of the words that are among the
   * names of the interest that was asked for before.
   */
  | {
      readonly kind: 'wishes';
      readonly words: readonly string[];
      readonly types: readonly string[];
      readonly names?: readonly string[];
    }
  /** Its text is wanted whatever it holds. */
  | { readonly kind: 'wanted' };

/**
 * The parts of a question that a file answers with yes: by the names of `wishQuestions`; of an interesting file, the packages that it
 * mentions. Null when it says no to all.
 */
export type Yes = ReadonlySet<string> | null;

export interface Answers {
  ofText(path: string, text: string): Yes;
  /** The same of bytes in UTF-8; `decode` gives their text. Draws the `sketch` of those that say no. */
  ofBytes(path: string, bytes: Uint8Array, decode: () => string, sketch?: Sketch): Yes;
  /** Whether a file may say yes, by the sketch of its bytes, and whether one of the names of interest was found there. */
  mayBeYes(path: string, sketch: Uint8Array, holdsName: boolean): boolean;
}

/** What became of a file that was looked at. */
export type Looked =
  | { readonly kind: 'skipped'; readonly reason: SkipReason }
  | { readonly kind: 'left' }
  | {
      readonly kind: 'found';
      readonly text: string;
      readonly yes: ReadonlySet<string>;
      /** What whoever looked has made of the text. */
      readonly parsed: Parsed;
    };

/** A text's facts, as bytes and by the digest that they are remembered by; without bytes, the memory has them. */
export type Parsed =
  | { readonly kind: 'untried' }
  | { readonly kind: 'none'; readonly reason: 'nested' | 'slow' }
  | {
      readonly kind: 'facts';
      readonly key: string | null;
      readonly bytes: Uint8Array | null;
      /** Of the text's beginning alone. */
      readonly isCut?: boolean;
    };

/** What answers a question, for as many files as are asked it. */
export function answersTo(question: FileQuestion): Answers {
  switch (question.kind) {
    case 'wanted':
      return { ofText: () => PLAIN_YES, ofBytes: () => PLAIN_YES, mayBeYes: () => true };
    case 'interest':
      return answersToInterest(question);
    case 'wishes':
      return answersToWishes(question);
  }
}

/** Looks at files of which little is kept, so that most of them are read once however often something is asked. */
export type LookAgain = (path: string, answers: Answers) => Looked;

/** Keeps so many bytes of sketches; files that there is no room for are read whenever they are asked. */
export function createLookAgain(readBytes: (path: string) => FileBytes, room: number): LookAgain {
  const sketches = createKeptBytes(room);
  const withNames = new Set<string>();
  const sketch = createSketch();
  return (path, answers) => {
    const known = sketches.get(path);
    if (known !== undefined && !answers.mayBeYes(path, known, withNames.has(path))) return LEFT;
    const content = readBytes(path);
    sketch.isWhole = false;
    const looked = lookAt(path, content, answers, sketch);
    if (looked.kind === 'left' && known === undefined && sketch.isWhole) {
      sketches.keep(path, bytesOfSketch(sketch));
      if (sketch.holdsName) withNames.add(path);
    }
    return looked;
  };
}

/** Asks a file's bytes, and draws the sketch of those that say no. */
export function lookAt(path: string, content: FileBytes, answers: Answers, sketch?: Sketch): Looked {
  if (content.kind === 'skipped') return content;
  const { bytes } = content;
  const wide = isWide(bytes);
  if (!wide && isBinary(bytes)) return { kind: 'skipped', reason: 'binary' };
  let text: string | null = null;
  const decode = (): string => {
    text ??= textOf(bytes);
    return text;
  };
  const yes = answers.ofBytes(path, wide ? new TextEncoder().encode(decode()) : bytes, decode, sketch);
  if (yes === null) return LEFT;
  return isMinified(path, bytes) ? MINIFIED : { kind: 'found', text: decode(), yes, parsed: UNTRIED };
}

/** The same of a text that is there. */
export function lookAtText(path: string, text: string, answers: Answers): Looked {
  const yes = answers.ofText(path, text);
  if (yes === null) return LEFT;
  return isMinified(path, text) ? MINIFIED : { kind: 'found', text, yes, parsed: UNTRIED };
}

const PLAIN_YES: ReadonlySet<string> = new Set();
const UNTRIED: Parsed = { kind: 'untried' };
const LEFT: Looked = { kind: 'left' };
const MINIFIED: Looked = { kind: 'skipped', reason: 'minified' };

function answersToInterest({ words, names, packages, only }: FileQuestion & { kind: 'interest' }): Answers {
  // A repository has files of few kinds.
  const tests = new Map<string, OfKind>();
  const testFor = (path: string): OfKind => {
    const own = familiesOfPath(path);
    const kind = `${hasNominalTypes(path)} ${own}`;
    const known = tests.get(kind);
    if (known !== undefined) return known;
    const more = own.flatMap(family => only[family] ?? []);
    const plain = hasNominalTypes(path) ? names.filter(mayAskPlainly) : [];
    const test = interestTest([...words, ...more], { noted: names, plain });
    const made = { ...test, find: createByteFinder([...packages, ...more]) };
    tests.set(kind, made);
    return made;
  };
  const mentionedIn = (bytes: Uint8Array, { find }: OfKind): ReadonlySet<string> => {
    const found = new Set<string>();
    find(bytes, found);
    return found;
  };
  return {
    ofText: (path, text) => {
      const test = testFor(path);
      return test.ofText(text) ? mentionedIn(new TextEncoder().encode(text), test) : null;
    },
    ofBytes: (path, bytes, decode, sketch) => {
      const test = testFor(path);
      return test.ofBytes(bytes, decode, sketch) ? mentionedIn(bytes, test) : null;
    },
    // Stems are found in any case, which sketches tell apart.
    mayBeYes: () => true,
  };
}

interface OfKind extends InterestTest {
  readonly find: ByteFinder;
}

function answersToWishes({ words, types, names = [] }: FileQuestion & { kind: 'wishes' }): Answers {
  const questions = wishQuestions({ words: new Set(words), types: new Set(types) });
  const everywhere = words.map(wishedWord).filter(({ within }) => within === null);
  const plain = [...new Set(everywhere.map(({ word }) => word))];
  const sought = soughtByPath(words);
  const searchWords = createByteSearch({ words: plain });
  const typeNames = types.map(nameWished);
  const searchAll = createByteSearch({ words: plain, names: typeNames });
  const named = new Set(names);
  const others = plain.filter(word => !named.has(word));
  // Where none of the names was found, only what nobody looked for may be there.
  const mayHold = (isNamed: boolean, isDeclaring: boolean) =>
    createSketchTest([...(isNamed ? plain : others), ...(isDeclaring ? typeNames : [])]);
  const tests = {
    named: { declaring: mayHold(true, true), other: mayHold(true, false) },
    unnamed: { declaring: mayHold(false, true), other: mayHold(false, false) },
  };
  const answer = (path: string, text: () => string, bytes?: Uint8Array): Yes => {
    const yes = questions.answeredBy(path, text, bytes);
    return yes.size > 0 ? yes : null;
  };
  return {
    ofText: (path, text) => answer(path, () => text),
    ofBytes(path, bytes, decode, sketch) {
      if (sought.has(path)) return answer(path, decode, bytes);
      const search = isDeclaring(path) ? searchAll : searchWords;
      // A type may be there without being declared: then the rest counts too.
      return search(bytes, WORD, sketch) === 0 ? null : answer(path, decode, bytes);
    },
    mayBeYes: (path, sketch, holdsName) =>
      sought.has(path) || tests[holdsName ? 'named' : 'unnamed'][isDeclaring(path) ? 'declaring' : 'other'](sketch),
  };
}

/** As `decodeBytes` tells them. */
function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 8192).includes(0);
}

function textOf(bytes: Uint8Array): string {
  const content = decodeBytes(bytes);
  return content.kind === 'text' ? content.text : '';
}
