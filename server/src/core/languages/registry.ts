/** The languages Flagbook knows, and which file is in which. Adding a language is its folder and one line here. */

import { angular } from './angular/index.ts';
import { blade } from './blade/index.ts';
import { cpp } from './cpp/index.ts';
import { csharp } from './csharp/index.ts';
import { erb } from './erb/index.ts';
import { go } from './go/index.ts';
import { haml } from './haml/index.ts';
import { java } from './java/index.ts';
import { jinja } from './jinja/index.ts';
import { kotlin } from './kotlin/index.ts';
import type { Language } from './language.ts';
import { php } from './php/index.ts';
import { python } from './python/index.ts';
import { razor } from './razor/index.ts';
import { ruby } from './ruby/index.ts';
import { rust } from './rust/index.ts';
import { scala } from './scala/index.ts';
import { svelte } from './svelte/index.ts';
import { swift } from './swift/index.ts';
import { twig } from './twig/index.ts';
import { javascript, tsx, typescript } from './typescript/index.ts';
import { vue } from './vue/index.ts';

export const LANGUAGES: readonly Language[] = [
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
];

const BY_EXTENSION: ReadonlyMap<string, Language> = new Map(
  LANGUAGES.flatMap(language => language.extensions.map(extension => [extension, language] as const)),
);

const BY_NAME: ReadonlyMap<string, Language> = new Map(
  LANGUAGES.flatMap(language => (language.fileNames ?? []).map(name => [name, language] as const)),
);

/** Languages of endings that others have too, by the folders that their files stand in. */
const BY_FOLDER: readonly Language[] = LANGUAGES.filter(language => language.folders !== undefined);

/** The language of a path by its ending (the longest that is known), its whole name, or the folders it stands in; or null. */
export function languageOfPath(path: string): Language | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  if (dot < 0) return BY_NAME.get(name) ?? null;
  const ending = name.slice(dot).toLowerCase();
  const twice = dot === 0 ? undefined : BY_EXTENSION.get(name.slice(name.lastIndexOf('.', dot - 1)).toLowerCase());
  return twice ?? BY_EXTENSION.get(ending) ?? BY_NAME.get(name) ?? ofFolder(path, ending);
}

/** The languages of these paths, for loading their grammars. */
export function languagesOf(paths: Iterable<string>): readonly Language[] {
  const found = new Set<Language>();
  for (const path of paths) {
    const language = languageOfPath(path);
    if (language !== null) found.add(language);
  }
  return [...found];
}

function ofFolder(path: string, ending: string): Language | null {
  const candidates = BY_FOLDER.filter(({ folders }) => folders!.extensions.includes(ending));
  if (candidates.length === 0) return null;
  const around = path.split('/').slice(0, -1);
  return candidates.find(({ folders }) => folders!.names.some(folder => around.includes(folder))) ?? null;
}
