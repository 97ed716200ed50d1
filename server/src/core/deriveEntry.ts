/** What one text says by itself, under the configuration that is there: its flags, runbook, incidents, alerts and directives. */

import type { Entry } from './entries.ts';
import { TOGGLE_ANNOTATION } from './flags/linking/prefilter.ts';
import { decodeCodeRegistry } from './flags/lists/codeRegistry.ts';
import { readDirectives } from './flags/verdicts/directives.ts';
import { answeringIn } from './flags/verdicts/projects.ts';
import type { DecodeFlagFile } from './hostInterface.ts';
import type { Setup } from './hostSetup.ts';
import { decodeIncidents } from './incidents/incident.ts';
import type { FlagFile } from './model.ts';
import { decodeAlerts } from './runbooks/alerts.ts';
import { decodeRunbook } from './runbooks/runbook.ts';

/** How a host decodes flag files. */
export interface Decoding {
  readonly decodeFlagFile: DecodeFlagFile;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What the host knows of the text of a file at `path`, whose facts and lines are known. */
export function deriveEntry(
  setup: Setup,
  decoding: Decoding,
  known: Pick<Entry, 'path' | 'text' | 'parsed' | 'facts' | 'lines'>,
): Entry {
  const { path, text, parsed, facts, lines } = known;
  const kind = setup.kindOf(path);
  const flagFile = decodeFlags(setup, decoding, path, text, facts);
  return {
    path,
    text,
    lines,
    directives: readDirectives(text, lines),
    parsed,
    facts,
    layout: parsed?.layout ?? null,
    anchored: parsed?.layout.anchors === 'apart' ? { facts: parsed.anchored, layout: parsed.layout } : null,
    flagFile,
    runbook: kind === 'markdown' && setup.isRunbook(path) ? decodeRunbook(path, text) : null,
    incidents: kind === 'markdown' && setup.isIncident(path) ? decodeIncidents(path, text) : [],
    alerts: kind === 'data' && flagFile === null && setup.isAlerts(path) ? decodeAlerts(path, text).alerts : [],
  };
}

function decodeFlags(
  setup: Setup,
  { decodeFlagFile, now }: Decoding,
  path: string,
  text: string,
  facts: Entry['facts'],
): FlagFile | null {
  const kind = setup.kindOf(path);
  const registry = facts === null ? null : decodeCodeRegistry(path, facts, setup.config);
  const isData = kind === 'data' || (kind === 'source' && text.includes(TOGGLE_ANNOTATION));
  const file = registry ?? (isData ? decodeFlagFile(path, text, setup.config, now()) : null);
  return file && answeringIn(setup.config, path, file);
}
