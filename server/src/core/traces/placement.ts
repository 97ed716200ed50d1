/**
 * From the line that a frame printed to the line of the working tree. Without history, only what the working tree
 * says itself can be used: does the line exist, does the function enclose it, is the quoted source there. Following
 * a line through commits is another `PlaceLine`, made where git is known, and plugged in by the caller.
 */
import { sourceNames } from './functionName.ts';
import type { LineEvidence } from './lineConfidence.ts';
import type { StackFrame } from './model.ts';

/**
 * `exact`: the same line. `shifted`: the same text on another line. `edited`: the line changed, its place is known.
 * `moved`: it lives in another file or function now. `gone`: nothing of it is left.
 */
export type LineMatch = 'exact' | 'shifted' | 'edited' | 'moved' | 'gone';

/** Where a frame's line is now. */
export interface LinePlacement {
  readonly path: string;
  /** 1-based; null when the frame printed none and no function of its name was found. */
  readonly line: number | null;
  readonly match: LineMatch;
  /** 0 to 1, that `line` is the place. */
  readonly confidence: number;
  /** Why, in words for people. */
  readonly why: string;
  /** What the confidence was taken from, where a line was followed through history. */
  readonly evidence?: LineEvidence;
}

/**
 * What a line was held against: the commit that ran (`commit`), the sources that a map carries (`build`), the source line that the runtime
 * quoted (`quote`), or nothing but the number itself (`printed`), since nobody knows which commit ran.
 */
export type LineAgainst = 'commit' | 'build' | 'quote' | 'printed';

/** A line in the working tree, and how far it can be trusted. */
export interface PlacedLine extends LinePlacement {
  readonly against: LineAgainst;
  /** Why a printed line may be another one by now, in a few words: `file changed 3 days ago`. */
  readonly doubt?: string;
}

/** A function of a file. Lines are 1-based, both included. */
export interface SourceSymbol {
  readonly name: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** What is known of a file: null where nobody looked. */
export interface SourceKnowledge {
  readonly text: string | null;
  readonly symbols: readonly SourceSymbol[] | null;
}

/** A way to place lines. The plain one is `placeInWorkingTree`. */
export type PlaceLine = (path: string, frame: StackFrame, language: string) => PlacedLine;

/** Places a frame by the working tree alone; `confidence` says how much of it was seen. */
export function placeInWorkingTree(
  path: string,
  frame: StackFrame,
  language: string,
  known: SourceKnowledge,
): PlacedLine {
  const quoted = placeByQuote(path, frame, known.text);
  return quoted === null
    ? { ...placeByNumber(path, frame, language, known), against: 'printed' }
    : { ...quoted, against: 'quote' };
}

function placeByNumber(path: string, frame: StackFrame, language: string, known: SourceKnowledge): LinePlacement {
  const { line } = frame;
  const functions = functionsNamed(frame, language, known.symbols);
  if (line === null) {
    const start = functions.length === 1 ? functions[0]!.startLine : null;
    const why = start === null ? 'the trace prints no line' : 'no line printed; the function starts here';
    return { path, line: start, match: 'edited', confidence: start === null ? 0.2 : 0.5, why };
  }
  if (functions.some(symbol => line >= symbol.startLine && line <= symbol.endLine))
    return { path, line, match: 'exact', confidence: 0.95, why: `inside ${functions[0]!.name}` };
  if (functions.length > 0) {
    const nearest = functions.reduce((best, symbol) => (distance(symbol, line) < distance(best, line) ? symbol : best));
    const inside = Math.min(Math.max(line, nearest.startLine), nearest.endLine);
    return {
      path,
      line: inside,
      match: 'edited',
      confidence: 0.4,
      why: `${nearest.name} now stands in lines ${nearest.startLine} to ${nearest.endLine}`,
    };
  }
  const lines = known.text === null ? null : countLines(known.text);
  if (lines !== null && line > lines)
    return { path, line: lines, match: 'gone', confidence: 0.1, why: `the file has only ${lines} lines now` };
  if (known.symbols !== null && known.symbols.length > 0 && sourceNames(frame.function, language).length > 0)
    return { path, line, match: 'exact', confidence: 0.45, why: 'the line exists; no function of that name does' };
  return {
    path,
    line,
    match: 'exact',
    confidence: lines === null ? 0.6 : 0.7,
    why: 'the line exists in the working tree',
  };
}

/** The functions of a file that a frame's name may mean. */
export function functionsNamed(
  frame: StackFrame,
  language: string,
  symbols: readonly SourceSymbol[] | null,
): readonly SourceSymbol[] {
  if (!symbols) return [];
  const names = sourceNames(frame.function, language);
  return symbols.filter(symbol => names.includes(symbol.name.split(/[.#:]/).pop() ?? symbol.name));
}

/** Lines of a text, without an empty last one. */
export function countLines(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return text.endsWith('\n') ? count - 1 : count;
}

/** The source line that the runtime quoted decides, if the file holds it. */
function placeByQuote(path: string, frame: StackFrame, text: string | null): LinePlacement | null {
  const { quotedSource, line } = frame;
  if (text === null || line === null || quotedSource === null || quotedSource.length < 4) return null;
  const lines = text.split('\n');
  if (lines[line - 1]?.trim() === quotedSource)
    return { path, line, match: 'exact', confidence: 0.99, why: 'the quoted source line stands there' };
  let best: number | null = null;
  let times = 0;
  for (let index = 0; index < lines.length; index++) {
    if (lines[index]!.trim() !== quotedSource) continue;
    times++;
    if (best === null || Math.abs(index + 1 - line) < Math.abs(best - line)) best = index + 1;
  }
  if (best === null) return null;
  const why = times === 1 ? 'the quoted source line stands here now' : `nearest of ${times} lines like the quoted one`;
  return { path, line: best, match: 'shifted', confidence: times === 1 ? 0.95 : 0.7, why };
}

function distance(symbol: SourceSymbol, line: number): number {
  return line < symbol.startLine ? symbol.startLine - line : Math.max(0, line - symbol.endLine);
}
