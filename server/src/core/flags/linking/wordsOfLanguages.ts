/**
 * Whose words count in which file: a package of one language says nothing in a file of another. Files are told by their endings, since
 * the languages themselves are most of a program, and most scans end before any of them is needed.
 */
import type { LanguageId } from '../../languages/facts.ts';

/** Languages that see each other's packages. */
export type Family = 'scripts' | 'python' | 'ruby' | 'go' | 'jvm' | 'dotnet' | 'php' | 'swift' | 'rust' | 'cpp';

const ENDINGS: Readonly<Record<Family, RegExp>> = {
  scripts: /\.(?:[cm]?[jt]s|[jt]sx|vue|svelte)$/i,
  python: /\.py[iw]?$/i,
  ruby: /\.(?:rb|rake|jbuilder|ru|gemspec|thor|podspec|erb|rhtml|haml)$/i,
  go: /\.go$/i,
  jvm: /\.(?:java|kts?|scala|sc)$/i,
  dotnet: /\.(?:csx?|cshtml|razor)$/i,
  php: /\.(?:php|phtml|inc|twig)$/i,
  swift: /\.swift$/i,
  rust: /\.rs$/i,
  cpp: /\.(?:c|c\+\+|cc|cpp|cxx|h|hh|hpp|hxx|inl|ipp|mm)$/i,
};

export const FAMILIES = Object.keys(ENDINGS) as readonly Family[];

/** Whose words count in a file. One that no ending tells, such as a template, may hold anything. */
export function familiesOfPath(path: string): readonly Family[] {
  const family = FAMILIES.find(candidate => ENDINGS[candidate].test(path));
  return family === undefined ? FAMILIES : [family];
}

const FAMILY: Readonly<Record<LanguageId, Family>> = {
  typescript: 'scripts',
  tsx: 'scripts',
  javascript: 'scripts',
  vue: 'scripts',
  svelte: 'scripts',
  angular: 'scripts',
  python: 'python',
  jinja: 'python',
  go: 'go',
  java: 'jvm',
  kotlin: 'jvm',
  scala: 'jvm',
  csharp: 'dotnet',
  razor: 'dotnet',
  ruby: 'ruby',
  erb: 'ruby',
  haml: 'ruby',
  php: 'php',
  twig: 'php',
  blade: 'php',
  swift: 'swift',
  rust: 'rust',
  cpp: 'cpp',
};

/** Whether a file is in a language of `isNominal`. */
export function hasNominalTypes(path: string): boolean {
  const [family, ...others] = familiesOfPath(path);
  return others.length === 0 && NOMINAL.has(family!);
}

const NOMINAL: ReadonlySet<Family> = new Set(['jvm', 'dotnet', 'swift', 'rust', 'cpp']);

/** The one family that all of these languages are of; null where there are more. */
export function onlyFamilyOf(languages: readonly LanguageId[]): Family | null {
  const families = new Set(languages.map(language => FAMILY[language]));
  const [family = null] = families;
  return families.size === 1 ? family : null;
}
