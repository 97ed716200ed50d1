/**
 * Frames → files and lines of the repository. Configured mappings and the project's own root decide first, then the
 * libraries are set aside, then the candidate whose prefix explains the trace as a whole is chosen. Where two fit
 * equally well nothing is chosen: the candidates are handed on with their reasons.
 */
import {
  type Candidate,
  joinPath,
  type PathMapping,
  rankCandidates,
  startsWith,
  type TracePath,
} from './candidates.ts';
import { type FramePath, framePath, isJvm, plainPath } from './framePath.ts';
import { insideInstallation, isLibraryFrame, isVendored } from './libraries.ts';
import type { MappedSource, OriginalPlace } from './mappedSources.ts';
import type { StackFrame, Trace, TraceError, TraceThread } from './model.ts';
import {
  type LineAgainst,
  type LineMatch,
  type PlaceLine,
  placeInWorkingTree,
  type SourceKnowledge,
  type SourceSymbol,
} from './placement.ts';
import { type RepositoryIndex, sourceMatches, suffixMatches } from './repositoryIndex.ts';

export type { PathMapping } from './candidates.ts';

/** What is known of the repository. Only `index` is needed; everything else makes the answers surer. */
export interface LocateOptions {
  readonly index: RepositoryIndex;
  /** `traces.mappings` of the configuration. */
  readonly mappings?: readonly PathMapping[];
  /** Absolute paths under which the repository itself lies on this machine. */
  readonly roots?: readonly string[];
  /** Go modules of the repository: the path in `go.mod`, and the directory of that file. */
  readonly goModules?: readonly { readonly module: string; readonly directory: string }[];
  readonly readText?: (path: string) => string | null;
  readonly symbolsOf?: (path: string) => readonly SourceSymbol[] | null;
  /** What source maps say of a frame of generated code; null for all others. */
  readonly originalOf?: (frame: StackFrame) => OriginalPlace | null;
  /** Whether the paths of the index are those of a deployed commit. */
  readonly hasDeployed?: boolean;
  /** Follows lines through history; without it the working tree alone answers. */
  readonly placeLine?: PlaceLine;
}

/** A file that a frame may mean. */
export interface PlaceCandidate {
  readonly path: string;
  readonly line: number | null;
  /** 0 to 1. */
  readonly confidence: number;
  readonly reasons: readonly string[];
}

/** Where a frame stands in the repository, if it does. */
export type FramePlace =
  | {
      readonly kind: 'resolved';
      readonly path: string;
      readonly line: number | null;
      readonly match: LineMatch;
      /** What the line was held against; a match says no more than that. */
      readonly against: LineAgainst;
      /** Why a line that is only as printed may be another one by now, in a few words; else null. */
      readonly doubt: string | null;
      /** 0 to 1: that this file and this line are meant. */
      readonly confidence: number;
      readonly reasons: readonly string[];
      /** Where the frame stood in the deployed commit; null when that is not known. */
      readonly deployed: { readonly path: string; readonly line: number | null } | null;
      /** For a frame of generated code: what was generated there. Lines and columns are 1-based, those of the build. */
      readonly original:
        | (Pick<MappedSource, 'line' | 'column' | 'maps'> & {
            /** The function around the place, or what the map calls what stands there. */
            readonly function: string | null;
          })
        | null;
    }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly PlaceCandidate[] }
  | { readonly kind: 'none'; readonly reason: 'library' | 'no-file' | 'not-found' };

/** A frame with its place. `inApp` says that it is the user's own code. */
export interface LocatedFrame extends StackFrame {
  readonly inApp: boolean;
  readonly place: FramePlace;
}

export type LocatedError = Omit<TraceError, 'frames'> & { readonly frames: readonly LocatedFrame[] };
export type LocatedThread = Omit<TraceThread, 'errors'> & { readonly errors: readonly LocatedError[] };
export type LocatedTrace = Omit<Trace, 'threads'> & {
  readonly threads: readonly LocatedThread[];
  /** Mappings that had to be guessed, ready for `traces.mappings`. */
  readonly guessedMappings: readonly PathMapping[];
};

/** A score below which a single candidate is only offered. */
const SURE_ENOUGH = 0.42;
/** How far the best candidate must be ahead of the next one. */
const CLEAR_LEAD = 0.1;

/** Finds the files and lines of a trace's frames. Pure; asks `readText` and `symbolsOf` for candidates only. */
export function locateTrace(trace: Trace, options: LocateOptions): LocatedTrace {
  const { language } = trace;
  const frames = trace.threads.flatMap(thread => thread.errors.flatMap(error => error.frames));
  const known = rememberKnowledge(options);
  const decided = decidePaths(frames, language, options, known);
  const packages = resolvedPackages(decided, frames, language);
  const place = (frame: StackFrame): LocatedFrame => {
    const decision = decided.get(keyOf(frame, language));
    const original = options.originalOf?.(frame) ?? null;
    const located =
      original === null
        ? placeFrame(frame, language, decision, options, known)
        : placeOriginal(frame, language, original, options, known);
    const inApp = isInApp(frame, language, located, packages);
    const module = frame.module ?? (decision?.kind === 'file' ? pythonModule(language, decision.rest) : null);
    return { ...frame, module, inApp, place: located };
  };
  const guessed = new Map<string, PathMapping>();
  for (const decision of decided.values())
    if (decision.kind === 'file' && isWorthSaying(decision.guessed))
      guessed.set(mappingKeyOf(decision.guessed), decision.guessed);
  return {
    ...trace,
    guessedMappings: isJvm(language) ? [] : [...guessed.values()],
    threads: trace.threads.map(thread => ({
      ...thread,
      errors: thread.errors.map(error => ({ ...error, frames: error.frames.map(place) })),
    })),
  };
}

/**
 * The files whose text or symbols `locateTrace` may ask for, so that a front can load them first (at most
 * `limit`, nearest candidates first).
 */
export function candidateFiles(traces: readonly Trace[], options: LocateOptions, limit = 200): readonly string[] {
  const files = new Set<string>();
  for (const trace of traces)
    for (const thread of trace.threads)
      for (const error of thread.errors)
        for (const frame of error.frames) {
          const path = framePath(frame, trace.language);
          if (!path) continue;
          const mapped = byMapping(path, options);
          if (mapped) files.add(mapped.path);
          else if (!isLibraryFrame(frame, trace.language) || insideInstallation(path.segments))
            for (const match of sourceMatches(options.index, path.segments, path.ignoreCase).slice(0, 8))
              files.add(match.path);
          if (files.size >= limit) return [...files].slice(0, limit);
        }
  return [...files];
}

type Decision =
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly confidence: number;
      readonly reasons: readonly string[];
      readonly rest: readonly string[];
      readonly guessed: PathMapping | null;
    }
  | { readonly kind: 'candidates'; readonly candidates: readonly Candidate[] }
  | { readonly kind: 'library' | 'no-file' | 'not-found' };

function decidePaths(
  frames: readonly StackFrame[],
  language: string,
  options: LocateOptions,
  known: (path: string) => SourceKnowledge,
): ReadonlyMap<string, Decision> {
  const decisions = new Map<string, Decision>();
  const open = new Map<string, { path: FramePath; frames: StackFrame[] }>();
  for (const frame of frames) {
    const key = keyOf(frame, language);
    const waiting = open.get(key);
    if (waiting) waiting.frames.push(frame);
    if (waiting || decisions.has(key)) continue;
    const path = framePath(frame, language);
    const mapped = path && byMapping(path, options);
    const library = isLibraryFrame(frame, language);
    if (!path) decisions.set(key, { kind: library ? 'library' : 'no-file' });
    else if (mapped) decisions.set(key, mapped);
    else if (library) decisions.set(key, byInstallation(path, options.index) ?? { kind: 'library' });
    else open.set(key, { path, frames: [frame] });
  }
  const paths: TracePath[] = [...open].map(([key, value]) => ({ key, ...value }));
  for (const [key, candidates] of rankCandidates(paths, options.index, language, known))
    decisions.set(key, decide(candidates));
  return decisions;
}

/** Takes the best candidate if it is sure enough and clearly ahead. */
function decide(candidates: readonly Candidate[]): Decision {
  const [best, next] = candidates;
  if (!best || best.score < 0.15) return { kind: 'not-found' };
  const sure = best.score >= SURE_ENOUGH - 1e-9 && (!next || best.score - next.score >= CLEAR_LEAD - 1e-9);
  if (!sure)
    return { kind: 'candidates', candidates: candidates.filter(candidate => candidate.score >= 0.15).slice(0, 8) };
  return {
    kind: 'file',
    path: best.path,
    confidence: best.score,
    reasons: best.reasons,
    rest: best.rest,
    guessed: best.mapping,
  };
}

/** The project's root, configured mappings and Go modules: a file that exists there needs no guess. */
function byMapping(path: FramePath, options: LocateOptions): Extract<Decision, { kind: 'file' }> | null {
  const rules: { from: string; to: string; confidence: number; reason: string }[] = [];
  for (const root of options.roots ?? [])
    rules.push({ from: root, to: '', confidence: 0.99, reason: 'under the project root' });
  for (const mapping of options.mappings ?? [])
    rules.push({ ...mapping, confidence: 0.98, reason: `mapping ${mapping.from} → ${mapping.to || '.'}` });
  for (const { module, directory } of options.goModules ?? [])
    rules.push({ from: module, to: directory, confidence: 0.97, reason: `Go module ${module}` });
  for (const rule of rules) {
    const from = plainPath(rule.from)?.segments ?? [];
    if (!startsWith(path.segments, from, path.ignoreCase)) continue;
    const rest = path.segments.slice(from.length);
    const file = joinPath(plainPath(rule.to)?.segments.join('/') ?? '', rest.join('/'));
    if (!options.index.paths.has(file)) continue;
    return { kind: 'file', path: file, confidence: rule.confidence, reasons: [rule.reason], rest, guessed: null };
  }
  return null;
}

/** A Python package installed from this repository: its whole path behind `site-packages` is a file here. */
function byInstallation(path: FramePath, index: RepositoryIndex): Decision | null {
  const inside = insideInstallation(path.segments);
  if (!inside || inside.length < 2) return null;
  const whole = suffixMatches(index, inside, path.ignoreCase).filter(match => match.shared === inside.length);
  if (whole.length !== 1) return null;
  const reasons = ['installed from this repository'];
  return { kind: 'file', path: whole[0]!.path, confidence: 0.8, reasons, rest: inside, guessed: null };
}

function placeFrame(
  frame: StackFrame,
  language: string,
  decision: Decision | undefined,
  options: LocateOptions,
  known: (path: string) => SourceKnowledge,
): FramePlace {
  if (!decision) return { kind: 'none', reason: 'no-file' };
  const placeLine: PlaceLine =
    options.placeLine ?? ((path, placed, spoken) => placeInWorkingTree(path, placed, spoken, known(path)));
  if (decision.kind === 'candidates') {
    const candidates = decision.candidates.map(({ path, score, reasons }) => ({
      path,
      line: placeLine(path, frame, language).line,
      confidence: round(score),
      reasons,
    }));
    return { kind: 'ambiguous', candidates };
  }
  if (decision.kind !== 'file') return { kind: 'none', reason: decision.kind };
  const { line, match, confidence, why, path, against, doubt } = placeLine(decision.path, frame, language);
  const both = round(decision.confidence * confidence);
  const deployed = options.hasDeployed ? { path: decision.path, line: frame.line } : null;
  return {
    kind: 'resolved',
    path,
    line,
    match,
    against,
    doubt: doubt ?? null,
    confidence: both,
    reasons: [...decision.reasons, why],
    deployed,
    original: null,
  };
}

/** A map names the file and the line without a doubt; what became of them since is another question. */
function placeOriginal(
  frame: StackFrame,
  language: string,
  original: OriginalPlace,
  options: LocateOptions,
  known: (path: string) => SourceKnowledge,
): FramePlace {
  if (original.kind === 'library') return { kind: 'none', reason: 'library' };
  const { line, column, name, maps, content } = original;
  const quotedSource = content === null ? null : (content.split('\n')[line - 1]?.trim() ?? null);
  // The generated name says nothing; that of the map may be what is called there.
  const source: StackFrame = { ...frame, function: null, file: original.path, line, column, quotedSource };
  const decision: Decision = {
    kind: 'file',
    path: original.path,
    confidence: 0.98,
    reasons: [`source map ${maps.join(' and ')}`],
    rest: [],
    guessed: null,
  };
  const place = placeFrame(source, language, decision, options, known);
  if (place.kind !== 'resolved') return place;
  const { symbols } = known(original.path);
  // At the top of a file the map names what is called there.
  const around = symbols === null ? name : functionAt(symbols, place.line);
  return { ...place, original: { function: around, line, column, maps } };
}

/** The innermost function around a line. */
function functionAt(symbols: readonly SourceSymbol[] | null, line: number | null): string | null {
  const around = (symbols ?? []).filter(
    ({ startLine, endLine }) => line !== null && startLine <= line && line <= endLine,
  );
  const [first, ...others] = around;
  return first === undefined
    ? null
    : others.reduce((one, other) => (other.startLine >= one.startLine ? other : one), first).name;
}

/** Found in the repository: in the app, unless vendored there. Else: not a library, and of a package the app uses. */
function isInApp(frame: StackFrame, language: string, place: FramePlace, packages: ReadonlySet<string>): boolean {
  if (place.kind === 'resolved') return !isVendored(place.path);
  // Without a source place an image is the app's when other frames of it are.
  if (language === 'swift' && frame.file === null) return frame.module !== null && packages.has(frame.module);
  if (place.kind === 'none' && place.reason === 'library') return false;
  if (isLibraryFrame(frame, language)) return false;
  if (isJvm(language) && packages.size > 0) return packages.has(packageRoot(frame, language));
  // A class without a file is the app's when others of its namespace are.
  return language !== 'csharp' || frame.file !== null || packages.has(packageRoot(frame, language));
}

/** The first two parts of the packages that were found in the repository: what others of them are the app's too. */
function resolvedPackages(
  decided: ReadonlyMap<string, Decision>,
  frames: readonly StackFrame[],
  language: string,
): ReadonlySet<string> {
  const packages = new Set<string>();
  for (const frame of frames) {
    if (decided.get(keyOf(frame, language))?.kind !== 'file') continue;
    if (isJvm(language) || language === 'csharp') packages.add(packageRoot(frame, language));
    else if (language === 'swift' && frame.module !== null) packages.add(frame.module);
  }
  return packages;
}

/** A prefix that the configuration can name; a package's own directory needs no mapping. */
function isWorthSaying(mapping: PathMapping | null): mapping is PathMapping {
  return mapping !== null && mapping.from !== '' && !mapping.from.startsWith('package:');
}

/** Windows does not tell cases apart. */
function mappingKeyOf({ from, to }: PathMapping): string {
  return `${/^[A-Za-z]:/.test(from) ? from.toLowerCase() : from}\n${to}`;
}

function packageRoot(frame: StackFrame, language: string): string {
  // A namespace of .NET often has one part only; the class stands behind it.
  return (frame.module ?? '')
    .split('.')
    .slice(0, language === 'csharp' ? 1 : 2)
    .join('.');
}

/** `shop/pay.py` behind the mapped prefix → `shop.pay`. */
function pythonModule(language: string, rest: readonly string[]): string | null {
  if (language !== 'python' || rest.length === 0) return null;
  const name = rest
    .join('.')
    .replace(/\.pyw?$/, '')
    .replace(/\.__init__$/, '');
  return /^[\w.]+$/.test(name) ? name : null;
}

/** Frames with the same key mean the same file; bare files and classes without one need their package beside them. */
function keyOf(frame: StackFrame, language: string): string {
  return isJvm(language) || frame.file === null ? `${frame.file ?? ''}\n${frame.module ?? ''}` : frame.file;
}

function rememberKnowledge(options: LocateOptions): (path: string) => SourceKnowledge {
  const known = new Map<string, SourceKnowledge>();
  return path => {
    let knowledge = known.get(path);
    if (!knowledge) {
      knowledge = { text: options.readText?.(path) ?? null, symbols: options.symbolsOf?.(path) ?? null };
      known.set(path, knowledge);
    }
    return knowledge;
  };
}

function round(share: number): number {
  return Math.round(share * 100) / 100;
}
