/**
 * The JSON document of `flagbook trace`: what was parsed, located and ranked, in the words of the contract. Plain
 * data, ready to be serialised; text for people is made from it by `text.ts`. Fields beside the contract's are additions.
 */
import { type Culprit, likelyCulprit } from './culprit.ts';
import type { LocatedFrame, LocatedTrace, PathMapping } from './locate.ts';
import type { ErrorRelation, FrameKind, TraceProblem } from './model.ts';
import type { LineMatch } from './placement.ts';
import type { FrameFlag, RankedIncident, RankedRunbook, Ranking } from './rank.ts';

export interface TraceDocument {
  readonly version: 1;
  readonly file: string;
  readonly traces: readonly TraceEntry[];
  readonly runbooks: readonly RankedRunbook[];
  readonly incidents: readonly RankedIncident[];
  /** Ready-made entries for `traces.mappings`, where a prefix had to be guessed. */
  readonly suggestedMappings: readonly PathMapping[];
  readonly problems: readonly TraceProblem[];
}

export interface TraceEntry {
  readonly language: string;
  /** 1-based lines of the input. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** Indices of the frame to look at first, and why; null when no frame is the user's own. */
  readonly culprit: Culprit | null;
  readonly threads: readonly ThreadEntry[];
}

export interface ThreadEntry {
  readonly name: string | null;
  readonly count: number;
  readonly errors: readonly ErrorEntry[];
}

export interface ErrorEntry {
  readonly type: string | null;
  readonly message: string | null;
  readonly relation: ErrorRelation;
  /** Index of the error that this one hangs on; null for the root. */
  readonly parent: number | null;
  readonly frames: readonly FrameEntry[];
}

export interface FrameEntry {
  readonly function: string | null;
  readonly module: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly textLine: number;
  readonly inApp: boolean;
  readonly resolved: {
    readonly path: string;
    readonly line: number | null;
    readonly match: LineMatch;
    readonly confidence: number;
    readonly because: readonly string[];
  } | null;
  readonly flags: readonly FrameFlag[];
  readonly runbooks: readonly string[];
  readonly incidents: readonly string[];
  /** Files that fit equally well, where none was chosen. */
  readonly candidates?: readonly {
    readonly path: string;
    readonly line: number | null;
    readonly confidence: number;
    readonly because: readonly string[];
  }[];
  /** Left out for ordinary calls. */
  readonly kind?: Exclude<FrameKind, 'call'>;
  /** How often the frame stands here in a row, where that is more than once. */
  readonly repeated?: number;
}

/** Builds the document of one input. `file` is its name as the user gave it (`-` for standard input). */
export function toTraceDocument(
  file: string,
  traces: readonly LocatedTrace[],
  ranking: Ranking,
  problems: readonly TraceProblem[],
): TraceDocument {
  return {
    version: 1,
    file,
    traces: traces.map(trace => ({
      language: trace.language,
      firstLine: trace.firstLine,
      lastLine: trace.lastLine,
      culprit: likelyCulprit(trace),
      threads: trace.threads.map(thread => ({
        name: thread.name,
        count: thread.count,
        errors: thread.errors.map(error => ({
          type: error.type,
          message: error.message,
          relation: error.relation,
          parent: error.parent,
          frames: error.frames.map(frame => frameEntry(frame, ranking)),
        })),
      })),
    })),
    runbooks: ranking.runbooks,
    incidents: ranking.incidents,
    suggestedMappings: uniqueMappings(traces),
    problems,
  };
}

function frameEntry(frame: LocatedFrame, ranking: Ranking): FrameEntry {
  const { place } = frame;
  return {
    function: frame.function,
    module: frame.module,
    file: frame.file,
    line: frame.line,
    column: frame.column,
    textLine: frame.textLine,
    inApp: frame.inApp,
    resolved:
      place.kind === 'resolved'
        ? {
            path: place.path,
            line: place.line,
            match: place.match,
            confidence: place.confidence,
            because: place.reasons,
          }
        : null,
    ...ranking.aboutFrame(frame),
    ...(place.kind === 'ambiguous' && {
      candidates: place.candidates.map(({ path, line, confidence, reasons }) => ({
        path,
        line,
        confidence,
        because: reasons,
      })),
    }),
    ...(frame.kind !== 'call' && { kind: frame.kind }),
    ...(frame.repeated > 1 && { repeated: frame.repeated }),
  };
}

function uniqueMappings(traces: readonly LocatedTrace[]): readonly PathMapping[] {
  const mappings = new Map<string, PathMapping>();
  for (const trace of traces)
    for (const mapping of trace.guessedMappings) mappings.set(`${mapping.from}\n${mapping.to}`, mapping);
  return [...mappings.values()];
}
