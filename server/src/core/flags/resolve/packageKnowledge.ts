/** What resolving names asks of packages that are not here. What is known of them is the SDKs' data (`../sdk.ts`). */
import type { LanguageId } from '../../languages/facts.ts';

/** What is known of packages outside the repository. */
export interface PackageKnowledge {
  /** What an imported package calls itself, when that can't be read off its path; null when it can. */
  nameOf(specifier: string): string | null;
  /** Whether a package or namespace belongs to a flag SDK. */
  isKnown(specifier: string, language: LanguageId): boolean;
  /** The first of these packages that is known to hold a type of this name, or null. */
  ofType(type: string, specifiers: readonly string[], language: LanguageId): string | null;
  /** The package that gives this name to the whole program, or null. */
  ofGlobal(name: string, language: LanguageId): string | null;
}
