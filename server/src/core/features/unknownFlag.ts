/** When a flag may be called unknown on the line of its check. Hint, highlight and diagnostic agree by asking here. */
import { definesFlags, isDefined, isListedOfElsewhere } from '../flags/verdicts/flagIndex.ts';
import { isSourceMissing } from '../flags/verdicts/flagSource.ts';
import type { Check } from '../model.ts';
import type { Snapshot } from '../snapshot.ts';

/**
 * Only where flags are known at all: without a flag file every key would be unknown. And only of a check that is one for certain:
 * a library of the repository's own, recognised by its shape, may well keep its flags elsewhere. And not before all flag files
 * were read and every flag server has said its flags.
 */
export function isUnknownFlag(snapshot: Snapshot, check: Check): boolean {
  if (snapshot.completeness !== 'complete' || isSourceMissing(snapshot)) return false;
  if (check.key === null || check.confidence !== 'certain' || isDefined(snapshot, check.key)) return false;
  if (isListedOfElsewhere(snapshot, check.key)) return false;
  return definesFlags(snapshot) && speaksOfLibrary(snapshot, check.system);
}

/** Flag systems whose files list the flags of one library, and the libraries: of what others ask for they say nothing. */
const OWN_LIBRARIES: Readonly<Record<string, readonly string[]>> = {
  chromium: [],
  dotnet: ['feature-management'],
  'edx-toggles': ['edx-toggles', 'waffle'],
  flipper: ['flipper'],
  gitlab: ['flipper', 'gitlab'],
  kubernetes: ['kubernetes'],
};

/** Libraries whose flags stand in the program or in its database, and the systems that tell of them: no other's files or servers do. */
const OWN_SYSTEMS: Readonly<Record<string, readonly string[]>> = {
  'django-flags': ['django-flags'],
  'edx-toggles': ['edx-toggles'],
  ff4j: ['ff4j'],
  flipflop: ['flipflop'],
  flipper: ['flipper', 'gitlab'],
  'otel-featuregate': ['otel-featuregate'],
  pennant: ['pennant'],
  rollout: ['rollout'],
  rox: ['rox'],
  sentry: ['sentry'],
  togglz: ['togglz'],
  waffle: ['edx-toggles', 'waffle'],
};

/**
 * Whether what is known here, files or servers, may define the flags of a library: some files list those of one library alone, and some
 * libraries are told of by few.
 */
export function speaksOfLibrary(snapshot: Snapshot, library: string): boolean {
  const systems = Object.hasOwn(OWN_SYSTEMS, library) ? OWN_SYSTEMS[library] : undefined;
  if (systems === undefined && snapshot.sources.length > 0) return true;
  for (const flags of snapshot.flags.values()) {
    for (const { system, listed } of flags) {
      if (listed !== undefined || systems?.includes(system) === false) continue;
      const own = Object.hasOwn(OWN_LIBRARIES, system) ? OWN_LIBRARIES[system] : undefined;
      if (own === undefined || own.includes(library)) return true;
    }
  }
  return false;
}
