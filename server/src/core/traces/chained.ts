/** Runtimes that print a cause as another list of frames below the first: the lists become one trace. What a list is, its own grammar says. */
import type { CleanLine, ReadTrace, TraceGrammar } from './grammar.ts';
import type { TraceError } from './model.ts';

/** Lines between two lists of one trace. */
const WIDEST_GAP = 4;
/** Lines from a cause's header to its first frame. */
const LONGEST_HEADER = 8;
const MOST_CAUSES = 50;

/** How a line below a list is to be taken. */
type LineKind = 'cause' | 'between' | 'other';

/** A grammar of traces whose causes begin with a line that `kindOf` knows, below blank ones and others that belong there. */
export function chainedGrammar(list: TraceGrammar, kindOf: (content: string) => LineKind): TraceGrammar {
  return {
    ...list,
    read(lines, start, floor) {
      let read = list.read(lines, start, floor);
      for (let count = 0; read !== null && count < MOST_CAUSES; count++) {
        const cause = causeBelow(list, kindOf, lines, read.next);
        if (cause === null) break;
        read = joined(read, cause);
      }
      return read;
    },
  };
}

function causeBelow(
  list: TraceGrammar,
  kindOf: (content: string) => LineKind,
  lines: readonly CleanLine[],
  from: number,
): ReadTrace | null {
  let at = from;
  const isBetween = ({ content }: CleanLine) => content === '' || kindOf(content) === 'between';
  while (at < lines.length && at - from < WIDEST_GAP && isBetween(lines[at]!)) at++;
  if (at >= lines.length || kindOf(lines[at]!.content) !== 'cause') return null;
  for (let first = at + 1; first < lines.length && first - at <= LONGEST_HEADER; first++)
    if (list.mayStart(lines[first]!)) return list.read(lines, first, at);
  return null;
}

function joined(outer: ReadTrace, cause: ReadTrace): ReadTrace {
  const [thread, ...others] = outer.trace.threads;
  const [inner] = cause.trace.threads;
  if (thread === undefined || inner === undefined) return outer;
  const above = thread.errors.length;
  const parent = thread.errors.findLastIndex(error => error.parent === null || error.relation === 'cause');
  const added = inner.errors.map(
    (error): TraceError =>
      error.parent === null ? { ...error, relation: 'cause', parent } : { ...error, parent: error.parent + above },
  );
  const threads = [{ ...thread, errors: [...thread.errors, ...added] }, ...others];
  return { ...outer, trace: { ...outer.trace, lastLine: cause.trace.lastLine, threads }, next: cause.next };
}
