/** The formats that are languages. A format without a line here still has its flags' and variations' places. */
import { flagdLanguage } from './flagd.ts';
import type { FormatLanguage } from './formatLanguage.ts';
import { launchdarklyLanguage } from './launchdarkly.ts';
import { openfeatureManifestLanguage } from './openfeatureManifest.ts';
import { unleashLanguage } from './unleash.ts';

const formatLanguages: readonly FormatLanguage[] = [
  flagdLanguage,
  launchdarklyLanguage,
  unleashLanguage,
  openfeatureManifestLanguage,
];

/** The language of a decoder's files, by its system; null when it has none. */
export function formatLanguageOf(system: string): FormatLanguage | null {
  return formatLanguages.find(language => language.system === system) ?? null;
}
