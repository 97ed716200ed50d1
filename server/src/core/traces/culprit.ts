/**
 * Where to look first: the frame of the user's own code nearest to where things went wrong. A choice by rule, said
 * with its reason; no probabilities.
 */
import type { LocatedError, LocatedFrame, LocatedTrace } from './locate.ts';

/** Indices into a located trace, and why this frame. */
export interface Culprit {
  readonly thread: number;
  readonly error: number;
  readonly frame: number;
  readonly why: string;
}

/** The likely culprit of a trace, or null when none of its frames is the user's own. */
export function likelyCulprit(trace: LocatedTrace): Culprit | null {
  let fallback: Culprit | null = null;
  for (const [thread, { errors }] of trace.threads.entries()) {
    for (const error of errorsByDepth(errors)) {
      const frame = innermostOwn(errors[error]!.frames);
      if (frame === null) continue;
      const found = { thread, error, frame, why: reasonFor(errors, error, frame) };
      if (errors[error]!.frames[frame]!.place.kind === 'resolved') return found;
      fallback ??= found;
    }
  }
  return fallback;
}

/** Errors in the order in which they are worth a look: the deepest cause first, members of groups in their order. */
export function errorsByDepth(errors: readonly LocatedError[]): readonly number[] {
  const order = errors.map((_, index) => index);
  const chain = new Set<number>();
  let at = 0;
  for (;;) {
    chain.add(at);
    const cause = errors.findIndex(
      (error, index) => error.parent === at && error.relation === 'cause' && !chain.has(index),
    );
    if (cause < 0) break;
    at = cause;
  }
  const deepestFirst = [...chain].reverse();
  return [...deepestFirst, ...order.filter(index => !chain.has(index))];
}

/**
 * The innermost frame of one's own that is found in the repository, else the innermost of one's own. In Go, frames
 * inside of the last `panic` are deferred functions that ran because of it.
 */
function innermostOwn(frames: readonly LocatedFrame[]): number | null {
  const afterPanic =
    frames.findLastIndex(frame => frame.function === 'panic' || frame.function === 'runtime.gopanic') + 1;
  for (const isFit of [isResolvedOwn, isOwn])
    for (let index = afterPanic; index < frames.length; index++) if (isFit(frames[index]!)) return index;
  return null;
}

function isOwn(frame: LocatedFrame): boolean {
  return frame.inApp && frame.kind !== 'created-by';
}

function isResolvedOwn(frame: LocatedFrame): boolean {
  return isOwn(frame) && frame.place.kind === 'resolved';
}

function reasonFor(errors: readonly LocatedError[], index: number, frame: number): string {
  const error = errors[index]!;
  const where = frame === 0 ? 'it threw' : 'innermost of your frames';
  if (index === 0) return where;
  const name = error.type ?? 'the error';
  return error.relation === 'cause' ? `${where} in the root cause, ${name}` : `${where} in ${name}`;
}
