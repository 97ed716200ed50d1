/** All flag services. A new one is one file and one line here. */
import { configcatService } from './configcat.ts';
import { devcycleService } from './devcycle.ts';
import { flagsmithService } from './flagsmith.ts';
import { fliptService } from './flipt.ts';
import { goFeatureFlagService } from './goFeatureFlag.ts';
import { growthbookService } from './growthbook.ts';
import { launchdarklyService } from './launchdarkly.ts';
import { ofrepService } from './ofrep.ts';
import { posthogService } from './posthog.ts';
import type { FlagService } from './service.ts';
import { splitService } from './split.ts';
import { statsigService } from './statsig.ts';
import { unleashService } from './unleash.ts';

export const flagServices: readonly FlagService[] = [
  unleashService,
  launchdarklyService,
  growthbookService,
  flagsmithService,
  posthogService,
  configcatService,
  splitService,
  statsigService,
  devcycleService,
  fliptService,
  goFeatureFlagService,
  ofrepService,
];

/** The service of a `kind` in flagbook.json; undefined for one that is none, such as a format of files. */
export function serviceOf(kind: string): FlagService | undefined {
  return flagServices.find(service => service.kind === kind);
}
