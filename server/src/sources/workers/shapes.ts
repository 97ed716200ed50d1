/** The facts of a few texts, for whoever compares files with what they were. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseText, releaseText } from '../../core/languages/extract.ts';
import type { FileFacts } from '../../core/languages/facts.ts';
import type { FactsShape } from '../../core/languages/factsShape.ts';
import { createGrammars, type Grammars } from '../../core/languages/grammars.ts';
import { languageOfPath } from '../../core/languages/registry.ts';
import { unoptimised } from './unoptimised.ts';

/** Tells the facts of a text; null where it has none, or can't be parsed here. */
export type FactsOf = (path: string, text: string) => Promise<FileFacts | null>;

/** The same of their shape. */
export type ShapeOf = (path: string, text: string) => Promise<FactsShape | null>;

export interface FactsReader {
  readonly factsOf: FactsOf;
  /** Begins to load what parsing such files needs; what can't be loaded is told when they are parsed. */
  readonly begin: (paths: readonly string[]) => void;
}

/** Loads what parsing needs when it is first asked. No text is parsed twice. */
export function createFactsReader(wasmDirectory: string): FactsReader {
  let started: Promise<Grammars> | null = null;
  const known = new Map<string, { readonly text: string; readonly facts: FileFacts }>();
  const start = (): Promise<Grammars> => {
    started ??= createGrammars(
      name => readFile(join(wasmDirectory, `${name}.wasm`)),
      () => performance.now(),
      unoptimised,
    );
    return started;
  };
  return {
    async factsOf(path, text) {
      const before = known.get(path);
      if (before?.text === text) return before.facts;
      const language = languageOfPath(path);
      if (language === null) return null;
      const grammars = await start();
      await grammars.load([language]);
      const parsed = grammars.isLoaded(language.id) ? parseText(grammars, language, text) : null;
      if (parsed === null) return null;
      const { facts } = parsed;
      known.set(path, { text, facts });
      releaseText(parsed);
      return facts;
    },
    begin(paths) {
      const languages = new Set(paths.flatMap(path => languageOfPath(path) ?? []));
      if (languages.size > 0)
        start()
          .then(grammars => grammars.load([...languages]))
          .catch(() => {});
    },
  };
}
