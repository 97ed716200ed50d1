/**
 * What is known of files under another configuration. Half a thousand flag files take a second to be decoded, so whoever can wait has it done in
 * parts, and all files change at once when the last is done: nobody sees some of them under one configuration and some under the
 * other. When it is done, and by whom, is the business of `host.ts`.
 */
import type { Entry } from './entries.ts';
import type { Pause } from './languages/grammars.ts';

/** Decodes a large flag file elsewhere, so that deriving it takes no time; undefined for what needs no such thing. */
export type DecodeAhead = (path: string, text: string) => Promise<unknown> | undefined;

/**
 * What `derive` makes of these entries, by what they were; null when `isOutdated` said in between that they are to be derived under yet
 * another configuration. `pause` lets others run when it is time.
 */
export async function derivedInParts(
  entries: readonly Entry[],
  derive: (entry: Entry) => Entry,
  ahead: DecodeAhead,
  pause: Pause,
  isOutdated: () => boolean,
): Promise<ReadonlyMap<Entry, Entry> | null> {
  const derived = new Map<Entry, Entry>();
  for (const entry of entries) {
    if (entry.facts === null) await ahead(entry.path, entry.text);
    if (isOutdated()) return null;
    derived.set(entry, derive(entry));
    await pause();
  }
  return isOutdated() ? null : derived;
}
