/** The shapes of texts' facts, for whoever compares a few files with what they were. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseText, releaseText } from '../../core/languages/extract.ts';
import { type FactsShape, shapeOfFacts } from '../../core/languages/factsShape.ts';
import { createGrammars, type Grammars } from '../../core/languages/grammars.ts';
import { languageOfPath } from '../../core/languages/registry.ts';

/** Tells the shape of a text; null where it has no facts, or can't be parsed here. */
export type ShapeOf = (path: string, text: string) => Promise<FactsShape | null>;

/** Loads what parsing needs when it is first asked. */
export function createShapes(wasmDirectory: string): ShapeOf {
  let started: Promise<Grammars> | null = null;
  return async (path, text) => {
    const language = languageOfPath(path);
    if (language === null) return null;
    started ??= createGrammars(
      name => readFile(join(wasmDirectory, `${name}.wasm`)),
      () => performance.now(),
    );
    const grammars = await started;
    await grammars.load([language]);
    const parsed = grammars.isLoaded(language.id) ? parseText(grammars, language, text) : null;
    if (parsed === null) return null;
    const shape = shapeOfFacts(parsed.facts);
    releaseText(parsed);
    return shape;
  };
}
