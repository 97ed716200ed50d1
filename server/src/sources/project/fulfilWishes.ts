/** Reading what the last changes made interesting, for an editor's sake or a trace's: files that something here leads to, each once. */
import { soughtByPath } from '../../core/flags/linking/wishedWords.ts';
import { declaredAmong, soughtName, soughtText } from '../../core/flags/resolve/soughtNames.ts';
import type { Host } from '../../core/hostInterface.ts';
import type { FileAccess } from '../files/access.ts';
import { createPauses } from './pauses.ts';

export interface Fulfilment {
  /** Reads files until it is late; resolves to whether there were any to look at. */
  fulfil(isLate: () => boolean): Promise<'something' | 'nothing'>;
  /** Files were looked through for these words. */
  know(words: Iterable<string>): void;
  /** These files say something else now. */
  forget(paths: Iterable<string>): void;
}

/** While a repository is read an open document gets what it imports first, and what that imports: constants behind constants, a client behind a wrapper. */
const MOST_STEPS = 4;

/** @param push reads a file whatever it holds. */
export function createFulfilment(host: Host, access: FileAccess, push: (path: string) => Promise<void>): Fulfilment {
  /** Paths, and names that were sought in one. */
  const asked = new Set<string>();
  const pushIfDeclared = async (path: string, names: readonly string[]): Promise<void> => {
    for (const name of names) asked.add(soughtText(name, path)!);
    const content = await access.read(path);
    if (content.kind === 'text' && declaredAmong(names, path, content.text).length > 0) await push(path);
  };
  return {
    async fulfil(isLate) {
      if (isLate()) return 'nothing';
      const pause = createPauses();
      let found: 'something' | 'nothing' = 'nothing';
      const steps = host.completeness() === 'reading' ? MOST_STEPS : 1;
      for (let step = 0; step < steps; step++) {
        await host.prepareLinks(pause);
        const wishes = host.wishes();
        const wished = [...wishes.paths].filter(path => !asked.has(path));
        const sought = soughtByPath([...wishes.words].filter(text => !asked.has(text)));
        if (wished.length + sought.size === 0) return found;
        found = 'something';
        for (const path of wished) {
          if (isLate()) return found;
          await pause();
          asked.add(path);
          await push(path);
        }
        for (const [path, names] of sought) {
          if (isLate()) return found;
          await pause();
          await pushIfDeclared(path, names);
        }
      }
      // Who asks next would link all of them in one piece.
      await host.prepareLinks(pause);
      return found;
    },
    know(words) {
      for (const word of words) if (soughtName(word) !== null) asked.add(word);
    },
    forget(paths) {
      const changed = new Set(paths);
      for (const text of asked) if (changed.has(soughtName(text)?.path ?? text)) asked.delete(text);
    },
  };
}
