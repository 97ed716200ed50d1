/** Where decoders of flag files put what is wrong with a file: at most so many problems, each with its place. */
import type { Problem } from '../../core/model.ts';
import type { Span } from '../../core/text.ts';
import type { Tree } from './trees.ts';

/** Where the problems of one file are collected. */
export interface ProblemSink {
  readonly path: string;
  readonly problems: Problem[];
  /** Where something was left out that may decide who gets what: a flag there is not claimed to be on, off or anything. */
  readonly unread: Span[];
  /** What `readTrees` read last. */
  trees?: readonly Tree[];
}

/** An empty sink. */
export function createProblems(path: string): ProblemSink {
  return { path, problems: [], unread: [] };
}

/**
 * Adds a problem at a span; its code becomes `flag-file/<code>`. At most `MOST_PROBLEMS` are kept, so that one broken
 * generator does not flood anyone.
 */
export function addProblem(
  sink: ProblemSink,
  severity: Problem['severity'],
  code: string,
  span: Span,
  message: string,
): void {
  if (sink.problems.length >= MOST_PROBLEMS) return;
  sink.problems.push({ code: `flag-file/${code}`, severity, message, place: { path: sink.path, span } });
}

const MOST_PROBLEMS = 200;
