/** Who changed a flag last and what, from the newest entries of its service's log. No service is known here. */
import type { Flag } from '../../core/model.ts';
import { instant } from './mapping.ts';
import type { AuditEntry, MapContext } from './service.ts';

/**
 * The flags with the newest entry of the log as their last change. Only entries that are at least as new as what the flag
 * itself says count (to a minute, since logs are written a little later or earlier): an older one was not the last.
 */
export function withLastChanges(
  flags: readonly Flag[],
  entries: readonly AuditEntry[],
  context: MapContext,
): readonly Flag[] {
  const newest = new Map<string, AuditEntry>();
  for (const entry of entries) {
    const known = newest.get(entry.key);
    if (known === undefined || Date.parse(entry.time) > Date.parse(known.time)) newest.set(entry.key, entry);
  }
  return flags.map(flag => {
    const entry = newest.get(flag.key);
    const own = flag.changed === undefined ? Number.NEGATIVE_INFINITY : Date.parse(flag.changed.time);
    if (entry === undefined || Date.parse(entry.time) < own - CLOCKS_APART) return flag;
    const { who, what } = entry;
    const time = flag.changed !== undefined && own > Date.parse(entry.time) ? flag.changed.time : entry.time;
    const by = who === null ? {} : { by: who };
    return { ...flag, changed: { time, source: flag.system, asOf: instant(context.now), ...by, what } };
  });
}

const CLOCKS_APART = 60_000;
