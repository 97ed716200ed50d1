/**
 * Text → traces. Finds every trace of every known runtime in a pasted text, in the order in which they stand there.
 * What surrounds them is taken off by `clean.ts`; what a trace looks like is known by `runtimes/` only.
 */
import { cleanText } from './clean.ts';
import type { CleanLine } from './grammar.ts';
import type { ParsedTraces, Trace, TraceProblem } from './model.ts';
import { traceGrammars } from './runtimes/all.ts';

/**
 * Every stack trace in `text`. Never throws; takes time linear in the text. Frames carry 1-based lines of `text`.
 * Prose, logs and source code answer no traces and one `trace/no-trace` problem.
 */
export function parseTraces(text: string): ParsedTraces {
  const cleaned = cleanText(text);
  const problems: TraceProblem[] = [...cleaned.problems];
  const traces: Trace[] = [];
  for (const lines of separateServices(cleaned.lines)) readAll(lines, traces, problems);
  traces.sort((left, right) => left.firstLine - right.firstLine);
  if (traces.length === 0)
    problems.push({
      code: 'trace/no-trace',
      textLine: 1,
      message: 'No stack trace found. Paste the trace with its frames, as the runtime or the log printed it.',
    });
  return { traces, problems };
}

/** `docker compose logs` mixes services line by line; each is read for itself, so that no trace is cut. */
function separateServices(lines: readonly (CleanLine & { source: string })[]): readonly (readonly CleanLine[])[] {
  const services = new Map<string, CleanLine[]>();
  for (const line of lines) {
    const service = services.get(line.source);
    if (service) service.push(line);
    else services.set(line.source, [line]);
  }
  return [...services.values()];
}

function readAll(lines: readonly CleanLine[], traces: Trace[], problems: TraceProblem[]): void {
  let floor = 0;
  for (let at = 0; at < lines.length; ) {
    const line = lines[at]!;
    const read = line.content === '' ? null : readAt(lines, at, floor);
    if (!read) {
      at++;
      continue;
    }
    traces.push(read.trace);
    if (read.problems) problems.push(...read.problems);
    at = Math.max(read.next, at + 1);
    floor = at;
  }
}

function readAt(lines: readonly CleanLine[], at: number, floor: number) {
  for (const grammar of traceGrammars) {
    if (!grammar.mayStart(lines[at]!)) continue;
    const read = grammar.read(lines, at, floor);
    if (read) return read;
  }
  return null;
}
