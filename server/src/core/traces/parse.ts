/**
 * Text → traces. Finds every trace of every known runtime in a pasted text or a log that comes in pieces, in the order in
 * which they stand there. What surrounds them is taken off by `clean.ts`, the lines in sight are kept by `window.ts`, and
 * what a trace looks like is known by `runtimes/` only.
 */
import { createLineCleaner, type SourcedLine } from './clean.ts';
import { createTraceCollection } from './collection.ts';
import type { ParsedTraces } from './model.ts';
import { createVersionReader } from './versions.ts';
import { createTraceWindow, type TraceWindow } from './window.ts';

/** Reads a text that comes in pieces. */
export interface TraceReader {
  /** The next piece; it may end anywhere, also within a line. */
  readonly push: (piece: string) => void;
  /** Everything that was found. The reader is used up then. */
  readonly finish: () => ParsedTraces;
}

/**
 * Every stack trace in `text`. Never throws; takes time linear in the text. Frames carry 1-based lines of `text`.
 * Prose, logs and source code answer no traces and one `trace/no-trace` problem.
 */
export function parseTraces(text: string): ParsedTraces {
  const reader = createTraceReader();
  reader.push(text);
  return reader.finish();
}

/** As `parseTraces`, for a text of any size: memory is bounded by what is found in it, and that by `collection.ts`. */
export function createTraceReader(): TraceReader {
  const cleaner = createLineCleaner();
  const collection = createTraceCollection();
  const versions = createVersionReader();
  const services = new Map<string, TraceWindow>();
  let recent: TraceWindow | null = null;
  let recentSource: string | null = null;

  // `docker compose logs` mixes services line by line; each is read for itself, so that no trace is cut.
  const windowOf = (source: string): TraceWindow => {
    if (recent !== null && source === recentSource) return recent;
    const window = services.get(source) ?? createTraceWindow(collection.add);
    // The least recently used service stands first.
    services.delete(source);
    services.set(source, window);
    if (services.size > MOST_SERVICES) closeOldest(services);
    recent = window;
    recentSource = source;
    return window;
  };
  const take = (line: SourcedLine): void => windowOf(line.source).push(line);

  return {
    push(piece) {
      versions.push(piece);
      cleaner.push(piece, take);
    },
    finish() {
      cleaner.end(take);
      for (const window of services.values()) window.finish();
      return { ...collection.finish(cleaner.problems), versions: versions.finish() };
    },
  };
}

/** Tables and logs with bars in them look like many services. */
const MOST_SERVICES = 64;

function closeOldest(services: Map<string, TraceWindow>): void {
  for (const [source, window] of services) {
    window.finish();
    services.delete(source);
    return;
  }
}
