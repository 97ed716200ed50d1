/**
 * Names for which files are looked through because of what was found elsewhere: whoever asks a wrapper or an accessor holds its name. Of names
 * that files are full of, such as `has` or `create`, it must hold a word for flags as well. Each is written as one text, so that it can be
 * compared, sent to a thread and remembered. Looking is the business of `sources/project`.
 */
import type { FunctionFact } from '../../languages/facts.ts';
import { speaksOfFlags } from '../names/flagWords.ts';

export interface WishedWord {
  readonly word: string;
  /** It counts only in a file that `speaks`. */
  readonly besideFlags: boolean;
}

/** The word behind its text. */
export function wishedWord(text: string): WishedWord {
  const besideFlags = text.endsWith(BESIDE);
  return { word: besideFlags ? text.slice(0, -BESIDE.length) : text, besideFlags };
}

const BESIDE = ' beside flags';

/** Whether a text holds a word for flags, whatever stands around it. */
export function speaks(text: string): boolean {
  return /feature|flag|toggle|experiment/i.test(text);
}

/** By which word the callers of a wrapper are looked for: those of `Features.has` say of what they ask it, in some name. */
export function wrapperWord(name: string, { owner }: Pick<FunctionFact, 'owner'>): string {
  return owner !== null && speaksOfFlags(owner) && !speaksOfFlags(name) ? name + BESIDE : name;
}

/** By which word those are looked for who ask an accessor: a method that is called as methods everywhere says nothing of its callers. */
export function accessorWord({ name, owner }: Pick<FunctionFact, 'name' | 'owner'>): string {
  return owner !== null && MERE_VERBS.has(name!.toLowerCase()) ? name! + BESIDE : name!;
}

const MERE_VERBS: ReadonlySet<string> = new Set(
  `accept add apply build call check close create delete execute filter get handle init invoke load make match matches next open process
  read remove render reset run save send set start stop test update validate value visit write`.split(/\s+/),
);
