// A letter typed and taken back in a file of 5,000 lines, in process: the incremental parse and the facts that come of it, as linking reads
// them (at their anchors; what linking costs is part of the keystrokes in `requests.ts`). The sources are
// bundled as the product's are, because what runs under a test's loader is slower than what ships.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadBundled } from './bundled.ts';
import { largeFiles, placesToType } from './largeFiles.ts';
import type { Bench } from './main.ts';
import { type Row, rowWithin } from './table.ts';

const TIMES = 200;

const LIMIT = 10;

/** What is bundled. */
const ENTRY = `
export { parseText, reparseText, releaseText } from './server/src/core/languages/extract.ts';
export { createGrammars } from './server/src/core/languages/grammars.ts';
export { languageOfPath } from './server/src/core/languages/registry.ts';
`;

interface Languages {
  readonly parseText: typeof import('../../server/src/core/languages/extract.ts').parseText;
  readonly reparseText: typeof import('../../server/src/core/languages/extract.ts').reparseText;
  readonly releaseText: typeof import('../../server/src/core/languages/extract.ts').releaseText;
  readonly createGrammars: typeof import('../../server/src/core/languages/grammars.ts').createGrammars;
  readonly languageOfPath: typeof import('../../server/src/core/languages/registry.ts').languageOfPath;
}

export async function measureFacts({ dist, scratch }: Bench): Promise<readonly Row[]> {
  const languages = await loadBundled<Languages>(ENTRY, join(scratch, 'languages.mjs'));
  const { createGrammars, languageOfPath } = languages;
  const grammars = await createGrammars(name => readFile(join(dist, 'wasm', `${name}.wasm`)));
  const rows: Row[] = [];
  for (const { languageId, path, text } of largeFiles()) {
    const language = languageOfPath(path)!;
    await grammars.load([language]);
    let parsed = languages.parseText(grammars, language, text);
    const times: number[] = [];
    const change = (start: number, oldEnd: number, inserted: string): void => {
      const begun = performance.now();
      parsed = parsed && languages.reparseText(grammars, parsed, [{ start, oldEnd, inserted }]);
      times.push(performance.now() - begun);
    };
    for (const place of placesToType(text, TIMES / 2)) {
      change(place, place, 'x');
      change(place, place + 1, '');
    }
    if (parsed === null) throw new Error(`${path} could not be parsed.`);
    languages.releaseText(parsed);
    rows.push(rowWithin(`change, reparse and facts, 5,000 lines of ${languageId}`, times, LIMIT));
  }
  return rows;
}
