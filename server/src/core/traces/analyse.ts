/**
 * Traces → what whoever is on call wants to know: where each frame stands in the repository, which flags were checked on the
 * way, which runbooks and incidents fit, best first. Pure; printing is in `document.ts`, `text.ts` and `markdown.ts`, and
 * loading the files that frames may mean is the business of sources.
 */
import type { CheckOnTheWay } from '../flags/verdicts/checksOnTheWay.ts';
import type { FlagOnTheWay } from '../flags/verdicts/flagsOnTheWay.ts';
import type { IncidentMatch } from '../incidents/coverage.ts';
import type { CommitMoment } from '../model.ts';
import type { OwnersOf } from '../owners/codeowners.ts';
import type { RunbookMatch } from '../runbooks/coverage.ts';
import type { FileView, Snapshot } from '../snapshot.ts';
import { type AlongTheWay, createMatcher, placeKey, spotOf } from './alongTheWay.ts';
import type { Deployed } from './deployed.ts';
import { type Drift, driftOf } from './drift.ts';
import { candidateFiles, type LocatedFrame, type LocatedTrace, type LocateOptions, locateTrace } from './locate.ts';
import { frameKey, type OriginalPlace } from './mappedSources.ts';
import type { ParsedTraces, TraceError, TraceProblem } from './model.ts';
import { type PlacedLine, placeInWorkingTree, type SourceSymbol } from './placement.ts';
import { changedLately, surenessOfPrinted } from './printedLines.ts';
import { rankIncidents, rankRunbooks } from './rank.ts';
import { indexRepository, isCompiled, type RepositoryIndex } from './repositoryIndex.ts';
import { symbolsOfFacts } from './symbols.ts';

/** What is known besides the snapshot. */
export interface TraceKnowledge {
  /** Absolute paths under which the repository lies on this machine. */
  readonly roots: readonly string[];
  readonly goModules: NonNullable<LocateOptions['goModules']>;
  /** Texts of files that the snapshot does not hold. */
  readonly texts: ReadonlyMap<string, string>;
  /** Checks that lead to places of frames, by `placeKey`. */
  readonly ways: ReadonlyMap<string, readonly CheckOnTheWay[]>;
  /** The last change of lines, by `placeKey` without a column. */
  readonly changes: ReadonlyMap<string, CommitMoment>;
  readonly ownersOf: OwnersOf | null;
  /** When files were last committed that were lately, milliseconds since 1970; empty where the commit that ran is known. */
  readonly committed: ReadonlyMap<string, number>;
  /** What source maps say of frames of generated code, by `frameKey`. */
  readonly originals: ReadonlyMap<string, OriginalPlace>;
  /** What could not be used on the way, such as a broken map. */
  readonly problems: readonly TraceProblem[];
  /** Which commit ran. */
  readonly deployed: Deployed;
  /** Follows lines from the commit that ran; null when that is not known. */
  readonly drift: Drift | null;
  /** Indexes lists of paths; traces are located several times while what is known of them grows. */
  readonly indexOf: (paths: ReadonlySet<string>) => RepositoryIndex;
}

export const NO_KNOWLEDGE: TraceKnowledge = {
  roots: [],
  goModules: [],
  texts: new Map(),
  ways: new Map(),
  changes: new Map(),
  ownersOf: null,
  committed: new Map(),
  originals: new Map(),
  problems: [],
  deployed: { kind: 'unknown', reason: 'There is no history to look into.' },
  drift: null,
  indexOf: indexRepository,
};

export interface AnalysedFrame extends LocatedFrame, AlongTheWay {
  /** Flags that guard it in its callers of the trace, each with the index of the frame that the check stands in. */
  readonly callerFlags: readonly (FlagOnTheWay & { readonly frame: number })[];
}

export type AnalysedError = Omit<TraceError, 'frames'> & { readonly frames: readonly AnalysedFrame[] };
export interface AnalysedThread {
  readonly name: string | null;
  readonly count: number;
  readonly errors: readonly AnalysedError[];
}
export type AnalysedTrace = Omit<LocatedTrace, 'threads'> & { readonly threads: readonly AnalysedThread[] };

export interface TraceAnalysis {
  /** Which commit ran, as far as anything says. */
  readonly deployed: Deployed;
  readonly traces: readonly AnalysedTrace[];
  readonly problems: readonly TraceProblem[];
  /** Over all traces, best first. */
  readonly runbooks: readonly RunbookMatch[];
  readonly incidents: readonly IncidentMatch[];
  /** Each once, nearest to the error first. */
  readonly flags: readonly FlagOnTheWay[];
}

/** Analyses traces that `parseTraces` found. */
export function analyseTraces(parsed: ParsedTraces, snapshot: Snapshot, knowledge: TraceKnowledge): TraceAnalysis {
  const options = locateOptions(snapshot, knowledge);
  const matchesAt = createMatcher(snapshot, knowledge);
  const traces = parsed.traces.map((trace): AnalysedTrace => {
    const located = locateTrace(trace, options);
    return {
      ...located,
      threads: located.threads.map(thread => ({
        ...thread,
        errors: thread.errors.map(error => ({
          ...error,
          frames: withCallers(error.frames.map(frame => ({ ...frame, ...matchesAt(frame) }))),
        })),
      })),
    };
  });
  const errors = traces.flatMap(trace => trace.threads.flatMap(thread => thread.errors));
  const flags = new Map(
    errors.flatMap(error => error.frames.flatMap(frame => frame.flags.map(flag => [flag.key, flag] as const))),
  );
  return {
    deployed: knowledge.deployed,
    traces,
    problems: [...parsed.problems, ...knowledge.problems],
    runbooks: rankRunbooks(snapshot, errors),
    incidents: rankIncidents(snapshot, errors),
    flags: [...flags.values()],
  };
}

/**
 * Files whose text makes the answers surer, as the deployed commit calls them; load those that the snapshot lacks before
 * `analyseTraces`.
 */
export function filesOfTraces(parsed: ParsedTraces, snapshot: Snapshot, knowledge: TraceKnowledge): readonly string[] {
  const originals = [...knowledge.originals.values()].flatMap(place => (place.kind === 'source' ? [place.path] : []));
  return [...new Set([...originals, ...candidateFiles(parsed.traces, locateOptions(snapshot, knowledge))])];
}

/** Lines of frames (1-based, at the deployed commit) that are not in their place any more. */
export function lostLines(
  parsed: ParsedTraces,
  snapshot: Snapshot,
  knowledge: TraceKnowledge,
): readonly { readonly path: string; readonly line: number }[] {
  const options = locateOptions(snapshot, knowledge);
  const lost = new Map<string, { readonly path: string; readonly line: number }>();
  for (const trace of parsed.traces)
    for (const { errors } of locateTrace(trace, options).threads)
      for (const { frames } of errors)
        for (const { place } of frames) {
          if (place.kind !== 'resolved' || place.deployed === null || place.deployed.line === null) continue;
          const { path, line } = place.deployed;
          if (place.match === 'gone' || place.match === 'edited') lost.set(`${path}\n${line}`, { path, line });
        }
  return [...lost.values()];
}

/** A place in the working tree that a frame stands at; lines and columns are 1-based. */
export interface FrameSpot {
  readonly path: string;
  readonly line: number;
  readonly column: number | null;
}

/** Where the frames of one's own code stand now, each once. */
export function frameSpots(parsed: ParsedTraces, snapshot: Snapshot, knowledge: TraceKnowledge): readonly FrameSpot[] {
  const options = locateOptions(snapshot, knowledge);
  const spots = new Map<string, FrameSpot>();
  for (const trace of parsed.traces)
    for (const { errors } of locateTrace(trace, options).threads)
      for (const { frames } of errors)
        for (const frame of frames) {
          const spot = frame.inApp ? spotOf(frame) : null;
          if (spot !== null) spots.set(placeKey(spot.path, spot.line, spot.column), spot);
        }
  return [...spots.values()];
}

/** The nearest frame first: its checks are those that the frames inside it went through. */
function withCallers(frames: readonly Omit<AnalysedFrame, 'callerFlags'>[]): readonly AnalysedFrame[] {
  let above: readonly (FlagOnTheWay & { readonly frame: number })[] = [];
  const result: AnalysedFrame[] = [];
  for (let index = frames.length - 1; index >= 0; index--) {
    const frame = frames[index]!;
    const own = new Set(frame.flags.map(({ key }) => key));
    const others = own.size === 0 ? above : above.filter(({ key }) => !own.has(key));
    result.push({ ...frame, callerFlags: others });
    if (own.size > 0) above = [...frame.flags.map(flag => ({ ...flag, frame: index })), ...others];
  }
  return result.reverse();
}

function locateOptions(snapshot: Snapshot, knowledge: TraceKnowledge): LocateOptions {
  const { drift, texts, committed } = knowledge;
  const now = (path: string): string => drift?.pathNow(path) ?? path;
  const textOf = (path: string) => snapshot.files.get(now(path))?.text ?? texts.get(now(path)) ?? null;
  const symbolsOf = (path: string) => symbolsIn(snapshot.files.get(now(path)));
  const built = builtDrift(knowledge, textOf, symbolsOf);
  return {
    index: knowledge.indexOf(drift === null ? snapshot.paths : drift.deployedPaths(snapshot.paths)),
    mappings: snapshot.config.traces.mappings,
    roots: knowledge.roots,
    goModules: knowledge.goModules,
    readText: textOf,
    symbolsOf,
    originalOf: ({ file, line, column }) => knowledge.originals.get(frameKey(file, line, column)) ?? null,
    hasDeployed: drift !== null,
    placeLine: (path, frame, language) => {
      const known = { text: textOf(path), symbols: symbolsOf(path) };
      // The lines of compiled code say nothing of the source's; its functions do.
      if (isCompiled(frame.file, path)) return placeInWorkingTree(now(path), { ...frame, line: null }, language, known);
      const followed = drift?.place(path, frame) ?? null;
      if (followed !== null) return { ...followed, against: 'commit' };
      // A frame that a map placed stands in the text that the map carries.
      const sinceBuild = frame.file === path ? built.place(path, frame) : null;
      if (sinceBuild !== null) return { ...sinceBuild, against: 'build' };
      const placed = placeInWorkingTree(now(path), frame, language, known);
      return placed.against === 'printed' ? doubted(placed, committed.get(placed.path) ?? null, snapshot.now) : placed;
    },
  };
}

/** A line as printed, less sure where its file changed lately. */
function doubted(placed: PlacedLine, committed: number | null, now: number): PlacedLine {
  const changed = changedLately(committed, now);
  if (changed === null || placed.match !== 'exact') return placed;
  const confidence = placed.confidence * surenessOfPrinted(committed, now);
  return { ...placed, confidence, doubt: changed, why: `${placed.why}; ${changed}, and which commit ran is unknown` };
}

/** From the sources that maps carry to those of now, for want of the commit that they were built from. */
function builtDrift(
  { originals }: TraceKnowledge,
  textNow: (path: string) => string | null,
  symbolsNow: (path: string) => readonly SourceSymbol[] | null,
): Drift {
  const contents = new Map(
    [...originals.values()].flatMap(place => (place.kind === 'source' ? [[place.path, place.content] as const] : [])),
  );
  return driftOf([], {
    textThen: path => contents.get(path) ?? null,
    textNow,
    symbolsThen: () => null,
    symbolsNow,
    destinations: () => [],
    oldPathOf: path => path,
  });
}

function symbolsIn(file: FileView | undefined): readonly SourceSymbol[] | null {
  return file?.facts ? symbolsOfFacts(file.facts, file.text) : null;
}
