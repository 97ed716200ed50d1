/** The formats that are languages. A format without a line here still has its flags' and variations' places. */
import { configcatLanguage } from './configcat.ts';
import { dotnetLanguage } from './dotnet.ts';
import { flagdLanguage } from './flagd.ts';
import { flagsmithLanguage } from './flagsmith.ts';
import { flipperLanguage } from './flipper.ts';
import { fliptLanguage } from './flipt.ts';
import type { FormatLanguage } from './formatLanguage.ts';
import { goFeatureFlagLanguage } from './goFeatureFlag.ts';
import { growthbookLanguage } from './growthbook.ts';
import { launchdarklyLanguage } from './launchdarkly.ts';
import { openfeatureManifestLanguage } from './openfeatureManifest.ts';
import { optimizelyLanguage } from './optimizely.ts';
import { chromiumLanguage, gitlabLanguage, kubernetesLanguage } from './plainFormats.ts';
import { splitLanguage } from './split.ts';
import { statsigLanguage } from './statsig.ts';
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
