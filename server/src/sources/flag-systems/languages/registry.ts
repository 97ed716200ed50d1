/** The formats that are languages. A format without a line here still has its flags' and variations' places. */
import { configcatLanguage } from './configcat.ts';
import { flagdLanguage } from './flagd.ts';
import { fliptLanguage } from './flipt.ts';
import type { FormatLanguage } from './formatLanguage.ts';
import { goFeatureFlagLanguage } from './goFeatureFlag.ts';
import { growthbookLanguage } from './growthbook.ts';
import { launchdarklyLanguage } from './launchdarkly.ts';
import { openfeatureManifestLanguage } from './openfeatureManifest.ts';
import {
  chromiumLanguage,
  dotnetLanguage,
  flagsmithLanguage,
  flipperLanguage,
  gitlabLanguage,
  kubernetesLanguage,
  optimizelyLanguage,
  splitLanguage,
  statsigLanguage,
} from './plainFormats.ts';
import { unleashLanguage } from './unleash.ts';

const formatLanguages: readonly FormatLanguage[] = [
  flagdLanguage,
  launchdarklyLanguage,
  unleashLanguage,
  openfeatureManifestLanguage,
  goFeatureFlagLanguage,
  fliptLanguage,
  growthbookLanguage,
  configcatLanguage,
  flagsmithLanguage,
  statsigLanguage,
  optimizelyLanguage,
  flipperLanguage,
  dotnetLanguage,
  gitlabLanguage,
  kubernetesLanguage,
  chromiumLanguage,
  splitLanguage,
];

/** The language of a decoder's files, by its system; null when it has none. */
export function formatLanguageOf(system: string): FormatLanguage | null {
  return formatLanguages.find(language => language.system === system) ?? null;
}
