/** Analysed traces as the JSON document of `flagbook trace`: its fields are a contract with programs. */

import type { IncidentMatch } from '../incidents/coverage.ts';
import type { RunbookMatch } from '../runbooks/coverage.ts';
import type { AnalysedFrame, TraceAnalysis } from './analyse.ts';
import { likelyCulprit } from './culprit.ts';
import { type Deployed, type DeployedCommit, deployedText } from './deployed.ts';
import { suggestedMappings } from './suggestedMappings.ts';

/**
 * The document of one input; `file` is its name as the caller wrote it. Frames stand innermost first. `reading` says whether the whole
 * repository was read for it.
 */
export function toTraceDocument(file: string, analysis: TraceAnalysis, reading: 'whole' | 'focused' = 'whole') {
  return {
    version: 1,
    file,
    reading,
    deployed: toDeployed(analysis.deployed),
    traces: analysis.traces.map(trace => ({
      language: trace.language,
      firstLine: trace.firstLine,
      lastLine: trace.lastLine,
      culprit: likelyCulprit(trace),
      threads: trace.threads.map(({ name, count, errors }) => ({
        name,
        count,
        errors: errors.map(({ type, message, relation, parent, frames }) => ({
          type,
          message,
          relation,
          parent,
          frames: frames.map(toFrame),
        })),
      })),
    })),
    runbooks: analysis.runbooks.map(({ runbook, heading, score, because }) => ({
      path: runbook.path,
      heading: heading?.slug ?? null,
      score,
      because,
    })),
    incidents: analysis.incidents.map(({ incident, score, because }) => ({
      id: incident.id,
      path: incident.path,
      score,
      because,
    })),
    suggestedMappings: suggestedMappings(analysis),
    problems: analysis.problems,
  } as const;
}

function toFrame(frame: AnalysedFrame, index: number) {
  const { place } = frame;
  return {
    function: frame.function,
    module: frame.module,
    file: frame.file,
    line: frame.line,
    column: frame.column,
    textLine: frame.textLine,
    inApp: frame.inApp,
    kind: frame.kind,
    repeated: frame.repeated,
    ...(frame.printed === undefined ? {} : { printed: frame.printed }),
    resolved:
      place.kind === 'resolved'
        ? {
            path: place.path,
            line: place.line,
            match: place.match,
            against: place.against,
            confidence: place.confidence,
            because: place.reasons,
            deployed: place.deployed,
            ...(place.original === null ? {} : { original: place.original }),
          }
        : null,
    ...(place.kind === 'ambiguous'
      ? {
          candidates: place.candidates.map(({ path, line, confidence, reasons }) => ({
            path,
            line,
            confidence,
            because: reasons,
          })),
        }
      : {}),
    flags: [...frame.flags.map(flag => ({ ...flag, frame: index })), ...frame.callerFlags],
    lastChange: frame.lastChange,
    owners: frame.owners,
    runbooks: frame.runbooks.map(runbookName),
    incidents: frame.incidents.map(({ incident }: IncidentMatch) => incident.id),
  };
}

/** `commit` is null when it is not known which one ran; `candidates` are there when the text names several. */
function toDeployed(deployed: Deployed) {
  if (deployed.kind === 'unknown') return { commit: null, reason: deployed.reason };
  const named = ({ commit, name, because, textLine }: DeployedCommit) => ({ commit, name, because, textLine });
  if (deployed.kind === 'known') return named(deployed);
  return { commit: null, reason: deployedText(deployed), candidates: deployed.candidates.map(named) };
}

function runbookName({ runbook, heading }: RunbookMatch): string {
  return heading === null ? runbook.path : `${runbook.path}#${heading.slug}`;
}
