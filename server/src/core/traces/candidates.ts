/**
 * Which files of the repository a trace's paths may mean, and how well each fits: by shared path segments, by the
 * prefix mapping that explains most paths of the trace together, and by what the files themselves say. Scores only;
 * the decision is `locate.ts`'s.
 */

import type { FramePath } from './framePath.ts';
import { sourceNames } from './functionName.ts';
import type { StackFrame } from './model.ts';
import { countLines, functionsNamed, type SourceKnowledge } from './placement.ts';
import { type RepositoryIndex, sourceMatches } from './repositoryIndex.ts';

/** `from` is a prefix of paths in traces, `to` the directory of the repository that it means ('' for its root). */
export interface PathMapping {
  readonly from: string;
  readonly to: string;
}

/** One path of a trace and the frames that print it. */
export interface TracePath {
  readonly key: string;
  readonly path: FramePath;
  readonly frames: readonly StackFrame[];
}

/** A file that a path may mean. `score` is 0 to 1; `reasons` are for people. */
export interface Candidate {
  readonly path: string;
  readonly score: number;
  readonly reasons: readonly string[];
  readonly mapping: PathMapping;
  /** The part of the path behind the mapping's `from`. */
  readonly rest: readonly string[];
}

interface RawCandidate {
  readonly path: string;
  readonly shared: number;
  readonly from: readonly string[];
  readonly to: string;
  readonly namesakes: number;
}

/** Candidates for each path, best first, keyed as the paths are. */
export function rankCandidates(
  paths: readonly TracePath[],
  index: RepositoryIndex,
  language: string,
  knowledge: (path: string) => SourceKnowledge,
): ReadonlyMap<string, readonly Candidate[]> {
  const raw = new Map<string, readonly RawCandidate[]>();
  for (const tracePath of paths) raw.set(tracePath.key, rawCandidates(tracePath.path, index));
  const explained = countExplained(paths, raw, index);
  const ranked = new Map<string, readonly Candidate[]>();
  for (const tracePath of paths) {
    const togetherOf = (candidate: RawCandidate): number => explained.get(mappingKey(candidate))?.size ?? 1;
    const all = raw.get(tracePath.key)!;
    const candidates = all.map(candidate => {
      const together = togetherOf(candidate);
      // One that shares more of the path, and explains no less of the trace, says that this one's directory is not meant.
      const isBeaten = all.some(other => other.shared > candidate.shared && togetherOf(other) >= together);
      const scored = scoreCandidate(tracePath, candidate, together, language, knowledge);
      return isBeaten ? { ...scored, score: Math.max(0, scored.score - BEATEN) } : scored;
    });
    candidates.sort((left, right) => right.score - left.score || (left.path < right.path ? -1 : 1));
    ranked.set(tracePath.key, candidates);
  }
  return ranked;
}

function rawCandidates(path: FramePath, index: RepositoryIndex): readonly RawCandidate[] {
  const { segments } = path;
  const namesakes = index.byName.get(segments[segments.length - 1]!.toLowerCase())?.length ?? 0;
  return sourceMatches(index, segments, path.ignoreCase).map(match => {
    const file = match.path.split('/');
    return {
      path: match.path,
      shared: match.shared,
      from: segments.slice(0, segments.length - match.shared),
      to: file.slice(0, file.length - match.shared).join('/'),
      namesakes,
    };
  });
}

/** For each prefix mapping that a candidate implies: the paths of the trace that it turns into files. */
function countExplained(
  paths: readonly TracePath[],
  raw: ReadonlyMap<string, readonly RawCandidate[]>,
  index: RepositoryIndex,
): ReadonlyMap<string, ReadonlySet<string>> {
  const explained = new Map<string, Set<string>>();
  for (const candidates of raw.values())
    for (const candidate of candidates) {
      const key = mappingKey(candidate);
      if (explained.has(key)) continue;
      const hits = new Set<string>();
      for (const { key: pathKey, path } of paths) {
        if (!startsWith(path.segments, candidate.from, path.ignoreCase)) continue;
        const rest = path.segments.slice(candidate.from.length).join('/');
        if (rest !== '' && index.paths.has(joinPath(candidate.to, rest))) hits.add(pathKey);
      }
      explained.set(key, hits);
    }
  return explained;
}

/** What speaks against a file when another has more of the path's directories. */
const BEATEN = 0.12;

/** What a bundle's or package's name says for candidates in a directory of that name, and against others. */
const SCOPE = 0.06;

function scoreCandidate(
  tracePath: TracePath,
  candidate: RawCandidate,
  together: number,
  language: string,
  knowledge: (path: string) => SourceKnowledge,
): Candidate {
  const { segments, isPackage, prefix } = tracePath.path;
  const reasons: string[] = [];
  const isWholePath = candidate.shared === segments.length;
  const whole = candidate.shared === segments.length || candidate.to === '';
  let score = whole
    ? [0.6, 0.78, 0.85][Math.min(candidate.shared, 3) - 1]!
    : [0.3, 0.55, 0.7][Math.min(candidate.shared, 3) - 1]!;
  reasons.push(
    candidate.shared === segments.length ? 'the whole path' : `${candidate.shared} of ${segments.length} path segments`,
  );
  if (together > 1) {
    score += Math.min(0.27, 0.12 * (together - 1));
    reasons.push(`the same prefix explains ${together} files of the trace`);
  }
  if (candidate.namesakes === 1) {
    // A deep path that shares only its last segment says little, however rare the name.
    score += candidate.shared > 1 || segments.length <= 2 ? 0.15 : 0.05;
    reasons.push('the only file of that name');
  }
  const { scope } = tracePath.path;
  if (scope !== null) {
    const isInside = candidate.to.split('/').includes(scope);
    score += isInside ? SCOPE : -SCOPE;
    if (isInside) reasons.push(`it stands in ${scope}`);
  }
  const evidence = evidenceOf(tracePath.frames, language, knowledge(candidate.path));
  score += evidence.score;
  reasons.push(...evidence.reasons);
  const from = `${prefix}${candidate.from.join('/')}`;
  return {
    path: candidate.path,
    // A Java file can't stand outside its package's directory.
    score: isPackage && candidate.path.endsWith('.java') && !isWholePath ? 0.1 : Math.max(0, Math.min(0.97, score)),
    reasons,
    mapping: { from, to: candidate.to },
    rest: segments.slice(candidate.from.length),
  };
}

/** What a file's text and symbols say for or against being the one that these frames mean. */
function evidenceOf(frames: readonly StackFrame[], language: string, known: SourceKnowledge) {
  const reasons = new Set<string>();
  let score = 0;
  const looked = frames.slice(0, 6);
  const lines = known.text === null ? null : known.text.split('\n');
  for (const frame of looked) {
    if (lines && frame.quotedSource !== null && frame.line !== null) {
      const quoted = frame.quotedSource;
      if (lines[frame.line - 1]?.trim() === quoted) {
        score += 0.3;
        reasons.add('the quoted source line stands there');
      } else if (lines.some(line => line.trim() === quoted)) {
        score += 0.15;
        reasons.add('the quoted source line is in the file');
      } else score -= 0.2;
    }
    if (known.text !== null && frame.line !== null && frame.line > countLines(known.text)) {
      score -= 0.1;
      reasons.add(`line ${frame.line} is beyond its end`);
    }
    const names = sourceNames(frame.function, language);
    if (known.symbols && known.symbols.length > 0 && names.length > 0) {
      const functions = functionsNamed(frame, language, known.symbols);
      const line = frame.line;
      if (line !== null && functions.some(symbol => line >= symbol.startLine && line <= symbol.endLine)) {
        score += 0.15;
        reasons.add(`${names[0]} encloses line ${line}`);
      } else if (functions.length > 0) {
        score += 0.12;
        reasons.add(`it has a function ${names[0]}`);
      } else {
        score -= 0.15;
        reasons.add(`it has no function ${names[0]}`);
      }
    }
  }
  return { score: looked.length === 0 ? 0 : score / looked.length, reasons: [...reasons].slice(0, 4) };
}

/** Whether `segments` start with `start`. */
export function startsWith(segments: readonly string[], start: readonly string[], ignoreCase: boolean): boolean {
  if (start.length > segments.length) return false;
  return start.every((segment, at) => {
    const other = segments[at]!;
    return segment === other || (ignoreCase && segment.toLowerCase() === other.toLowerCase());
  });
}

/** Joins a directory of the repository ('' for its root) and a path in it. */
export function joinPath(directory: string, rest: string): string {
  return directory === '' ? rest : `${directory}/${rest}`;
}

function mappingKey(candidate: RawCandidate): string {
  return `${candidate.from.join('/')}\n${candidate.to}`;
}
