/** The languages Flagbook knows, and which file is in which. Adding a language is its folder and one line here. */
import { cpp } from './cpp/index.ts';
import { csharp } from './csharp/index.ts';
import { erb } from './erb/index.ts';
import { go } from './go/index.ts';
import { haml } from './haml/index.ts';
import { java } from './java/index.ts';
import { kotlin } from './kotlin/index.ts';
import type { Language } from './language.ts';
import { php } from './php/index.ts';
import { python } from './python/index.ts';
import { ruby } from './ruby/index.ts';
import { rust } from './rust/index.ts';
import { scala } from './scala/index.ts';
import { swift } from './swift/index.ts';
import { javascript, tsx, typescript } from './typescript/index.ts';

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
];

const BY_EXTENSION: ReadonlyMap<string, Language> = new Map(
  LANGUAGES.flatMap(language => language.extensions.map(extension => [extension, language] as const)),
);

const BY_NAME: ReadonlyMap<string, Language> = new Map(
  LANGUAGES.flatMap(language => (language.fileNames ?? []).map(name => [name, language] as const)),
);

/** The language of a path by its ending or its whole name, or null. */
export function languageOfPath(path: string): Language | null {
  const dot = path.lastIndexOf('.');
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (dot < 0 ? undefined : BY_EXTENSION.get(path.slice(dot).toLowerCase())) ?? BY_NAME.get(name) ?? null;
}
