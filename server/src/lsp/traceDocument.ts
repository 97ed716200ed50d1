/** Pasted stack traces as a Markdown document for the editor, told by the folder that knows most of their frames. */
import { analyseTraces, NO_KNOWLEDGE, type TraceAnalysis } from '../core/traces/analyse.ts';
import { tracesMarkdown } from '../core/traces/markdown.ts';
import type { ParsedTraces } from '../core/traces/model.ts';
import { parseTraces } from '../core/traces/parse.ts';
import { readTraceKnowledge } from '../sources/project/traceKnowledge.ts';
import { decodeUri, type Folder } from './folders.ts';
import type { TraceResult } from './protocol.ts';
import type { Session } from './session.ts';

/** Reads the files that the frames may mean, so that their functions are known; never rejects because one can't be read. */
export async function traceDocument(session: Session, text: string): Promise<TraceResult> {
  const parsed = parseTraces(text);
  const analyses: TraceAnalysis[] = [];
  for (const folder of session.folders()) analyses.push(await analyseIn(session, folder, parsed));
  const best = analyses.reduce((one, other) => (resolvedFrames(other) > resolvedFrames(one) ? other : one));
  return { markdown: tracesMarkdown(best), traces: best.traces.length };
}

async function analyseIn(session: Session, folder: Folder, parsed: ParsedTraces): Promise<TraceAnalysis> {
  const { now } = session.snapshotOf(folder).snapshot;
  const roots = folder.root?.startsWith('file:') ? [decodeUri(new URL(folder.root).pathname)] : [];
  const knowledge =
    folder.root === null ? NO_KNOWLEDGE : await readTraceKnowledge(folder.project, parsed, { roots, drift: null, now });
  return analyseTraces(parsed, session.snapshotOf(folder).snapshot, knowledge);
}

function resolvedFrames(analysis: TraceAnalysis): number {
  const errors = analysis.traces.flatMap(trace => trace.threads.flatMap(thread => thread.errors));
  return errors.reduce((sum, { frames }) => sum + frames.filter(frame => frame.place.kind === 'resolved').length, 0);
}
