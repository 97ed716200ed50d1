/**
 * All flag services. A new one is one file and one line here. A service is loaded when somebody asks for it: most repositories configure
 * none, and what answers of twelve services look like takes longer to set up than everything else that a server starts with.
 */
import type { FlagService } from './service.ts';

/** By `FlagService.kind`. */
const LOADERS: Readonly<Record<string, () => Promise<FlagService>>> = {
  unleash: async () => (await import('./unleash.ts')).unleashService,
  launchdarkly: async () => (await import('./launchdarkly.ts')).launchdarklyService,
  growthbook: async () => (await import('./growthbook.ts')).growthbookService,
  flagsmith: async () => (await import('./flagsmith.ts')).flagsmithService,
  posthog: async () => (await import('./posthog.ts')).posthogService,
  configcat: async () => (await import('./configcat.ts')).configcatService,
  split: async () => (await import('./split.ts')).splitService,
  statsig: async () => (await import('./statsig.ts')).statsigService,
  devcycle: async () => (await import('./devcycle.ts')).devcycleService,
  flipt: async () => (await import('./flipt.ts')).fliptService,
  'go-feature-flag': async () => (await import('./goFeatureFlag.ts')).goFeatureFlagService,
  ofrep: async () => (await import('./ofrep.ts')).ofrepService,
};

/** The `kind`s of all services. */
export const flagServiceKinds: readonly string[] = Object.keys(LOADERS);

/** The service of a `kind` in flagbook.json; undefined for one that is none, such as a format of files. */
export async function serviceOf(kind: string): Promise<FlagService | undefined> {
  return Object.hasOwn(LOADERS, kind) ? LOADERS[kind]!() : undefined;
}

/** All of them, for whoever lists or tests them. */
export function allFlagServices(): Promise<readonly FlagService[]> {
  return Promise.all(Object.values(LOADERS).map(load => load()));
}
