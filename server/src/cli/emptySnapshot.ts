/** What is known where there is no repository. */
import { defaultConfig } from '../core/config.ts';
import type { Snapshot } from '../core/snapshot.ts';

export function emptySnapshot(now: number): Snapshot {
  return {
    revision: 0,
    completeness: 'complete',
    now,
    config: defaultConfig(),
    configProblems: [],
    files: new Map(),
    paths: new Set(),
    flags: new Map(),
    checks: new Map(),
    dynamicChecks: [],
    sources: [],
    history: { kind: 'unavailable', reason: 'There is no repository here.' },
    runbooks: [],
    incidents: [],
    alerts: [],
    notices: [],
  };
}
