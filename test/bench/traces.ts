// A trace in a repository of 50,000 files whose paths are at hand: from the text to the places of its frames, in process; and a log of
// 50 MB read piece by piece, with the memory it takes. Bundled, because what runs under a test's loader is slower than what ships.
import { join } from 'node:path';
import { loadBundled } from './bundled.ts';
import type { Bench } from './main.ts';
import { timings } from './statistics.ts';
import { type Row, rowWithin } from './table.ts';

const FILES = 50_000;
const ROUNDS = 20;
const LOG_SIZE = 50 * 1024 * 1024;

/** Milliseconds, what was promised. */
const WARM_LIMIT = 300;
const LOG_LIMIT = 15_000;

const ENTRY = `
export { createTraceReader, parseTraces } from './server/src/core/traces/parse.ts';
export { locateTrace } from './server/src/core/traces/locate.ts';
export { indexRepository } from './server/src/core/traces/repositoryIndex.ts';
`;

interface Traces {
  readonly createTraceReader: typeof import('../../server/src/core/traces/parse.ts').createTraceReader;
  readonly parseTraces: typeof import('../../server/src/core/traces/parse.ts').parseTraces;
  readonly locateTrace: typeof import('../../server/src/core/traces/locate.ts').locateTrace;
  readonly indexRepository: typeof import('../../server/src/core/traces/repositoryIndex.ts').indexRepository;
}

export async function measureTraces({ scratch, rounds }: Bench): Promise<readonly Row[]> {
  const traces = await loadBundled<Traces>(ENTRY, join(scratch, 'traces.mjs'));
  return [await measurePlaces(traces), await measureLog(traces, Math.min(rounds, 3))];
}

/** Half of the files share their names with hundreds of others, as in any monorepo. */
async function measurePlaces({ indexRepository, locateTrace, parseTraces }: Traces): Promise<Row> {
  const paths = Array.from(
    { length: FILES },
    (_, index) =>
      `packages/p${index % 500}/src/d${Math.floor(index / 500)}/${index % 2 === 0 ? 'index' : `file${index}`}.ts`,
  );
  const frames = Array.from(
    { length: 60 },
    (_, index) => `    at call${index} (/srv/app/${paths[index * 811]}:${index + 1}:3)`,
  );
  const text = ['Error: x', ...frames].join('\n');
  // Warm: the places of files are kept with the paths, and a snapshot's paths don't change between traces.
  const index = indexRepository(paths);
  const place = () => {
    for (const trace of parseTraces(text).traces) {
      const found = locateTrace(trace, { index }).threads[0]!.errors[0]!.frames;
      if (found.some(frame => frame.place.kind !== 'resolved')) throw new Error('A frame was not found.');
    }
  };
  place();
  const times = await timings(ROUNDS, place);
  return rowWithin(`a trace of 60 frames in ${FILES.toLocaleString('en')} files`, times, WARM_LIMIT);
}

async function measureLog({ createTraceReader }: Traces, rounds: number): Promise<Row> {
  const trace = Array.from({ length: 20 }, (_, index) => `\tat com.acme.S${index}.call(S${index}.java:${index + 1})\n`);
  const noise = '2026-09-28T06:52:48.034Z INFO [exec-1] web - GET /orders/1 done in 12 ms\n'.repeat(400);
  const piece = `${noise}java.lang.IllegalStateException: x\n${trace.join('')}`;
  let peak = 0;
  const before = process.memoryUsage().rss;
  const times = await timings(rounds, () => {
    const reader = createTraceReader();
    for (let size = 0; size < LOG_SIZE; size += piece.length) {
      reader.push(piece);
      peak = Math.max(peak, process.memoryUsage().rss);
    }
    if (reader.finish().traces.length === 0) throw new Error('No trace was found.');
  });
  const megabytes = Math.round((peak - before) / 1024 / 1024);
  return rowWithin(`a log of 50 MB, ${megabytes} MB more memory at most`, times, LOG_LIMIT);
}
