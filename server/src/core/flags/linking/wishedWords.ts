/**
 * Names for which files are looked through because of what was found elsewhere: whoever asks a wrapper or an accessor holds its name. Of names
 * that files are full of, such as `has` or `create`, it must hold a word for flags as well. Each is written as one text, so that it can be
 * compared, sent to a thread and remembered. Looking is the business of `sources/project`.
 */
import type { FunctionFact } from '../../languages/facts.ts';
import { isFlagNoun, speaksOfFlags } from '../names/flagWords.ts';
import { CALLED_AS_OBJECT } from '../names/questionWords.ts';
import { soughtName } from '../resolve/soughtNames.ts';

export interface WishedWord {
  readonly word: string;
  /** It counts only in a file that `speaks`. */
  readonly besideFlags: boolean;
  /** It counts only where it is asked (`isAsked`). */
  readonly asked: boolean;
  /** It is looked for in this file alone, and counts where that may declare it (`soughtNames.ts`); null: it is looked for in all. */
  readonly within: string | null;
}

/** The word behind its text. */
export function wishedWord(text: string): WishedWord {
  const sought = soughtName(text);
  if (sought !== null) return { word: sought.name, besideFlags: false, asked: false, within: sought.path };
  const besideFlags = text.endsWith(BESIDE);
  const asked = text.endsWith(ASKED);
  return {
    word: besideFlags ? text.slice(0, -BESIDE.length) : asked ? text.slice(0, -ASKED.length) : text,
    besideFlags,
    asked,
    within: null,
  };
}

/** By file, the names that are sought in that alone. */
export function soughtByPath(texts: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const byPath = new Map<string, string[]>();
  for (const text of texts) {
    const { word, within } = wishedWord(text);
    if (within === null) continue;
    const known = byPath.get(within);
    if (known === undefined) byPath.set(within, [word]);
    else known.push(word);
  }
  return byPath;
}

const BESIDE = ' beside flags';
const ASKED = ' asked';

/** Whether a text holds a word for flags, whatever stands around it. */
export function speaks(text: string): boolean {
  return /feature|flag|toggle|experiment/i.test(text);
}

/** Whether a text asks a function of this name, or gives it another one: comments and paths hold such words more often than calls do. */
export function isAsked(text: string, word: string): boolean {
  return new RegExp(String.raw`(?<![\w$])${word}(?:[!?]?\.?\(|<\w{1,40}>\(|\s\(|\s[:'"]\w|\sas\s)`).test(text);
}

/**
 * By which word the callers of a wrapper are looked for: those of `Features.has` say of what they ask it, in some name. A function that is
 * called `feature` has a name that comments are full of.
 */
export function wrapperWord(name: string, { owner }: Pick<FunctionFact, 'owner'>): string {
  if (isFlagNoun(name)) return name + ASKED;
  // Who calls an object names its type.
  if (owner !== null && CALLED_AS_OBJECT.has(name) && speaksOfFlags(owner)) return owner;
  return owner !== null && speaksOfFlags(owner) && !speaksOfFlags(name) ? name + BESIDE : name;
}

/** By which word those are looked for who import what a module gives on as its default without a name: that of its file, or of its folder. */
export function stemWord(path: string): string {
  const stems = path.split('/').map(part => part.replace(/\.\w+$/, ''));
  const stem = stems.at(-1) === 'index' && stems.length > 1 ? stems.at(-2)! : stems.at(-1)!;
  return speaksOfFlags(stem) && !isFlagNoun(stem.toLowerCase()) ? stem : stem + BESIDE;
}

/** By which word those are looked for who ask an accessor: a method that is called as methods everywhere says nothing of its callers. */
export function accessorWord({ name, owner }: Pick<FunctionFact, 'name' | 'owner'>): string {
  return owner !== null && MERE_VERBS.has(name!.toLowerCase()) ? name! + BESIDE : name!;
}

/** By which word those are looked for who ask a library that stands elsewhere as others do. */
export function foreignWord(name: string): string {
  if (isFlagNoun(name)) return name + ASKED;
  return MERE_VERBS.has(name.toLowerCase()) || HOLDS.has(name) ? name + BESIDE : name;
}

/** What any list is asked, and where flags are read among other settings, whose names say that they are flags. */
const HOLDS: ReadonlySet<string> = new Set(['contains', 'has', 'include', 'includes', 'settings']);

const MERE_VERBS: ReadonlySet<string> = new Set(
  `accept add apply build call check close create delete execute filter get handle init invoke load make match matches next open process
  read remove render reset run save send set start stop test update validate value visit write`.split(/\s+/),
);
