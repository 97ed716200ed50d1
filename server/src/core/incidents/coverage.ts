/**
 * Which incidents concern a place in the code, ranked and with reasons. Runbooks have the like in `core/runbooks/coverage.ts`;
 * traces add frames and error names in `core/traces`.
 */
import type { Incident } from '../model.ts';
import {
  type CodeContext,
  codeReasons,
  combineReasons,
  compareText,
  flagReasons,
  type Reason,
} from '../runbooks/coverage.ts';
import type { Snapshot } from '../snapshot.ts';

export interface IncidentMatch {
  readonly incident: Incident;
  /** 0 to 1; several reasons add up. */
  readonly score: number;
  /** Strongest reason first: `annotation: INC-42`, `code: src/pay.ts#charge`, `flag: new-checkout`. */
  readonly because: readonly string[];
}

/** The incidents that concern a place. Best first; of equally good ones the latest first. */
export function incidentsFor(snapshot: Pick<Snapshot, 'incidents'>, place: CodeContext): readonly IncidentMatch[] {
  const matches = snapshot.incidents.flatMap(incident => {
    const reasons: Reason[] = [
      ...place.annotations.flatMap(({ kind, target }) =>
        kind === 'incident' && namesIncident(target, incident)
          ? [{ score: 0.98, because: `annotation: ${target}` }]
          : [],
      ),
      ...codeReasons(incident.code, place),
      ...flagReasons(incident.flags, place),
    ];
    return reasons.length === 0 ? [] : [{ incident, ...combineReasons(reasons) }];
  });
  return matches.sort(
    (a, b) =>
      b.score - a.score ||
      compareText(b.incident.started ?? '', a.incident.started ?? '') ||
      compareText(a.incident.id, b.incident.id),
  );
}

/** The incident an annotation's target names (an id in any case, or the end of its record's path), or null. */
export function incidentNamed(snapshot: Pick<Snapshot, 'incidents'>, target: string): Incident | null {
  return snapshot.incidents.find(incident => namesIncident(target, incident)) ?? null;
}

function namesIncident(target: string, incident: Incident): boolean {
  const wanted = target.replace(/^#/, '').toLowerCase();
  if (wanted === incident.id.toLowerCase()) return true;
  const path = wanted.replace(/^(?:\.{0,2}\/)+/, '').replace(/[?#].*$/, '');
  const file = incident.path.toLowerCase();
  if (path.includes('/')) return path === file || path.endsWith(`/${file}`);
  const name = file.split('/').at(-1)!;
  return wanted === name || wanted === name.replace(/\.[^.]+$/, '');
}
