/** Facts of a text, by the real grammars. They are loaded once, when the first test of a language asks. */

import { angular } from '../../server/src/core/languages/angular/index.ts';
import { blade } from '../../server/src/core/languages/blade/index.ts';
import { cpp } from '../../server/src/core/languages/cpp/index.ts';
import { csharp } from '../../server/src/core/languages/csharp/index.ts';
import { erb } from '../../server/src/core/languages/erb/index.ts';
import { extractFacts } from '../../server/src/core/languages/extract.ts';
import type { FileFacts, LanguageId } from '../../server/src/core/languages/facts.ts';
import { go } from '../../server/src/core/languages/go/index.ts';
import { createGrammars, type Grammars } from '../../server/src/core/languages/grammars.ts';
import { haml } from '../../server/src/core/languages/haml/index.ts';
import { java } from '../../server/src/core/languages/java/index.ts';
import { jinja } from '../../server/src/core/languages/jinja/index.ts';
import { kotlin } from '../../server/src/core/languages/kotlin/index.ts';
import type { Language } from '../../server/src/core/languages/language.ts';
import { php } from '../../server/src/core/languages/php/index.ts';
import { python } from '../../server/src/core/languages/python/index.ts';
import { razor } from '../../server/src/core/languages/razor/index.ts';
import { ruby } from '../../server/src/core/languages/ruby/index.ts';
import { rust } from '../../server/src/core/languages/rust/index.ts';
import { scala } from '../../server/src/core/languages/scala/index.ts';
import { svelte } from '../../server/src/core/languages/svelte/index.ts';
import { swift } from '../../server/src/core/languages/swift/index.ts';
import { twig } from '../../server/src/core/languages/twig/index.ts';
import { javascript, tsx, typescript } from '../../server/src/core/languages/typescript/index.ts';
import { vue } from '../../server/src/core/languages/vue/index.ts';
import { readWasm } from './wasm.ts';

/** Every language there is. */
export const LANGUAGES: Readonly<Record<LanguageId, Language>> = {
  typescript,
  tsx,
  javascript,
  python,
  go,
  java,
  csharp,
  ruby,
  erb,
  haml,
  php,
  kotlin,
  swift,
  rust,
  cpp,
  scala,
  vue,
  svelte,
  razor,
  jinja,
  twig,
  blade,
  angular,
};

/** Grammars with the languages loaded; the runtime is shared by all tests of a process. */
export async function loadGrammars(...languages: readonly LanguageId[]): Promise<Grammars> {
  started ??= createGrammars(readWasm);
  const grammars = await started;
  await grammars.load(languages.map(id => LANGUAGES[id]));
  return grammars;
}

let started: Promise<Grammars> | undefined;

/** The facts of a text in a language. */
export async function factsOf(languageId: LanguageId, text: string): Promise<FileFacts> {
  const grammars = await loadGrammars(languageId);
  return factsWith(grammars, languageId, text);
}

/** The same without waiting, for tests that ask thousands of times. The language must be loaded. */
export function factsWith(grammars: Grammars, languageId: LanguageId, text: string): FileFacts {
  const tree = grammars.parse(languageId, text, null);
  if (tree === null) throw new Error(`No ${languageId} tree for ${JSON.stringify(text.slice(0, 40))}`);
  try {
    return extractFacts(LANGUAGES[languageId], tree, text);
  } finally {
    tree.delete();
  }
}
