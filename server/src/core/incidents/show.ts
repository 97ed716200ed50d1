/**
 * The JSON document of `flagbook incidents show`: its shape is a contract (`version`, `file`, `incidents`), and nothing else of
 * the product depends on it.
 */
import type { Incident } from '../model.ts';
import { type LineIndex, positionAt } from '../text.ts';

export interface IncidentDocument {
  readonly version: 1;
  /** The path as the caller names the file. */
  readonly file: string;
  readonly incidents: readonly ShownIncident[];
}

export interface ShownIncident {
  readonly id: string;
  readonly title: string;
  readonly severity: string | null;
  readonly started: string | null;
  readonly detected: string | null;
  readonly resolved: string | null;
  /** In the order of the document; `line` counts from 1. */
  readonly events: readonly {
    readonly time: string | null;
    readonly local: string | null;
    readonly end: string | null;
    readonly precision: string;
    readonly approximate: boolean;
    readonly zone: string | null;
    readonly text: string;
    readonly kind: string;
    readonly line: number;
  }[];
  readonly problems: readonly { readonly code: string; readonly line: number; readonly message: string }[];
}

/** The document of one file; `lines` is the index of its text. */
export function toIncidentDocument(file: string, incidents: readonly Incident[], lines: LineIndex): IncidentDocument {
  const lineOf = (offset: number) => positionAt(lines, offset).line + 1;
  return {
    version: 1,
    file,
    incidents: incidents.map(incident => ({
      id: incident.id,
      title: incident.title,
      severity: incident.severity,
      started: incident.started,
      detected: incident.detected,
      resolved: incident.resolved,
      events: incident.events.map(({ time, local, end, precision, approximate, zone, text, kind, span }) => ({
        time,
        local,
        end,
        precision,
        approximate,
        zone,
        text,
        kind,
        line: lineOf(span.start),
      })),
      problems: incident.problems.map(({ code, message, place }) => ({
        code,
        line: lineOf(place?.span.start ?? 0),
        message,
      })),
    })),
  };
}
